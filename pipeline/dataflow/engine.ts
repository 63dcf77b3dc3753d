/**
 * Memory and labour of a run: gives a task its key, finds its artifact if there is one, has it computed if not, each key once.
 *
 * Inputs enter a key by their content, so that a stage that comes to the same bytes by another way stops the wave of changes there.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";
import { decodeArtifact } from "../store/codec.ts";
import type { ObjectStore } from "../store/object_store.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import type { TraceStore } from "../store/trace_store.ts";
import { JobRunner } from "../workers/job.ts";
import type { WorkerPool } from "../workers/pool.ts";
import { type ArtifactReference, Stopped } from "../workers/protocol.ts";
import type { EngineEvent } from "./events.ts";
import { Labour, type Made, type Outcome } from "./labour.ts";
import type { AnyStage, Json, TaskRequest } from "./stage.ts";
import { failingAlone, TaskFailure, unwrapped } from "./task_failure.ts";
import { askedKey, digest, taskKey } from "./task_key.ts";
import { askedName, encodeTasks, taskList } from "./task_list.ts";

/** A map stage, whatever it takes and gives. */
export type AnyMap = AnyStage & { readonly kind: "map" };
/** A fold stage, whatever it takes and gives. */
export type AnyFold = AnyStage & { readonly kind: "fold" };
/** A refining stage, whatever it takes and gives. */
export type AnyRefine = AnyStage & { readonly kind: "refine" };

/** An artifact that may have to be made again before it can be read. */
export interface Artifact extends ArtifactReference {
  /** The key of the task that made it. */
  readonly key: string;
}

