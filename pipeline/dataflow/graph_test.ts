import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { lastValueFrom, toArray } from "bundled/rxjs";
import project from "../../deno.json" with { type: "json" };
import { observables } from "../../stages/observables.ts";
import { flowStudy } from "../commands/studies.ts";
import { StageFailure } from "../errors.ts";
import { Tally } from "../report/tally.ts";
import { ObjectStore } from "../store/object_store.ts";
import { SourceHashes } from "../store/source_hash.ts";
import { TraceStore } from "../store/trace_store.ts";
import { parseStudy } from "../study/load.ts";
import { parseOverride } from "../study/overrides.ts";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { WorkerPool } from "../workers/pool.ts";
import { type ArtifactSource, Engine } from "./engine.ts";
import { PointsFailed } from "./failures.ts";
import type { FlowStudy } from "./flow.ts";
import { dataflow, stageModules, STAGES } from "./graph.ts";
import { Planner } from "./planner.ts";
import type { Json, Step } from "./stage.ts";
import { addStage, foldStage } from "./testing/fake_stages.ts";

const STUDY = `
study: tiny
title: A tiny study
model:
  sites: 4
  gauge_field: { cutoff: 4 }
momentum: { qy: 4, qz: 4 }
sweep:
  baths.fermi_level: [-0.5, 0.25]
  model.mass: [0, 0.3]
observables:
  current: {}
  current_profile: {}
  bands: { qy: [0, 0.5, 1], qz: 0.25 }
  gap: {}
charts:
  - { name: odd, observable: current, mark: line, x: fermi_level, y: charge_current, color: mass, title: One }
`;

const CHART_FILES = ["odd.pdf", "odd.png", "odd.svg", "odd.vl.json"];

/** The files that count as the stage `chart`, and the spec before it says what it came from. */
const DRAWN = CHART_FILES.length + 2;

const SOURCES = new SourceHashes(project.imports);

type Counts = Record<string, { computed: number; cached: number }>;

interface Outcome {
  /** Names and contents of the files, in the order in which they came. */
  readonly files: Map<string, Uint8Array>;
  readonly counts: Counts;
  /** What was announced, stage by stage. */
  readonly expected: Record<string, number>;
}

function study(...changes: readonly string[]): FlowStudy {
  return flowStudy(parseStudy(STUDY, "tiny.yaml", changes.map(parseOverride)));
}

async function run(
  cache: string,
  flow: FlowStudy,
  workers = 2,
  seenFrom = (engine: Engine): ArtifactSource => engine,
): Promise<Outcome> {
  const tally = new Tally(STAGES), expected: Record<string, number> = {};
  const pool = new WorkerPool(workers, cache), traces = new TraceStore(cache);
  const objects = new ObjectStore(cache);
  try {
    const engine = new Engine({ objects, traces, sources: SOURCES, pool, tell: (event) => tally.count(event, 0) });
    const outputs = await lastValueFrom(
      dataflow(flow, seenFrom(engine), (stage, count) => expected[stage] = (expected[stage] ?? 0) + count).pipe(
        toArray(),
      ),
    );
    await engine.filed();
    const files = new Map<string, Uint8Array>();
    for (const { name, artifact } of outputs) {
      assert(!files.has(name), name);
      files.set(name, await engine.bytes(artifact));
    }
    return { files, counts: tally.summary(), expected };
  } finally {
    await pool.close();
    traces.close();
  }
}

/** What a plan says that a run would do. */
async function plan(cache: string, flow: FlowStudy): Promise<Counts> {
  const planner = plannerOf(cache);
  await lastValueFrom(dataflow(flow, planner));
  const counts = Object.fromEntries(STAGES.map((stage) => [stage, { computed: 0, cached: 0 }]));
  for (const { stage, state } of planner.tasks.values()) {
    counts[stage.name][state === "there" ? "cached" : "computed"]++;
  }
  return counts;
}

function plannerOf(cache: string): Planner {
  return new Planner({ traces: new TraceStore(cache), objects: new ObjectStore(cache), sources: SOURCES });
}

function computed(counts: Counts): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([stage, count]) => [stage, count.computed]));
}

