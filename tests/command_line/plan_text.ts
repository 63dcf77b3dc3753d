/**
 * Plans as text that is the same on every machine, so that tests can hold them against what they should be, character by character.
 *
 * @module
 */
import type { Workspace } from "./workspace.ts";

/**
 * A plan without what differs from run to run.
 *
 * @param text The plan, as it is printed.
 * @param desk Where the study is.
 * @returns The text with paths that begin at the desk, and N in place of each number of seconds.
 */
export function steadyPlan(text: string, desk: Workspace): string {
  return text.replaceAll(`${desk.folder}/`, "").replaceAll(/about [\d.]+ s/g, "about N s")
    .replaceAll(/ [\d.]+ s(?= {2})/g, (time) => "N s".padStart(time.length));
}
