/**
 * What is wrong with a formula in a study, in the same words wherever formulas may stand.
 *
 * @module
 */
import { ExpressionError, parseExpression } from "../../stages/hamiltonian/expression.ts";
import { shown } from "../errors.ts";
import { nearestKey, nearestName } from "./nearest_name.ts";

/**
 * Returns what is wrong with a formula, to be read after its path, or undefined if it can be read.
 *
 * @param formula The formula.
 * @param variables The names that stand for numbers in it.
 * @param listOf Puts the names that could stand in place of an unknown one into words, for when none resembles it.
 */
export function formulaFault(
  formula: string,
  variables: readonly string[],
  listOf: (known: readonly string[]) => string,
): string | undefined {
  try {
    parseExpression(formula, variables);
    return undefined;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { position, reason, unknown } = error;
    // A column may be called by its whole path, of which people write the end, or by the end, of which they write the path.
    const nearest = unknown && (nearestKey(unknown.name, unknown.known, []) ??
      nearestName(unknown.name.slice(unknown.name.lastIndexOf(".") + 1), unknown.known));
    const hint = unknown === undefined ? "" : `, ${nearest ? `did you mean ${nearest}?` : listOf(unknown.known)}`;
    return `cannot be read at character ${position}: ${reason}${hint}: got ${shown(formula)}`;
  }
}
