/**
 * The baths against the paper's words: the mean of μ_l is μ_F, β starts at β₀, both gain what their slopes say.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { baths } from "./baths.ts";

const STATED = {
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
