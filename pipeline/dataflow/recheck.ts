/**
 * Whether what is in the cache is still what this program computes: a few of the artifacts that a run finds there, drawn by lot, are computed once more by
 * workers that have nothing else to do, and compared byte for byte. Checksums show what a disk has changed, and only this shows what was wrong from the start:
 * a bit that flipped while it was computed, a stage that does not always give the same, code that a key does not cover.
 *
 * The lots follow from a seed, so that who knows it knows which artifacts were drawn.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";
import { sha256 } from "../store/hash.ts";
import type { ObjectStore } from "../store/object_store.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import type { TraceStore } from "../store/trace_store.ts";
import type { WorkerPool } from "../workers/pool.ts";
import { Stopped } from "../workers/protocol.ts";
import type { Difference } from "./cache_difference.ts";
import type { Artifact, CachedTask } from "./engine.ts";
import { Labour, type Made } from "./labour.ts";
import type { TaskRequest } from "./stage.ts";
import { TaskFailure, unwrapped } from "./task_failure.ts";
import { digest, taskKey } from "./task_key.ts";

/** What a recheck works with. */
export interface RecheckTools {
  /** Where artifacts are kept. */
  readonly objects: ObjectStore;
  /** What was computed before. */
  readonly traces: TraceStore;
  /** Hashes of the stages' code. */
  readonly sources: SourceHashes;
  /** Who computes. */
  readonly pool: WorkerPool;
  /** Of a hundred artifacts so many are drawn, on average, and one at least; 0 for none at all. */
  readonly percent: number;
  /** Whether all that is drawn is waited for, however long it takes. */
  readonly isPatient: boolean;
  /** What the lots follow from. */
  readonly seed: string;
  /** Told of damaged files that were set aside. */
  readonly onDamage: (path: string) => void;
}

/** What came of a recheck. */
export interface Rechecked {
  /** How many artifacts were there already. */
  readonly cached: number;
  /** How many of them were computed once more. */
  readonly checked: number;
  /** Those that came out otherwise. */
  readonly differences: readonly Difference[];
}

/**
 * What takes longer, in seconds, than this and this part of the run is checked only while workers have nothing else to do, and is given up when the run
 * ends.
 */
const PATIENCE = 0.1, PATIENT_PART = 0.01;

/** Bytes of inputs that a worker reads and checks in a second, roughly. */
const READING = 3e8;

/** Tasks that stand by in case that none is drawn. */
const RESERVE = 8;

/** An input is not there: making it again would be more than a sample is worth. */
class InputMissing extends StageFailure {}

/** Draws and rechecks artifacts of one study. */
export class Recheck {
  readonly #tools: RecheckTools;
  readonly #checks: Promise<void>[] = [];
  readonly #found: Omit<Difference, "aside">[] = [];
  readonly #reserve: { readonly lot: number; readonly task: CachedTask }[] = [];
  #cached = 0;
  #checked = 0;
  /** What the checks will take, in seconds, as far as that can be told. */
  readonly #costs: number[] = [];
  /** What a check may take that is still wanted, in seconds. */
  #patience = Infinity;
  #error: unknown;

  /**
   * A recheck that has drawn nothing yet.
   *
   * @param tools What to work with.
   */
  constructor(tools: RecheckTools) {
    this.#tools = tools;
  }

