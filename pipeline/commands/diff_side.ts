/**
 * One of the two that `diff` compares: a study as its file has it, with what the cache holds of it, or a run as its folder has it.
 *
 * @module
 */
import { isPlanned } from "../dataflow/planner.ts";
import { type TaskList, withAsked } from "../dataflow/task_list.ts";
import { UsageError } from "../errors.ts";
import { type CsvTable, readCsv } from "../report/csv.ts";
import { isRunFolder, readResult, readRunFolder, recordedStudy, runFoldersIn } from "../report/run_folder.ts";
import { sha256 } from "../store/hash.ts";
import { ObjectStore } from "../store/object_store.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import { TraceStore } from "../store/trace_store.ts";
import { loadStudy } from "../study/load.ts";
import type { Study } from "../study/schema.ts";
import { placeIn } from "./last_run.ts";
import { plannedStudy } from "./planned_study.ts";
import { codeRoots, kernel } from "./studies.ts";

/** One of the two. */
export interface DiffSide {
  /** What it was called. */
  readonly name: string;
  /** The study. */
  readonly study: Study;
  /** Where a value stands, if there is a file. */
  placeOf(path: string): { readonly file: string; readonly line: number } | undefined;
  /** Its tasks; undefined if the folder does not say. */
  readonly tasks: TaskList | undefined;
  /** The table of an observable, or why there is none. */
  table(observable: string): CsvTable | string;
  /** Its code, part by part; undefined if the folder does not say. */
  readonly code: ReadonlyMap<string, string> | undefined;
  /** The kernel. */
  readonly kernel: string;
}

/**
 * Finds one of the two.
 *
 * @param name A study file or the folder of a run.
 * @param cache The cache folder.
 * @param sources Hashes of the code as it is now.
 * @returns It.
 * @throws {UsageError} If there is no such thing, or the study is wrong.
 */
export async function sideNamed(name: string, cache: string, sources: SourceHashes): Promise<DiffSide> {
  const isFolder = isThere(name)?.isDirectory === true;
  return isFolder ? ofFolder(name.replace(/(?<=.)\/+$/, ""), cache) : await ofFile(name, cache, sources);
}

function ofFolder(folder: string, cache: string): DiffSide {
  const run = readRunFolder(folder);
  if (run === undefined) {
    const inside = isRunFolder(folder) ? [] : runFoldersIn(folder).slice(0, 3);
    const hint = inside.length === 0
      ? "name a study file, or the folder of a run"
      : `did you mean ${inside.join(" or ")}?`;
    throw new UsageError([`Cannot compare ${folder}: it has no run.json that a run left: ${hint}`]);
  }
  const { record, tasks } = run, objects = new ObjectStore(cache), study = recordedStudy(record);
  if (study === undefined) {
    throw new UsageError([
      `Cannot compare ${folder}: the study in its run.json is of another version of the program: run it again`,
    ]);
  }
  return {
    name: folder,
    study,
    placeOf: () => undefined,
    tasks: tasks && withAsked(tasks, (hash) => objects.has(hash) ? objects.read(hash, () => {}) : undefined),
    table: (observable) => {
      const file = `${observable}.csv`, bytes = readResult(folder, file);
      if (bytes === undefined) return `${folder}/${file} is not there`;
      if (sha256(bytes) !== record.outputs[file]?.hash) return `${folder}/${file} was changed since its run`;
      return readCsv(new TextDecoder().decode(bytes));
    },
    code: record.code && new Map(Object.entries(record.code)),
    kernel: record.kernel,
  };
}

async function ofFile(file: string, cache: string, sources: SourceHashes): Promise<DiffSide> {
  const loaded = loadStudy(file), traces = new TraceStore(cache), objects = new ObjectStore(cache);
  const { tasks, outputs } = await plannedStudy(loaded.study, { traces, sources, objects });
  const read = (hash: string) => objects.has(hash) ? objects.read(hash, () => {}) : undefined;
  return {
    name: file,
    study: loaded.study,
    placeOf: (path) => placeIn(loaded, path),
    tasks: withAsked(tasks, read),
    table: (observable) => {
      const output = outputs.get(`${observable}.csv`);
      const bytes = output === undefined || isPlanned(output.artifact) ? undefined : read(output.artifact.hash);
      return bytes === undefined
        ? `${file} has not been computed as it is now, or the cache has forgotten it: run it first`
        : readCsv(new TextDecoder().decode(bytes));
    },
    code: sources.parts(codeRoots()),
    kernel: kernel(),
  };
}

function isThere(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}
