import { assert, assertEquals } from "@std/assert";
import { cannotRead, UsageError } from "./errors.ts";
import { illustrated } from "./excerpt.ts";

function shown(text: string, column: number, columns = 60): string[] {
  const problem = cannotRead("a.yaml", "wrong", { line: 7, column });
  return illustrated(new UsageError([problem], new Map([[problem, { text, line: 7, column }]])), columns).split("\n");
}

Deno.test("a problem is followed by its line, with marks under what is meant", () => {
  assertEquals(shown('model: { mass: "1.2.3", sites: 5 }', 16), [
    "Cannot read a.yaml:7:16: wrong",
    '  7 | model: { mass: "1.2.3", sites: 5 }',
    "    |                ^^^^^^^",
  ]);
  assertEquals(shown("  baths.fermi_levl: 0", 3).slice(1), ["  7 |   baths.fermi_levl: 0", "    |   ^^^^^^^^^^^^^^^^"]);
  assertEquals(shown("a: [", 4).slice(1), ["  7 | a: [", "    |    ^"]);
  assertEquals(shown("a: [", 5).slice(1), ["  7 | a: [", "    |     ^"]);
});

Deno.test("a problem without a line is a line", () => {
  assertEquals(illustrated(new UsageError(["one", "two"]), 80), "one\ntwo");
});

Deno.test("long lines are cut around the place, wide and odd characters keep the marks in place", () => {
  for (const column of [1, 5, 50, 150, 195]) {
    const [, line, marks] = shown("0123456789".repeat(19) + " word ", column);
    assert(line.length <= 60 && marks.length <= 60, line);
  }
  const [, line, marks] = shown(`${"x ".repeat(100)}word ${"y ".repeat(100)}`, 201);
  assertEquals(line.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1), "word");
  assertEquals(shown("\ta: 流\t\u001b[2J x", 9).slice(1), [
    "  7 |  a: 流 \\u{1b}[2J x",
    "    |               ^^", // 流 takes two columns
  ]);
});
