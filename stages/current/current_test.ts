/**
 * The stage as the engine runs it, against Eq. (6) on the whole zone and the reference numbers.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { denseCurrentLimit, limitAtMomentum } from "../../tests/twins/current.ts";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { gridOf, runCurrent } from "../../tests/twins/run_current.ts";
import { numberWithin, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { gaussLegendre } from "../numerics/gauss_legendre.ts";
import { type BathParameters, baths } from "./baths.ts";
import { currentStage } from "./current.ts";
import { currentProfileStage } from "./current_profile.ts";

const STATED: BathParameters = {
  fermi_level: 0,
  chemical_potential_slope: 0.01,
  inverse_temperature: 1,
  inverse_temperature_slope: 0,
};

const bathParameters = (): fc.Arbitrary<BathParameters> =>
  fc.record({
    fermi_level: numberWithin(2),
    chemical_potential_slope: numberWithin(0.5),
    inverse_temperature: numberWithin(1).map((x) => 4 ** x),
    inverse_temperature_slope: fc.oneof(fc.constant(0), numberWithin(1).map((x) => 2 * Math.abs(x))),
  });

const grids = (): fc.Arbitrary<{ qy: number; qz: number }> =>
  fc.record({ qy: fc.integer({ min: 1, max: 7 }), qz: fc.integer({ min: 1, max: 5 }) });

const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

Deno.test("random slabs, grids and baths: the stage gives what Eq. (6) gives on the whole zone", () => {
  fc.assert(
    fc.property(slab(1, 5), grids(), bathParameters(), (parameters, grid, stated) => {
      const [current] = runCurrent(parameters, grid, [stated]);
      const { chemicalPotential, inverseTemperature } = baths(stated, parameters.sites);
      const expected = denseCurrentLimit(parameters, grid, chemicalPotential, inverseTemperature);
      // As for the contraction: 1e-10 of all terms, of which the energy current's are up to the largest energy, below 40 here, times as large.
      // Where these vanish, at q_y = 0, the rounding of the twin's 4L states is left, which carry at most |v| + 2|λ| each.
      const { sites, velocity, hopping } = parameters;
      const tolerance = 1e-10 * current.magnitude + 1e-13 * sites * (Math.abs(velocity) + 2 * Math.abs(hopping));
      assertAlmostEquals(current.charge, expected.chargeCurrent, tolerance);
      assertAlmostEquals(current.energy, expected.energyCurrent, 40 * tolerance);
      current.chargeProfile.forEach((value, l) => assertAlmostEquals(value, expected.profile[l], tolerance));
      current.energyProfile.forEach((value, l) => assertAlmostEquals(value, expected.energyProfile[l], 40 * tolerance));
      assertAlmostEquals(total(current.chargeProfile), current.charge, 1e-12 * current.magnitude + 1e-300);
      assertAlmostEquals(total(current.energyProfile), current.energy, 40e-12 * current.magnitude + 1e-300);
    }),
    { ...REPEATABLE, numRuns: 60 },
  );
});

Deno.test("on Gauss–Legendre points too: each of the whole zone's with its weight", () => {
  fc.assert(
    fc.property(slab(2, 5), bathParameters(), fc.constantFrom(2, 4, 6), (parameters, stated, count) => {
      const grid = { qy: count, qz: 4, rule: "gauss-legendre" } as const;
      const [current] = runCurrent(parameters, grid, [stated]), expected = new Float64Array(2);
      const [y, z] = [grid.qy, grid.qz].map((points) => gaussLegendre(points / 2));
      // π(1 + x)/2 and its mirror images; weights add up to 2 on half an axis, so to 4 on the whole.
      for (const [i, signY] of [...y.node.keys()].flatMap((k) => [[k, 1], [k, -1]])) {
        for (const [j, signZ] of [...z.node.keys()].flatMap((k) => [[k, 1], [k, -1]])) {
          const [qy, qz] = [signY * Math.PI * (1 + y.node[i]) / 2, signZ * Math.PI * (1 + z.node[j]) / 2];
          const at = limitAtMomentum(parameters, qy, qz, baths(stated, parameters.sites));
          expected[0] += y.weight[i] * z.weight[j] / 16 * at.chargeCurrent;
          expected[1] += y.weight[i] * z.weight[j] / 16 * at.energyCurrent;
        }
      }
      // As above.
      const { sites, velocity, hopping } = parameters;
      const tolerance = 1e-10 * current.magnitude + 1e-13 * sites * (Math.abs(velocity) + 2 * Math.abs(hopping));
      assertAlmostEquals(current.charge, expected[0], tolerance);
      assertAlmostEquals(current.energy, expected[1], 40 * tolerance);
    }),
    { ...REPEATABLE, numRuns: 30 },
  );
});

/** As physics stands: `N` on both axes, the paper's slab, ten significant digits. */
Deno.test("the reference currents at L = 50, N = 24", () => {
  const grid = { qy: 24, qz: 24 }, slabs = paperSlab();
  const [potential, temperature] = runCurrent(slabs, grid, [
    STATED,
    { ...STATED, fermi_level: 0.2, chemical_potential_slope: 0, inverse_temperature_slope: 1 },
  ]);
  // To all digits that the references have: 1e-9 relative for charge, 1e-7 for energy.
  assertRelative(potential.charge, 0.005132775073, 1e-9);
  assertRelative(potential.energy, -2.6928224932e-5, 1e-7);
  assertRelative(temperature.charge, 0.001665623625, 1e-9);
  assertRelative(temperature.energy, -1.4828729846e-3, 1e-7);
  for (const [site, value] of [[0, -0.02255868482425], [25, 0.00093589337219], [49, -0.00016425039353]]) {
    assertAlmostEquals(potential.chargeProfile[site], value, 1e-12);
  }
  const [gapless] = runCurrent(paperSlab({ mass: -1.2 }), grid, [STATED]);
  assertRelative(gapless.charge, 0.000957112884, 1e-9);
  assertRelative(gapless.energy, -4.1727623745e-5, 1e-7);
});

