/**
 * The compiled loops against the plain ones, bit by bit, and both against sums written out.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { MOMENTS } from "./energy_panels.ts";
import { compiledMoments, type MomentSums, plainMoments } from "./moment_sums.ts";

/** Numbers between −1 and 1 that look random, the same for both kinds of loops. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = state * 16807 % 2147483647;
    return 2 * state / 2147483647 - 1;
  };
}

/** Fills the tables and adds two ranges of modes to each panel of the last table. */
function run(sums: MomentSums, panels: readonly number[], order: number, sites: number, seed: number): number[] {
  const next = numbers(seed), table = panels.length - 1, middle = order >> 1;
  for (let i = 0; i < sums.density.length; i++) sums.density[i] = next();
  for (let i = 0; i < sums.share.length; i++) sums.share[i] = next();
  for (let panel = 0; panel < panels[table]; panel++) {
    sums.add(table, panel, 0, middle);
    sums.add(table, panel, middle, order);
  }
  return panels.flatMap((count, k) =>
    Array.from(
      { length: count * MOMENTS * sites },
      (_, i) => sums.moments[k][(i - i % sites) / sites * sums.stride + i % sites],
    )
  );
}

Deno.test("compiled or not, the loops give the same bits, and the sums over the modes", () => {
  const samples = fc.record({
    order: fc.integer({ min: 1, max: 9 }),
    sites: fc.integer({ min: 1, max: 13 }),
    panels: fc.constantFrom([1], [3], [2, 1]),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });
  fc.assert(
    fc.property(samples, ({ order, sites, panels, seed }) => {
      const plain = plainMoments(order, sites, panels), compiled = compiledMoments(order, sites, panels);
      const results = run(plain, panels, order, sites, seed);
      assertEquals(run(compiled, panels, order, sites, seed), results);
      compiled.release();
      const last = results.slice(-MOMENTS * sites);
      last.forEach((value, i) => {
        const l = i % sites, k = (i - l) / sites;
        let sum = 0;
        for (let n = 0; n < order; n++) sum += plain.share[n * MOMENTS + k] * plain.density[n * sites + l];
        assertAlmostEquals(value, sum, 1e-14); // a few roundings of nine terms
      });
      if (panels.length > 1) {
        assertEquals(results.slice(0, panels[0] * MOMENTS * sites).every((value) => value === 0), true);
      }
    }),
    { ...REPEATABLE, numRuns: 200 },
  );
});

Deno.test("tables larger than a page of memory; memory that was used before is empty again", () => {
  for (let round = 0; round < 2; round++) {
    const order = 400, sites = 201, sums = compiledMoments(order, sites, [20, 7]);
    assertEquals(sums.moments.map((table) => table.every((value) => value === 0)), [true, true]);
    sums.density.fill(1);
    sums.share.fill(0.5);
    sums.add(1, 6, 0, order);
    assertEquals(sums.moments[1].at(-sums.stride + sites - 1), 200);
    assertEquals(sums.moments[1].subarray(0, 6 * MOMENTS * sums.stride).every((value) => value === 0), true);
    sums.release();
  }
});

Deno.test("no modes add nothing", () => {
  const sums = compiledMoments(3, 2, [1]);
  sums.density.fill(1);
  sums.share.fill(1);
  sums.add(0, 0, 2, 2);
  assertEquals(sums.moments[0].every((value) => value === 0), true);
  sums.release();
});
