import { assertEquals, assertThrows } from "@std/assert";
import { arcDirection, assertSolvable, chiralMagneticField } from "./weyl_cone.ts";

Deno.test("the chiral magnetic field is |A5|/xi of the linear profile and none in a constant field", () => {
  assertEquals(chiralMagneticField({ profile: "linear", amplitude: -1.6, cutoff: 50 }), 0.032);
  assertEquals(chiralMagneticField({ profile: "constant", amplitude: 1.6, cutoff: 50 }), 0);
});

Deno.test("the direction of the arc is the sign of A5", () => {
  assertEquals([2, -2].map((amplitude) => arcDirection({ profile: "linear", amplitude, cutoff: 1 })), [1, -1]);
});

Deno.test("what has no closed form, no cone or no field is refused, with what to do", () => {
  const gaugeField = { profile: "linear", amplitude: 1, cutoff: 5 } as const;
  assertSolvable({ velocity: -1, gaugeField });
  for (const profile of ["table", "expression"] as const) {
    assertThrows(
      () => assertSolvable({ velocity: 1, gaugeField: { ...gaugeField, profile } }),
      Error,
      `the profile is ${profile}. Change it`,
    );
  }
  assertThrows(() => assertSolvable({ velocity: 0, gaugeField }), Error, "the velocity is 0");
  assertThrows(
    () => assertSolvable({ velocity: 1, gaugeField: { ...gaugeField, amplitude: 0 } }),
    Error,
    "the gauge field's amplitude is 0",
  );
});
