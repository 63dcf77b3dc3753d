import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { StageFailure } from "../errors.ts";
import type { Artifact } from "./engine.ts";
import { addStage, copyStage, foldStage, mainAddStage } from "./testing/fake_stages.ts";
import { fakeParameters as p, map } from "./testing/fake_tasks.ts";
import { inLaboratory, type Run } from "./testing/laboratory.ts";

/** What the fold of a single number gives, worked out without any engine. */
function foldOfOne(set: number, input: number): number {
  return Math.sin(set * input);
}

Deno.test("an artifact that is gone or damaged is made again, wherever it is needed", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory;
    const spoil = [(hash: string) => laboratory.remove(hash), (hash: string) => laboratory.damage(hash)];
    for (const [i, spoiled] of spoil.entries()) {
      const value = 100 * (i + 1);
      const inputOf = (run: Run) => run.engine.map(addStage, p({ value, log }), []);
      const foldOf = async (run: Run, sets: readonly number[]) =>
        await run.engine.fold(foldStage, sets.map((set) => p({ value: set, log })), [await inputOf(run)]);
      const input = await laboratory.run(inputOf);
      laboratory.logged();
      const uses: Record<string, (run: Run, input: Artifact) => Promise<unknown>> = {
        "map in a worker": (run, artifact) => map(run, value + 1, [artifact]),
        "map on the main thread": (run, artifact) => map(run, value + 2, [artifact], mainAddStage),
        "fold": (run, artifact) => run.engine.fold(foldStage, [p({ value })], [artifact]),
        "bytes": async (run, artifact) => assert((await run.engine.bytes(artifact)).length > 8),
        "value": async (run, artifact) => assertEquals(await run.number(artifact), value),
      };
      for (const [name, use] of Object.entries(uses)) {
        spoiled(input.hash);
        await laboratory.run(async (run) => {
          await use(run, await inputOf(run));
          assertEquals(laboratory.logged(), [`add ${value}`], name);
          const told = run.events.filter((event) => event.kind === "damaged");
          assertEquals(told, i === 0 ? [] : [{ kind: "damaged", path: laboratory.pathOf(input.hash) }], name);
        });
        assertEquals(laboratory.stamped(input.hash), value);
      }
      // Folds: in the run that made them, where a batch made several together, and in a later one.
      const check = async (run: Run) => {
        const folds = await foldOf(run, [1, 2]);
        await run.engine.filed();
        laboratory.logged();
        for (const [at, fold] of folds.entries()) {
          spoiled(fold.hash);
          assertEquals(await run.number(fold), foldOfOne(at + 1, value));
          assertEquals(laboratory.logged(), [`fold ${at + 1}`, `share 0 of ${at + 1}`]);
        }
      };
      await laboratory.run(check);
      await laboratory.run(check);
    }
  }));

Deno.test("what is damaged in the run that made it is noticed, though workers know its checksum", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory;
    const uses: readonly ((run: Run, input: Artifact) => Promise<unknown>)[] = [
      (run, input) => map(run, 2, [input]),
      (run, input) => run.engine.fold(foldStage, [p({ value: 3 })], [input]),
    ];
    for (const [value, use] of uses.entries()) { // each with a worker that remembers nothing yet
      await laboratory.run(async (run) => {
        const input = await run.engine.map(addStage, p({ value, log }), []);
        assertEquals([typeof input.checksum, laboratory.logged()], ["number", [`add ${value}`]]);
        laboratory.damage(input.hash);
        await use(run, input);
        assertEquals(laboratory.logged(), [`add ${value}`]);
        const told = run.events.filter((event) => event.kind === "damaged");
        assertEquals(told, [{ kind: "damaged", path: laboratory.pathOf(input.hash) }]);
        assertEquals(laboratory.stamped(input.hash), value);
      }, 1);
    }
  }));

