/**
 * How long tasks will take, by what such tasks took before: in the last run of the study if that had any, else in whatever the cache folder knows of. Nobody here
 * knows how work grows with the slab or the grid, so that after such a change this is of the old ones.
 *
 * @module
 */
import type { AnyStage } from "../dataflow/stage.ts";
import type { TaskCost } from "./tally.ts";

/** Costs by stage and task, such as `chart/svg`. */
type Costs = ReadonlyMap<string, TaskCost>;

/** Estimates times of tasks. */
export class CostEstimate {
  readonly #recorded: Costs;
  readonly #inCache: () => Costs;
  readonly #workers: number;
  #known: Costs | undefined;

  /**
   * An estimate for one study.
   *
   * @param recorded What the last run recorded; a record that is no number is passed by.
   * @param inCache Adds up what is known in the cache folder; called only if it is needed.
   * @param workers How many workers there are.
   */
  constructor(recorded: Readonly<Record<string, TaskCost>> | undefined, inCache: () => Costs, workers: number) {
    this.#recorded = new Map(Object.entries(recorded ?? {}).filter(([, cost]) => cost?.tasks > 0 && cost.seconds >= 0));
    this.#inCache = inCache;
    this.#workers = workers;
  }

  /**
   * The time of some tasks.
   *
   * @param stage Their stage.
   * @param count How many.
   * @returns Seconds, the work shared out evenly among the workers that can have a part in it; undefined if no such task has been computed before.
   */
  seconds(stage: AnyStage, count: number): number | undefined {
    const task = `${stage.name}/${stage.task}`;
    const cost = this.#recorded.get(task) ?? (this.#known ??= this.#inCache()).get(task);
    if (cost === undefined) return undefined;
    const isMap = stage.kind === "map", onMain = isMap && stage.place === "main";
    const hands = onMain ? 1 : isMap ? Math.min(this.#workers, count) : this.#workers;
    return cost.seconds / cost.tasks * count / hands;
  }
}
