/**
 * Profiles of the gauge field are written in study files as formulas, and a study file must never be able to run code:
 * so a formula is read by a small parser of its own, which knows arithmetic and nothing else.
 *
 * Grammar, loosest first: sums `a + b - c`, products `a * b / c`, the unary minus, powers `a ^ b` (right associative and
 * tighter than the minus on their left, so that `-x^2` is `-(x^2)`), then numbers, names, calls and parentheses.
 *
 * @module
 */

/** Returns the value of a formula for the values of its variables; IEEE arithmetic, so `1/0` is Infinity. */
export type Expression = (values: Readonly<Record<string, number>>) => number;

/** A formula that cannot be read. */
export class ExpressionError extends Error {
  /** The character at which reading stopped, counted from 1. */
  readonly position: number;
  /** What is wrong there, without the position. */
  readonly reason: string;
  /** The name that is not known, if that is what is wrong, with the names that are. */
  readonly unknown?: { readonly name: string; readonly known: readonly string[] };

  /** Returns an error whose message is the reason and the position. */
  constructor(
    reason: string,
    position: number,
    unknown?: { readonly name: string; readonly known: readonly string[] },
  ) {
    super(`${reason} at character ${position}${unknown ? `: the names are ${unknown.known.join(", ")}` : ""}`);
    this.name = "ExpressionError";
    this.reason = reason;
    this.position = position;
    if (unknown !== undefined) this.unknown = unknown;
  }
}

/** The longest formula that is read, in characters. */
export const LONGEST_EXPRESSION = 1000;

/** The deepest nesting of parentheses, calls, signs and powers that is read. */
export const DEEPEST_EXPRESSION = 50;

const CONSTANTS: ReadonlyMap<string, number> = new Map([["pi", Math.PI], ["e", Math.E]]);

const FUNCTIONS_OF_ONE: ReadonlyMap<string, (x: number) => number> = new Map([
  ["exp", Math.exp],
  ["log", Math.log],
  ["sqrt", Math.sqrt],
  ["abs", Math.abs],
  ["sin", Math.sin],
  ["cos", Math.cos],
  ["tan", Math.tan],
  ["sinh", Math.sinh],
  ["cosh", Math.cosh],
  ["tanh", Math.tanh],
  ["step", (x: number) => Number.isNaN(x) ? NaN : x >= 0 ? 1 : 0],
]);

const FUNCTIONS_OF_SEVERAL: ReadonlyMap<string, (...x: number[]) => number> = new Map([
  ["min", Math.min],
  ["max", Math.max],
]);

/**
 * Returns the function that a formula such as `1.6*exp(-x/10)` stands for.
 *
 * Names are letters, digits and underscores, with dots between parts, as in `baths.fermi_level`.
 *
 * Known are `+ - * / ^`, parentheses, numbers, the constants `pi` and `e`, the functions `exp log sqrt abs sin cos tan
 * sinh cosh tanh step` of one argument (`step(x)` is 1 for x >= 0, else 0) and `min max` of two or more, and the
 * variables given.
 *
 * @param source The formula, at most 1000 characters long and 50 levels deep.
 * @param variables The names that stand for the values given later; they come before constants of the same name.
 * @throws {ExpressionError} If the text is not such a formula, or (when called) if a variable has no value.
 */
export function parseExpression(source: string, variables: readonly string[]): Expression {
  if (source.length > LONGEST_EXPRESSION) {
    throw new ExpressionError(`a formula has at most ${LONGEST_EXPRESSION} characters`, LONGEST_EXPRESSION + 1);
  }
  return new Parser(source, variables).parse();
}

type Token =
  | { readonly kind: "number"; readonly text: string; readonly position: number }
  | { readonly kind: "name"; readonly text: string; readonly position: number }
  | { readonly kind: "symbol"; readonly text: string; readonly position: number }
  | { readonly kind: "end"; readonly text: ""; readonly position: number };

const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|([-+*/^(),]))/y;

function tokens(source: string): Token[] {
  const found: Token[] = [];
  const scanner = new RegExp(TOKEN);
  const end = source.trimEnd().length;
  while (scanner.lastIndex < end) {
    const start = scanner.lastIndex;
    const match = scanner.exec(source);
    if (match === null) {
      const at = start + (/^\s*/.exec(source.slice(start))?.[0].length ?? 0);
      throw new ExpressionError(`unexpected ${JSON.stringify(String.fromCodePoint(source.codePointAt(at)!))}`, at + 1);
    }
    const [, number, name, symbol] = match;
    const text = number ?? name ?? symbol;
    const kind = number !== undefined ? "number" : name !== undefined ? "name" : "symbol";
    found.push({ kind, text, position: scanner.lastIndex - text.length + 1 });
  }
  found.push({ kind: "end", text: "", position: end + 1 });
  return found;
}

