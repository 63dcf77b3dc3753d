/**
 * The eigenstates of H against what holds for the physics: symmetries, Hellmann–Feynman, and the chiral states of the paper's slab.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import fc from "fast-check";
import { runs } from "../../tests/twins/eigenstates.ts";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { type Case, FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { chiralModes, type Eigenstates, eigenstates, upperBranch } from "./chiral_modes.ts";
import { foldedAxis } from "./midpoint_grid.ts";
import { StructuredSolver } from "./structured_solver.ts";

function statesAt(slab: Slab, qy: number, qz: number): Eigenstates {
  const modes = chiralModes(slab.sites);
  new StructuredSolver(slab).solve({ qy, qz }, modes);
  return eigenstates(slab, { qy, qz }, modes);
}

/** Random cases of every family in turn. */
const anyCase = (): fc.Arbitrary<Case> => fc.oneof(...Object.keys(FAMILIES).map((name) => family(name, 1, 10)));

const total = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

/** Sums over levels closer than 1e-3 (within which vectors are known to 1e-16/1e-3 only): ⟨J⟩, ⟨S⟩, the densities. */
function levelSums({ energy, current, chirality, density }: Eigenstates, sign: 1 | -1): Float64Array[] {
  const sites = density.length / energy.length, ascending = sign > 0 ? energy : energy.map((e) => -e).reverse();
  return runs(ascending, 1e-3).map(([start, end]) => {
    const sums = new Float64Array(2 + sites);
    for (let k = start; k < end; k++) {
      const state = sign > 0 ? k : energy.length - 1 - k;
      sums[0] += current[state];
      sums[1] += chirality[state];
      for (let l = 0; l < sites; l++) sums[2 + l] += density[state * sites + l];
    }
    return sums;
  });
}

function assertSameLevels(actual: Float64Array[], expected: Float64Array[]): void {
  assertEquals(actual.length, expected.length);
  // As the solver against its twin: 1e-10.
  actual.forEach((sums, k) => sums.forEach((value, i) => assertAlmostEquals(value, expected[k][i], 1e-10)));
}

Deno.test("particle–hole: at −q the spectrum is upside down, and each level has its current and its density", () => {
  fc.assert(
    fc.property(anyCase(), ({ parameters, qy, qz }) => {
      const here = statesAt(parameters, qy, qz), there = statesAt(parameters, -qy, -qz);
      here.energy.forEach((energy, state) => assertAlmostEquals(there.energy.at(-1 - state)!, -energy, 1e-12));
      const [mine, mirrored] = [levelSums(here, 1), levelSums(there, -1)];
      // γˣ H(q) γˣ† = −H(−q) leaves J_y and S, which come with odd functions of q_y in H, as they are.
      assertSameLevels(mirrored, mine);
    }),
    { ...REPEATABLE, numRuns: 200 },
  );
});

Deno.test("the level E at −q_y is the level −E at q_y, with its J, S and density; at −q_z everything is as at q_z", () => {
  fc.assert(
    fc.property(anyCase(), ({ parameters, qy, qz }) => {
      const here = statesAt(parameters, qy, qz),
        back = statesAt(parameters, -qy, qz),
        across = statesAt(parameters, qy, -qz);
      assertEquals(back.energy, here.energy);
      assertSameLevels(levelSums(back, 1), levelSums(here, -1));
      here.energy.forEach((energy, state) => assertAlmostEquals(across.energy[state], energy, 1e-12));
      assertSameLevels(levelSums(across, 1), levelSums(here, 1));
    }),
    { ...REPEATABLE, numRuns: 200 },
  );
});

