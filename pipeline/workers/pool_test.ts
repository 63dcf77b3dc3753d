import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import type { FakeParameters } from "../dataflow/testing/fake_stages.ts";
import type { Json } from "../dataflow/stage.ts";
import { decodeArtifact, encodeArtifact } from "../store/codec.ts";
import { ObjectStore } from "../store/object_store.ts";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { WorkerPool } from "./pool.ts";
import type { FoldJob, JobResult, MapJob } from "./protocol.ts";

const MODULE = new URL("../dataflow/testing/fake_stages.ts", import.meta.url).href;

function job(parameters: FakeParameters): MapJob {
  return { kind: "map", module: MODULE, export: "addStage", parameters: parameters as unknown as Json, inputs: [] };
}

/** Parameter sets of a fold. */
function foldSets(...sets: readonly FakeParameters[]): Json[] {
  return sets as unknown as Json[];
}

/** Gives shares of folds of one number, which tell the sets and the place that the worker had. */
async function shares(cache: string, number: number): Promise<(parameters: readonly Json[], index: number) => FoldJob> {
  const bytes = encodeArtifact("arrays", { value: Float64Array.of(number) });
  const hash = await new ObjectStore(cache).write(bytes, () => {});
  return (parameters, index) => ({
    kind: "fold",
    module: MODULE,
    export: "foldStage",
    parameters,
    inputs: [{ hash, format: "arrays" }],
    index,
  });
}

/** What a worker came to, if it did. */
function partialOf(result: JobResult): number[] | string {
  return result.kind === "partial" ? [...result.partial] : JSON.stringify(result);
}

/** A pool on a cache of its own, closed when the test is done. */
function withPool(size: number, use: (pool: WorkerPool, cache: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const pool = new WorkerPool(size, folder);
    try {
      await use(pool, folder);
    } finally {
      await pool.close();
    }
  });
}

/** Gives a test the workers that are started while it runs, and what they are told. */
async function watchingWorkers(use: (started: Worker[], told: unknown[]) => Promise<void>): Promise<void> {
  const original = globalThis.Worker, started: Worker[] = [], told: unknown[] = [];
  globalThis.Worker = class extends original {
    constructor(...parameters: ConstructorParameters<typeof original>) {
      super(...parameters);
      started.push(this);
    }
    override postMessage(message: unknown): void {
      told.push(message);
      super.postMessage(message);
    }
  };
  try {
    await use(started, told);
  } finally {
    globalThis.Worker = original;
  }
}

function kinds(results: readonly JobResult[]): string[] {
  return results.map(({ kind }) => kind);
}

const wait = (milliseconds: number): Promise<void> => new Promise((resume) => setTimeout(resume, milliseconds));

Deno.test("all jobs are done, whatever their number", () =>
  withPool(3, async (pool, cache) => {
    assertEquals([pool.size, pool.stopped], [3, false]);
    const results = await Promise.all(Array.from({ length: 40 }, (_, value) => pool.run(job({ value }))));
    assertEquals(new Set(kinds(results)), new Set(["artifact"]));
    assertEquals(filesIn(`${cache}/objects`).length, 40);
  }));

Deno.test("no more jobs are under way than there are workers", () =>
  withPool(2, async (pool, cache) => {
    const log = `${cache}/log`;
    let done = 0;
    await Promise.all(Array.from({ length: 8 }, async (_, value) => {
      await pool.run(job({ value, log, delay: 10 }));
      const begun = Deno.readTextFileSync(log).split("\n").length - 1;
      // Each of the two has one under way, and may have ended one that nobody has heard of.
      assert(begun <= ++done + 4, `${begun} begun when ${done} were done`);
    }));
  }));

Deno.test("jobs begin in the order in which they were asked for", () =>
  withPool(1, async (pool, cache) => {
    const values = [5, 3, 8, 1], log = `${cache}/log`;
    await Promise.all(values.map((value) => pool.run(job({ value, log }))));
    assertEquals(Deno.readTextFileSync(log), values.map((value) => `add ${value}\n`).join(""));
  }));

