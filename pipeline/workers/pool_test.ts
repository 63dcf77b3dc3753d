import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { decodeArtifact } from "../store/codec.ts";
import { ObjectStore } from "../store/object_store.ts";
import { filesIn } from "../testing/temporary_folder.ts";
import { job, kinds, MODULE, wait, watchingWorkers, withPool } from "./testing/fake_jobs.ts";

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
