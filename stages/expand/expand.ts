/**
 * Parameter expansion: from a study's sweep to the list of its points.
 *
 * @module
 */
import type { Json, Point, Stage } from "../../pipeline/dataflow/stage.ts";

/** One axis of a sweep: paths that advance together, with equally many values each. */
export type SweepAxis = readonly { readonly path: string; readonly values: readonly (number | string)[] }[];

/** What expansion reads of a study: its physical parameters by section, and its sweep. */
export interface SweptParameters {
  /** The parameters. */
  readonly parameters: { readonly [section: string]: Json };
  /** The sweep. */
  readonly sweep: readonly SweepAxis[];
}

/**
 * The product of all axes, the first one varying slowest, as loops nested in the order in which they are written.
 *
 * @param study The parameters and the sweep.
 * @returns The points; a study without a sweep has one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const points = expand({ parameters: { model: { mass: 0 } }, sweep: [[{ path: "model.mass", values: [1, 2] }]] });
 * assertEquals(points.map((point) => point.parameters.model), [{ mass: 1 }, { mass: 2 }]);
 * ```
 */
export function expand(study: SweptParameters): Point[] {
  let points: Point[] = [{ swept: {}, parameters: study.parameters }];
  for (const axis of study.sweep) {
    const steps = axis[0].values.map((_, i) => axis.map(({ path, values }) => ({ path, value: values[i] })));
    points = points.flatMap((point) => steps.map((step) => step.reduce(assign, point)));
  }
  return points;
}

function assign(point: Point, { path, value }: { path: string; value: number | string }): Point {
  return {
    swept: { ...point.swept, [path]: value },
    parameters: replaced(point.parameters, path.split("."), value) as Point["parameters"],
  };
}

/** A copy of the tree with one leaf replaced; branches that do not change are shared. */
function replaced(tree: Json | undefined, path: readonly string[], value: number | string): Json {
  if (path.length === 0) return value;
  const branch = (tree ?? {}) as { readonly [key: string]: Json };
  return { ...branch, [path[0]]: replaced(branch[path[0]], path.slice(1), value) };
}

/** The stage `expand`. */
export const expandStage: Stage<SweptParameters, [], Point[]> = {
  kind: "map",
  name: "expand",
  task: "points",
  module: import.meta.url,
  export: "expandStage",
  format: "json",
  place: "main",
  run: expand,
};
