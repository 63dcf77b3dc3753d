import { assert, assertEquals } from "@std/assert";
import type { FinishedStudy } from "../../pipeline/dataflow/stage.ts";
import { samplePage } from "./testing/sample_report.ts";
import { CLAIM, CONTENTS, REPORT } from "./testing/sample_report.ts";
import { reportReads, reportStage } from "./report.ts";

const FINISHED: FinishedStudy = {
  ...REPORT,
  sweep: REPORT.sweep as unknown as FinishedStudy["sweep"],
  observables: REPORT.observables.map((observable) => ({ ...observable, swept: [] })),
  charts: [{
    name: "first",
    definition: { name: "first", observable: "gap", mark: "line", x: "mass", y: "gap", title: "Gap", theme: "slide" },
  }, {
    name: "second",
    definition: {
      name: "second",
      columns: 1,
      title: "Both",
      theme: "slide",
      panels: ["mass", "sites"].map((x) => ({
        observable: "gap",
        mark: "line",
        x,
        y: "gap",
        vega_lite: { mark: { opacity: 0.5 } },
      })),
    },
  }],
};

Deno.test("of charts the report reads what its captions say, and nothing of how they are drawn", () => {
  const { charts } = reportReads(FINISHED);
  assertEquals(charts.map(({ name, title, panels }) => [name, title, panels.map((panel) => panel.title)]), [
    ["first", "", ["Gap"]],
    ["second", "Both", ["", ""]],
  ]);
  assert(!JSON.stringify(charts).includes("opacity"));
});

Deno.test("the stage tells claims, tables and drawings apart by their order", async () => {
  const inputs = [JSON.stringify([CLAIM]), ...CONTENTS.tables, ...CONTENTS.drawings];
  assertEquals(await reportStage.run(REPORT, inputs, () => {}), samplePage());
});
