import { assertEquals } from "@std/assert";
import { readOptions } from "./options.ts";

const NAMES = { flags: ["json"], values: { cache: "outputs/.artifacts", out: "outputs" } };

Deno.test("words, flags and values are told apart, wherever they stand", () => {
  const options = readOptions(["gc", "--cache", "c", "--json", "--out=a", "--out", "b", "more"], NAMES);
  assertEquals([options.words, options.problems], [["gc", "more"], []]);
  assertEquals([options.has("json"), options.has("help")], [true, false]);
  assertEquals([options.last("cache"), options.all("out"), options.last("out")], ["c", ["a", "b"], "b"]);
  assertEquals(readOptions(["x"], NAMES).last("cache"), undefined);
  for (const word of ["--help", "-h"]) assertEquals(readOptions([word], NAMES).has("help"), true);
});

Deno.test("what is mistyped or has no value is told, all of it", () => {
  const { problems } = readOptions(["--jsn", "--cache", "--out=", "--json=yes", "-x", "--cache.a=1"], NAMES);
  assertEquals(problems, [
    "Cannot read the arguments: unknown option --jsn: did you mean --json?",
    "Cannot read the arguments: unknown option -x: --help lists the options",
    "Cannot read the arguments: unknown option --cache.a: did you mean --cache?",
    'Cannot read the arguments: --json takes no value: got "yes"',
    "Cannot read the arguments: --cache needs a value, as in --cache outputs/.artifacts",
    "Cannot read the arguments: --out needs a value, as in --out outputs",
  ]);
});
