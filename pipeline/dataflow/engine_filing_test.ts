import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { StageFailure } from "../errors.ts";
import { HeldStore } from "../store/testing/held_store.ts";
import { watchWritePoints } from "../store/write_point.ts";
import { filesIn } from "../testing/temporary_folder.ts";
import { Stopped } from "../workers/protocol.ts";
import type { Artifact } from "./engine.ts";
import { addStage, foldStage, mainAddStage, refineStage } from "./testing/fake_stages.ts";
import { fakeParameters as p, map, sources } from "./testing/fake_tasks.ts";
import { inLaboratory, type Laboratory, type Run } from "./testing/laboratory.ts";

const wait = (milliseconds: number): Promise<void> => new Promise((resume) => setTimeout(resume, milliseconds));

/** Gives a test a run whose folds and refinements come to disk only when the test says so. */
function withHeldStore(
  use: (laboratory: Laboratory, run: Run, objects: HeldStore) => Promise<void>,
  workers = 2,
): Promise<void> {
  return inLaboratory(async (laboratory) => {
    const objects = new HeldStore(laboratory.cache);
    await laboratory.run(
      async (run) => {
        try {
          await use(laboratory, run, objects);
        } finally {
          objects.release();
        }
      },
      workers,
      objects,
    );
  });
}

