/**
 * States and blocks against sum rules, finite differences, cases worked by hand, and the reference numbers.
 *
 * @module
 */

import { assert, assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import fc from "fast-check";
import { identityMatrix, matrixFromRows, multiply } from "./complex_matrix.ts";
import { type DenseBlock, denseBlocks, denseEigenstates, type Diagonaliser, runs } from "./eigenstates.ts";
import { hermitianEigen } from "./hermitian.ts";
import { realFormEigen } from "./real_form.ts";
import type { SlabParameters } from "./slab.ts";
import { momentum, numberWithin, REPEATABLE, slab } from "./slab_arbitrary.ts";

function sum(values: Iterable<number>): number {
  let result = 0;
  for (const value of values) result += value;
  return result;
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  assertEquals(actual.length, expected.length, `${what}: lengths differ`);
  for (let k = 0; k < actual.length; k++) assertAlmostEquals(actual[k], expected[k], tolerance, `${what}[${k}]`);
}

function assertSameBlocks(actual: readonly DenseBlock[], expected: readonly DenseBlock[], tolerance: number): void {
  assertEquals(actual.map(({ size }) => size), expected.map(({ size }) => size));
  actual.forEach((block, k) => {
    assertAlmostEquals(block.energy, expected[k].energy, tolerance);
    assertAlmostEquals(block.current, expected[k].current, tolerance);
    assertAlmostEquals(block.energyCurrent, expected[k].energyCurrent, tolerance);
    for (const name of ["density", "currentDensity", "energyCurrentDensity"] as const) {
      assertClose(block[name], expected[k][name], tolerance, `${name} of block ${k}`);
    }
  });
}

/** A diagonaliser that turns every degenerate pair by the unitary [[c, s i], [s i, c]]. */
function turned(angle: number): Diagonaliser {
  return (a) => {
    const { values, vectors } = hermitianEigen(a);
    const turn = identityMatrix(values.length);
    for (const [start, end] of runs(values, 1e-9)) {
      if (end - start !== 2) continue;
      const rotation = matrixFromRows([
        [Math.cos(angle), [0, Math.sin(angle)]],
        [[0, Math.sin(angle)], Math.cos(angle)],
      ]);
      for (let i = 0; i < 2; i++) {
        for (let j = 0; j < 2; j++) {
          turn.re[(start + i) * values.length + start + j] = rotation.re[2 * i + j];
          turn.im[(start + i) * values.length + start + j] = rotation.im[2 * i + j];
        }
      }
    }
    return { values, vectors: multiply(vectors, turn) };
  };
}

const withoutField = (parameters: SlabParameters): SlabParameters => ({
  ...parameters,
  chiralGaugeField: new Float64Array(parameters.sites),
});

Deno.test("runs are maximal and bounded by gaps of at least the tolerance", () => {
  assertEquals(runs(Float64Array.of(0, 0.5, 1, 3, 3, 7), 0.75), [[0, 3], [3, 5], [5, 6]]);
  assertEquals(runs(Float64Array.of(0, 0, 1), 0), [[0, 1], [1, 2], [2, 3]]);
  assertEquals(runs(new Float64Array(0), 1), []);
});

Deno.test("blocks sum up the states that name them, and all blocks together the traces over everything", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), fc.constantFrom(1e-9, 0.1), (parameters, qy, qz, tolerance) => {
      const { sites, velocity } = parameters;
      const states = denseEigenstates(parameters, qy, qz, tolerance);
      const blocks = denseBlocks(parameters, qy, qz, tolerance);
      const density = new Float64Array(sites), fed = new Float64Array(sites);
      blocks.forEach((block, index) => {
        const members = [...states.energy.keys()].filter((state) => states.block[state] === index);
        assertEquals(members.length, block.size);
        const total = (values: Float64Array): number => sum(members.map((state) => values[state]));
        assertAlmostEquals(block.energy, total(states.energy) / block.size, 1e-13);
        assertAlmostEquals(block.current, total(states.current), 1e-12);
        assertAlmostEquals(block.energyCurrent, total(states.energy.map((e, k) => e * states.current[k])), 1e-11);
        for (let l = 0; l < sites; l++) {
          assertAlmostEquals(block.density[l], sum(members.map((state) => states.density[state * sites + l])), 1e-12);
          if (block.size === 1) {
            assertAlmostEquals(block.currentDensity[l], block.current * block.density[l], 1e-12);
            assertAlmostEquals(block.energyCurrentDensity[l], block.energyCurrent * block.density[l], 1e-11);
          }
          density[l] += block.density[l];
          fed[l] += block.currentDensity[l];
        }
        assertAlmostEquals(sum(block.density), block.size, 1e-12);
        assertAlmostEquals(sum(block.currentDensity), block.current, 1e-12);
        assertAlmostEquals(sum(block.energyCurrentDensity), block.energyCurrent, 1e-11);
      });
      assertClose(density, new Float64Array(sites).fill(4), 1e-12, "density of all states");
      assertAlmostEquals(sum(states.current), 0, 1e-11, "Tr J");
      assertAlmostEquals(sum(states.energy), 0, 1e-11, "Tr H");
      // ⟨S⟩ = −v sin q_y / E, from {H₀, S} = 0, wherever a single state has that energy.
      states.energy.forEach((energy, state) => {
        if (Math.abs(energy) > 1e-3 && blocks[states.block[state]].size === 1) {
          assertAlmostEquals(states.chirality[state], -velocity * Math.sin(qy) / energy, 1e-9);
        }
      });
    }),
    REPEATABLE,
  );
});

