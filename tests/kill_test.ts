import { assert, assertEquals } from "@std/assert";
import { ObjectStore } from "../pipeline/store/object_store.ts";
import { TraceStore } from "../pipeline/store/trace_store.ts";
import { inTemporaryFolder } from "../pipeline/testing/temporary_folder.ts";
import { filesBelow } from "./command_line/listing.ts";
import { child, resultsIn } from "./faults/processes.ts";
import { InlinePool, wholeRun } from "./faults/whole_run.ts";

/** Finishes what a kill has left, twice: the first time with the results that there should be, the second with nothing to do. */
async function finish(folder: string, expected: Record<string, string>, message: string): Promise<void> {
  const first = await wholeRun(folder, new InlinePool(`${folder}/cache`));
  assertEquals(first.damaged, [], message);
  assertEquals(resultsIn(folder), expected, message);
  const second = await wholeRun(folder, new InlinePool(`${folder}/cache`));
  assertEquals(second, { computed: 0, damaged: [] }, message);
}

/** Runs tasks, two at a time. */
async function inPairs(count: number, task: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all([0, 1].map(async () => {
    while (next < count) await task(next++);
  }));
}

Deno.test("a run that is killed at any write point is finished by the next one, with the same bytes", () =>
  inTemporaryFolder(async (folder) => {
    const { points } = await child(`${folder}/whole`);
    const expected = resultsIn(`${folder}/whole`);
    assertEquals(Object.keys(expected).length, 4);
    assert(points > 60, `${points} write points`);
    const leftovers = new Set<string>();
    await inPairs(points, async (i) => {
      const place = `${folder}/${i + 1}`;
      assert((await child(place, { point: i + 1 })).killed, `point ${i + 1} of ${points}`);
      const cache = `${place}/cache`, objects = new ObjectStore(cache);
      for (const { task, hash } of new TraceStore(cache).all()) {
        assert(objects.has(hash), `${task} was noted before it was on disk: killed at point ${i + 1}`);
      }
      for (const name of filesBelow(place)) if (name.endsWith(".tmp")) leftovers.add(name.split("/")[1]);
      await finish(place, expected, `killed at point ${i + 1}`);
    });
    assertEquals([...leftovers].sort().slice(-1), ["traces"], "kills hit files of every kind");
    assert(leftovers.size >= 4, [...leftovers].join());
  }));

Deno.test("runs that are killed at random times, one after the other, are finished with the same bytes", () =>
  inTemporaryFolder(async (folder) => {
    const options = { workers: 2, delay: 5 }, clock = performance.now();
    await child(`${folder}/whole`, options);
    const time = performance.now() - clock, expected = resultsIn(`${folder}/whole`);
    let killed = 0, done = 0;
    await inPairs(18, async (i) => {
      const delays: number[] = [];
      for (let kill = 0; kill < 3; kill++) {
        delays.push(Math.round(time * (0.2 + 0.9 * Math.random())));
        const ended = await child(`${folder}/${i}`, { ...options, killAfter: delays[kill] });
        if (ended.killed) killed++;
        else done++;
      }
      await child(`${folder}/${i}`, options);
      assertEquals(resultsIn(`${folder}/${i}`), expected, `killed after ${delays} ms`);
      const { computed, damaged } = await wholeRun(
        `${folder}/${i}`,
        new InlinePool(`${folder}/${i}/cache`),
        options.delay,
      );
      assertEquals([computed, damaged], [0, []], `killed after ${delays} ms`);
    });
    assertEquals(killed + done, 54);
    assert(killed > 0, "no run was caught");
  }));

Deno.test("eight processes that race on one cold cache, and one output folder, all come to the same", () =>
  inTemporaryFolder(async (folder) => {
    await child(`${folder}/whole`, { delay: 20 });
    for (const workers of [0, 2]) {
      const place = `${folder}/${workers}`;
      const ends = await Promise.all(Array.from({ length: 8 }, () => child(place, { workers, delay: 20 })));
      for (const { said } of ends) assertEquals(JSON.parse(said).damaged, []);
      assertEquals(resultsIn(place), resultsIn(`${folder}/whole`));
      assertEquals(await wholeRun(place, new InlinePool(`${place}/cache`), 20), { computed: 0, damaged: [] });
      assertEquals(filesBelow(place).filter((name) => name.endsWith(".tmp") || name.endsWith(".jsonl")), []);
    }
  }));
