/**
 * The singular value decomposition of the banded B in O(L²): eigenvalues of BᵀB through its tridiagonal form, right vectors v by inverse iteration, left
 * vectors u = Bv/σ.
 *
 * Squaring B loses the small σ, of which the surface states of a slab always have some: there u = Bv/σ would be noise. Their left vectors come from BBᵀ
 * instead, and the two sides are matched by the small matrix uᵀBv, which holds σ without the square.
 *
 * @module
 */
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { BandEigenvectors, CLUSTER_GAP } from "../numerics/band_eigenvectors.ts";
import { bandToTridiagonal, tridiagonalWorkspace } from "../numerics/band_to_tridiagonal.ts";
import { jacobiEigenvectors, jacobiSvd } from "../numerics/jacobi.ts";
import { type SymmetricBand, symmetricBand } from "../numerics/symmetric_band.ts";
import { tridiagonalEigenvalues } from "../numerics/tridiagonal_eigenvalues.ts";
import { ChiralBlock } from "./chiral_block.ts";
import type { ChiralModes } from "./chiral_modes.ts";
import type { VectorSolver } from "./solver.ts";

/** Below this, relative to the largest σ, the left vectors come from BBᵀ; above it u = Bv/σ is good to 1e-11. */
const SMALL_SINGULAR_VALUE = 4e-3;

/**
 * σ² closer than this, relative to the largest, count as one degenerate level; of small modes, which are known without the square, σ themselves. Rounding
 * mixes vectors by about 1e-16 over the gap: single vectors of such a level mean nothing, but the level as a whole does.
 */
const DEGENERATE_GAP = 1e-9;

/** The structured solver; owns all of its memory, so that solving allocates nothing unless levels are degenerate or σ is small. */
export class StructuredSolver implements VectorSolver {
  readonly #sites: number;
  readonly #order: number;
  readonly #block: ChiralBlock;
  readonly #gram: SymmetricBand;
  readonly #workspace: Float64Array;
  readonly #subdiagonal: Float64Array;
  readonly #eigenvalue: Float64Array;
  readonly #eigenvectors: BandEigenvectors;
  readonly #left: Float64Array;
  readonly #right: Float64Array;

  /**
   * A solver with memory for one slab.
   *
   * @param slab The slab.
   */
  constructor(slab: Slab) {
    const order = 2 * slab.sites;
    this.#sites = slab.sites;
    this.#order = order;
    this.#block = new ChiralBlock(slab);
    this.#gram = symmetricBand(order);
    this.#workspace = tridiagonalWorkspace(order);
    this.#subdiagonal = new Float64Array(order);
    this.#eigenvalue = new Float64Array(order);
    this.#eigenvectors = new BandEigenvectors(order);
    this.#left = new Float64Array(order * order);
    this.#right = new Float64Array(order * order);
  }

  /** See {@linkcode VectorSolver.left}. */
  get left(): Float64Array {
    return this.#left;
  }

  /** See {@linkcode VectorSolver.right}. */
  get right(): Float64Array {
    return this.#right;
  }

  /** Solves at a momentum; see {@linkcode VectorSolver.solve}. */
  solve(momentum: Momentum, modes: ChiralModes): void {
    const order = this.#order;
    this.#block.moveTo(momentum);
    this.#block.gramMatrix(this.#gram, false);
    bandToTridiagonal(this.#gram, this.#eigenvalue, this.#subdiagonal, this.#workspace);
    tridiagonalEigenvalues(this.#eigenvalue, this.#subdiagonal);
    this.#eigenvectors.find(this.#gram, this.#eigenvalue, order, this.#right);

    const small = this.#smallCount();
    for (let n = small; n < order; n++) modes.singularValue[n] = this.#leftVector(n);
    if (small > 0) this.#matchSmall(small, modes.singularValue);
    this.#alignDegenerateLevels(small, modes.singularValue);
    this.#observe(modes);
  }

  /** How many modes, from the lowest, are matched from both sides: those of small σ and the rest of the last one's cluster. */
  #smallCount(): number {
    const eigenvalue = this.#eigenvalue, order = this.#order, scale = eigenvalue[order - 1];
    let count = 0;
    while (count < order && eigenvalue[count] <= SMALL_SINGULAR_VALUE ** 2 * scale) count++;
    while (count > 0 && count < order && eigenvalue[count] - eigenvalue[count - 1] <= CLUSTER_GAP * scale) count++;
    return count;
  }

  /** u_n = B v_n / σ_n; returns σ_n = ‖B v_n‖, whose error is of second order in that of v_n. */
  #leftVector(n: number): number {
    const order = this.#order, u = this.#left, at = n * order;
    this.#block.multiply(this.#right, at, u, at, false);
    let square = 0;
    for (let i = at; i < at + order; i++) square += u[i] * u[i];
    const sigma = Math.sqrt(square), inverse = 1 / sigma;
    for (let i = at; i < at + order; i++) u[i] *= inverse;
    return sigma;
  }

