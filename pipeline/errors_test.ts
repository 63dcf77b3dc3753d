import { assertEquals } from "@std/assert";
import { brokenRule, cannotRead, cannotSet, listed, shortened, shown, StageFailure, UsageError } from "./errors.ts";

Deno.test("a usage error lists its problems, one a line", () => {
  const error = new UsageError(["one", "two"]);
  assertEquals([error.name, error.message, error.problems], ["UsageError", "one\ntwo", ["one", "two"]]);
});

Deno.test("a stage failure keeps its cause", () => {
  const cause = new Error("singular");
  const failure = new StageFailure("Cannot diagonalize: singular", { cause });
  assertEquals([failure.name, failure.cause], ["StageFailure", cause]);
});

Deno.test("a message says what failed, where and why", () => {
  const reason = brokenRule("model.mass", "must be a finite number", "1.2.3");
  assertEquals(
    cannotRead("configs/a.yaml", reason, { line: 4, column: 9 }),
    'Cannot read configs/a.yaml:4:9: model.mass must be a finite number: got "1.2.3"',
  );
  assertEquals(cannotRead("a.yaml", "it is empty"), "Cannot read a.yaml: it is empty");
  assertEquals(cannotSet("model.mass=x", reason), `Cannot use --set model.mass=x: ${reason}`);
});

Deno.test("values are shown short and on one line", () => {
  assertEquals([undefined, null, true, 0.5, "a\nb", [], [1], {}].map(shown), [
    "nothing",
    "nothing",
    "true",
    "0.5",
    '"a b"',
    "an empty list",
    "a list",
    "a mapping",
  ]);
  assertEquals(shortened("x".repeat(60)), "x".repeat(60));
  assertEquals(shortened("\u{1f600}".repeat(61)), `${"\u{1f600}".repeat(57)}...`);
});

Deno.test("names are listed as in a sentence", () => {
  assertEquals([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((names) => listed(names, "or")), [
    "",
    "a",
    "a or b",
    "a, b or c",
  ]);
});
