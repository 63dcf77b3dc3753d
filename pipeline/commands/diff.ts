/**
 * The command `diff`: what differs between two studies, or two runs, from the parameters that people wrote to the numbers that came of them.
 *
 * @module
 */
import { STAGES } from "../dataflow/stage_order.ts";
import type { Json } from "../dataflow/stage.ts";
import { UsageError } from "../errors.ts";
import { readOptions } from "../options.ts";
import { type Change, changeWords } from "../report/changes.ts";
import { type TableDifference, tableDifference } from "../report/table_difference.ts";
import { keyColumnsOf } from "../study/columns.ts";
import { differences } from "../study/differences.ts";
import type { Study } from "../study/schema.ts";
import { type Answer, helped } from "./command.ts";
import type { DiffSide } from "./diff_side.ts";
import { diffText } from "./diff_text.ts";

/** The text of `diff --help`. */
export const HELP = `Usage: deno task pipeline diff A B [options]

A and B are study files (configs/fig3a.yaml) or folders that runs left (outputs/fig3a). Says, from A to B: which
parameters changed, how many artifacts both have in common, how far the numbers of each table differ, and whether other
code, packages or kernels made them. The tables of a study file are those in the cache of the study as it is now.

Options:
  --cache DIR   the cache folder (default: outputs/.artifacts)
  --json        the answer as one JSON object on stdout
  --help        this text (-h too)

Exit codes: 0 whatever differs, 2 the arguments or a study are wrong.
`;

/** A parameter that differs, and where it stands. */
export interface PlacedDifference extends Change {
  /** In a file of A; null if it stands in none. */
  readonly oldPlace: Place | null;
  /** In a file of B. */
  readonly newPlace: Place | null;
}

/** A line of a file. */
export interface Place {
  /** The file. */
  readonly file: string;
  /** The line. */
  readonly line: number;
}

/** What differs. */
export interface Diff {
  /** The first, as it was named. */
  readonly a: string;
  /** The second. */
  readonly b: string;
  /** What is set otherwise. */
  readonly parameters: readonly (PlacedDifference & { readonly text: string })[];
  /** How many different artifacts there are of each stage, and how many both have; null if one of the two does not say. */
  readonly artifacts:
    | Readonly<Record<string, { readonly a: number; readonly b: number; readonly both: number }>>
    | null;
  /** How the table of each observable differs, or why that cannot be told. */
  readonly tables: Readonly<Record<string, TableDifference | string>>;
  /** Parts of the code that differ, with what they were and are; null if one of the two does not say. */
  readonly code: readonly { readonly part: string; readonly old: string | null; readonly new: string | null }[] | null;
  /** The kernels, if they differ. */
  readonly kernels: readonly [old: string, new: string] | null;
}

/**
 * Runs the command.
 *
 * @param words The words after `diff`.
 * @returns Its answer.
 * @throws {UsageError} If the words, or a study, are wrong.
 * @throws {StageFailure} If the cache folder or a result cannot be read.
 */
