/**
 * The fictitious electron baths behind Eq. (5), one at every site, which hold the slab out of equilibrium.
 *
 * @module
 */

/** The baths as a study states them. */
export interface BathParameters {
  /** μ_F, the mean chemical potential. */
  readonly fermi_level: number;
  /** Δμ/Δx, chemical potential gained a site. */
  readonly chemical_potential_slope: number;
  /** β₀, the inverse temperature at the surface x = 0. */
  readonly inverse_temperature: number;
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
 * μ_l = (Δμ/Δx)(l − L/2 + ½) + μ_F and β_l = β₀ + (Δβ/Δx) l/L, below Eq. (6).
 *
 * @param parameters The baths as stated.
 * @param sites L.
 * @returns The baths of all sites.
 */
export function baths(parameters: BathParameters, sites: number): Baths {
  const { fermi_level, chemical_potential_slope, inverse_temperature, inverse_temperature_slope } = parameters;
  return {
    chemicalPotential: Float64Array.from(
      { length: sites },
      (_, l) => chemical_potential_slope * (l - sites / 2 + 0.5) + fermi_level,
    ),
    inverseTemperature: Float64Array.from(
      { length: sites },
      (_, l) => inverse_temperature + inverse_temperature_slope * l / sites,
    ),
  };
}
