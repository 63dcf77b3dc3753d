/**
 * The derivatives of the Fermi function, to be put in its place in Eqs. (5) and (6): what a current's response to its baths must agree with.
 *
 * @module
 */

import type { Occupation } from "./current.ts";

/** Returns ∂f/∂μ = β/4cosh²(β(E − μ)/2). */
export const byChemicalPotential: Occupation = (energy, inverseTemperature, chemicalPotential) =>
  inverseTemperature * spread(inverseTemperature * (energy - chemicalPotential));

/** Returns ∂f/∂T = β²(E − μ)/4cosh²(β(E − μ)/2), T = 1/β. */
export const byTemperature: Occupation = (energy, inverseTemperature, chemicalPotential) => {
  const x = inverseTemperature * (energy - chemicalPotential);
  return inverseTemperature * x * spread(x);
};

/** cosh overflows to infinity at the most, and its inverse is then 0, as it is to the last bit. */
function spread(x: number): number {
  return Math.abs(x) > 1400 ? 0 : 1 / (4 * Math.cosh(x / 2) ** 2);
}
