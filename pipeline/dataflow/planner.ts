/**
 * `--plan`: the same dataflow, asked what it would compute. The keys and look-ups are those of a run, so that the plan cannot miss a task; a run may
 * compute less, where a stage comes to the same bytes as before and ends the wave of changes, which nobody knows in advance. Of a refining stage it knows
 * what the first round asks for, and says that more may follow.
 *
 * @module
 */
import type { SourceHashes } from "../store/source_hash.ts";
import type { TraceStore } from "../store/trace_store.ts";
import type { Artifact, ArtifactSource, StageCode } from "./engine.ts";
import type { EngineEvent } from "./events.ts";
import type { AnyStage, FoldStage, Json, RefineStage, Stage } from "./stage.ts";
import { digest, taskKey } from "./task_key.ts";

/** Artifacts that do not exist yet go by their task's key. */
const PLANNED = "planned:";

/** Answers with artifacts that are there, or that would be. */
export class Planner implements ArtifactSource {
  readonly #traces: TraceStore;
  readonly #sources: SourceHashes;
  readonly #tell: (event: EngineEvent) => void;
  readonly #seen = new Map<string, Artifact>();
  /** Values of artifacts that the dataflow itself looks into, the list of points: cheap, so they are worked out in memory. */
  readonly #values = new Map<string, () => unknown>();

  /**
   * A planner that has been asked nothing yet.
   *
   * @param traces What was computed before.
   * @param sources Hashes of the stages' code.
   * @param tell Told of each task, whether it is there or would be computed.
   */
  constructor(traces: TraceStore, sources: SourceHashes, tell: (event: EngineEvent) => void) {
    this.#traces = traces;
    this.#sources = sources;
    this.#tell = tell;
  }

  /** As a run would have it; see {@linkcode ArtifactSource.map}. */
  // deno-lint-ignore no-explicit-any
  map(stage: Stage<any, any, any>, parameters: Json, inputs: readonly Artifact[]): Promise<Artifact> {
    const artifact = this.#look(stage, parameters, inputs);
    this.#values.set(artifact.hash, () => {
      if (inputs.length > 0) throw new Error(`Cannot plan ${stage.name}/${stage.task}: its value would need artifacts`);
      return stage.run(parameters, [], () => {});
    });
    return Promise.resolve(artifact);
  }

  /** As a run would have it; see {@linkcode ArtifactSource.fold}. */
  // deno-lint-ignore no-explicit-any
  fold(stage: FoldStage<any, any, any>, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Artifact[]> {
    return Promise.resolve(parameters.map((set) => this.#look(stage, set, inputs)));
  }

  /** As a run would have it, as far as that is certain; see {@linkcode ArtifactSource.refine}. */
  async refine(
    // deno-lint-ignore no-explicit-any
    stage: RefineStage<any, any, any>,
    parameters: readonly Json[],
    inputs: readonly Artifact[],
  ): Promise<Artifact[]> {
    const artifacts = parameters.map((set) => this.#look(stage, set, inputs));
    for (const [i, { hash }] of artifacts.entries()) {
      if (!hash.startsWith(PLANNED)) continue;
      for (const { task } of stage.begin(parameters[i]).wanted()) {
        await this.map(task.stage, task.parameters, inputs);
        this.#tell({ kind: "open", stage: task.stage.name });
      }
    }
    return artifacts;
  }

  /** Works an artifact out in memory. */
  async value(artifact: Artifact): Promise<unknown> {
    return await this.#values.get(artifact.hash)!();
  }

  /** As a run would have it; see {@linkcode ArtifactSource.code}. */
  code(stage: AnyStage): StageCode {
    return { hash: this.#sources.hash(stage.module), packages: this.#sources.packages(stage.module) };
  }

  #look(stage: AnyStage, parameters: Json, inputs: readonly Artifact[]): Artifact {
    const key = taskKey(this.#sources, stage, parameters, digest(inputs));
    const seen = this.#seen.get(key);
    if (seen !== undefined) return seen;
    const task = `${stage.name}/${stage.task}`;
    const trace = this.#traces.find(key);
    if (trace !== undefined) this.#tell({ kind: "cached", stage: stage.name, task, hash: trace.hash });
    else this.#tell({ kind: "planned", stage: stage.name, task, reason: reasonFor(inputs) });
    const artifact: Artifact = { hash: trace?.hash ?? PLANNED + key, format: stage.format, key };
    this.#seen.set(key, artifact);
    return artifact;
  }
}

/** Why a task without a trace runs: the named predicates, the first that holds. */
function reasonFor(inputs: readonly Artifact[]): "an input is computed anew" | "never computed" {
  const anInputIsComputedAnew = inputs.some((input) => input.hash.startsWith(PLANNED));
  return anInputIsComputedAnew ? "an input is computed anew" : "never computed";
}
