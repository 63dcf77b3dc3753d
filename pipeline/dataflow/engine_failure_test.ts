import { assert, assertEquals, assertInstanceOf, assertLess, assertRejects, assertStringIncludes } from "@std/assert";
import { StageFailure } from "../errors.ts";
import { filesIn } from "../testing/temporary_folder.ts";
import { Stopped } from "../workers/protocol.ts";
import {
  addStage,
  brokenFoldStage,
  type FakeArtifact,
  foldStage,
  mainAddStage,
  type Trouble,
} from "./testing/fake_stages.ts";
import { fakeParameters as p, map, sources } from "./testing/fake_tasks.ts";
import { inLaboratory, type Run } from "./testing/laboratory.ts";

function* endlessly(): Generator<FakeArtifact> {
  for (;;) yield { value: Float64Array.of(1) };
}

const wait = (milliseconds: number): Promise<void> => new Promise((resume) => setTimeout(resume, milliseconds));

Deno.test("a stage that fails is named with its reason, and what others made is kept", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory;
    const work = async (run: Run, trouble?: Trouble) => {
      const good = [1, 2, 3, 4].map((value) => run.engine.map(addStage, p({ value, log, delay: 10 }), []));
      const bad = run.engine.map(addStage, p({ value: 9, ...(trouble && { trouble }) }), []);
      const results = await Promise.allSettled([bad, ...good]);
      assertEquals(results.slice(1).map(({ status }) => status), Array(4).fill("fulfilled"));
      return results[0];
    };
    await laboratory.run(async (run) => {
      const failed = await work(run, "throw");
      assert(failed.status === "rejected");
      assertInstanceOf(failed.reason, StageFailure);
      assertEquals(failed.reason.message, "Stage fake (add) failed: it does not converge");
      const cause = failed.reason.cause as Error;
      assertEquals([cause.name, cause.message], ["TypeError", "it does not converge"]);
      assertStringIncludes(cause.stack ?? "", "fake_stages.ts");
    });
    assertEquals(laboratory.logged().length, 4);
    await laboratory.run(async (run) => {
      assertEquals((await work(run)).status, "fulfilled");
      assertEquals([run.count("computed"), run.count("cached")], [1, 4]);
    });
    assertEquals(laboratory.logged(), []);
  }));

Deno.test("whatever goes wrong in a stage, wherever it runs, becomes its failure, and nothing of it is stored", () =>
  inLaboratory(async (laboratory) => {
    const asks: Record<string, (run: Run) => Promise<unknown>> = {
      "Stage fake (add) failed: the norm is 2 instead of 1": (run) =>
        run.engine.map(addStage, p({ value: 1, trouble: "audit" }), []),
      "Stage fake (main) failed: the norm is 2 instead of 1": (run) =>
        run.engine.map(mainAddStage, p({ value: 1, trouble: "audit" }), []),
      "Stage fake (main) failed: it does not converge": (run) =>
        run.engine.map(mainAddStage, p({ value: 1, trouble: "throw" }), []),
      "Stage fake (add) failed: Cannot encode an artifact: element 0 of value is NaN": (run) =>
        run.engine.map(addStage, p({ value: 1, trouble: "not finite" }), []),
      "Stage fake (add) failed: a worker died: Uncaught Error: too late": (run) =>
        run.engine.map(addStage, p({ value: 1, trouble: "timer" }), []),
      "Stage fake (add) failed: it tried to end its worker": (run) =>
        run.engine.map(addStage, p({ value: 1, trouble: "exit" }), []),
      "Stage fake (fold) failed: it does not converge": async (run) =>
        await run.engine.fold(foldStage, [p({ value: 1, trouble: "throw" })], await sources(run, 2)),
      "Stage fake (fold) failed: it does not end": async (run) =>
        await run.engine.fold(foldStage, [p({ value: 2, trouble: "finish" })], await sources(run, 2)),
      "Stage fake (fold) failed: the norm is 2 instead of 1": async (run) =>
        await run.engine.fold(foldStage, [p({ value: 4, trouble: "audit" })], await sources(run, 2)),
      "Stage fake (broken fold) failed: the shares do not fit": async (run) =>
        await run.engine.fold(brokenFoldStage, [p({ value: 5 })], await sources(run, 2)),
      "Stage fake (add) failed: Array buffer allocation failed: there is not enough memory; try fewer workers with --workers":
        (
          run,
        ) => run.engine.map(addStage, p({ value: 1, trouble: "memory" }), []),
      "Stage fake (fold) failed: it gave 0 of 1": async (run) =>
        await run.engine.fold({ ...foldStage, finish: () => [] }, [p({ value: 3 })], await sources(run, 2)),
      "Stage fake (fold) failed: it gave 2 of 1": async (run) =>
        await run.engine.fold({ ...foldStage, finish: endlessly }, [p({ value: 6 })], await sources(run, 2)),
      "Stage fake (fold) failed: it has nothing to fold": (run) => run.engine.fold(foldStage, [p({ value: 1 })], []),
    };
    await laboratory.run((run) => sources(run, 2));
    const before = filesIn(laboratory.cache);
    await laboratory.run(async (run) => {
      for (const [message, ask] of Object.entries(asks)) {
        const error = await assertRejects(() => ask(run), StageFailure);
        assertEquals(error.message, message);
      }
      assertEquals(run.count("computed"), 0);
    });
    assertEquals(filesIn(laboratory.cache), before);
  }));

