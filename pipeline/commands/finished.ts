/**
 * The fingerprint in front of everything: a run whose program, study files, arguments and results are those of a run that came to its end has nothing to do, and
 * finds that out before it loads a parser, a stage or an index.
 *
 * What it goes by is kept in `finished/` of the cache folder. Anything that is not exactly as it was (a byte of a study, a source file, a result) leads to an
 * ordinary run, which knows what that means.
 *
 * @module
 */
import { runsMachineCode } from "../../stages/kernel/vector_instructions.ts";
import type { Settings } from "../arguments.ts";
import { writeOutput } from "../report/output_file.ts";
import { type Reporter, warn } from "../report/reporter.ts";
import { machine, readRunRecord, type RunRecord } from "../report/run_record.ts";
import { Tally } from "../report/tally.ts";
import { digestOf, readChecked, writeChecked } from "../store/checked_file.ts";
import { type FileStamp, isSameStamp, isSettled, stampOf } from "../store/file_stamp.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import type { SourceMemory } from "../store/source_memory.ts";
import type { LoadedStudy } from "../study/load.ts";
import { readStudyFile } from "../study/study_file.ts";
import { linkTarget } from "./output_folders.ts";

/** All code of a run: the program, what workers load, and the versions of packages. */
export const ROOTS: readonly string[] = ["../main.ts", "../workers/worker.ts", "../../deno.lock"].map((name) =>
  new URL(name, import.meta.url).href
);

/** A study that was run to its end, as it is kept. */
interface Finished {
  /** The program that ran it. */
  readonly program: string;
  /** The hash of the study file. */
  readonly text: string;
  /** The hashes of the files that it extends. */
  readonly bases: Readonly<Record<string, string>>;
  /** What is odd about it. */
  readonly warnings: readonly string[];
  /** What is written to `run.json` when there is nothing to do. */
  readonly record: RunRecord;
  /** Stamps of the results that had been left alone when they were last compared. */
  readonly stamps: Readonly<Record<string, FileStamp>>;
}

/**
 * Study files by the hashes of their texts, taken before they are read as studies: so an edit while a study runs is not taken for what was run.
 *
 * @param files The files.
 * @returns The hashes; files that cannot be read are left out.
 */
export async function textHashes(files: readonly string[]): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const file of files) {
    const hash = await textHash(file);
    if (hash !== undefined) hashes.set(file, hash);
  }
  return hashes;
}

/**
 * Does what is left of a run when there is nothing to do: says so, on the terminal and in `run.json`.
 *
 * @param files The study files.
 * @param texts Their hashes, from {@linkcode textHashes}.
 * @param settings What the user asked for.
 * @param memory What is remembered of source files.
 * @param reporter Told how it goes.
 * @returns Whether that was all; if not, nothing has been done.
 * @throws {StageFailure} If `run.json` cannot be written.
 */
export async function runFinished(
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
  settings: Settings,
  memory: SourceMemory,
  reporter: Reporter,
): Promise<boolean> {
  let start = performance.now();
  const recalled = await recall(files, texts, settings, memory);
  if (recalled === undefined) return false;
  for (const { file, finished, renewed } of recalled) {
    warn(reporter, finished.record.study.study, finished.warnings);
    report(finished.record, file, settings, start, reporter);
    if (renewed) await writeChecked(await keptAs(file, settings), finished);
    start = performance.now();
  }
  return true;
}

/**
 * The records of studies, if a run of them would have nothing to do.
 *
 * @param files The study files.
 * @param texts Their hashes, from {@linkcode textHashes}.
 * @param settings What the user asked for.
 * @param memory What is remembered of source files.
 * @returns Their records, in the order of the files; undefined if {@linkcode runFinished} would do nothing.
 */
export async function finishedRecords(
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
  settings: Settings,
  memory: SourceMemory,
): Promise<RunRecord[] | undefined> {
  return (await recall(files, texts, settings, memory))?.map(({ finished }) => finished.record);
}

/**
 * The records of those studies of which a run by itself would have nothing to do, as {@linkcode finishedRecords} tells of all together.
 *
 * @param files The study files.
 * @param texts Their hashes, from {@linkcode textHashes}.
 * @param settings What the user asked for.
 * @param memory What is remembered of source files.
 * @returns Their records, by file; the others need a closer look.
 */
export async function freshRecords(
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
  settings: Settings,
  memory: SourceMemory,
): Promise<Map<string, RunRecord>> {
  const program = await programOf(memory), records = new Map<string, RunRecord>();
  if (program === undefined) return records;
  for (const file of files) {
    const recalled = await recallOne(file, texts.get(file), program, settings);
    if (recalled !== undefined) records.set(file, recalled.finished.record);
  }
  return records;
}

/**
 * Keeps what {@linkcode runFinished} goes by.
 *
 * @param records The records of studies that were run to their end, by file.
 * @param texts Hashes of all study files, from before they were read.
 * @param settings What the user asked for.
 * @param studies The studies, with the files that they extend as they were read.
 * @param sources Finds what has to be known of source files.
 * @param memory What is remembered of source files; saved.
 */
export async function keepFinished(
  records: ReadonlyMap<string, RunRecord>,
  texts: ReadonlyMap<string, string>,
  settings: Settings,
  studies: readonly LoadedStudy[],
  sources: SourceHashes,
  memory: SourceMemory,
): Promise<void> {
  for (const root of ROOTS) sources.hash(root);
  await memory.save();
  // Code that changed while the run went on may not be the code that ran.
  const program = await programOf(memory, performance.timeOrigin);
  if (program === undefined) return;
  for (const [file, record] of records) {
    const text = texts.get(file), loaded = studies.find((study) => study.file === file);
    if (text === undefined || loaded === undefined) continue;
    const bases: Record<string, string> = {}, { warnings } = loaded;
    for (const base of loaded.bases) bases[base.file] = await digestOf(base.bytes);
    const finished: Finished = { program, text, bases, warnings, record: withoutWork(record), stamps: {} };
    await writeChecked(
      await keptAs(file, settings),
      (await whereUnchanged(finished, settings, true))?.finished ?? finished,
    );
  }
}

