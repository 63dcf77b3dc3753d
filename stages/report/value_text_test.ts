import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { numberText, valueText } from "./value_text.ts";

Deno.test("numbers have a real minus and a power of ten", () => {
  const cases: readonly (readonly [number, number | undefined, string])[] = [
    [0, 6, "0"],
    [-0.25, 6, "−0.25"],
    [1 / 3, 6, "0.333333"],
    [1 / 3, undefined, "0.3333333333333333"],
    [-1.23456789e-9, 6, "−1.23457 × 10⁻⁹"],
    [0.00123, 6, "0.00123"],
    [0.000123, 6, "1.23 × 10⁻⁴"],
    [999999.4, 6, "999999"],
    [999999.6, 6, "1 × 10⁶"],
    [1e-7, undefined, "1 × 10⁻⁷"],
    [2.5e21, undefined, "2.5 × 10²¹"],
  ];
  for (const [value, digits, text] of cases) assertEquals(numberText(value, digits), text);
});

Deno.test("parameters are written without loss", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const [mantissa, power = ""] = numberText(value).replace("−", "-").split(" × 10");
      const exponent = [...power].map((c) => c === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)).join("");
      assertEquals(Number(`${mantissa}e${exponent === "" ? 0 : exponent}`), value + 0);
    }),
    { seed: 20260212, numRuns: 500 },
  );
});

Deno.test("lists are written out, as a range if they are one, with their ends if they are long", () => {
  assertEquals(valueText([0.005, 0.01, 0.02]), "0.005, 0.01, 0.02");
  assertEquals(valueText([-1, -0.5, 0, 0.5, 1]), "−1 … 1 (5 evenly spaced values)");
  assertEquals(valueText([1, 2, 3]), "1, 2, 3");
  assertEquals(valueText([1, 2, 3, 5]), "1, 2, 3, 5");
  assertEquals(valueText([2, 2, 2, 2]), "2, 2, 2, 2");
  assertEquals(valueText(["none", "fba"]), "none, fba");
  assertEquals(valueText([]), "none");
  assertEquals(valueText(Array.from({ length: 40 }, (_, i) => i * i)), "0, 1, … 1521 (40 values)");
  assertEquals([valueText("fit"), valueText(true), valueText({ a: [1] })], ["fit", "true", '{"a":[1]}']);
});
