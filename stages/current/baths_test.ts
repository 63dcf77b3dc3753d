/**
 * The baths against the paper's words: the mean of μ_l is μ_F, β starts at β₀, both gain what their slopes say.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { denseCurrentFinite, denseCurrentLimit } from "../../tests/twins/current.ts";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { gridOf, responseGridOf, runCurrent } from "../../tests/twins/run_current.ts";
import { numberWithin, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { type BathParameters, type BathProfile, baths } from "./baths.ts";

const STATED: BathParameters = {
  fermi_level: 0.3,
  chemical_potential_slope: 0.01,
  inverse_temperature: 2,
  inverse_temperature_slope: 1.5,
};

Deno.test("μ_l averages to μ_F and gains its slope a site; β_l starts at β₀ and gains its slope over L sites", () => {
  for (const sites of [1, 2, 5, 50]) {
    const { chemicalPotential: mu, inverseTemperature: beta } = baths(STATED, sites);
    assertEquals([mu.length, beta.length], [sites, sites]);
    assertAlmostEquals(mu.reduce((a, b) => a + b, 0) / sites, 0.3, 1e-15);
    assertEquals(beta[0], 2);
    for (let l = 1; l < sites; l++) {
      assertAlmostEquals(mu[l] - mu[l - 1], 0.01, 1e-15);
      assertAlmostEquals(beta[l] - beta[l - 1], 1.5 / sites, 1e-14);
    }
  }
});

Deno.test("without slopes the baths are uniform, bit by bit", () => {
  const { chemicalPotential, inverseTemperature } = baths(
    { ...STATED, chemical_potential_slope: 0, inverse_temperature_slope: 0 },
    7,
  );
  assertEquals([...chemicalPotential], new Array(7).fill(0.3));
  assertEquals([...inverseTemperature], new Array(7).fill(2));
});

Deno.test("μ_l of −μ_F and the opposite slope is −μ_l, bit by bit", () => {
  for (const sites of [4, 7, 50]) {
    const there = baths(STATED, sites).chemicalPotential;
    const back = baths({ ...STATED, fermi_level: -0.3, chemical_potential_slope: -0.01 }, sites).chemicalPotential;
    assertEquals(back, there.map((mu) => -mu));
  }
});

/** Baths with profiles in the place of both slopes. */
function profiled(potential: Omit<BathProfile, "profile">, temperature: Omit<BathProfile, "profile">): BathParameters {
  const profile = (stated: Omit<BathProfile, "profile">): BathProfile => ({
    profile: stated.values === undefined ? "expression" : "table",
    ...stated,
  });
  return {
    fermi_level: 0.3,
    chemical_potential: profile(potential),
    chemical_potential_slope: 0,
    inverse_temperature: profile(temperature),
    inverse_temperature_slope: 0,
  };
}

const FORMULAS = profiled({ expression: "0.5*exp(-x/3)" }, { expression: "1 + sin(l)^2/L" });

Deno.test("a formula is asked at each site and added to μ_F, a table is what it says", () => {
  const { chemicalPotential, inverseTemperature } = baths(FORMULAS, 5);
  for (let l = 0; l < 5; l++) {
    assertAlmostEquals(chemicalPotential[l], 0.3 + 0.5 * Math.exp(-l / 3), 1e-15);
    assertAlmostEquals(inverseTemperature[l], 1 + Math.sin(l) ** 2 / 5, 1e-15);
  }
  const tables = profiled({ values: [...chemicalPotential.map((mu) => mu - 0.3)] }, {
    values: [...inverseTemperature],
  });
  const table = baths(tables, 5);
  chemicalPotential.forEach((mu, l) => assertAlmostEquals(table.chemicalPotential[l], mu, 1e-15));
  assertEquals(table.inverseTemperature, inverseTemperature);
});

