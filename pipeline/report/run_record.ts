/**
 * `run.json`: what a run was made of and what it made, for those who come to the results later, and for the next `--plan`.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };
import { StageFailure } from "../errors.ts";
import type { Study } from "../study/schema.ts";
import type { TaskCost } from "./tally.ts";

/** The file beside `run.json` that lists the run's tasks. */
export const TASKS_FILE = "tasks.json";

/** A file that a run left, and the artifacts that it came from. */
export interface RecordedOutput {
  /** SHA-256 of the file, which is that of its artifact. */
  readonly hash: string;
  /** Hashes of the artifacts that it was made from. */
  readonly from: readonly string[];
}

/** The content of `run.json`; what may be missing is so in those of earlier versions. */
export interface RunRecord {
  /** The study with all defaults filled in. */
  readonly study: Study;
  /** The file it came from. */
  readonly file: string;
  /** What `--set` changed in it, as it was written. */
  readonly overrides: readonly string[];
  /** Versions of everything that results may depend on. */
  readonly versions: Readonly<Record<string, string>>;
  /** The kernel that solved, compiled or plain: it is among what keys hash, since two of them agree to rounding only. */
  readonly kernel: string;
  /** What it ran on. */
  readonly machine: {
    readonly os: string;
    readonly architecture: string;
    readonly cores: number;
    readonly workers: number;
  };
  /** When it began, ISO 8601. */
  readonly started: string;
  /** What it took. */
  readonly seconds: number;
  /** Counts stage by stage. */
  readonly stages: Record<string, { computed: number; cached: number }>;
  /** The sample of artifacts that were there already and were computed once more. */
  readonly recheck: {
    /** How many runs that had anything to do have left results here, this one included. */
    readonly run: number;
    /** What the lots followed from. */
    readonly seed: string;
    /** How many artifacts were there. */
    readonly cached: number;
    /** How many of them were computed once more, and came out the same. */
    readonly checked: number;
  };
  /** What tasks took, those that were cached when they were computed, by stage and task. */
  readonly costs?: Readonly<Record<string, TaskCost>>;
  /** Hashes of the stages' code. */
  readonly sources: Readonly<Record<string, string>>;
  /** The files that it left. */
  readonly outputs: Readonly<Record<string, RecordedOutput>>;
  /** The files, packages and runtime that the stages' code consists of, each with its hash or version. */
  readonly code?: Readonly<Record<string, string>>;
}

/**
 * The versions of everything that a result may depend on.
 *
 * @returns Name to version.
 */
export function versions(): Record<string, string> {
  const packages = Object.entries(project.imports).filter(([, specifier]) => specifier.startsWith("npm:"))
    .map(([name, specifier]) => [name, specifier.slice("npm:".length)]);
  return { diracflow: project.version, deno: Deno.version.deno, v8: Deno.version.v8, ...Object.fromEntries(packages) };
}

/**
 * What a run runs on.
 *
 * @param workers How many workers it may have.
 * @returns The machine as `run.json` has it.
 */
export function machine(workers: number): RunRecord["machine"] {
  return { os: Deno.build.os, architecture: Deno.build.arch, cores: navigator.hardwareConcurrency, workers };
}

/**
 * The record of an earlier run.
 *
 * @param path Its file.
 * @returns The record, or undefined if there is none, or the file is somebody else's: either way there is nothing to compare with.
 * @throws {StageFailure} If the file is there and cannot be read.
 */
export function readRunRecord(path: string): RunRecord | undefined {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new StageFailure(
      `Cannot read ${path}: ${(cause as Error).message}; move it away or choose another folder with --out`,
      { cause },
    );
  }
  try {
    const record: unknown = JSON.parse(text);
    return isRunRecord(record) ? record : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether a file holds what later runs and plans read of it. */
function isRunRecord(value: unknown): value is RunRecord {
  return isObject(value) && isObject(value.study) && isObject(value.sources) && isObject(value.outputs) &&
    Object.values(value.outputs).every((output) => isObject(output) && typeof output.hash === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