function rowsOf(files: Map<string, Uint8Array>, name: string): string[][] {
  return new TextDecoder().decode(files.get(name)).trimEnd().split("\n").map((line) => line.split(","));
}

Deno.test("a study leaves the files of the contract, swept columns first, rows in the order of the sweep", () =>
  inTemporaryFolder(async (cache) => {
    const { files, counts, expected } = await run(cache, study());
    const tables = ["bands", "current", "current_profile", "gap"].flatMap((name) => [`${name}.csv`, `${name}.parquet`]);
    assertEquals([...files.keys()].sort(), ["claims.json", "report.html", ...tables, ...CHART_FILES].sort());

    const current = rowsOf(files, "current.csv");
    assertEquals(current[0], [
      "fermi_level",
      "mass",
      "charge_current",
      "charge_current_error",
      "energy_current",
      "energy_current_error",
    ]);
    const points = [["-0.5", "0"], ["-0.5", "0.3"], ["0.25", "0"], ["0.25", "0.3"]];
    assertEquals(current.slice(1).map((row) => row.slice(0, 2)), points);

    const profile = rowsOf(files, "current_profile.csv");
    assertEquals(profile[0], ["fermi_level", "mass", "site", "charge_current"]);
    assertEquals(
      profile.slice(1).map((row) => row.slice(0, 3)),
      points.flatMap((point) => ["0", "1", "2", "3"].map((site) => [...point, site])),
    );

    const bands = rowsOf(files, "bands.csv");
    assertEquals(bands[0], ["fermi_level", "mass", "qy", "qz", "band", "energy", "mean_position", "chirality"]);
    assertEquals(
      bands.slice(1).map((row) => row.slice(0, 5)),
      points.flatMap((point) =>
        ["0", "0.5", "1"].flatMap((qy) => Array.from({ length: 16 }, (_, band) => [...point, qy, "0.25", String(band)]))
      ),
    );

    assertEquals(rowsOf(files, "gap.csv").map((row) => row.slice(0, 2)), [["fermi_level", "mass"], ...points]);

    // A row is the result of a study at that point alone, in a cache of its own.
    const alone = await inTemporaryFolder((other) =>
      run(other, study("sweep={}", "baths.fermi_level=0.25", "model.mass=0.3", "charts=[]"))
    );
    for (const table of ["current", "gap"]) {
      assertEquals(rowsOf(alone.files, `${table}.csv`)[1], rowsOf(files, `${table}.csv`)[4].slice(2));
    }
    const lastPoint = rowsOf(files, "bands.csv").slice(-48).map((row) => row.slice(2));
    assertEquals(rowsOf(alone.files, "bands.csv").slice(1), lastPoint);

    // Two slabs; for each two blocks of the grid, one of the line and one of the list, and two gaps, one for both levels; at each point a current and its profile.
    assertEquals(computed(counts), {
      expand: 1,
      hamiltonian: 2,
      diagonalize: 2 * (2 + 1 + 1) + 2,
      current: 2 * 4,
      spectral: 0,
      aggregate: 4 * 3 + 1,
      chart: DRAWN,
    });
    for (const [stage, count] of Object.entries(expected)) assertEquals(counts[stage].computed, count, stage);
    assertEquals(Object.keys(expected).sort(), ["current", "diagonalize", "hamiltonian"]);
  }));

