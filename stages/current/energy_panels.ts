/**
 * Pieces of the energy axis on which occupations are polynomials to rounding, so that a few moments of what lies in a piece stand for all its modes,
 * whatever the baths.
 *
 * What Eq. (6) weighs a mode with, sinh βμ/(cosh βε + cosh βμ) or ε sinh βε/(cosh βε + cosh βμ), is an analytic function of ε but for poles at ±μ + iπ(2k+1)/β.
 * On a piece of width δ, expansion in Chebyshev polynomials converges as ρ^{−k}, ρ being the sum of the half axes of an ellipse whose foci are the ends
 * of the piece: at least 25 for βδ ≤ ½, and 25^{−12} is 1.5e-17.
 *
 * @module
 */

/** Moments of a panel, T_0 to T_11. */
export const MOMENTS = 12;

/** βδ is no larger than this. */
const WIDEST = 0.5;

/**
 * With fewer panels the lowest would be so wide that small energies are lost in it; with more the moments become as many numbers as the modes that they
 * stand for.
 */
const FEWEST = 2, MOST = 64;

/**
 * How wide panels may be at a temperature: a power of two, so that temperatures which differ little share their moments.
 *
 * @param inverseTemperature The largest β_l, above 0.
 * @returns δ, with βδ between ¼ and ½.
 * @throws {RangeError} If it is below 0, or not a number: no width would ever be wide enough.
 */
export function panelWidth(inverseTemperature: number): number {
  if (!(inverseTemperature >= 0)) {
    throw new RangeError(`Cannot choose panels: the inverse temperature is ${inverseTemperature}, make it above 0`);
  }
  let width = 1;
  while (width * inverseTemperature > WIDEST) width /= 2;
  while (2 * width * inverseTemperature <= WIDEST) width *= 2;
  return width;
}

/**
 * How many panels there are from zero energy up.
 *
 * @param width δ.
 * @param largestEnergy The largest ε_n.
 * @returns A number of panels, 0 if they would be too few or too many to be of use.
 */
export function panelCount(width: number, largestEnergy: number): number {
  const count = Math.floor(largestEnergy / width) + 1;
  return count >= FEWEST && count <= MOST ? count : 0;
}

/**
 * What a mode adds to the moments of its panel.
 *
 * @param position ε/δ.
 * @param panel The panel, the integer part of that.
 * @param factor What the mode weighs.
 * @param share Receives factor · T_k(x), x = 2(ε/δ − panel) − 1.
 * @param at Where these start.
 */
export function chebyshevShare(
  position: number,
  panel: number,
  factor: number,
  share: Float64Array,
  at: number,
): void {
  const x = 2 * (position - panel) - 1;
  share[at] = factor;
  share[at + 1] = factor * x;
  for (let i = at + 2; i < at + MOMENTS; i++) share[i] = 2 * x * share[i - 1] - share[i - 2];
}

/** The nodes of a panel from −1 to 1: x_j = −cos π(j + ½)/12. */
const NODE = Float64Array.from({ length: MOMENTS }, (_, j) => -Math.cos(Math.PI * (j + 0.5) / MOMENTS));

/**
 * Energies at which occupations need to be known.
 *
 * @param width δ.
 * @param panels How many panels.
 * @returns The nodes of all panels one after the other, shape `[panel][node]`, ascending.
 */
export function panelNodes(width: number, panels: number): Float64Array {
  return Float64Array.from({ length: panels * MOMENTS }, (_, i) => {
    const j = i % MOMENTS;
    return width * ((i - j) / MOMENTS + (1 + NODE[j]) / 2);
  });
}

/**
 * What the nodes of a panel get of its moments: with weight_j = Σ_k share_kj moment_k, Σ_j weight_j g(ε_j) = Σ_n w_n g(ε_n) for all polynomials g of degree 11.
 *
 * @returns (2 − δ_k0)/12 T_k(x_j), shape `[moment][node]`.
 */
export function nodeShares(): Float64Array {
  return Float64Array.from({ length: MOMENTS * MOMENTS }, (_, i) => {
    const j = i % MOMENTS, k = (i - j) / MOMENTS;
    // T_k(−cos θ) = (−1)^k cos kθ.
    return (k === 0 ? 1 : k % 2 === 0 ? 2 : -2) * Math.cos(Math.PI * k * (j + 0.5) / MOMENTS) / MOMENTS;
  });
}
