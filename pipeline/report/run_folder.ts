/**
 * A folder that a run left, as those find it who come later: its record, and the list of its tasks if that is the one that the record names.
 *
 * @module
 */
import { decodeTasks, type TaskList } from "../dataflow/task_list.ts";
import { StageFailure } from "../errors.ts";
import { sha256 } from "../store/hash.ts";
import { fileForm } from "../study/differences.ts";
import type { Study } from "../study/schema.ts";
import { validateStudy } from "../study/validate.ts";
import { readRunRecord, type RunRecord, TASKS_FILE } from "./run_record.ts";

/** What is in the folder of a run. */
export interface RunFolder {
  /** The folder. */
  readonly folder: string;
  /** Its `run.json`. */
  readonly record: RunRecord;
  /** Its tasks; undefined if their list is not there, or not that of the record: an earlier version or an edit left the folder so, or a run is writing it just now. */
  readonly tasks: TaskList | undefined;
}

/**
 * Reads the folder of a run.
 *
 * @param folder The folder.
 * @returns What is in it, or undefined if no run left it.
 * @throws {StageFailure} If a file in it cannot be read.
 */
export function readRunFolder(folder: string): RunFolder | undefined {
  const record = readRunRecord(`${folder}/run.json`);
  if (record === undefined) return undefined;
  const bytes = readResult(folder, TASKS_FILE);
  const isIts = bytes !== undefined && sha256(bytes) === record.outputs[TASKS_FILE]?.hash;
  return { folder, record, tasks: isIts ? decodeTasks(bytes) : undefined };
}

/**
 * The study of a run, with what this version of the program makes of it.
 *
 * @param record The run's record.
 * @returns The study, or undefined if it is none for this version.
 */
export function recordedStudy({ study }: RunRecord): Study | undefined {
  return Array.isArray(study.sweep) ? validateStudy(fileForm(study)).study : undefined;
}

/**
 * Reads a result.
 *
 * @param folder The folder.
 * @param name The file's name.
 * @returns Its content, or undefined if there is none.
 * @throws {StageFailure} If it cannot be read.
 */
export function readResult(folder: string, name: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Deno.readFileSync(`${folder}/${name}`);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new StageFailure(`Cannot read ${folder}/${name}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * The folders of runs in an output folder.
 *
 * @param out The output folder; need not exist.
 * @returns Paths, sorted.
 * @throws {StageFailure} If it cannot be read.
 */
export function runFoldersIn(out: string): string[] {
  try {
    const names = [...Deno.readDirSync(out)].filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
    return names.map((name) => `${out}/${name}`).filter(isRunFolder);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw new StageFailure(`Cannot read the output folder ${out}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Whether a run left a folder.
 *
 * @param folder The folder.
 * @returns Whether it has a `run.json`.
 */
export function isRunFolder(folder: string): boolean {
  try {
    return Deno.statSync(`${folder}/run.json`).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
