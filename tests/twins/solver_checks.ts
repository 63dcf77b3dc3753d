/**
 * What every solver of B is held to: a dense decomposition of B, the complex Hamiltonian that B was distilled from, and sum rules where these take too long.
 *
 * Vectors within a level mean nothing, so sums over runs of levels are compared; levels closer than a part in 10⁴ of the spectrum form one run, since
 * the closer two levels are, the less of their vectors is determined (by about 1e-16 over their distance, in either solver).
 *
 * @module
 */

import { assert } from "@std/assert";
import { type ChiralModes, chiralModes, eigenstates } from "../../stages/diagonalize/chiral_modes.ts";
import type { ChiralSolver } from "../../stages/diagonalize/solver.ts";
import type { Momentum, Slab } from "../../stages/hamiltonian/slab.ts";
import { DenseSolver } from "./dense_solver.ts";
import { denseBlocks, runs } from "./eigenstates.ts";
import type { Case } from "./slab_families.ts";

/** Singular values, relative to the largest: a dense decomposition is no better. */
const SIGMA = 1e-12;

/** Everything that vectors enter into. Observed over 100 000 cases of these kinds: 6e-11 at worst, 1e-12 as a rule. */
const VECTOR = 1e-10;

/** Levels closer than this share a run, relative to the largest. */
const RUN = 1e-4;

/** Returns the modes, none of which were there before. */
export function modesOf(solver: ChiralSolver, sites: number, momentum: Momentum): ChiralModes {
  const modes = chiralModes(sites);
  // A solver must not remember: neither what it solved before, nor what its result held.
  for (const values of Object.values(modes)) values.fill(NaN);
  solver.solve(momentum, modes);
  return modes;
}

function assertSame(actual: number, expected: number, tolerance: number, what: string): void {
  assert(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected}`);
}

/** Sums over runs of levels: the densities at every site, and σ times the overlap. */
function sums(modes: ChiralModes, sites: number, [start, end]: readonly [number, number]): Float64Array {
  const result = new Float64Array(2 * sites + 1);
  for (let n = start; n < end; n++) {
    for (let l = 0; l < sites; l++) {
      result[l] += modes.leftDensity[n * sites + l];
      result[sites + l] += modes.rightDensity[n * sites + l];
    }
    result[2 * sites] += modes.singularValue[n] * modes.overlap[n];
  }
  return result;
}

/**
 * Compares the modes of a solver with a dense decomposition of B.
 *
 * @throws {Error} if they differ.
 */
export function assertSameModes(solver: ChiralSolver, { parameters, qy, qz }: Case): void {
  const { sites } = parameters;
  const actual = modesOf(solver, sites, { qy, qz });
  const expected = modesOf(new DenseSolver(parameters), sites, { qy, qz });
  const largest = expected.singularValue[2 * sites - 1];
  expected.singularValue.forEach((sigma, n) =>
    assertSame(actual.singularValue[n], sigma, SIGMA * largest, `singular value ${n}`)
  );
  for (const run of runs(expected.singularValue, RUN * largest + 1e-300)) {
    const expectedSums = sums(expected, sites, run);
    sums(actual, sites, run).forEach((value, k) =>
      assertSame(value, expectedSums[k], VECTOR * (1 + largest), `sum ${k} over the levels ${run}`)
    );
  }
}

/**
 * Compares E, J_y, P(l) and Tr(J_y Q^l) of the eigenstates of H with those of the complex 4L × 4L matrix.
 *
 * @throws {Error} if they differ.
 */
export function assertSameStates(solver: ChiralSolver, { parameters, qy, qz }: Case): void {
  const { sites } = parameters;
  const states = eigenstates(parameters, { qy, qz }, modesOf(solver, sites, { qy, qz }));
  const blocks = denseBlocks(parameters, qy, qz, 1e-9);
  const energy = Float64Array.from(blocks.flatMap((block) => new Array<number>(block.size).fill(block.energy)));
  const largest = Math.max(1, Math.abs(energy[0]));
  const begin: number[] = [];
  blocks.reduce((start, { size }) => (begin.push(start), start + size), 0);
  for (const [start, end] of runs(energy, RUN * largest)) {
    const expected = new Float64Array(2 + 2 * sites), actual = new Float64Array(2 + 2 * sites);
    blocks.forEach((block, k) => {
      if (begin[k] < start || begin[k] >= end) return;
      expected[0] += block.size * block.energy;
      expected[1] += block.current;
      for (let l = 0; l < sites; l++) {
        expected[2 + l] += block.density[l];
        expected[2 + sites + l] += block.currentDensity[l];
      }
    });
    for (let state = start; state < end; state++) {
      actual[0] += states.energy[state];
      actual[1] += states.current[state];
      for (let l = 0; l < sites; l++) {
        actual[2 + l] += states.density[state * sites + l];
        actual[2 + sites + l] += states.current[state] * states.density[state * sites + l];
      }
    }
    actual.forEach((value, k) =>
      assertSame(value, expected[k], VECTOR * largest, `sum ${k}, states ${start} to ${end}`)
    );
  }
}

/** ‖B‖² from the entries of B, site by site. */
function squaredNorm(slab: Slab, { qy, qz }: Momentum): number {
  const { sites, velocity: v, mass, hopping, chiralGaugeField } = slab;
  const massTerm = mass + 6 * hopping - 2 * hopping * (Math.cos(qy) + Math.cos(qz));
  return chiralGaugeField.reduce(
    (sum, a) => sum + (massTerm - a) ** 2 + (massTerm + a) ** 2 + 2 * (v * Math.sin(qz)) ** 2,
    2 * (sites - 1) * ((hopping - v / 2) ** 2 + (hopping + v / 2) ** 2),
  );
}

/**
 * Checks what holds at any order: norms, completeness, Σσ² = ‖B‖². Errors of many vectors add up, hence 1e-9 for completeness.
 *
 * @throws {Error} if it does not hold.
 */
export function assertSumRules(solver: ChiralSolver, slab: Slab, momentum: Momentum): void {
  const { sites } = slab, order = 2 * sites, modes = modesOf(solver, sites, momentum);
  for (const [name, values] of Object.entries(modes)) assert(values.every(Number.isFinite), `${name} is not finite`);
  const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const expected = squaredNorm(slab, momentum);
  assertSame(total(modes.singularValue.map((sigma) => sigma * sigma)), expected, 1e-12 * expected, "Σσ²");
  modes.singularValue.forEach((sigma, n) =>
    assert(sigma >= 0 && (n === 0 || sigma >= modes.singularValue[n - 1] - 1e-12 * Math.sqrt(expected)))
  );
  for (const density of [modes.leftDensity, modes.rightDensity]) {
    assert(density.every((value) => value >= 0));
    const atSite = new Float64Array(sites);
    for (let n = 0; n < order; n++) {
      const vector = density.subarray(n * sites, (n + 1) * sites);
      assertSame(total(vector), 1, 1e-12, `norm of vector ${n}`);
      vector.forEach((value, l) => atSite[l] += value);
    }
    atSite.forEach((value, l) => assertSame(value, 2, 1e-9, `Σ_n of the densities at site ${l}`));
  }
  assert(modes.overlap.every((overlap) => Math.abs(overlap) <= 1 + 1e-12));
}
