import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { digamma } from "./digamma.ts";
import { PolygammaLine } from "./polygamma_line.ts";
import { trigamma } from "./trigamma.ts";

const FUNCTIONS = { digamma, trigamma } as const;

for (const [name, of] of Object.entries(FUNCTIONS)) {
  Deno.test(`a tabulated line is the ${name} function, within its table and beyond`, () => {
    const exact = new Float64Array(2), value = new Float64Array(2);
    for (const x of [0.5, 0.5000001, 0.7, 1.4616321449683622, 2, 8.3, 100]) {
      for (const reach of [0.1, 3, 30, 500]) {
        const line = new PolygammaLine(of, x);
        for (let k = -900; k <= 900; k++) {
          const y = 1.3 * reach * (k / 900) ** 3;
          of(x, y, exact);
          line.at(y, value);
          const error = Math.hypot(value[0] - exact[0], value[1] - exact[1]);
          assertLess(error, 1e-14 * Math.max(1, Math.hypot(...exact)), `x = ${x}, y = ${y}`);
        }
      }
    }
  });

  Deno.test(`a tabulated line of the ${name} function is symmetric to the last bit`, () => {
    const line = new PolygammaLine(of, 0.6), above = new Float64Array(2), below = new Float64Array(2);
    for (const y of [0.03, 1.7, 3.99, 4.2, 90]) {
      line.at(y, above);
      line.at(-y, below);
      assertEquals([below[0], -below[1]], [above[0], above[1]]);
    }
  });
}

Deno.test("a line that comes closer to the poles than the table is made for is refused", () => {
  assertThrows(() => new PolygammaLine(digamma, 0.4), RangeError, "at the real part 0.4");
});
