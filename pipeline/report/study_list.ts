/**
 * The studies of a folder at one look: which have results that are up to date, which have not, and why.
 *
 * @module
 */
import { aligned, cut, type Style, styled, type Terminal, wrapped } from "./terminal.ts";

/**
 * How the results of a study stand: as a run would leave them; not so any more; there are none; or a run would refuse the study.
 */
export type StudyState = "fresh" | "stale" | "never run" | "wrong";

/** A study as it is listed. */
export interface ListedStudy {
  /** Its file. */
  readonly file: string;
  /** Its name; null if the file does not tell. */
  readonly study: string | null;
  /** Its title. */
  readonly title: string | null;
  /** How its results stand. */
  readonly state: StudyState;
  /** Why they are stale or the study is wrong, in a few words each. */
  readonly why: readonly string[];
  /** When the run began that left its results, ISO 8601. */
  readonly run: string | null;
}

const STYLES: Readonly<Record<StudyState, Style>> = {
  fresh: "green",
  stale: "yellow",
  "never run": "dim",
  wrong: "red",
};

/** A title with less room than this says nothing, and goes to a line of its own. */
const LEAST_TITLE = 24;

/** Reasons that are told of one study. */
const MOST_REASONS = 2;

/**
 * A list of studies for people.
 *
 * @param studies The studies.
 * @param terminal Where it is read.
 * @param run The words that compute what is missing.
 * @returns A line a study, reasons under it, and a last line with the sum and what to do next.
 */
export function listText(studies: readonly ListedStudy[], terminal: Terminal, run: string): string {
  const head = ["study", "state"], rows = studies.map((listed) => [nameOf(listed), listed.state]);
  const [first, ...starts] = aligned([[...head, ""], ...rows.map((row) => [...row, ""])]);
  const margin = Math.max(...[first, ...starts].map((line) => line.length)) + 2;
  const room = terminal.columns === 0 ? 0 : terminal.columns - 1 - margin;
  const isNarrow = terminal.columns > 0 && room < LEAST_TITLE;
  const indent = isNarrow ? "  " : " ".repeat(margin);
  const below = (text: string): string[] =>
    wrapped(text, terminal.columns === 0 ? 0 : Math.max(1, terminal.columns - 1 - indent.length))
      .map((line) => indent + styled(line, "dim", terminal));
  const lines = studies.flatMap((listed, i) => {
    const { state, title, why } = listed, last = starts[i].lastIndexOf(state);
    const start = starts[i].slice(0, last) + styled(state, STYLES[state], terminal);
    const reasons = why.slice(0, MOST_REASONS);
    if (why.length > reasons.length) reasons.push(`and ${why.length - reasons.length} more`);
    const told = reasons.flatMap(below);
    if (isNarrow) return [start, ...title === null ? [] : [`  ${cut(title, terminal.columns - 3)}`], ...told];
    return [`${start}${" ".repeat(margin - starts[i].length)}${cut(title ?? "", room)}`.trimEnd(), ...told];
  });
  const heading = isNarrow ? first : `${first}${" ".repeat(margin - first.length)}title`;
  return [styled(heading, "bold", terminal), ...lines, "", ...wrapped(sumText(studies, run), terminal.columns), ""]
    .join("\n");
}

/** The name, where it leads to the file by itself. */
function nameOf({ study, file }: ListedStudy): string {
  return study !== null && file === `configs/${study}.yaml` ? study : file;
}

function sumText(studies: readonly ListedStudy[], run: string): string {
  const count = (state: StudyState): number => studies.filter((listed) => listed.state === state).length;
  const states = (["fresh", "stale", "never run", "wrong"] as const).filter((state) => count(state) > 0);
  const counts = states.length === 1
    ? `all ${states[0]}`
    : states.map((state) => `${count(state)} ${state}`).join(", ");
  const sum = studies.length === 1 ? `1 study: ${states[0]}.` : `${studies.length} studies: ${counts}.`;
  if (count("wrong") > 0) return `${sum} Runs refuse what is wrong: correct it first.`;
  return count("stale") + count("never run") === 0 ? sum : `${sum} To compute what is missing: ${run}`;
}
