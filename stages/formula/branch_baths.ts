/**
 * Which bath each chiral branch sees: Fig. 2(c) replaces the baths of all sites by two, one at the surface for the Fermi arc and one elsewhere for the chiral
 * Landau level.
 *
 * @module
 */
import { type BathParameters, baths } from "../current/baths.ts";

/** The bath of one branch. */
export interface BranchBath {
  /** μ, in units of energy. */
  readonly chemicalPotential: number;
  /** β, in units of 1/energy. */
  readonly inverseTemperature: number;
}

/** The baths of the two-band model of Eqs. (7)–(9), (B1) and (B2). */
export interface BranchBaths {
  /** The Fermi arc (FA), E = +v q_y for v, A⁵ > 0. */
  readonly fa: BranchBath;
  /** The chiral Landau level (CLL), E = −v q_y; a field that is constant across the slab has a second arc in its place, at whose bath the rule below does not look. */
  readonly cll: BranchBath;
}

/** What a study may say of the branches' baths instead of the rule. */
export interface BranchBathSettings {
  /** μ_FA. */
  readonly mu_fa?: number;
  /** β_FA. */
  readonly beta_fa?: number;
  /** μ_CLL. */
  readonly mu_cll?: number;
  /** β_CLL. */
  readonly beta_cll?: number;
}

/**
 * Returns the baths of the branches as the paper takes them for Fig. 3(c): the Fermi arc sees site 0, the chiral Landau level, spread over the slab, sees
 * the mean over the sites, which for a chemical potential that is linear is μ_F.
 *
 * @param parameters The baths of the slab.
 * @param sites L.
 * @param settings What overrides the rule, one by one.
 * @returns μ and β of both branches.
 */
export function branchBaths(parameters: BathParameters, sites: number, settings: BranchBathSettings = {}): BranchBaths {
  const { chemicalPotential, inverseTemperature } = baths(parameters, sites);
  const { inverse_temperature: beta, inverse_temperature_slope: slope } = parameters;
  // The means of lines in closed form: a sum would leave a rounding between the branches where baths are uniform, and with it a current.
  const meanPotential = parameters.chemical_potential === undefined ? parameters.fermi_level : mean(chemicalPotential);
  const meanInverseTemperature = typeof beta === "number"
    ? beta + slope * (sites - 1) / (2 * sites)
    : mean(inverseTemperature);
  return {
    fa: {
      chemicalPotential: settings.mu_fa ?? chemicalPotential[0],
      inverseTemperature: settings.beta_fa ?? inverseTemperature[0],
    },
    cll: {
      chemicalPotential: settings.mu_cll ?? meanPotential,
      inverseTemperature: settings.beta_cll ?? meanInverseTemperature,
    },
  };
}

/** The mean; of numbers that are all the same, that number to the last bit. */
function mean(values: Float64Array): number {
  return values[0] + values.reduce((sum, value) => sum + (value - values[0]), 0) / values.length;
}
