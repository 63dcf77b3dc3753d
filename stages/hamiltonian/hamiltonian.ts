/**
 * Hamiltonian build: from a study's model to the slab that is diagonalized.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import { chiralGaugeField, type GaugeField } from "./gauge_field.ts";
import type { Slab } from "./slab.ts";

/** The model as a study states it. */
export interface Model {
  /** L. */
  readonly sites: number;
  /** v. */
  readonly velocity: number;
  /** m. */
  readonly mass: number;
  /** λ. */
  readonly hopping: number;
  /** A⁵(x). */
  readonly gauge_field: GaugeField;
}

/**
 * Builds the slab of Eq. (2).
 *
 * @param model The model.
 * @returns The slab.
 * @throws {Error} If the gauge field cannot be built.
 */
export function slab(model: Model): Slab {
  const { sites, velocity, mass, hopping } = model;
  return { sites, velocity, mass, hopping, chiralGaugeField: chiralGaugeField(model.gauge_field, sites) };
}

/** The stage `hamiltonian`. */
export const hamiltonianStage: Stage<Model, [], Slab> = {
  kind: "map",
  name: "hamiltonian",
  task: "slab",
  module: import.meta.url,
  export: "hamiltonianStage",
  format: "arrays",
  place: "main",
  run: slab,
};
