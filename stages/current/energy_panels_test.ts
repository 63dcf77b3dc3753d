/**
 * Panels against what they stand for: sums over modes of functions of the energy.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { between } from "../../tests/twins/made_up_block.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { chebyshevShare, MOMENTS, nodeShares, panelCount, panelNodes, panelWidth } from "./energy_panels.ts";

/** Σ_j weight_j g(ε_j) of one mode of weight 1, by way of its moments. */
function throughNodes(energy: number, width: number, g: (energy: number) => number): number {
  const panel = Math.floor(energy / width), moments = new Float64Array(MOMENTS), shares = nodeShares();
  chebyshevShare(energy / width, panel, 1, moments, 0);
  const nodes = panelNodes(width, panel + 1).subarray(panel * MOMENTS);
  let sum = 0;
  for (let j = 0; j < MOMENTS; j++) {
    for (let k = 0; k < MOMENTS; k++) sum += shares[k * MOMENTS + j] * moments[k] * g(nodes[j]);
  }
  return sum;
}

Deno.test("widths are powers of two with βδ between ¼ and ½, for any temperature", () => {
  fc.assert(
    fc.property(between(-12, 12), (exponent) => {
      const beta = 10 ** exponent, width = panelWidth(beta);
      assertEquals(Math.log2(width) % 1, 0);
      assertGreater(width * beta, 0.25);
      assertLessOrEqual(width * beta, 0.5);
    }),
    REPEATABLE,
  );
  assertEquals([0.25, 0.5, 1, 2, 2.01].map(panelWidth), [2, 1, 0.5, 0.25, 0.125]);
});

Deno.test("no temperature keeps the search for a width going on for ever", () => {
  for (const beta of [-1, -1e-300, NaN]) assertThrows(() => panelWidth(beta), RangeError, `${beta}, make it above 0`);
  // As hot or as cold as numbers get: too few panels, or too many.
  for (const beta of [0, 5e-324, Number.MAX_VALUE, Infinity]) assertEquals(panelCount(panelWidth(beta), 5), 0);
});

Deno.test("panels reach above the largest energy; where they would be too few or too many there are none", () => {
  for (
    const [largest, count] of [[0, 0], [0.49, 0], [0.5, 2], [4.6, 10], [31.99, 64], [32, 0], [NaN, 0], [Infinity, 0]]
  ) {
    assertEquals(panelCount(0.5, largest), count, `up to ${largest}`);
    if (count > 0) assert(largest < 0.5 * count);
  }
});

Deno.test("what occupations weigh energies with is had from the nodes, to rounding, however μ lies", () => {
  fc.assert(
    fc.property(between(0, 12), between(-10, 10), between(-1, 1), (energy, mu, exponent) => {
      const beta = 4 ** exponent, width = panelWidth(beta);
      const charge = (e: number) => Math.sinh(beta * mu) / (Math.cosh(beta * e) + Math.cosh(beta * mu));
      const heat = (e: number) => e * Math.sinh(beta * e) / (Math.cosh(beta * e) + Math.cosh(beta * mu));
      // Occupations are 1 at the most; interpolation multiplies roundings of them by up to 3, energies by up to 12.
      assertAlmostEquals(throughNodes(energy, width, charge), charge(energy), 4e-15);
      assertAlmostEquals(throughNodes(energy, width, heat), heat(energy), 4e-15 * 12);
      // Far above the chemical potential, too, the digits are there.
      if (Math.abs(mu) < 1) assertAlmostEquals(throughNodes(energy, width, charge) / charge(energy), 1, 1e-13);
    }),
    { ...REPEATABLE, numRuns: 300 },
  );
});

Deno.test("polynomials of degree 11 are exact, and those of degree 12 are not", () => {
  const power = (degree: number) => (energy: number) => (energy - 1.2) ** degree;
  for (const energy of [1, 1.3, 1.99999]) {
    for (let degree = 0; degree < MOMENTS; degree++) {
      assertAlmostEquals(throughNodes(energy, 1, power(degree)), power(degree)(energy), 1e-14);
    }
  }
  assertGreater(Math.abs(throughNodes(1.99999, 1, power(MOMENTS)) - power(MOMENTS)(1.99999)), 1e-8);
});
