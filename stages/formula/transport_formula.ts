/**
 * The transport formulas of the paper in closed form: charge and energy current of the two-band model of the Fermi arc and the chiral Landau level, against
 * which the lattice is checked.
 *
 * Prefactors are those that the paper prints. On the way from Eq. (6) to Eq. (7), ∫dq_z/2π over |q_z| < A⁵ gives A⁵/π and ∫dq_y/2π over |q_y| < Λ with
 * ⟨J_y⟩ = ∓v, x = ±v q_y gives ∓∫ f dx/2π, so that v drops out: A⁵/2π². Three things to know where v ≠ 1 or the lattice is at hand:
 *
 * - the chiral states of Eqs. (3) and (4) span |q_z| < A⁵/v, but the paper prints A⁵ in Eqs. (7)–(9), (B1) and (B2);
 * - Appendix B takes ⟨J_y^E⟩ = q_y, hence A⁵/(2π²v²), where E ∂E/∂q_y is v² q_y;
 * - that q_y is the flow of energy along the velocity +∂E/∂q_y, while ⟨J_y⟩ = −∂E/∂q_y is the current of the negative charge: ½{H, J_y}, the lattice's energy
 *   current, is v² q_y with the opposite sign.
 *
 * @module
 */
import type { BranchBath, BranchBaths } from "./branch_baths.ts";
import {
  type BranchEnergy,
  branchEnergy,
  branchEnergyToSecondOrder,
  type FormulaOrder,
  occupation,
} from "./branch_integrals.ts";

/** What the two-band model leaves of the slab. */
export interface TwoBandModel {
  /** A⁵ at the surface, in units of energy; half the width of the chiral states along q_z. */
  readonly gaugeField: number;
  /** v > 0, in units of energy times lattice constant. */
  readonly velocity: number;
}

/** The model with the momentum at which it ends. */
export interface CutTwoBandModel extends TwoBandModel {
  /** Λ > 0, along q_y, in units of 1/lattice constant. */
  readonly cutoff: number;
}

/**
 * Returns A⁵/2π², what Eqs. (7)–(9) and, divided by v², (B1) put before the integrals.
 *
 * @param gaugeField A⁵.
 * @returns The prefactor.
 */
export function chargePrefactor(gaugeField: number): number {
  return gaugeField / (2 * Math.PI ** 2);
}

/**
 * Returns ⟨J_y⟩ = A⁵/2π² [N(β_CLL, μ_CLL) − N(β_FA, μ_FA)] with N = ∫ f dx over |x| < vΛ. To first order in μ this is Eq. (7), with Eq. (8) where the temperatures
 * are equal and Eq. (9) where the chemical potentials are.
 *
 * @param model The model.
 * @param baths The baths of the branches.
 * @param order Exact in μ, or to first order.
 * @returns The charge current, in units e v/(ħa²) with all of them set to 1. Its error is a few roundings of the larger of the two terms.
 * @throws {RangeError} If v, Λ or an inverse temperature is not above 0, or anything is not finite.
 */
export function chargeCurrent(model: CutTwoBandModel, baths: BranchBaths, order: FormulaOrder): number {
  assertCut(model);
  assertSound(model, baths);
  const edge = model.velocity * model.cutoff, { excess } = occupation[order];
  const over = ({ inverseTemperature, chemicalPotential }: BranchBath): number =>
    excess(inverseTemperature, chemicalPotential, edge);
  return chargePrefactor(model.gaugeField) * (over(baths.cll) - over(baths.fa));
}

/**
 * Returns ⟨J_y^E⟩ = A⁵/(2π²v²) [I(β_FA, μ_FA) − I(β_CLL, μ_CLL)], Eq. (B1), with I = ∫ x f dx over |x| < vΛ, or with its expansion to O(μ²), Eq. (B2).
 *
 * @param model The model.
 * @param baths The baths of the branches.
 * @param order Exact in μ, or the first orders as printed.
 * @returns The energy current as the paper defines it, in units v²/(ħa³) with all of them set to 1: see above for what the lattice's differs in. Its error is
 * a few roundings of the larger of the two terms, counted from the sea of occupied states where that is less.
 * @throws {RangeError} As {@linkcode chargeCurrent}.
 */
