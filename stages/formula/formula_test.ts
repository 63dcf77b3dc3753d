import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Point } from "../../pipeline/dataflow/stage.ts";
import { fittedFormulaTable, formulaPoint, formulaStage, formulaTable } from "./formula.ts";
import { chargeCurrent } from "./transport_formula.ts";

function point(slope: number, beta: number): Point {
  return {
    swept: { "baths.inverse_temperature": beta, "baths.chemical_potential_slope": slope },
    parameters: {
      model: {
        sites: 50,
        velocity: -1,
        mass: 0,
        hopping: -1,
        gauge_field: { profile: "linear", amplitude: 1.6, cutoff: 50 },
      },
      baths: {
        fermi_level: 0.1,
        chemical_potential_slope: slope,
        inverse_temperature: beta,
        inverse_temperature_slope: 0,
      },
    },
  };
}

const noPulse = () => {};

Deno.test("a point gives the field at the surface, |v|, and the baths of site 0 and of the mean", () => {
  const { model, baths } = formulaPoint(point(0.01, 2), {});
  assertEquals(model, { gaugeField: 1.6, velocity: 1 });
  assertAlmostEquals(baths.fa.chemicalPotential, 0.1 - 0.01 * 24.5, 1e-15);
  assertEquals(baths.cll, { chemicalPotential: 0.1, inverseTemperature: 2 });
});

Deno.test("points that differ in the drive only share a cutoff; another temperature has its own", () => {
  assertEquals(formulaPoint(point(0.01, 2), {}).group, formulaPoint(point(0.02, 2), {}).group);
  assert(formulaPoint(point(0.01, 2), {}).group !== formulaPoint(point(0.01, 3), {}).group);
});

Deno.test("with a given cutoff the stage is Eq. (8)", async () => {
  const { model, baths } = formulaPoint(point(0.01, 2), {});
  const [{ charge, cutoff, cutoffError }] = await formulaStage.run(
    { model, baths, cutoff: 0.5, order: "first" },
    [],
    noPulse,
  );
  // Eq. (8): (A⁵/2π²) tanh(βvΛ/2) (μ_CLL − μ_FA)
  assertAlmostEquals(charge, 1.6 / (2 * Math.PI ** 2) * Math.tanh(0.5) * 0.245, 1e-14);
  assertEquals([cutoff, cutoffError], [0.5, 0]);
});

Deno.test("the fitted table recovers the cutoff of each temperature, point by point in their order", async () => {
  const points = [[0.01, 1], [0.01, 4], [0.02, 1], [0.02, 4]].map(([slope, beta]) =>
    formulaPoint(point(slope, beta), {})
  );
  const truth = [0.5, 0.3, 0.5, 0.3];
  const lattice = points.map(({ model, baths }, i) => {
    const charge = chargeCurrent({ ...model, cutoff: truth[i] }, baths, "exact");
    return { charge, chargeError: 0, energy: 0, energyError: 0, magnitude: 1 };
  });
  const settings = { cutoff: "fit", order: "exact" } as const;
  const table = await fittedFormulaTable.run(
    { observable: "formula", swept: [], artifacts: [1, 1, 1, 1], points, settings },
    lattice,
    noPulse,
  );
  const cells = Object.fromEntries(table.columns.map(({ name, cells }) => [name, cells as number[]]));
  cells.cutoff.forEach((cutoff, i) => assertAlmostEquals(cutoff, truth[i], 1e-9));
  cells.charge_current.forEach((charge, i) => assertAlmostEquals(charge, lattice[i].charge, 1e-14));
});

Deno.test("several forms stand side by side, each told by its name; the limit is that of a large cutoff", async () => {
  const { model, baths } = formulaPoint(point(0.01, 2), {});
  const order = ["exact", "first", "ultraviolet"] as const;
  const forms = await formulaStage.run({ model, baths, cutoff: 0.5, order }, [], noPulse);
  const [wide] = await formulaStage.run({ model, baths, cutoff: 1e3, order: "exact" }, [], noPulse);
  assertEquals(forms.map((form) => form.order), [...order]);
  // e^{−βvΛ} is 0 to the last bit at Λ = 1000; what is left are the roundings of sums of W = vΛ and W² in the exact form.
  assertAlmostEquals(forms[2].charge, wide.charge, 1e-13);
  assertAlmostEquals(forms[2].energy, wide.energy, 1e-10);
  const table = await formulaTable.run(
    { observable: "formula", swept: [{ name: "slope", values: [0.01, 0.02] }], artifacts: [1, 1], settings: { order } },
    [forms, forms],
    noPulse,
  );
  const cells = Object.fromEntries(table.columns.map(({ name, cells }) => [name, cells]));
  assertEquals(cells.order, [...order, ...order]);
  assertEquals(cells.slope, [0.01, 0.01, 0.01, 0.02, 0.02, 0.02]);
  assertEquals(cells.energy_current.slice(0, 3), forms.map(({ energy }) => energy));
});
