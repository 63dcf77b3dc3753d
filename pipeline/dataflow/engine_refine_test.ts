/**
 * Refining stages: rounds of tasks that nobody knew of before, and yet the same bytes whatever else is asked for, cached or under way.
 *
 * @module
 */
import { assert, assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { StageFailure } from "../errors.ts";
import { TraceStore } from "../store/trace_store.ts";
import { ObjectStore } from "../store/object_store.ts";
import { SourceHashes } from "../store/source_hash.ts";
import { WorkerPool } from "../workers/pool.ts";
import { type Job, type JobResult, Stopped } from "../workers/protocol.ts";
import { Planner } from "./planner.ts";
import { refineStage, shortRefineStage, type Trouble } from "./testing/fake_stages.ts";
import { fakeParameters as p } from "./testing/fake_tasks.ts";
import { inLaboratory, type Run } from "./testing/laboratory.ts";

/** The refinement of one set, worked out without any engine. */
function refined(value: number): number {
  let total = 0, count = 2;
  for (let round = 0; round < 3; round++) {
    for (let k = 0; k < count; k++) {
      total = total * 1.1 + Math.sin(value + k) * (10 * round + k);
      if (k % 2 === 1) total = total * 1.1 + 1;
    }
    count = 1 + (Math.floor(Math.abs(total)) + value) % 4;
  }
  return total;
}

const SETS = [1, 2, 3, 4, 5, 6, 7];

async function numbers(run: Run, sets: readonly number[], log?: string): Promise<number[]> {
  const asked = sets.map((value) => p({ value, ...log !== undefined && { log } }));
  return await Promise.all((await run.engine.refine(refineStage, asked, [])).map(run.number));
}

Deno.test("each set gets what it gets alone, for any number of workers, and each task is made once", () =>
  inLaboratory(async (laboratory) => {
    for (const workers of [1, 3]) {
      const own = `${laboratory.cache}-${workers}`;
      await inLaboratory(async (other) => {
        const { log } = other;
        assertEquals(await other.run((run) => numbers(run, SETS, log), workers), SETS.map(refined), own);
        const made = other.logged();
        assertEquals(new Set(made).size, made.length);
        // A cache that has some of it, and one set beside those that are there.
        await other.run(async (run) => {
          assertEquals(await numbers(run, [9, ...SETS.toReversed()], log), [9, ...SETS.toReversed()].map(refined));
          assertEquals(run.events.filter(({ kind }) => kind === "cached").length >= SETS.length, true);
        }, workers);
        for (const line of other.logged()) assert(!made.includes(line), `${line} is made again`);
      });
    }
  }));

Deno.test("what is gone is made again: an artifact that is asked about, and the result", () =>
  inLaboratory(async (laboratory) => {
    const expected = [refined(1), refined(2)];
    assertEquals(await laboratory.run((run) => numbers(run, [1, 2])), expected);
    const results = await laboratory.run(async (run) => {
      const artifacts = await run.engine.refine(refineStage, [p({ value: 1 }), p({ value: 2 })], []);
      return artifacts.map(({ hash }) => hash);
    });
    for (const hash of laboratory.stored()) {
      if (hash.length === 64) laboratory.remove(hash);
    }
    await laboratory.run(async (run) => {
      assertEquals(await numbers(run, [1, 2]), expected);
      const again = await run.engine.refine(refineStage, [p({ value: 1 }), p({ value: 2 })], []);
      assertEquals(again.map(({ hash }) => hash), results);
    });
  }));

Deno.test("whatever goes wrong is the failure of the stage; a stop is none", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const reasons: Partial<Record<Trouble, string>> = {
        throw: "it does not converge",
        combine: "it leads nowhere",
        finish: "it does not end",
        audit: "the norm is 2 instead of 1",
      };
      for (const [trouble, reason] of Object.entries(reasons)) {
        const set = p({ value: 1, trouble: trouble as Trouble });
        const error = await assertRejects(() => run.engine.refine(refineStage, [set], []), StageFailure);
        assertEquals(error.message, `Stage fake (refine) failed: ${reason}`);
      }
      await assertRejects(
        () => run.engine.refine(shortRefineStage, [p({ value: 1 })], []),
        StageFailure,
        "it gave 0 numbers where",
      );
      const spinning = run.engine.refine(refineStage, [p({ value: 1, trouble: "spin" })], []);
      setTimeout(() => run.pool.stop(), 50);
      await assertRejects(() => spinning, Stopped);
      await run.engine.settled();
    })
  ));

