/**
 * The labour of a run: makes artifacts of jobs that others do, and knows nothing of keys, or of what was made before.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";
import { encodeArtifact } from "../store/codec.ts";
import type { ObjectStore } from "../store/object_store.ts";
import {
  type ArtifactReference,
  type FoldJob,
  type Job,
  type JobResult,
  type MapJob,
  type RefineJob,
  Stopped,
} from "../workers/protocol.ts";
import type { AnyFold, AnyMap, AnyRefine, Artifact } from "./engine.ts";
import { inputsOfShare } from "./fold_shares.ts";
import { refineTogether } from "./refinement.ts";
import type { AnyStage, Asked, Json, TaskRequest } from "./stage.ts";
import type { ListedTask } from "./task_list.ts";
import { guarded, TaskFailure, taskFailure } from "./task_failure.ts";

/** What came of computing a task. */
export interface Made {
  /** The hash of its artifact, which is in the store. */
  readonly hash: string;
  /** Its checksum, if a worker took one. */
  readonly checksum?: number | undefined;
  /** Settles when the artifact is on disk, if it is still on its way there; rejects if it cannot be written. */
  readonly stored?: Promise<void>;
  /** What it took, without the time that it waited for its turn. */
  readonly seconds: number;
  /** Of a refinement: the tasks whose artifacts it asked about. */
  readonly asked?: readonly ListedTask[];
}

/** What came of one set of those that are computed together. */
export type Outcome = Made | TaskFailure;

/** Those who do the work. */
export interface Labourers {
  /** Where artifacts are kept. */
  readonly objects: ObjectStore;
  /** Does a job in a worker; what is not wanted any more when its turn comes is stopped. */
  inWorker(job: Job, isWanted?: () => boolean): Promise<JobResult>;
  /** Does a job of a stage whose place is the main thread. */
  onMain(job: MapJob): Promise<JobResult>;
  /** Lets all others have their turn on the main thread; throws {@linkcode Stopped} if the run is stopped. */
  breathe(): Promise<void>;
  /** Told of files that were set aside. */
  onDamage(path: string): void;
  /** Makes an input that is not there again, or throws. */
  onMissing(hash: string, attempt: number): Promise<void>;
}

/** After so many ms of work on the main thread others have their turn: what is shown of the run, and whoever wants to stop it. */
const TURN = 20;

/** Makes artifacts. */
export class Labour {
  readonly #labourers: Labourers;

  /**
   * Labour that has not begun.
   *
   * @param labourers Who does the work.
   */
  constructor(labourers: Labourers) {
    this.#labourers = labourers;
  }

