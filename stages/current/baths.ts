/**
 * The fictitious electron baths behind Eq. (5), one at every site, which hold the slab out of equilibrium.
 *
 * @module
 */

import { siteValues } from "../hamiltonian/site_values.ts";

/** What differs from site to site in another way than linearly. */
export interface BathProfile {
  /** How it is stated. */
  readonly profile: "table" | "expression";
  /** One number a site, read by `table`. */
  readonly values?: readonly number[] | undefined;
  /** A formula in `x` (= `l`, the site) and `L`, read by `expression`. */
  readonly expression?: string | undefined;
}

/** The baths as a study states them. */
export interface BathParameters {
  /** μ_F; the mean chemical potential where that is linear. */
  readonly fermi_level: number;
  /** μ_l − μ_F in place of a slope, which is 0 then. */
  readonly chemical_potential?: BathProfile | undefined;
  /** Δμ/Δx, chemical potential gained a site. */
  readonly chemical_potential_slope: number;
  /** β₀, the inverse temperature at the surface x = 0; or β_l itself, and the slope is 0. */
  readonly inverse_temperature: number | BathProfile;
  /** Δβ/Δx, inverse temperature gained over the whole slab (the paper's l/L). */
  readonly inverse_temperature_slope: number;
}

/** The baths site by site. */
export interface Baths {
  /** μ_l, shape `[site]`. */
  readonly chemicalPotential: Float64Array;
  /** β_l, shape `[site]`. */
  readonly inverseTemperature: Float64Array;
}

/**
 * How cold baths are.
 *
 * @param baths The baths.
 * @returns The largest β_l and the largest β_l |μ_l|, which decide what functions of them are safe.
 */
export function coldest({ chemicalPotential, inverseTemperature }: Baths): { beta: number; argument: number } {
  let beta = 0, argument = 0;
  for (let l = 0; l < inverseTemperature.length; l++) {
    beta = Math.max(beta, inverseTemperature[l]);
    argument = Math.max(argument, inverseTemperature[l] * Math.abs(chemicalPotential[l]));
  }
  return { beta, argument };
}

/**
 * μ_l = (Δμ/Δx)(l − L/2 + ½) + μ_F and β_l = β₀ + (Δβ/Δx) l/L, below Eq. (6), or whatever profiles are stated in place of the lines.
 *
 * @param parameters The baths as stated.
 * @param sites L.
 * @returns The baths of all sites.
 * @throws {RangeError} If a profile is not one finite number a site, above 0 for β_l, or has a slope beside it.
 * @throws {ExpressionError} If a formula cannot be read.
 */
export function baths(parameters: BathParameters, sites: number): Baths {
  return { chemicalPotential: potentials(parameters, sites), inverseTemperature: temperatures(parameters, sites) };
}

function potentials(
  { fermi_level, chemical_potential, chemical_potential_slope }: BathParameters,
  sites: number,
): Float64Array {
  if (chemical_potential !== undefined) {
    const profile = profileOf(chemical_potential, chemical_potential_slope, sites, "chemical potential");
    return profile.map((value) => value + fermi_level);
  }
  return line(sites, (l) => chemical_potential_slope * (l - sites / 2 + 0.5) + fermi_level);
}

function temperatures(
  { inverse_temperature, inverse_temperature_slope }: BathParameters,
  sites: number,
): Float64Array {
  if (typeof inverse_temperature === "number") {
    return line(sites, (l) => inverse_temperature + inverse_temperature_slope * l / sites);
  }
  const profile = profileOf(inverse_temperature, inverse_temperature_slope, sites, "inverse temperature");
  const site = profile.findIndex((value) => !(value > 0));
  if (site < 0) return profile;
  throw new RangeError(
    `Cannot attach the baths: the inverse temperature is ${profile[site]} at site ${site} of ${sites}, make it above 0`,
  );
}

/** As `Float64Array.from` does it, at a tenth of its time: thousands of settings come with every block. */
function line(sites: number, value: (l: number) => number): Float64Array {
  const values = new Float64Array(sites);
  for (let l = 0; l < sites; l++) values[l] = value(l);
  return values;
}

function profileOf(
  { profile, values, expression }: BathProfile,
  slope: number,
  sites: number,
  name: string,
): Float64Array {
  const action = "Cannot attach the baths";
  if (slope !== 0) throw new RangeError(`${action}: the ${name} has a profile and a slope of ${slope}, leave one out`);
  if (profile === "expression") return siteValues(expression ?? "", sites, action);
  const table = Float64Array.from(values ?? []);
  if (table.length !== sites) {
    throw new RangeError(`${action}: the table of the ${name} has ${table.length} values, the slab ${sites} sites`);
  }
  const site = table.findIndex((value) => !Number.isFinite(value));
  if (site >= 0) throw new RangeError(`${action}: the ${name} is ${table[site]} at site ${site} of ${sites}`);
  return table;
}