Deno.test("a stage that throws leaves its worker alive", () =>
  withPool(1, async (pool) => {
    const results = await Promise.all(
      [{ value: 1, trouble: "throw" as const }, { value: 2 }].map((parameters) => pool.run(job(parameters))),
    );
    assertEquals(kinds(results), ["failed", "artifact"]);
    assertStringIncludes(JSON.stringify(results[0]), '"name":"TypeError","message":"it does not converge"');
  }));

Deno.test("a stage that kills its worker fails with the reason, and the pool goes on", () =>
  withPool(1, async (pool) => {
    const cases = [
      ["timer", "a worker died: Uncaught Error: too late"],
      ["rejection", "a worker died: Uncaught (in promise) Error: nobody caught this"],
      ["close", "it tried to end its worker"],
      ["exit", "it tried to end its worker"],
    ] as const;
    for (const [trouble, reason] of cases) {
      const [failed, next] = await Promise.all([pool.run(job({ value: 1, trouble })), pool.run(job({ value: 2 }))]);
      assertEquals([failed.kind, next.kind], ["failed", "artifact"], trouble);
      assertEquals(failed.kind === "failed" && failed.message, reason);
    }
  }));

Deno.test("short jobs go round several at a time, and come to their ends one by one, in their order", () =>
  watchingWorkers((started, messages) =>
    withPool(1, async (pool, cache) => {
      const values = Array.from({ length: 80 }, (_, value) => value), log = `${cache}/log`, ended: number[] = [];
      const results = await Promise.all(values.map(async (value) => {
        const result = await pool.run(job({ value, log }));
        ended.push(value);
        return result;
      }));
      assertEquals(new Set(kinds(results)), new Set(["artifact"]));
      assertEquals(ended, values);
      assertEquals(Deno.readTextFileSync(log), values.map((value) => `add ${value}\n`).join(""));
      const sizes = messages.flatMap((message) => Array.isArray(message) ? [message.length] : []);
      assertEquals(sizes.reduce((sum, size) => sum + size), 80);
      assertEquals([sizes[0], sizes.at(-1)], [1, 1]);
      assert(Math.max(...sizes) > 1 && Math.max(...sizes) <= 8, `messages of ${sizes} jobs`);
      assertEquals(started.length, 1);
    })
  ));

Deno.test("jobs of a stage go round together once it is known that they are short, and do not wait for one that is not", () =>
  watchingWorkers((_, messages) =>
    withPool(1, async (pool, cache) => {
      const log = `${cache}/log`, values = Array.from({ length: 40 }, (_, value) => value);
      const short = values.map((value) => pool.run(job({ value })));
      // Two take long, of which one at least has others behind it in its message.
      const others = values.map((value) =>
        pool.run({ ...job({ value, log, ...[20, 21].includes(value) && { delay: 600 } }), export: "roundStage" })
      );
      assertEquals(new Set(kinds(await Promise.all([...short, ...others]))), new Set(["artifact"]));
      const sent = messages.filter((message) => Array.isArray(message)) as MapJob[][];
      const [first, ...rest] = sent.filter(([{ export: stage }]) => stage === "roundStage");
      assertEquals(first.length, 1);
      const given = rest.flat().map(({ parameters }) => (parameters as unknown as FakeParameters).value);
      assert(given.length > 39, "none came back");
      const lines = values.map((value) => `add ${value}`).toSorted();
      assertEquals(Deno.readTextFileSync(log).trimEnd().split("\n").toSorted(), lines);
    })
  ));

Deno.test("of several jobs that went round together only the one fails that kills its worker", () =>
  watchingWorkers((_, messages) =>
    withPool(1, async (pool) => {
      await Promise.all(Array.from({ length: 10 }, (_, value) => pool.run(job({ value }))));
      const before = messages.length, killers = [7, 23];
      const results = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          pool.run(job({ value: 100 + i, ...killers.includes(i) && { trouble: "rejection" } }))),
      );
      assertEquals(
        results.flatMap(({ kind }, i) =>
          kind === "failed" ? [i] : []
        ),
        killers,
      );
      const sizes = messages.slice(before).flatMap((message) => Array.isArray(message) ? [message.length] : []);
      assert(Math.max(...sizes) > 1, "they went one by one");
    })
  ));

