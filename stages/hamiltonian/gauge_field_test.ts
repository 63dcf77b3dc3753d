import { assertEquals, assertThrows } from "@std/assert";
import { chiralGaugeField, type GaugeField } from "./gauge_field.ts";

const field: GaugeField = { profile: "linear", amplitude: 1.6, cutoff: 4 };

Deno.test("the linear profile falls from the amplitude at the surface to 0 at the cutoff", () => {
  assertEquals(chiralGaugeField(field, 6), Float64Array.of(1.6, 1.6 * 0.75, 0.8, 0.4, 0, 0));
  assertEquals(chiralGaugeField({ ...field, cutoff: 2.5 }, 4), Float64Array.of(1.6, 1.6 * 0.6, 1.6 * (1 - 2 / 2.5), 0));
  assertEquals(chiralGaugeField({ ...field, cutoff: 1e9 }, 2)[1], 1.6 * (1 - 1e-9));
  assertEquals(chiralGaugeField({ ...field, amplitude: -2 }, 2), Float64Array.of(-2, -1.5));
});

Deno.test("the constant profile is the amplitude everywhere, whatever the cutoff", () => {
  assertEquals(chiralGaugeField({ ...field, profile: "constant" }, 6), new Float64Array(6).fill(1.6));
});

Deno.test("a table gives the values as they are, and must have one a site", () => {
  const values = [0.1, -0.2, 3e-300];
  assertEquals(chiralGaugeField({ ...field, profile: "table", values }, 3), Float64Array.from(values));
  for (const sites of [2, 4]) {
    assertThrows(
      () => chiralGaugeField({ ...field, profile: "table", values }, sites),
      Error,
      `the table has 3 values, the slab ${sites} sites`,
    );
  }
  assertThrows(() => chiralGaugeField({ ...field, profile: "table" }, 2), Error, "the table has 0 values");
});

Deno.test("an expression is asked at each site, with L and the site under both its names", () => {
  const of = (expression: string, sites = 4) =>
    chiralGaugeField({ ...field, profile: "expression", expression }, sites);
  assertEquals(of("1.6*exp(-x/10)"), Float64Array.from([0, 1, 2, 3], (l) => 1.6 * Math.exp(-l / 10)));
  assertEquals(of("x - l + L"), new Float64Array(4).fill(4));
  assertEquals(of("1.6*(1 - l/4)*step(3 - l)"), Float64Array.of(1.6, 1.6 * 0.75, 0.8, 0.4));
  const error = assertThrows(() => of("1/(l - 2)"), Error);
  assertEquals(error.message, 'Cannot build the chiral gauge field: "1/(l - 2)" is Infinity at site 2 of 4');
  assertThrows(() => of("sqrt(-x - 1)"), Error, "is NaN at site 0");
  for (const unreadable of ["", "y", "1 +"]) assertThrows(() => of(unreadable));
});

Deno.test("the paper's profile of 50 sites matches Eq. (4) of its text", () => {
  const profile = chiralGaugeField({ profile: "linear", amplitude: 1.6, cutoff: 50 }, 50);
  profile.forEach((value, l) => assertEquals(value, 1.6 * (1 - l / 50)));
});