Deno.test("a plan says what the run after it computes, and each run leaves what a first one would", () =>
  inTemporaryFolder(async (folder) => {
    const cache = `${folder}/shared`;
    const changes: [string, string[], Record<string, number>][] = [
      ["cold", [], {
        expand: 1,
        hamiltonian: 2,
        diagonalize: 10,
        current: 8,
        aggregate: 13,
        chart: DRAWN,
      }],
      ["warm", [], {}],
      ["a Fermi level more", ["sweep.baths.fermi_level=[-0.5, 0.1, 0.25]"], {
        expand: 1,
        current: 4,
        aggregate: 13,
        chart: DRAWN,
      }],
      ["another mass", ["sweep.model.mass=[0, 0.4]"], {
        expand: 1,
        hamiltonian: 1,
        diagonalize: 5,
        current: 4,
        aggregate: 13,
        chart: DRAWN,
      }],
      ["another title of the chart", ["charts.0.title=Two"], { chart: DRAWN }],
      ["a parameter that only the report and a hash show", ["disorder.strength=0.5"], { expand: 1, chart: 2 }],
      ["another title of the study, without charts", ["title=Other", "charts=[]"], { chart: 1 }],
      ["a finer grid that holds the old one", [
        "momentum.qy=12",
        "momentum.qz=12",
        "observables={gap: {}}",
        "charts=[]",
      ], {
        expand: 1,
        diagonalize: 2 * (6 + 1 + 1),
        aggregate: 4,
        chart: 1,
      }],
      ["back to the first", [], {}],
    ];
    for (const [i, [name, overrides, work]] of changes.entries()) {
      const flow = study(...overrides);
      const before = filesIn(cache);
      const planned = await plan(cache, flow);
      assertEquals(filesIn(cache), before, "a plan leaves no trace");
      const { files, counts, expected } = await run(cache, flow, 1 + i % 3);
      assertEquals(planned, counts, name);
      const zero = Object.fromEntries(STAGES.map((stage) => [stage, 0]));
      assertEquals(computed(counts), { ...zero, ...work }, name);
      for (const [stage, count] of Object.entries(expected)) {
        assertEquals(counts[stage].computed + counts[stage].cached, count, `${name}: ${stage}`);
      }
      const first = await run(`${folder}/${i}`, flow, 2);
      assertEquals([...files.keys()].sort(), [...first.files.keys()].sort());
      for (const [file, bytes] of files) assertEquals(bytes, first.files.get(file), `${name}: ${file}`);
    }
  }));

Deno.test("a plan may say too much, never too little, where a stage comes to the same bytes", () =>
  inTemporaryFolder(async (cache) => {
    // Two formulas for one field, which only a run finds out.
    const flow = (formula: string) =>
      study(`model.gauge_field={profile: expression, expression: "${formula}"}`, "charts=[]");
    await run(cache, flow("1.5"));
    const planned = computed(await plan(cache, flow("3/2"))), done = computed((await run(cache, flow("3/2"))).counts);
    assertEquals([done.hamiltonian, done.diagonalize, done.current, done.aggregate], [2, 0, 0, 1]); // the ledger names the model as written
    for (const stage of STAGES) assert(planned[stage] >= done[stage]);
    assertEquals(planned.diagonalize, 10);
  }));

Deno.test("a failing stage fails the study with its name, and what was done is there the next time", () =>
  inTemporaryFolder(async (cache) => {
    const flow = study(), { sites, ...model } = flow.parameters.model as Record<string, Json>;
    const broken: FlowStudy = {
      ...flow,
      parameters: { ...flow.parameters, model: { ...model, sites, gauge_field: { profile: "table", values: [1, 2] } } },
      sweptColumns: (name) => flow.sweptColumns(name),
    };
    const error = await assertRejects(() => run(cache, broken), StageFailure);
    assertEquals(
      error.message,
      "Stage hamiltonian (slab) failed: Cannot build the chiral gauge field: the table has 2 values, the slab 4 sites (at each of the 4 points)",
    );
    assertEquals((await plan(cache, broken)).expand, { computed: 0, cached: 1 });
  }));