Deno.test("the reference currents at L = 50, N = 40, μ_F = 0.4", () => {
  const [current] = runCurrent(paperSlab(), { qy: 40, qz: 40 }, [{ ...STATED, fermi_level: 0.4 }]);
  assertRelative(current.charge, 0.005028239149, 1e-9);
  assertRelative(current.energy, 1.33257166638e-4, 1e-7);
});

function assertRelative(actual: number, expected: number, tolerance: number): void {
  assertLess(Math.abs(actual / expected - 1), tolerance, `${actual} instead of ${expected}`);
}

Deno.test("J(μ_F, slope) = −J(−μ_F, −slope) and, for uniform μ, J(μ_F) = −J(−μ_F), bit by bit; errors likewise the same", () => {
  fc.assert(
    fc.property(slab(2, 10), grids(), bathParameters(), (parameters, grid, stated) => {
      const flat = { ...stated, chemical_potential_slope: 0 };
      const turned = (s: BathParameters): BathParameters => ({
        ...s,
        fermi_level: -s.fermi_level,
        chemical_potential_slope: -s.chemical_potential_slope,
      });
      const [a, b, c, d] = runCurrent(parameters, grid, [stated, turned(stated), flat, turned(flat)]);
      for (const [there, back] of [[a, b], [c, d]]) {
        assert(there.charge === -back.charge);
        assertEquals([there.chargeError, there.energy, there.energyError], [
          back.chargeError,
          back.energy,
          back.energyError,
        ]);
      }
    }),
    REPEATABLE,
  );
});

Deno.test("one parameter set's current does not depend on the sets asked for with it, bit by bit", () => {
  const grid = { qy: 6, qz: 5 }, parameters = paperSlab({ sites: 7 }), blocks = gridOf(parameters, grid);
  const sets = fc.sample(bathParameters(), { seed: 8, numRuns: 9 });
  sets.push({ ...STATED, inverse_temperature: 300 }, { ...sets[0], fermi_level: 1 });
  const together = runCurrent(parameters, grid, sets, blocks);
  sets.forEach((set, index) => assertEquals(runCurrent(parameters, grid, [set], blocks)[0], together[index]));
});

Deno.test("the audit accepts currents that vanish: no field, bands all empty, bands all full, no velocity", () => {
  const grid = { qy: 6, qz: 6 }, plain = paperSlab({ sites: 8 });
  const settings = [0, 0.3, 60, -60].map((fermi_level) => ({ ...STATED, fermi_level, inverse_temperature: 5 }));
  const empty = { ...plain, chiralGaugeField: new Float64Array(8) };
  for (const parameters of [plain, empty, { ...plain, velocity: 0 }, { ...empty, velocity: 0, hopping: 0 }]) {
    const currents = runCurrent(parameters, grid, settings);
    for (const { charge, magnitude } of currents.slice(2)) assertLess(Math.abs(charge), 1e-13 * magnitude + 1e-300);
    if (parameters !== plain) {
      for (const { charge, magnitude } of currents) assertLess(Math.abs(charge), 1e-12 * magnitude + 1e-300);
    } else assertGreater(Math.abs(currents[0].charge), 1e-5);
  }
});

Deno.test("the audits refuse a profile that does not add up, what is too large, and what is not a number", () => {
  const grid = { qy: 6, qz: 6 }, [current] = runCurrent(paperSlab({ sites: 8 }), grid, [STATED]);
  const set = { sites: 8, momentum: grid, baths: STATED };
  for (const changes of [{ charge: NaN }, { charge: 2.1 * current.magnitude }, { energy: NaN }, { magnitude: NaN }]) {
    assertThrows(() => currentStage.audit?.({ ...current, ...changes }, set), Error, "Cannot accept");
  }
  const refused = (changes: Partial<typeof current>): void => {
    assertThrows(() => currentProfileStage.audit?.({ ...current, ...changes }, set), Error, "Cannot accept");
  };
  refused({ chargeProfile: current.chargeProfile.with(3, current.chargeProfile[3] + 1e-9) });
  refused({ charge: current.charge + 1e-9 });
  refused({ charge: NaN });
  refused({ chargeProfile: current.chargeProfile.with(0, NaN) });
  refused({ energy: NaN });
});
