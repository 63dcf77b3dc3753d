/**
 * Contractions of many bath settings at a time: rows of them, and how soon they can be stopped.
 *
 * @module
 */
import { assertEquals, assertGreater, assertLessOrEqual, assertThrows } from "@std/assert";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { type Baths, baths } from "../current/baths.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import { inRows } from "./polygamma_lines.ts";
import { contractResponse } from "./response_contraction.ts";
import { responseDerivatives } from "./response_derivatives.ts";
import { uniformResponse } from "./uniform_response.ts";

const SITES = 20, SLAB = paperSlab({ sites: SITES });
const BLOCK = uniformResponse(SLAB, new StructuredSolver(SLAB), { qy: [0.3, 0.9], qz: [0.2, 0.2] }, 0.2);
const WEIGHT = Float64Array.of(1, 0.5), COARSE = Float64Array.of(0, 3);

/** Settings with a temperature of its own at each site, and some that share one. */
const SETTINGS: readonly Baths[] = Array.from({ length: 60 }, (_, i) =>
  baths({
    fermi_level: -0.3 + 0.01 * i,
    chemical_potential_slope: 0.02,
    inverse_temperature: 1,
    inverse_temperature_slope: i % 5 === 0 ? 0 : 1 / i,
  }, SITES));

Deno.test("settings go by rows of so many temperatures, all of them in their order", () => {
  const rows = inRows(SETTINGS),
    sizes = rows.map(({ own }) => new Set(own.flatMap((one) => [...one.inverseTemperature])).size);
  assertGreater(rows.length, 1);
  assertEquals(rows.flatMap(({ own }) => own), SETTINGS);
  assertEquals(
    rows.map(({ first }) => first),
    rows.map((_, i) => rows.slice(0, i).reduce((sum, { own }) => sum + own.length, 0)),
  );
  for (const size of sizes) assertLessOrEqual(size, 512);
  assertEquals(inRows([]), [{ first: 0, own: [] }]);
  assertEquals(inRows(SETTINGS.filter((_, i) => i % 5 === 0)).length, 1);
  // More than that in one setting: alone, or with those that have the same.
  const [many, others] = [1, 2].map((beta): Baths => ({
    chemicalPotential: new Float64Array(600),
    inverseTemperature: Float64Array.from({ length: 600 }, (_, l) => beta + l / 1000),
  }));
  assertEquals(inRows([many, many, others, many]).map(({ own }) => own.length), [2, 1, 1]);
});

Deno.test("a setting's numbers are the same in whatever row it comes, and what all share is counted once", () => {
  const together = contractResponse(BLOCK, SETTINGS, WEIGHT, COARSE),
    derivatives = responseDerivatives(BLOCK, SETTINGS, WEIGHT);
  for (const i of [0, 1, 31, 59]) {
    const alone = contractResponse(BLOCK, [SETTINGS[i]], WEIGHT, COARSE);
    assertEquals(alone.currents, [together.currents[i]]);
    assertEquals([alone.magnitude, alone.sea], [together.magnitude, together.sea]);
    const own = responseDerivatives(BLOCK, [SETTINGS[i]], WEIGHT);
    assertEquals([own.magnitude, own.derivatives], [derivatives.magnitude, [derivatives.derivatives[i]]]);
  }
});

Deno.test("thousands of settings do not keep a stop waiting until a momentum is done", () => {
  const contractions = [
    (pulse: () => void) => contractResponse(BLOCK, SETTINGS, WEIGHT, COARSE, pulse),
    (pulse: () => void) => responseDerivatives(BLOCK, SETTINGS, WEIGHT, pulse),
  ];
  for (const contract of contractions) {
    let pulses = 0;
    contract(() => pulses++);
    assertEquals(pulses, 2 * SETTINGS.length);
    const stop = () => {
      throw new Error("stopped");
    };
    assertThrows(() => contract(() => pulses-- > 100 || stop()), Error, "stopped");
  }
});
