/**
 * The command `run`: takes studies through the dataflow, one after the other, and leaves their results in the output folder.
 *
 * @module
 */
import { lastValueFrom, toArray } from "bundled/rxjs";
import type { Settings } from "../arguments.ts";
import { CacheDiffers } from "../dataflow/cache_difference.ts";
import { Engine } from "../dataflow/engine.ts";
import type { EngineEvent } from "../dataflow/events.ts";
import { PointsFailed } from "../dataflow/failures.ts";
import type { OutputFile } from "../dataflow/flow.ts";
import type { AnyStage } from "../dataflow/stage.ts";
import { dataflow, stageModules, STAGES } from "../dataflow/graph.ts";
import { Recheck } from "../dataflow/recheck.ts";
import { encodeTasks } from "../dataflow/task_list.ts";
import { Witness } from "../dataflow/witness.ts";
import { StageFailure } from "../errors.ts";
import { publish, retract, writeOutput } from "../report/publish.ts";
import type { Reporter } from "../report/reporter.ts";
import {
  machine,
  readRunRecord,
  type RecordedOutput,
  type RunRecord,
  TASKS_FILE,
  versions,
} from "../report/run_record.ts";
import { Tally } from "../report/tally.ts";
import { sha256 } from "../store/hash.ts";
import { sweepCache, sweepFolder } from "../store/leftovers.ts";
import { ObjectStore } from "../store/object_store.ts";
import { noteRunFolder } from "../store/run_folders.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import { TraceStore } from "../store/trace_store.ts";
import type { LoadedStudy } from "../study/load.ts";
import type { WorkerPool } from "../workers/pool.ts";
import { Stopped } from "../workers/protocol.ts";
import { ROOTS } from "./finished.ts";
import { codeRoots, flowStudy, kernel } from "./studies.ts";

/** What a run goes by. */
export interface RunTools {
  /** Hashes of the stages' code. */
  readonly sources: SourceHashes;
  /** Told how it goes. */
  readonly reporter: Reporter;
  /** Given the function that stops the run. */
  readonly onStop: (stop: () => void) => void;
  /** Called when all code has been hashed, which is while workers are busy. */
  readonly onHashed?: () => Promise<void>;
  /** Given the record of each study that succeeds. */
  readonly onRecord?: (file: string, record: RunRecord) => void;
  /** The workers. */
  readonly workers: WorkerPool;
  /** Whether they stay for a next run, unless this one is stopped. */
  readonly workersStay?: boolean;
}

/**
 * Runs studies.
 *
 * @param studies The studies.
 * @param settings What the user asked for.
 * @param tools What to go by.
 * @returns Whether every study succeeded; a study that fails does not keep the others from running.
 * @throws {Stopped} If the run was stopped.
 * @throws {StageFailure} If the cache folder cannot be read.
 * @throws {ProgramChanged} If source files changed since they were loaded.
 */
export async function runStudies(
  studies: readonly LoadedStudy[],
  settings: Settings,
  { sources, reporter, onStop, onHashed, onRecord, workers: pool, workersStay = false }: RunTools,
): Promise<boolean> {
  const traces = new TraceStore(settings.cache, (path) => {
    reporter.say(
      `Warning: ${path} has parts that cannot be read: what they stood for is computed again when it is needed`,
    );
  });
  onStop(() => pool.stop());
  let succeeded = true;
  try {
    for (const study of studies) {
      try {
        const tools = { pool, traces, sources, objects: new ObjectStore(settings.cache), onHashed };
        const record = await runStudy(study, settings, tools, reporter);
        pool.code.check();
        onRecord?.(study.file, record);
      } catch (error) {
        pool.code.check(); // then whatever was said follows from that
        if (!(error instanceof StageFailure)) throw error;
        succeeded = false;
        reporter.record({
          event: "failed",
          study: study.study.study,
          message: error.message,
          ...error instanceof PointsFailed && { points: error.points },
          ...error instanceof CacheDiffers && { differences: error.differences },
        });
        reporter.say(`${study.study.study}: ${error.message}`);
      }
    }
    return succeeded;
  } finally {
    if (!workersStay || pool.stopped) await pool.close(); // before the journal, which notes what the last jobs still made
    if (traces.close()) sweepCache(settings.cache);
  }
}

/** What the studies of one run share. */
interface SharedTools {
  readonly pool: WorkerPool;
  readonly traces: TraceStore;
  readonly sources: SourceHashes;
  readonly objects: ObjectStore;
  readonly onHashed: RunTools["onHashed"];
}

