/**
 * The commands besides a run: the first word of the command line names one, and only that one is loaded.
 *
 * @module
 */
import { UsageError } from "../errors.ts";
import { nearestName } from "../study/nearest_name.ts";

/** What a command comes to. */
export interface Answer {
  /** What is written to stdout: lines for people, or JSON if that was asked for. */
  readonly text: string;
  /** The exit code. */
  readonly code: number;
}

/**
 * A command.
 *
 * @param words The words after its name.
 * @returns Its answer.
 * @throws {UsageError} If the words are wrong.
 * @throws {StageFailure} If a folder cannot be used.
 */
export type Command = (words: readonly string[]) => Promise<Answer>;

/** The commands by their names; each is loaded when it is called, and not looked up before that (`later.ts`). */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  cache: async () => (await import("./cache.ts" as string) as typeof import("./cache.ts")).cache,
  init: async () => (await import("./init.ts" as string) as typeof import("./init.ts")).init,
  list: async () => (await import("./list.ts" as string) as typeof import("./list.ts")).list,
  completion: async () => (await import("./completion.ts" as string) as typeof import("./completion.ts")).completion,
  describe: async () => (await import("./describe.ts" as string) as typeof import("./describe.ts")).describe,
  diff: async () => (await import("./diff.ts" as string) as typeof import("./diff.ts")).diff,
  verify: async () => (await import("./verify.ts" as string) as typeof import("./verify.ts")).verify,
};

/**
 * The command that a command line names.
 *
 * @param word Its first word.
 * @returns The command; undefined if the word is an option or names a study.
 * @throws {UsageError} If the word is nearly that of a command, and names no study either.
 */
export async function commandNamed(word: string | undefined): Promise<Command | undefined> {
  if (word === undefined || !/^[a-z][a-z0-9-]*$/i.test(word)) return undefined;
  if (Object.hasOwn(COMMANDS, word)) return await COMMANDS[word]();
  if ([word, `${word}.yaml`, `configs/${word}.yaml`].some(isThere)) return undefined;
  // What other programs have as commands.
  if (word === "run") fail(word, "write deno task pipeline STUDY.yaml, without a command");
  const nearest = nearestName(word, [...Object.keys(COMMANDS), ...OPTIONS]);
  if (nearest === undefined) return undefined;
  return fail(word, `did you mean ${OPTIONS.includes(nearest) ? `--${nearest}` : nearest}?`);
}

/** Options of a run that are taken for commands. */
const OPTIONS = ["help", "version", "plan", "watch"];

function fail(word: string, hint: string): never {
  throw new UsageError([
    `Cannot run ${word}: it is no command, and a study is a file whose name ends with .yaml: ${hint}`,
  ]);
}

/**
 * The answer to a question for help.
 *
 * @param text The text.
 * @returns It, as what was asked for.
 */
export function helped(text: string): Answer {
  return { text, code: 0 };
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
