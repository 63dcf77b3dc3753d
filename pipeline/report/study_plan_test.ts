import { assertEquals } from "@std/assert";
import { idlePlan, type PlanReason, planText, reasonText, type StagePlan, type StudyPlan } from "./study_plan.ts";
import type { RunRecord } from "./run_record.ts";

Deno.test("reasons are words that a physicist understands", () => {
  const line = { file: "a.yaml", line: 7 };
  const cases: [PlanReason, string][] = [
    [{ kind: "first" }, "never computed"],
    [{ kind: "incomparable" }, "never computed; the last run was of another version of the program"],
    [{ kind: "deleted" }, "artifact deleted"],
    [{ kind: "input", stage: "current" }, "new results of current"],
    [{ kind: "forgotten" }, "not in the cache folder (any more)"],
    [{ kind: "kernel", old: "wasm-simd", new: "typescript" }, "another kernel: wasm-simd → typescript"],
    [
      { kind: "parameter", changes: [{ path: "model.mass", old: 0, new: 0.1, place: line }] },
      "model.mass: 0 → 0.1 (a.yaml:7)",
    ],
    [
      { kind: "parameter", changes: [{ path: "model.mass", old: 0, new: 0.1, place: { set: "model.mass=0.1" } }] },
      "model.mass: 0 → 0.1 (--set model.mass=0.1)",
    ],
    [
      { kind: "parameter", changes: [{ path: "model.mass", old: 0.1, new: 0, place: null }] },
      "model.mass: 0.1 → 0 (default)",
    ],
    [
      { kind: "parameter", changes: [{ path: "charts.a", old: {}, new: undefined, place: null }] },
      "charts.a is gone",
    ],
    [
      { kind: "parameter", changes: ["a", "b", "c", "d", "e"].map((path) => ({ path, old: 1, new: 2, place: line })) },
      "a: 1 → 2 (a.yaml:7); b: 1 → 2 (a.yaml:7); c: 1 → 2 (a.yaml:7); and 2 more",
    ],
    [
      { kind: "code", part: "stages/current/baths.ts", old: "0123", new: "4567" },
      "stages/current/baths.ts changed",
    ],
    [{ kind: "code", part: "stages/new.ts", old: null, new: "4567" }, "stages/new.ts changed"],
    [
      { kind: "code", part: "vega", old: "npm:vega@6.1.0 00112233", new: "npm:vega@6.2.0 44556677" },
      "package vega changed: vega@6.1.0 (001122) → vega@6.2.0 (445566)",
    ],
    [{ kind: "code", part: "vega", old: null, new: "npm:vega@6.2.0" }, "package vega changed: nothing → vega@6.2.0"],
    [
      { kind: "code", part: "runtime", old: "deno 2, v8 14", new: "deno 3, v8 15" },
      "another runtime: deno 2, v8 14 → deno 3, v8 15",
    ],
    [{ kind: "program", parts: ["a.ts", "b.ts"] }, "asked for in another way: a.ts and b.ts changed"],
  ];
  for (const [reason, words] of cases) assertEquals(reasonText(reason), words);
});

const IDLE: StagePlan = { stage: "expand", compute: 0, atLeast: false, cached: 1, seconds: 0, reasons: [] };
const PLAN: StudyPlan = {
  study: "tiny",
  compute: 0,
  cached: 1,
  points: { all: 1, compute: 0 },
  seconds: 0,
  stages: [IDLE],
  write: [],
};

Deno.test("a plan with nothing to compute is one line, with the files that are not as they should be", () => {
  assertEquals(planText(PLAN), "tiny: nothing to compute");
  assertEquals(planText({ ...PLAN, write: ["a.csv"] }), "tiny: nothing to compute; to be written: a.csv");
  assertEquals(
    planText({ ...PLAN, write: ["a", "b", "c", "d", "e"] }),
    "tiny: nothing to compute; to be written: a, b, c and 2 more",
  );
});

Deno.test("times that are not known are left open, and so is what only a run tells", () => {
  const reasons = [{ kind: "first" as const, tasks: 12, text: "never computed" }];
  const stages: StagePlan[] = [
    IDLE,
    { stage: "hamiltonian", compute: 12, atLeast: false, cached: 0, seconds: 754, reasons },
    { stage: "diagonalize", compute: 12, atLeast: true, cached: 3, seconds: null, reasons },
    { stage: "current", compute: 0, atLeast: false, cached: 0, seconds: 0, reasons: [] },
  ];
  assertEquals(
    planText({ ...PLAN, compute: 24, cached: 4, points: { all: 40, compute: 3 }, seconds: null, stages }),
    `tiny: at least 24 of 28 tasks to compute, at 3 of 40 points
  stage            compute  cached         time  why
  expand                 0       1
  hamiltonian           12       0  12 min 34 s  never computed
  diagonalize  at least 12       3            ?  never computed`,
  );
});

Deno.test("a run with nothing to do is a plan with nothing in it", () => {
  const sweep = [[{ path: "a", values: [1, 2, 3] }, { path: "b", values: [1, 2, 3] }], [{ path: "c", values: [1, 2] }]];
  const record = {
    study: { study: "tiny", sweep },
    stages: { expand: { computed: 0, cached: 1 }, current: { computed: 0, cached: 6 } },
  };
  const plan = idlePlan(record as unknown as RunRecord);
  assertEquals([plan.compute, plan.cached, plan.points], [0, 7, { all: 6, compute: 0 }]);
  assertEquals(plan.stages.map(({ stage, cached }) => [stage, cached]), [["expand", 1], ["current", 6]]);
  assertEquals(planText(plan), "tiny: nothing to compute");
});
