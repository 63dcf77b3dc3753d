/**
 * What goes to a worker in one message, and what need not be said again: several short jobs, and the parameter sets of a fold.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { FakeParameters } from "../dataflow/testing/fake_stages.ts";
import type { Json } from "../dataflow/stage.ts";
import { encodeArtifact } from "../store/codec.ts";
import { ObjectStore } from "../store/object_store.ts";
import { filesIn } from "../testing/temporary_folder.ts";
import type { FoldJob, JobResult, MapJob } from "./protocol.ts";
import { job, kinds, MODULE, wait, watchingWorkers, withPool } from "./testing/fake_jobs.ts";

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
