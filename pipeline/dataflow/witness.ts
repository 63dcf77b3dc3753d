/**
 * Who says how a study was computed: notes every task that its dataflow asks for, whether it was computed, was there already, or is only planned, so that what is
 * said does not depend on the state of the cache.
 *
 * @module
 */
import type { AnyFold, AnyMap, AnyRefine, Artifact, ArtifactSource, StageCode } from "./engine.ts";
import type { Trace } from "../store/trace.ts";
import type { AnyStage, Json, StageWork } from "./stage.ts";
import { askedKey } from "./task_key.ts";
import { askedName, type ListedTask, type TaskList, taskList } from "./task_list.ts";

/** Passes on what it is asked, and remembers it. */
export class Witness implements ArtifactSource {
  readonly #source: ArtifactSource;
  /** Hashes by keys, by task. */
  readonly #seen = new Map<string, { readonly stage: AnyStage; readonly hashes: Map<string, string> }>();

  /**
   * A witness who has seen nothing yet.
   *
   * @param source Where artifacts come from.
   */
  constructor(source: ArtifactSource) {
    this.#source = source;
  }

  /** See {@linkcode ArtifactSource.map}. */
  async map(stage: AnyMap, parameters: Json, inputs: readonly Artifact[]): Promise<Artifact> {
    return this.#note(stage, await this.#source.map(stage, parameters, inputs));
  }

  /** See {@linkcode ArtifactSource.fold}. */
  async fold(stage: AnyFold, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Artifact[]> {
    return (await this.#source.fold(stage, parameters, inputs)).map((artifact) => this.#note(stage, artifact));
  }

  /** See {@linkcode ArtifactSource.refine}. */
  async refine(stage: AnyRefine, parameters: readonly Json[], inputs: readonly Artifact[]): Promise<Artifact[]> {
    return (await this.#source.refine(stage, parameters, inputs)).map((artifact) => this.#note(stage, artifact));
  }

  /** See {@linkcode ArtifactSource.value}. */
  value(artifact: Artifact): Promise<unknown> {
    return this.#source.value(artifact);
  }

  /** See {@linkcode ArtifactSource.code}. */
  code(stage: AnyStage): StageCode {
    return this.#source.code(stage);
  }

  /**
   * The tasks seen so far, each key once.
   *
   * @param order The stages' names in their order.
   * @returns Them by stage in that order, the tasks of a stage by name.
   */
  work(order: readonly string[]): StageWork[] {
    const work = [...this.#seen.values()].map(({ stage, hashes }) => ({
      stage: stage.name,
      task: stage.task,
      count: hashes.size,
      code: this.code(stage).hash,
    }));
    return work.sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage) || (a.task < b.task ? -1 : 1));
  }

  /**
   * The packages behind the tasks seen so far.
   *
   * @returns Their names with versions, sorted, each once.
   */
  packages(): string[] {
    return [...new Set([...this.#seen.values()].flatMap(({ stage }) => this.code(stage).packages))].sort();
  }

  /**
   * The tasks seen so far as a list.
   *
   * @param find Finds what was computed before, and so which tasks refinements asked about.
   * @returns The list; the same whether they were computed or there.
   */
  tasks(find: (key: string) => Trace | undefined): TaskList {
    const listed: ListedTask[] = [];
    for (const { stage, hashes } of this.#seen.values()) {
      for (const [key, hash] of hashes) {
        listed.push({ name: `${stage.name}/${stage.task}`, key, hash });
        const asked = stage.kind === "refine" ? find(askedKey(key)) : undefined;
        if (asked !== undefined) listed.push({ name: askedName(stage), key: asked.key, hash: asked.hash });
      }
    }
    return taskList(listed);
  }

  #note(stage: AnyStage, artifact: Artifact): Artifact {
    const name = `${stage.name}/${stage.task}`;
    const seen = this.#seen.get(name) ?? { stage, hashes: new Map() };
    this.#seen.set(name, seen);
    seen.hashes.set(artifact.key, artifact.hash);
    return artifact;
  }
}