  /**
   * Makes the artifact of a map.
   *
   * @param stage The stage.
   * @param parameters What it may read.
   * @param inputs The artifacts before it.
   * @returns The artifact.
   * @throws {StageFailure} If the stage fails.
   * @throws {Stopped} If the run is stopped.
   */
  async map(stage: AnyMap, parameters: Json, inputs: readonly Artifact[]): Promise<Made> {
    const { module, export: name } = stage, { objects, onMain } = this.#labourers;
    const job: MapJob = { kind: "map", module, export: name, parameters, inputs: inputs.map(reference) };
    for (;;) {
      const result = await this.#attempt(
        stage,
        () => stage.place === "worker" ? this.#inWorker(job, job.inputs) : onMain(job),
      );
      if (result.kind !== "artifact") throw new Error(`${stage.name}/${stage.task} gave no artifact`);
      if (await objects.admit(result)) return { hash: result.hash, checksum: result.checksum, seconds: result.seconds };
    }
  }

  /**
   * Makes artifacts of a fold.
   *
   * @param stage The stage.
   * @param parameters What it may read, set by set.
   * @param inputs The artifacts that it folds.
   * @returns What came of each set.
   * @throws {StageFailure} If the stage fails for all of them.
   * @throws {Stopped} If the run is stopped.
   */
  async fold(stage: AnyFold, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Outcome[]> {
    // Shares come in any order; those that are early wait, so that the total is always combined in the same one.
    const depth = inputsOfShare(stage, inputs.length);
    let total: Float64Array | undefined, next = 0, seconds = 0, failed = false;
    const early = new Map<number, Float64Array>(), { module, export: name } = stage;
    await Promise.all(Array.from({ length: Math.ceil(inputs.length / depth) }, async (_, share) => {
      const index = share * depth, own = inputs.slice(index, index + depth).map(reference);
      const job: FoldJob = { kind: "fold", module, export: name, parameters, inputs: own, index };
      const run = () => this.#inWorker(job, own, () => !failed);
      const result = await this.#attempt(stage, run).catch((error) => {
        failed = true; // what the other shares would come to is of no use then
        throw error;
      });
      if (result.kind !== "partial") throw new Error(`${stage.name}/${stage.task} gave no share`);
      seconds += result.seconds;
      early.set(share, result.partial);
      for (let one = early.get(next); one !== undefined; one = early.get(++next)) {
        early.delete(next);
        total = total === undefined ? one : guarded(stage, () => stage.combine(total!, one!));
      }
    }));
    const { outputs, seconds: last } = await this.#finish(stage, parameters, total);
    return this.#keep(stage, parameters, outputs, seconds + last); // of thousands of sets the end may take longer than the shares
  }

  /** Takes what comes of a fold one by one. */
  async #finish(
    stage: AnyFold,
    parameters: readonly Json[],
    total: Float64Array | undefined,
  ): Promise<{ outputs: unknown[]; seconds: number }> {
    const outputs: unknown[] = [];
    let seconds = 0, start = performance.now();
    const sinceTurn = (): number => performance.now() - start;
    try {
      if (total === undefined) throw new Error("it has nothing to fold");
      for (const output of stage.finish(parameters, total)) {
        outputs.push(output);
        if (outputs.length > parameters.length) break; // one that has no end must not take the run with it
        if (outputs.length === parameters.length || sinceTurn() < TURN) continue; // what is all there is kept, as a map's artifact is
        seconds += sinceTurn() / 1000;
        await this.#labourers.breathe();
        start = performance.now();
      }
      if (outputs.length !== parameters.length) throw new Error(`it gave ${outputs.length} of ${parameters.length}`);
    } catch (error) {
      if (error instanceof Stopped) throw error;
      throw taskFailure(stage, error);
    }
    return { outputs, seconds: seconds + sinceTurn() / 1000 };
  }

  /**
   * Makes artifacts of a refining stage.
   *
   * @param stage The stage.
   * @param parameters What it may read, set by set.
   * @param ask Gives the artifacts of the tasks that it asks about.
   * @returns What came of each set.
   * @throws {StageFailure} If the stage fails for all of them, or one whose artifact it asks for.
   * @throws {Stopped} If the run is stopped.
   */
  async refine(
    stage: AnyRefine,
    parameters: readonly Json[],
    ask: (task: TaskRequest) => Promise<Artifact>,
  ): Promise<Outcome[]> {
    const { module, export: name } = stage, asked = parameters.map((): ListedTask[] => []);
    let seconds = 0, failed = false;
    const answer = async (task: TaskRequest, questions: readonly Asked[], sets: readonly number[]) => {
      try {
        const artifact = await ask(task);
        for (const set of sets) {
          asked[set].push({ name: `${task.stage.name}/${task.stage.task}`, key: artifact.key, hash: artifact.hash });
        }
        const job: RefineJob = { kind: "refine", module, export: name, asked: questions, input: reference(artifact) };
        const result = await this.#attempt(stage, () => this.#inWorker(job, [job.input], () => !failed));
        if (result.kind !== "partial") throw new Error("it gave no answer");
        seconds += result.seconds;
        return result.partial;
      } catch (error) {
        failed = true; // the other answers of the round are of no use then
        throw error;
      }
    };
    let outputs: unknown[];
    try {
      outputs = await refineTogether(stage, parameters, answer);
    } catch (error) {
      if (error instanceof StageFailure || error instanceof Stopped) throw error;
      throw taskFailure(stage, error);
    }
    const made = this.#keep(stage, parameters, outputs, seconds);
    return made.map((outcome, i) => outcome instanceof TaskFailure ? outcome : { ...outcome, asked: asked[i] });
  }

  /**
   * Checks the artifacts of parameter sets that were computed together, of which each may fail alone, and has them stored: there may be thousands, and whoever
   * comes next need not wait.
   */
  #keep(
    stage: AnyFold | AnyRefine,
    parameters: readonly Json[],
    outputs: readonly unknown[],
    seconds: number,
  ): Outcome[] {
    const { objects, onDamage } = this.#labourers;
    return outputs.map((output, i): Outcome => {
      if (output instanceof TaskFailure) return output;
      try {
        const bytes = guarded(stage, () => {
          stage.audit?.(output, parameters[i]);
          return encodeArtifact(stage.format, output);
        });
        return { ...objects.storeLater(bytes, onDamage), seconds: seconds / outputs.length };
      } catch (error) {
        if (error instanceof TaskFailure) return error;
        throw error;
      }
    });
  }

  /** Has a worker do a job, which finds its inputs on disk. */
  async #inWorker(job: Job, inputs: readonly ArtifactReference[], isWanted?: () => boolean): Promise<JobResult> {
    await this.#labourers.objects.stored(inputs.map(({ hash }) => hash));
    return await this.#labourers.inWorker(job, isWanted);
  }

  /** Runs a job; if inputs are gone, makes those again first. */
  async #attempt(stage: AnyStage, run: () => Promise<JobResult>): Promise<JobResult> {
    const { onDamage, onMissing } = this.#labourers, attempts = new Map<string, number>();
    for (;;) {
      const result = await run();
      if ("damaged" in result) result.damaged.forEach((path) => onDamage(path));
      if (result.kind === "stopped") throw new Stopped();
      if (result.kind === "failed") {
        throw taskFailure(stage, Object.assign(new Error(result.message), { name: result.name, stack: result.stack }));
      }
      if (result.kind !== "missing") return result;
      for (const hash of result.hashes) attempts.set(hash, (attempts.get(hash) ?? -1) + 1);
      await Promise.all(result.hashes.map((hash) => onMissing(hash, attempts.get(hash)!)));
    }
  }
}

function reference({ hash, format, checksum }: Artifact): ArtifactReference {
  return { hash, format, checksum };
}
