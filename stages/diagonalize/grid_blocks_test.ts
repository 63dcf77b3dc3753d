/**
 * Blocks must cut the folded grid without loss or overlap, whatever its shape.
 *
 * @module
 */
import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { blockMomenta, gridBlocks, pointsInBlock } from "./grid_blocks.ts";
import { foldedAxis } from "./midpoint_grid.ts";

const grids = (): fc.Arbitrary<{ qy: number; qz: number }> =>
  fc.record({ qy: fc.integer({ min: 1, max: 300 }), qz: fc.integer({ min: 1, max: 12 }) });

Deno.test("every point of the folded grid is in one block, in the order of rows", () => {
  fc.assert(
    fc.property(grids(), fc.integer({ min: 2, max: 600 }), (grid, sites) => {
      const points = gridBlocks(grid, sites).flatMap((block) => {
        const { qy, qz } = blockMomenta(grid, block);
        assertEquals(qy.length, block.end - block.first);
        assertEquals(qz.length, qy.length);
        return qy.map((value, k) => `${value} ${qz[k]}`);
      });
      const expected = [...foldedAxis(grid.qz)].flatMap((qz) => [...foldedAxis(grid.qy)].map((qy) => `${qy} ${qz}`));
      assertEquals(points, expected);
    }),
    REPEATABLE,
  );
});

Deno.test("blocks hold at least one point, at most 128, and at most about 8 MB", () => {
  for (const sites of [2, 10, 50, 100, 200, 400, 1000]) {
    const points = pointsInBlock(sites);
    assertGreaterOrEqual(points, 1);
    assertLessOrEqual(points, 128);
    // ε, ∂ε/∂q_y and D of every mode at every site, and three numbers of the momentum.
    assert(points === 1 || points * 8 * (2 * sites * (sites + 2) + 3) <= 2 ** 23);
    for (const { first, end } of gridBlocks({ qy: 257, qz: 5 }, sites)) {
      assertGreaterOrEqual(end - first, 1);
      assertLessOrEqual(end - first, points);
    }
  }
  assertEquals(pointsInBlock(10), 128);
  assertEquals(pointsInBlock(10_000), 1);
});

Deno.test("a grid refined along q_z to three times as many points has the old one's blocks among its own", () => {
  const coarse = { qy: 150, qz: 5 }, fine = { qy: 150, qz: 15 };
  const known = new Set(gridBlocks(fine, 50).map((block) => JSON.stringify(blockMomenta(fine, block))));
  for (const block of gridBlocks(coarse, 50)) assert(known.has(JSON.stringify(blockMomenta(coarse, block))));
});