async function runStudy(
  loaded: LoadedStudy,
  settings: Settings,
  tools: SharedTools,
  reporter: Reporter,
): Promise<RunRecord> {
  const start = new Date(), clock = performance.now();
  const { study } = loaded, folder = `${settings.out}/${study.study}`;
  const previous = readRunRecord(`${folder}/run.json`);
  const tally = new Tally(STAGES);
  reporter.started(study.study, tally);
  const tell = (event: EngineEvent): void => {
    if (event.kind === "damaged" && !tally.damaged.has(event.path)) {
      reporter.say(`Warning: ${event.path} was damaged and has been set aside: what it held is computed again`);
    }
    tally.count(event, performance.now());
    reporter.progressed();
  };
  const recheck = recheckOf(loaded, settings, tools, { previous, start, tell });
  const engine = new Engine({ ...tools, tell, onCached: (task) => recheck.sample.consider(task) });
  const witness = new Witness(engine);
  const expect = (stage: string, count: number) => tally.count({ kind: "expected", stage, count }, performance.now());

  const flow = dataflow(flowStudy(loaded), witness, expect, (stage) => prepare(stage, tools.pool)).pipe(toArray());
  let outputs: OutputFile[];
  try {
    // A task that fails does not take the others with it: what they make is kept for the next run, unless that is what fails.
    const flowing = lastValueFrom(flow).finally(async () => {
      await engine.settled();
      await engine.filed();
    });
    const hashed = hashAhead(tools.sources, Promise.race([tools.pool.begun, flowing])).then(tools.onHashed);
    [outputs] = await Promise.all([flowing, hashed]);
  } catch (error) {
    recheck.sample.drop();
    throw error;
  }
  const { differences, ...rechecked } = await recheck.sample.finish((performance.now() - clock) / 1000);
  if (differences.length > 0) throw new CacheDiffers(differences);

  const tasks = encodeTasks(witness.tasks((key) => tools.traces.find(key)));
  const files = [
    ...outputs.map(({ name, artifact, from }) => ({
      name,
      hash: artifact.hash,
      from: from.map(({ hash }) => hash),
      read: () => engine.bytes(artifact),
    })),
    { name: TASKS_FILE, hash: sha256(tasks), from: [], read: () => Promise.resolve(tasks) },
  ].sort((a, b) => a.name < b.name ? -1 : 1);
  // Only now, so that the folder never holds tables of two runs, or some of a study of which others failed.
  for (const { name, hash, read } of files) {
    const written = await publish(folder, name, hash, read);
    reporter.record({ event: "output", study: study.study, file: `${folder}/${name}`, written });
  }
  const recorded: Record<string, RecordedOutput> = Object.fromEntries(
    files.map(({ name, hash, from }) => [name, { hash, from }]),
  );
  for (const [name, { hash }] of Object.entries(previous?.outputs ?? {})) {
    if (!(name in recorded)) retract(folder, name, hash);
  }

  const seconds = (performance.now() - clock) / 1000, stages = tally.summary();
  const record: RunRecord = {
    study,
    file: loaded.file,
    overrides: settings.overrides.map(({ text }) => text),
    versions: versions(),
    kernel: kernel(),
    machine: machine(settings.workers),
    started: start.toISOString(),
    seconds,
    stages,
    recheck: { run: recheck.run, seed: recheck.seed, ...rechecked },
    costs: tally.costs(),
    sources: Object.fromEntries(stageModules().map(([name, module]) => [name, tools.sources.hash(module)])),
    outputs: recorded,
    code: Object.fromEntries([...tools.sources.parts(codeRoots())].sort(([a], [b]) => a < b ? -1 : 1)),
  };
  writeOutput(folder, "run.json", new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`));
  sweepFolder(folder, Deno.statSync(`${folder}/run.json`).mtime?.getTime() ?? 0); // by the clock of the file system itself
  await noteRunFolder(settings.cache, folder);
  reporter.record({ event: "rechecked", study: study.study, seed: recheck.seed, ...rechecked });
  reporter.finished({ study: study.study, folder, seconds, files: [...Object.keys(recorded), "run.json"], stages });
  return record;
}

/** Who asks for a larger sample than usual waits for all of it. */
const USUAL_RECHECK = 1;

/** The sample of what is there already: its lots follow from the study's name, the day, and how many runs left results here, so that each run draws others. */
function recheckOf(
  { study: { study } }: LoadedStudy,
  { recheck: percent }: Settings,
  tools: SharedTools,
  { previous, start, tell }: { previous: RunRecord | undefined; start: Date; tell: (event: EngineEvent) => void },
): { run: number; seed: string; sample: Recheck } {
  const before = previous?.recheck?.run; // earlier versions did not count
  const run = (typeof before === "number" ? before : 0) + 1,
    seed = `${study} ${start.toISOString().slice(0, 10)} ${run}`;
  const onDamage = (path: string) => tell({ kind: "damaged", path });
  return { run, seed, sample: new Recheck({ ...tools, percent, isPatient: percent > USUAL_RECHECK, seed, onDamage }) };
}

/** Has what a stage will need loaded while there is time: by a worker that is idle, or by the main thread as soon as all workers are busy. */
function prepare(stage: AnyStage, pool: WorkerPool): void {
  if (stage.kind !== "map") return;
  if (stage.place === "worker") return pool.prepare(stage);
  void pool.begun.then(() => stage.prepare?.()).catch(() => {}); // whatever keeps it from being loaded is met, and told of, where it is needed
}

/** Milliseconds for which the main thread may be kept from handing out jobs. */
const SLICE = 2;

/** Hashes all code that the record will name while the workers are busy, and not when everybody waits for it; what is known by then takes no time. */
async function hashAhead(sources: SourceHashes, busy: Promise<unknown>): Promise<void> {
  await busy;
  let since = -Infinity; // the first jobs come first
  for (const module of [...stageModules().map(([, module]) => module), ...ROOTS]) {
    if (performance.now() - since > SLICE) {
      await new Promise((resume) => setTimeout(resume));
      since = performance.now();
    }
    sources.hash(module);
  }
}

/** Whether an error says no more than that the run was stopped. */
export function isStop(error: unknown): boolean {
  return error instanceof Stopped;
}
