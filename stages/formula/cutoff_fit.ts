/**
 * The cutoff Λ is the one number in the transport formulas that the lattice does not prescribe: it is fitted, and how well it is known has to be said with it.
 *
 * The model is not linear in Λ, and where the temperatures of the branches differ the current rises and falls with it: there may be several minima, or none. So all
 * cutoffs at which the formula changes are searched in steps, by the sign of the derivative, and every minimum found is then bisected to the last bit.
 * Bisection of the derivative rather than minimization of the sum of squares, which determines a minimum to half the digits only.
 *
 * @module
 */
import type { BranchBath, BranchBaths } from "./branch_baths.ts";
import { type FormulaOrder, occupation } from "./branch_integrals.ts";
import { assertSound, chargePrefactor, type TwoBandModel, ultravioletChargeCurrent } from "./transport_formula.ts";

/** A current of the lattice, and what the formula takes for the same point. */
export interface LatticeCurrent {
  /** A⁵ and v. */
  readonly model: TwoBandModel;
  /** The baths of the branches. */
  readonly baths: BranchBaths;
  /** ⟨J_y⟩ on the lattice, in the units of the formula. */
  readonly charge: number;
}

/** A fitted cutoff. */
export interface CutoffFit {
  /** Λ, in units of 1/lattice constant. */
  readonly cutoff: number;
  /** Its standard error √(s²/Σ(∂J/∂Λ)²), s² = Σ(residual)²/(n − 1), in the same units: small where the formula fits, whatever the number of points. */
  readonly error: number;
  /** Root mean square of the residuals, in the units of the current. */
  readonly residual: number;
}

/** Neighbouring cutoffs of the search differ by this factor. The formula varies with log Λ over distances of order 1. */
const STEP = 1.05;

/** Below this βvΛ at the coldest branch the formula is linear in Λ, and the current as good as none. */
const LEAST_BAND = 1e-10;

/** So many thermal energies above the largest |μ| the formula is at its ultraviolet limit to the last bit. */
const SATURATION = 40;

/** The sum of squares at one cutoff. */
interface Squares {
  readonly cutoff: number;
  /** Σ(J(Λ) − J)². */
  readonly sum: number;
  /** Half its derivative with respect to log Λ. */
  readonly slope: number;
  /** Σ(∂J/∂log Λ)². */
  readonly curvature: number;
  /** Σ of the squares of what was subtracted to make J(Λ): rounding is measured by it. */
  readonly scale: number;
}

/**
 * Fits the cutoff of the formula for the charge current to lattice currents, all points with the same weight.
 *
 * @param points The points, two at least: one would be met exactly, and say nothing of the error.
 * @param order The formula: exact in μ, or Eq. (7).
 * @returns The cutoff of least squares.
 * @throws {Error} If there are fewer than two points, if the formula does not depend on the cutoff at any of them, if no finite cutoff above 0 is best, or if
 * the points do not tell one cutoff from another one.
 * @throws {RangeError} As `chargeCurrent`.
 */
export function fitCutoff(points: readonly LatticeCurrent[], order: FormulaOrder): CutoffFit {
  assertFittable(points);
  const squaresAt = (cutoff: number): Squares => squares(points, order, cutoff);
  const minima = search(points, squaresAt).map(([below, above]) => bisect(below, above, squaresAt));
  const [best, rival] = minima.sort((a, b) => a.sum - b.sum);
  assertBest(points, best);

  const variance = best.sum / (points.length - 1);
  const rounding = 16 * Number.EPSILON ** 2 * best.scale;
  // The error below is that of one minimum. Where another one is as good, within the same error, it would be a false one.
  if (rival !== undefined && rival.sum <= best.sum + variance + rounding) {
    const [low, high] = [best.cutoff, rival.cutoff].sort((a, b) => a - b).map((cutoff) => cutoff.toPrecision(6));
    throw unfit(
      `the cutoffs ${low} and ${high} fit the currents equally well`,
      "add points at other temperatures, take the formula exactly in μ, or give the cutoff as a number",
    );
  }
  const error = best.cutoff * Math.sqrt(variance / best.curvature);
  if (!Number.isFinite(error)) throw unfit("the currents do not determine it", "add points at higher temperatures");
  return { cutoff: best.cutoff, error, residual: Math.sqrt(best.sum / points.length) };
}

