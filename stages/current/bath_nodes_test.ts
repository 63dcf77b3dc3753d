/**
 * Interpolated occupations against occupations, over everything that a study may say of linear baths.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { bathNodes, bathsAt, nodeCount } from "./bath_nodes.ts";
import { type Baths, baths } from "./baths.ts";

const linear: fc.Arbitrary<Baths> = fc.record({
  sites: fc.integer({ min: 2, max: 120 }),
  fermi_level: numberWithin(3),
  chemical_potential_slope: fc.oneof(fc.constant(0), numberWithin(1).map((x) => 0.2 * x ** 3)),
  inverse_temperature: numberWithin(1).map((x) => 8 ** x),
  inverse_temperature_slope: fc.oneof(fc.constant(0), numberWithin(1)),
}).map(({ sites, ...stated }) => {
  // From −0.9 to 4 times β₀: temperatures stay positive.
  const rise = stated.inverse_temperature_slope, factor = rise < 0 ? 0.9 * rise : 4 * rise;
  return baths({ ...stated, inverse_temperature_slope: factor * stated.inverse_temperature }, sites);
});

/** f(ε) + f(−ε) − 1 and f(−ε) − f(ε), each with two hyperbolic tangents. */
function occupations(energy: number, beta: number, mu: number): [number, number] {
  const a = Math.tanh(beta * (mu + energy) / 2), b = Math.tanh(beta * (mu - energy) / 2);
  return [(a + b) / 2, (a - b) / 2];
}

Deno.test("sums over the sites are sums over the nodes, to rounding, at any energy", () => {
  let counted = 0;
  fc.assert(
    fc.property(linear, fc.array(numberWithin(1), { minLength: 120, maxLength: 120 }), (stated, weights) => {
      const sites = stated.chemicalPotential.length, count = nodeCount(stated);
      if (count === undefined) return;
      counted++;
      const nodes = bathNodes(sites, count), half = count / 2, at = bathsAt(stated, nodes);
      const onNodes = new Float64Array(count);
      for (let l = 0; 2 * l < sites; l++) {
        const mirror = sites - 1 - l, a = weights[l], b = mirror === l ? 0 : weights[mirror];
        for (let j = 0; j < half; j++) {
          const even = (a + b) * nodes.even[l * half + j], odd = (a - b) * nodes.odd[l * half + j];
          onNodes[j] += even + odd;
          onNodes[j + half] += even - odd;
        }
      }
      const size = weights.slice(0, sites).reduce((sum, weight) => sum + Math.abs(weight), 0);
      for (const energy of [0, 0.01, 0.3, 1, 2.7, 13]) {
        for (const kind of [0, 1]) {
          let expected = 0, actual = 0;
          for (let l = 0; l < sites; l++) {
            expected += weights[l] *
              occupations(energy, stated.inverseTemperature[l], stated.chemicalPotential[l])[kind];
          }
          for (let j = 0; j < count; j++) {
            actual += onNodes[j] * occupations(energy, at.inverseTemperature[j], at.chemicalPotential[j])[kind];
          }
          // Interpolation is good to 2e-15 an occupation; sums of 120 terms lose some digits more.
          assertAlmostEquals(actual, expected, 6e-15 * size);
        }
      }
    }),
    { ...REPEATABLE, numRuns: 600 },
  );
  assert(counted > 250, `only ${counted} of the cases were worth interpolating`);
});

Deno.test("the paper's baths need 12, 16 and 20 nodes, baths that are the same everywhere four", () => {
  const stated = { fermi_level: 0.3, inverse_temperature: 1, inverse_temperature_slope: 0 };
  const counts = [0, 0.005, 0.01, 0.02].map((chemical_potential_slope) =>
    nodeCount(baths({ ...stated, chemical_potential_slope }, 50))
  );
  assertEquals(counts, [4, 12, 16, 20]);
});

Deno.test("what is not linear, too cold, or too small a slab, is left to the sites", () => {
  const stated = {
    fermi_level: 0,
    chemical_potential_slope: 0.01,
    inverse_temperature: 1,
    inverse_temperature_slope: 0,
  };
  const plain = baths(stated, 50);
  const bent = plain.chemicalPotential.map((value, l) => value + (l === 20 ? 1e-6 : 0));
  assertEquals(nodeCount({ ...plain, chemicalPotential: bent }), undefined);
  assertEquals(nodeCount({ ...plain, inverseTemperature: bent.map((value) => 1 + value) }), undefined);
  assertEquals(nodeCount(baths({ ...stated, inverse_temperature: 100 }, 50)), undefined);
  assertEquals(nodeCount(baths(stated, 6)), undefined);
  for (const sites of [1, 2, 3]) {
    assertEquals(nodeCount(baths({ ...stated, chemical_potential_slope: 0 }, sites)), undefined);
  }
});

Deno.test("turning the slab round, or the sign of all potentials, changes no count", () => {
  fc.assert(
    fc.property(linear, ({ chemicalPotential, inverseTemperature }) => {
      const count = nodeCount({ chemicalPotential, inverseTemperature });
      assertEquals(nodeCount({ chemicalPotential: chemicalPotential.map((mu) => -mu), inverseTemperature }), count);
      const turned = {
        chemicalPotential: chemicalPotential.toReversed(),
        inverseTemperature: inverseTemperature.toReversed(),
      };
      const other = nodeCount(turned);
      // Rounding may take a count over a multiple of four.
      if (other !== undefined && count !== undefined) assertLess(Math.abs(other - count), 5);
    }),
    REPEATABLE,
  );
});