Deno.test("a set of a fold that fails does not take those with it that are folded together, and is all that a next run tries", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory;
    const work = async (run: Run, troubles: ReadonlyMap<number, Trouble>) => {
      const inputs = await sources(run, 3);
      const sets = Array.from({ length: 7 }, (_, value) => {
        const trouble = troubles.get(value);
        return p({ value, log, ...trouble && { trouble } });
      });
      await Promise.allSettled([run.engine.fold(foldStage, sets, inputs)]);
      return await Promise.allSettled(
        sets.map(async (set) => (await run.engine.fold(foldStage, [set], inputs))[0].hash),
      );
    };
    const whole = await inLaboratory((other) => other.run((run) => work(run, new Map())));
    assertEquals(whole.map(({ status }) => status), Array(7).fill("fulfilled"));
    const troubles = ["throw", "finish", "audit", "not finite"] as const;
    for (const [round, trouble] of troubles.entries()) {
      const bad = [round, 6 - round];
      await laboratory.run(async (run) => {
        const outcomes = await work(run, new Map(bad.map((value) => [value, trouble])));
        outcomes.forEach((outcome, value) => {
          if (!bad.includes(value)) assertEquals(outcome, whole[value], `${trouble} ${value}`);
          else assert(outcome.status === "rejected" && outcome.reason instanceof StageFailure, `${trouble} ${value}`);
        });
      });
      laboratory.logged();
      await laboratory.run(async (run) => {
        assertEquals(await work(run, new Map()), whole);
        assertEquals(run.count("computed"), bad[0] === bad[1] ? 1 : 2, trouble);
      });
      assertEquals(
        laboratory.logged().filter((line) => line.startsWith("fold")),
        [...new Set(bad)].sort().map((v) => `fold ${v}`),
      );
      laboratory.forget();
    }
  }));

Deno.test("who asks again for what failed hears the same, and so do those who ask together", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const { log } = laboratory;
      const ask = () => run.engine.map(addStage, p({ value: 1, log, trouble: "throw" }), []);
      const results = await Promise.allSettled([ask(), ask(), ask()]);
      const again = await assertRejects(ask, StageFailure);
      assertEquals(laboratory.logged(), ["add 1"]);
      for (const result of results) assert(result.status === "rejected" && result.reason === again);
    })
  ));

Deno.test("failures that nobody waits for do not end the process", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      void run.engine.map(addStage, p({ value: 1, trouble: "throw" }), []).catch(() => {});
      const inputs = await sources(run, 4);
      await assertRejects(
        () => run.engine.fold(foldStage, [1, 2, 3, 4, 5].map((value) => p({ value, trouble: "throw" })), inputs),
        StageFailure,
      );
      await wait(20);
    })
  ));