Deno.test("jobs that went round together with one that fails, or is stopped, are none the worse for it", () =>
  withPool(1, async (pool) => {
    await Promise.all(Array.from({ length: 10 }, (_, value) => pool.run(job({ value }))));
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, i) => pool.run(job({ value: 100 + i, ...i % 5 === 2 && { trouble: "throw" } }))),
    );
    assertEquals(kinds(results), Array.from({ length: 40 }, (_, i) => i % 5 === 2 ? "failed" : "artifact"));
    const running = Array.from({ length: 40 }, (_, i) => pool.run(job({ value: 200 + i })));
    await running[3];
    pool.stop();
    const ended = kinds(await Promise.all(running)), last = ended.lastIndexOf("artifact");
    assertEquals(ended, ended.map((_, i) => i <= last ? "artifact" : "stopped"));
    assert(last < 39);
  }));

Deno.test("a worker that dies between two jobs is not given another one", () =>
  watchingWorkers((started) =>
    withPool(1, async (pool) => {
      assertEquals((await pool.run(job({ value: 1, trouble: "late timer" }))).kind, "artifact");
      await new Promise((resume) => started[0].addEventListener("error", resume));
      assertEquals((await pool.run(job({ value: 2 }))).kind, "artifact");
      assertEquals(started.length, 2);
    })
  ));

Deno.test("stopping drops what waits and ends what is under way at its next pulse", () =>
  withPool(2, async (pool, cache) => {
    const jobs = Array.from(
      { length: 6 },
      (_, value) => pool.run(job({ value, trouble: "spin", log: `${cache}/log` })),
    );
    while (filesIn(cache).length === 0) await wait(5);
    const start = performance.now();
    pool.stop();
    assertEquals(kinds(await Promise.all(jobs)), Array(6).fill("stopped"));
    assertLess(performance.now() - start, 3000);
    assertEquals((await pool.run(job({ value: 9 }))).kind, "stopped");
    assertEquals([pool.stopped, filesIn(`${cache}/objects`)], [true, []]);
  }));

Deno.test("closing leaves no job without an answer", () =>
  withPool(1, async (pool, cache) => {
    const log = `${cache}/log`;
    const jobs = [1, 2, 3].map((value) => pool.run(job({ value, delay: 50, log })));
    while (filesIn(cache).length === 0) await wait(5);
    await pool.close();
    const [first, ...others] = kinds(await Promise.all(jobs));
    assert(["artifact", "stopped"].includes(first)); // under way when the pool was closed: it may still come to its end
    assertEquals(others, ["stopped", "stopped"]);
    assertEquals((await pool.run(job({ value: 4 }))).kind, "stopped");
    await pool.close();
    await wait(100); // whatever the worker still does, nobody is disturbed by it
  }));

Deno.test("idle jobs are done when nothing else waits, make room for others, and are begun anew", () =>
  withPool(1, async (pool, cache) => {
    const log = `${cache}/log`, lines = () => filesIn(cache).includes("log") ? Deno.readTextFileSync(log) : "";
    let wanted = true;
    const idle = pool.runIdle(job({ value: 1, trouble: "spin", log }), () => wanted);
    while (!lines().endsWith("add 1\n")) await wait(5);
    const later = pool.runIdle(job({ value: 2, log }), () => true);
    const others = await Promise.all([3, 4].map((value) => pool.run(job({ value, log }))));
    assertEquals(kinds(others), ["artifact", "artifact"]);
    while (!lines().endsWith("add 4\nadd 1\n")) await wait(5); // first come, first served, also among idle jobs
    assertEquals(lines(), "add 1\nadd 3\nadd 4\nadd 1\n");
    wanted = false;
    pool.reconsider();
    assertEquals(kinds(await Promise.all([idle, later])), ["stopped", "artifact"]);
    assertEquals((await pool.runIdle(job({ value: 5 }), () => false)).kind, "stopped");
  }));

