import { assertEquals } from "@std/assert";
import { type Bound, type Claim, judged, type Measurement, percent, type Verdict, written } from "./claim.ts";
import { evidence } from "./testing/made_up.ts";

function verdict(measured: Measurement | undefined, bound: Bound = {}): Verdict | undefined {
  const claim: Claim = { id: "x", claim: "X.", source: "Y", quantity: "z", bound, measure: () => measured };
  return judged(claim, evidence({}))?.verdict;
}

Deno.test("a value out of bounds fails, one within them holds, both ends included", () => {
  const bound = { least: 1, most: 2 };
  assertEquals([0.999, 1, 2, 2.001].map((value) => verdict({ value }, bound)), ["fails", "holds", "holds", "fails"]);
  assertEquals([-1e300, 2].map((value) => verdict({ value }, { most: 1 })), ["holds", "fails"]);
  assertEquals([1e300, 0].map((value) => verdict({ value }, { least: 1 })), ["holds", "fails"]);
});

Deno.test("limits make a verdict weaker, but do not save one", () => {
  const bound = { most: 1 };
  assertEquals(verdict({ value: 0, limits: "but" }, bound), "holds with limits");
  assertEquals(verdict({ value: 0, limits: "" }, bound), "holds");
  assertEquals(verdict({ value: 0, limits: undefined }, bound), "holds");
  assertEquals(verdict({ value: 2, limits: "but" }, bound), "fails");
});

Deno.test("what is not measured, or no finite number, decides nothing", () => {
  assertEquals(verdict(undefined), undefined);
  for (const value of [NaN, Infinity, -Infinity]) assertEquals(verdict({ value }), undefined);
});

Deno.test("a record says all that there is to say", () => {
  const claim: Claim = {
    id: "x",
    claim: "X.",
    source: "Y",
    quantity: "z",
    bound: { most: 1 },
    measure: () => ({ value: 0 }),
  };
  assertEquals(judged(claim, evidence({})), {
    id: "x",
    claim: "X.",
    source: "Y",
    verdict: "holds",
    quantity: "z",
    value: 0,
    bound: { most: 1 },
    limits: "",
  });
});

Deno.test("numbers are written with a real minus, and without zeros that say nothing", () => {
  assertEquals([0, 1, -0.5, 0.123456, 1e-9, -2e-12, 1e22].map((value) => written(value)), [
    "0",
    "1",
    "−0.5",
    "0.123",
    "1e−9",
    "−2e−12",
    "1e22",
  ]);
  assertEquals([percent(0.0123), percent(1), percent(-0.256)], ["1.2 %", "100 %", "−26 %"]);
});
