import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { rowWith, type TextTable } from "./command_line/text_table.ts";
import { Workspace } from "./command_line/workspace.ts";

/** The same digits with the other sign. */
function negated(number: string): string {
  if (number === "0") return "0";
  return number.startsWith("-") ? number.slice(1) : `-${number}`;
}

/** Slopes, levels and temperatures of both signs, at two temperatures and with a mass, so that nothing else is symmetric. */
const STUDY = `study: symmetries
model: { sites: 24, mass: 0.3, gauge_field: { profile: linear, amplitude: 1.2, cutoff: 18 } }
momentum: { qy: 8, qz: 10 }
baths: { inverse_temperature: 1.7 }
sweep:
  baths.inverse_temperature_slope: [0, 0.9]
  baths.chemical_potential_slope: [-0.02, 0, 0.02]
  baths.fermi_level: [-1.1, -0.35, 0, 0.35, 1.1]
observables: { current: {}, current_profile: {} }
`;

async function tables(): Promise<{ current: TextTable; profile: TextTable }> {
  using desk = new Workspace();
  await desk.succeed([desk.write("symmetries", STUDY)]);
  return {
    current: desk.table("symmetries", "current"),
    profile: desk.table("symmetries", "current_profile"),
  };
}

Deno.test("currents have the symmetries of Eq. (6) to the last digit of the files", async (t) => {
  const { current, profile } = await tables();
  assertEquals(current.rows.length, 30);

  await t.step("no charge current in equilibrium", () => {
    const equilibrium = current.rows.filter((row) =>
      row.inverse_temperature_slope === "0" && row.chemical_potential_slope === "0"
    );
    assertEquals(equilibrium.length, 5);
    for (const row of equilibrium) {
      assertAlmostEquals(Number(row.charge_current), 0, 1e-12);
      assertAlmostEquals(Number(row.energy_current), 0, 1e-12);
    }
    // The sites themselves carry current, so that the zero is a sum and no want of states.
    const local = profile.rows.filter((row) =>
      row.inverse_temperature_slope === "0" && row.chemical_potential_slope === "0"
    ).map((row) => Math.abs(Number(row.charge_current)));
    assert(Math.max(...local) > 1e-3);
  });

  await t.step("a gradient of the temperature alone drives a current odd in the Fermi level", () => {
    for (const level of ["0.35", "1.1"]) {
      const drive = { inverse_temperature_slope: "0.9", chemical_potential_slope: "0" };
      const above = rowWith(current, { ...drive, fermi_level: level });
      const below = rowWith(current, { ...drive, fermi_level: negated(level) });
      assert(Math.abs(Number(above.charge_current)) > 1e-4);
      assertEquals(below.charge_current, negated(above.charge_current));
    }
  });

  await t.step("turning the Fermi level and the slope round turns the current round", () => {
    let compared = 0;
    for (const row of current.rows) {
      const mirrored = rowWith(current, {
        inverse_temperature_slope: row.inverse_temperature_slope,
        chemical_potential_slope: negated(row.chemical_potential_slope),
        fermi_level: negated(row.fermi_level),
      });
      assertEquals(mirrored.charge_current, negated(row.charge_current));
      compared++;
    }
    assertEquals(compared, 30);
    // Turning the level alone does not, beyond the leading order in the slope.
    const drive = { inverse_temperature_slope: "0", chemical_potential_slope: "0.02" };
    const [above, below] = ["1.1", "-1.1"].map((level) => rowWith(current, { ...drive, fermi_level: level }));
    assertNotEquals(above.charge_current, below.charge_current);
    assertNotEquals(above.charge_current, negated(below.charge_current));
  });

  await t.step("the sites' currents add up to the current", () => {
    assertEquals(profile.rows.length, 30 * 24);
    for (const { inverse_temperature_slope, chemical_potential_slope, fermi_level, charge_current } of current.rows) {
      const sites = profile.rows.filter((row) =>
        row.inverse_temperature_slope === inverse_temperature_slope &&
        row.chemical_potential_slope === chemical_potential_slope && row.fermi_level === fermi_level
      );
      assertEquals(sites.map(({ site }) => Number(site)), Array.from({ length: 24 }, (_, site) => site));
      const sum = sites.reduce((total, row) => total + Number(row.charge_current), 0);
      assertAlmostEquals(sum, Number(charge_current), 1e-14);
    }
  });
});
