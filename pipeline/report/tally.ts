/**
 * Counts of a run, stage by stage: what `run.json` and the progress line are made of.
 *
 * @module
 */
import type { EngineEvent } from "../dataflow/events.ts";

/** Counts of one stage. */
export interface StageCount {
  /** Tasks computed in this run. */
  computed: number;
  /** Tasks whose artifact was there. */
  cached: number;
  /** Tasks known to come in all, as far as that is known in advance. */
  expected: number;
  /** When the first and the last task of the stage was done, in ms. */
  first?: number;
  /** When the last task was done, in ms. */
  last?: number;
}

/** What the tasks of one kind took. */
export interface TaskCost {
  /** How many there were, computed or cached. */
  readonly tasks: number;
  /** Seconds of work that they took in all, those that were cached when they were computed. */
  readonly seconds: number;
}

/** Keeps count. */
export class Tally {
  /** The stages in their order. */
  readonly stages: Map<string, StageCount>;
  /** Files that were set aside as damaged. */
  readonly damaged = new Set<string>();
  readonly #costs = new Map<string, { tasks: number; seconds: number }>();

  /**
   * All counts at zero.
   *
   * @param names The stages' names in their order.
   */
  constructor(names: readonly string[]) {
    this.stages = new Map(
      names.map((name) => [name, { computed: 0, cached: 0, expected: 0 }]),
    );
  }

  /**
   * Counts an event.
   *
   * @param event The event.
   * @param now The time in ms.
   */
  count(event: EngineEvent, now: number): void {
    if (event.kind === "damaged") {
      this.damaged.add(event.path);
      return;
    }
    const stage = this.stages.get(event.stage);
    if (stage === undefined) {
      throw new Error(`Cannot count stage ${event.stage}: it has no place in the order of stages`);
    }
    if (event.kind === "expected") stage.expected += event.count;
    if (event.kind === "cached") stage.cached++;
    if (event.kind !== "expected") {
      const cost = this.#costs.get(event.task) ?? { tasks: 0, seconds: 0 };
      this.#costs.set(event.task, cost);
      cost.tasks++;
      cost.seconds += event.labour;
    }
    if (event.kind === "computed") {
      stage.computed++;
      stage.first ??= now - event.seconds * 1000;
      stage.last = now;
    }
  }

  /**
   * How long the rest will take, by the stage that has most left to do.
   *
   * @returns Seconds, or undefined while nothing is known.
   */
  secondsLeft(): number | undefined {
    const left = [...this.stages.keys()].flatMap((name) => this.pace(name)?.secondsLeft ?? []);
    return left.length === 0 ? undefined : Math.max(...left);
  }

  /**
   * How fast a stage goes on.
   *
   * @param name The stage.
   * @returns Tasks computed a second since it began, and the seconds that the rest will take, if it is known how many are to come; undefined before the first
   *   one, and when all are done.
   */
  pace(name: string): { readonly perSecond: number; readonly secondsLeft: number | undefined } | undefined {
    const { computed, cached, expected, first, last } = this.stages.get(name)!;
    const open = expected - computed - cached;
    if (computed === 0 || first === undefined || last === undefined || last <= first) return undefined;
    if (expected > 0 && open <= 0) return undefined;
    const perSecond = computed / (last - first) * 1000;
    return { perSecond, secondsLeft: expected > 0 ? open / perSecond : undefined };
  }

  /**
   * The counts as `run.json` has them.
   *
   * @returns `{stage: {computed, cached}}`, all stages, in their order.
   */
  summary(): Record<string, { computed: number; cached: number }> {
    return Object.fromEntries([...this.stages].map(([name, { computed, cached }]) => [name, { computed, cached }]));
  }

  /**
   * What tasks took, for the next plan.
   *
   * @returns By stage and task, such as `chart/svg`, sorted; seconds to the microsecond.
   */
  costs(): Record<string, TaskCost> {
    const sorted = [...this.#costs].sort(([a], [b]) => a < b ? -1 : 1);
    return Object.fromEntries(sorted.map(([task, { tasks, seconds }]) => [
      task,
      { tasks, seconds: Math.round(seconds * 1e6) / 1e6 },
    ]));
  }
}
