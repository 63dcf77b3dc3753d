/**
 * What the paper says of its transport formulas: that they follow from the two-band model, and that they reduce to one another.
 *
 * @module
 */
import { chargePrefactor } from "../formula/transport_formula.ts";
import type { Claim } from "./claim.ts";
import type { Evidence } from "./evidence.ts";
import { largest } from "./extremes.ts";
import {
  farCutoff,
  type FormulaCase,
  formulaCases,
  integratedCharge,
  type IntegratedCurrent,
  integratedEnergy,
} from "./formula_cases.ts";

/** Simpson's rule and roundings of a difference of two integrals, relative to the larger one. */
const QUADRATURE = 1e-8;

/** How far a column is off the integrals, at worst; undefined where there is no current to compare. */
function deviation(
  found: readonly FormulaCase[],
  column: "charge" | "energy",
  integrated: (one: FormulaCase) => IntegratedCurrent,
): { value: number } | undefined {
  const deviations = found.flatMap((one) => {
    const { value, scale } = integrated(one);
    return scale > 0 ? [Math.abs(one[column] - value) / scale] : [];
  });
  return deviations.length === 0 ? undefined : { value: largest(deviations) };
}

const chargeIntegral: Claim = {
  id: "charge-integral",
  claim: "The charge current of the two-band model is A⁵/2π² times the difference of ∫f dx up to the cutoff.",
  source: "from Eq. (6) to Eq. (7)",
  quantity:
    "largest deviation of the exact formula from the integrals by Simpson's rule, relative to the larger branch",
  bound: { most: QUADRATURE },
  measure: (evidence) => deviation(formulaCases(evidence, "exact"), "charge", (one) => integratedCharge(one)),
};

const energyIntegral: Claim = {
  id: "energy-integral",
  claim: "The energy current of the two-band model is A⁵/(2π²v²) times the difference of ∫x f dx up to the cutoff.",
  source: "Eq. (B1)",
  quantity:
    "largest deviation of the exact formula from the integrals by Simpson's rule, relative to the larger branch",
  bound: { most: QUADRATURE },
  measure: (evidence) => deviation(formulaCases(evidence, "exact"), "energy", (one) => integratedEnergy(one)),
};

const ultravioletCharge: Claim = {
  id: "ultraviolet-charge",
  claim: "For Λ → ∞ the charge current is A⁵/2π² (μ_CLL − μ_FA), and 0 in Eq. (9).",
  source: "below Eq. (9)",
  quantity: "largest deviation of the limit from the integrals up to a far cutoff, relative to the larger branch",
  bound: { most: QUADRATURE },
  measure: (evidence) =>
    deviation(formulaCases(evidence, "ultraviolet"), "charge", (one) => integratedCharge(one, farCutoff(one))),
};

const ultravioletEnergy: Claim = {
  id: "ultraviolet-energy",
  claim: "For Λ → ∞ the energy current is A⁵/12v² (1/β_FA² − 1/β_CLL²) + A⁵/4π²v² (μ_FA² − μ_CLL²).",
  source: "below Eq. (B2)",
  quantity: "largest deviation of the limit from the integrals up to a far cutoff, relative to the larger branch",
  bound: { most: QUADRATURE },
  measure: (evidence) =>
    deviation(formulaCases(evidence, "ultraviolet"), "energy", (one) => integratedEnergy(one, farCutoff(one))),
};

/** Roundings of tanh and of a difference. */
const CLOSED_FORM = 1e-12;