  /**
   * Draws a lot for an artifact, and has it checked if it is drawn; what this process made itself is not drawn.
   *
   * @param task Its task.
   */
  consider(task: CachedTask): void {
    if (this.#tools.percent === 0 || this.#tools.traces.isNew(task.key)) return;
    this.#cached++;
    const lot = parseInt(sha256(`${this.#tools.seed}\n${task.key}`).slice(0, 13), 16) / 2 ** 52;
    if (lot < this.#tools.percent / 100) return this.#begin(task);
    this.#reserve.push({ lot, task });
    if (this.#reserve.length > RESERVE) this.#reserve.sort((a, b) => a.lot - b.lot).pop();
  }

  /**
   * Ends the checks: waits for those that take no longer than a tenth of a second, or a hundredth of the run, and gives up the others, unless it is patient.
   *
   * @param seconds What the run has taken.
   * @returns What came of them. Artifacts that came out otherwise are set aside and forgotten, so that the next run makes them anew.
   * @throws {StageFailure} If the cache folder cannot be used.
   */
  async finish(seconds: number): Promise<Rechecked> {
    this.#patience = this.#tools.isPatient ? Infinity : Math.max(PATIENCE, PATIENT_PART * seconds);
    if (!this.#costs.some((cost) => cost <= this.#patience)) {
      const next = this.#reserve.sort((a, b) => a.lot - b.lot).find(({ task }) => this.#cost(task) <= this.#patience);
      if (next !== undefined) this.#begin(next.task);
    }
    this.#tools.pool.reconsider();
    await Promise.all(this.#checks);
    if (this.#error !== undefined) throw this.#error;
    const wrong = new Set(this.#found.map(({ key }) => key)), { objects, traces } = this.#tools;
    if (wrong.size > 0) traces.forget(({ key }) => wrong.has(key));
    const differences = this.#found.map((found) => ({ ...found, aside: objects.setAside(found.kept) }));
    return { cached: this.#cached, checked: this.#checked, differences };
  }

  /** Gives all checks up: the study has failed. */
  drop(): void {
    this.#patience = -1;
    this.#tools.pool.reconsider();
  }

  #begin(task: CachedTask): void {
    const cost = this.#cost(task);
    this.#costs.push(cost);
    this.#checks.push(
      this.#check(task, () => cost <= this.#patience).catch((error) => {
        if (!(error instanceof Stopped || error instanceof InputMissing)) this.#error = error;
      }),
    );
  }

  async #check(task: CachedTask, isWanted: () => boolean): Promise<void> {
    const { stage, parameters, key, hash: kept } = task, name = `${stage.name}/${stage.task}`;
    const differs = (made: string | undefined, remark: string) =>
      void this.#found.push({ task: name, parameters, key, kept, made, remark });
    let made: string;
    try {
      made = (await this.#make(task, isWanted)).hash;
    } catch (error) {
      if (!(error instanceof TaskFailure)) throw error;
      return differs(undefined, error.message);
    }
    this.#checked++;
    if (made === kept) return;
    const again = await this.#make(task, () => true).then(({ hash }) => hash, (error) => {
      if (error instanceof Stopped || error instanceof StageFailure) return undefined;
      throw error;
    });
    if (again === undefined) return differs(made, "");
    differs(made, again === made ? "and once more so" : `and then ${again}: the stage does not always give the same`);
  }

  /** Makes an artifact as if it was not there, but for its inputs. */
  async #make({ stage, parameters, inputs }: CachedTask, isWanted: () => boolean): Promise<Made> {
    const { objects, traces, sources, pool, onDamage } = this.#tools;
    const inWorker = (job: Parameters<WorkerPool["run"]>[0], isShareWanted = () => true) =>
      pool.runIdle(job, () => isWanted() && isShareWanted());
    const labour = new Labour({
      objects,
      inWorker,
      onMain: async (job) => {
        await objects.stored(job.inputs.map(({ hash }) => hash)); // the main thread would read them from memory
        return await inWorker(job);
      },
      breathe: () => Promise.resolve(), // what comes of one set is all that comes
      onDamage,
      onMissing: (hash) => {
        throw new InputMissing(`The artifact ${hash} is not in the store`);
      },
    });
    const ask = (task: TaskRequest): Promise<Artifact> => {
      const key = taskKey(sources, task.stage, task.parameters, digest(inputs)), trace = traces.find(key);
      if (trace === undefined) throw new InputMissing(`No artifact of ${key} is known`);
      return Promise.resolve({ key, hash: trace.hash, format: task.stage.format });
    };
    if (stage.kind === "map") return await labour.map(stage, parameters, inputs);
    const [outcome] = stage.kind === "fold"
      ? await labour.fold(stage, [parameters], inputs)
      : await labour.refine(stage, [parameters], ask);
    const made = unwrapped(outcome);
    await made.stored;
    return made;
  }

  /** What a check will take, in seconds: the work, and the reading of what goes into it, of which a fold's own time is but a share. */
  #cost({ seconds, inputs }: CachedTask): number {
    const bytes = inputs.reduce((sum, { hash }) => sum + (this.#tools.objects.size(hash) ?? 0), 0);
    return seconds + bytes / READING;
  }
}
