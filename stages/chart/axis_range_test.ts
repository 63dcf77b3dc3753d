import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { fits, rangeOf, rangeWithRoom, slotPadding } from "./axis_range.ts";
import { chartColumn } from "./column.ts";
import { tableOf } from "./sample_tables.ts";

const layer = (values: readonly number[], kind: "scale" | "reference", reach?: readonly [number, number]) => ({
  column: chartColumn(tableOf("current", ["x"], values.map((value) => [value])), "x", "x"),
  use: { axis: "x", kind, margin: 0, showsPoints: false, fromZero: false } as const,
  reach,
});

Deno.test("a line across the plot moves the ends of the axis only where it lies beyond them", () => {
  const data = layer([-1, 1], "scale");
  const range = (lines: readonly number[]): unknown => rangeOf([data, layer(lines, "reference")], []);
  assertEquals(range([-0.5, 0, 1]), [-1, 1]);
  // A margin of 0.03 of the new span, on that side alone.
  assertEquals(range([2]), [-1, 2.09]);
  assertEquals(range([-3, 0]), [-3.12, 1]);
});

Deno.test("the range reaches over error bars", () => {
  assertEquals(rangeOf([layer([-1, 1], "scale", [-1.25, 1.5])], []), [-1.25, 1.5]);
});

Deno.test("rangeWithRoom has room about every value, and hardly more than that", () => {
  const room = fc.record({
    value: fc.double({ min: -1, max: 1, noNaN: true }),
    before: fc.double({ min: 0, max: 65, noNaN: true }),
    after: fc.double({ min: 0, max: 65, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(room, { minLength: 1, maxLength: 8 }), (rooms) => {
      const length = 180;
      assert(fits(rooms, length));
      const [low, high] = rangeWithRoom([-1, 1], rooms, length);
      const px = (value: number): number => (value - low) / (high - low) * length;
      // Slack for the rounding of the ends to twelve digits.
      const left = rooms.map(({ value, before }) => px(value) - before);
      const right = rooms.map(({ value, after }) => length - px(value) - after);
      for (const free of [...left, ...right]) assert(free >= -1e-6, `${free} px`);
      // Ends are rounded outwards by up to a hundredth of the span (three digits of it).
      if (low < -1) assert(Math.min(...left) <= 0.01 * length + 1e-6);
      if (high > 1) assert(Math.min(...right) <= 0.01 * length + 1e-6);
    }),
    { seed: 42, numRuns: 500 },
  );
});

Deno.test("rooms fit that leave a quarter of the axis to the data", () => {
  assert(fits([{ value: 0, before: 30, after: 45 }, { value: 1, before: 10, after: 10 }], 100));
  assert(!fits([{ value: 0, before: 30, after: 45 }, { value: 1, before: 31, after: 10 }], 100));
});

Deno.test("slotPadding puts the outer slots as far from the frame as their labels need", () => {
  assertEquals(slotPadding(4, [], 100), 0.5);
  const padding = slotPadding(11, [{ value: "a", before: 0, after: 20 }], 100);
  const distance = 100 / (11 - 1 + 2 * padding);
  assert(Math.abs(padding * distance - 20) < 1e-9);
});