/** A study that is as it was when it was run. */
interface Recalled {
  readonly file: string;
  readonly finished: Finished;
  /** Whether something was found out that spares the next run work. */
  readonly renewed: boolean;
}

async function recall(
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
  settings: Settings,
  memory: SourceMemory,
): Promise<Recalled[] | undefined> {
  const program = await programOf(memory);
  if (program === undefined) return undefined;
  const recalled: Recalled[] = [], names = new Set<string>();
  for (const file of files) {
    const one = await recallOne(file, texts.get(file), program, settings);
    if (one === undefined) return undefined;
    names.add(one.finished.record.study.study);
    recalled.push(one);
  }
  return names.size < files.length ? undefined : recalled; // two of one name are refused by an ordinary run
}

async function recallOne(
  file: string,
  text: string | undefined,
  program: string,
  settings: Settings,
): Promise<Recalled | undefined> {
  const kept = await readChecked(await keptAs(file, settings)) as Finished | undefined;
  if (kept === undefined || kept.program !== program || kept.text !== text) return undefined;
  for (const [base, hash] of Object.entries(kept.bases)) if (await textHash(base) !== hash) return undefined;
  const unchanged = await whereUnchanged(kept, settings);
  return unchanged && { file, ...unchanged };
}

/** The same study when nothing is left to compute. */
function withoutWork(record: RunRecord): RunRecord {
  const stages = Object.entries(record.stages).map(([name, { computed, cached }]) =>
    [name, { computed: 0, cached: computed + cached }] as const
  );
  return { ...record, stages: Object.fromEntries(stages) };
}

/** All code by its content, and what it makes of this machine, if all of it is remembered, and has not changed since a time. */
async function programOf(memory: SourceMemory, since?: number): Promise<string | undefined> {
  const sources = memory.reach(ROOTS, since);
  return sources && await digestOf(JSON.stringify([Deno.version, runsMachineCode(), sources]));
}

/** A study whose results are all there, with the stamps that they have now; those that were just written are taken to be right. */
async function whereUnchanged(
  finished: Finished,
  { out }: Settings,
  areJustWritten = false,
): Promise<{ finished: Finished; renewed: boolean } | undefined> {
  const { record, stamps } = finished, folder = `${out}/${record.study.study}`;
  if (linkTarget(folder) !== undefined) return undefined; // which an ordinary run refuses
  if (JSON.stringify(recordedOutputs(folder)) !== JSON.stringify(record.outputs)) return undefined;
  const current: Record<string, FileStamp> = {};
  let renewed = false;
  for (const [name, { hash }] of Object.entries(record.outputs)) {
    const path = `${folder}/${name}`, now = Date.now(), stamp = statOf(path);
    if (stamp === undefined) return undefined;
    if (stamps[name] === undefined || !isSameStamp(stamps[name], stamp)) {
      if (areJustWritten && !isSettled(stamp, now)) continue; // nothing could be kept of it
      const bytes = bytesOf(path);
      if (bytes === undefined || await digestOf(bytes) !== hash) return undefined;
      if (!isSettled(stamp, now)) continue;
      renewed = true;
    }
    current[name] = stamp;
  }
  return { finished: { ...finished, stamps: current }, renewed };
}

function report(record: RunRecord, file: string, settings: Settings, start: number, reporter: Reporter): void {
  const { study } = record.study, folder = `${settings.out}/${study}`, names = Object.keys(record.outputs);
  reporter.started(study, new Tally(Object.keys(record.stages)));
  for (const name of names) reporter.record({ event: "output", study, file: `${folder}/${name}`, written: false });
  const seconds = (performance.now() - start) / 1000;
  const started = new Date(performance.timeOrigin + start).toISOString();
  const current: RunRecord = { ...record, file, machine: machine(settings.workers), started, seconds };
  // Not synced: it says nothing that the next run could not say again.
  writeOutput(folder, "run.json", new TextEncoder().encode(`${JSON.stringify(current, null, 2)}\n`), { synced: false });
  reporter.finished({ study, folder, seconds, files: [...names, "run.json"], stages: record.stages });
}

/** Where a study is kept: by its file, the output folder, and what `--set` makes of it. */
async function keptAs(file: string, { cache, out, overrides }: Settings): Promise<string> {
  const place = [absolute(file), absolute(out), overrides.map(({ text }) => text)];
  return `${cache}/finished/${await digestOf(JSON.stringify(place))}.json`;
}

function absolute(path: string): string {
  return path.startsWith("/") ? path : `${Deno.cwd()}/${path}`;
}

/** What the last run left in a folder, if that can be told; what is wrong with it is for an ordinary run to say. */
function recordedOutputs(folder: string): RunRecord["outputs"] | undefined {
  return unlessUnreadable(() => readRunRecord(`${folder}/run.json`)?.outputs);
}

/** The hash of a study file, if it can be read. */
async function textHash(file: string): Promise<string | undefined> {
  const bytes = unlessUnreadable(() => readStudyFile(file));
  return bytes && await digestOf(bytes);
}

function bytesOf(path: string): Uint8Array<ArrayBuffer> | undefined {
  return unlessUnreadable(() => Deno.readFileSync(path));
}

function statOf(path: string): FileStamp | undefined {
  return unlessUnreadable(() => stampOf(path));
}

function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
