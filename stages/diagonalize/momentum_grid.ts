/**
 * A product grid over the Brillouin zone, folded onto the quarter in which q_y, q_z ≥ 0: ±q_y and ±q_z share one singular value decomposition.
 *
 * @module
 */
import { type AxisRule, axisRule, type AxisRuleName } from "./axis_rule.ts";

/** A grid by the numbers of points along each axis of the whole zone. */
export interface MomentumGrid {
  /** N along q_y. */
  readonly qy: number;
  /** N along q_z. */
  readonly qz: number;
  /** The rule on both axes. Midpoints are never named, so that what was made before there was a choice keeps its name. */
  readonly rule?: Exclude<AxisRuleName, "midpoint">;
}

/** A grid as a study states it. */
export interface StatedGrid {
  /** N along q_y. */
  readonly qy: number;
  /** N along q_z. */
  readonly qz: number;
  /** The rule; midpoints if it is left out. */
  readonly rule?: AxisRuleName;
}

/** The rules along both axes. */
export interface MomentumAxes {
  /** Along q_y. */
  readonly y: AxisRule;
  /** Along q_z. */
  readonly z: AxisRule;
}

/**
 * The axes of a grid.
 *
 * @param grid The grid.
 * @returns Their rules; ∫d²q/(2π)² of a function even in both momenta is Σ weight_y weight_z f / (N_y N_z).
 * @throws {RangeError} If the rule has none for one of the numbers.
 */
export function momentumAxes({ qy, qz, rule }: MomentumGrid): MomentumAxes {
  return { y: axisRule(qy, rule ?? "midpoint"), z: axisRule(qz, rule ?? "midpoint") };
}

/**
 * A grid as stages read it: with nothing else in it, and no rule where it is the midpoint rule.
 *
 * @param stated The grid.
 * @returns The grid.
 */
export function gridRead({ qy, qz, rule }: StatedGrid): MomentumGrid {
  return rule === "gauss-legendre" ? { qy, qz, rule } : { qy, qz };
}