Deno.test("a set that cannot come to an end has nothing asked again for the others", () =>
  inLaboratory(async (laboratory) => {
    let asked = 0;
    class CountingPool extends WorkerPool {
      override run(job: Job, isWanted?: () => boolean): Promise<JobResult> {
        if (job.kind === "refine") asked++;
        return super.run(job, isWanted);
      }
    }
    const count = async (trouble?: Trouble): Promise<number> => {
      const pool = new CountingPool(2, laboratory.cache);
      pool.judgeBy(() => []);
      asked = 0;
      try {
        await laboratory.run(async (run) => {
          const sets = [1, 2, 3].map((value) => p({ value, ...value === 2 && trouble && { trouble } }));
          const refining = run.engine.refine(refineStage, sets, []);
          if (trouble === undefined) await refining;
          else await assertRejects(() => refining, StageFailure);
          await run.engine.settled();
          const others = await run.engine.refine(refineStage, [sets[0], sets[2]], []);
          assertEquals(await Promise.all(others.map(run.number)), [refined(1), refined(3)]);
        }, pool);
      } finally {
        await pool.close();
      }
      laboratory.forget();
      return asked;
    };
    const all = await count();
    for (const trouble of ["combine", "finish"] as const) assertLessOrEqual(await count(trouble), all, trouble);
  }));

Deno.test("a set that fails does not take those with it that are refined together, and is all that a next run computes", () =>
  inLaboratory(async (laboratory) => {
    const work = (run: Run, troubles: ReadonlyMap<number, Trouble>): Promise<PromiseSettledResult<number>[]> => {
      const sets = SETS.map((value) => {
        const trouble = troubles.get(value);
        return p({ value, ...trouble && { trouble } });
      });
      void run.engine.refine(refineStage, sets, []).catch(() => {});
      return Promise.allSettled(
        sets.map(async (set) => await run.number((await run.engine.refine(refineStage, [set], []))[0])),
      );
    };
    const reasons: Partial<Record<Trouble, string>> = {
      throw: "it does not converge",
      combine: "it leads nowhere",
      finish: "it does not end",
      audit: "the norm is 2 instead of 1",
      "not finite": "Cannot encode an artifact: element 0 of value is NaN",
    };
    for (const [round, [trouble, reason]] of Object.entries(reasons).entries()) {
      const bad = [SETS[round], SETS[6 - round]];
      await laboratory.run(async (run) => {
        const outcomes = await work(run, new Map(bad.map((value) => [value, trouble as Trouble])));
        outcomes.forEach((outcome, i) => {
          if (outcome.status === "fulfilled") assertEquals(outcome.value, refined(SETS[i]));
          else assertEquals(outcome.reason.message, `Stage fake (refine) failed: ${reason}`);
          assertEquals(outcome.status === "rejected", bad.includes(SETS[i]), `${trouble} ${SETS[i]}`);
        });
      });
      await laboratory.run(async (run) => {
        const outcomes = await work(run, new Map());
        assertEquals(outcomes.map((outcome) => outcome.status === "fulfilled" && outcome.value), SETS.map(refined));
        const made = run.events.filter((event) => event.kind === "computed" && event.task === "fake/refine");
        assertEquals(made.length, new Set(bad).size, trouble);
      });
      laboratory.forget();
    }
  }));

Deno.test("a plan tells the first round and that more may follow; of a result that is there, nothing", () =>
  inLaboratory(async (laboratory) => {
    const plan = async (): Promise<{ states: string[]; open: string[] }> => {
      const { cache } = laboratory, traces = new TraceStore(cache), objects = new ObjectStore(cache);
      const planner = new Planner({ traces, objects, sources: new SourceHashes({}) });
      await planner.refine(refineStage, [p({ value: 1 })], []);
      return { states: [...planner.tasks.values()].map(({ state }) => state), open: [...planner.open] };
    };
    assertEquals(await plan(), { states: ["new", "new", "new"], open: ["fake"] }); // two tasks and the result
    await laboratory.run((run) => numbers(run, [1]));
    assertEquals(await plan(), { states: ["there"], open: [] });
  }));
