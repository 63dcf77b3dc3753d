/**
 * The opening of a gap is found where a known curve bends, in whatever order it is given.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Point } from "../../pipeline/dataflow/stage.ts";
import { gapOpening, gapOpeningPoint, gapOpeningTable } from "./gap_opening.ts";

/** A gap that grows with unit slope beyond x₀ on the lower side, rounded over a width w: its curvature is largest at x₀. */
function rounded(x: number, start: number, width: number): number {
  return width * Math.log1p(Math.exp((start - x) / width));
}

const masses = Array.from({ length: 41 }, (_, i) => -2.5 + 0.1 * i);

Deno.test("the softplus bends most at its start; a grid of 0.1 locates it to a hundredth", () => {
  for (const start of [-1.234, -1.2, -0.77]) {
    const { opening, gap, nearest } = gapOpening(masses, masses.map((x) => rounded(x, start, 0.08)));
    // Third order in the step: (0.1)³ over the square of the width of the bend, some 0.3.
    assertAlmostEquals(opening, start, 0.012);
    // Between two values the curve is at most its bend, 1/(8 × 0.08) × 0.1², off the chord.
    assertAlmostEquals(gap, rounded(start, start, 0.08), 0.016);
    assertEquals(nearest, masses.findIndex((x) => Math.abs(x - start) < 0.05 + 1e-9));
  }
});

Deno.test("neither the order of the values nor uneven steps matter", () => {
  const uneven = masses.filter((_, i) => i % 3 > 0), curve = uneven.map((x) => rounded(x, -1.1, 0.2));
  const there = gapOpening(uneven, curve), back = gapOpening(uneven.toReversed(), curve.toReversed());
  assertAlmostEquals(there.opening, -1.1, 0.03);
  assertAlmostEquals(back.opening, there.opening, 1e-12);
  assertEquals(uneven[there.nearest], uneven.toReversed()[back.nearest]);
});

Deno.test("what cannot be found is an error that says what to sweep", () => {
  const message = (values: number[], gaps: number[], reason: string): void => {
    assertThrows(() => gapOpening(values, gaps), Error, `Cannot find where the gap opens: ${reason}`);
  };
  message([1, 2, 3, 4], [0, 0, 1, 2], "there are 4 values: sweep five or more");
  message([1, 2, 2, 3, 4], [0, 0, 0, 1, 2], "a value occurs twice");
  message(masses, masses.map((_, i) => i % 2 * 1e-12), "the gap is closed at all values");
  message([1, 2, 3, 4, 5, 6], [0, 1, 3, 5, 7, 9], "the gap bends most at the end of the sweep, near 2");
});

Deno.test("the table has a row for each curve, at the point nearest to its opening", async () => {
  const starts = [-1.2, -0.5];
  const points: Point[] = starts.flatMap((start) =>
    masses.map((mass) => ({ swept: { "model.sites": start, "model.mass": mass }, parameters: {} }))
  );
  const table = await gapOpeningTable.run(
    {
      observable: "gap_opening",
      swept: [{ name: "mass", values: points.map(({ swept }) => swept["model.mass"]) }],
      artifacts: points.map(() => 1),
      points: points.map((point) => gapOpeningPoint(point, { along: "model.mass" })),
    },
    points.map(({ swept }) => ({ gap: rounded(Number(swept["model.mass"]), Number(swept["model.sites"]), 0.08) })),
    () => {},
  );
  const cells = Object.fromEntries(table.columns.map(({ name, cells }) => [name, cells as number[]]));
  assertEquals(Object.keys(cells), ["mass", "opening", "gap"]);
  cells.opening.forEach((opening, i) => assertAlmostEquals(opening, starts[i], 0.012));
  cells.mass.forEach((mass, i) => assertAlmostEquals(mass, starts[i], 1e-9));
});
