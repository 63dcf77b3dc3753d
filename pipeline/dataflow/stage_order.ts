/**
 * The stages' names, apart from the stages: whoever only counts or lists need not load the physics.
 *
 * @module
 */

/** The stages' names in the order in which data flows. */
export const STAGES: readonly string[] = [
  "expand",
  "hamiltonian",
  "diagonalize",
  "current",
  "spectral",
  "aggregate",
  "chart",
];
