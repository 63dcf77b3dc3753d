/**
 * The two chiral branches of the slab at one q_z, the Fermi arc and the chiral Landau level: where each passes a given energy, and the state there orbital by
 * orbital.
 *
 * Both come from the lowest mode of B: in the sector S = −1 its left vector u runs as E = +v sin q_y, in S = +1 its right vector v as E = −v sin q_y. Which of the
 * two is the Fermi arc depends on the signs of v and A⁵ and is read off where they sit. Since ε² = v² sin² q_y + σ² is even in q_y, the branches meet an energy
 * at opposite q_y.
 *
 * @module
 */
import { ChiralBlock } from "../diagonalize/chiral_block.ts";
import { type BranchName, branchNames } from "../diagonalize/chiral_densities.ts";
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { BandEigenvectors } from "../numerics/band_eigenvectors.ts";
import { bandToTridiagonal, tridiagonalWorkspace } from "../numerics/band_to_tridiagonal.ts";
import { type SymmetricBand, symmetricBand } from "../numerics/symmetric_band.ts";
import { tridiagonalEigenvalues } from "../numerics/tridiagonal_eigenvalues.ts";
import { ORBITALS } from "./recursion.ts";
import { firstCrossing } from "./first_crossing.ts";

/** A state of a chiral branch; of a degenerate level, the mean over it. */
export interface ChiralState {
  /** Which branch. */
  readonly branch: BranchName;
  /** Where it has the energy that was asked for. */
  readonly qy: number;
  /** |⟨lν|ψ⟩|², shape `[site][orbital]`; adds up to 1. */
  readonly density: Float64Array;
}

/** Intervals of q_y ∈ [0, π] that are searched for the energy; the chiral branches are monotonic over many of them. */
const INTERVALS = 128;

/** σ² closer than this to the lowest, relative to the largest, belong to one level: as in the solver, single vectors of a level mean nothing. */
const DEGENERATE_GAP = 1e-9;

/** The lowest level of B: orthonormal bases of its left and right vectors. */
interface LowestLevel {
  readonly size: number;
  /** Shape `[vector][site][chain]`. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** u_iᵀ B v_j, shape `[i][j]`: what is left of σ in bases that are not matched. */
  readonly mixed: Float64Array;
}

/** The branches of a slab at one q_z; owns its memory. */
export class ChiralBranches {
  readonly #slab: Slab;
  readonly #qz: number;
  readonly #block: ChiralBlock;
  readonly #gram: SymmetricBand;
  readonly #eigenvalue: Float64Array;
  readonly #subdiagonal: Float64Array;
  readonly #workspace: Float64Array;
  /** ε² at the ends of the intervals. */
  readonly #scan: Float64Array;

