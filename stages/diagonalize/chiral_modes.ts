/**
 * What a diagonalization leaves of H at one momentum, and how the eigenstates of H follow from it, so that every solver gives, and every observable
 * takes, the same thing.
 *
 * With B = U Σ Vᵀ and s = v sin q_y, each singular value σ_n carries two eigenstates of H: (a u_n, b v_n) with (a, b) the eigenvectors of
 * [[s, σ_n], [σ_n, −s]], at the energies ±ε_n, ε_n = √(s² + σ_n²). The left vectors u have S = −1, the right ones S = +1.
 *
 * @module
 */
import type { Momentum, Slab } from "../hamiltonian/slab.ts";

/** The singular value decomposition of B as far as observables see it. `[mode]` runs over 2L modes in ascending order of σ. */
export interface ChiralModes {
  /** σ_n ≥ 0, shape `[mode]`. */
  readonly singularValue: Float64Array;
  /** u_n · v_n, shape `[mode]`; u and v of a degenerate σ are chosen such that their mixed overlaps vanish. */
  readonly overlap: Float64Array;
  /** |u_n(l)|², summed over the two chains, shape `[mode][site]`. */
  readonly leftDensity: Float64Array;
  /** |v_n(l)|², likewise. */
  readonly rightDensity: Float64Array;
}

/**
 * Memory for the modes of a slab.
 *
 * @param sites L.
 * @returns The memory, all zeros.
 */
export function chiralModes(sites: number): ChiralModes {
  const order = 2 * sites;
  return {
    singularValue: new Float64Array(order),
    overlap: new Float64Array(order),
    leftDensity: new Float64Array(order * sites),
    rightDensity: new Float64Array(order * sites),
  };
}

/** Eigenstates of H(q); `[state]` runs over 4L states: the modes with −ε_n first, from the largest ε_n, then those with +ε_n. */
export interface Eigenstates {
  /** E_α ascending, shape `[state]`. */
  readonly energy: Float64Array;
  /** ⟨α|J_y|α⟩ = −∂E_α/∂q_y, shape `[state]`. */
  readonly current: Float64Array;
  /** P_α(l), shape `[state][site]`. */
  readonly density: Float64Array;
  /** ⟨S⟩, the chirality, shape `[state]`: +1 for E = −v sin q_y, −1 for E = +v sin q_y. */
  readonly chirality: Float64Array;
}

/**
 * Weight of a mode in the current at a momentum: X_n with ⟨α|J_y|α⟩ = −X_n/E_α.
 *
 * From ε² = v² sin² q_y + σ² and ∂σ/∂q_y = u·(∂B/∂q_y)v = 2λ sin q_y u·v.
 *
 * @param slab The slab.
 * @param qy q_y.
 * @param singularValue σ_n.
 * @param overlap u_n · v_n.
 * @returns X_n = v² sin q_y cos q_y + 2λ sin q_y σ_n u_n·v_n.
 */
export function currentWeight(slab: Slab, qy: number, singularValue: number, overlap: number): number {
  const sine = Math.sin(qy);
  return slab.velocity ** 2 * sine * Math.cos(qy) + 2 * slab.hopping * sine * singularValue * overlap;
}

/**
 * Eigenstates of H from the modes of B.
 *
 * @param slab The slab.
 * @param momentum The momentum of the modes.
 * @param modes The modes.
 * @returns The eigenstates; at E = 0 exactly (which needs q_y = 0) the current is 0, as sin q_y demands.
 */
export function eigenstates(slab: Slab, momentum: Momentum, modes: ChiralModes): Eigenstates {
  const { sites } = slab, order = 2 * sites;
  const drift = slab.velocity * Math.sin(momentum.qy);
  const energy = new Float64Array(2 * order), current = new Float64Array(2 * order);
  const chirality = new Float64Array(2 * order), density = new Float64Array(2 * order * sites);
  for (let n = 0; n < order; n++) {
    const sigma = modes.singularValue[n];
    const epsilon = Math.hypot(drift, sigma);
    const x = currentWeight(slab, momentum.qy, sigma, modes.overlap[n]);
    const tilt = epsilon === 0 ? 0 : drift / epsilon;
    for (const sign of [-1, 1]) {
      const state = sign < 0 ? order - 1 - n : order + n;
      energy[state] = sign * epsilon;
      current[state] = epsilon === 0 ? 0 : -sign * x / epsilon;
      chirality[state] = -sign * tilt;
      const left = (1 + sign * tilt) / 2, right = (1 - sign * tilt) / 2; // a², b²
      for (let l = 0; l < sites; l++) {
        density[state * sites + l] = left * modes.leftDensity[n * sites + l] +
          right * modes.rightDensity[n * sites + l];
      }
    }
  }
  return { energy, current, density, chirality };
}