Deno.test("points at which a stage fails are named, leave no table, and are all that a next run computes", () =>
  inTemporaryFolder(async (cache) => {
    const flow = study("charts=[]", "observables={current: {}, gap: {}}"), { definition } = flow.observables[0];
    const broken = (levels: readonly number[]): FlowStudy => ({
      ...flow,
      sweptColumns: (name) => flow.sweptColumns(name),
      observables: [
        {
          settings: {},
          definition: {
            ...definition,
            steps: definition.steps.map((step) => ({
              ...step,
              reads(point, settings) {
                const read = step.reads(point, settings) as Record<string, Json>;
                if (step.kind !== "fold" || !levels.includes(point.swept["baths.fermi_level"] as number)) return read;
                return { ...read, baths: { ...read.baths as Record<string, Json>, fermi_level: "high" } };
              },
            } as Step)),
          },
        },
        flow.observables[1],
      ],
    });
    const failed = await assertRejects(() => run(cache, broken([0.25])), PointsFailed);
    assertEquals(failed.points.map(({ index, swept }) => [index, swept]), [
      [2, { "baths.fermi_level": 0.25, "model.mass": 0 }],
      [3, { "baths.fermi_level": 0.25, "model.mass": 0.3 }],
    ]);
    const [head, ...lines] = failed.message.split("\n");
    assertEquals(head.split(":")[0], "Cannot finish the study");
    assert(head.includes("2 of its 4 points failed"), head);
    for (const line of lines) {
      assert(/^ {2}- baths.fermi_level = 0.25, .*: Stage current \(current\) failed: /.test(line), line);
    }
    const mended = await run(cache, broken([]));
    assertEquals(mended.counts.current, { computed: 2, cached: 2 });
    assertEquals(mended.counts.diagonalize.computed, 0);
    const straight = await inTemporaryFolder((other) => run(other, broken([])));
    assertEquals(new Map([...mended.files].sort()), new Map([...straight.files].sort()));
    const all = await assertRejects(() => inTemporaryFolder((other) => run(other, broken([-0.5, 0.25]))), PointsFailed);
    assertEquals(all.points.length, 4);
  }));

Deno.test("the report lists the tasks of the study, whether they were computed or there", () =>
  inTemporaryFolder(async (cache) => {
    const { files, counts } = await run(cache, study());
    const page = new TextDecoder().decode(files.get("report.html"));
    const listed: Record<string, number> = {};
    for (const { stage, tasks } of stageRows(page)) listed[stage] = (listed[stage] ?? 0) + tasks;
    // Its own making is the one task that a page cannot know of.
    assertEquals(listed, {
      ...Object.fromEntries(Object.entries(computed(counts)).filter(([, count]) => count > 0)),
      chart: counts.chart.computed - 1,
    });
    // Reached by way of other studies, whose artifacts it shares.
    await inTemporaryFolder(async (other) => {
      await run(other, study("sweep.baths.fermi_level=[0.25, 0.5]", "charts=[]"));
      const later = await run(other, study());
      assert(later.counts.diagonalize.cached > 0);
      assertEquals(later.files.get("report.html"), files.get("report.html"));
    });
  }));

/** The stages that a report names, with the numbers of their tasks. */
function stageRows(page: string): { stage: string; tasks: number }[] {
  const groups = page.matchAll(/<tbody><tr><th scope="rowgroup" rowspan="\d+">(\w+) .*?<\/tbody>/gs);
  return [...groups].map(([group, stage]) => {
    const counts = [...group.matchAll(/<td class="number">(\d+)<\/td>/g)].map(([, count]) => Number(count));
    return { stage, tasks: counts.reduce((sum, count) => sum + count, 0) };
  });
}

Deno.test("an observable with a step after a fold is refused", () =>
  inTemporaryFolder(async (cache) => {
    const flow = study("observables={current: {}}", "charts=[]");
    const definition = { ...observables.current, steps: [...observables.current.steps].reverse() };
    const twisted: FlowStudy = {
      ...flow,
      observables: [{ definition, settings: {} }],
      sweptColumns: (name) => flow.sweptColumns(name),
    };
    const error = await assertRejects(() => run(cache, twisted));
    assertEquals(error.message, "Cannot run the observable current: only its last step may fold or refine");
  }));

/** Runs the study and returns the tasks of maps in the order in which they were asked for; those of one name fail. */
async function asked(cache: string, flow: FlowStudy, failing?: string): Promise<string[]> {
  const names: string[] = [];
  const recording = (engine: Engine): ArtifactSource => ({
    map(stage, parameters, inputs) {
      const name = `${stage.name}/${stage.task}`;
      names.push(name);
      if (name === failing) return Promise.reject(new StageFailure(`Stage ${name} failed: on purpose`));
      return engine.map(stage, parameters, inputs);
    },
    fold: (stage, sets, inputs) => engine.fold(stage, sets, inputs),
    refine: (stage, sets, inputs) => engine.refine(stage, sets, inputs),
    value: (artifact) => engine.value(artifact),
    code: (stage) => engine.code(stage),
  });
  const running = run(cache, flow, 2, recording);
  if (failing === undefined) await running;
  else await assertRejects(() => running, StageFailure, "on purpose");
  return names;
}

