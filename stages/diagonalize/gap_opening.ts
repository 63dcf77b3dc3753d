/**
 * Where a gap opens along a sweep, Fig. 3(d)'s star: found in the data, so that a study of another slab has its own star.
 *
 * In a slab nothing is sharp: on the gapless side the gap is exponentially small, as the two chiral states hardly overlap, on the other it grows with the parameter, and
 * between the two the curve bends. The opening is where it bends most, a definition without a threshold to choose. With a linear gauge field that is where the region in
 * which |A⁵(x)| exceeds the mass has become as narrow as the two states.
 *
 * @module
 */
import type { Point, Stage } from "../../pipeline/dataflow/stage.ts";
import { aggregate, byPoint, type TableParameters } from "../aggregate/aggregate.ts";
import type { Table } from "../aggregate/table.ts";
import type { Gap } from "./gap.ts";

/** A place at which a gap opens. */
export interface GapOpening {
  /** The value of the swept parameter. */
  readonly opening: number;
  /** The gap there, between the two values beside it, in units of energy. */
  readonly gap: number;
  /** The index of the nearest value. */
  readonly nearest: number;
}

/** A bend is located between its neighbours from five values on. */
export const FEWEST_VALUES = 5;

/** A gap that stays below this is closed all along: what is left are roundings. */
const CLOSED = 1e-8;

/**
 * Finds where a gap opens.
 *
 * @param values The values of the swept parameter, in ascending or descending order or in none, all different.
 * @param gaps The gap at each, in units of energy.
 * @returns The place of the largest curvature: of the second divided differences, refined by the parabola through the largest and its neighbours.
 * @throws {Error} If there are fewer than five values, if two are equal, if the gap is closed everywhere, or if it bends most at an end of the sweep.
 */
export function gapOpening(values: readonly number[], gaps: readonly number[]): GapOpening {
  if (values.length < FEWEST_VALUES) throw unfound(`there are ${values.length} values`, "sweep five or more");
  if (new Set(values).size < values.length) throw unfound("a value occurs twice", "remove one of them");
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const x = order.map((i) => values[i]), y = order.map((i) => gaps[i]);
  if (Math.max(...y) < CLOSED) throw unfound("the gap is closed at all values", "sweep further");
  const bends = x.slice(1, -1).map((here, i) => {
    const before = (y[i + 1] - y[i]) / (here - x[i]), after = (y[i + 2] - y[i + 1]) / (x[i + 2] - here);
    return (after - before) / (x[i + 2] - x[i]);
  });
  const top = bends.indexOf(Math.max(...bends));
  if (top === 0 || top === bends.length - 1) {
    throw unfound(`the gap bends most at the end of the sweep, near ${x[top + 1]}`, "sweep further on that side");
  }
  // To third order a second divided difference is the derivative at the mean of its three places.
  const opening = vertex([-1, 0, 1].map((i) => [(x[top + i] + x[top + i + 1] + x[top + i + 2]) / 3, bends[top + i]]));
  const above = x.findIndex((value) => value >= opening), part = (opening - x[above - 1]) / (x[above] - x[above - 1]);
  return {
    opening,
    gap: y[above - 1] + part * (y[above] - y[above - 1]),
    nearest: order[part < 0.5 ? above - 1 : above],
  };
}

/** The maximum of the parabola through three points, the middle one the highest. */
function vertex([[a, fa], [b, fb], [c, fc]]: readonly (readonly number[])[]): number {
  const left = (b - a) * (fb - fc), right = (c - b) * (fb - fa);
  // Where all three are alike, the middle stands for them.
  return left + right === 0 ? b : b - ((b - a) * left - (c - b) * right) / (2 * (left + right));
}

function unfound(reason: string, remedy: string): Error {
  return new Error(`Cannot find where the gap opens: ${reason}: ${remedy}`);
}

/** What a study asks. */
export interface GapOpeningSettings {
  /** The swept path along which the gap opens. */
  readonly along: string;
}

/** What is read at a point. */
export interface GapOpeningPoint {
  /** The value of the parameter. */
  readonly value: number;
  /** Which points are on one curve. */
  readonly curve: string;
}

/**
 * What is read at a point of a study.
 *
 * @param point The point.
 * @param settings The path.
 * @returns The parameter's value there, and the curve to which the point belongs: all points that differ in the parameter only.
 */
export function gapOpeningPoint(point: Point, { along }: GapOpeningSettings): GapOpeningPoint {
  const others = Object.entries(point.swept).filter(([path]) => path !== along);
  return { value: Number(point.swept[along]), curve: JSON.stringify(others) };
}

/** What the table reads. */
export interface GapOpeningParameters extends TableParameters {
  /** What was read at each point. */
  readonly points: readonly GapOpeningPoint[];
}

/** The table of `gap_opening`: a row a curve, at the point nearest to the opening. */
export const gapOpeningTable: Stage<GapOpeningParameters, Gap[], Table> = {
  kind: "map",
  name: "aggregate",
  task: "gap_opening",
  module: import.meta.url,
  export: "gapOpeningTable",
  format: "json",
  place: "main",
  run(parameters, artifacts) {
    const { points } = parameters;
    const gaps = new Map([...byPoint(parameters, artifacts)].map(([point, { gap }]) => [point, gap]));
    const found = [...Map.groupBy(points.keys(), (point) => points[point].curve).values()].map((curve) => {
      const { nearest, ...opening } = gapOpening(
        curve.map((point) => points[point].value),
        curve.map((point) => gaps.get(point)!),
      );
      return { point: curve[nearest], ...opening };
    });
    found.sort((a, b) => a.point - b.point);
    return aggregate(parameters, {
      point: found.map(({ point }) => point),
      columns: { opening: found.map(({ opening }) => opening), gap: found.map(({ gap }) => gap) },
    });
  },
};
