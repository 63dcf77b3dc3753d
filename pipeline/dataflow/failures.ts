/**
 * What failed in a study while the rest went on: a point that does not converge must not take the others with it, and must not be missing from a table without
 * a word. So all that can be computed is, and is kept; but a study of which anything failed gives no files.
 *
 * @module
 */
import { ProgramChanged, StageFailure } from "../errors.ts";
import { CacheFailure } from "../store/cache_failure.ts";
import type { Point } from "./stage.ts";

/** A point at which a stage failed. */
export interface PointFailure {
  /** Its place in the sweep. */
  readonly index: number;
  /** What was swept, and its value there. */
  readonly swept: Point["swept"];
  /** What the stage said. */
  readonly message: string;
}

/** Reasons, and points with one reason, that are listed. */
const MOST_REASONS = 10, MOST_POINTS = 6;

/** Some points of a study failed. */
export class PointsFailed extends StageFailure {
  /** The points, in the order of the sweep; one that failed for several reasons is there with each. */
  readonly points: readonly PointFailure[];

  /**
   * Says which points failed, and why.
   *
   * @param points The points.
   * @param count How many points the study has.
   */
  constructor(points: readonly PointFailure[], count: number) {
    super(wording(points, count));
    this.points = points;
  }
}

/** Gathers what fails in one study. */
export class Failures {
  readonly #points = new Map<string, PointFailure>();
  readonly #others: StageFailure[] = [];
  /** How many points the study has. */
  count = 0;

  /**
   * Takes note of points that failed.
   *
   * @param points The points.
   */
  addPoints(points: readonly PointFailure[]): void {
    for (const point of points) this.#points.set(`${point.index} ${point.message}`, point);
  }

  /**
   * Takes note of a table, a chart or a file that failed.
   *
   * @param error What its stage threw.
   * @throws What concerns more than this one.
   */
  add(error: unknown): void {
    if (!concernsOne(error)) throw error;
    this.#others.push(error);
  }

  /**
   * Ends a study that failed.
   *
   * @throws {PointsFailed | StageFailure} If anything has failed.
   */
  throwIfAny(): void {
    const points = [...this.#points.values()].sort((a, b) => a.index - b.index);
    if (points.length > 0) throw new PointsFailed(points, this.count);
    if (this.#others.length === 1) throw this.#others[0];
    if (this.#others.length > 1) {
      const messages = new Set(this.#others.map(({ message }) => message));
      throw new StageFailure([...messages].join("\n"), { cause: this.#others[0] });
    }
  }
}

/**
 * Whether an error is the failure of a task, which leaves others a chance; a cache that cannot be written to, sources that changed, or a run that is stopped, do not.
 *
 * @param error What was thrown.
 * @returns Whether the others can go on.
 */
export function concernsOne(error: unknown): error is StageFailure {
  return error instanceof StageFailure && !(error instanceof CacheFailure) && !(error instanceof ProgramChanged);
}

/**
 * Waits for tasks of which each may fail alone.
 *
 * @param tasks The tasks.
 * @returns What they came to, in their order.
 * @throws The first failure in the order of the tasks, when all are over; at once what concerns all of them.
 */
export async function allOver<T>(tasks: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.all(
    tasks.map((task) =>
      task.then((value) => ({ value }), (error: unknown) => {
        if (!concernsOne(error)) throw error;
        return { error };
      })
    ),
  );
  return outcomes.map((outcome) => {
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  });
}

function wording(points: readonly PointFailure[], count: number): string {
  const byReason = new Map<string, PointFailure[]>();
  for (const point of points) byReason.set(point.message, [...byReason.get(point.message) ?? [], point]);
  const failed = new Set(points.map(({ index }) => index)).size;
  if (byReason.size === 1 && failed === count) {
    return count === 1 ? points[0].message : `${points[0].message} (at each of the ${count} points)`;
  }
  const reasons = [...byReason].map(([reason, same]) => {
    const shown = same.slice(0, MOST_POINTS).map(({ swept }) => place(swept));
    const more = same.length - shown.length;
    return `  - ${shown.join("; ")}${more === 0 ? "" : `; and ${more} more points`}: ${reason}`;
  });
  const rest = reasons.length - MOST_REASONS;
  return [
    `Cannot finish the study: ${failed} of its ${count} points failed, and no tables are written without them; what the others made is kept, so change or leave out what failed and run again`,
    ...reasons.slice(0, MOST_REASONS),
    ...rest > 0 ? [`  … and ${rest} more`] : [],
  ].join("\n");
}

function place(swept: Point["swept"]): string {
  return Object.entries(swept).map(([path, value]) => `${path} = ${value}`).join(", ");
}
