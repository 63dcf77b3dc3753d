import { assert, assertEquals } from "@std/assert";
import { filesIn } from "../testing/temporary_folder.ts";
import type { AnyMap, Artifact } from "./engine.ts";
import type { Json } from "./stage.ts";
import { addStage, foldStage, mainAddStage, roundStage } from "./testing/fake_stages.ts";
import { fakeParameters as p, map, sources } from "./testing/fake_tasks.ts";
import { inLaboratory, type Run } from "./testing/laboratory.ts";

/** What the fold of `sources` gives for a parameter, worked out without any engine. */
function folded(value: number, count: number): number {
  const shares = Array.from({ length: count }, (_, index) => Math.sin(value * index + index));
  return shares.reduce((total, share) => total * 1.1 + share);
}

Deno.test("a task is computed once, even when many ask for it at the same time", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const { log } = laboratory;
      const ask = async (stage: AnyMap) => {
        const input = await run.engine.map(stage, p({ value: 1, log, delay: 5 }), []);
        return await run.engine.map(stage, p({ value: 2, log }), [input, input]);
      };
      const artifacts = await Promise.all([...Array(20).fill(addStage), ...Array(20).fill(mainAddStage)].map(ask));
      assertEquals(new Set(artifacts.map(({ key }) => key)).size, 2);
      assertEquals(laboratory.logged(), ["add 1", "add 1", "add 2", "add 2"]);
      assertEquals([run.count("computed"), run.count("cached")], [4, 0]);
      assertEquals(await run.number(artifacts[0]), (2 * 1.1 + 1) * 1.1 + 2);
    })
  ));

Deno.test("a second engine on the same cache computes nothing and gives the same", () =>
  inLaboratory(async (laboratory) => {
    const work = (run: Run) =>
      Promise.all([2, 3, 4].map(async (value) => {
        const inputs = await sources(run, 3);
        const [fold] = await run.engine.fold(foldStage, [p({ value, log: laboratory.log })], inputs);
        return (await run.engine.map(addStage, p({ value, log: laboratory.log }), [fold, ...inputs])).hash;
      }));
    const first = await laboratory.run(work);
    assert(laboratory.logged().length > 0);
    await laboratory.run(async (run) => {
      assertEquals(await work(run), first);
      assertEquals([run.count("computed"), run.count("cached")], [0, 9]);
    });
    assertEquals(laboratory.logged(), []);
  }));

Deno.test("keys depend on the stage, its parameters and its inputs in their order, and on nothing else", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const [a, b] = await sources(run, 2);
      const asked: [AnyMap, Json, Artifact[]][] = [
        [addStage, p({ value: 1, delay: 0 }), [a, b]],
        [addStage, p({ value: 1, delay: 0 }), [b, a]],
        [addStage, p({ value: 1, delay: 0 }), [a]],
        [addStage, p({ value: 2, delay: 0 }), [a, b]],
        [addStage, p({ value: 1, delay: 1 }), [a, b]],
        [mainAddStage, p({ value: 1, delay: 0 }), [a, b]],
      ];
      const keys = await Promise.all(
        asked.map(async ([stage, set, inputs]) => (await run.engine.map(stage, set, inputs)).key),
      );
      assertEquals(new Set(keys).size, asked.length);
      // The same parameters, written in another order.
      assertEquals((await run.engine.map(addStage, { delay: 0, value: 1 }, [a, b])).key, keys[0]);
    })
  ));

Deno.test("a stage that comes to the same bytes ends the wave of changes", () =>
  inLaboratory(async (laboratory) => {
    const work = (value: number) => async (run: Run) => {
      const first = await map(run, value);
      const rounded = await map(run, 0, [first], roundStage);
      const last = await map(run, 5, [rounded]);
      const computed = run.events.flatMap((event) => event.kind === "computed" ? [event.task] : []);
      return { computed, last: await run.number(last) };
    };
    assertEquals((await laboratory.run(work(16.25))).computed, ["fake/add", "fake/round", "fake/add"]);
    assertEquals((await laboratory.run(work(15.5))).computed, ["fake/add", "fake/round"]);
    assertEquals((await laboratory.run(work(15.5))).computed, []);
    assertEquals(await laboratory.run(work(30)), {
      computed: ["fake/add", "fake/round", "fake/add"],
      last: 5 * 1.1 + 32,
    });
  }));

