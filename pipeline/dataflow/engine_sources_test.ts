import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ProgramChanged } from "../errors.ts";
import { TraceStore } from "../store/trace_store.ts";
import type { AnyMap } from "./engine.ts";
import { addStage } from "./testing/fake_stages.ts";
import { inLaboratory } from "./testing/laboratory.ts";

/** A stage in a file of its own, which gives a number. */
function stageIn(file: string): AnyMap {
  return { ...addStage, module: `file://${file}`, export: "stage" };
}

function source(number: number, comment = ""): string {
  return `${comment}
export const stage = { kind: "map", format: "arrays", run: () => ({ value: Float64Array.of(${number}) }) };
`;
}

Deno.test("a stage that was edited between its key and its loading gives no results under that key", () =>
  inLaboratory(async (laboratory) => {
    const file = `${laboratory.cache}-stage.ts`, stage = stageIn(file);
    Deno.writeTextFileSync(file, source(1));
    await laboratory.run(async ({ engine }) => {
      engine.code(stage); // hashed, but loaded by nobody
      Deno.writeTextFileSync(file, source(2));
      const error = await assertRejects(() => engine.map(stage, null, []), ProgramChanged);
      assertStringIncludes(error.message, `${file.split("/").at(-1)} changed while the program was running`);
      assertEquals([...new TraceStore(laboratory.cache).all()], []);

      // Taken back, there is nothing to object to; nor if only a comment was edited. Another worker is needed, as this one has loaded the other version.
      Deno.writeTextFileSync(file, source(1, "// A comment."));
    }, 1);
    await laboratory.run(async ({ engine, number }) => {
      assertEquals(await number(await engine.map(stage, null, [])), 1);
    }, 1);
  }));
