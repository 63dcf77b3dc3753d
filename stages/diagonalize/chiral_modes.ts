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

/** Levels closer to zero than this, relative to the largest σ, are at zero: there the branches ±ε of a mode cross instead of avoiding each other. */
const ZERO_LEVEL = 1e-9;

/** The upper one of a mode's two branches; the lower one has all signs reversed. */
export interface Branch {
  /** ε_n = √(v² sin² q_y + σ_n²). */
  readonly energy: number;
  /** ∂ε_n/∂q_y, which is −⟨J_y⟩. */
  readonly slope: number;
  /** a² − b² = v sin q_y/ε_n, how much more of the state is in u than in v. */
  readonly tilt: number;
}

/**
 * Energy, slope and composition of a mode's upper branch.
 *
 * From ε² = v² sin² q_y + σ² and ∂σ/∂q_y = u·(∂B/∂q_y)v = 2λ sin q_y u·v. At zero energy the two branches are one degenerate level, in which no
 * projector on a site mixes u with v: in the basis of u and v alone the diagonal elements add up to the trace of J_y with such a projector.
 *
 * @param slab The slab.
 * @param qy q_y.
 * @param modes The modes at a momentum with this q_y.
 * @param n The mode.
 * @returns The branch.
 */
export function upperBranch(slab: Slab, qy: number, modes: ChiralModes, n: number): Branch {
  const { velocity, hopping } = slab, { singularValue, overlap } = modes;
  const sine = Math.sin(qy), drift = velocity * sine, sigma = singularValue[n];
  const energy = Math.sqrt(drift * drift + sigma * sigma);
  if (energy <= ZERO_LEVEL * singularValue[singularValue.length - 1]) {
    const tilt = drift < 0 ? -1 : 1;
    return { energy, slope: tilt * velocity * Math.cos(qy), tilt };
  }
  const weight = velocity * velocity * sine * Math.cos(qy) + 2 * hopping * sine * sigma * overlap[n];
  return { energy, slope: weight / energy, tilt: drift / energy };
}

/**
 * Eigenstates of H from the modes of B.
 *
 * @param slab The slab.
 * @param momentum The momentum of the modes.
 * @param modes The modes.
 * @returns The eigenstates; at E = 0 (which needs sin q_y = 0 or v = 0) those of u and of v alone.
 */
export function eigenstates(slab: Slab, momentum: Momentum, modes: ChiralModes): Eigenstates {
  const { sites } = slab, order = 2 * sites;
  const energy = new Float64Array(2 * order), current = new Float64Array(2 * order);
  const chirality = new Float64Array(2 * order), density = new Float64Array(2 * order * sites);
  for (let n = 0; n < order; n++) {
    const branch = upperBranch(slab, momentum.qy, modes, n), { tilt } = branch;
    for (const sign of [-1, 1]) {
      const state = sign < 0 ? order - 1 - n : order + n;
      energy[state] = sign * branch.energy;
      current[state] = -sign * branch.slope;
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
