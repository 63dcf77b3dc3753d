/**
 * The rule for the baths of the branches against the baths of all sites.
 *
 * @module
 */
import { assert, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { baths } from "../current/baths.ts";
import { branchBaths } from "./branch_baths.ts";

const random = fc.record({
  fermi_level: numberWithin(2),
  chemical_potential_slope: numberWithin(0.1),
  inverse_temperature: numberWithin(4).map((value) => 5 + value),
  inverse_temperature_slope: numberWithin(0.9),
});
const sites = fc.integer({ min: 2, max: 200 });

Deno.test("the Fermi arc sees site 0, the chiral Landau level the mean", () => {
  fc.assert(
    fc.property(random, sites, (parameters, count) => {
      const { fa, cll } = branchBaths(parameters, count), site = baths(parameters, count);
      const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / count;
      assertEquals(fa, {
        chemicalPotential: site.chemicalPotential[0],
        inverseTemperature: site.inverseTemperature[0],
      });
      assertLess(Math.abs(cll.chemicalPotential - mean(site.chemicalPotential)), 1e-12);
      assertLess(Math.abs(cll.inverseTemperature - mean(site.inverseTemperature)), 1e-12);
    }),
    { ...REPEATABLE, numRuns: 200 },
  );
});

Deno.test("uniform baths are the same in both branches, to the last bit", () => {
  fc.assert(
    fc.property(random, sites, (parameters, count) => {
      const uniform = { ...parameters, chemical_potential_slope: 0, inverse_temperature_slope: 0 };
      const { fa, cll } = branchBaths(uniform, count);
      assert(fa.chemicalPotential === cll.chemicalPotential && fa.inverseTemperature === cll.inverseTemperature);
    }),
    { ...REPEATABLE, numRuns: 200 },
  );
});

Deno.test("Fig. 3(c): μ_CLL − μ_FA is half of what the slab spans", () => {
  const parameters = {
    fermi_level: 0,
    chemical_potential_slope: 0.01,
    inverse_temperature: 1,
    inverse_temperature_slope: 0,
  };
  const { fa, cll } = branchBaths(parameters, 50);
  assertEquals([fa.chemicalPotential, cll.chemicalPotential], [-0.245, 0]);
});

Deno.test("settings override the rule one by one, with zero as well", () => {
  const parameters = {
    fermi_level: 0.5,
    chemical_potential_slope: 0.01,
    inverse_temperature: 1,
    inverse_temperature_slope: 1,
  };
  const rule = branchBaths(parameters, 4);
  assertEquals(branchBaths(parameters, 4, { mu_fa: 0 }), { ...rule, fa: { ...rule.fa, chemicalPotential: 0 } });
  assertEquals(branchBaths(parameters, 4, { beta_fa: 3 }), { ...rule, fa: { ...rule.fa, inverseTemperature: 3 } });
  assertEquals(branchBaths(parameters, 4, { mu_cll: 0 }), { ...rule, cll: { ...rule.cll, chemicalPotential: 0 } });
  assertEquals(branchBaths(parameters, 4, { beta_cll: 3 }), { ...rule, cll: { ...rule.cll, inverseTemperature: 3 } });
});

Deno.test("of profiles the Fermi arc sees site 0 and the chiral Landau level the mean, without a rounding between the two where they are uniform", () => {
  const line = { fermi_level: 0.1, chemical_potential_slope: 0, inverse_temperature_slope: 0 };
  const table = (values: number[]) => ({ profile: "table", values } as const);
  const { fa, cll } = branchBaths(
    { ...line, chemical_potential: table([1, 2, 6]), inverse_temperature: table([1, 1, 4]) },
    3,
  );
  assertEquals([fa, cll], [
    { chemicalPotential: 1.1, inverseTemperature: 1 },
    { chemicalPotential: 3.1, inverseTemperature: 2 },
  ]);
  const same = branchBaths(
    { ...line, chemical_potential: table(Array(7).fill(0.3)), inverse_temperature: table(Array(7).fill(0.7)) },
    7,
  );
  assertEquals(same.fa, same.cll);
});
