import { assert, assertEquals, assertThrows } from "@std/assert";
import { ProgramChanged } from "../errors.ts";
import { LoadedCode } from "./loaded_code.ts";

const changedIs = (...outdated: readonly string[]) => (module: string): readonly string[] =>
  outdated.includes(module) ? [`${module}.ts`] : [];

Deno.test("what was loaded before anybody could judge it is judged later", () => {
  const code = new LoadedCode();
  assert(code.note("sound") && code.note("outdated") && code.note("also outdated"));
  assertEquals(code.judgeBy(changedIs("outdated", "also outdated")), false);
  const { files } = assertThrows(() => code.check(), ProgramChanged);
  assertEquals(files, ["outdated.ts"]);
  assertEquals(code.note("sound"), false, "one is enough");
});

Deno.test("what is loaded after that is judged at once", () => {
  const code = new LoadedCode();
  assert(code.note("sound"));
  assert(code.judgeBy(changedIs("outdated")));
  code.check();
  assert(code.note("other"));
  assertEquals(code.note("outdated"), false);
  assertThrows(() => code.check(), ProgramChanged);
});

Deno.test("nothing is filed as long as nobody judges", () => {
  assertThrows(() => new LoadedCode().check(), Error, "nobody judges the code");
});
