/**
 * The couplings Γ_l between the sites and their baths, as a study states them: a number, a list, or a formula.
 *
 * @module
 */
import { parseExpression } from "../hamiltonian/expression.ts";

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
  const values = typeof stated === "string" ? evaluated(stated, sites) : stated;
  if (values.length !== sites) {
    throw new RangeError(`Cannot couple the baths: the list has ${values.length} couplings, the slab ${sites} sites`);
  }
  return values.every((value) => value === values[0]) ? values[0] : values;
}

function evaluated(formula: string, sites: number): number[] {
  const expression = parseExpression(formula, ["x", "l", "L"]);
  return Array.from({ length: sites }, (_, l) => {
    const value = expression({ x: l, l, L: sites });
    if (!Number.isFinite(value)) {
      throw new RangeError(`Cannot couple the baths: "${formula}" is ${value} at site ${l} of ${sites}`);
    }
    return value;
  });
}
