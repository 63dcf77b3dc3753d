/**
 * Counts of a run, stage by stage: what `run.json`, the progress line and the plan are made of.
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
  /** Tasks that would be computed, in a plan, by reason. */
  readonly planned: Map<string, number>;
  /** Whether more tasks may follow, in a plan. */
  open: boolean;
  /** When the first and the last task of the stage was done, in ms. */
  first?: number;
  /** When the last task was done, in ms. */
  last?: number;
}

/** Keeps count. */
export class Tally {
  /** The stages in their order. */
  readonly stages: Map<string, StageCount>;
  /** Files that were set aside as damaged. */
  readonly damaged = new Set<string>();

  /**
   * All counts at zero.
   *
   * @param names The stages' names in their order.
   */
  constructor(names: readonly string[]) {
    this.stages = new Map(
      names.map((name) => [name, { computed: 0, cached: 0, expected: 0, planned: new Map(), open: false }]),
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
    if (event.kind === "open") stage.open = true;
    if (event.kind === "planned") stage.planned.set(event.reason, (stage.planned.get(event.reason) ?? 0) + 1);
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
    let left: number | undefined;
    for (const { computed, cached, expected, first, last } of this.stages.values()) {
      const open = expected - computed - cached;
      if (open <= 0 || computed === 0 || first === undefined || last === undefined) continue;
      left = Math.max(left ?? 0, open * (last - first) / computed / 1000);
    }
    return left;
  }

  /**
   * The counts as `run.json` has them.
   *
   * @returns `{stage: {computed, cached}}`, all stages, in their order.
   */
  summary(): Record<string, { computed: number; cached: number }> {
    return Object.fromEntries([...this.stages].map(([name, { computed, cached }]) => [name, { computed, cached }]));
  }
}
