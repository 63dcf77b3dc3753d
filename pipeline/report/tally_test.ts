import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { EngineEvent } from "../dataflow/events.ts";
import { Tally } from "./tally.ts";

function computed(stage: string, seconds = 1): EngineEvent {
  return { kind: "computed", stage, task: `${stage}/task`, hash: "", seconds, labour: 2 * seconds };
}

function expected(stage: string, count: number): EngineEvent {
  return { kind: "expected", stage, count };
}

const cached = (stage: string): EngineEvent => ({
  kind: "cached",
  stage,
  task: `${stage}/task`,
  hash: "",
  labour: 5,
});

Deno.test("events are counted stage by stage, in the order of the stages", () => {
  const tally = new Tally(["a", "b", "c"]);
  for (const event of [computed("c"), computed("a"), cached("a"), computed("a"), expected("a", 5)]) {
    tally.count(event, 0);
  }
  assertEquals(tally.summary(), {
    a: { computed: 2, cached: 1 },
    b: { computed: 0, cached: 0 },
    c: { computed: 1, cached: 0 },
  });
  assertEquals(Object.keys(tally.summary()), ["a", "b", "c"]);
  assertEquals(tally.stages.get("a")!.expected, 5);
});

Deno.test("the work of tasks is added up, whether it was done now or before", () => {
  const tally = new Tally(["b", "a"]);
  for (const event of [computed("b", 0.25), cached("a"), computed("a", 1 / 3), expected("a", 5)]) tally.count(event, 0);
  assertEquals(tally.costs(), { "a/task": { tasks: 2, seconds: 5.666667 }, "b/task": { tasks: 1, seconds: 0.5 } });
  assertEquals(Object.keys(tally.costs()), ["a/task", "b/task"]);
});

Deno.test("damaged files are counted once each", () => {
  const tally = new Tally([]);
  for (const path of ["x", "y", "x"]) tally.count({ kind: "damaged", path }, 0);
  assertEquals([...tally.damaged], ["x", "y"]);
});

Deno.test("an unknown stage is an error", () => {
  assertThrows(() => new Tally(["a"]).count(cached("b"), 0), Error, "Cannot count stage b");
});

Deno.test("the time left follows from the pace of the stage that needs longest", () => {
  const tally = new Tally(["a", "b"]);
  assertEquals(tally.secondsLeft(), undefined);
  tally.count(expected("a", 10), 0);
  assertEquals(tally.secondsLeft(), undefined); // nothing is done yet
  tally.count(cached("a"), 0);
  assertEquals(tally.secondsLeft(), undefined); // what was there says nothing of the pace
  tally.count(computed("a", 2), 2000);
  assertAlmostEquals(tally.secondsLeft()!, 8 * 2);
  tally.count(computed("a", 2), 3000); // two in 3 s: several workers
  assertAlmostEquals(tally.secondsLeft()!, 7 * 1.5);
  tally.count(expected("b", 100), 3000);
  tally.count(computed("b", 1), 4000);
  assertAlmostEquals(tally.secondsLeft()!, 99);
  for (let i = 0; i < 99; i++) tally.count(computed("b", 1), 5000);
  assertAlmostEquals(tally.secondsLeft()!, 7 * 1.5);
  for (let i = 0; i < 8; i++) tally.count(computed("a", 1), 5000); // one more than expected, after a repair
  assertEquals(tally.secondsLeft(), undefined);
});

Deno.test("a stage has a pace from its first task to its last", () => {
  const tally = new Tally(["current", "chart"]);
  assertEquals(tally.pace("current"), undefined);
  tally.count({ kind: "expected", stage: "current", count: 4 }, 0);
  tally.count({ kind: "cached", stage: "current", task: "", hash: "", labour: 0 }, 1000);
  assertEquals(tally.pace("current"), undefined); // what was there took nothing
  const computed = { kind: "computed", task: "", hash: "", seconds: 2, labour: 2 } as const;
  tally.count({ ...computed, stage: "current" }, 3000);
  tally.count({ ...computed, stage: "current" }, 5000);
  assertEquals(tally.pace("current"), { perSecond: 0.5, secondsLeft: 2 });
  tally.count({ ...computed, stage: "current" }, 7000);
  assertEquals(tally.pace("current"), undefined);
  tally.count({ ...computed, stage: "chart" }, 7000);
  assertEquals(tally.pace("chart"), { perSecond: 0.5, secondsLeft: undefined });
});
