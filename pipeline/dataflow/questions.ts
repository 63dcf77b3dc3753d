/**
 * What a study asks of its stages, apart from the answers: the part of a task's key that follows from the study alone. Two studies that are asked for it tell which
 * tasks are asked something else, and a study with one change taken back tells whether that change is why.
 *
 * @module
 */
import { canonicalJson } from "../store/canonical_json.ts";
import { sha256 } from "../store/hash.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import type { AnyFold, AnyMap, AnyRefine, Artifact, ArtifactSource, StageCode } from "./engine.ts";
import type { AnyStage, Json } from "./stage.ts";

/**
 * A name for what is asked of a stage.
 *
 * @param stage The stage.
 * @param parameters What it may read.
 * @returns The SHA-256 of the stage's name and its parameters. Where these name artifacts, as those of the report do, a plan and {@linkcode Questions} never agree:
 *   such a task counts as asked something else by every difference, which it is.
 */
export function questionOf(stage: AnyStage, parameters: Json): string {
  return sha256(`${stage.name}/${stage.task}\n${canonicalJson(parameters)}`);
}

/** Answers nothing, and remembers what was asked. */
export class Questions implements ArtifactSource {
  /** The names of all questions so far, from {@linkcode questionOf}. */
  readonly asked: Set<string> = new Set();
  readonly #sources: SourceHashes;
  readonly #values = new Map<string, () => unknown>();

  /**
   * Has been asked nothing yet.
   *
   * @param sources The stages' code.
   */
  constructor(sources: SourceHashes) {
    this.#sources = sources;
  }

  /** See {@linkcode ArtifactSource.map}. */
  map(stage: AnyMap, parameters: Json, inputs: readonly Artifact[]): Promise<Artifact> {
    const artifact = this.#note(stage, parameters);
    // The list of points is the only one that the dataflow looks into.
    if (inputs.length === 0) this.#values.set(artifact.hash, () => stage.run(parameters, [], () => {}));
    return Promise.resolve(artifact);
  }

  /** See {@linkcode ArtifactSource.fold}. */
  fold(stage: AnyFold, parameters: readonly Json[]): Promise<Artifact[]> {
    return Promise.resolve(parameters.map((set) => this.#note(stage, set)));
  }

  /** See {@linkcode ArtifactSource.refine}; asks for the first round of tasks, as a plan does. */
  refine(stage: AnyRefine, parameters: readonly Json[]): Promise<Artifact[]> {
    for (const set of parameters) {
      for (const { task } of stage.begin(set).wanted()) this.#note(task.stage, task.parameters);
    }
    return Promise.resolve(parameters.map((set) => this.#note(stage, set)));
  }

  /** Works an artifact out in memory. */
  async value(artifact: Artifact): Promise<unknown> {
    return await this.#values.get(artifact.hash)!();
  }

  /** See {@linkcode ArtifactSource.code}. */
  code(stage: AnyStage): StageCode {
    return { hash: this.#sources.hash(stage.module), packages: this.#sources.packages(stage.module) };
  }

  #note(stage: AnyStage, parameters: Json): Artifact {
    const question = questionOf(stage, parameters);
    this.asked.add(question);
    return { hash: question, format: stage.format, key: question };
  }
}