Deno.test("formulas that are linear drive the current of the slopes, at any coupling; a table drives that of its formula", () => {
  const sites = 9, parameters = paperSlab({ sites }), grid = { qy: 6, qz: 5 };
  const lines = profiled({ expression: "0.01*(x - L/2 + 0.5)" }, { expression: "2 + 1.5*l/L" });
  const { chemicalPotential, inverseTemperature } = baths(FORMULAS, sites);
  const tables = profiled({ values: [...chemicalPotential] }, { values: [...inverseTemperature] });
  for (const blocks of [gridOf(parameters, grid), responseGridOf(parameters, grid, 0.2)]) {
    const [slope, line, formula, table] = runCurrent(parameters, grid, [
      STATED,
      lines,
      FORMULAS,
      { ...tables, fermi_level: 0 },
    ], blocks);
    for (const [a, b] of [[slope, line], [formula, table]]) {
      assertAlmostEquals(a.charge, b.charge, 1e-14 * a.magnitude);
      assertAlmostEquals(a.energy, b.energy, 1e-13 * a.magnitude);
      a.chargeProfile.forEach((value, l) => assertAlmostEquals(value, b.chargeProfile[l], 1e-14 * a.magnitude));
    }
  }
});

Deno.test("random profiles on random slabs: the current of Eq. (6) on the whole zone", () => {
  const grid = { qy: 4, qz: 3 };
  fc.assert(
    fc.property(
      slab(2, 5),
      fc.array(numberWithin(2), { minLength: 5, maxLength: 5 }),
      fc.array(numberWithin(1).map((x) => 4 ** x), { minLength: 5, maxLength: 5 }),
      (parameters, mu, beta) => {
        const { sites, velocity, hopping } = parameters;
        const stated = profiled({ values: mu.slice(0, sites) }, { values: beta.slice(0, sites) });
        const [current] = runCurrent(parameters, grid, [stated]);
        const expected = denseCurrentLimit(
          parameters,
          grid,
          Float64Array.from(mu.slice(0, sites), (value) => value + 0.3),
          Float64Array.from(beta.slice(0, sites)),
        );
        // As in current_test.ts.
        const tolerance = 1e-10 * current.magnitude + 1e-13 * sites * (Math.abs(velocity) + 2 * Math.abs(hopping));
        assertAlmostEquals(current.charge, expected.chargeCurrent, tolerance);
        assertAlmostEquals(current.energy, expected.energyCurrent, 40 * tolerance);
        current.chargeProfile.forEach((value, l) => assertAlmostEquals(value, expected.profile[l], tolerance));
      },
    ),
    { ...REPEATABLE, numRuns: 20 },
  );
});

Deno.test("a profile at a coupling that differs from site to site: the current of Eq. (5) by brute force", () => {
  const parameters = {
    sites: 3,
    velocity: 0.9,
    mass: 3.2,
    hopping: -0.7,
    chiralGaugeField: Float64Array.of(1.3, -0.4, 0.6),
  };
  const grid = { qy: 2, qz: 2 }, coupling = [0.2, 0.5, 0.3];
  const [current] = runCurrent(parameters, grid, [FORMULAS], responseGridOf(parameters, grid, coupling));
  const { chemicalPotential, inverseTemperature } = baths(FORMULAS, 3);
  const expected = denseCurrentFinite(
    parameters,
    grid,
    chemicalPotential,
    inverseTemperature,
    Float64Array.from(coupling),
    1e-10,
    "frequency",
  );
  // The quadrature's error, with room.
  assertLess(Math.abs(current.charge - expected.chargeCurrent), 1e-8);
  assertLess(Math.abs(current.energy - expected.energyCurrent), 1e-8);
});

Deno.test("profiles that are no baths are refused, with the site", () => {
  const good = { values: [1, 1, 1] };
  const refused = (stated: BathParameters, words: string): void => {
    assertThrows(() => baths(stated, 3), RangeError, `Cannot attach the baths: ${words}`);
  };
  refused(profiled({ values: [1, 2] }, good), "the table of the chemical potential has 2 values, the slab 3 sites");
  refused(profiled({ values: [1, NaN, 2] }, good), "the chemical potential is NaN at site 1 of 3");
  refused(profiled({ expression: "1/(x - 2)" }, good), '"1/(x - 2)" is Infinity at site 2 of 3');
  refused(profiled(good, { values: [1, 2, -1] }), "the inverse temperature is -1 at site 2 of 3");
  refused(profiled(good, { expression: "1 - l" }), "the inverse temperature is 0 at site 1 of 3");
  refused({ ...FORMULAS, chemical_potential_slope: 0.1 }, "the chemical potential has a profile and a slope of 0.1");
  refused({ ...FORMULAS, inverse_temperature_slope: -1 }, "the inverse temperature has a profile and a slope of -1");
});