export async function diff(words: readonly string[]): Promise<Answer> {
  const options = readOptions(words, { flags: ["json"], values: { cache: "outputs/.artifacts" } });
  if (options.has("help")) return helped(HELP);
  if (options.words.length !== 2) {
    options.problems.push(
      `Cannot compare: two studies or folders of runs are needed, as in diff outputs/fig3a configs/fig3b.yaml: got ${
        options.words.length === 0 ? "none" : options.words.join(" ")
      }`,
    );
  }
  if (options.problems.length > 0) throw new UsageError(options.problems);
  const { sideNamed } = await import("./diff_side.ts"), { sourcesFor } = await import("./sources.ts");
  const cache = options.last("cache") ?? "outputs/.artifacts", sources = await sourcesFor(cache);
  const sides: DiffSide[] = [], problems: string[] = [];
  for (const name of options.words) {
    try {
      sides.push(await sideNamed(name, cache, sources));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UsageError(problems);
  const found = diffOf(sides[0], sides[1]);
  return { text: options.has("json") ? `${JSON.stringify(found)}\n` : diffText(found), code: 0 };
}

function diffOf(a: DiffSide, b: DiffSide): Diff {
  const names = (study: Study) => Object.keys(study.observables);
  const observables = [...new Set([...names(a.study), ...names(b.study)])];
  return {
    a: a.name,
    b: b.name,
    parameters: parameterChanges(a, b),
    artifacts: a.tasks && b.tasks ? artifactCounts(a.tasks, b.tasks) : null,
    tables: Object.fromEntries(observables.map((observable) => [observable, tablesOf(observable, a, b)])),
    code: a.code && b.code ? changedParts(a.code, b.code) : null,
    kernels: a.kernel === b.kernel ? null : [a.kernel, b.kernel],
  };
}

function parameterChanges(a: DiffSide, b: DiffSide): Diff["parameters"] {
  const named = a.study.study === b.study.study ? [] : [{ path: "study", old: a.study.study, new: b.study.study }];
  const found = [...named, ...differences(a.study, b.study).flatMap(({ changes }) => changes)];
  return found.map((change) => ({
    ...change,
    oldPlace: a.placeOf(change.path) ?? null,
    newPlace: b.placeOf(change.path) ?? null,
    text: changeWords(change),
  }));
}

function artifactCounts(a: NonNullable<DiffSide["tasks"]>, b: NonNullable<DiffSide["tasks"]>): Diff["artifacts"] {
  const byStage = [a, b].map((list) => {
    const stages = new Map<string, Set<string>>();
    for (const [name, tasks] of Object.entries(list)) {
      const stage = name.split("/")[0], hashes = stages.get(stage) ?? new Set();
      stages.set(stage, hashes);
      for (const hash of Object.values(tasks)) hashes.add(hash);
    }
    return stages;
  });
  const stages = STAGES.filter((stage) => byStage.some((counts) => counts.has(stage)));
  return Object.fromEntries(stages.map((stage) => {
    const [ofA, ofB] = byStage.map((counts) => counts.get(stage) ?? new Set<string>());
    return [stage, { a: ofA.size, b: ofB.size, both: ofA.intersection(ofB).size }];
  }));
}

function tablesOf(observable: string, a: DiffSide, b: DiffSide): TableDifference | string {
  for (const { name, study } of [a, b]) {
    if (!Object.hasOwn(study.observables, observable)) return `${name} has no observable of that name`;
  }
  const [first, second] = [a, b].map((side) => side.table(observable));
  if (typeof first === "string") return first;
  if (typeof second === "string") return second;
  const keys = [a, b].map(({ study }) => keyColumnsOf(study, observable));
  const paths = [...new Set(keys.flatMap(({ swept }) => swept.map(([path]) => path)))];
  const own = keys[0].own.filter((column) => keys[1].own.includes(column));
  // What only one of the two sweeps has one value in the other.
  const keyOf = ({ study }: DiffSide, swept: readonly (readonly [string, string])[]) => [
    ...paths.map((path) => {
      const column = swept.find(([known]) => known === path)?.[1];
      return column === undefined ? { name: path, value: String(valueAt(study, path)) } : { name: path, column };
    }),
    ...own.map((column) => ({ name: column, column })),
  ];
  return tableDifference(
    { table: first, key: keyOf(a, keys[0].swept) },
    { table: second, key: keyOf(b, keys[1].swept) },
  );
}

function valueAt(study: Study, path: string): Json | undefined {
  let value: unknown = study;
  for (const key of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[key];
  return value as Json | undefined;
}

function changedParts(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): NonNullable<Diff["code"]> {
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  return names.filter((name) => a.get(name) !== b.get(name)).map((part) => ({
    part,
    old: a.get(part) ?? null,
    new: b.get(part) ?? null,
  }));
}