  /**
   * Scans the lowest energies along q_y.
   *
   * @param slab The slab.
   * @param qz q_z.
   * @param pulse Called before each of the 129 momenta; may throw to stop the work.
   * @throws {Error} If an eigenvalue does not converge.
   */
  constructor(slab: Slab, qz: number, pulse: () => void = () => {}) {
    const order = 2 * slab.sites;
    this.#slab = slab;
    this.#qz = qz;
    this.#block = new ChiralBlock(slab);
    this.#gram = symmetricBand(order);
    this.#eigenvalue = new Float64Array(order);
    this.#subdiagonal = new Float64Array(order);
    this.#workspace = tridiagonalWorkspace(order);
    this.#scan = Float64Array.from({ length: INTERVALS + 1 }, (_, i) => {
      pulse();
      return this.#lowestSquare(Math.PI * i / INTERVALS);
    });
  }

  /**
   * The chiral states at an energy, each where its branch passes it first, going out from q_y = 0.
   *
   * @param energy The energy.
   * @param resolution Where the branches avoid each other at q_y = 0 by less than this, they count as crossing: an energy within the gap finds them at
   * q_y = 0, each in its own sector.
   * @returns The state with S = −1, E = +v sin q_y, then that with S = +1; none if no branch passes the energy.
   * @throws {Error} If an eigenvector does not converge.
   */
  states(energy: number, resolution: number): ChiralState[] {
    const unresolved = energy ** 2 < this.#scan[0];
    if (unresolved && this.#scan[0] > resolution ** 2) return [];
    const qy = unresolved ? 0 : firstCrossing(
      (q) => this.#lowestSquare(q),
      this.#scan.map((_, i) => Math.PI * i / INTERVALS),
      this.#scan,
      energy ** 2,
    );
    if (qy === undefined) return [];
    const level = this.#lowestLevel(qy), drift = this.#slab.velocity * Math.sin(qy);
    const lowest = Math.sqrt(Math.max(0, this.#eigenvalue[0]) + drift ** 2);
    // a² − b² of the sector that the branch lies in, and 2ab/σ, which has the sign of the energy.
    const tilt = unresolved || lowest === 0 ? 1 : Math.abs(drift) / lowest;
    const mixing = unresolved || lowest === 0 ? 0 : Math.sign(energy) / lowest;
    const [left, right] = this.#names(level);
    const direction = energy * this.#slab.velocity < 0 ? -1 : 1;
    return [
      { branch: left, qy: 0 + direction * qy, density: this.#density(level, (1 + tilt) / 2, (1 - tilt) / 2, mixing) },
      { branch: right, qy: 0 - direction * qy, density: this.#density(level, (1 - tilt) / 2, (1 + tilt) / 2, mixing) },
    ];
  }

  /** ε² of the lowest mode; its absolute error is rounding of the largest, so that small σ do no harm. */
  #lowestSquare(qy: number): number {
    this.#eigenvaluesAt({ qy, qz: this.#qz });
    return Math.max(0, this.#eigenvalue[0]) + (this.#slab.velocity * Math.sin(qy)) ** 2;
  }

  /** σ² of all modes, and BᵀB, at a momentum. */
  #eigenvaluesAt(momentum: Momentum): void {
    this.#block.moveTo(momentum);
    this.#block.gramMatrix(this.#gram, false);
    bandToTridiagonal(this.#gram, this.#eigenvalue, this.#subdiagonal, this.#workspace);
    tridiagonalEigenvalues(this.#eigenvalue, this.#subdiagonal);
  }

  #lowestLevel(qy: number): LowestLevel {
    this.#eigenvaluesAt({ qy, qz: this.#qz });
    const order = 2 * this.#slab.sites, eigenvalue = this.#eigenvalue;
    const gap = DEGENERATE_GAP * eigenvalue[order - 1];
    let size = 1;
    while (size < order && eigenvalue[size] - eigenvalue[size - 1] <= gap) size++;
    const eigenvectors = new BandEigenvectors(order);
    const left = new Float64Array(size * order), right = new Float64Array(size * order);
    eigenvectors.find(this.#gram, eigenvalue, size, right);
    this.#block.gramMatrix(this.#gram, true);
    eigenvectors.find(this.#gram, eigenvalue, size, left);
    const mixed = new Float64Array(size * size), product = new Float64Array(order);
    for (let j = 0; j < size; j++) {
      this.#block.multiply(right, j * order, product, 0, false);
      for (let i = 0; i < size; i++) {
        for (let k = 0; k < order; k++) mixed[i * size + j] += left[i * order + k] * product[k];
      }
    }
    return { size, left, right, mixed };
  }

  /** The names of the two sectors: the Fermi arc is the one closer to a surface, the chiral Landau level the one deeper in the slab. */
  #names({ left, right }: LowestLevel): [BranchName, BranchName] {
    return branchNames(this.#meanDepth(left), this.#meanDepth(right));
  }

  /** Mean distance of vectors from the surface that is nearer to each site. */
  #meanDepth(vectors: Float64Array): number {
    const { sites } = this.#slab;
    let sum = 0, norm = 0;
    vectors.forEach((value, i) => {
      const l = Math.floor(i / 2) % sites;
      sum += Math.min(l, sites - 1 - l) * value * value;
      norm += value * value;
    });
    return sum / norm;
  }

  /**
   * |⟨lν|ψ⟩|² of ψ = (a u, b v), by ¼(1 ± τ_z)(1 ± σ_z) in the basis of S; mean over the level.
   *
   * The terms with one u and one v need them matched: over a level, 2ab Σ_n u_n v_nᵀ is (2ab/σ) times Σ_ij u_i (uᵢᵀBvⱼ) vⱼᵀ in any bases.
   */
  #density({ size, left, right, mixed }: LowestLevel, a2: number, b2: number, mixing: number): Float64Array {
    const { sites } = this.#slab, order = 2 * sites;
    const density = new Float64Array(ORBITALS * sites);
    for (let l = 0; l < sites; l++) {
      let one = 0, tau = 0, spin = 0, both = 0;
      for (let i = 0; i < size; i++) {
        const u0 = left[i * order + 2 * l], u1 = left[i * order + 2 * l + 1];
        const v0 = right[i * order + 2 * l], v1 = right[i * order + 2 * l + 1];
        one += a2 * (u0 * u0 + u1 * u1) + b2 * (v0 * v0 + v1 * v1);
        tau += 2 * (b2 * v0 * v1 - a2 * u0 * u1);
        for (let j = 0; j < size; j++) {
          const w0 = right[j * order + 2 * l], w1 = right[j * order + 2 * l + 1];
          const weight = mixing * mixed[i * size + j];
          spin += weight * (u1 * w1 - u0 * w0);
          both += weight * (u1 * w0 - u0 * w1);
        }
      }
      const at = ORBITALS * l, share = 1 / (4 * size);
      density[at] = share * (one + tau + spin + both);
      density[at + 1] = share * (one + tau - spin - both);
      density[at + 2] = share * (one - tau + spin - both);
      density[at + 3] = share * (one - tau - spin + both);
    }
    return density;
  }
}