/** One rule of the grammar a method; each returns the function of what it has read. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #variables: readonly string[];
  #next = 0;
  #depth = 0;

  constructor(source: string, variables: readonly string[]) {
    this.#tokens = tokens(source);
    this.#variables = variables;
  }

  parse(): Expression {
    const value = this.#sum();
    const left = this.#token();
    if (left.kind !== "end") {
      const known = left.kind === "symbol" ? "" : ": write * for a product";
      throw new ExpressionError(`unexpected ${JSON.stringify(left.text)}${known}`, left.position);
    }
    return value;
  }

  #token(): Token {
    return this.#tokens[this.#next];
  }

  #takes(symbol: string): boolean {
    const token = this.#token();
    if (token.kind !== "symbol" || token.text !== symbol) return false;
    this.#next++;
    return true;
  }

  #expects(symbol: string): void {
    const token = this.#token();
    if (!this.#takes(symbol)) {
      const found = token.kind === "end" ? "the end" : JSON.stringify(token.text);
      throw new ExpressionError(`expected "${symbol}" but found ${found}`, token.position);
    }
  }

  /** Guards the recursion: an unbounded one would end in the engine's own stack overflow. */
  #nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST_EXPRESSION) {
      throw new ExpressionError(
        `a formula is at most ${DEEPEST_EXPRESSION} levels deep: it is deeper`,
        this.#token().position,
      );
    }
    const value = read();
    this.#depth--;
    return value;
  }

  #sum(): Expression {
    let value = this.#product();
    while (true) {
      const left = value;
      if (this.#takes("+")) {
        const right = this.#product();
        value = (values) => left(values) + right(values);
      } else if (this.#takes("-")) {
        const right = this.#product();
        value = (values) => left(values) - right(values);
      } else return left;
    }
  }

  #product(): Expression {
    let value = this.#signed();
    while (true) {
      const left = value;
      if (this.#takes("*")) {
        const right = this.#signed();
        value = (values) => left(values) * right(values);
      } else if (this.#takes("/")) {
        const right = this.#signed();
        value = (values) => left(values) / right(values);
      } else return left;
    }
  }

  #signed(): Expression {
    if (!this.#takes("-")) return this.#power();
    const value = this.#nested(() => this.#signed());
    return (values) => -value(values);
  }

  #power(): Expression {
    const base = this.#primary();
    if (!this.#takes("^")) return base;
    const exponent = this.#nested(() => this.#signed());
    return (values) => base(values) ** exponent(values);
  }

  #primary(): Expression {
    const token = this.#token();
    if (token.kind === "number") {
      this.#next++;
      const number = Number(token.text);
      return () => number;
    }
    if (token.kind === "name") {
      this.#next++;
      return this.#named(token);
    }
    if (this.#takes("(")) {
      const value = this.#nested(() => this.#sum());
      this.#expects(")");
      return value;
    }
    const found = token.kind === "end" ? "the formula ends too early" : `unexpected ${JSON.stringify(token.text)}`;
    const hint = token.text === "*" ? ": write ^ for a power" : "";
    throw new ExpressionError(`${found}${hint}`, token.position);
  }

  #named(token: Token): Expression {
    const name = token.text;
    const ofOne = FUNCTIONS_OF_ONE.get(name);
    const ofSeveral = FUNCTIONS_OF_SEVERAL.get(name);
    if (this.#variables.includes(name)) return (values) => valueOf(values, name, token.position);
    const constant = CONSTANTS.get(name);
    if (constant !== undefined) return () => constant;
    if (ofOne === undefined && ofSeveral === undefined) {
      const known = [
        ...this.#variables,
        ...CONSTANTS.keys(),
        ...FUNCTIONS_OF_ONE.keys(),
        ...FUNCTIONS_OF_SEVERAL.keys(),
      ];
      throw new ExpressionError(`unknown name "${name}"`, token.position, { name, known });
    }
    const given = this.#arguments();
    if (ofOne !== undefined) {
      if (given.length !== 1) throw new ExpressionError(`${name} takes one argument`, token.position);
      const argument = given[0];
      return (values) => ofOne(argument(values));
    }
    if (given.length < 2) throw new ExpressionError(`${name} takes two or more arguments`, token.position);
    return (values) => ofSeveral!(...given.map((argument) => argument(values)));
  }

  #arguments(): Expression[] {
    this.#expects("(");
    const given = [this.#nested(() => this.#sum())];
    while (this.#takes(",")) given.push(this.#nested(() => this.#sum()));
    this.#expects(")");
    return given;
  }
}

function valueOf(values: Readonly<Record<string, number>>, name: string, position: number): number {
  if (!Object.hasOwn(values, name)) throw new ExpressionError(`the variable "${name}" has no value`, position);
  return values[name];
}