/** Whether something is over by now, given that all else is. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.then(() => over = true, () => over = true);
  await wait(30);
  return over;
}

function fold({ engine }: Run, values: readonly number[], inputs: readonly Artifact[], log?: string) {
  return engine.fold(foldStage, values.map((value) => p({ value, ...log !== undefined && { log } })), inputs);
}

Deno.test("what is on its way to disk can be read at once, and is noted when it is there", () =>
  withHeldStore(async (laboratory, run, objects) => {
    const made = [
      ...await fold(run, [1, 2, 3, 4], await sources(run, 2)),
      ...await run.engine.refine(refineStage, [p({ value: 5 })], []),
    ];
    assertEquals(run.events.flatMap((event) => event.kind === "computed" ? [event.hash] : []).slice(-1), [
      made[4].hash,
    ]);
    const numbers = await Promise.all(made.map(run.number));
    const filed = run.engine.filed();
    assert(!await isOver(filed) && !await isOver(run.engine.settled()));
    for (const { key, hash } of made) {
      assertEquals([laboratory.noted(key), laboratory.stored().includes(hash)], [undefined, false]);
    }
    objects.release();
    await filed;
    for (const [i, { key, hash }] of made.entries()) {
      assertEquals([laboratory.noted(key), laboratory.stamped(hash)], [hash, numbers[i]]);
    }
  }));

Deno.test("a task on the main thread takes what is on its way, and one in a worker when it is there", () =>
  withHeldStore(async (laboratory, run, objects) => {
    const { log } = laboratory,
      { engine } = run,
      inputs = await sources(run, 2),
      folds = await fold(run, [1, 2], inputs);
    const onMain = engine.map(mainAddStage, p({ value: 7, log }), folds);
    const inWorker = engine.map(addStage, p({ value: 8, log }), [inputs[0], folds[1]]);
    const folded = fold(run, [9], folds, log), again = fold(run, [1], [inputs[0], folds[0]], log);
    const { key, hash } = await onMain;
    assertEquals(laboratory.noted(key), hash);
    assert(!await isOver(Promise.race([inWorker, folded])));
    assertEquals(laboratory.logged(), ["add 7", "share 0 of 1"]); // what waits for nothing is done
    // Other work is not kept from the workers meanwhile.
    await map(run, 100);
    const [first, second] = await Promise.all(folds.map(run.number));
    objects.release();
    assertEquals(await run.number(await inWorker), (8 * 1.1 + 0) * 1.1 + 2 * second);
    assertEquals(await run.number((await folded)[0]), Math.sin(9 * first) * 1.1 + Math.sin(9 * second + 1));
    assertEquals(await run.number((await again)[0]), 0 * 1.1 + Math.sin(first + 1));
    assertEquals(run.events.filter(({ kind }) => kind === "damaged"), []);
    assertEquals(laboratory.logged(), ["add 8", "fold 1", "fold 9", "share 0 of 9", "share 1 of 1", "share 1 of 9"]);
  }));

Deno.test("sets of a fold that come to the same bytes are one file, and are noted each", () =>
  withHeldStore(async (laboratory, run, objects) => {
    const inputs = await sources(run, 2), before = laboratory.stored().length;
    const folds = await run.engine.fold(foldStage, [0, 11, 22].map((delay) => p({ value: 1, delay })), inputs);
    assertEquals(new Set(folds.map(({ hash }) => hash)).size, 1);
    objects.release();
    await run.engine.filed();
    assertEquals(folds.map(({ key }) => laboratory.noted(key)), folds.map(({ hash }) => hash));
    assertEquals(laboratory.stored().length, before + 1);
  }));

Deno.test("what was made together with something that is stopped is waited for, too", () =>
  withHeldStore(async (laboratory, run, objects) => {
    const { log } = laboratory, inputs = [await map(run, 4)], before = laboratory.stored().length;
    // The second fails the three, so that each is tried alone: the first is made by then, the third does not end.
    const sets = [p({ value: 1, log }), p({ value: 2, trouble: "throw" }), p({ value: 3, log, trouble: "spin" })];
    Deno.writeTextFileSync(log, "");
    const folds = run.engine.fold(foldStage, sets, inputs), stopped = assertRejects(() => folds, Stopped);
    // It begins with the three, with the last two, and alone.
    while (Deno.readTextFileSync(log).split("share 0 of 3\n").length <= 3) await wait(5);
    run.pool.stop();
    await stopped;
    const settled = run.engine.settled();
    assert(!await isOver(settled));
    objects.release();
    await settled;
    assertEquals(laboratory.stored().length, before + 1);
    assertEquals(filesIn(laboratory.cache).filter((name) => name.endsWith(".tmp")), []);
  }, 1));

Deno.test("folds that cannot be written are noted nowhere and fail the run in the end, and the next one makes them", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory,
      message = `Cannot write to the cache folder ${laboratory.cache}: No space left on device`;
    const work = async (run: Run) => {
      const folds = await fold(run, [1, 2], await sources(run, 2), log);
      return [...folds, await run.engine.map(mainAddStage, p({ value: 3 }), folds)];
    };
    const expected = await inLaboratory((other) =>
      other.run(async (run) => await Promise.all((await work(run)).map(run.number)))
    );
    await laboratory.run((run) => sources(run, 2));
    await laboratory.run(async (run) => {
      // From the first fold on, and only as long as folds are made: what follows could be written.
      const inputs = await sources(run, 2);
      watchWritePoints((point, path) => {
        if (point === "synced" && path.startsWith(`${laboratory.cache}/objects`)) {
          throw new Error("No space left on device");
        }
      });
      try {
        const folds = await fold(run, [1, 2], inputs, log);
        const error = await assertRejects(() => run.engine.filed(), StageFailure);
        assertStringIncludes(error.message, message);
        assertStringIncludes(error.message, "--cache");
        await assertRejects(() => map(run, 5, folds), StageFailure, message);
        await run.engine.settled(); // until then what was made for that may be read from memory
        await assertRejects(() => run.engine.value(folds[0]), StageFailure, message); // made again, and not written again
        for (const { key } of folds) assertEquals(laboratory.noted(key), undefined);
        watchWritePoints(undefined);
        await assertRejects(() => run.engine.filed(), StageFailure, message);
        await run.engine.settled();
      } finally {
        watchWritePoints(undefined);
      }
      assertEquals(filesIn(`${laboratory.cache}/objects`).length, 2);
    });
    laboratory.logged();
    await laboratory.run(async (run) => {
      assertEquals(await Promise.all((await work(run)).map(run.number)), expected);
      assertEquals([run.count("computed"), run.count("damaged")], [3, 0]);
    });
    assertEquals(laboratory.logged().filter((line) => line.startsWith("fold")), ["fold 1", "fold 2"]);
  }));

Deno.test("a journal that cannot be written fails the run of folds, too", () =>
  inLaboratory(async (laboratory) => {
    await laboratory.run((run) => sources(run, 2));
    await laboratory.run(async (run) => {
      const inputs = await sources(run, 2);
      Deno.renameSync(`${laboratory.cache}/traces`, `${laboratory.cache}/elsewhere`);
      Deno.writeTextFileSync(`${laboratory.cache}/traces`, "not a folder");
      const [artifact] = await fold(run, [1], inputs);
      await assertRejects(
        () => run.engine.filed(),
        StageFailure,
        `Cannot write to the cache folder ${laboratory.cache}: `,
      );
      assertEquals(laboratory.stamped(artifact.hash), Math.sin(0) * 1.1 + Math.sin(1 + 1));
    });
  }));

Deno.test("a fold that is made again is on disk when whoever missed it hears of it", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const [artifact] = await fold(run, [1], await sources(run, 2));
      await run.engine.filed();
      laboratory.remove(artifact.hash);
      const number = await run.number(artifact);
      assertEquals(laboratory.stamped(artifact.hash), number);
    })
  ));