Deno.test("the files of a table are not made before its charts are with the workers, who wait for them", () =>
  inTemporaryFolder(async (cache) => {
    const text = STUDY.replace(/ {2}current_profile[^]*(?=charts:)/, "");
    const names = await asked(cache, flowStudy(parseStudy(text, "tiny.yaml", [])));
    const makers = names.slice(names.indexOf("aggregate/current") + 1);
    assertEquals(makers.slice(0, 2), ["chart/spec", "chart/svg"]);
    assertEquals(makers.slice(2, 5).sort(), ["aggregate/claims", "aggregate/csv", "aggregate/parquet"]);
  }));

Deno.test("files of tables do not wait for specs that workers make", () =>
  inTemporaryFolder(async (cache) => {
    const panel = "{ observable: current, mark: line, x: fermi_level, y: charge_current, color: mass }";
    const text = STUDY.replace(/ {2}current_profile[^]*(?=charts:)/, "").replace(
      /- \{ name: odd[^]*/,
      `- { name: odd, panels: [${panel}, ${panel}] }\n`,
    );
    const names = await asked(cache, flowStudy(parseStudy(text, "tiny.yaml", [])));
    const makers = names.slice(names.indexOf("aggregate/current") + 1);
    assertEquals(makers[0], "chart/panels");
    assertEquals(makers.slice(1, 4).sort(), ["aggregate/claims", "aggregate/csv", "aggregate/parquet"]);
    assertEquals(makers[4], "chart/svg");
  }));

Deno.test("a chart that fails keeps no file of its table back", () =>
  inTemporaryFolder(async (cache) => {
    const names = await asked(cache, study(), "chart/spec");
    assertEquals(names.filter((name) => name === "aggregate/csv").length, 4);
    assert(!names.includes("chart/svg"));
  }));

Deno.test("how many tasks are to come is told before the first of them", () =>
  inTemporaryFolder(async (cache) => {
    const told: string[] = [];
    const planner = plannerOf(cache);
    const expect = (stage: string) => told.push(`${stage} after ${planner.tasks.size} task`);
    await lastValueFrom(dataflow(study(), planner, expect));
    assertEquals(told, ["hamiltonian", "diagonalize", "current"].map((stage) => `${stage} after 1 task`));
  }));

Deno.test("planning asks no stage for a value that would need artifacts", async () => {
  const planner = plannerOf("/nowhere");
  const first = await planner.map(addStage, { value: 1 }, []),
    second = await planner.map(addStage, { value: 2 }, [first]);
  assertEquals((await planner.value(first) as { value: Float64Array }).value[0], 1);
  await assertRejects(() => planner.value(second), Error, "Cannot plan fake/add");
  assertEquals((await planner.fold(foldStage, [{ value: 1 }, { value: 1 }], [first])).length, 2);
});

Deno.test("every stage has a place in the order, and a module that can be hashed", () => {
  const modules = stageModules();
  assertEquals(modules.map(([name]) => name).filter((name) => !STAGES.includes(name.split("/")[0])), []);
  for (
    const name of [
      "expand/points",
      "current/current",
      "aggregate/current",
      "aggregate/csv",
      "chart/svg",
      "chart/report",
    ]
  ) {
    assert(modules.some(([known]) => known === name), name);
  }
  assertEquals(
    new Set(modules.map(([, module]) => SOURCES.hash(module)).filter((hash) => hash.length === 64)).size > 4,
    true,
  );
  for (const { steps } of Object.values(observables)) steps.forEach(({ name }) => assert(STAGES.includes(name), name));
  assertThrows(
    () => new Tally([]).count({ kind: "cached", stage: "fake", task: "", hash: "", labour: 0 }, 0),
    Error,
    "no place",
  );
});
