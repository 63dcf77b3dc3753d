/**
 * The refining stage against Eq. (6) on its own points, against grids far finer, and against itself in other company.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertGreaterOrEqual, assertLess } from "@std/assert";
import fc from "fast-check";
import { limitAtMomentum } from "../../tests/twins/current.ts";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { runAdaptive } from "../../tests/twins/run_adaptive.ts";
import { runCurrent } from "../../tests/twins/run_current.ts";
import { REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { type BathParameters, baths } from "./baths.ts";
import { CellRefinement } from "./cell_refinement.ts";

const STATED: BathParameters = {
  fermi_level: 0.3,
  chemical_potential_slope: 0.05,
  inverse_temperature: 3,
  inverse_temperature_slope: 0,
};

const between = (least: number, most: number): fc.Arbitrary<number> =>
  fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((k) => least + (most - least) * k / 1_000_000);

Deno.test("current, energy current and profiles are the sums of Eq. (6) over all ±q that the cells have", async () => {
  await fc.assert(
    fc.asyncProperty(slab(2, 4), between(-1, 1), async (parameters, level) => {
      const stated = { ...STATED, fermi_level: level }, grid = { qy: 16, qz: 16, tolerance: 1e-2 };
      const { current: [current], weights: [weights] } = await runAdaptive(parameters, grid, [stated]);
      const bath = baths(stated, parameters.sites), profile = new Float64Array(parameters.sites);
      let charge = 0, energy = 0;
      for (const { qy, qz, weight } of weights) {
        for (const [y, z] of [[qy, qz], [-qy, qz], [qy, -qz], [-qy, -qz]]) {
          const at = limitAtMomentum(parameters, y, z, bath);
          charge += weight / 2 * at.chargeCurrent; // a point's weight counts ±q_y once, and ±q_z are alike
          energy += weight / 2 * at.energyCurrent;
          at.profile.forEach((value, l) => profile[l] += weight / 2 * value);
        }
      }
      // As for grids: 1e-10 of all terms; the largest energy is below 40.
      const tolerance = 1e-10 * current.magnitude +
        1e-13 * parameters.sites * (Math.abs(parameters.velocity) + 2 * Math.abs(parameters.hopping));
      assertAlmostEquals(current.charge, charge, tolerance);
      assertAlmostEquals(current.energy, energy, 40 * tolerance);
      current.chargeProfile.forEach((value, l) => assertAlmostEquals(value, profile[l], tolerance));
    }),
    { ...REPEATABLE, numRuns: 12 },
  );
});

interface Case {
  readonly slab: Slab;
  readonly baths: BathParameters;
}

const cases: fc.Arbitrary<Case> = fc.record({
  sites: fc.integer({ min: 6, max: 8 }),
  velocity: between(0.5, 1.5),
  mass: between(-2, 2),
  hopping: fc.tuple(fc.boolean(), between(0.5, 1.5)).map(([positive, size]) => positive ? size : -size),
  amplitude: between(0.3, 2.5),
  cutoff: between(0.5, 1.5),
  beta: between(0, 1).map((x) => 0.5 * 16 ** x),
  level: between(-1, 1),
  slope: between(-0.1, 0.1),
  rise: fc.oneof(fc.constant(0), between(0.2, 1.5)),
}).map(({ sites, amplitude, cutoff, beta, level, slope, rise, ...rest }) => ({
  slab: {
    sites,
    ...rest,
    chiralGaugeField: Float64Array.from({ length: sites }, (_, l) => Math.max(0, amplitude * (1 - l / sites / cutoff))),
  },
  baths: {
    fermi_level: level,
    chemical_potential_slope: slope,
    inverse_temperature: beta,
    inverse_temperature_slope: rise * beta,
  },
}));

Deno.test("of 40 random currents, at least 38 are within the tolerance and within the stated error, and few are off by far less", async () => {
  const tolerance = 3e-5, off: number[] = [], energyOff: number[] = [];
  let met = 0;
  for (const { slab, baths } of fc.sample(cases, { seed: 31, numRuns: 40 })) {
    const { current: [current] } = await runAdaptive(slab, { qy: 64, qz: 64, tolerance }, [baths]);
    const [fine] = runCurrent(slab, { qy: 180, qz: 184, rule: "gauss-legendre" }, [baths]);
    assert(current.chargeError <= tolerance);
    if (Math.abs(current.charge - fine.charge) <= tolerance) met++;
    off.push(Math.abs(current.charge - fine.charge) / current.chargeError);
    energyOff.push(Math.abs(current.energy - fine.energy) / current.energyError);
  }
  assertGreaterOrEqual(met, 38);
  for (const ratios of [off, energyOff]) {
    assertGreaterOrEqual(ratios.filter((ratio) => ratio <= 1).length, 38, ratios.map((x) => x.toFixed(3)).join());
    assertGreater(ratios.toSorted((a, b) => a - b)[20], 1e-3);
  }
});

Deno.test("each set refines by itself, and gets what it gets alone, bit by bit", async () => {
  const parameters = paperSlab({ sites: 8 }), grid = { qy: 20, qz: 20, tolerance: 1e-5 };
  const sets = [0.3, -0.3, 0, 1].map((fermi_level) => ({ ...STATED, fermi_level }));
  sets.push({ ...STATED, inverse_temperature: 30 });
  const together = await runAdaptive(parameters, grid, sets);
  for (const [k, set] of sets.entries()) {
    assertEquals((await runAdaptive(parameters, grid, [set])).current[0], together.current[k]);
  }
  const counts = together.weights.map(({ length }) => length);
  assertGreater(new Set(counts).size, 1, "colder baths want other momenta");
  // What several want is diagonalized once.
  assertLess(together.momenta, counts.reduce((a, b) => a + b, 0));
});

Deno.test("uniform baths: no current, nothing to refine; reversed potentials: the reversed current, bit by bit", async () => {
  const parameters = paperSlab({ sites: 8 }), grid = { qy: 16, qz: 16, tolerance: 1e-6 };
  const uniform = { ...STATED, chemical_potential_slope: 0 };
  const back = { ...STATED, fermi_level: -0.3, chemical_potential_slope: -0.05 };
  const { current: [none, there, reversed], weights } = await runAdaptive(parameters, grid, [uniform, STATED, back]);
  assertLess(Math.abs(none.charge), 1e-13 * none.magnitude);
  assertEquals(weights[0].length, 20); // one cell but for its side at q_y = 0
  assertEquals([-reversed.charge, reversed.energy, reversed.chargeError], [
    there.charge,
    there.energy,
    there.chargeError,
  ]);
});

Deno.test("cells to start from follow from the numbers of points", () => {
  const points = (qy: number, qz: number): number =>
    new CellRefinement({ qy, qz, tolerance: 1 }).pieces.reduce((sum, piece) => sum + piece.length, 0);
  assertEquals([points(2, 2), points(16, 16), points(17, 16), points(64, 64)], [20, 20, 40, 16 * 17]);
});
