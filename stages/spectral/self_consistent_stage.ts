/**
 * The self-consistent Born approximation as a stage: a frequency each, since each finds its own fixed point, so that a longer list of frequencies computes only what is new.
 *
 * κ stands inside the Green function here, so that another κ is another integral, unlike in `spectral.ts`, where it scales the first Born approximation afterwards.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { ORBITALS } from "./recursion.ts";
import { auditSelfEnergy, bornScale, type DisorderStrength, type SelfEnergy } from "./self_energy.ts";
import { bornStep, selfConsistent } from "./self_consistency.ts";
import { type BornParameters, dressedSlab } from "./spectral.ts";
import { ZoneIntegral } from "./zone_integral.ts";

/** What self-consistency reads. */
export interface SelfConsistentParameters extends BornParameters, DisorderStrength {}

/** The stage `spectral`, as far as it finds the self-consistent Σ^R, κ included. */
export const selfConsistentStage: Stage<SelfConsistentParameters, [Slab], SelfEnergy> = {
  kind: "map",
  name: "spectral",
  task: "self_consistent",
  module: import.meta.url,
  export: "selfConsistentStage",
  format: "arrays",
  place: "worker",
  run({ omega, broadening, momentum, strength, normalisation }, [slab], pulse) {
    const states = ORBITALS * slab.sites, scale = bornScale({ strength, normalisation });
    const re = new Float64Array(omega.length * states), im = new Float64Array(omega.length * states);
    const integral = new ZoneIntegral(slab, momentum);
    omega.forEach((frequency, index) => {
      const { selfEnergy } = selfConsistent(
        slab.sites,
        (from, to) => bornStep(integral, { omega: frequency, broadening }, scale, from, to, pulse),
        `omega = ${frequency}`,
      );
      re.set(selfEnergy.re, index * states);
      im.set(selfEnergy.im, index * states);
    });
    return dressedSlab(slab, broadening, omega, re, im);
  },
  audit: auditSelfEnergy,
};