export function energyCurrent(model: CutTwoBandModel, baths: BranchBaths, order: FormulaOrder): number {
  assertCut(model);
  assertSound(model, baths);
  const edge = model.velocity * model.cutoff, energy = order === "exact" ? branchEnergy : branchEnergyToSecondOrder;
  const over = ({ inverseTemperature, chemicalPotential }: BranchBath): BranchEnergy =>
    energy(inverseTemperature, chemicalPotential, edge);
  return chargePrefactor(model.gaugeField) * difference(over(baths.fa), over(baths.cll)) / model.velocity ** 2;
}

/** The sea is the same in both branches: with it or without, whichever leaves the smaller numbers to subtract. */
function difference(fa: BranchEnergy, cll: BranchEnergy): number {
  const whole = Math.max(Math.abs(fa.whole), Math.abs(cll.whole));
  const aboveSea = Math.max(Math.abs(fa.aboveSea), Math.abs(cll.aboveSea));
  return whole < aboveSea ? fa.whole - cll.whole : fa.aboveSea - cll.aboveSea;
}

/**
 * Returns the limit Λ → ∞ of the charge current, A⁵/2π² (μ_CLL − μ_FA): the same for both orders, and for any temperature.
 *
 * @param model The model.
 * @param baths The baths of the branches.
 * @returns The charge current, in the units of {@linkcode chargeCurrent}.
 * @throws {RangeError} As {@linkcode chargeCurrent}.
 */
export function ultravioletChargeCurrent(model: TwoBandModel, baths: BranchBaths): number {
  assertSound(model, baths);
  return chargePrefactor(model.gaugeField) * (baths.cll.chemicalPotential - baths.fa.chemicalPotential);
}

/**
 * Returns the limit Λ → ∞ of the energy current, A⁵/12v² (1/β_FA² − 1/β_CLL²) + A⁵/4π²v² (μ_FA² − μ_CLL²), below Eq. (B2): the same for both orders.
 *
 * @param model The model.
 * @param baths The baths of the branches.
 * @returns The energy current, in the units of {@linkcode energyCurrent}.
 * @throws {RangeError} As {@linkcode chargeCurrent}.
 */
export function ultravioletEnergyCurrent(model: TwoBandModel, baths: BranchBaths): number {
  assertSound(model, baths);
  const { fa, cll } = baths;
  const heat = fa.inverseTemperature ** -2 - cll.inverseTemperature ** -2;
  const work = (fa.chemicalPotential - cll.chemicalPotential) * (fa.chemicalPotential + cll.chemicalPotential);
  return model.gaugeField / model.velocity ** 2 * (heat / 12 + work / (4 * Math.PI ** 2));
}

/**
 * Checks a model and its baths.
 *
 * @param model The model.
 * @param baths The baths of the branches.
 * @throws {RangeError} As {@linkcode chargeCurrent}.
 */
export function assertSound(model: TwoBandModel, { fa, cll }: BranchBaths): void {
  assertAbove("the velocity", model.velocity);
  assertAbove("the inverse temperature of the Fermi arc", fa.inverseTemperature);
  assertAbove("the inverse temperature of the chiral Landau level", cll.inverseTemperature);
  assertFinite("the gauge field", model.gaugeField);
  assertFinite("the chemical potential of the Fermi arc", fa.chemicalPotential);
  assertFinite("the chemical potential of the chiral Landau level", cll.chemicalPotential);
}

function assertCut({ cutoff }: CutTwoBandModel): void {
  assertAbove("the cutoff", cutoff);
}

function assertAbove(what: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new RangeError(`Cannot evaluate the transport formula: ${what} is ${value}, use a finite number above 0`);
}

function assertFinite(what: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw new RangeError(`Cannot evaluate the transport formula: ${what} is ${value}, use a finite number`);
}
