/**
 * Gauss–Legendre points on the quarter zone: they crowd at q = 0 and q = π, where the folded integrand of Eq. (6) has its steps and cusps, and converge fast between.
 *
 * @module
 */
import { gaussLegendre } from "../numerics/gauss_legendre.ts";
import type { AxisRule } from "./axis_rule.ts";

/**
 * N/2 points on [0, π], and for the error a coarser rule on the middle ones of every three.
 *
 * The coarser rule integrates polynomials exactly up to one degree less than it has points. What it differs by is then as small as the error of a rule with a third of the
 * points where the function is smooth, and as large as a single weight where it is not.
 *
 * @param count N, even.
 * @returns The rule; its weights add up to N.
 * @throws {RangeError} If N is not a positive even integer.
 */
export function gaussLegendreAxis(count: number): AxisRule {
  if (!(Number.isInteger(count / 2) && count > 0)) {
    throw new RangeError(
      `Cannot make a Gauss–Legendre axis of ${count} points: one half of them lies on [0, π]; give an even number`,
    );
  }
  const { node, weight } = gaussLegendre(count / 2);
  return {
    point: node.map((x) => Math.PI * ((1 + x) / 2)),
    weight: weight.map((w) => count * w / 2),
    coarseWeight: coarseWeights(node, weight).map((w) => count * w / 2),
  };
}

/**
 * Weights on [−1, 1] for a third of the nodes of a rule, spread evenly among them. Where there is no room for a coarser rule, at one node, all are zero: everything that
 * the rule gives is its error.
 *
 * Each node kept takes the weights of its group, w_g, times 1 + Σ_k π_k(x_g) (∫π_k − Σ w π_k), with the polynomials π_k that are orthonormal on the nodes kept: that is the
 * one rule on them with all moments right. The integrals are those of the finer rule, which are exact.
 */
function coarseWeights(node: Float64Array, weight: Float64Array): Float64Array {
  const size = node.length, coarse = new Float64Array(size);
  if (size === 1) return coarse;
  const groups = Math.ceil(size / 3);
  const kept = Int32Array.from({ length: groups }, (_, g) => Math.floor((2 * g + 1) * size / (2 * groups)));
  // Groups end halfway between the nodes kept; an even distance puts a node halfway, which is shared.
  kept.forEach((middle, g) => {
    const first = g === 0 ? -1 : kept[g - 1], last = g === groups - 1 ? size : kept[g + 1];
    for (let i = first + 1; i < last; i++) {
      const inside = g === 0 && i < middle || g === groups - 1 && i > middle;
      const nearer = Math.abs(i - middle) - Math.abs(i - (i < middle ? first : last));
      coarse[middle] += weight[i] * (inside || nearer < 0 ? 1 : nearer === 0 ? 0.5 : 0);
    }
  });
  const initial = coarse.slice(), correction = new Float64Array(groups);
  // Values of π_{k−1} and π_k at all nodes, by their three-term recurrence.
  let before = new Float64Array(size), value = new Float64Array(size).fill(1);
  for (let k = 0; k < groups; k++) {
    let square = 0;
    for (const i of kept) square += initial[i] * value[i] ** 2;
    const norm = Math.sqrt(square);
    let moment = 0, sum = 0, centre = 0;
    for (let i = 0; i < size; i++) {
      value[i] /= norm;
      moment += weight[i] * value[i];
    }
    for (const i of kept) {
      sum += initial[i] * value[i];
      centre += initial[i] * node[i] * value[i] ** 2;
    }
    for (let g = 0; g < groups; g++) correction[g] += (moment - sum) * value[kept[g]];
    const next = new Float64Array(size), back = k === 0 ? 0 : norm;
    for (let i = 0; i < size; i++) next[i] = (node[i] - centre) * value[i] - back * before[i];
    [before, value] = [value, next];
  }
  kept.forEach((i, g) => coarse[i] *= 1 + correction[g]);
  return coarse;
}
