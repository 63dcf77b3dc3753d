/**
 * What the paper says of its transport formulas: that they follow from the two-band model, that they reduce to one another, and that the lattice is like them.
 *
 * Whatever is said about closed forms is checked against the integrals from which they come, by a rule of its own (Simpson's), at the points of the study.
 *
 * @module
 */
import type { BathParameters } from "../current/baths.ts";
import { type BranchBaths, branchBaths, type BranchBathSettings } from "../formula/branch_baths.ts";
import type { FormulaSettings } from "../formula/formula.ts";
import {
  chargeCurrent,
  chargePrefactor,
  type CutTwoBandModel,
  energyCurrent,
  ultravioletChargeCurrent,
  ultravioletEnergyCurrent,
} from "../formula/transport_formula.ts";
import { type Claim, written } from "./claim.ts";
import type { Evidence, Row } from "./evidence.ts";

/** A point at which the formulas are evaluated. */
interface FormulaCase {
  readonly model: CutTwoBandModel;
  readonly baths: BranchBaths;
}

/** So many different points are looked at: they say the same, and a ledger should take no time. */
const MOST_CASES = 100;

/** The different points of the table of formulas at which the two branches are in unlike baths; finite profiles with an amplitude only. */
function cases(evidence: Evidence): FormulaCase[] {
  const settings = evidence.settings("formula") as unknown as FormulaSettings | undefined;
  if (settings === undefined) return [];
  const found = new Map<string, FormulaCase>();
  for (const row of evidence.rows("formula")) {
    if (found.size >= MOST_CASES) break;
    const profile = row.at("model.gauge_field.profile");
    if (profile !== "linear" && profile !== "constant") continue;
    const at = (path: string): number => Number(row.at(path));
    const model = {
      gaugeField: at("model.gauge_field.amplitude"),
      velocity: Math.abs(at("model.velocity")),
      cutoff: row.number("cutoff"),
    };
    const baths = bathsOf(row, settings);
    const isUnlike = baths.fa.chemicalPotential !== baths.cll.chemicalPotential ||
      baths.fa.inverseTemperature !== baths.cll.inverseTemperature;
    if (isUnlike) found.set(JSON.stringify([model, baths]), { model, baths });
  }
  return [...found.values()];
}

function bathsOf(row: Row, settings: BranchBathSettings): BranchBaths {
  const at = (key: keyof BathParameters): number => Number(row.at(`baths.${key}`));
  return branchBaths(
    {
      fermi_level: at("fermi_level"),
      chemical_potential_slope: at("chemical_potential_slope"),
      inverse_temperature: at("inverse_temperature"),
      inverse_temperature_slope: at("inverse_temperature_slope"),
    },
    Number(row.at("model.sites")),
    settings,
  );
}

/** Largest value over the cases, or undefined if there are none. */
function worst(found: readonly FormulaCase[], measure: (one: FormulaCase) => number): { value: number } | undefined {
  return found.length === 0 ? undefined : { value: Math.max(...found.map(measure)) };
}

/** Steps of Simpson's rule in units of 1/β: its error is (1/20)⁴/180 times a fourth derivative of order 1, some 1e-8 of f near μ, and cancels beyond. */
const STEPS_A_THERMAL_ENERGY = 40;

/** ∫ xⁿ f(x) dx over |x| < vΛ by Simpson's rule. */
function branchIntegral(
  { inverseTemperature: beta, chemicalPotential: mu }: BranchBaths["fa"],
  edge: number,
  power: 0 | 1,
): number {
  const half = Math.max(200, Math.ceil(STEPS_A_THERMAL_ENERGY * beta * edge)), step = edge / half;
  let sum = 0;
  for (let i = 0; i <= 2 * half; i++) {
    const x = -edge + i * step, weight = i === 0 || i === 2 * half ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * (power === 0 ? 1 : x) / (1 + Math.exp(beta * (x - mu)));
  }
  return sum * step / 3;
}

/** How far a closed form is off its integral, relative to the larger branch. */
function integralDeviation({ model, baths: { fa, cll } }: FormulaCase, power: 0 | 1): number {
  const edge = model.velocity * model.cutoff,
    factor = chargePrefactor(model.gaugeField) / model.velocity ** (2 * power);
  const parts = [fa, cll].map((bath) => factor * branchIntegral(bath, edge, power));
  const [closed, integral] = power === 0
    ? [chargeCurrent(model, { fa, cll }, "exact"), parts[1] - parts[0]]
    : [energyCurrent(model, { fa, cll }, "exact"), parts[0] - parts[1]];
  return Math.abs(closed - integral) / Math.max(...parts.map(Math.abs));
}

