/**
 * Impurities without approximation as stages: moments of one realisation and momentum each, then the spectral function of all of them at any list of frequencies.
 *
 * What the Born approximations leave out shows against these: the same κ, the same η, and the same momenta when the supercell is as large as the grid that they sum over.
 *
 * @module
 */
import type { Json, Stage, TaskRequest } from "../../pipeline/dataflow/stage.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import type { DisorderStrength } from "../spectral/self_energy.ts";
import { type ChebyshevMoments, chebyshevMoments, chebyshevSpectrum } from "./chebyshev.ts";
import { potentialWidth, randomPotential, type Realisation } from "./random_potential.ts";
import { Supercell } from "./supercell.ts";

/** What moments read. */
export interface MomentParameters extends DisorderStrength, Realisation {
  /** N_y and N_z, the sites of the supercell along y and z. */
  readonly size: { readonly qy: number; readonly qz: number };
  /** q_y. */
  readonly qy: number;
  /** q_z. */
  readonly qz: number;
  /** η, which says how many moments it takes. */
  readonly broadening: number;
}

/** What all moments of a supercell follow from. */
export interface SupercellRead extends Omit<MomentParameters, "qy" | "realisation"> {
  /** q_y, a list. */
  readonly qy: readonly number[];
  /** How many realisations. */
  readonly realisations: number;
}

/** What the spectral function of a supercell reads. */
export interface SupercellMapParameters {
  /** ω, a list. */
  readonly omega: readonly number[];
  /** η. */
  readonly broadening: number;
  /** q_y, a list. */
  readonly qy: readonly number[];
}

/** A(ω; q_y) averaged over realisations, a row each: arrays of shape `[frequency][q_y]`. */
export interface SupercellMap {
  /** ω. */
  readonly omega: Float64Array;
  /** q_y. */
  readonly qy: Float64Array;
  /** The mean of A. */
  readonly intensity: Float64Array;
  /** The standard error of that mean. */
  readonly error: Float64Array;
  /** The standard deviation of A from one realisation to another. */
  readonly spread: Float64Array;
}

/** The stage `spectral`, as far as it propagates in one supercell. */
export const momentStage: Stage<MomentParameters, [Slab], ChebyshevMoments> = {
  kind: "map",
  name: "spectral",
  task: "moments",
  module: import.meta.url,
  export: "momentStage",
  format: "arrays",
  place: "worker",
  run({ strength, normalisation, seed, realisation, size, qy, qz, broadening }, [slab], pulse) {
    const cell = { sites: slab.sites, ...size };
    const potential = randomPotential(cell, potentialWidth({ strength, normalisation }), { seed, realisation });
    return chebyshevMoments(new Supercell(slab, cell, potential, { qy, qz }), cell, broadening, pulse);
  },
  audit({ moments }) {
    // |T_n| ≤ 1 within the radius; beyond it they grow exponentially.
    const n = moments.findIndex((moment) => !(Math.abs(moment) <= moments[0] * (1 + 1e-9)));
    if (n >= 0) {
      throw new Error(`Cannot accept the moment ${n} of the supercell: ${moments[n]} of ${moments[0]} states`);
    }
  },
};

/** The stage `spectral`, as far as it averages over supercells. */
export const supercellStage: Stage<SupercellMapParameters, ChebyshevMoments[], SupercellMap> = {
  kind: "map",
  name: "spectral",
  task: "supercell",
  module: import.meta.url,
  export: "supercellStage",
  format: "arrays",
  place: "worker",
  run({ omega, broadening, qy }, moments, pulse) {
    const rows = omega.length * qy.length, realisations = moments.length / qy.length;
    const mean = new Float64Array(rows), spread = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      pulse();
      const values = Array.from(
        { length: realisations },
        (_, i) =>
          chebyshevSpectrum(moments[i * qy.length + row % qy.length], omega[Math.floor(row / qy.length)], broadening),
      );
      mean[row] = values.reduce((sum, value) => sum + value, 0) / realisations;
      const squares = values.reduce((sum, value) => sum + (value - mean[row]) ** 2, 0);
      spread[row] = Math.sqrt(squares / (realisations - 1));
    }
    return {
      omega: Float64Array.from(mean, (_, row) => omega[Math.floor(row / qy.length)]),
      qy: Float64Array.from(mean, (_, row) => qy[row % qy.length]),
      intensity: mean,
      error: spread.map((value) => value / Math.sqrt(realisations)),
      spread,
    };
  },
  audit({ omega, qy, intensity }) {
    // Positive but for the moments that are left out, which matter where there is next to nothing.
    const row = intensity.findIndex((value) => !Number.isFinite(value));
    if (row < 0) return;
    throw new Error(
      `Cannot accept the supercell's spectral function at omega = ${omega[row]}, q_y = ${qy[row]}: it is ${
        intensity[row]
      }`,
    );
  },
};

/**
 * The tasks that take a slab to moments: one a realisation and q_y, so that one more of either propagates only what is new.
 *
 * @param read What was read.
 * @returns The tasks, realisation by realisation and q_y by q_y within.
 */
export function momentTasks({ qy, realisations, ...read }: SupercellRead): TaskRequest[] {
  return Array.from({ length: realisations }, (_, realisation) => realisation).flatMap((realisation) =>
    qy.map((one) => ({
      stage: momentStage,
      parameters: { ...read, qy: one, realisation } as unknown as Json,
    }))
  );
}
