/**
 * The integrals over one chiral branch between the cutoffs, −W ≤ x ≤ W with W = vΛ, that every transport formula of the paper is made of, in forms in which
 * nothing cancels: βW and βμ reach from far below 1 (hot, or a small cutoff) to far above (cold), and the formulas as printed are good at neither end.
 *
 * Throughout f(x) = 1/(e^{β(x − μ)} + 1), b = βW, m = βμ, β > 0 and W ≥ 0.
 *
 * @module
 */
import { dilogarithmOfExponential } from "./dilogarithm.ts";
import { softplus } from "./softplus.ts";

/** How far a formula is taken: exact in μ, or the first orders that the paper prints. */
export type FormulaOrder = "exact" | "first";

/** How many states of a branch are occupied, beyond the half that is at μ = 0; both functions are odd in μ. */
export interface Occupation {
  /**
   * ∫ f dx − W, in units of energy, with a relative error of some roundings.
   *
   * @param beta β.
   * @param mu μ.
   * @param edge W.
   * @returns The excess.
   */
  excess(beta: number, mu: number, edge: number): number;
  /**
   * Its derivative with respect to W, which has no unit.
   *
   * @param beta β.
   * @param mu μ.
   * @param edge W.
   * @returns The derivative.
   */
  slope(beta: number, mu: number, edge: number): number;
}

/**
 * The occupation of a branch by order.
 *
 * Exact: f is the derivative of −softplus(−β(x − μ))/β, hence ∫ f dx = [softplus(β(W + μ)) − softplus(−β(W − μ))]/β. With softplus(z) = z/2 + log 2cosh(z/2)
 * this is W + log[cosh((b + m)/2)/cosh((b − m)/2)]/β, and since the ratio is (1 + τ)/(1 − τ) with τ = tanh(b/2) tanh(m/2), the excess is
 * (2/β) artanh τ. At larger τ, where 1 − τ cancels, the logarithm is min(b, |m|) + log(1 + e^{−(b + |m|)}) − log(1 + e^{−|b − |m||}).
 *
 * First: μ tanh(b/2), the bracket of Eq. (7); the next order is μ³.
 */
export const occupation: Readonly<Record<FormulaOrder, Occupation>> = {
  exact: {
    excess(beta, mu, edge) {
      const product = Math.tanh(beta * edge / 2) * Math.tanh(beta * mu / 2);
      if (Math.abs(product) <= 0.5) return 2 * Math.atanh(product) / beta;
      const size = Math.abs(mu), near = beta * Math.abs(edge - size), far = beta * (edge + size);
      return Math.sign(mu) * (Math.min(edge, size) + (softplus(-far) - softplus(-near)) / beta);
    },
    // f(W) + f(−W) − 1 = sinh m/(cosh b + cosh m), divided by e^|m|/2 above and below
    slope(beta, mu, edge) {
      const size = Math.abs(mu), difference = beta * (edge - size), sum = beta * (edge + size);
      return -Math.sign(mu) * Math.expm1(-2 * beta * size) / ((1 + Math.exp(-sum)) * (1 + Math.exp(difference)));
    },
  },
  first: {
    excess: (beta, mu, edge) => mu * Math.tanh(beta * edge / 2),
    // (m/2)/cosh²(b/2)
    slope(beta, mu, edge) {
      const falling = Math.exp(-beta * edge);
      return 2 * beta * mu * falling / (1 + falling) ** 2;
    },
  },
};

/** The energy of a branch, ∫ x f dx, even in μ, in units of energy squared. */
export interface BranchEnergy {
  /** The integral, between −W²/2 (cold) and 0 (hot, or |μ| ≫ W). */
  readonly whole: number;
  /** The integral plus W²/2, what the sea of occupied states below 0 leaves: where it is cold, all the digits are in here. */
  readonly aboveSea: number;
}

/**
 * Below this b the terms of the closed form cancel as b³, and above it they hardly do. Up to it the rule below is exact to rounding, since the integrands are
 * even and their nearest poles are at ±iπ.
 */
const SMALL_BAND = 1.5;

/** Gauss–Legendre on [−1, 1] with 16 nodes: the positive ones. */
const NODES: readonly number[] = [
  0.09501250983763744,
  0.28160355077925892,
  0.45801677765722739,
  0.61787624440264375,
  0.75540440835500303,
  0.86563120238783174,
  0.94457502307323258,
  0.98940093499164993,
];

