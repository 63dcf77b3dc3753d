/**
 * The solver that tests trust, behind the interface of the one that users run: B written out entry by entry, and its singular value decomposition left to
 * a library that has never heard of bands.
 *
 * @module
 */

import { EigenvalueDecomposition, Matrix, SVD } from "ml-matrix";
import type { ChiralModes } from "../../stages/diagonalize/chiral_modes.ts";
import type { ChiralSolver } from "../../stages/diagonalize/solver.ts";
import type { Momentum, Slab } from "../../stages/hamiltonian/slab.ts";
import { runs } from "./eigenstates.ts";

/**
 * Returns B(q) of the formula in `chiral_block.ts`, 2L × 2L, ordered chain by chain as it is printed: first all sites of the first chain, then those of
 * the second.
 */
export function denseChiralBlock(slab: Slab, { qy, qz }: Momentum): Matrix {
  const { sites, velocity: v, mass, hopping, chiralGaugeField } = slab;
  const massTerm = mass + 6 * hopping - 2 * hopping * (Math.cos(qy) + Math.cos(qz));
  const block = Matrix.zeros(2 * sites, 2 * sites);
  for (const [chain, sign] of [[0, 1], [1, -1]]) {
    const start = chain * sites;
    for (let l = 0; l < sites; l++) {
      block.set(start + l, start + l, massTerm - sign * chiralGaugeField[l]);
      block.set(start + l, sites - start + l, sign * v * Math.sin(qz));
      // T_{l,l+1} = 1: −λ + v/2 above the diagonal and −λ − v/2 below it, the other way round on the second chain.
      if (l + 1 < sites) block.set(start + l, start + l + 1, -hopping + sign * v / 2);
      if (l > 0) block.set(start + l, start + l - 1, -hopping - sign * v / 2);
    }
  }
  return block;
}

/** Solves by a dense singular value decomposition; u and v of a degenerate σ are turned until their mixed overlaps vanish. */
export class DenseSolver implements ChiralSolver {
  readonly #slab: Slab;
  readonly #tolerance: number;

  /** @param tolerance singular values closer than this, relative to the largest, are one level (default 1e-9). */
  constructor(slab: Slab, tolerance = 1e-9) {
    this.#slab = slab;
    this.#tolerance = tolerance;
  }

  /** Solves at a momentum; see {@linkcode ChiralSolver.solve}. */
  solve(momentum: Momentum, modes: ChiralModes): void {
    const { sites } = this.#slab, order = 2 * sites;
    const { diagonal, leftSingularVectors, rightSingularVectors } = new SVD(denseChiralBlock(this.#slab, momentum));
    const ascending = diagonal.map((_, n) => n).sort((a, b) => diagonal[a] - diagonal[b]);
    const all = ascending.map((_, row) => row);
    const left = leftSingularVectors.subMatrixColumn(ascending),
      right = rightSingularVectors.subMatrixColumn(ascending);
    modes.singularValue.set(ascending.map((n) => diagonal[n]));
    for (const [start, end] of runs(modes.singularValue, this.#tolerance * diagonal[ascending[order - 1]])) {
      const members = all.slice(start, end);
      const u = left.subMatrixColumn(members), v = right.subMatrixColumn(members);
      const overlap = u.transpose().mmul(v);
      const mixed = Matrix.add(overlap, overlap.transpose()).mul(0.5);
      const { eigenvectorMatrix } = new EigenvalueDecomposition(mixed, { assumeSymmetric: true });
      const turnedU = u.mmul(eigenvectorMatrix), turnedV = v.mmul(eigenvectorMatrix);
      members.forEach((n, member) => {
        let sum = 0;
        for (let l = 0; l < sites; l++) {
          const [u0, u1, v0, v1] = [turnedU, turnedV].flatMap((turned) =>
            [l, sites + l].map((i) => turned.get(i, member))
          );
          modes.leftDensity[n * sites + l] = u0 * u0 + u1 * u1;
          modes.rightDensity[n * sites + l] = v0 * v0 + v1 * v1;
          sum += u0 * v0 + u1 * v1;
        }
        modes.overlap[n] = sum;
      });
    }
  }
}
