/**
 * Commands that look at studies take the options of a run that bear on them, so that what they tell is true of the run with the same words.
 *
 * @module
 */
import { readArguments, type Settings } from "../arguments.ts";
import { UsageError } from "../errors.ts";
import { type OptionNames, readOptions } from "../options.ts";

/**
 * Reads the words of a command as those of a run.
 *
 * @param words The words after the command.
 * @param names Which options of a run the command has.
 * @returns What a run would go by; undefined if help was asked for.
 * @throws {UsageError} With everything that is wrong.
 */
export function commandSettings(words: readonly string[], names: OptionNames): Settings | undefined {
  const { has, problems } = readOptions(words, names);
  if (has("help")) return undefined;
  try {
    const request = readArguments(words, navigator.hardwareConcurrency);
    if (problems.length === 0 && request.kind === "run") return request.settings;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    problems.push(...error.problems);
  }
  throw new UsageError([...new Set(problems)]);
}
