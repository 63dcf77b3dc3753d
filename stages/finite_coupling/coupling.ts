/**
 * The couplings Γ_l between the sites and their baths, as a study states them: a number, a list, or a formula.
 *
 * @module
 */
import { siteValues } from "../hamiltonian/site_values.ts";

/** Γ for all sites, Γ_l one a site, or a formula for Γ_l in `x` (= `l`, the site) and `L`. */
export type StatedCoupling = number | readonly number[] | string;

/** Γ where it is the same at all sites, else Γ_l, shape `[site]`. */
export type Coupling = number | readonly number[];

/**
 * Reads the coupling of a study.
 *
 * @param stated The coupling as stated.
 * @param sites L.
 * @returns Γ, or Γ_l if the sites differ.
 * @throws {RangeError} If a list does not have L numbers, or a formula is not finite at a site.
 * @throws {ExpressionError} If a formula cannot be read.
 */
export function couplingOf(stated: StatedCoupling, sites: number): Coupling {
  if (typeof stated === "number") return stated;
  const values = typeof stated === "string" ? [...siteValues(stated, sites, "Cannot couple the baths")] : stated;
  if (values.length !== sites) {
    throw new RangeError(`Cannot couple the baths: the list has ${values.length} couplings, the slab ${sites} sites`);
  }
  return values.every((value) => value === values[0]) ? values[0] : values;
}
