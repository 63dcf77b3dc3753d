import { assertEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { svgStage } from "../../stages/chart/stages.ts";
import { ObjectStore } from "../store/object_store.ts";
import { SourceHashes } from "../store/source_hash.ts";
import { TraceStore } from "../store/trace_store.ts";
import { Planner } from "./planner.ts";
import { addStage, foldStage, roundStage } from "./testing/fake_stages.ts";
import { Witness } from "./witness.ts";

const SOURCES = new SourceHashes(project.imports);

Deno.test("a witness knows each task once, in the order of the stages, with its code", async () => {
  const witness = new Witness(
    new Planner({ traces: new TraceStore("/nowhere"), objects: new ObjectStore("/nowhere"), sources: SOURCES }),
  );
  const drawing = await witness.map(svgStage, null, []);
  const one = await witness.map(addStage, { value: 1 }, []), again = await witness.map(addStage, { value: 1 }, []);
  assertEquals(one, again);
  await witness.map(addStage, { value: 2 }, [one]);
  await witness.fold(foldStage, [{ value: 1 }, { value: 1 }, { value: 3 }], [one, drawing]);
  await witness.map(roundStage, { value: 1 }, [one]);
  const code = SOURCES.hash(addStage.module);
  assertEquals(witness.work(["fake", "chart"]), [
    { stage: "fake", task: "add", count: 2, code },
    { stage: "fake", task: "fold", count: 2, code },
    { stage: "fake", task: "round", count: 1, code },
    { stage: "chart", task: "svg", count: 1, code: SOURCES.hash(svgStage.module) },
  ]);
  assertEquals(witness.packages(), SOURCES.packages(svgStage.module));
  assertEquals((await witness.value(one) as { value: Float64Array }).value[0], 1);
});
