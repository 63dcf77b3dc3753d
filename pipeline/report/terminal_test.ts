import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { aligned, cut, NO_TERMINAL, styled, tabled, textWidth, wrapped } from "./terminal.ts";

const SEED = { seed: 11, numRuns: 300 };
const words = fc.array(fc.stringMatching(/^[a-zäμ≥…]{1,12}$/), { minLength: 1, maxLength: 20 });

Deno.test("a text is as wide as a terminal shows it", () => {
  assertEquals(textWidth("μ_{F} → 1"), 9);
  assertEquals(textWidth("手紙"), 4);
  assertEquals(textWidth(styled("abc", "red", { colours: true })), 3);
  assertEquals(styled("abc", "red", NO_TERMINAL), "abc");
});

Deno.test("what is cut fits and says so", () => {
  assertEquals(cut("abcdef", 0), "abcdef");
  assertEquals(cut("abcdef", 6), "abcdef");
  assertEquals(cut("abcdef", 5), "abcd…");
  assertEquals(cut("ab cdef", 4), "ab…"); // no blank before the dots
  assertEquals(cut("手紙手紙", 5), "手紙…");
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 40 }), (all, width) => textWidth(cut(all.join(" "), width)) <= width),
    SEED,
  );
});

Deno.test("wrapped lines hold every word, in order, and fit unless a word does not", () => {
  assertEquals(wrapped("a bc def", 0), ["a bc def"]);
  assertEquals(wrapped("a bc def", 4), ["a bc", "def"]);
  assertEquals(wrapped("a bc def", 5, "  "), ["a bc", "  def"]);
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 40 }), (all, width) => {
      const lines = wrapped(all.join(" "), width, "  ");
      assertEquals(lines.flatMap((line) => line.trim().split(" ")), all);
      for (const line of lines) assert(textWidth(line) <= width || !line.trim().includes(" "));
    }),
    SEED,
  );
});

Deno.test("columns stand under each other, numbers end there", () => {
  assertEquals(aligned([["stage", "tasks"], ["current", "4"]], [1]), ["stage    tasks", "current      4"]);
  assertEquals(aligned([["a", "long last cell"], ["bcd", ""]]), ["a    long last cell", "bcd"]);
});

Deno.test("a last column goes on under itself, and where it has no room columns are given up", () => {
  const rows = [["gap", "one two three four"], ["current", "five"]];
  assertEquals(tabled(rows, "  ", 0), ["  gap      one two three four", "  current  five"]);
  assertEquals(tabled(rows, "  ", 26), ["  gap      one two three", "           four", "  current  five"]);
  assertEquals(tabled(rows, "  ", 18), ["  gap  one two", "      three four", "  current  five"]);
});