/** Simpson's rule and roundings of a difference of two integrals, relative to the larger one. */
const QUADRATURE = 1e-8;

const chargeIntegral: Claim = {
  id: "charge-integral",
  claim: "The charge current of the two-band model is A⁵/2π² times the difference of ∫f dx up to the cutoff.",
  source: "Eqs. (6), (7)",
  quantity: "relative deviation of the closed form from the integral by Simpson's rule",
  bound: { most: QUADRATURE },
  measure: (evidence) => worst(cases(evidence), (one) => integralDeviation(one, 0)),
};

const energyIntegral: Claim = {
  id: "energy-integral",
  claim: "The energy current of the two-band model is A⁵/(2π²v²) times the difference of ∫x f dx up to the cutoff.",
  source: "Eq. (B1)",
  quantity: "relative deviation of the closed form from the integral by Simpson's rule",
  bound: { most: QUADRATURE },
  measure: (evidence) => worst(cases(evidence), (one) => integralDeviation(one, 1)),
};

/** β|μ| at which an expansion in μ is examined: the next order is visible, the one after it is not. */
const SMALL = 0.1;

/** The power of μ with which the printed first order departs from the exact formula: log₂ of what halving μ does to the difference. */
function orderOfTheRest({ model, baths }: FormulaCase, current: typeof chargeCurrent): number {
  return Math.min(...[baths.fa, baths.cll].map(({ inverseTemperature }) => {
    const rest = (scale: number): number => {
      const one = { inverseTemperature, chemicalPotential: scale * SMALL / inverseTemperature };
      const none = { inverseTemperature, chemicalPotential: 0 }; // of one branch alone: the two may cancel
      return Math.abs(
        current(model, { fa: one, cll: none }, "exact") - current(model, { fa: one, cll: none }, "first"),
      );
    };
    return Math.log2(rest(1) / rest(0.5));
  }));
}

/** Where βvΛ is so large or so small that the next order is lost in rounding, its power cannot be told. */
function withNextOrder(found: readonly FormulaCase[]): FormulaCase[] {
  return found.filter(({ model, baths }) =>
    [baths.fa, baths.cll].every(({ inverseTemperature }) => {
      const width = inverseTemperature * model.velocity * model.cutoff;
      return width > 0.05 && width < 8;
    })
  );
}

const firstOrder: Claim = {
  id: "first-order-in-mu",
  claim: "Eq. (7) is the current to first order in μ; the rest is O(μ³).",
  source: "Eq. (7): “plus O(μ_CLL³, μ_FA³)”",
  quantity: "power of μ in the rest",
  bound: { least: 2.9, most: 3.1 },
  measure(evidence) {
    const found = withNextOrder(cases(evidence)).map((one) => orderOfTheRest(one, chargeCurrent));
    return found.length === 0 ? undefined : { value: Math.min(...found) };
  },
};

const secondOrder: Claim = {
  id: "second-order-in-mu",
  claim: "Eq. (B2) is the energy of a branch up to O(μ³).",
  source: "Eq. (B2): “+ O(μ³)”",
  quantity: "power of μ in the rest",
  bound: { least: 2.9 },
  measure(evidence) {
    const found = withNextOrder(cases(evidence)).map((one) => orderOfTheRest(one, energyCurrent));
    if (found.length === 0) return undefined;
    const value = Math.min(...found);
    return { value, limits: value < 3.5 ? undefined : "better than printed: I(β, μ) is even in μ, the rest is O(μ⁴)" };
  },
};

/** Roundings of tanh and of a difference. */
const CLOSED_FORM = 1e-12;

const specialCases: Claim = {
  id: "special-cases",
  claim: "Eq. (7) reduces to Eq. (8) at equal temperatures and to Eq. (9) at equal chemical potentials.",
  source: "Eqs. (8), (9)",
  quantity: "largest deviation from the printed formula, relative to A⁵/2π² max |μ|",
  bound: { most: CLOSED_FORM },
  measure(evidence) {
    const found = cases(evidence).flatMap(({ model, baths: { fa, cll } }) => {
      const factor = (beta: number): number => Math.tanh(beta * model.velocity * model.cutoff / 2);
      const printed = fa.inverseTemperature === cll.inverseTemperature
        ? factor(fa.inverseTemperature) * (cll.chemicalPotential - fa.chemicalPotential)
        : fa.chemicalPotential === cll.chemicalPotential
        ? (factor(cll.inverseTemperature) - factor(fa.inverseTemperature)) * fa.chemicalPotential
        : undefined;
      const scale = Math.max(Math.abs(fa.chemicalPotential), Math.abs(cll.chemicalPotential));
      if (printed === undefined || scale === 0) return [];
      const prefactor = chargePrefactor(model.gaugeField);
      return [Math.abs(chargeCurrent(model, { fa, cll }, "first") / prefactor - printed) / scale];
    });
    return found.length === 0 ? undefined : { value: Math.max(...found) };
  },
};