const specialCases: Claim = {
  id: "special-cases",
  claim: "Eq. (7) reduces to Eq. (8) at equal temperatures and to Eq. (9) at equal chemical potentials.",
  source: "Eqs. (8), (9)",
  quantity: "largest deviation of the formula to first order from the printed one, relative to A⁵/2π² max |μ|",
  bound: { most: CLOSED_FORM },
  measure(evidence) {
    const found = formulaCases(evidence, "first").flatMap(({ slab, cutoff, baths: { fa, cll }, charge }) => {
      const factor = (beta: number): number => Math.tanh(beta * slab.velocity * cutoff / 2);
      const printed = fa.inverseTemperature === cll.inverseTemperature
        ? factor(fa.inverseTemperature) * (cll.chemicalPotential - fa.chemicalPotential)
        : fa.chemicalPotential === cll.chemicalPotential
        ? (factor(cll.inverseTemperature) - factor(fa.inverseTemperature)) * fa.chemicalPotential
        : undefined;
      const scale = Math.max(Math.abs(fa.chemicalPotential), Math.abs(cll.chemicalPotential));
      return printed === undefined || scale === 0
        ? []
        : [Math.abs(charge / chargePrefactor(slab.field) - printed) / scale];
    });
    return found.length === 0 ? undefined : { value: largest(found) };
  },
};

/** β|μ| up to which an expansion in μ is examined: the next order is visible, the one after it is not. */
const SMALL = 0.3;

/** A rest that is smaller than this share of the current is rounding. */
const VISIBLE = 1e-9;

/** The chemical potentials of a point, times a factor, and all else, as a key. */
function keyOf({ slab, cutoff, baths: { fa, cll } }: FormulaCase, factor: number): string {
  const mu = [fa, cll].map(({ chemicalPotential }) => (factor * chemicalPotential + 0).toPrecision(9));
  return JSON.stringify([mu, slab, cutoff, fa.inverseTemperature, cll.inverseTemperature]);
}

/** The powers of μ with which the formula to first order departs from the exact one: log₂ of what doubling all μ does to the difference. */
function powersOfTheRest(evidence: Evidence, column: "charge" | "energy"): number[] {
  const first = new Map(formulaCases(evidence, "first").map((one) => [keyOf(one, 1), one[column]]));
  const exact = formulaCases(evidence, "exact");
  const rests = new Map(exact.flatMap((one): [string, number][] => {
    const expanded = first.get(keyOf(one, 1)), rest = expanded === undefined ? 0 : Math.abs(one[column] - expanded);
    return rest > VISIBLE * Math.abs(one[column]) ? [[keyOf(one, 1), rest]] : [];
  }));
  return exact.flatMap((one) => {
    const isSmall = Object.values(one.baths).every(({ chemicalPotential, inverseTemperature }) =>
      2 * Math.abs(chemicalPotential) * inverseTemperature <= SMALL
    );
    const [rest, doubled] = [1, 2].map((factor) => rests.get(keyOf(one, factor)));
    return !isSmall || rest === undefined || doubled === undefined ? [] : [Math.log2(doubled / rest)];
  });
}

/** The one in the middle: where the next order happens to vanish, a single power says nothing. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b), middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const firstOrder: Claim = {
  id: "first-order-in-mu",
  claim: "Eq. (7) is the current to first order in μ; the rest is O(μ³).",
  source: "Eq. (7): “plus O(μ_CLL³, μ_FA³)”",
  quantity: "power of μ in the difference to the exact formula, median over pairs of points with all μ doubled",
  bound: { least: 2.9, most: 3.1 },
  measure(evidence) {
    const powers = powersOfTheRest(evidence, "charge");
    return powers.length === 0 ? undefined : { value: median(powers) };
  },
};

const secondOrder: Claim = {
  id: "second-order-in-mu",
  claim: "Eq. (B2) is the energy of a branch up to O(μ³).",
  source: "Eq. (B2): “+ O(μ³)”",
  quantity: "power of μ in the difference to the exact formula, median over pairs of points with all μ doubled",
  bound: { least: 2.9 },
  measure(evidence) {
    const powers = powersOfTheRest(evidence, "energy");
    if (powers.length === 0) return undefined;
    const value = median(powers);
    return { value, limits: value < 3.5 ? undefined : "better than printed: I(β, μ) is even in μ, the rest is O(μ⁴)" };
  },
};

/** The claims. */
export const transportFormulaClaims: readonly Claim[] = [
  chargeIntegral,
  firstOrder,
  specialCases,
  ultravioletCharge,
  energyIntegral,
  secondOrder,
  ultravioletEnergy,
];