Deno.test("Hellmann–Feynman: Tr_block J = −∂(size · energy)/∂q_y, by a central difference", () => {
  const step = 1e-5, gap = 0.02;
  let compared = 0;
  fc.assert(
    fc.property(slab(1, 6), momentum(), momentum(), (parameters, qy, qz) => {
      const before = hermitianEnergies(parameters, qy - step, qz), after = hermitianEnergies(parameters, qy + step, qz);
      let start = 0;
      for (const { size, current } of denseBlocks(parameters, qy, qz, gap)) {
        const slope = (sum(after.slice(start, start + size)) - sum(before.slice(start, start + size))) / (2 * step);
        assertAlmostEquals(current, -slope, 1e-5);
        start += size;
        compared++;
      }
    }),
    REPEATABLE,
  );
  assertGreater(compared, 100);
});

function hermitianEnergies(parameters: SlabParameters, qy: number, qz: number): Float64Array {
  return denseEigenstates(parameters, qy, qz, 0).energy;
}

Deno.test("without gauge field every level is double, and its block does not depend on the basis taken in it", () => {
  const angle = 0.6;
  let moved = 0;
  fc.assert(
    fc.property(slab(2, 6).map(withoutField), momentum(), momentum(), (parameters, qy, qz) => {
      // Blocks that nearly meet are determined the worse, the nearer they are: a wide tolerance joins them.
      const blocks = denseBlocks(parameters, qy, qz, 1e-4);
      for (const { size } of blocks) assertEquals(size % 2, 0);
      assertSameBlocks(denseBlocks(parameters, qy, qz, 1e-4, turned(angle)), blocks, 1e-8);
      assertSameBlocks(denseBlocks(parameters, qy, qz, 1e-4, realFormEigen), blocks, 1e-8);
      const [straight, rotated] = [hermitianEigen, turned(angle)].map((d) =>
        denseEigenstates(parameters, qy, qz, 1e-9, d)
      );
      if (straight.density.some((p, k) => Math.abs(p - rotated.density[k]) > 1e-3)) moved++;
    }),
    REPEATABLE,
  );
  assertGreater(moved, 10, "the rotation must change single states, or this shows nothing");
});

