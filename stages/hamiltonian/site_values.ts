/**
 * Formulas of a study at the sites of a slab: what may vary along x, gauge field, couplings and baths, is written alike.
 *
 * @module
 */
import { parseExpression } from "./expression.ts";

/**
 * The values of a formula at all sites.
 *
 * @param formula A formula in `x` (= `l`, the site) and `L`.
 * @param sites L.
 * @param action What is being done with it, for the error.
 * @returns The values, shape `[site]`.
 * @throws {RangeError} If a value is not finite.
 * @throws {ExpressionError} If the formula cannot be read.
 */
export function siteValues(formula: string, sites: number, action: string): Float64Array {
  const expression = parseExpression(formula, ["x", "l", "L"]);
  return Float64Array.from({ length: sites }, (_, l) => {
    const value = expression({ x: l, l, L: sites });
    if (!Number.isFinite(value)) {
      throw new RangeError(`${action}: "${formula}" is ${value} at site ${l} of ${sites}`);
    }
    return value;
  });
}