/** Where the operators get artifacts from: an engine, which computes them, or a plan, which only asks what would be. */
export interface ArtifactSource {
  /** The artifact of a task. */
  map(stage: AnyMap, parameters: Json, inputs: readonly Artifact[]): Promise<Artifact>;
  /** The artifacts of a fold, one a parameter set. */
  fold(stage: AnyFold, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Artifact[]>;
  /** The artifacts of a refining stage, one a parameter set. */
  refine(stage: AnyRefine, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Artifact[]>;
  /** An artifact's content. */
  value(artifact: Artifact): Promise<unknown>;
  /** The code behind a stage. */
  code(stage: AnyStage): StageCode;
}

/** The code behind a stage, with all that it imports. */
export interface StageCode {
  /** Its SHA-256. */
  readonly hash: string;
  /** The packages that it uses, with their versions. */
  readonly packages: readonly string[];
}

/** What an engine works with. */
export interface EngineTools {
  /** Where artifacts are kept. */
  readonly objects: ObjectStore;
  /** What was computed before. */
  readonly traces: TraceStore;
  /** Hashes of the stages' code. */
  readonly sources: SourceHashes;
  /** Who computes. */
  readonly pool: WorkerPool;
  /** Told of everything that happens. */
  readonly tell: (event: EngineEvent) => void;
  /** Told of each task whose artifact was there. */
  readonly onCached?: (task: CachedTask) => void;
}

/** A task whose artifact was there. */
export interface CachedTask {
  /** Its stage. */
  readonly stage: AnyStage;
  /** What the stage may read. */
  readonly parameters: Json;
  /** The artifacts that it takes. */
  readonly inputs: readonly Artifact[];
  /** Its key. */
  readonly key: string;
  /** The hash of its artifact. */
  readonly hash: string;
  /** What it took to compute. */
  readonly seconds: number;
}

/** A task, and how to make its artifact. */
interface Recipe extends Pick<CachedTask, "stage" | "parameters" | "inputs"> {
  /** Makes it, maybe together with others. */
  make(): Promise<Made>;
  /** Makes it once more, alone; the same if left out. */
  again?(): Promise<Made>;
}

/** Times that a missing input is made again before the run gives up. */
const REPAIRS = 3;

/** Computes artifacts, or remembers them. */
export class Engine implements ArtifactSource {
  readonly #tools: EngineTools;
  readonly #labour: Labour;
  /** Every key asked for in this run, and the artifact that it stands for. */
  readonly #tasks = new Map<string, Promise<Artifact>>();
  /** How to make the artifact of a key again. */
  readonly #recipes = new Map<string, () => Promise<string>>();
  readonly #keyOfHash = new Map<string, string>();
  /** Modules of stages that have been run on the main thread. */
  readonly #onMain = new Set<string>();
  /** Artifacts that are being made again, by hash: many jobs may miss the same one. */
  readonly #repairs = new Map<string, Promise<void>>();
  /** Artifacts that are on their way to disk, and their traces after them; also those that did not get there. */
  readonly #filing = new Set<Promise<void>>();

  /**
   * An engine that has asked for nothing yet.
   *
   * @param tools What to work with.
   */
  constructor(tools: EngineTools) {
    this.#tools = tools;
    const pulse = (): void => {
      if (tools.pool.stopped) throw new Stopped();
    };
    const runner = new JobRunner(tools.objects, pulse);
    this.#labour = new Labour({
      objects: tools.objects,
      inWorker: (job, isWanted) => tools.pool.run(job, isWanted),
      onMain: async (job) => {
        if (!this.#onMain.has(job.module) && !tools.pool.code.note(job.module)) tools.pool.stop();
        tools.pool.code.check();
        this.#onMain.add(job.module);
        return await runner.run(job);
      },
      async breathe() {
        await new Promise((resume) => setTimeout(resume));
        pulse();
      },
      onDamage: this.#onDamage,
      onMissing: (hash, attempt) => this.#repair(hash, attempt),
    });
  }

  /**
   * The artifact of a task.
   *
   * @param stage The stage.
   * @param parameters What it may read.
   * @param inputs The artifacts before it.
   * @returns Its reference; the data may exist on disk only.
   * @throws {StageFailure} If the stage fails.
   * @throws {Stopped} If the run is stopped.
   */
  map(stage: AnyMap, parameters: Json, inputs: readonly Artifact[]): Promise<Artifact> {
    const key = taskKey(this.#tools.sources, stage, parameters, digest(inputs));
    const make = () => this.#labour.map(stage, parameters, inputs);
    return this.#once(key, { stage, parameters, inputs, make });
  }

  /**
   * The artifacts of a fold, one a parameter set.
   *
   * @param stage The stage.
   * @param parameters What it may read, set by set.
   * @param inputs The artifacts that it folds.
   * @returns Their references, in the order of the parameter sets.
   * @throws {StageFailure} If the stage fails.
   * @throws {Stopped} If the run is stopped.
   */
  fold(stage: AnyFold, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Artifact[]> {
    return this.#together(stage, parameters, inputs, (sets) => this.#labour.fold(stage, sets, inputs));
  }

  /**
   * The artifacts of a refining stage, one a parameter set.
   *
   * @param stage The stage.
   * @param parameters What it may read, set by set.
   * @param inputs The artifacts that the tasks take which it asks for.
   * @returns Their references, in the order of the parameter sets.
   * @throws {StageFailure} If the stage fails, or one whose artifact it asks for.
   * @throws {Stopped} If the run is stopped.
   */
  refine(stage: AnyRefine, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Artifact[]> {
    return this.#together(stage, parameters, inputs, (sets) => this.#refine(stage, sets, inputs));
  }

  /** One artifact a parameter set: those that are not there are computed together, as many at a time as the stage takes. */
  #together(
    stage: AnyFold | AnyRefine,
    parameters: readonly Json[],
    inputs: readonly Artifact[],
    compute: (sets: readonly Json[]) => Promise<Outcome[]>,
  ): Promise<Artifact[]> {
    const inputDigest = digest(inputs);
    const keys = parameters.map((set) => taskKey(this.#tools.sources, stage, set, inputDigest));
    const missing = new Map<string, Json>();
    keys.forEach((key, i) => {
      if (!this.#tasks.has(key) && this.#tools.traces.find(key) === undefined) missing.set(key, parameters[i]);
    });
    const alone = async (set: Json): Promise<Made> => unwrapped((await compute([set]))[0]);
    for (let rest = [...missing.keys()]; rest.length > 0; rest = rest.slice(stage.width)) {
      const batch = rest.slice(0, stage.width);
      let made: Promise<Outcome[]> | undefined; // one computation for the batch, begun by whichever member comes first
      const sets = batch.map((key) => missing.get(key)!);
      batch.forEach((key, i) => {
        const make = async () => unwrapped((await (made ??= failingAlone(sets, compute)))[i]);
        // Once the batch is done its promise makes nothing any more: what has to be made again is made alone.
        void this.#once(key, { stage, parameters: sets[i], inputs, make, again: () => alone(sets[i]) });
      });
    }
    return Promise.all(keys.map((key, i) => {
      const set = parameters[i];
      return this.#once(key, { stage, parameters: set, inputs, make: () => alone(set) });
    }));
  }

  /** Refines, and keeps which tasks each set asked about: nothing else leads from what it came to to what it came from. */
  async #refine(stage: AnyRefine, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Outcome[]> {
    const ask = (task: TaskRequest) => this.map(task.stage, task.parameters, inputs);
    const outcomes = await this.#labour.refine(stage, parameters, ask), inputDigest = digest(inputs);
    this.#tools.pool.code.check();
    await Promise.all(outcomes.map(async (outcome, i) => {
      if (outcome instanceof TaskFailure) return;
      const key = askedKey(taskKey(this.#tools.sources, stage, parameters[i], inputDigest));
      const hash = await this.#tools.objects.write(encodeTasks(taskList(outcome.asked ?? [])), this.#onDamage);
      this.#tools.traces.add({ key, hash, task: askedName(stage), seconds: 0 });
    }));
    return outcomes;
  }

  /**
   * Reads an artifact, making it again if it is gone.
   *
   * @returns Its content.
   * @throws {StageFailure} If it has to be made again and that fails.
   */
  async bytes(artifact: Artifact): Promise<Uint8Array<ArrayBuffer>> {
    for (let attempt = 0;; attempt++) {
      const bytes = this.#tools.objects.read(artifact.hash, this.#onDamage);
      if (bytes !== undefined) return bytes;
      await this.#repair(artifact.hash, attempt);
    }
  }

  /**
   * Reads and decodes an artifact, making it again if it is gone.
   *
   * @returns What the stage returned.
   * @throws {StageFailure} If it has to be made again and that fails.
   */
  async value(artifact: Artifact): Promise<unknown> {
    return decodeArtifact(artifact.format, await this.bytes(artifact));
  }

  /**
   * The code behind a stage.
   *
   * @param stage The stage.
   * @returns Its hash and its packages.
   */
  code(stage: AnyStage): StageCode {
    return { hash: this.#tools.sources.hash(stage.module), packages: this.#tools.sources.packages(stage.module) };
  }

  /** Waits until nothing that has been asked for is under way any more, whether it was made, failed, or was stopped. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#tasks.values());
    await this.#tools.objects.settled(); // also what was made together with something that failed or was stopped, and is in no trace
    await Promise.allSettled(this.#filing);
  }

  /**
   * Waits until all that has been made by now is on disk, and noted as made. Nothing is to be published before: it would name artifacts that nobody can
   * look up.
   *
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  async filed(): Promise<void> {
    await Promise.all(this.#filing);
  }

  #file(filing: Promise<void>): Promise<void> {
    this.#filing.add(filing);
    void filing.then(() => this.#filing.delete(filing), () => {}); // one that failed stays: whoever waits for all of it hears of it
    return filing;
  }

  #once(key: string, recipe: Recipe): Promise<Artifact> {
    const known = this.#tasks.get(key);
    if (known !== undefined) return known;
    const task = this.#resolve(key, recipe);
    task.catch(() => {}); // whoever asked hears of it; a task that nobody waits for any more must not end the process
    this.#tasks.set(key, task);
    return task;
  }

  async #resolve(key: string, recipe: Recipe): Promise<Artifact> {
    const { traces, pool, tell, onCached } = this.#tools, { stage, parameters, inputs, make, again = make } = recipe;
    const task = `${stage.name}/${stage.task}`;
    const note = async (
      making: () => Promise<Made>,
    ): Promise<Made & { readonly filed?: Promise<void> | undefined }> => {
      const start = performance.now();
      const made = await making(), { hash, seconds: labour, stored } = made;
      pool.code.check();
      const file = () => traces.add({ key, hash, task, seconds: labour });
      const filed = stored && this.#file(stored.then(file));
      if (filed === undefined) file();
      tell({ kind: "computed", stage: stage.name, task, hash, labour, seconds: (performance.now() - start) / 1000 });
      return { ...made, filed };
    };
    this.#recipes.set(key, async () => {
      const { hash, filed } = await note(again);
      await filed; // who misses it may be anywhere, and looks for it on disk
      return hash;
    });
    const trace = traces.find(key);
    if (trace !== undefined) {
      tell({ kind: "cached", stage: stage.name, task, hash: trace.hash, labour: trace.seconds });
      onCached?.({ stage, parameters, inputs, key, hash: trace.hash, seconds: trace.seconds });
    }
    const { hash, checksum }: Pick<Made, "hash" | "checksum"> = trace ?? await note(make);
    // The first to come to some bytes makes them again: a later one may even have them as its input.
    if (!this.#keyOfHash.has(hash)) this.#keyOfHash.set(hash, key);
    return { hash, format: stage.format, key, checksum };
  }

  readonly #onDamage = (path: string): void => this.#tools.tell({ kind: "damaged", path });

  /** Makes an artifact again, unless that is under way or done. */
  #repair(hash: string, attempt: number): Promise<void> {
    const underWay = this.#repairs.get(hash);
    if (underWay !== undefined) return underWay;
    const repair = this.#makeAgain(hash, attempt).finally(() => this.#repairs.delete(hash));
    this.#repairs.set(hash, repair);
    return repair;
  }

  async #makeAgain(hash: string, attempt: number): Promise<void> {
    if (attempt < REPAIRS && this.#tools.objects.read(hash, this.#onDamage) !== undefined) return;
    const recipe = this.#recipes.get(this.#keyOfHash.get(hash) ?? "");
    if (recipe === undefined || attempt >= REPAIRS) {
      throw new StageFailure(`Cannot read artifact ${hash}: it is gone and could not be made again`);
    }
    const made = await recipe();
    if (made !== hash) {
      throw new StageFailure(
        `Cannot make artifact ${hash} again: it came out as ${made}; delete the cache folder and run again`,
      );
    }
  }
}
