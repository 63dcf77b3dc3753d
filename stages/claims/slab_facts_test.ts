import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { arcEnd, firstLevel, hasChiralStates, hasLandauLevel, nodeSite, type SlabFacts, slabOf } from "./slab_facts.ts";
import { evidence } from "./testing/made_up.ts";

const PAPER: SlabFacts = { profile: "linear", sites: 50, velocity: 1, mass: 0, hopping: -1, field: 1.6, reach: 50 };

Deno.test("the slab of a row, swept values before fixed ones", () => {
  const study = evidence({ gap: [{ "model.velocity": -2, gap: 0 }] });
  assertEquals(slabOf(study.rows("gap")[0]), { ...PAPER, velocity: 2 });
});

Deno.test("where the paper has chiral states, and where a Landau level", () => {
  const both = (other: Partial<SlabFacts>): boolean[] =>
    [hasChiralStates, hasLandauLevel].map((is) => is({ ...PAPER, ...other }));
  assertEquals(both({}), [true, true]);
  assertEquals(both({ field: -1.6, mass: -1.5 }), [true, true]);
  for (
    const other of [{ mass: -1.6 }, { field: 0 }, { velocity: 0 }, { hopping: 0 }, { profile: "table" }, { field: NaN }]
  ) {
    assertEquals(both(other), [false, false], JSON.stringify(other));
  }
  assertEquals(both({ profile: "constant" }), [true, false]);
  // Too thin for two states, and a field that falls too fast for a level.
  assertEquals([both({ sites: 9 }), both({ reach: 9 })], [[false, false], [true, false]]);
  // The field at the last site is a tenth of that at the first for a reach of 54, a half for 98.
  assertEquals([both({ reach: 54 }), both({ reach: 98 })], [[true, true], [true, false]]);
});

Deno.test("the first level, the node and the end of the arc", () => {
  assertAlmostEquals(firstLevel(PAPER), Math.sqrt(0.064), 1e-15);
  // w = −2(1 − cos 0.8) at q_z = 0; the numbers of docs/theory.md.
  assertAlmostEquals(nodeSite(PAPER, 0.8, 0), 50 * (1 - 2 * (1 - Math.cos(0.8)) / 1.6), 1e-12);
  assertAlmostEquals(nodeSite(PAPER, 0.8, 0), 31, 0.05);
  assertAlmostEquals(arcEnd(PAPER), 1.212, 1.1e-3);
  assertAlmostEquals(nodeSite(PAPER, 0, arcEnd(PAPER)), 0, 0.1);
  // Without hopping the node is where sin q_z = A⁵/v.
  assertAlmostEquals(arcEnd({ ...PAPER, hopping: 0, field: -0.5 }), Math.asin(0.5), 1.1e-3);
  assertEquals(arcEnd({ ...PAPER, hopping: 0 }), Math.PI);
  assert(nodeSite(PAPER, 0, 1.5) < 0);
});
