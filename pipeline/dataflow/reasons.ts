/**
 * Why tasks run: for each task without an artifact, which part of its key is not what it was in the last run. A reason is told where it first enters the dataflow;
 * what follows from that says so and no more.
 *
 * @module
 */
import { canonicalJson } from "../store/canonical_json.ts";
import type { Artifact } from "./engine.ts";
import { isPlanned, type PlannedTask, type Planner } from "./planner.ts";
import { questionOf } from "./questions.ts";

/** Why a task runs: which part of its key is another one. */
export type Reason =
  /** There is no earlier run to compare with. */
  | { readonly kind: "first" }
  /** It was computed, is needed, and its artifact is gone. */
  | { readonly kind: "deleted" }
  /** It is asked something else, by this difference between the study and that of the last run. */
  | { readonly kind: "parameter"; readonly difference: number }
  /** A part of its code is another one: a file, a package or the runtime. */
  | { readonly kind: "code"; readonly part: string }
  /** It takes what this stage computes anew. */
  | { readonly kind: "input"; readonly stage: string }
  /** Nothing that is known of it changed: what else its key is made of, or the cache folder, is not what it was. */
  | { readonly kind: "unknown" };

/** What was different in the last run. */
export interface Comparison {
  /**
   * The parts of the code behind a module that are not what they were.
   *
   * @param module Its URL.
   * @returns Their names.
   */
  changedParts(module: string): readonly string[];
  /**
   * The differences by which a question is asked that was not asked in the last run.
   *
   * @param question From {@linkcode questionOf}.
   * @returns Their places; undefined if the question was asked.
   */
  differences(question: string): readonly number[] | undefined;
}

const FIRST: Reason = { kind: "first" }, DELETED: Reason = { kind: "deleted" }, UNKNOWN: Reason = { kind: "unknown" };
const NOTHING: ReadonlySet<Reason> = new Set();

/** What inputs bring with them. */
interface Brought {
  /** All that is different about them, wherever it entered. */
  readonly roots: ReadonlySet<Reason>;
  /** Those that would be computed, by stage. */
  readonly planned: ReadonlyMap<string, ReadonlySet<PlannedTask>>;
  /** What is different about those. */
  readonly explained: ReadonlySet<Reason>;
}

/** Finds the reasons of the tasks that a planner would have computed. */
export class Reasons {
  readonly #planner: Planner;
  readonly #comparison: Comparison | undefined;
  readonly #known = new Map<string, Reason>();
  readonly #own = new Map<PlannedTask, readonly Reason[]>();
  readonly #roots = new Map<PlannedTask, ReadonlySet<Reason>>();
  readonly #brought = new Map<readonly Artifact[], Brought>();
  readonly #told = new Map<PlannedTask, readonly Reason[]>();
  #taskOf: Map<string, PlannedTask> | undefined;

  /**
   * Has been asked nothing yet.
   *
   * @param planner The planner, when it has been asked everything.
   * @param comparison What was different in the last run; undefined if there was none.
   */
  constructor(planner: Planner, comparison: Comparison | undefined) {
    this.#planner = planner;
    this.#comparison = comparison;
  }

  /**
   * Why a task would be computed: the named predicates.
   *
   * @param task A task of the planner that is not there.
   * @returns One reason or more, equal ones identical.
   */
  of(task: PlannedTask): readonly Reason[] {
    const known = this.#told.get(task);
    if (known !== undefined) return known;
    const reasons = this.#find(task);
    this.#told.set(task, reasons);
    return reasons;
  }

  #find(task: PlannedTask): readonly Reason[] {
    if (task.state === "deleted") return [DELETED];
    if (this.#comparison === undefined) return [FIRST];
    const found = this.#among(task, task.inputs);
    if (found.length > 0) return found;
    // What a task reads may name artifacts that it does not take, as the report names all files.
    const quoted = this.#among(task, this.#quoted(task));
    return quoted.length > 0 ? quoted : [UNKNOWN];
  }

  /** What is new about a task itself, and what comes with some inputs. */
  #among(task: PlannedTask, inputs: readonly Artifact[]): readonly Reason[] {
    const { roots, planned, explained } = this.#broughtBy(inputs);
    const reasons = new Set(this.#ownOf(task).filter((reason) => !roots.has(reason)));
    for (const [stage, tasks] of planned) {
      if (stage !== task.stage.name) reasons.add(this.#reason(`input ${stage}`, { kind: "input", stage }));
      // Within a stage, from a table to its files, there is one reason for all of it.
      else for (const input of tasks) for (const reason of this.of(input)) reasons.add(reason);
    }
    // Inputs that are there already, and are others than in the last run: nothing else tells why they are.
    for (const reason of roots) if (!explained.has(reason)) reasons.add(reason);
    return [...reasons];
  }

  /** What comes with some inputs; the sets of a fold share theirs. */
  #broughtBy(inputs: readonly Artifact[]): Brought {
    const known = this.#brought.get(inputs);
    if (known !== undefined) return known;
    const planned = new Map<string, Set<PlannedTask>>();
    for (const { key } of inputs.filter(isPlanned)) {
      const task = this.#task(key), tasks = planned.get(task.stage.name) ?? new Set();
      planned.set(task.stage.name, tasks.add(task));
    }
    const brought: Brought = {
      roots: union(inputs.map(({ key }) => this.#rootsOf(this.#task(key)))),
      planned,
      explained: union([...planned.values()].flatMap((tasks) => [...tasks]).map((task) => this.#rootsOf(task))),
    };
    this.#brought.set(inputs, brought);
    return brought;
  }

  /** All that is different about an artifact, wherever it entered. */
  #rootsOf(task: PlannedTask): ReadonlySet<Reason> {
    const known = this.#roots.get(task);
    if (known !== undefined) return known;
    const roots = union([this.#ownOf(task), this.#broughtBy(task.inputs).roots]);
    this.#roots.set(task, roots);
    return roots;
  }

  /** What is different about a task itself: its code, and what it is asked. */
  #ownOf(task: PlannedTask): readonly Reason[] {
    const known = this.#own.get(task);
    if (known !== undefined) return known;
    const { changedParts, differences } = this.#comparison!;
    const own = [
      ...changedParts(task.stage.module).map((part) => this.#reason(`code ${part}`, { kind: "code", part })),
      ...(differences(questionOf(task.stage, task.parameters)) ?? []).map((difference) =>
        this.#reason(`parameter ${difference}`, { kind: "parameter", difference })
      ),
    ];
    this.#own.set(task, own);
    return own;
  }

  #reason(name: string, reason: Reason): Reason {
    const known = this.#known.get(name);
    if (known === undefined) this.#known.set(name, reason);
    return known ?? reason;
  }

  #task(key: string): PlannedTask {
    return this.#planner.tasks.get(key)!;
  }

  /** The artifacts that a task's parameters name. */
  #quoted(task: PlannedTask): Artifact[] {
    const hashes = canonicalJson(task.parameters).match(/(?:planned:)?[0-9a-f]{64}/g) ?? [];
    this.#taskOf ??= new Map([...this.#planner.tasks.values()].map((task) => [task.artifact.hash, task]));
    return hashes.flatMap((hash) => this.#taskOf!.get(hash)?.artifact ?? []);
  }
}

function union(sets: readonly Iterable<Reason>[]): ReadonlySet<Reason> {
  const all = new Set<Reason>();
  for (const set of sets) for (const reason of set) all.add(reason);
  return all.size === 0 ? NOTHING : all;
}
