/**
 * The states of Eqs. (3) and (4) as stages, in the form of what they are laid over: lines for bands, densities for those of the lattice.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { BranchName, ChiralDensities } from "../diagonalize/chiral_densities.ts";
import type { BlockMomenta } from "../diagonalize/momentum_block.ts";
import type { Model } from "../hamiltonian/hamiltonian.ts";
import type { Momentum } from "../hamiltonian/slab.ts";
import { type ContinuumLines, continuumLines } from "./dispersion.ts";
import { latticeChiralLandauLevel, latticeFermiArc } from "./lattice_states.ts";
import { chiralLandauLevel, fermiArc } from "./printed_states.ts";
import { arcDirection, assertSolvable, type ContinuumField } from "./weyl_cone.ts";

/** What the lines read. */
export interface LineParameters {
  /** v. */
  readonly velocity: number;
  /** A⁵(x). */
  readonly gaugeField: ContinuumField;
  /** q_y. */
  readonly qy: readonly number[];
  /** The largest n of the Landau levels. */
  readonly levels: number;
}

/** Eqs. (3) and (4) as printed, or with what the lattice adds. */
export type ContinuumForm = "printed" | "lattice";

/** What the form as printed reads of a model. */
export type PrintedModel = Pick<Model, "sites" | "velocity"> & { readonly gauge_field: ContinuumField };

/** What a form reads of a model: Eqs. (3) and (4) know neither mass nor hopping. */
export type FormedModel =
  | ({ readonly form: "printed" } & PrintedModel)
  | ({ readonly form: "lattice" } & PrintedModel & Pick<Model, "mass" | "hopping">);

/**
 * What a form reads of a model.
 *
 * @param form The form.
 * @param model The model.
 * @returns The model without what the form does not read.
 */
export function formedModel(form: ContinuumForm, model: Model): FormedModel {
  const { sites, velocity, mass, hopping, gauge_field } = model;
  const printed = { sites, velocity, gauge_field: continuumField(gauge_field) };
  return form === "printed" ? { form, ...printed } : { form, ...printed, mass, hopping };
}

/**
 * The part of a gauge field that the continuum reads.
 *
 * @param field The field as a study states it.
 * @returns Profile, amplitude and range.
 */
export function continuumField({ profile, amplitude, cutoff }: Model["gauge_field"]): ContinuumField {
  return { profile, amplitude, cutoff };
}

/** Densities, and in which form. */
export interface ContinuumDensities extends ChiralDensities {
  /** The form. */
  readonly form: ContinuumForm;
}

/**
 * The densities of the two chiral states; in a constant field of the Fermi arcs at either surface, mirror images of each other, both under the name `fa`.
 *
 * @param model The model with the form in which it is asked for.
 * @param momenta The momenta.
 * @returns The densities in the shape that the lattice has them in, the state of lower energy first. Energies are ±|v| q_y, with sin q_y for the form `lattice`.
 * @throws {Error} If the states do not exist at a momentum, or their closed form is not known for the field.
 */
export function continuumDensities(model: FormedModel, momenta: BlockMomenta): ContinuumDensities {
  const { sites, gauge_field: gaugeField } = model;
  assertSolvable({ velocity: model.velocity, gaugeField });
  const points = momenta.qy.length;
  const branch: BranchName[] = [];
  const energy = new Float64Array(2 * points), density = new Float64Array(2 * points * sites);
  const other: BranchName = gaugeField.profile === "constant" ? "fa" : "cll";
  for (let point = 0; point < points; point++) {
    const momentum = { qy: momenta.qy[point], qz: momenta.qz[point] };
    const wave = model.form === "lattice" ? Math.sin(momentum.qy) : momentum.qy;
    const arc = arcDirection(gaugeField) * Math.abs(model.velocity) * wave;
    const { near, far } = densities(model, momentum);
    const [first, second] = arc < 0 ? [near, far] : [far, near];
    branch.push(...arc < 0 ? ["fa" as const, other] : [other, "fa" as const]);
    energy.set([-Math.abs(arc), Math.abs(arc)], 2 * point);
    density.set(first, 2 * point * sites);
    density.set(second, (2 * point + 1) * sites);
  }
  const [qy, qz] = [momenta.qy, momenta.qz].map((all) => Float64Array.from(all));
  return { form: model.form, qy, qz, branch, energy, density };
}

/** The Fermi arc at x = 0, and the other chiral state. */
function densities(model: FormedModel, momentum: Momentum): { near: Float64Array; far: Float64Array } {
  const { sites, velocity, gauge_field: gaugeField } = model;
  const isConstant = gaugeField.profile === "constant";
  if (model.form === "lattice") {
    const cone = { velocity, gaugeField, mass: model.mass, hopping: model.hopping };
    const near = latticeFermiArc(sites, cone, momentum);
    return { near, far: isConstant ? near.toReversed() : latticeChiralLandauLevel(sites, cone, momentum) };
  }
  const cone = { velocity, gaugeField };
  const near = fermiArc(sites, cone, momentum.qz);
  return { near, far: isConstant ? near.toReversed() : chiralLandauLevel(sites, cone, momentum.qz) };
}

/** The stage `diagonalize`, as far as it is the continuum's, in closed form. */
export const continuumStage: Stage<LineParameters, [], ContinuumLines> = {
  kind: "map",
  name: "diagonalize",
  task: "continuum",
  module: import.meta.url,
  export: "continuumStage",
  format: "arrays",
  place: "main",
  run: ({ velocity, gaugeField, qy, levels }) => continuumLines({ velocity, gaugeField }, qy, levels),
};

/** The stage `diagonalize` with the densities of Eqs. (3) and (4). */
export const continuumDensityStage: Stage<{ readonly model: FormedModel } & BlockMomenta, [], ContinuumDensities> = {
  kind: "map",
  name: "diagonalize",
  task: "continuum_density",
  module: import.meta.url,
  export: "continuumDensityStage",
  format: "arrays",
  place: "main",
  run: ({ model, qy, qz }) => continuumDensities(model, { qy, qz }),
};