Deno.test("a checksum that does not fit is of no consequence: a sound file is taken, and keys do not know of it", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const input = await map(run, 1), { checksum, ...plain } = input, wrong = { ...input, checksum: checksum! ^ 1 };
      const [one] = await run.engine.fold(foldStage, [p({ value: 2 })], [wrong]);
      assertEquals(await run.number(one), foldOfOne(2, 1));
      assertEquals(await run.number(await map(run, 3, [wrong])), 3 * 1.1 + 1);
      assertEquals(run.count("damaged"), 0);
      const computed = run.count("computed");
      for (const same of [input, plain, wrong]) {
        assertEquals((await run.engine.fold(foldStage, [p({ value: 2 })], [same]))[0].key, one.key);
        assertEquals((await map(run, 3, [same])).key, (await map(run, 3, [wrong])).key);
      }
      assertEquals(run.count("computed"), computed);
    }, 1)
  ));

Deno.test("whole chains are made again, and each link once however many need it", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory;
    const chain = async (run: Run) => {
      const a = await run.engine.map(addStage, p({ value: 1, log }), []);
      const b = await run.engine.map(addStage, p({ value: 2, log, delay: 10 }), [a]);
      return await run.engine.map(mainAddStage, p({ value: 3, log }), [b]);
    };
    const last = await laboratory.run(chain);
    laboratory.logged();
    for (const hash of laboratory.stored()) laboratory.remove(hash);
    await laboratory.run(async (run) => {
      const end = await chain(run);
      const users = await Promise.all(Array.from({ length: 12 }, (_, value) => map(run, value, [end])));
      assertEquals(users.length, 12);
      assertEquals(laboratory.logged(), ["add 1", "add 2", "add 3"]);
      assertEquals(end.hash, last.hash);
    }, 4);
  }));

Deno.test("any number of inputs of one task are made again, each once", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory, values = Array.from({ length: 12 }, (_, value) => value);
    const inputs = (run: Run) => Promise.all(values.map((value) => run.engine.map(addStage, p({ value, log }), [])));
    await laboratory.run(inputs);
    laboratory.logged();
    for (const [i, hash] of laboratory.stored().entries()) {
      if (i % 2 === 0) laboratory.remove(hash);
      else laboratory.damage(hash);
    }
    await laboratory.run(async (run) => {
      await map(run, 20, await inputs(run));
      assertEquals(laboratory.logged(), values.map((value) => `add ${value}`).sort());
    });
  }));

Deno.test("an artifact with the same bytes as its input can be made again", () =>
  inLaboratory(async (laboratory) => {
    const chain = async (run: Run) => await map(run, 0, [await map(run, 4)], copyStage);
    const { hash } = await laboratory.run(chain);
    laboratory.remove(hash);
    await laboratory.run(async (run) => {
      const copy = await chain(run);
      assertEquals(copy.hash, hash);
      assertEquals(await run.number(await map(run, 1, [copy])), 1 * 1.1 + 4);
    });
  }));

Deno.test("what does not come out the same again is an error that says so", () =>
  inLaboratory((laboratory) =>
    laboratory.run(async (run) => {
      const artifact = await run.engine.map(addStage, p({ value: 1, trouble: "chance" }), []);
      laboratory.remove(artifact.hash);
      const error = await assertRejects(() => run.engine.value(artifact), StageFailure);
      assertStringIncludes(error.message, `Cannot make artifact ${artifact.hash} again: it came out as `);
    })
  ));

Deno.test("an artifact that nobody knows how to make is an error", () =>
  inLaboratory(async (laboratory) => {
    const artifact = await laboratory.run((run) => map(run, 1));
    laboratory.remove(artifact.hash);
    await laboratory.run(async (run) => {
      await assertRejects(() => run.engine.bytes(artifact), StageFailure, `Cannot read artifact ${artifact.hash}`);
      await assertRejects(() => map(run, 2, [artifact]), StageFailure, `Cannot read artifact ${artifact.hash}`);
    });
  }));