/** Their weights. */
const WEIGHTS: readonly number[] = [
  0.1894506104550685,
  0.18260341504492359,
  0.16915651939500254,
  0.14959598881657673,
  0.12462897125553387,
  0.095158511682492785,
  0.062253523938647893,
  0.027152459411754095,
];

/** ∫₀ᵇ of an even function. */
function integrateEven(b: number, integrand: (t: number) => number): number {
  let sum = 0;
  for (let i = 0; i < NODES.length; i++) sum += WEIGHTS[i] * integrand(b * NODES[i]);
  return b * sum;
}

/**
 * Returns the energy of a branch, exact in μ.
 *
 * With t = βx the two halves of the branch add up to β² ∫ x f dx = −∫₀ᵇ t sinh t/(cosh t + cosh m) dt. By parts, with 2(cosh t + cosh m) = eᵗ (1 + e^{m − t})
 * (1 + e^{−m − t}) and d Li₂(−e^{c − t})/dt = log(1 + e^{c − t}), and with Li₂(−eᵐ) + Li₂(−e⁻ᵐ) = −π²/6 − m²/2,
 *
 *     β² ∫ x f dx = (m² − b²)/2 + π²/6 − b [softplus(m − b) + softplus(−m − b)] + Li₂(−e^{m − b}) + Li₂(−e^{−m − b}).
 *
 * For |m| > b the inversion of Li₂(−e^{|m| − b}) takes all that grows with it:
 *
 *     β² ∫ x f dx = −b [softplus(b − |m|) + softplus(−b − |m|)] − Li₂(−e^{b − |m|}) + Li₂(−e^{−b − |m|}).
 *
 * @param beta β.
 * @param mu μ.
 * @param edge W.
 * @returns The energy, either part with a relative error of some roundings; of the exponent, where it is exponentially small.
 */
export function branchEnergy(beta: number, mu: number, edge: number): BranchEnergy {
  const b = beta * edge, m = beta * Math.abs(mu);
  if (b <= SMALL_BAND) {
    const coshM = Math.cosh(m), whole = -integrateEven(b, (t) => t * Math.sinh(t) / (Math.cosh(t) + coshM));
    return { whole: whole / beta / beta, aboveSea: (b * b / 2 + whole) / beta / beta };
  }
  // Not b − m: a difference of rounded products would be off by a rounding of the larger one.
  const difference = beta * (edge - Math.abs(mu)), sum = beta * (edge + Math.abs(mu));
  const tails = b * (softplus(-Math.abs(difference)) + softplus(-sum));
  const near = dilogarithmOfExponential(-Math.abs(difference)), far = dilogarithmOfExponential(-sum);
  if (difference < 0) {
    const whole = far - near - tails;
    return { whole: whole / beta / beta, aboveSea: (b * b / 2 + whole) / beta / beta };
  }
  const thermal = Math.PI ** 2 / 6 - tails + near + far;
  return { whole: (thermal - difference * sum / 2) / beta / beta, aboveSea: (thermal + m * m / 2) / beta / beta };
}

/**
 * Returns the energy of a branch to the order μ², I(β, μ) of Eq. (B2). The first two lines of (B2) are the exact energy at μ = 0; the bracket of the third is
 *
 *     ½ tanh(b/2) − (b/4)/cosh²(b/2) = ½ ∫₀ᵇ t sinh t/(cosh t + 1)² dt.
 *
 * The paper prints + O(μ³); the energy is even in μ, and what is left out is O(μ⁴).
 *
 * @param beta β.
 * @param mu μ.
 * @param edge W.
 * @returns The energy.
 */
export function branchEnergyToSecondOrder(beta: number, mu: number, edge: number): BranchEnergy {
  const { whole, aboveSea } = branchEnergy(beta, 0, edge);
  const b = beta * edge, falling = Math.exp(-b);
  const coefficient = b <= SMALL_BAND
    ? integrateEven(b, (t) => t * Math.sinh(t) / (Math.cosh(t) + 1) ** 2) / 2
    : Math.tanh(b / 2) / 2 - b * falling / (1 + falling) ** 2;
  return { whole: whole + coefficient * mu * mu, aboveSea: aboveSea + coefficient * mu * mu };
}
