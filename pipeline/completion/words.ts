/**
 * What a shell can complete, read off the texts of `--help` and the schema of studies, so that there is no third list to be kept in step.
 *
 * @module
 */
import { HELP } from "../arguments.ts";
import { COMMANDS } from "../commands/command.ts";
import { leavesOf } from "../study/leaves.ts";
import { SECTIONS } from "../study/schema.ts";

/** What may follow an option or a command. */
export type WordKind = "none" | "folder" | "change" | "studies" | "charts" | readonly string[];

/** An option. */
export interface CompletedOption {
  /** Its name, with the hyphens. */
  readonly name: string;
  /** What its value is; undefined if it takes none. */
  readonly value: WordKind | undefined;
  /** What it does. */
  readonly meaning: string;
}

/** A command, or the run that is meant without one. */
export interface CompletedCommand {
  /** Its name; empty for the run. */
  readonly name: string;
  /** What it does. */
  readonly meaning: string;
  /** What its words are. */
  readonly words: WordKind;
  /** Its options. */
  readonly options: readonly CompletedOption[];
}

/** All that can be completed. */
export interface Completions {
  /** What is meant without a command. */
  readonly run: CompletedCommand;
  /** The commands. */
  readonly commands: readonly CompletedCommand[];
  /** The paths of `--set`, each with the words that it may be, if it is one of a few. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

/**
 * Collects what can be completed.
 *
 * @returns Commands and options in the order in which `--help` has them.
 */
export async function completions(): Promise<Completions> {
  const commands = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]): Promise<CompletedCommand> => {
      const { text } = await (await load())(["--help"]);
      return { name, meaning: meaningOf(name), words: wordsIn(text), options: optionsIn(text) };
    }),
  );
  const order = (name: string): number => HELP.indexOf(`\n  ${name} `);
  commands.sort((a, b) => order(a.name) - order(b.name));
  return { run: { name: "", meaning: "", words: "studies", options: optionsIn(HELP) }, commands, paths: pathsOfSet() };
}

function meaningOf(command: string): string {
  return new RegExp(`^ {2}${command}(?: [^ ]+)* {2,}(.*)$`, "m").exec(HELP)?.[1] ?? "";
}

/** Options stand at the begin of a line, with a value or without, and what they do two blanks away. */
function optionsIn(help: string): CompletedOption[] {
  return [...help.matchAll(/^ {2}(--[a-z-]+)(?: ([^ ]+))? {2,}(.*)$/gm)].map(([, name, value, meaning]) => ({
    name,
    value: value === undefined ? undefined : kindOf(value),
    meaning: meaning.replace(/[;:(].*$/, "").trim(),
  }));
}

function kindOf(value: string): WordKind {
  if (value === "DIR") return "folder";
  if (value === "PATH=VALUE") return "change";
  return /^[a-z]+$/.test(value) ? [value] : "none";
}

function wordsIn(help: string): WordKind {
  const usage = help.slice(0, help.indexOf("\n\n")), choice = /\b[a-z]+(?: \| [a-z]+)+/.exec(usage)?.[0];
  if (choice !== undefined) return choice.split(" | ");
  if (/CHART/.test(usage)) return "charts";
  return /STUDY|\bA\b/.test(usage) ? "studies" : "none";
}

function pathsOfSet(): Map<string, readonly string[]> {
  const { model, momentum, baths, disorder, observables } = SECTIONS;
  const leaves = leavesOf({ model, momentum, baths, disorder, observables });
  return new Map(leaves.map(({ path, schema }) => {
    const { options } = schema as { readonly options?: readonly unknown[] };
    return [path, options?.every((option) => typeof option === "string") ? options as readonly string[] : []];
  }));
}
