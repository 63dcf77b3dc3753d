import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Model } from "../hamiltonian/hamiltonian.ts";
import { continuumDensities, formedModel } from "./continuum.ts";
import { latticeChiralLandauLevel, latticeFermiArc } from "./lattice_states.ts";
import { chiralLandauLevel, fermiArc } from "./printed_states.ts";

const model: Model = {
  sites: 50,
  velocity: 1,
  mass: 0,
  hopping: -1,
  gauge_field: { profile: "linear", amplitude: 1.6, cutoff: 50 },
};

const momenta = { qy: [0.8, -0.8], qz: [0.5, 0.5] };

Deno.test("the densities of Fig. 2(c) come in the order of the lattice's, the lower energy first", () => {
  const cone = { velocity: 1, gaugeField: formedModel("printed", model).gauge_field };
  const { form, branch, energy, density } = continuumDensities(formedModel("printed", model), momenta);
  assertEquals(form, "printed");
  assertEquals(branch, ["cll", "fa", "fa", "cll"]);
  assertEquals([...energy], [-0.8, 0.8, -0.8, 0.8]);
  const states = { fa: fermiArc(50, cone, 0.5), cll: chiralLandauLevel(50, cone, 0.5) };
  branch.forEach((name, i) => assertEquals(density.slice(50 * i, 50 * (i + 1)), states[name]));
});

Deno.test("the form of the lattice has its sine and its states", () => {
  const { branch, energy, density } = continuumDensities(formedModel("lattice", model), momenta);
  assertEquals(branch, ["cll", "fa", "fa", "cll"]);
  assertEquals([...energy], [-1, 1, -1, 1].map((sign) => sign * Math.sin(0.8)));
  const { velocity, mass, hopping, gauge_field: gaugeField } = model;
  const cone = { velocity, mass, hopping, gaugeField };
  const states = {
    fa: latticeFermiArc(50, cone, { qy: 0.8, qz: 0.5 }),
    cll: latticeChiralLandauLevel(50, cone, { qy: 0.8, qz: 0.5 }),
  };
  branch.forEach((name, i) => assertEquals(density.slice(50 * i, 50 * (i + 1)), states[name]));
});

Deno.test("a constant field has an arc at either surface", () => {
  const constant: Model = { ...model, gauge_field: { ...model.gauge_field, profile: "constant", amplitude: -1.6 } };
  for (const form of ["printed", "lattice"] as const) {
    const { branch, density } = continuumDensities(formedModel(form, constant), { qy: [0.4], qz: [0.2] });
    assertEquals(branch, ["fa", "fa"]);
    // A⁵ < 0: the arc at x = 0 has E = −v q_y and comes first.
    assertEquals(density.slice(0, 50), density.slice(50).toReversed());
    assertAlmostEquals(density[0], density.slice(0, 50).reduce((most, value) => Math.max(most, value)), 0);
  }
});

Deno.test("the form as printed reads neither mass nor hopping", () => {
  const other = { ...model, mass: 1, hopping: 3 };
  assertEquals(formedModel("printed", other), formedModel("printed", model));
  assertEquals(formedModel("lattice", other), { form: "lattice", ...other });
});

Deno.test("a momentum beyond the arc, and a field without a closed form, are errors", () => {
  assertThrows(() => continuumDensities(formedModel("printed", model), { qy: [0, 0], qz: [0, 2] }), Error, "q_z = 2");
  const table: Model = { ...model, gauge_field: { ...model.gauge_field, profile: "table", values: [1] } };
  assertThrows(() => continuumDensities(formedModel("lattice", table), momenta), Error, "the profile is table");
});
