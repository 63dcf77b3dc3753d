import { assertEquals } from "@std/assert";
import { addStage, foldStage, mainAddStage, roundStage } from "../dataflow/testing/fake_stages.ts";
import { CostEstimate } from "./cost_estimate.ts";
import type { TaskCost } from "./tally.ts";

const RECORDED = {
  "fake/add": { tasks: 4, seconds: 8 },
  "fake/main": { tasks: 1, seconds: 3 },
  "fake/fold": { tasks: 10, seconds: 5 },
  "fake/copy": { tasks: 0, seconds: 0 },
};

Deno.test("times are those of such tasks before, shared out among those who can do them", () => {
  const estimate = new CostEstimate(RECORDED, () => new Map(), 3);
  assertEquals(estimate.seconds(addStage, 6), 6 * 2 / 3);
  assertEquals(estimate.seconds(addStage, 2), 2, "two tasks, two workers");
  assertEquals(estimate.seconds(mainAddStage, 4), 12, "there is one main thread");
  assertEquals(estimate.seconds(foldStage, 1), 0.5 / 3, "the inputs of one fold are shared out");
  assertEquals(estimate.seconds(roundStage, 1), undefined, "never computed");
});

Deno.test("what the last run had none of is told by the cache, which is asked once and only then", () => {
  let asked = 0;
  const inCache = () => {
    asked++;
    return new Map([["fake/round", { tasks: 2, seconds: 1 }], ["fake/add", { tasks: 1, seconds: 100 }]]);
  };
  const estimate = new CostEstimate(RECORDED, inCache, 1);
  assertEquals(estimate.seconds(addStage, 1), 2);
  assertEquals(asked, 0);
  assertEquals([estimate.seconds(roundStage, 4), estimate.seconds(roundStage, 2)], [2, 1]);
  assertEquals(asked, 1);
  assertEquals(new CostEstimate(undefined, inCache, 1).seconds(addStage, 1), 100);
});

Deno.test("a record that somebody has spoilt is passed by", () => {
  const spoilt = { "fake/add": null, "fake/main": { tasks: "x" }, "fake/fold": { tasks: 1 } };
  const estimate = new CostEstimate(spoilt as unknown as Record<string, TaskCost>, () => new Map(), 1);
  assertEquals([addStage, mainAddStage, foldStage].map((stage) => estimate.seconds(stage, 1)), [
    undefined,
    undefined,
    undefined,
  ]);
});