function unfit(reason: string, remedy: string): Error {
  return new Error(`Cannot fit the cutoff of the transport formula: ${reason}: ${remedy}`);
}

function assertFittable(points: readonly LatticeCurrent[]): void {
  if (points.length < 2) {
    throw unfit(
      `there ${points.length === 1 ? "is one point" : "are no points"}, and a standard error takes two at least`,
      "sweep a bath parameter, or give the cutoff as a number",
    );
  }
  for (const { model, baths, charge } of points) {
    assertSound(model, baths);
    if (!Number.isFinite(charge)) throw unfit(`a lattice current is ${charge}`, "leave the point out");
  }
  if (points.every(({ charge }) => charge === 0)) {
    throw unfit(`all ${points.length} lattice currents are 0`, "sweep baths that drive a current");
  }
}

function squares(points: readonly LatticeCurrent[], order: FormulaOrder, cutoff: number): Squares {
  const { excess, slope: slopeOf } = occupation[order];
  let sum = 0, slope = 0, curvature = 0, scale = 0;
  for (const { model: { gaugeField, velocity }, baths: { fa, cll }, charge } of points) {
    const edge = velocity * cutoff, prefactor = chargePrefactor(gaugeField);
    const of = (take: typeof excess, bath: BranchBath): number =>
      prefactor * take(bath.inverseTemperature, bath.chemicalPotential, edge);
    const gain = of(excess, cll), loss = of(excess, fa);
    const residual = gain - loss - charge, derivative = edge * (of(slopeOf, cll) - of(slopeOf, fa));
    sum += residual * residual;
    slope += residual * derivative;
    curvature += derivative * derivative;
    scale += gain * gain + loss * loss + charge * charge;
  }
  return { cutoff, sum, slope, curvature, scale };
}

/** Pairs of cutoffs between which the derivative turns from negative to positive. */
function search(points: readonly LatticeCurrent[], squaresAt: (cutoff: number) => Squares): [Squares, Squares][] {
  let coldest = 0, saturated = 0;
  for (const { model: { velocity }, baths: { fa, cll } } of points) {
    for (const { inverseTemperature, chemicalPotential } of [fa, cll]) {
      coldest = Math.max(coldest, inverseTemperature * velocity);
      saturated = Math.max(saturated, (Math.abs(chemicalPotential) + SATURATION / inverseTemperature) / velocity);
    }
  }
  const pairs: [Squares, Squares][] = [];
  const steps = Math.ceil(Math.log(saturated * coldest / LEAST_BAND) / Math.log(STEP));
  let sensitive = false;
  let last: Squares | undefined; // the last at which the derivative is not exactly 0, as it is where an exponential underflows
  for (let step = 0; step <= steps; step++) {
    const here = squaresAt(LEAST_BAND / coldest * STEP ** step);
    sensitive ||= here.curvature > 0;
    if (here.slope === 0) continue;
    if (last !== undefined && last.slope < 0 && here.slope > 0) pairs.push([last, here]);
    last = here;
  }
  if (!sensitive) {
    throw unfit(
      `the formula gives 0 at all ${points.length} points whatever the cutoff`,
      "sweep baths in which the branches differ, or give the cutoff as a number",
    );
  }
  return pairs;
}

function bisect(below: Squares, above: Squares, squaresAt: (cutoff: number) => Squares): Squares {
  while (true) {
    const middle = below.cutoff + (above.cutoff - below.cutoff) / 2;
    if (middle <= below.cutoff || middle >= above.cutoff) return below.sum <= above.sum ? below : above;
    const here = squaresAt(middle);
    if (here.slope === 0) return here;
    if (here.slope < 0) below = here;
    else above = here;
  }
}

/** A minimum counts only if it is better than both ends, where the cutoff is no cutoff. */
function assertBest(points: readonly LatticeCurrent[], best: Squares | undefined): asserts best is Squares {
  let none = 0, infinite = 0;
  for (const { model, baths, charge } of points) {
    none += charge ** 2;
    infinite += (ultravioletChargeCurrent(model, baths) - charge) ** 2;
  }
  if (best !== undefined && best.sum < none && best.sum <= infinite) return;
  throw none <= infinite
    ? unfit("no cutoff above 0 fits the lattice currents better than no current", "check their sign and the baths")
    : unfit(
      "no finite cutoff fits the lattice currents better than an infinite one",
      "add points at higher temperatures",
    );
}
