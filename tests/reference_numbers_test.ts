import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Workspace } from "./command_line/workspace.ts";
import type { TextRow } from "./command_line/text_table.ts";

/** Expects a number to agree with a reference to 1e-9 of it. */
function assertReference(actual: number, reference: number): void {
  assertAlmostEquals(actual, reference, 1e-9 * Math.abs(reference));
}

Deno.test("the currents of the paper's slab are those of the dense reference", async () => {
  using desk = new Workspace();
  const study = desk.write(
    "currents",
    `study: currents
model: { sites: 50, gauge_field: { profile: linear, amplitude: 1.6, cutoff: 50 } }
sweep:
  zip:
    momentum.qy:                     [24, 40, 24, 24]
    momentum.qz:                     [24, 40, 24, 24]
    model.mass:                      [0, 0, 0, -1.2]
    baths.fermi_level:               [0, 0.4, 0.2, 0]
    baths.chemical_potential_slope:  [0.01, 0.01, 0, 0.01]
    baths.inverse_temperature_slope: [0, 0, 1, 0]
observables: { current: {} }
`,
  );
  await desk.succeed([study]);
  const currents = desk.table("currents", "current").rows.map((row) => Number(row.charge_current));
  const references = [0.005132775073, 0.005028239149, 0.001665623625, 0.000957112884];
  assertEquals(currents.length, references.length);
  references.forEach((reference, i) => assertReference(currents[i], reference));
});

Deno.test("the edge of the spectrum on the 24 × 24 midpoint grid is that of the dense reference", async () => {
  using desk = new Workspace();
  const edge = Math.PI * 23 / 24, midpoints = `{ from: ${-edge}, to: ${edge}, count: 24 }`;
  const study = desk.write("edge", `study: edge\nobservables: { bands: { qy: ${midpoints}, qz: ${midpoints} } }\n`);
  await desk.succeed([study]);
  const { rows } = desk.table("edge", "bands");
  assertEquals(rows.length, 24 * 24 * 200);
  for (const axis of ["qy", "qz"]) {
    const values = [...new Set(rows.map((row) => Number(row[axis])))].sort((a, b) => a - b);
    assertEquals(values.length, 24);
    values.forEach((value, k) => assertAlmostEquals(value, -Math.PI + 2 * Math.PI * (k + 0.5) / 24, 1e-15));
  }
  const energies = rows.map((row) => Number(row.energy));
  const highest = energies.reduce((most, energy) => Math.max(most, energy), -Infinity);
  const lowest = energies.reduce((least, energy) => Math.min(least, energy), Infinity);
  assertReference(highest, 13.366730440525);
  assertReference(lowest, -13.366730440525);
});

Deno.test("the gap opens between m = -1 and m = -1.4 as in the dense reference, in the bands and as an observable", async () => {
  using desk = new Workspace();
  const study = desk.write(
    "opening",
    `study: opening
momentum: { qy: 8, qz: 8 }
sweep: { model.mass: [-1.0, -1.2, -1.4] }
observables:
  gap: {}
  bands: { qy: 0, qz: { from: ${-Math.PI}, to: ${Math.PI}, count: 81 } }
`,
  );
  await desk.succeed([study]);
  const bands = desk.table("opening", "bands").rows, gaps = desk.table("opening", "gap").rows;
  const references = [["-1", 0.000134218], ["-1.2", 0.006168874], ["-1.4", 0.098814691]] as const;
  assertEquals(gaps.map((row) => row.mass), references.map(([mass]) => mass));
  for (const [index, [mass, reference]] of references.entries()) {
    const energies = bands.filter((row) => row.mass === mass).map((row) => Math.abs(Number(row.energy)));
    assertEquals(energies.length, 81 * 200);
    const lowest = Math.min(...energies);
    assertAlmostEquals(lowest, reference, 5e-10); // all the digits that the reference has
    // Both have the minimum, q = 0, among their momenta.
    assertAlmostEquals(Number(gaps[index].gap), lowest, 1e-12);
  }
});

Deno.test("the chiral states run at ± sin q_y on opposite sides of the slab", async () => {
  using desk = new Workspace();
  const study = desk.write("chiral", "study: chiral\nobservables: { bands: { qy: 0.8, qz: 0 } }\n");
  await desk.succeed([study]);
  const { rows } = desk.table("chiral", "bands");
  assertEquals(rows.length, 200);
  assertEquals(rows.map((row) => row.band), rows.map((_, band) => String(band)));
  const energies = rows.map((row) => Number(row.energy));
  assertEquals(energies, energies.toSorted((a, b) => a - b));
  const at = (energy: number): TextRow => {
    const found = rows.filter((row) => Math.abs(Number(row.energy) - energy) < 1e-9 * Math.abs(energy));
    assertEquals(found.length, 1, `one state at ${energy}`);
    return found[0];
  };
  const arc = at(Math.sin(0.8)), landau = at(-Math.sin(0.8));
  assertAlmostEquals(Number(arc.mean_position), 0.422756, 5e-7);
  assertAlmostEquals(Number(landau.mean_position), 30.541726, 5e-7);
  assertAlmostEquals(Number(arc.chirality), -1, 1e-9);
  assertAlmostEquals(Number(landau.chirality), 1, 1e-9);
  const others = rows.filter((row) => row !== arc && row !== landau);
  assert(others.every((row) => Math.abs(Number(row.chirality)) < 1 - 1e-3), "no other state has a definite chirality");
});
