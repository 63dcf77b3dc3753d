/**
 * Disorder and spectral integration as stages: the Born integral frequency by frequency, the self-energy that it makes, and what is read off the dressed slab.
 *
 * The slab travels inside the self-energy, so that each stage takes nothing but the artifacts of the one before it. κ and the normalisation enter after the
 * integrals: changing them integrates nothing again.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { GreenFunction } from "./green_function.ts";
import { ORBITALS } from "./recursion.ts";
import { type Linewidths, linewidths } from "./linewidth.ts";
import {
  auditSelfEnergy,
  bornIntegral,
  type DisorderStrength,
  scaledSelfEnergy,
  type SelfEnergy,
  selfEnergyAt,
} from "./self_energy.ts";
import { type QzRange, qzRule, spectralLine } from "./spectral_function.ts";

/** What a Green function without disorder reads. */
export interface BareParameters {
  /** ω, a list. */
  readonly omega: readonly number[];
  /** η. */
  readonly broadening: number;
}

/** What Born integrals read. */
export interface BornParameters extends BareParameters {
  /** The grid. */
  readonly momentum: MomentumGrid;
}

/** What a piece of a spectral map reads. */
export interface SpectralParameters {
  /** ω, a list; the self-energy must have them. */
  readonly omega: readonly number[];
  /** q_y, a list. */
  readonly qy: readonly number[];
  /** q_z, or that it is integrated over. */
  readonly qz: QzRange;
}

/** What linewidths read. */
export interface LinewidthParameters {
  /** ω, a list; the self-energy must have them. */
  readonly omega: readonly number[];
  /** q_z. */
  readonly qz: number;
}

/** A piece of a spectral map, a row each: arrays of shape `[frequency][q_y]`. */
export interface SpectralMap {
  /** ω. */
  readonly omega: Float64Array;
  /** q_y. */
  readonly qy: Float64Array;
  /** A(ω; q_y), at one q_z, or ∫dq_z A. */
  readonly intensity: Float64Array;
}

/** The stage `spectral`, without disorder: Σ = 0 at all frequencies. */
export const bareStage: Stage<BareParameters, [Slab], SelfEnergy> = {
  kind: "map",
  name: "spectral",
  task: "bare",
  module: import.meta.url,
  export: "bareStage",
  format: "arrays",
  place: "main",
  run({ omega, broadening }, [slab]) {
    const values = omega.length * ORBITALS * slab.sites;
    return dressedSlab(slab, broadening, omega, new Float64Array(values), new Float64Array(values));
  },
};

/** The stage `spectral`, as far as it integrates 1/(ω + iη − H) over the zone: Σ^FBA as printed, before κ. */
export const bornStage: Stage<BornParameters, [Slab], SelfEnergy> = {
  kind: "map",
  name: "spectral",
  task: "born",
  module: import.meta.url,
  export: "bornStage",
  format: "arrays",
  place: "worker",
  run({ omega, broadening, momentum }, [slab], pulse) {
    const states = ORBITALS * slab.sites;
    const re = new Float64Array(omega.length * states), im = new Float64Array(omega.length * states);
    omega.forEach((frequency, index) => {
      const integral = bornIntegral(slab, momentum, { omega: frequency, broadening }, pulse);
      re.set(integral.re, index * states);
      im.set(integral.im, index * states);
    });
    return dressedSlab(slab, broadening, omega, re, im);
  },
  audit: auditSelfEnergy,
};

/** The stage `spectral`, as far as it makes Σ^R of all frequencies. */
export const selfEnergyStage: Stage<DisorderStrength, SelfEnergy[], SelfEnergy> = {
  kind: "map",
  name: "spectral",
  task: "self_energy",
  module: import.meta.url,
  export: "selfEnergyStage",
  format: "arrays",
  place: "main",
  run: (disorder, integrals) => scaledSelfEnergy(integrals, disorder),
  audit: auditSelfEnergy,
};

/** The stage `spectral` proper: A(ω; q_y) at some frequencies. */
export const spectralStage: Stage<SpectralParameters, [SelfEnergy], SpectralMap> = {
  kind: "map",
  name: "spectral",
  task: "map",
  module: import.meta.url,
  export: "spectralStage",
  format: "arrays",
  place: "worker",
  run({ omega, qy, qz }, [selfEnergy], pulse) {
    const green = new GreenFunction(selfEnergy), rule = qzRule(qz), { broadening } = selfEnergy;
    const intensity = new Float64Array(omega.length * qy.length);
    omega.forEach((frequency, index) => {
      green.dress(selfEnergyAt(selfEnergy, frequency));
      intensity.set(spectralLine(green, qy, rule, { omega: frequency, broadening }, pulse), index * qy.length);
    });
    return {
      omega: Float64Array.from(intensity, (_, row) => omega[Math.floor(row / qy.length)]),
      qy: Float64Array.from(intensity, (_, row) => qy[row % qy.length]),
      intensity,
    };
  },
  audit({ omega, qy, intensity }) {
    const row = intensity.findIndex((value) => !(value > 0));
    if (row < 0) return;
    const where = `omega = ${omega[row]}, q_y = ${qy[row]}`;
    throw new Error(`Cannot accept the spectral function at ${where}: ${intensity[row]} is not positive`);
  },
};

/** The stage `spectral`, as far as it measures the chiral branches. */
export const linewidthStage: Stage<LinewidthParameters, [SelfEnergy], Linewidths> = {
  kind: "map",
  name: "spectral",
  task: "linewidth",
  module: import.meta.url,
  export: "linewidthStage",
  format: "arrays",
  place: "worker",
  run: ({ omega, qz }, [selfEnergy], pulse) => linewidths(selfEnergy, qz, omega, pulse),
  audit({ omega, state, width }) {
    const row = width.findIndex((value) => !(value >= 0));
    if (row < 0) return;
    throw new Error(`Cannot accept the width of ${state[row]} at omega = ${omega[row]}: ${width[row]} is negative`);
  },
};

/**
 * Puts a slab and its self-energy together.
 *
 * @param slab The slab.
 * @param broadening η.
 * @param omega ω, a list.
 * @param re Re Σ^R, shape `[frequency][site][orbital]`.
 * @param im Im Σ^R, likewise.
 * @returns The slab with its self-energy.
 */
export function dressedSlab(
  { sites, velocity, mass, hopping, chiralGaugeField }: Slab,
  broadening: number,
  omega: readonly number[],
  re: Float64Array,
  im: Float64Array,
): SelfEnergy {
  return { sites, velocity, mass, hopping, chiralGaugeField, broadening, omega: Float64Array.from(omega), re, im };
}
