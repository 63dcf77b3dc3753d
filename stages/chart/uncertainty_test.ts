import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { shortNumber, valueWithUncertainty } from "./uncertainty.ts";

Deno.test("valueWithUncertainty writes one digit of the uncertainty, two if it begins with 1", () => {
  const cases: readonly (readonly [number, number, string])[] = [
    [0.5247788, 0.00092, "0.5248(9)"],
    [0.5247788, 0.00112, "0.5248(11)"],
    [0.4775481, 0.0025295, "0.478(3)"],
    // Rounded to two digits, 0.00196 is 0.0020, which does not begin with 1; 0.00096 fills the place of its digit.
    [0.5247788, 0.00196, "0.525(2)"],
    [0.5247788, 0.00194, "0.5248(19)"],
    [0.5247788, 0.00096, "0.5248(10)"],
    [0.5247788, 0.000996, "0.5248(10)"],
    [-1.5, 0.2, "−1.5(2)"],
    [-0.001, 0.2, "0.0(2)"],
    [1234.5, 6, "1235(6)"],
    [1234.5, 12, "1235(12)"],
    [1234.5, 56, "1230(60)"],
    [1234.5, 123, "1230(120)"],
    [3, -0.2, "3.0(2)"],
    // Without an uncertainty the value stands alone.
    [0.5247788, 0, "0.5248"],
    [0.5247788, NaN, "0.5248"],
    [0.5247788, Infinity, "0.5248"],
  ];
  for (const [value, uncertainty, text] of cases) assertEquals(valueWithUncertainty(value, uncertainty, 0), text);
  assertEquals(valueWithUncertainty(0.0101888, 0.0000213, -3), "10.19(2)");
});

Deno.test("valueWithUncertainty loses less than its last digit, whatever the numbers", () => {
  const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  const size = fc.tuple(fc.integer({ min: -12, max: 3 }), fc.double({ min: 1, max: 9.999, noNaN: true }));
  fc.assert(
    fc.property(number, size, fc.constantFrom(-3, 0, 3), (value, [power, digits], exponent) => {
      const uncertainty = digits * 10 ** power;
      const text = valueWithUncertainty(value, uncertainty, exponent);
      const match = /^(−?)(\d+)(?:\.(\d+))?\((\d+)\)$/.exec(text);
      assert(match !== null, text);
      const [, minus, whole, decimals = "", units] = match;
      // The digits in parentheses count in units of the last decimal, or of 1 where there is none.
      const place = 10 ** (exponent - decimals.length);
      const written = (minus === "" ? 1 : -1) * Number(`${whole}.${decimals}0`) * 10 ** exponent;
      // One digit of 1.95 or more is wrong by a quarter at most; the value by half of that digit.
      assert(Math.abs(Number(units) * place - uncertainty) <= 0.26 * uncertainty, `${uncertainty}: ${text}`);
      assert(Math.abs(written - value) <= 0.51 * uncertainty + 1e-12 * Math.abs(value), `${value}: ${text}`);
      const leading = units.replace(/0+$/, "");
      assert(leading.length <= (leading.startsWith("1") ? 2 : 1), text);
    }),
    { seed: 41, numRuns: 1000 },
  );
});

Deno.test("shortNumber keeps four digits, whole numbers, and a real minus", () => {
  const texts = [0, -0, 12, -123456, 0.123456, 1e6, 1.5e-5, -2.5e-7, 12345.678, 0.001].map((value) =>
    shortNumber(value)
  );
  assertEquals(texts, [
    "0",
    "0",
    "12",
    "−123456",
    "0.1235",
    "1×10⁶",
    "1.5×10⁻⁵",
    "−2.5×10⁻⁷",
    "12350",
    "0.001",
  ]);
  assertEquals(shortNumber(0.0101888, -3), "10.19");
});