Deno.test("a stop is prompt, and what is done is kept", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory;
    await laboratory.run(async (run) => {
      const inputs = await sources(run, 3);
      const asked: Promise<unknown>[] = [
        ...[1, 2, 3].map((value) => run.engine.map(addStage, p({ value, trouble: "spin", log }), [])),
        run.engine.fold(foldStage, [p({ value: 1, trouble: "spin" })], inputs),
      ];
      const settled = Promise.allSettled(asked);
      for (let lines = 0; lines < 2; lines += laboratory.logged().length) await wait(5);
      const start = performance.now();
      run.pool.stop();
      for (const result of await settled) assert(result.status === "rejected" && result.reason instanceof Stopped);
      await assertRejects(() => run.engine.map(mainAddStage, p({ value: 5, log }), []), Stopped);
      await assertRejects(() => run.engine.fold(foldStage, [p({ value: 6, log })], inputs), Stopped);
      assertLess(performance.now() - start, 3000);
      // What is there can still be read.
      assertEquals(await run.number(inputs[2]), 2);
      assertEquals((await map(run, 1)).hash, inputs[1].hash);
    });
    assertEquals(laboratory.logged(), []);
    await laboratory.run(async (run) => {
      await sources(run, 3);
      assertEquals([run.count("computed"), run.count("cached")], [0, 3]);
    });
  }));

Deno.test("while a fold makes thousands of artifacts others have their turn, and may stop it", () =>
  inLaboratory(async (laboratory) => {
    const sets = Array.from({ length: 40 }, (_, value) => p({ value }));
    let made = 0;
    const slowly = {
      ...foldStage,
      width: sets.length,
      *finish(...[parameters, total]: Parameters<typeof foldStage.finish>) {
        for (const output of foldStage.finish(parameters, total)) {
          for (const start = performance.now(); performance.now() - start < 5;);
          made++;
          yield output;
        }
      },
    };
    await laboratory.run(async (run) => {
      const inputs = await sources(run, 2);
      const seen: number[] = [], clock = setInterval(() => seen.push(made), 1);
      await run.engine.fold(slowly, sets, inputs);
      clearInterval(clock);
      assert(new Set(seen.filter((count) => count > 0 && count < sets.length)).size >= 3, `${seen}`);
    });
    made = 0;
    laboratory.forget();
    await laboratory.run(async (run) => {
      const inputs = await sources(run, 2), clock = setInterval(() => made > 0 && run.pool.stop(), 1);
      await assertRejects(() => run.engine.fold(slowly, sets, inputs), Stopped);
      clearInterval(clock);
      assertLess(made, sets.length);
    });
  }));

Deno.test("a stage that is under way when the run is stopped, and does not ask, is kept", () =>
  inLaboratory(async (laboratory) => {
    const ask = (run: Run) => run.engine.map(addStage, p({ value: 1, delay: 40, log: laboratory.log }), []);
    await laboratory.run(async (run) => {
      const asked = ask(run);
      while (laboratory.logged().length === 0) await wait(2);
      run.pool.stop();
      assertEquals(await run.number(await asked), 1);
    });
    await laboratory.run(async (run) => {
      await ask(run);
      assertEquals([run.count("computed"), run.count("cached")], [0, 1]);
    });
  }));

Deno.test("a fold whose last artifact is made when the run is stopped is kept", () =>
  inLaboratory(async (laboratory) => {
    const ask = async (run: Run, stop: () => void = () => {}) => {
      const slowly = {
        ...foldStage,
        *finish(...[parameters, total]: Parameters<typeof foldStage.finish>) {
          for (const start = performance.now(); performance.now() - start < 40;);
          stop();
          yield* foldStage.finish(parameters, total);
        },
      };
      await run.engine.fold(slowly, [p({ value: 1 })], await sources(run, 2));
    };
    await laboratory.run((run) => ask(run, () => run.pool.stop()));
    await laboratory.run(async (run) => {
      await ask(run);
      assertEquals(run.count("computed"), 0);
    });
  }));

Deno.test("a cache folder that cannot be written to fails the stage with words to that effect", () =>
  inLaboratory(async (laboratory) => {
    Deno.mkdirSync(laboratory.cache);
    Deno.writeTextFileSync(`${laboratory.cache}/objects`, "not a folder");
    await laboratory.run(async (run) => {
      for (const stage of [addStage, mainAddStage]) {
        const error = await assertRejects(() => map(run, 1, [], stage), StageFailure);
        assertStringIncludes(error.message, `the cache folder ${laboratory.cache}: `);
        assertStringIncludes(error.message, "--cache");
      }
    });
  }));

Deno.test("the journal is part of the cache folder that must be writable", () =>
  inLaboratory(async (laboratory) => {
    await laboratory.run(async (run) => {
      Deno.mkdirSync(laboratory.cache);
      Deno.writeTextFileSync(`${laboratory.cache}/traces`, "not a folder");
      await assertRejects(() => map(run, 1), StageFailure, `Cannot write to the cache folder ${laboratory.cache}: `);
    });
  }));