  /** Left vectors of the lowest modes from BBᵀ, then both sides rotated until uᵀBv is diagonal; σ is what stands on its diagonal. */
  #matchSmall(count: number, singularValue: Float64Array): void {
    const order = this.#order, u = this.#left, v = this.#right;
    this.#block.gramMatrix(this.#gram, true);
    this.#eigenvectors.find(this.#gram, this.#eigenvalue, count, u);
    const product = new Float64Array(order), mixed = new Float64Array(count * count);
    for (let j = 0; j < count; j++) {
      this.#block.multiply(v, j * order, product, 0, false);
      for (let i = 0; i < count; i++) mixed[i * count + j] = dot(u, i * order, product, 0, order);
    }
    const { values, left, right } = jacobiSvd(mixed, count);
    const ascending = [...values.keys()].sort((a, b) => values[a] - values[b]);
    rotate(u, left, ascending, 0, order);
    rotate(v, right, ascending, 0, order);
    ascending.forEach((from, n) => singularValue[n] = values[from]);
  }

  /** Within a degenerate level, rotates u and v alike until their mixed overlaps vanish: then J_y is diagonal in the level. */
  #alignDegenerateLevels(small: number, singularValue: Float64Array): void {
    const order = this.#order, eigenvalue = this.#eigenvalue, u = this.#left, v = this.#right;
    const squareGap = DEGENERATE_GAP * eigenvalue[order - 1], gap = DEGENERATE_GAP * Math.sqrt(eigenvalue[order - 1]);
    const joins = (n: number): boolean =>
      n < small ? singularValue[n] - singularValue[n - 1] <= gap : eigenvalue[n] - eigenvalue[n - 1] <= squareGap;
    for (let first = 0, end = 1; first < order; first = end++) {
      while (end < order && joins(end)) end++;
      const size = end - first;
      if (size === 1) continue;
      const overlap = new Float64Array(size * size);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j <= i; j++) {
          const ij = dot(u, (first + i) * order, v, (first + j) * order, order);
          const ji = dot(u, (first + j) * order, v, (first + i) * order, order);
          overlap[i * size + j] = overlap[j * size + i] = (ij + ji) / 2;
        }
      }
      const rows = jacobiEigenvectors(overlap, size);
      const inOrder = [...Array(size).keys()];
      rotate(u, rows, inOrder, first, order);
      rotate(v, rows, inOrder, first, order);
    }
  }

  #observe(modes: ChiralModes): void {
    const order = this.#order, sites = this.#sites, u = this.#left, v = this.#right;
    const { overlap, leftDensity, rightDensity } = modes;
    for (let n = 0; n < order; n++) {
      let sum = 0;
      for (let l = 0, i = n * order, o = n * sites; l < sites; l++, i += 2, o++) {
        const u0 = u[i], u1 = u[i + 1], v0 = v[i], v1 = v[i + 1];
        leftDensity[o] = u0 * u0 + u1 * u1;
        rightDensity[o] = v0 * v0 + v1 * v1;
        sum += u0 * v0 + u1 * v1;
      }
      overlap[n] = sum;
    }
  }
}

function dot(x: Float64Array, from: number, y: Float64Array, start: number, order: number): number {
  let sum = 0;
  for (let i = 0; i < order; i++) sum += x[from + i] * y[start + i];
  return sum;
}

/** Replaces the vectors first, first + 1, … by the combinations that stand in the rows of a small matrix, in the order wanted. */
function rotate(
  vectors: Float64Array,
  rows: Float64Array,
  wanted: readonly number[],
  first: number,
  order: number,
): void {
  const size = wanted.length;
  const old = vectors.slice(first * order, (first + size) * order);
  wanted.forEach((row, n) => {
    const target = vectors.subarray((first + n) * order, (first + n + 1) * order).fill(0);
    for (let j = 0; j < size; j++) {
      const weight = rows[row * size + j];
      for (let i = 0; i < order; i++) target[i] += weight * old[j * order + i];
    }
  });
}
