/**
 * The parameters of a point of a study as the steps of observables read them: one place where JSON becomes typed.
 *
 * @module
 */
import type { Point } from "../pipeline/dataflow/stage.ts";
import type { BathParameters } from "./current/baths.ts";
import type { AdaptiveGrid } from "./current/cell_refinement.ts";
import type { StatedGrid } from "./diagonalize/momentum_grid.ts";
import type { StatedCoupling } from "./finite_coupling/coupling.ts";
import type { Model } from "./hamiltonian/hamiltonian.ts";
import type { DisorderStrength } from "./spectral/self_energy.ts";

/** A point's parameters, typed by what studies are checked to hold. */
export interface Parameters {
  /** The slab. */
  readonly model: Model;
  /** The grid, or where it starts. */
  readonly momentum: StatedGrid | AdaptiveGrid;
  /** The baths and their coupling. */
  readonly baths: BathParameters & { readonly coupling: StatedCoupling };
  /** The impurities, and how they are taken into account. */
  readonly disorder: DisorderStrength & { readonly scheme: "none" | "fba" | "scba"; readonly broadening: number };
}

/**
 * What a point holds.
 *
 * @param point A point of a study.
 * @returns Its parameters.
 */
export function parametersOf(point: Point): Parameters {
  return point.parameters as unknown as Parameters;
}
