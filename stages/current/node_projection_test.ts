/**
 * The compiled loops against the plain ones, bit by bit, and both against sums written out.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { bathNodes } from "./bath_nodes.ts";
import { compiledProjection, type NodeProjection, plainProjection } from "./node_projection.ts";

interface Sample {
  readonly order: number;
  readonly sites: number;
  readonly counts: readonly number[];
  readonly seed: number;
}

const samples: fc.Arbitrary<Sample> = fc.record({
  order: fc.integer({ min: 1, max: 9 }),
  sites: fc.integer({ min: 2, max: 13 }),
  counts: fc.constantFrom([4], [8], [12, 4], []),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

/** Numbers between −1 and 1 that look random, the same for both kinds of loops. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = state * 16807 % 2147483647;
    return 2 * state / 2147483647 - 1;
  };
}

function run(projection: NodeProjection, { order, sites, counts, seed }: Sample): number[][] {
  const next = numbers(seed);
  for (let i = 0; i < order * sites; i++) projection.density[i] = next();
  for (let n = 0; n < order; n++) projection.factor[n] = next();
  projection.fold();
  return counts.map((_, shape) => [...projection.project(shape)]);
}

Deno.test("compiled or not, the loops give the same bits, and the shares of the sites", () => {
  fc.assert(
    fc.property(samples, (sample) => {
      const { order, sites, counts } = sample, shapes = counts.map((count) => bathNodes(sites, count));
      const plain = plainProjection(order, sites, shapes), results = run(plain, sample);
      const compiled = compiledProjection(order, sites, shapes);
      assertEquals(run(compiled, sample), results);
      compiled.release();
      counts.forEach((count, shape) => {
        const { even, odd } = shapes[shape], half = count / 2;
        for (let n = 0; n < order; n++) {
          for (let j = 0; j < count; j++) {
            let weight = 0;
            for (let l = 0; l < sites; l++) {
              const row = Math.min(l, sites - 1 - l), k = row * half + j % half;
              const mirrored = (2 * l > sites - 1) !== (j >= half);
              weight += plain.density[n * sites + l] * (even[k] + (mirrored ? -odd[k] : odd[k]));
            }
            assertAlmostEquals(results[shape][n * count + j], plain.factor[n] * weight, 1e-14); // a few roundings of a dozen terms
          }
        }
        assertEquals(results[shape].slice(order * count).every((value) => value === 0), true);
      });
    }),
    { seed: 11, numRuns: 200 },
  );
});

Deno.test("tables larger than a page of memory: shares of a site add up to 1", () => {
  const order = 400, sites = 200, projection = compiledProjection(order, sites, [bathNodes(sites, 40)]);
  projection.density.fill(1);
  projection.factor.fill(1);
  projection.fold();
  const weights = projection.project(0);
  for (const mode of [0, order - 1]) {
    const total = weights.subarray(40 * mode, 40 * (mode + 1)).reduce((sum, value) => sum + value, 0);
    assertAlmostEquals(total, sites, 1e-11);
  }
  projection.release();
});
