/**
 * The structured solver against a dense decomposition of B, and against the complex Hamiltonian that B was distilled from; both where levels are simple and
 * where they meet.
 *
 * Vectors within a level mean nothing, so sums over runs of levels are compared; levels closer than a part in 10⁴ of the spectrum form one run, since
 * the closer two levels are, the less of their vectors is determined (by about 1e-16 over their distance, in either solver).
 *
 * @module
 */
import { assert, assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import fc from "fast-check";
import { DenseSolver } from "../../tests/twins/dense_solver.ts";
import { denseBlocks, denseEigenstates, runs } from "../../tests/twins/eigenstates.ts";
import { type Case, FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { type ChiralModes, chiralModes, eigenstates } from "./chiral_modes.ts";
import type { ChiralSolver } from "./solver.ts";
import { StructuredSolver } from "./structured_solver.ts";

/** Singular values, relative to the largest: a dense decomposition is no better. */
const SIGMA = 1e-12;

/** Everything that vectors enter into. Observed over 100 000 cases of these kinds: 6e-11 at worst, 1e-12 as a rule. */
const VECTOR = 1e-10;

/** Levels closer than this share a run, relative to the largest. */
const RUN = 1e-4;

function modesOf(solver: ChiralSolver, sites: number, momentum: Momentum): ChiralModes {
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

function assertSameModes({ parameters, qy, qz }: Case): void {
  const { sites } = parameters;
  const actual = modesOf(new StructuredSolver(parameters), sites, { qy, qz });
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

/** E, J_y, P(l) and Tr(J_y Q^l) of the eigenstates of H against those of the complex 4L × 4L matrix. */
function assertSameStates({ parameters, qy, qz }: Case): void {
  const { sites } = parameters;
  const states = eigenstates(parameters, { qy, qz }, modesOf(new StructuredSolver(parameters), sites, { qy, qz }));
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

for (const name of Object.keys(FAMILIES)) {
  const numRuns = name === "generic" ? 150 : 40;
  Deno.test(`${name}: modes are those of the dense B, states those of the complex H`, () => {
    fc.assert(
      fc.property(family(name, 1, 12), (value) => {
        assertSameModes(value);
        // The complex twin takes the time of four: small slabs are where all the special cases are.
        if (value.parameters.sites <= 6) assertSameStates(value);
      }),
      { ...REPEATABLE, numRuns },
    );
  });
}

Deno.test("L = 30 and 50: modes are those of the dense B, states those of the complex H", () => {
  for (const name of ["linear A⁵", "A⁵ = 0", "q_z = 0"]) {
    for (const value of fc.sample(family(name, 30, 30), { seed: 5, numRuns: 2 })) {
      assertSameModes(value);
      assertSameStates(value);
    }
    for (const value of fc.sample(family(name, 50, 50), { seed: 6, numRuns: 2 })) assertSameModes(value);
  }
});

Deno.test("two levels at zero energy that cross at q_y = 0 are taken apart by J_y", () => {
  // The slab of the twin's own test of the limit Γ → 0: at this mass, found by bisection, B(0, 1) is singular.
  const parameters = {
    sites: 3,
    velocity: 0.9,
    mass: 2.2618781021865573,
    hopping: -0.7,
    chiralGaugeField: Float64Array.of(1.3, -0.4, 0.6),
  };
  assertSameStates({ parameters, qy: 0, qz: 1 });
  const states = eigenstates(
    parameters,
    { qy: 0, qz: 1 },
    modesOf(new StructuredSolver(parameters), 3, { qy: 0, qz: 1 }),
  );
  assertAlmostEquals(states.current[5], 0.9, 1e-12);
  assertAlmostEquals(states.current[6], -0.9, 1e-12);
  assertAlmostEquals(states.chirality[5], 1, 1e-12);
});

Deno.test("two levels whose σ both vanish next to the largest stay apart, though their σ² do not", () => {
  const qz = 1e-5;
  const parameters = {
    sites: 2,
    velocity: 1,
    hopping: 0.5,
    mass: 2e-5 - 3 + 1 + Math.cos(qz),
    chiralGaugeField: Float64Array.of(1e-5, 0.7),
  };
  for (const qy of [0, 1e-5]) {
    const modes = modesOf(new StructuredSolver(parameters), 2, { qy, qz });
    assertLess(modes.singularValue[1] ** 2, 1e-9 * modes.singularValue[3] ** 2);
    const states = eigenstates(parameters, { qy, qz }, modes), expected = denseEigenstates(parameters, qy, qz, 1e-9);
    assertGreater(expected.energy[5] - expected.energy[4], 1e-5);
    // Two levels 1e-5 apart: their vectors are known to 1e-16/1e-5.
    expected.density.forEach((p, k) => assertAlmostEquals(states.density[k], p, 1e-10));
    expected.current.forEach((j, k) => assertAlmostEquals(states.current[k], j, 1e-9));
  }
});

Deno.test("without field at M(q) = 0 no vector is lost to the rounding that couples four equal chains", () => {
  fc.assert(
    fc.property(family("q_y = 0, M = 0 and A⁵ = 0", 2, 6), ({ parameters, qy, qz }) => {
      assertSumRules(parameters, { qy, qz });
    }),
    { ...REPEATABLE, numRuns: 2000 },
  );
});

/** ‖B‖² from the entries of B, site by site. */
function squaredNorm(slab: Slab, { qy, qz }: Momentum): number {
  const { sites, velocity: v, mass, hopping, chiralGaugeField } = slab;
  const massTerm = mass + 6 * hopping - 2 * hopping * (Math.cos(qy) + Math.cos(qz));
  return chiralGaugeField.reduce(
    (sum, a) => sum + (massTerm - a) ** 2 + (massTerm + a) ** 2 + 2 * (v * Math.sin(qz)) ** 2,
    2 * (sites - 1) * ((hopping - v / 2) ** 2 + (hopping + v / 2) ** 2),
  );
}

/** What holds at any order: norms, completeness, Σσ² = ‖B‖². Errors of many vectors add up, hence 1e-9 for completeness. */
function assertSumRules(slab: Slab, momentum: Momentum): void {
  const { sites } = slab, order = 2 * sites, modes = modesOf(new StructuredSolver(slab), sites, momentum);
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

Deno.test("L = 101, 200, 400: no NaN, norms, completeness and Σσ² = ‖B‖²", () => {
  const shapes: { [name: string]: (l: number, sites: number) => number } = {
    linear: (l, sites) => 1.6 * (1 - l / sites),
    constant: () => 0.7,
    none: () => 0,
    rough: (l) => 2 * Math.sin(37 * l * l),
  };
  for (const sites of [101, 200, 400]) {
    const names = sites === 400 ? ["linear", "none"] : Object.keys(shapes);
    for (const name of names) {
      const slab = {
        sites,
        velocity: 1,
        mass: 0.1,
        hopping: -1,
        chiralGaugeField: Float64Array.from({ length: sites }, (_, l) => shapes[name](l, sites)),
      };
      for (const momentum of [{ qy: 0.8, qz: 0 }, { qy: 0, qz: 1 }, { qy: 2.9, qz: 3.1 }, { qy: 0, qz: 0 }]) {
        assertSumRules(slab, momentum);
      }
    }
  }
});
