/**
 * What of a sweep matters to which step, told before anything is computed: a step says what it reads at a point, so that a swept
 * value which changes that at no point is swept in vain, and one that does not change it multiplies nothing.
 *
 * @module
 */
import { expand, type SweepAxis } from "../../stages/expand/expand.ts";
import type { FlowStudy } from "../dataflow/flow.ts";
import type { Json, ObservableDefinition, Point, Step } from "../dataflow/stage.ts";

/** The most points at which steps are asked what they read. */
const MOST_SAMPLES = 64;

/** A few points of a study, spread over its sweep. */
export interface SampledSweep {
  /** The axes of the sweep. */
  readonly axes: readonly SweepAxis[];
  /** Some rows of each axis, by their numbers. */
  readonly rows: readonly (readonly number[])[];
  /** The points of all combinations of these rows, the first axis varying slowest. */
  readonly points: readonly Point[];
}

/**
 * Returns points spread over a study's sweep: of few values all, of many the first, the last and some between.
 *
 * @param flow The study.
 */
export function sampledSweep({ sweep, parameters }: FlowStudy): SampledSweep {
  const axes = sweep as unknown as SweepAxis[];
  const rows = axes.map((axis) => spread(axis[0].values.length, 4));
  const count = (): number => rows.reduce((product, chosen) => product * chosen.length, 1);
  // The later axes first: they are the ones of many values.
  for (const most of [3, 2, 1]) {
    for (let i = axes.length - 1; i >= 0 && count() > MOST_SAMPLES; i--) {
      rows[i] = spread(axes[i][0].values.length, most);
    }
  }
  const sampled = axes.map((axis, i) =>
    axis.map(({ path, values }) => ({ path, values: rows[i].map((row) => values[row]) }))
  );
  return { axes, rows, points: expand({ parameters, sweep: sampled }) };
}

/**
 * Returns the swept paths whose values change nothing that any observable reads.
 *
 * @param flow The study.
 * @param sample Points of it.
 */
export function idlePaths(flow: FlowStudy, sample: SampledSweep): string[] {
  const steps = flow.observables.flatMap(({ definition, settings }) =>
    definition.steps.map((step) => (point: Point): string => reading(step, point, settings))
  );
  return sample.axes.flat().filter(({ values }) => new Set(values).size > 1).filter(({ path, values }) => {
    const chosen = spread(values.length, 4).map((row) => values[row]);
    return sample.points.every((point) => {
      const others = chosen.map((value) => withValue(point, path, value));
      return steps.every((read) => {
        const here = read(point);
        return others.every((other) => read(other) === here);
      });
    });
  }).map(({ path }) => path);
}

/**
 * Returns how many different ways through its first steps an observable has over the whole sweep.
 *
 * @param definition The observable.
 * @param settings Its settings.
 * @param steps How many steps.
 * @param sample Points of the study.
 */
export function waysThrough(
  definition: ObservableDefinition,
  settings: Json,
  steps: number,
  { axes, rows, points }: SampledSweep,
): number {
  const readings = points.map((point) =>
    definition.steps.slice(0, steps).map((step) => reading(step, point, settings)).join("\n")
  );
  let stride = points.length, ways = 1;
  for (const [axis, chosen] of rows.entries()) {
    stride /= chosen.length;
    const length = axes[axis][0].values.length;
    // An axis of which one row was looked at is taken to matter.
    const matters = chosen.length === 1 ? length > 1 : readings.some((read, i) => {
      const place = Math.floor(i / stride) % chosen.length;
      return place > 0 && readings[i - stride] !== read;
    });
    if (matters) ways *= new Set(axes[axis][0].values.map((_, row) => JSON.stringify(rowOf(axes[axis], row)))).size;
  }
  return ways;
}

function rowOf(axis: SweepAxis, row: number): (number | string)[] {
  return axis.map(({ values }) => values[row]);
}

/** What a step reads, as text; what it cannot read, since the point is no valid one, is unlike anything else. */
function reading(step: Step, point: Point, settings: Json): string {
  try {
    return JSON.stringify(step.reads(point, settings));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `cannot be read: ${JSON.stringify(point.parameters)}`;
  }
}

function withValue(point: Point, path: string, value: number | string): Point {
  const [changed] = expand({ parameters: point.parameters, sweep: [[{ path, values: [value] }]] });
  return { swept: { ...point.swept, ...changed.swept }, parameters: changed.parameters };
}

/** So many numbers from 0 to `count` − 1, first and last among them, evenly spread. */
function spread(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  if (most === 1) return [0];
  return Array.from({ length: most }, (_, i) => Math.round(i * (count - 1) / (most - 1)));
}
