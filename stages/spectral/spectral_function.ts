/**
 * The spectral function A(ω) = −(1/π) Im ∫dq_y dq_z Tr G^R below Eq. (4), and its integrand, which shows how disorder broadens each branch of the
 * dispersion (Fig. 2(d)).
 *
 * @module
 */
import { axisRule, type AxisRuleName } from "../diagonalize/axis_rule.ts";
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { Momentum } from "../hamiltonian/slab.ts";
import type { GreenFunction } from "./green_function.ts";
import type { Frequency } from "./recursion.ts";
import { wholeAxis, wholeAxisWeights } from "./whole_axis.ts";

/** Where along q_z the spectral function is looked at: one value, or the integral over the zone on a grid of so many points, midpoints where no rule is named. */
export type QzRange = number | { readonly integrated: number; readonly rule?: Exclude<AxisRuleName, "midpoint"> };

/** A rule for what is done along q_z: values and weights, both of shape `[point]`. */
export interface QzRule {
  /** q_z. */
  readonly qz: Float64Array;
  /** The weight of each. */
  readonly weight: Float64Array;
}

/**
 * The rule for a range of q_z.
 *
 * The integral is ∫dq_z over [−π, π) as printed, without 1/(2π), and folded onto q_z ≥ 0: it wants a self-energy that is alike in L and R, for which the spectral
 * function is even in q_z.
 *
 * @param range The range.
 * @returns The rule; a single value has the weight 1.
 */
export function qzRule(range: QzRange): QzRule {
  if (typeof range === "number") return { qz: Float64Array.of(range), weight: Float64Array.of(1) };
  const cell = 2 * Math.PI / range.integrated, { point, weight } = axisRule(range.integrated, range.rule ?? "midpoint");
  return { qz: point, weight: weight.map((count) => cell * count) };
}

/**
 * A(ω; q_y, q_z) = −(1/π) Im Tr G^R.
 *
 * @param green The Green function, dressed with Σ^R(ω) if there is disorder.
 * @param momentum q.
 * @param frequency ω and η.
 * @returns The density of states at q, per unit of energy; positive.
 */
export function spectralFunction(green: GreenFunction, momentum: Momentum, frequency: Frequency): number {
  green.solve(frequency, momentum);
  return -green.imaginaryTrace() / Math.PI;
}

/**
 * A(ω; q_y), at a value of q_z or integrated over it.
 *
 * @param green The Green function, dressed with Σ^R(ω) if there is disorder.
 * @param qy q_y, shape `[point]`.
 * @param rule From {@linkcode qzRule}.
 * @param frequency ω and η.
 * @param pulse Called now and then; may throw to stop the work.
 * @returns Σ_i weight_i A(ω; q_y, q_z,i), shape `[point]`.
 */
export function spectralLine(
  green: GreenFunction,
  qy: ArrayLike<number>,
  rule: QzRule,
  frequency: Frequency,
  pulse: () => void = () => {},
): Float64Array {
  const line = new Float64Array(qy.length), { qz, weight } = rule, count = qy.length * qz.length;
  const momentum = (i: number): Momentum => ({ qy: qy[Math.floor(i / qz.length)], qz: qz[i % qz.length] });
  for (let i = 0; i < count; i += 2) {
    pulse();
    const isLast = i + 1 === count, first = momentum(i);
    green.solve(frequency, first, isLast ? first : momentum(i + 1));
    for (const lane of isLast ? [0] as const : [0, 1] as const) {
      line[Math.floor((i + lane) / qz.length)] += weight[(i + lane) % qz.length] * -green.imaginaryTrace(lane) /
        Math.PI;
    }
  }
  return line;
}

/**
 * A(ω) = −(1/π) Im ∫dq_y dq_z Tr G^R as printed, on a momentum grid.
 *
 * @param green The Green function, dressed with a Σ^R(ω) that is alike in L and R if there is disorder.
 * @param grid The grid.
 * @param frequency ω and η.
 * @returns The density of states of the zone times (2π)².
 */
export function totalSpectralFunction(green: GreenFunction, grid: MomentumGrid, frequency: Frequency): number {
  const { qy, qz, rule } = grid, along = qzRule({ integrated: qz, ...rule === undefined ? {} : { rule } });
  const cell = 2 * Math.PI / qy, weight = wholeAxisWeights(qy, rule);
  return spectralLine(green, wholeAxis(qy, rule), along, frequency).reduce(
    (sum, value, column) => sum + cell * weight[column] * value,
    0,
  );
}