Deno.test("stopping drops idle jobs too", () =>
  withPool(1, async (pool, cache) => {
    const idle = [1, 2].map((value) => pool.runIdle(job({ value, trouble: "spin", log: `${cache}/log` }), () => true));
    while (filesIn(cache).length === 0) await wait(5);
    pool.stop();
    assertEquals(kinds(await Promise.all(idle)), ["stopped", "stopped"]);
    pool.reconsider();
  }));

Deno.test("workers start with the first jobs, as many as are needed", () =>
  watchingWorkers((started) =>
    withPool(3, async (pool) => {
      assertEquals(started.length, 0);
      for (let value = 0; value < 3; value++) await pool.run(job({ value }));
      assertEquals(started.length, 1);
      await Promise.all(Array.from({ length: 9 }, (_, value) => pool.run(job({ value, delay: 1 }))));
      assertEquals(started.length, 3);
    })
  ));

Deno.test("what a worker wrote is there for everybody once it is admitted", () =>
  withPool(1, async (pool, cache) => {
    const result = await pool.run(job({ value: 7 }));
    if (result.kind !== "artifact") throw new Error(JSON.stringify(result));
    const store = new ObjectStore(cache);
    assertEquals(await store.admit(result), true);
    const bytes = store.read(result.hash, () => {})!;
    assertEquals(decodeArtifact("arrays", bytes), { value: Float64Array.of(7) });
  }));

Deno.test("idle workers load what a stage will need, each stage once; none is started for that", () =>
  watchingWorkers((started) =>
    withPool(1, async (pool, cache) => {
      const log = `${cache}/log`, stage = { module: MODULE, export: "preparedStage" };
      pool.prepare(stage);
      assertEquals(started.length, 0);
      await pool.run(job({ value: 1 }));
      for (let count = 0; count === 0; await wait(5)) { // a job that comes meanwhile goes first
        pool.prepare(stage);
        await pool.run({ ...job({ value: 2, log }), export: "preparedStage" });
        const lines = Deno.readTextFileSync(log).trimEnd().split("\n");
        count = Number(lines.at(-1)!.split(" ")[1]);
        assert(count <= 1, `prepared ${count} times`);
      }
      assertEquals(started.length, 1);
    })
  ));

Deno.test("who starts the workers has them before the first job", () =>
  watchingWorkers((started) =>
    withPool(3, async (pool) => {
      pool.start();
      pool.start();
      assertEquals(started.length, 3);
      assertEquals((await pool.run(job({ value: 1 }))).kind, "artifact");
      assertEquals(started.length, 3);
    })
  ));

Deno.test("of many workers a few are started before there are jobs for them", () =>
  watchingWorkers((started) =>
    withPool(64, (pool) => {
      pool.start();
      assertEquals(started.length, 4);
      return Promise.resolve();
    })
  ));

Deno.test("a job goes to the worker that has loaded what it needs", () =>
  withPool(2, async (pool, cache) => {
    const log = `${cache}/log`, stage = { module: MODULE, export: "preparedStage" };
    await Promise.all([1, 2].map((value) => pool.run(job({ value, delay: 20 })))); // each of the two has one
    await pool.run(job({ value: 3 }));
    await pool.run({ ...job({ value: 4 }), export: "mainAddStage" }); // so the first one has loaded more
    let wanted = true;
    pool.prepare(stage); // by the second one
    const busy = pool.runIdle(job({ value: 5, trouble: "spin" }), () => wanted);
    await pool.runIdle(job({ value: 5 }), () => true); // which is done with it before this one's turn comes
    wanted = false;
    pool.reconsider();
    await busy;
    for (let value = 6; value < 9; value++) await pool.run({ ...job({ value, log }), export: "preparedStage" });
    assertEquals(Deno.readTextFileSync(log), "prepared 1\n".repeat(3));
  }));

