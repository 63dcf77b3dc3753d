import { assertEquals } from "@std/assert";
import { Workspace } from "./command_line/workspace.ts";

const STUDY = `
study: layered
model: { sites: 6 }
momentum: { qy: 4, qz: 4 }
sweep: { baths.chemical_potential_slope: [0, 0.01, 0.02] }
observables: { current: {}, formula: { cutoff: 1 }, gap: {} }
charts:
  - name: both
    observable: formula
    mark: line
    x: { expression: "2.5*chemical_potential_slope", title: "μ_{CLL} − μ_{FA} (v/a)" }
    y: charge_current
    layers:
      - { observable: current, mark: point, x: { expression: "2.5*chemical_potential_slope" }, y: charge_current }
  - { name: gap, observable: gap, mark: line, x: chemical_potential_slope, y: gap }
  - { name: panels, panels: [gap, { observable: current, mark: line, x: chemical_potential_slope, y: charge_current }] }
`;

/** A spec without and with what it came from, a drawing, pixels, a page. */
const FORMS = 5;

/** The report, which counts with the charts and shows them all. */
const REPORT = 1;

Deno.test("a chart of several tables comes from all of them and is drawn again when one of them changes", async () => {
  using desk = new Workspace();
  const study = desk.write("layered", STUDY);
  await desk.succeed([study]);
  assertEquals(desk.computed("layered").chart, 3 * FORMS + REPORT);
  const { outputs } = desk.record("layered");
  const table = (name: string): string => outputs[`${name}.csv`].from[0];
  assertEquals(outputs["both.vl.json"].from, [table("formula"), table("current")]);
  assertEquals(outputs["panels.vl.json"].from, [table("gap"), table("current")]);
  const results = await desk.results("layered");

  await desk.succeed([study]);
  assertEquals(desk.computed("layered"), {});
  assertEquals(await desk.results("layered"), results);

  // The formula alone: one chart draws it.
  await desk.succeed([study, "--set", "observables.formula.cutoff=2"]);
  assertEquals(desk.computed("layered").chart, FORMS + REPORT);
  // The heading of a chart that stands alone and as a panel.
  await desk.succeed([study, "--set", "charts.1.title=Gap"]);
  assertEquals(desk.computed("layered"), { chart: 2 * FORMS + REPORT });

  // From nothing, by another number of workers: the same bytes.
  using other = new Workspace();
  await other.succeed([study, "--workers", "1"]);
  assertEquals(await other.results("layered"), results);
});