/** A cutoff so far above μ and the temperature that e^{−β(vΛ − |μ|)} is below rounding. */
function farCutoff({ model, baths: { fa, cll } }: FormulaCase): CutTwoBandModel {
  const reach = [fa, cll].map(({ chemicalPotential, inverseTemperature }) =>
    Math.abs(chemicalPotential) + 50 / inverseTemperature
  );
  return { ...model, cutoff: Math.max(...reach) / model.velocity };
}

const ultravioletCharge: Claim = {
  id: "ultraviolet-charge",
  claim: "For Λ → ∞ the charge current is A⁵/2π² (μ_CLL − μ_FA), and 0 in Eq. (9).",
  source: "below Eq. (9)",
  quantity: "largest deviation of the exact formula at a large cutoff, relative to A⁵/2π² (max |μ| + 1/β)",
  bound: { most: CLOSED_FORM },
  measure: (evidence) =>
    worst(cases(evidence), (one) => {
      const limit = ultravioletChargeCurrent(one.model, one.baths);
      return Math.abs(chargeCurrent(farCutoff(one), one.baths, "exact") - limit) / scaleOf(one, 1);
    }),
};

const ultravioletEnergy: Claim = {
  id: "ultraviolet-energy",
  claim: "For Λ → ∞ the energy current is A⁵/12v² (1/β_FA² − 1/β_CLL²) + A⁵/4π²v² (μ_FA² − μ_CLL²).",
  source: "below Eq. (B2)",
  quantity: "largest deviation of the exact formula at a large cutoff, relative to A⁵/(2π²v²) (max |μ| + 1/β)²",
  bound: { most: CLOSED_FORM },
  measure: (evidence) =>
    worst(cases(evidence), (one) => {
      const limit = ultravioletEnergyCurrent(one.model, one.baths);
      return Math.abs(energyCurrent(farCutoff(one), one.baths, "exact") - limit) / scaleOf(one, 2);
    }),
};

/** What the currents are measured by: powers of the largest energy of the baths. */
function scaleOf({ model, baths: { fa, cll } }: FormulaCase, power: 1 | 2): number {
  const energies = [fa, cll].map(({ chemicalPotential, inverseTemperature }) =>
    Math.abs(chemicalPotential) + 1 / inverseTemperature
  );
  return chargePrefactor(Math.abs(model.gaugeField)) * Math.max(...energies) ** power /
    model.velocity ** (2 * power - 2);
}

const latticeEnergyCurrent: Claim = {
  id: "lattice-energy-current",
  claim: "The energy current that a temperature gradient drives on the lattice is that of (B1).",
  source: "Eq. (B1), Appendix B",
  quantity: "largest factor between −⟨J_y^E⟩ of the lattice and (B1), at μ_F = 0",
  bound: { most: 2 },
  measure(evidence) {
    const formulas = evidence.rows("formula").filter((row) =>
      typeof (evidence.settings("formula") as unknown as FormulaSettings).order === "string" ||
      row.label("order") === "exact"
    );
    const byPoint = new Map(formulas.map((row) => [row.apartFrom(), row]));
    const ratios = evidence.rows("current").flatMap((row) => {
      const formula = byPoint.get(row.apartFrom());
      const isThermal = row.at("baths.inverse_temperature_slope") !== 0 &&
        row.at("baths.chemical_potential_slope") === 0 && row.at("baths.fermi_level") === 0;
      if (formula === undefined || !isThermal) return [];
      return [[
        Number(row.at("baths.inverse_temperature")),
        -row.number("energy_current") / formula.number("energy_current"),
      ]];
    }).sort(([a], [b]) => a - b);
    if (ratios.length === 0) return undefined;
    const [hot, cold] = [ratios[0], ratios.at(-1)!];
    const factors = ratios.map(([, ratio]) => ratio > 0 ? Math.max(ratio, 1 / ratio) : Number.MAX_VALUE);
    return {
      value: Math.max(...factors),
      limits:
        `with the opposite sign, since Appendix B counts energy along the velocity and the lattice along the current of the negative charge; −lattice/(B1) is ${
          written(hot[1])
        } at β = ${written(hot[0])} and ${written(cold[1])} at β = ${written(cold[0])}`,
    };
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
  latticeEnergyCurrent,
];
