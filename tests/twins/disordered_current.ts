/**
 * Disorder and baths by brute force: dense inverses at every momentum of the whole zone, plain damped iteration for Σ^R, and Σ^< added up scattering by scattering.
 *
 * @module
 */
import { adjoint, combine, type ComplexMatrix, identityMatrix, inverse, multiply } from "./complex_matrix.ts";
import { midpoints, type MomentumGrid } from "./current.ts";
import { denseCurrent, denseHamiltonian, ORBITALS, type SlabParameters } from "./slab.ts";

/** Which Born approximation, and w² = κ, or (2π)²κ as printed. */
export interface DenseDisorder {
  /** Which. */
  readonly scheme: "fba" | "scba";
  /** The variance of the random energies. */
  readonly variance: number;
}

/** What is known at one frequency. */
export interface DisorderedState {
  /** Σ^R of disorder, [orbital]. */
  readonly re: Float64Array;
  /** Its imaginary part. */
  readonly im: Float64Array;
  /** Returns Im Σ^<, that of the baths and what scattering makes of it, for baths that fill orbital i with Im Σ^<_i = inflow_i. */
  readonly lesser: (inflow: Float64Array) => Float64Array;
  /** Returns ∫d²q/(2π)² Im Tr J_y G^R Σ^< G^A. */
  readonly current: (lesser: Float64Array) => number;
  /** Returns the mean of G^R Σ^< G^A over the zone, 4L × 4L. */
  readonly filled: (lesser: Float64Array) => ComplexMatrix;
  /** The mean of G^R over the zone. */
  readonly retarded: ComplexMatrix;
}

/** Σ^R where an iteration may begin, changed in place, so that neighbouring frequencies help one another. */
export type Start = { readonly re: Float64Array; readonly im: Float64Array };

/**
 * Returns the slab at one frequency.
 *
 * @param coupling Γ_l, [site].
 * @throws {Error} if Σ^R does not converge in ten thousand steps.
 */
export function disorderedState(
  parameters: SlabParameters,
  grid: MomentumGrid,
  coupling: Float64Array,
  { scheme, variance }: DenseDisorder,
  omega: number,
  start: Start = empty(parameters.sites),
): DisorderedState {
  const order = ORBITALS * parameters.sites, baths = Float64Array.from({ length: order }, (_, i) => coupling[i >> 2]);
  const momenta = [...midpoints(grid.qy)].flatMap((qy) => [...midpoints(grid.qz)].map((qz) => ({ qy, qz })));
  const hamiltonians = momenta.map(({ qy, qz }) => denseHamiltonian(parameters, qy, qz));
  const greens = ({ re, im }: Start): ComplexMatrix[] =>
    hamiltonians.map((h) => {
      const own = combine([omega, identityMatrix(order)], [-1, h]);
      for (let i = 0; i < order; i++) {
        own.re[i * order + i] -= re[i];
        own.im[i * order + i] += baths[i] / 2 - im[i];
      }
      return inverse(own);
    });
  const mean = (matrices: readonly ComplexMatrix[]): ComplexMatrix =>
    combine(...matrices.map((matrix) => [1 / matrices.length, matrix] as const));
  const born = (green: readonly ComplexMatrix[]): Start => {
    const g = mean(green), diagonal = empty(parameters.sites);
    for (let i = 0; i < order; i++) {
      diagonal.re[i] = variance * g.re[i * order + i];
      diagonal.im[i] = variance * g.im[i * order + i];
    }
    return diagonal;
  };
  const clean = greens(empty(parameters.sites));
  const { re, im } = scheme === "fba" ? born(clean) : start;
  for (let step = 0, change = 1; scheme === "scba" && change > 1e-13; step++) {
    if (step > 10_000) throw new Error(`Cannot iterate the dense self-energy: a step still changes it by ${change}`);
    const next = born(greens(start));
    change = 0;
    for (let i = 0; i < order; i++) {
      change = Math.max(change, Math.hypot(next.re[i] - re[i], next.im[i] - im[i]));
      re[i] = (re[i] + next.re[i]) / 2;
      im[i] = (im[i] + next.im[i]) / 2;
    }
  }
  const dressed = greens({ re, im });
  const through = (green: readonly ComplexMatrix[], lesser: Float64Array): ComplexMatrix[] => {
    const source = combine([[0, 1], identityMatrix(order)]);
    for (let i = 0; i < order; i++) source.im[i * order + i] = lesser[i];
    return green.map((g) => multiply(multiply(g, source), adjoint(g)));
  };
  const scattered = (green: readonly ComplexMatrix[], lesser: Float64Array): Float64Array => {
    const g = mean(through(green, lesser));
    return lesser.map((_, i) => variance * g.im[i * order + i]);
  };
  return {
    re: re.slice(),
    im: im.slice(),
    lesser(inflow) {
      let last = scheme === "fba" ? scattered(clean, inflow) : scattered(dressed, inflow);
      const total = inflow.map((value, i) => value + last[i]);
      while (scheme === "scba" && last.some((value) => Math.abs(value) > 1e-14)) {
        last = scattered(dressed, last);
        for (let i = 0; i < order; i++) total[i] += last[i];
      }
      return total;
    },
    current(lesser) {
      let sum = 0;
      through(dressed, lesser).forEach((g, k) => {
        const product = multiply(denseCurrent(parameters, momenta[k].qy), g);
        for (let i = 0; i < order; i++) sum += product.im[i * order + i] / momenta.length;
      });
      return sum;
    },
    filled: (lesser) => mean(through(dressed, lesser)),
    retarded: mean(dressed),
  };
}

function empty(sites: number): Start {
  return { re: new Float64Array(ORBITALS * sites), im: new Float64Array(ORBITALS * sites) };
}
