import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { ProgramChanged } from "../errors.ts";
import { TraceStore } from "../store/trace_store.ts";
import { Stopped } from "../workers/protocol.ts";
import type { AnyMap } from "./engine.ts";
import { addStage } from "./testing/fake_stages.ts";
import { inLaboratory } from "./testing/laboratory.ts";

/** A stage in a file of its own, which adds a number to what it reads. */
function stageIn(file: string, place: AnyMap["place"]): AnyMap {
  return { ...addStage, module: `file://${file}`, export: "stage", place };
}

function source(number: number, comment = ""): string {
  return `${comment}
export const stage = { kind: "map", format: "arrays", run: (value) => ({ value: Float64Array.of(${number} + value) }) };
`;
}

for (const place of ["worker", "main"] as const) {
  Deno.test(`a stage that was edited between its keys and its loading files nothing under them: ${place}`, () =>
    inLaboratory(async (laboratory) => {
      const file = `${laboratory.cache}-stage.ts`, stage = stageIn(file, place);
      Deno.writeTextFileSync(file, source(1));
      await laboratory.run(async ({ engine, pool }) => {
        engine.code(stage); // hashed, but loaded by nobody
        Deno.writeTextFileSync(file, source(2));
        const tasks = Array.from({ length: 12 }, (_, value) => engine.map(stage, value, []));
        const error = await assertRejects(() => tasks[0], ProgramChanged);
        assertStringIncludes(error.message, `${file.split("/").at(-1)} changed while the program was running`);
        for (const outcome of await Promise.allSettled(tasks)) {
          assert(outcome.status === "rejected");
          assert(outcome.reason instanceof ProgramChanged || outcome.reason instanceof Stopped);
        }
        assertThrows(() => pool.code.check(), ProgramChanged);
        assertEquals([...new TraceStore(laboratory.cache).all()], []);
        Deno.writeTextFileSync(file, source(1, "// A comment."));
      }, 1);
    }));
}

Deno.test("an edit of a comment, or one that is taken back before anybody loads it, is none", () =>
  inLaboratory(async (laboratory) => {
    const file = `${laboratory.cache}-stage.ts`, stage = stageIn(file, "worker");
    Deno.writeTextFileSync(file, source(1));
    await laboratory.run(async ({ engine, number }) => {
      engine.code(stage);
      Deno.writeTextFileSync(file, source(2));
      Deno.writeTextFileSync(file, source(1, "// A comment."));
      assertEquals(await number(await engine.map(stage, 5, [])), 6);
    }, 1);
  }));

Deno.test("what is only prepared, or done in idle time, is judged as well", () =>
  inLaboratory(async (laboratory) => {
    const file = `${laboratory.cache}-stage.ts`, stage = stageIn(file, "worker");
    Deno.writeTextFileSync(file, source(1));
    await laboratory.run(async ({ engine, pool }) => {
      await engine.map(addStage, { value: 1 }, []); // so that there is a worker
      engine.code(stage);
      Deno.writeTextFileSync(file, source(2));
      await pool.runIdle({ kind: "prepare", module: stage.module, export: stage.export }, () => true);
      Deno.writeTextFileSync(file, source(1)); // too late
      await assertRejects(() => engine.map(stage, 1, []), Stopped);
      assertThrows(() => pool.code.check(), ProgramChanged);
    }, 1);
  }));