Deno.test("the complex and the real form give the same blocks", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), (parameters, qy, qz) => {
      assertSameBlocks(
        denseBlocks(parameters, qy, qz, 1e-4, realFormEigen),
        denseBlocks(parameters, qy, qz, 1e-4),
        1e-8,
      );
    }),
    REPEATABLE,
  );
});

Deno.test("particle–hole: the blocks at −q are those at q with E and J^E reversed in order and J as it was", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), (parameters, qy, qz) => {
      const mirrored = denseBlocks(parameters, -qy, -qz, 1e-4).reverse().map((block) => ({
        ...block,
        energy: -block.energy,
        energyCurrent: -block.energyCurrent,
        energyCurrentDensity: block.energyCurrentDensity.map((value) => -value),
      }));
      assertSameBlocks(denseBlocks(parameters, qy, qz, 1e-4), mirrored, 1e-8);
    }),
    REPEATABLE,
  );
});

Deno.test("v = 0, A⁵ = 0: standing waves with E = ±(M − 2λ cos k), k = πj/(L + 1)", () => {
  for (const sites of [1, 2, 5, 8]) {
    const parameters = { sites, velocity: 0, mass: 0.3, hopping: -0.8, chiralGaugeField: new Float64Array(sites) };
    const qy = 0.7, qz = -1.1;
    const massTerm = 0.3 - 4.8 + 1.6 * (Math.cos(qy) + Math.cos(qz));
    const expected = [1, -1].flatMap((tau) =>
      Array.from({ length: sites }, (_, j) => {
        const k = Math.PI * (j + 1) / (sites + 1);
        return { energy: tau * (massTerm + 1.6 * Math.cos(k)), k, tau };
      })
    ).sort((a, b) => a.energy - b.energy);
    const blocks = denseBlocks(parameters, qy, qz, 1e-9);
    assertEquals(blocks.map(({ size }) => size), expected.map(() => 2));
    blocks.forEach((block, index) => {
      const { energy, k, tau } = expected[index];
      // J = −2λ sin q_y γ⁰, and γ⁰ = τ on these states.
      const current = 1.6 * Math.sin(qy) * tau;
      assertAlmostEquals(block.energy, energy, 1e-13);
      assertAlmostEquals(block.current, 2 * current, 1e-13);
      for (let l = 0; l < sites; l++) {
        const density = 4 / (sites + 1) * Math.sin(k * (l + 1)) ** 2;
        assertAlmostEquals(block.density[l], density, 1e-13);
        assertAlmostEquals(block.currentDensity[l], current * density, 1e-13);
        assertAlmostEquals(block.energyCurrentDensity[l], energy * current * density, 1e-12);
      }
    });
  }
});

Deno.test("two sites with m = λ = 0: the two Weyl fermions worked by hand, for any A⁵", () => {
  const field = fc.tuple(numberWithin(2), numberWithin(2)), velocity = numberWithin(1.5);
  let compared = 0;
  fc.assert(
    fc.property(field, velocity, momentum(), momentum(), (a, v, qy, qz) => {
      const parameters = { sites: 2, velocity: v, mass: 0, hopping: 0, chiralGaugeField: Float64Array.from(a) };
      const levels: { energy: number; current: number; density: [number, number] }[] = [];
      for (const chirality of [-1, 1]) {
        // H₀² = d_l² + v²/4 on site l, −(v/2)(d₀ − d₁) S between the sites, with d_l = A⁵(l) ± v sin q_z (R, L).
        const d = a.map((value) => value + chirality * v * Math.sin(qz));
        const mean = v * v / 4 + (d[0] ** 2 + d[1] ** 2) / 2;
        const difference = (d[0] ** 2 - d[1] ** 2) / 2, mixing = v / 2 * (d[0] - d[1]);
        const root = Math.hypot(difference, mixing);
        for (const branch of [-1, 1]) {
          for (const sign of [-1, 1]) {
            const energy = sign * Math.sqrt((v * Math.sin(qy)) ** 2 + Math.max(0, mean + branch * root));
            const tilt = branch * difference / root / 2;
            const current = -v * v * Math.sin(qy) * Math.cos(qy) / energy;
            levels.push({ energy, current, density: [0.5 + tilt, 0.5 - tilt] });
          }
        }
      }
      levels.sort((p, q) => p.energy - q.energy);
      const states = denseEigenstates(parameters, qy, qz, 1e-6);
      assertClose(states.energy, levels.map(({ energy }) => energy), 1e-7, "energy");
      levels.forEach(({ energy, current, density }, k) => {
        const gap = Math.min(...levels.map((other, j) => j === k ? Infinity : Math.abs(other.energy - energy)));
        if (gap < 1e-2) return;
        compared++;
        assertAlmostEquals(states.energy[k], energy, 1e-12);
        assertAlmostEquals(states.current[k], current, 1e-9);
        assertClose(states.density.slice(2 * k, 2 * k + 2), density, 1e-9, "density");
      });
    }),
    { ...REPEATABLE, numRuns: 100 },
  );
  assertGreater(compared, 300);
});

