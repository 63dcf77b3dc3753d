/**
 * The points of a table of formulas, and the integrals of the two-band model by a rule of their own: what is said of closed forms is judged on the numbers in the table
 * against the integrals from which they come.
 *
 * @module
 */
import type { BathParameters } from "../current/baths.ts";
import { type BranchBath, type BranchBaths, branchBaths, type BranchBathSettings } from "../formula/branch_baths.ts";
import type { FormulaForm, FormulaSettings } from "../formula/formula.ts";
import { chargePrefactor } from "../formula/transport_formula.ts";
import type { Evidence, Row } from "./evidence.ts";
import { type SlabFacts, slabOf } from "./slab_facts.ts";

/** A row of the table of formulas. */
export interface FormulaCase {
  /** Which form it is of. */
  readonly form: FormulaForm;
  /** The slab, whose A⁵ and v count. */
  readonly slab: SlabFacts;
  /** Λ. */
  readonly cutoff: number;
  /** The baths of the branches. */
  readonly baths: BranchBaths;
  /** ⟨J_y⟩ as the table has it. */
  readonly charge: number;
  /** ⟨J_y^E⟩ as the table has it. */
  readonly energy: number;
  /** The row. */
  readonly row: Row;
}

/** So many rows are looked at: they say the same, and a ledger should take no time. */
const MOST_CASES = 1000;

/**
 * The rows of the table of formulas at which the branches are in unlike baths; profiles with an amplitude only.
 *
 * @param evidence The tables.
 * @param forms The forms that are asked for.
 * @returns The first thousand.
 */
export function formulaCases(evidence: Evidence, ...forms: FormulaForm[]): FormulaCase[] {
  const settings = evidence.settings("formula") as unknown as Partial<FormulaSettings> | undefined;
  const order = settings?.order;
  if (settings === undefined || order === undefined) return [];
  const found: FormulaCase[] = [];
  for (const row of evidence.rows("formula")) {
    const form = (typeof order === "string" ? order : row.label("order")) as FormulaForm, slab = slabOf(row);
    if (!forms.includes(form) || (slab.profile !== "linear" && slab.profile !== "constant")) continue;
    const baths = bathsOf(row, slab.sites, settings), cutoff = row.number("cutoff");
    const isSound = slab.field !== 0 &&
      [slab.velocity, cutoff, baths.fa.inverseTemperature, baths.cll.inverseTemperature]
        .every((value) => value > 0 && Number.isFinite(value));
    const isUnlike = baths.fa.chemicalPotential !== baths.cll.chemicalPotential ||
      baths.fa.inverseTemperature !== baths.cll.inverseTemperature;
    if (!isSound || !isUnlike) continue;
    found.push({
      form,
      slab,
      cutoff,
      baths,
      charge: row.number("charge_current"),
      energy: row.number("energy_current"),
      row,
    });
    if (found.length === MOST_CASES) break;
  }
  return found;
}

function bathsOf(row: Row, sites: number, settings: BranchBathSettings): BranchBaths {
  const at = (key: keyof BathParameters): number => Number(row.at(`baths.${key}`));
  return branchBaths(
    {
      fermi_level: at("fermi_level"),
      chemical_potential_slope: at("chemical_potential_slope"),
      inverse_temperature: at("inverse_temperature"),
      inverse_temperature_slope: at("inverse_temperature_slope"),
    },
    sites,
    settings,
  );
}

/** Beyond so many thermal energies from μ the Fermi function is 0 or 1 to rounding. */
const TAIL = 40;

/** Steps of Simpson's rule in units of 1/β: its error is (1/20)⁴/180 times a fourth derivative of order 1, some 1e-8 of f near μ, and cancels beyond. */
const STEPS_A_THERMAL_ENERGY = 40;

/**
 * What a branch has more than the sea of states below 0: ∫ xⁿ [f(x) − θ(−x)] dx over |x| < W, by Simpson's rule where f varies.
 *
 * @param bath β and μ.
 * @param edge W.
 * @param power n.
 * @returns The integral, to 1e-9 of itself or so.
 */
export function branchIntegral(
  { inverseTemperature: beta, chemicalPotential: mu }: BranchBath,
  edge: number,
  power: 0 | 1,
): number {
  const fermi = (x: number, m: number): number => 1 / (1 + Math.exp(beta * (x - m)));
  // Electrons at x, and holes at −x, which count with the sign of (−1)ⁿ⁺¹.
  const of = (x: number): number => x ** power * (fermi(x, mu) + (power === 0 ? -1 : 1) * fermi(x, -mu));
  const [low, high] = [-TAIL, TAIL].map((tail) => Math.min(edge, Math.max(0, Math.abs(mu) + tail / beta)));
  // Up to `low` one of the two is 1 and the other one 0.
  const flat = power === 0 ? Math.sign(mu) * low : low * low / 2;
  const half = Math.max(100, Math.ceil(STEPS_A_THERMAL_ENERGY * beta * (high - low) / 2)),
    step = (high - low) / (2 * half);
  let sum = 0;
  for (let i = 0; i <= 2 * half; i++) {
    sum += (i === 0 || i === 2 * half ? 1 : i % 2 === 1 ? 4 : 2) * of(low + i * step);
  }
  return flat + sum * step / 3;
}

/** A current of the two-band model by its integrals. */
export interface IntegratedCurrent {
  /** The current. */
  readonly value: number;
  /** What the larger of the two branches carries: errors are measured by it, as the two nearly cancel. */
  readonly scale: number;
}

/**
 * The charge current of the two-band model, Eq. (6) with E = ±v q_y and ⟨J_y⟩ = ∓v.
 *
 * @param one A point.
 * @param cutoff Λ, that of the point if left out.
 * @returns A⁵/2π² (∫f_CLL dx − ∫f_FA dx).
 */
export function integratedCharge(
  { slab, baths: { fa, cll }, ...one }: FormulaCase,
  cutoff = one.cutoff,
): IntegratedCurrent {
  const [arc, level] = [fa, cll].map((bath) =>
    chargePrefactor(slab.field) * branchIntegral(bath, slab.velocity * cutoff, 0)
  );
  return { value: level - arc, scale: Math.max(Math.abs(arc), Math.abs(level)) };
}

/**
 * The energy current of the two-band model, Eq. (B1).
 *
 * @param one A point.
 * @param cutoff Λ, that of the point if left out.
 * @returns A⁵/(2π²v²) (∫x f_FA dx − ∫x f_CLL dx).
 */
export function integratedEnergy(
  { slab, baths: { fa, cll }, ...one }: FormulaCase,
  cutoff = one.cutoff,
): IntegratedCurrent {
  const factor = chargePrefactor(slab.field) / slab.velocity ** 2;
  const [arc, level] = [fa, cll].map((bath) => factor * branchIntegral(bath, slab.velocity * cutoff, 1));
  return { value: arc - level, scale: Math.max(Math.abs(arc), Math.abs(level)) };
}

/**
 * A cutoff so far above μ and the temperature that what is beyond it is below rounding.
 *
 * @param one A point.
 * @returns Λ.
 */
export function farCutoff({ slab, baths: { fa, cll } }: FormulaCase): number {
  const [a, b] = [fa, cll].map((bath) => Math.abs(bath.chemicalPotential) + TAIL / bath.inverseTemperature);
  return 1.25 * Math.max(a, b) / slab.velocity;
}
