/**
 * Stated errors against true ones. A fast extract of the measurement that the shares come from: smaller slabs, fewer of them, a reference grid of 150.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertGreaterOrEqual, assertLess } from "@std/assert";
import fc from "fast-check";
import { runCurrent } from "../../tests/twins/run_current.ts";
import type { AxisRuleName } from "../diagonalize/axis_rule.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import type { BathParameters } from "./baths.ts";
import { momentumError, SHARE } from "./momentum_error.ts";

/** Numbers from `least` to `most`, all as likely. */
const between = (least: number, most: number): fc.Arbitrary<number> =>
  fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((k) => least + (most - least) * k / 1_000_000);

interface Case {
  readonly slab: Slab;
  readonly grid: { readonly qy: number; readonly qz: number };
  readonly baths: readonly BathParameters[];
}

const slabs: fc.Arbitrary<Slab> = fc.record({
  sites: fc.integer({ min: 6, max: 8 }),
  velocity: between(0.5, 1.5),
  mass: between(-2, 2),
  hopping: fc.tuple(fc.boolean(), between(0.5, 1.5)).map(([positive, size]) => positive ? size : -size),
  amplitude: between(0.3, 2.5),
  cutoff: between(0.5, 1.5),
}).map(({ sites, amplitude, cutoff, ...rest }) => ({
  sites,
  ...rest,
  chiralGaugeField: Float64Array.from({ length: sites }, (_, l) => Math.max(0, amplitude * (1 - l / sites / cutoff))),
}));

const cases: fc.Arbitrary<Case> = fc.record({
  slab: slabs,
  grid: fc.record({ qy: fc.integer({ min: 24, max: 40 }), qz: fc.integer({ min: 24, max: 40 }) }),
  beta: between(0, 1).map((x) => 0.5 * 16 ** x),
  levels: fc.tuple(between(-1, 1), between(-1, 1), between(-1, 1)),
  slope: between(-0.1, 0.1),
  rise: between(0.2, 1.5),
}).map(({ slab, grid, beta, levels, slope, rise }) => {
  const uniform = { chemical_potential_slope: 0, inverse_temperature: beta, inverse_temperature_slope: 0 };
  const baths = [
    { ...uniform, fermi_level: levels[0], chemical_potential_slope: slope },
    { ...uniform, fermi_level: levels[1], inverse_temperature_slope: rise * beta },
    { ...uniform, fermi_level: levels[2], chemical_potential_slope: slope / 5 },
  ];
  return { slab, grid, baths };
});

for (const rule of ["midpoint", "gauss-legendre"] as const) {
  Deno.test(`${rule}: of 30 charge and 30 energy currents, at least 28 are off by no more than stated, and few by far less`, () =>
    assertStated(rule));
}

function assertStated(rule: AxisRuleName): void {
  const ratios: { charge: number[]; energy: number[] } = { charge: [], energy: [] };
  // One setting of the baths a slab: those of one slab share most of their error.
  fc.sample(cases, { seed: 11, numRuns: 30 }).forEach(({ slab, grid, baths }, k) => {
    const asked = rule === "midpoint" ? grid : { qy: 2 * (grid.qy >> 1), qz: 2 * (grid.qz >> 1), rule };
    const [current] = runCurrent(slab, asked, [baths[k % 3]]),
      [fine] = runCurrent(slab, { qy: 150, qz: 152, rule: "gauss-legendre" }, [baths[k % 3]]);
    ratios.charge.push(Math.abs(current.charge - fine.charge) / current.chargeError);
    ratios.energy.push(Math.abs(current.energy - fine.energy) / current.energyError);
  });
  for (const [which, values] of Object.entries(ratios)) {
    assertEquals(values.length, 30);
    assertGreaterOrEqual(
      values.filter((ratio) => ratio <= 1).length,
      28,
      `${which}: ${values.map((x) => x.toFixed(3))}`,
    );
    // An error bar a thousand times too long is none.
    assertGreater(values.toSorted((a, b) => a - b)[15], 1e-3, `${which}: ${values.map((x) => x.toFixed(3))}`);
  }
}

Deno.test("the stated error falls with the grid", () => {
  const [{ slab, baths }] = fc.sample(cases, { seed: 12, numRuns: 1 });
  const errors = [16, 48, 144].map((count) => runCurrent(slab, { qy: count, qz: count }, baths)[0]);
  for (const key of ["chargeError", "energyError"] as const) {
    assertLess(errors[1][key], errors[0][key] / 2);
    assertLess(errors[2][key], errors[1][key] / 2);
  }
});

Deno.test("each axis counts: a grid coarse along one of them has the error of that one", () => {
  const [{ slab, baths }] = fc.sample(cases, { seed: 13, numRuns: 1 });
  const [fine, narrow, wide] = [{ qy: 96, qz: 96 }, { qy: 12, qz: 96 }, { qy: 96, qz: 12 }]
    .map((grid) => runCurrent(slab, grid, baths)[0]);
  assertGreater(narrow.chargeError, 3 * fine.chargeError);
  assertGreater(wide.chargeError, 3 * fine.chargeError);
});

Deno.test("grids too small for a coarser rule state an error larger than the current", () => {
  const [{ slab, baths }] = fc.sample(cases, { seed: 14, numRuns: 1 });
  const [current] = runCurrent(slab, { qy: 2, qz: 2 }, baths);
  assert(current.charge !== 0);
  assertAlmostEquals(current.chargeError / Math.abs(current.charge), 4 * SHARE.midpoint.charge, 1e-12);
});

Deno.test("an error is a share of all differences; equal sums state none", () => {
  assertAlmostEquals(momentumError(1, { y: 1.5, z: 0.75, both: 2 }, 0.5), (0.5 + 0.25 + 1 + 0.75) / 2, 1e-15);
  assertEquals(momentumError(-2, { y: -2, z: -2, both: -2 }, 0.75), 0);
  assert(Number.isNaN(momentumError(NaN, { y: 1, z: 1, both: 1 }, 0.75)));
});
