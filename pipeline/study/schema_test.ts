import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { columnsOf, ownColumns, sweptColumns } from "./columns.ts";
import { OBSERVABLES } from "./observables.ts";
import { rangePoints } from "./scalars.ts";
import { LEAVES, type Study } from "./schema.ts";
import { combinations } from "./swept_values.ts";

const sweeping = (...axes: readonly (readonly string[])[]): Pick<Study, "sweep"> => ({
  sweep: axes.map((axis) => axis.map((path) => ({ path, values: [0, 1] }))),
});

Deno.test("everything scalar can be swept and nothing else", () => {
  assertEquals(LEAVES.map(({ path }) => path), [
    "model.sites",
    "model.velocity",
    "model.mass",
    "model.hopping",
    "model.gauge_field.profile",
    "model.gauge_field.amplitude",
    "model.gauge_field.cutoff",
    "model.gauge_field.expression",
    "momentum.qy",
    "momentum.qz",
    "momentum.rule",
    "momentum.tolerance",
    "baths.coupling",
    "baths.fermi_level",
    "baths.chemical_potential.profile",
    "baths.chemical_potential.expression",
    "baths.chemical_potential_slope",
    "baths.inverse_temperature",
    "baths.inverse_temperature.profile",
    "baths.inverse_temperature.expression",
    "baths.inverse_temperature_slope",
    "disorder.strength",
    "disorder.broadening",
    "disorder.scheme",
    "disorder.normalisation",
  ]);
});

Deno.test("a range has its ends, and is exactly antisymmetric if it is symmetric", () => {
  assertEquals(rangePoints({ from: -1, to: 1, count: 5 }), [-1, -0.5, 0, 0.5, 1]);
  assertEquals(rangePoints({ from: 3, to: 3, count: 1 }), [3]);
  const end = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(end, end, fc.integer({ min: 2, max: 500 }), (from, to, count) => {
      const points = rangePoints({ from, to, count });
      assertEquals([points.length, points[0], points[count - 1]], [count, from + 0, to + 0]);
      const symmetric = rangePoints({ from: -to, to, count });
      for (const [i, point] of symmetric.entries()) assert(point === -symmetric[count - 1 - i]);
    }),
    { seed: 21, numRuns: 300, examples: [[0.1, 0.7, 7], [-Math.PI, Math.PI, 201]] },
  );
});

Deno.test("each observable has columns of its own", () => {
  assertEquals(Object.keys(ownColumns), Object.keys(OBSERVABLES));
  assertEquals(columnsOf(sweeping(), "bands"), ["qy", "qz", "band", "energy", "mean_position", "chirality"]);
  assertThrows(() => columnsOf(sweeping(), "toString"), RangeError, "there is no such observable");
});

Deno.test("swept columns are named by the end of their path unless that is taken", () => {
  const study = sweeping(["baths.fermi_level"], ["momentum.qy", "model.mass"]);
  assertEquals(sweptColumns(study, "gap"), ["fermi_level", "qy", "mass"]);
  assertEquals(sweptColumns(study, "bands"), ["fermi_level", "momentum.qy", "mass"]);
  assertEquals(sweptColumns(sweeping(["a.x"], ["b.x"], ["b.y"]), "gap"), ["a.x", "b.x", "y"]);
  assertEquals(columnsOf(study, "current_profile"), ["fermi_level", "qy", "mass", "site", "charge_current"]);
});

Deno.test("the combinations of a few paths ignore the rest of the sweep", () => {
  const study: Parameters<typeof combinations>[0] = {
    sweep: [
      [{ path: "model.mass", values: Array.from({ length: 1000 }, (_, i) => i) }],
      [{ path: "model.sites", values: [4, 4, 5] }, { path: "momentum.qy", values: [8, 9, 10] }],
      [{ path: "momentum.qz", values: [8, 9] }],
    ],
  };
  assertEquals([...combinations(study, ["model.sites", "baths.fermi_level"])], [
    { "model.sites": 4, "baths.fermi_level": undefined },
    { "model.sites": 5, "baths.fermi_level": undefined },
  ]);
  assertEquals([...combinations(study, ["momentum.qy", "model.sites", "momentum.qz"])].length, 6);
});