Deno.test("norms, Tr H = Tr J = Tr S = 0, two states of each chirality and four in all a site", () => {
  fc.assert(
    fc.property(anyCase(), ({ parameters, qy, qz }) => {
      const { sites } = parameters, { energy, current, chirality, density } = statesAt(parameters, qy, qz);
      for (const values of [energy, current, chirality]) assertAlmostEquals(total(values), 0, 1e-12);
      const atSite = new Float64Array(sites), right = new Float64Array(sites);
      energy.forEach((_, state) => {
        const p = density.subarray(state * sites, (state + 1) * sites);
        assertAlmostEquals(total(p), 1, 1e-12);
        p.forEach((value, l) => {
          atSite[l] += value;
          right[l] += value * (1 + chirality[state]) / 2;
        });
        if (state > 0) assertLess(energy[state - 1], energy[state] + 1e-12);
      });
      atSite.forEach((value) => assertAlmostEquals(value, 4, 1e-10));
      assertAlmostEquals(total(right), 2 * sites, 1e-10);
    }),
    { ...REPEATABLE, numRuns: 200 },
  );
});

Deno.test("Hellmann–Feynman: ⟨J_y⟩ = −∂E/∂q_y by a central difference, level by level", () => {
  const step = 1e-5;
  let compared = 0;
  fc.assert(
    fc.property(anyCase(), ({ parameters, qy, qz }) => {
      const { energy, current } = statesAt(parameters, qy, qz);
      const before = statesAt(parameters, qy - step, qz).energy, after = statesAt(parameters, qy + step, qz).energy;
      // The difference is off by step² times the third derivative, which grows as 1/gap²: hence levels closer than 0.02 taken together.
      for (const [start, end] of runs(energy, 0.02)) {
        const slope = (total(after.subarray(start, end)) - total(before.subarray(start, end))) / (2 * step);
        assertAlmostEquals(total(current.subarray(start, end)), -slope, 1e-5);
        compared++;
      }
    }),
    { ...REPEATABLE, numRuns: 200 },
  );
  assertGreater(compared, 1000);
});

Deno.test("the paper's slab at q_y = 0.8, q_z = 0 has the two chiral states of Fig. 2(c)", () => {
  const slab = paperSlab(), { energy, current, chirality, density } = statesAt(slab, 0.8, 0);
  // References of four decimals; energies of the chiral states are v sin q_y up to the overlap of the two, exp(−L…).
  for (const [state, sign, position] of [[99, -1, 30.5417], [100, 1, 0.4228]]) {
    const p = density.subarray(state * slab.sites, (state + 1) * slab.sites);
    assertAlmostEquals(energy[state], sign * Math.sin(0.8), 1e-12);
    assertAlmostEquals(chirality[state], -sign, 1e-12);
    assertAlmostEquals(current[state], -sign * Math.cos(0.8), 1e-12);
    assertAlmostEquals(total(p.map((value, l) => value * l)), position, 5e-5);
  }
  assertGreater(energy[101], Math.sin(0.8) + 0.01);
});

Deno.test("the spectrum of the paper's slab on the grid of N = 24 ends at the reference", () => {
  const slab = paperSlab();
  let largest = 0;
  for (const qy of foldedAxis(24)) {
    for (const qz of foldedAxis(24)) largest = Math.max(largest, statesAt(slab, qy, qz).energy[199]);
  }
  assertAlmostEquals(largest, 13.366730440525, 1e-11); // as many digits as the reference has
});

Deno.test("a branch at zero energy keeps the composition and the slope that it has beside q_y = 0", () => {
  for (const velocity of [0.9, -0.9]) {
    // M = A⁵ = 0 on one site: σ vanishes with sin q_z.
    const slab = { sites: 1, velocity, mass: 0, hopping: 0, chiralGaugeField: Float64Array.of(0) };
    const modes = chiralModes(1);
    for (const qy of [0, 1e-6, -1e-6]) {
      new StructuredSolver(slab).solve({ qy, qz: 0 }, modes);
      const { energy, slope, tilt } = upperBranch(slab, qy, modes, 0);
      assertAlmostEquals(energy, Math.abs(velocity * Math.sin(qy)), 1e-20);
      assertAlmostEquals(slope * tilt, velocity, 1e-11);
      assertEquals(Math.abs(tilt), 1);
    }
  }
});