Deno.test("idle jobs are not handed round while another worker has to make room", () =>
  withPool(2, async (pool, cache) => {
    const log = `${cache}/log`;
    for (let round = 0; round < 3; round++) { // short jobs, so that workers may have two at a time
      await Promise.all([1, 2].map((value) => pool.run(job({ value, delay: 5 }))));
    }
    let wanted = true;
    const slow = pool.runIdle(job({ value: 3, delay: 250, log }), () => true);
    while (!filesIn(cache).includes("log")) await wait(5); // it is asleep when it should make room
    const short = pool.run(job({ value: 4, delay: 20 })), behind = pool.run(job({ value: 5, log }));
    const idle = pool.runIdle(job({ value: 6, trouble: "spin", log }), () => wanted);
    assertEquals(kinds(await Promise.all([short, behind])), ["artifact", "artifact"]);
    assertEquals(Deno.readTextFileSync(log), "add 3\nadd 6\nadd 5\n");
    wanted = false;
    pool.reconsider();
    assertEquals(kinds(await Promise.all([slow, idle])), ["artifact", "stopped"]);
  }));

Deno.test("workers are told the sets of a fold once in a row, and have the right ones however folds alternate", () =>
  watchingWorkers((_, told) =>
    withPool(1, async (pool, cache) => {
      const share = await shares(cache, 3), sets = [foldSets({ value: 1 }, { value: 2 }), foldSets({ value: 5 })];
      const order = [0, 0, 1, 0, 1, 1, 1, 0, 0], values = [[1, 2], [5]];
      const results = await Promise.all(order.map((which, index) => {
        void pool.run(job({ value: index })); // jobs of other kinds in between make no difference
        return pool.run(share(sets[which], index));
      }));
      assertEquals(
        results.map(partialOf),
        order.map((which, index) => values[which].map((value) => Math.sin(value * 3 + index))),
      );
      const said = told.flat().filter((message) => (message as FoldJob).kind === "fold").map((message) =>
        (message as { parameters: unknown }).parameters
      );
      assertEquals(said, order.map((which, i) => order[i - 1] === which ? "as before" : sets[which]));
    })
  ));

Deno.test("a worker that takes the place of a dead one is told the sets of a fold anew", () =>
  withPool(1, async (pool, cache) => {
    const share = await shares(cache, 3), sets = foldSets({ value: 1 }, { value: 2 });
    const expected = (index: number) => [1, 2].map((value) => Math.sin(value * 3 + index));
    // Short ones, so that the worker that dies has one more waiting.
    for (let index = 0; index < 3; index++) {
      assertEquals(partialOf(await pool.run(share(sets, index))), expected(index));
    }
    const [died, ...others] = await Promise.all([
      pool.run(job({ value: 1, trouble: "timer" })),
      ...[3, 4, 5].map((index) => pool.run(share(sets, index))),
    ]);
    assertEquals(died.kind, "failed");
    assertEquals(others.map(partialOf), [3, 4, 5].map(expected));
  }));

Deno.test("a share that made room for another fold's has its own sets when it is begun anew", () =>
  withPool(1, async (pool, cache) => {
    const share = await shares(cache, 3), log = `${cache}/log`;
    const idle = foldSets({ value: 1, trouble: "spin", log }), urgent = foldSets({ value: 2, log });
    const begun = async (lines: string) => {
      while (!filesIn(cache).includes("log") || Deno.readTextFileSync(log) !== lines) await wait(5);
    };
    let wanted = true;
    const spinning = pool.runIdle(share(idle, 0), () => wanted);
    await begun("share 0 of 1\n");
    assertEquals(partialOf(await pool.run(share(urgent, 1))), [Math.sin(2 * 3 + 1)]);
    await begun("share 0 of 1\nshare 1 of 2\nshare 0 of 1\n");
    assertEquals(partialOf(await pool.run(share(urgent, 2))), [Math.sin(2 * 3 + 2)]);
    wanted = false;
    pool.reconsider();
    assertEquals((await spinning).kind, "stopped");
  }));
