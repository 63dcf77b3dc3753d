/**
 * `--plan`: the same dataflow, asked what it would compute. The keys and look-ups are those of a run, so that the plan cannot miss a task; a run may
 * compute less, where a stage comes to the same bytes as before and ends the wave of changes, which nobody knows in advance. Of a refining stage it knows
 * what the first round asks for, and says that more may follow.
 *
 * @module
 */
import type { ObjectStore } from "../store/object_store.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import type { TraceStore } from "../store/trace_store.ts";
import type { AnyFold, AnyMap, AnyRefine, Artifact, ArtifactSource, StageCode } from "./engine.ts";
import type { AnyStage, Json } from "./stage.ts";
import { digest, taskKey } from "./task_key.ts";

/** Artifacts that do not exist yet go by their task's key. */
const PLANNED = "planned:";

/** What a planner goes by. */
export interface PlannerTools {
  /** What was computed before. */
  readonly traces: Pick<TraceStore, "find">;
  /** Hashes of the stages' code. */
  readonly sources: SourceHashes;
  /** Where artifacts are, or are not any more. */
  readonly objects: Pick<ObjectStore, "has">;
  /** Keys of tasks and hashes of artifacts that studies planned before have made by then: filled by each planner. */
  readonly made?: Set<string>;
}

/** A task that a run would ask for. */
export interface PlannedTask {
  /** The stage. */
  readonly stage: AnyStage;
  /** What it may read. */
  readonly parameters: Json;
  /** The artifacts that it takes. */
  readonly inputs: readonly Artifact[];
  /** Its own. */
  readonly artifact: Artifact;
  /** Whether the artifact is there, has never been computed, or has been and is gone and needed. */
  state: "there" | "new" | "deleted";
}

/**
 * Whether an artifact will be there only when its task has been computed.
 *
 * @param artifact The artifact, from a planner.
 * @returns Whether its content is not known yet.
 */
export function isPlanned(artifact: Artifact): boolean {
  return artifact.hash.startsWith(PLANNED);
}

/** Answers with artifacts that are there, or that would be. */
export class Planner implements ArtifactSource {
  /** All tasks by their keys, in the order in which they are asked for. */
  readonly tasks: Map<string, PlannedTask> = new Map();
  /** Stages of which more tasks may follow, which only what is computed tells. */
  readonly open: Set<string> = new Set();
  readonly #tools: PlannerTools;
  readonly #made: Set<string>;
  /** The first task that came to some bytes, which a run has make them again. */
  readonly #firstOf = new Map<string, PlannedTask>();
  /** Artifacts that have been looked for. */
  readonly #present = new Set<string>();

  /**
   * A planner that has been asked nothing yet.
   *
   * @param tools What it goes by.
   */
  constructor(tools: PlannerTools) {
    this.#tools = tools;
    this.#made = tools.made ?? new Set();
  }

  /** As a run would have it; see {@linkcode ArtifactSource.map}. */
  map(stage: AnyMap, parameters: Json, inputs: readonly Artifact[]): Promise<Artifact> {
    return Promise.resolve(this.#look(stage, parameters, inputs).artifact);
  }

  /** As a run would have it; see {@linkcode ArtifactSource.fold}. */
  fold(stage: AnyFold, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Artifact[]> {
    const inputDigest = digest(inputs);
    return Promise.resolve(parameters.map((set) => this.#look(stage, set, inputs, inputDigest).artifact));
  }

  /** As a run would have it, as far as that is certain; see {@linkcode ArtifactSource.refine}. */
  refine(stage: AnyRefine, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Artifact[]> {
    const inputDigest = digest(inputs);
    return Promise.resolve(parameters.map((set) => this.#look(stage, set, inputs, inputDigest).artifact));
  }

  /** Works an artifact out in memory that the dataflow itself looks into, as the list of points, which is cheap. */
  async value(artifact: Artifact): Promise<unknown> {
    this.need(artifact);
    const { stage, parameters, inputs } = this.tasks.get(artifact.key)!;
    if (stage.kind !== "map" || inputs.length > 0) {
      throw new Error(`Cannot plan ${stage.name}/${stage.task}: its value would need artifacts`);
    }
    return await stage.run(parameters, [], () => {});
  }

  /** As a run would have it; see {@linkcode ArtifactSource.code}. */
  code(stage: AnyStage): StageCode {
    return { hash: this.#tools.sources.hash(stage.module), packages: this.#tools.sources.packages(stage.module) };
  }

  /**
   * Notes that an artifact is going to be read: one that is gone is made again, and so is what that takes.
   *
   * @param artifact The artifact.
   */
  need(artifact: Artifact): void {
    const { hash } = artifact;
    if (isPlanned(artifact) || this.#present.has(hash)) return;
    this.#present.add(hash);
    if (this.#made.has(hash) || this.#tools.objects.has(hash)) return;
    this.#made.add(hash);
    const task = this.#firstOf.get(hash)!;
    task.state = "deleted";
    this.#compute(task);
  }

  #look(stage: AnyStage, parameters: Json, inputs: readonly Artifact[], inputDigest = digest(inputs)): PlannedTask {
    const key = taskKey(this.#tools.sources, stage, parameters, inputDigest);
    const known = this.tasks.get(key);
    if (known !== undefined) return known;
    const hash = this.#tools.traces.find(key)?.hash, isThere = hash !== undefined || this.#made.has(key);
    const artifact: Artifact = { hash: hash ?? PLANNED + key, format: stage.format, key };
    const task: PlannedTask = { stage, parameters, inputs, artifact, state: isThere ? "there" : "new" };
    this.tasks.set(key, task);
    if (!this.#firstOf.has(artifact.hash)) this.#firstOf.set(artifact.hash, task);
    if (!isThere) {
      this.#made.add(key);
      this.#compute(task);
    }
    return task;
  }

  /** What a task reads has to be there. */
  #compute({ stage, parameters, inputs }: PlannedTask): void {
    if (stage.kind !== "refine") {
      for (const input of inputs) this.need(input);
      return;
    }
    for (const { task } of stage.begin(parameters).wanted()) {
      this.need(this.#look(task.stage, task.parameters, inputs).artifact);
      this.open.add(task.stage.name);
    }
  }
}
