import { assertEquals } from "@std/assert";
import { ObjectStore } from "../store/object_store.ts";
import { SourceHashes } from "../store/source_hash.ts";
import { TraceStore } from "../store/trace_store.ts";
import { inTemporaryFolder } from "../testing/temporary_folder.ts";
import type { AnyMap, Artifact } from "./engine.ts";
import { isPlanned, Planner } from "./planner.ts";
import { questionOf } from "./questions.ts";
import { type Comparison, Reasons } from "./reasons.ts";
import { addStage } from "./testing/fake_stages.ts";

const SOURCES = new SourceHashes({});

/** The task of a stage of some name; tasks are asked for their number. */
function stage(name: string): AnyMap {
  return { ...addStage, name };
}

/** A cache in which tasks are done without being computed, and plans of the tasks that follow. */
class Desk {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Does tasks, each of a stage and a number, the next one with the one before as its input. */
  async done(chain: readonly (readonly [string, number])[], keepArtifacts = true): Promise<void> {
    const store = new ObjectStore(this.#folder);
    for (let count = 1; count <= chain.length; count++) {
      const { artifact } = await this.#lastOf(chain.slice(0, count));
      if (!isPlanned(artifact)) continue;
      const bytes = new TextEncoder().encode(JSON.stringify(chain.slice(0, count)));
      const hash = await store.write(bytes, () => {});
      if (!keepArtifacts) Deno.removeSync(`${this.#folder}/objects/${hash.slice(0, 2)}/${hash}`);
      const traces = new TraceStore(this.#folder);
      traces.add({ key: artifact.key, hash, task: chain[count - 1][0], seconds: 1 });
      traces.close();
    }
  }

  /** The reasons for each task of a chain that is not there. */
  async why(
    chain: readonly (readonly [string, number])[],
    comparison: Comparison | undefined,
  ): Promise<Record<string, string[]>> {
    const { planner } = await this.#lastOf(chain), reasons = new Reasons(planner, comparison);
    const open = [...planner.tasks.values()].filter(({ state }) => state !== "there");
    return Object.fromEntries(
      open.map((task) => [task.stage.name, reasons.of(task).map((reason) => Object.values(reason).join(" "))]),
    );
  }

  async #lastOf(chain: readonly (readonly [string, number])[]): Promise<{ planner: Planner; artifact: Artifact }> {
    const [traces, objects] = [new TraceStore(this.#folder), new ObjectStore(this.#folder)];
    const planner = new Planner({ traces, objects, sources: SOURCES });
    let inputs: Artifact[] = [];
    for (const [name, value] of chain) inputs = [await planner.map(stage(name), { value }, inputs)];
    return { planner, artifact: inputs[0] };
  }
}

/** The last run asked these, and the others are asked because of the differences with their numbers. */
function compared(asked: readonly [string, number][], changed: readonly string[] = []): Comparison {
  const known = new Set(asked.map(([name, value]) => questionOf(stage(name), { value })));
  return {
    changedParts: () => changed,
    differences: (question) =>
      known.has(question)
        ? undefined
        : [1, 2, 3, 4, 5].filter((value) =>
          ["a", "b", "c", "d"].some((name) => questionOf(stage(name), { value }) === question)
        ),
  };
}

function onDesk(use: (desk: Desk) => Promise<void>): Promise<void> {
  return inTemporaryFolder((folder) => use(new Desk(folder)));
}

const CHAIN: readonly [string, number][] = [["a", 0], ["b", 0], ["c", 0]];

Deno.test("a reason is told where it enters, and what follows names the stage before", () =>
  onDesk(async (desk) => {
    await desk.done(CHAIN);
    assertEquals(await desk.why(CHAIN, compared(CHAIN)), {});
    assertEquals(await desk.why([["a", 1], ["b", 0], ["c", 0]], compared(CHAIN)), {
      a: ["parameter 1"],
      b: ["input a"],
      c: ["input b"],
    });
    assertEquals(await desk.why([["a", 0], ["b", 2], ["c", 0]], compared(CHAIN)), {
      b: ["parameter 2"],
      c: ["input b"],
    });
    assertEquals(await desk.why([["a", 1], ["b", 2], ["c", 1]], compared(CHAIN)), {
      a: ["parameter 1"],
      b: ["parameter 2", "input a"],
      c: ["input b"],
    });
  }));

Deno.test("within a stage the first reason is that of all", () =>
  onDesk(async (desk) => {
    const chain: [string, number][] = [["a", 1], ["b", 0], ["b", 9]];
    assertEquals(await desk.why(chain, compared([["a", 0], ["b", 0], ["b", 9]])), {
      a: ["parameter 1"],
      b: ["input a"],
    });
  }));

Deno.test("what a stopped run left is known by what it came from", () =>
  onDesk(async (desk) => {
    await desk.done(CHAIN);
    await desk.done([["a", 1], ["b", 0]]);
    assertEquals(await desk.why([["a", 1], ["b", 0], ["c", 0]], compared(CHAIN)), { c: ["parameter 1"] });
  }));

Deno.test("artifacts that are gone are made again as far as they are needed, and are the same as before", () =>
  onDesk(async (desk) => {
    await desk.done(CHAIN, false);
    assertEquals(await desk.why(CHAIN, compared(CHAIN)), {});
    assertEquals(await desk.why([["a", 0], ["b", 0], ["c", 3]], compared(CHAIN)), {
      a: ["deleted"],
      b: ["deleted"],
      c: ["parameter 3"],
    });
  }));

Deno.test("code that changed is named once on the way, a run without another one says so, and what cannot be told is said", () =>
  onDesk(async (desk) => {
    assertEquals(await desk.why(CHAIN, compared(CHAIN, ["x.ts", "y.ts"])), {
      a: ["code x.ts", "code y.ts"],
      b: ["input a"],
      c: ["input b"],
    });
    assertEquals(await desk.why(CHAIN, undefined), { a: ["first"], b: ["first"], c: ["first"] });
    assertEquals(await desk.why(CHAIN, compared(CHAIN)), { a: ["unknown"], b: ["input a"], c: ["input b"] });
  }));

Deno.test("a task that names artifacts without taking them runs when those do", () =>
  inTemporaryFolder(async (folder) => {
    const planner = new Planner({ traces: new TraceStore(folder), objects: new ObjectStore(folder), sources: SOURCES });
    const { hash } = await planner.map(stage("a"), { value: 1 }, []);
    const { key } = await planner.map(stage("d"), { files: [{ hash }] }, []);
    const reasons = new Reasons(planner, { changedParts: () => [], differences: () => undefined });
    assertEquals(reasons.of(planner.tasks.get(key)!), [{ kind: "input", stage: "a" }]);
  }));

Deno.test("what one study makes is there for the next", () =>
  inTemporaryFolder(async (folder) => {
    const made = new Set<string>();
    const states = async () => {
      const tools = { traces: new TraceStore(folder), objects: new ObjectStore(folder), sources: SOURCES, made };
      const planner = new Planner(tools);
      await planner.map(stage("b"), { value: 1 }, [await planner.map(stage("a"), { value: 1 }, [])]);
      return [...planner.tasks.values()].map(({ state }) => state);
    };
    assertEquals([await states(), await states()], [["new", "new"], ["there", "there"]]);
  }));
