import { assertEquals, assertNotEquals } from "@std/assert";
import { lastValueFrom } from "bundled/rxjs";
import project from "../../deno.json" with { type: "json" };
import { flowStudy } from "../commands/studies.ts";
import { ObjectStore } from "../store/object_store.ts";
import { SourceHashes } from "../store/source_hash.ts";
import { TraceStore } from "../store/trace_store.ts";
import { parseStudy } from "../study/load.ts";
import { parseOverride } from "../study/overrides.ts";
import { dataflow } from "./graph.ts";
import { Planner } from "./planner.ts";
import { questionOf, Questions } from "./questions.ts";

const SOURCES = new SourceHashes(project.imports);
const STUDY = `study: tiny
model: { sites: 4 }
momentum: { qy: 8, qz: 8 }
sweep: { baths.fermi_level: [-0.5, 0.25] }
observables: { current: {}, gap: {} }
charts: [{ name: currents, observable: current, mark: line, x: fermi_level, y: charge_current }]
`;

function flow(...changes: readonly string[]) {
  return flowStudy(parseStudy(STUDY, "tiny.yaml", changes.map(parseOverride)));
}

async function asked(...changes: readonly string[]): Promise<Set<string>> {
  const questions = new Questions(SOURCES);
  await lastValueFrom(dataflow(flow(...changes), questions));
  return questions.asked;
}

Deno.test("a study asks what a plan of it asks, but for what names what came of it: the report, and charts that say what they show", async () => {
  for (const rule of ["midpoint", "adaptive"]) {
    const overrides = [`momentum.rule=${rule}`, "momentum.qy=32", "momentum.qz=32", "observables={current: {}}"];
    const planner = new Planner({
      traces: new TraceStore("/nowhere"),
      objects: new ObjectStore("/nowhere"),
      sources: SOURCES,
    });
    await lastValueFrom(dataflow(flow(...overrides), planner));
    const questions = await asked(...overrides);
    const others = [...planner.tasks.values()].filter(({ stage, parameters }) =>
      !questions.has(questionOf(stage, parameters))
    );
    assertEquals(others.map(({ stage }) => stage.task).sort(), ["provenance", "report"]);
  }
});

Deno.test("other studies ask other questions, by the parameters that stages read", async () => {
  const before = await asked();
  assertEquals(await asked(), before);
  const level = await asked("sweep.baths.fermi_level=[-0.5, 0.25, 0.5]");
  assertEquals(before.difference(level).size, 5); // the points, two tables, the chart's sources, the report
  assertEquals(level.difference(before).size, 6); // and the new point's current
  const mass = await asked("model.mass=1");
  assertEquals(mass.difference(before).size, 5); // the points, the slab, the ledger, the chart's sources, the report
  assertNotEquals(before.size, level.size);
});
