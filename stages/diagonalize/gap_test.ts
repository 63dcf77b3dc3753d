/**
 * The gap is a minimum over everything it is shown, whatever the order.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { gapStage } from "./gap.ts";
import { type MomentumBlock, momentumBlock } from "./momentum_block.ts";
import { StructuredSolver } from "./structured_solver.ts";

function gapOf(blocks: readonly MomentumBlock[]): number {
  const shares = blocks.map((block, index) => gapStage.partial([null], block, index, () => {}));
  const [{ gap }] = gapStage.finish([null], shares.reduce((total, share) => gapStage.combine(total, share)));
  return gap;
}

Deno.test("the smallest energy of all blocks, in whatever block it stands", () => {
  const slab = paperSlab({ sites: 6 });
  const blocks = [[0.3, 2], [0.1, 0.2], [3, 1]].map((qy) =>
    momentumBlock(slab, new StructuredSolver(slab), { qy, qz: [0.4, 0.4] })
  );
  const expected = Math.min(...blocks.flatMap((block) => [...block.energy]));
  assertEquals(gapOf(blocks), expected);
  assertEquals(gapOf(blocks.toReversed()), expected);
  assertEquals(gapOf([blocks[2]]), Math.min(...blocks[2].energy));
});

Deno.test("on the line q_y = 0 the paper's slab closes at m = −1 and opens beyond, as the references say", () => {
  const qz = Array.from({ length: 81 }, (_, k) => -Math.PI + 2 * Math.PI * k / 80);
  // References of two to three digits; the line is symmetric, so each half is enough.
  for (const [mass, expected, digits] of [[-1, 0.00013, 1e-5], [-1.2, 0.0062, 1e-4], [-1.4, 0.0988, 1e-4]]) {
    const slab = paperSlab({ mass }), half = qz.filter((value) => value >= 0);
    const block = momentumBlock(slab, new StructuredSolver(slab), { qy: half.map(() => 0), qz: half });
    assertAlmostEquals(gapOf([block]), expected, digits);
  }
});