Deno.test("folds do not depend on the batch, the workers, or the order in which shares are done", () =>
  inLaboratory(async (laboratory) => {
    const values = [0.1, 0.7, 1.3, 2.1, 3.3, 4.5, 5.7], count = 9;
    const expected = values.map((value) => folded(value, count));
    for (const workers of [1, 2, 4]) {
      await laboratory.run(async (run) => {
        const inputs = await sources(run, count);
        // Delays go into the key, so that each time all is computed anew.
        const sets = values.map((value) => p({ value, delay: workers }));
        const artifacts = await run.engine.fold(foldStage, sets, inputs);
        assertEquals(await Promise.all(artifacts.map(run.number)), expected, `${workers} workers, together`);
        const alone = values.map((value) => p({ value, delay: 10 + workers }));
        const folds = await Promise.all(alone.map((set) => run.engine.fold(foldStage, [set], inputs)));
        assertEquals(await Promise.all(folds.map(([artifact]) => run.number(artifact))), expected, `${workers}, alone`);
        assertEquals(folds.map(([{ hash }]) => hash), artifacts.map(({ hash }) => hash));
      }, workers);
    }
  }));

Deno.test("of a fold only the sets that are missing are computed, each once", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory;
    const fold = async (run: Run, values: readonly number[]) => {
      const artifacts = await run.engine.fold(
        foldStage,
        values.map((value) => p({ value, log })),
        await sources(run, 2),
      );
      assertEquals(await Promise.all(artifacts.map(run.number)), values.map((value) => folded(value, 2)));
    };
    const folds = () => laboratory.logged().filter((line) => line.startsWith("fold"));
    await laboratory.run((run) => fold(run, [1, 2, 3, 4]));
    assertEquals(folds(), ["fold 1", "fold 2", "fold 3", "fold 4"]);
    await laboratory.run((run) => fold(run, [7, 2, 6, 2, 5, 4, 6]));
    assertEquals(folds(), ["fold 5", "fold 6", "fold 7"]);
    await laboratory.run((run) => Promise.all([fold(run, [8, 9, 1]), fold(run, [9, 10]), fold(run, [10, 8, 3])]));
    assertEquals(folds(), ["fold 10", "fold 8", "fold 9"]);
    await laboratory.run((run) => fold(run, []));
    assertEquals(folds(), []);
  }));

Deno.test("each input of a fold is read once for a whole batch", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const sets = [1, 2, 3, 4, 5].map((value) => p({ value }));
      sets[0] = p({ value: 1, log: laboratory.log });
      sets[3] = p({ value: 4, log: laboratory.log });
      await run.engine.fold(foldStage, sets, await sources(run, 2));
      // Batches of three: the first logs for set 1, the second for set 4.
      assertEquals(laboratory.logged(), [
        "fold 1",
        "fold 4",
        "share 0 of 1",
        "share 0 of 4",
        "share 1 of 1",
        "share 1 of 4",
      ]);
    })
  ));

Deno.test("a trace holds what the stage took, without the time that it waited", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const start = performance.now();
      await Promise.all([1, 2, 3, 4, 5, 6].map((value) => run.engine.map(addStage, p({ value, delay: 20 }), [])));
      const wall = (performance.now() - start) / 1000;
      const [journal] = filesIn(`${laboratory.cache}/traces`);
      const lines = Deno.readTextFileSync(`${laboratory.cache}/traces/${journal}`).trimEnd().split("\n");
      const seconds = lines.map((line) => (JSON.parse(line.slice(9)) as { seconds: number }).seconds);
      assertEquals(seconds.length, 6);
      assert(seconds.every((time) => time > 0.015), `${seconds}`);
      // One worker cannot have worked longer than the whole took.
      assert(seconds.reduce((sum, time) => sum + time) <= wall, `${seconds} in ${wall} s`);
    }, 1)
  ));

Deno.test("what a fold is said to take includes its end, in which most of the work may be", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const inputs = await sources(run, 2);
      const finish: typeof foldStage.finish = (sets, total) => {
        for (const start = performance.now(); performance.now() - start < 50;);
        return foldStage.finish(sets, total);
      };
      await run.engine.fold({ ...foldStage, finish }, [p({ value: 1 }), p({ value: 2 })], inputs);
      const labours = run.events.flatMap((event) =>
        event.kind === "computed" && event.task === "fake/fold" ? [event.labour] : []
      );
      assertEquals(labours.length, 2);
      assert(labours[0] + labours[1] >= 0.05, `${labours}`);
    })
  ));
