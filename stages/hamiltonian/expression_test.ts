import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { type Expression, ExpressionError, parseExpression } from "./expression.ts";

const at = (source: string, x = 0): number => parseExpression(source, ["x", "l", "L"])({ x, l: x, L: 50 });

Deno.test("arithmetic has the usual precedence", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["1 + 2*3", 7],
    ["(1 + 2)*3", 9],
    ["8/4/2", 1],
    ["10 - 4 - 3", 3],
    ["2^3^2", 512],
    ["-2^2", -4],
    ["(-2)^2", 4],
    ["2^-1", 0.5],
    ["--3", 3],
    ["2*-3", -6],
    [" 1e3 ", 1000],
    [".5 + 1.", 1.5],
    ["1.5e-1", 0.15],
    ["min(3, 1, 2) + max(4, 5)", 6],
    ["step(0) + step(-1) + step(2)", 2],
    ["e", Math.E],
    ["L - l", 50],
  ];
  for (const [source, expected] of cases) assertEquals(at(source), expected, source);
});

Deno.test("functions and constants are those of Math", () => {
  for (const name of ["exp", "sqrt", "abs", "sin", "cos", "tan", "sinh", "cosh", "tanh", "log"] as const) {
    assertEquals(at(`${name}(x)`, 0.7), Math[name](0.7));
  }
  assertAlmostEquals(at("1.6*exp(-x/10)", 5), 1.6 * Math.exp(-0.5), 1e-15);
  assertAlmostEquals(at("cos(2*pi*x/L)", 25), -1, 1e-15);
});

Deno.test("a formula that cannot be read says where and why", () => {
  const deep = "(".repeat(60) + "1" + ")".repeat(60);
  const cases: readonly (readonly [string, number, string])[] = [
    ["", 1, "the formula ends too early"],
    ["   ", 1, "the formula ends too early"],
    ["1 +", 4, "the formula ends too early"],
    ["2x", 2, 'unexpected "x": write * for a product'],
    ["x**2", 3, 'unexpected "*": write ^ for a power'],
    ["(1 + x", 7, 'expected ")" but found the end'],
    ["1)", 2, 'unexpected ")"'],
    ["sin x", 5, 'expected "(" but found "x"'],
    ["sin(1, 2)", 1, "sin takes one argument"],
    ["min(1)", 1, "min takes two or more arguments"],
    ["1 + sine(x)", 5, 'unknown name "sine"'],
    ["constructor", 1, 'unknown name "constructor"'],
    ["__proto__", 1, 'unknown name "__proto__"'],
    ["x; y", 2, 'unexpected ";"'],
    ["  §", 3, 'unexpected "§"'],
    ["x[0]", 2, 'unexpected "["'],
    [deep, 52, "a formula is at most 50 levels deep: it is deeper"],
    ["-".repeat(60) + "1", 52, "a formula is at most 50 levels deep: it is deeper"],
    ["1+".repeat(500) + "1", 1001, "a formula has at most 1000 characters"],
  ];
  for (const [source, position, reason] of cases) {
    const error = assertThrows(() => at(source), ExpressionError);
    assertEquals([error.position, error.reason], [position, reason], source);
  }
});

Deno.test("an unknown name comes with the names that are known", () => {
  const error = assertThrows(() => at("sine(x)"), ExpressionError);
  assertEquals(error.unknown?.name, "sine");
  assert(error.unknown?.known.includes("sin") && error.unknown.known.includes("L"));
});

Deno.test("a variable without a value is an error, also when Object.prototype has one of that name", () => {
  const formula = parseExpression("valueOf + 1", ["valueOf"]);
  assertThrows(() => formula({}), ExpressionError, 'the variable "valueOf" has no value');
  assertEquals(formula({ valueOf: 2 }), 3);
});

Deno.test("random formulas agree with JavaScript's own arithmetic", () => {
  const leaf = fc.oneof(fc.integer({ min: 0, max: 9 }).map(String), fc.constantFrom("x", "l", "L"));
  const formula = fc.letrec<{ f: string }>((tie) => ({
    f: fc.oneof(
      { maxDepth: 5 },
      leaf,
      fc.tuple(tie("f"), fc.constantFrom("+", "-", "*", "/"), tie("f")).map(([a, o, b]) => `(${a}) ${o} (${b})`),
      fc.tuple(tie("f"), fc.constantFrom("+", "-", "*", "/"), leaf).map(([a, o, b]) => `${a}${o}${b}`),
      fc.tuple(tie("f"), leaf).map(([a, b]) => `(${a})^${b}`),
      tie("f").map((a) => `(-(${a}))`),
    ),
  })).f;
  fc.assert(
    fc.property(formula.filter((source) => source.length <= 1000), fc.integer({ min: -5, max: 5 }), (source, x) => {
      const reference = new Function("x", "l", "L", `return ${source.replaceAll("^", "**")}`);
      assertEquals(at(source, x), reference(x, x, 50));
    }),
    { seed: 11, numRuns: 500 },
  );
});

Deno.test("whatever the text, only an ExpressionError is thrown", () => {
  const piece = fc.constantFrom(
    "(",
    ")",
    "+",
    "-",
    "*",
    "^",
    ",",
    "x",
    "exp",
    "min",
    "1",
    ".",
    "e",
    " ",
    "$",
    "\u{1f600}",
  );
  const text = fc.oneof(fc.string(), fc.array(piece, { maxLength: 1200 }).map((pieces) => pieces.join("")));
  fc.assert(
    fc.property(text, (source) => {
      let formula: Expression;
      try {
        formula = parseExpression(source, ["x"]);
      } catch (error) {
        assert(error instanceof ExpressionError, String(error));
        return;
      }
      assertEquals(typeof formula({ x: 1 }), "number");
    }),
    { seed: 12, numRuns: 1000 },
  );
});

Deno.test("names may have parts with dots between them", () => {
  const names = ["momentum.qy", "qy", "a.b_1.c"];
  assertEquals(parseExpression("2*momentum.qy + qy - a.b_1.c/2", names)({ "momentum.qy": 3, qy: 5, "a.b_1.c": 8 }), 7);
  for (const source of ["momentum.", "momentum.qz", "qy.", ".qy", "qy. qy", "qy.5"]) {
    assertThrows(() => parseExpression(source, names), ExpressionError);
  }
});