Deno.test("the paper's slab at q_y = 0.8, q_z = 0 has the two chiral states of Fig. 2(c)", () => {
  const sites = 50;
  const chiralGaugeField = Float64Array.from({ length: sites }, (_, l) => 1.6 * (1 - l / sites));
  const parameters = { sites, velocity: 1, mass: 0, hopping: -1, chiralGaugeField };
  const states = denseEigenstates(parameters, 0.8, 0, 1e-9);
  const chiral = [...states.energy.keys()].filter((k) => Math.abs(Math.abs(states.energy[k]) - Math.sin(0.8)) < 1e-9);
  assertEquals(chiral, [99, 100]);
  const position = chiral.map((k) => sum(states.density.slice(k * sites, (k + 1) * sites).map((p, l) => p * l)));
  // The Landau level runs against q_y and lies in the bulk, the Fermi arc runs with it at the surface.
  assertAlmostEquals(position[0], 30.5417, 5e-5);
  assertAlmostEquals(position[1], 0.4228, 5e-5);
  for (const [k, chirality] of [[99, 1], [100, -1]]) {
    assertAlmostEquals(states.energy[k], -chirality * Math.sin(0.8), 1e-12);
    assertAlmostEquals(states.chirality[k], chirality, 1e-12);
    assertAlmostEquals(states.current[k], chirality * Math.cos(0.8), 1e-12);
  }
  // The next level is the first Landau one, √(2B⁵v + v² sin² q_y) with B⁵ = A⁵/ξ up to the lattice's corrections.
  const landau = Math.sqrt(2 * 1.6 / sites + Math.sin(0.8) ** 2);
  assertAlmostEquals(states.energy[98], -landau, 1e-3);
  assertAlmostEquals(states.energy[101], landau, 1e-3);
});

Deno.test("the paper's spectrum ends where the reference says", () => {
  const sites = 50, corner = Math.PI * (1 - 1 / 24);
  const chiralGaugeField = Float64Array.from({ length: sites }, (_, l) => 1.6 * (1 - l / sites));
  const parameters = { sites, velocity: 1, mass: 0, hopping: -1, chiralGaugeField };
  const { energy } = denseEigenstates(parameters, corner, corner, 1e-9, realFormEigen);
  assertAlmostEquals(energy[energy.length - 1], 13.366730440525, 1e-11);
  assertAlmostEquals(energy[0], -13.366730440525, 1e-11);
});

Deno.test("a parameter set that is not a slab is refused", () => {
  const parameters = { sites: 2, velocity: 1, mass: 0, hopping: -1, chiralGaugeField: new Float64Array(1) };
  assertThrows(() => denseEigenstates(parameters, 0, 0, 1e-9), RangeError, "1 values for 2 sites");
  assertThrows(() => denseBlocks(parameters, 0, 0, 1e-9), RangeError, "1 values for 2 sites");
  assert(denseBlocks({ ...parameters, sites: 1 }, 0, 0, 1e-9).length > 0);
});
