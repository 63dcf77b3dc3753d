/**
 * The slow, obviously right twin of `scanSource`: the tokens of js-tokens, as objects, and rules on lists of them.
 *
 * @module
 */
import jsTokens from "js-tokens";

/** A token, comments and layout included. */
export interface Token {
  /** Its kind, by the name that js-tokens gives it. */
  readonly type: string;
  /** Its text. */
  readonly value: string;
}

/** A token that counts. */
interface Significant extends Token {
  /** Whether it is the end of an operand, which something may follow on its line. */
  readonly endsOperand: () => boolean;
  /** Whether a line ended since the one before. */
  readonly isBroken: boolean;
}

/** Tokens after which a line break ends the statement. */
const ENDED_BY_BREAK = new Set(["return", "throw", "break", "continue", "yield", "async"]);

/** Words that are names unless what they modify is on the same line. */
const MODIFIERS = new Set([
  ..."abstract accessor declare global interface module namespace".split(" "),
  ..."override private protected public readonly type using".split(" "),
]);

/** Tokens before which a line break ends the statement; and those before which one ends it behind an operand. */
const BEGUN_BY_BREAK = new Set(["++", "--"]);
const BEGUN_BEHIND_OPERANDS = new Set(["!", "as", "satisfies", "["]);

/** What may end a list of types, behind which a statement begins on the next line. */
const ANGLES = new Set([">", ">>", ">>>"]);

/** Words whose meaning js-tokens looks at, though they may be names of properties; and `in`, which it leaves out. */
const KEYWORDS = new Set(
  "await case default delete do else for if in instanceof new return throw typeof void while with yield".split(" "),
);

/** Brackets before which a comma says nothing: formatters put it there when they break a list into lines. */
const CLOSING = new Set([")", "]", "}"]);

/**
 * A module's code without comments and layout.
 *
 * @param source TypeScript whose tokens are clear.
 * @returns Its tokens, separated by single spaces.
 */
export function normalizedSource(source: string): string {
  const written: string[] = [];
  const tokens = significantTokens(source);
  tokens.forEach((token, i) => {
    if (token.isBroken && breakCounts(tokens, i)) written.push("\n");
    if (CLOSING.has(token.value) && endsWithIdleComma(written)) written.pop();
    written.push(token.value);
  });
  return written.join(" ");
}

/** Whether a line break before a token ends a statement. */
function breakCounts(tokens: readonly Significant[], i: number): boolean {
  const before = tokens[i - 1], token = tokens[i], origin = tokens[i - 2]?.value;
  if (ENDED_BY_BREAK.has(before?.value) || BEGUN_BY_BREAK.has(token.value)) return true;
  const isMember = /^(IdentifierName|PrivateIdentifier|StringLiteral|NumericLiteral)$/.test(token.type);
  const isModified = isMember || ["[", "{", "!", "~"].includes(token.value) || token.value.startsWith("*");
  if (MODIFIERS.has(before?.value) && isModified && !(before.value === "type" && /^(im|ex)port$/.test(origin))) {
    return true;
  }
  if (ANGLES.has(before?.value) && isModified) return true;
  return BEGUN_BEHIND_OPERANDS.has(token.value) && i > 0 && (before.endsOperand() || before.value === "}");
}

/** Whether the last token is a comma after something: `[a,]` is `[a]`, but `[,]` and `[a,,]` are longer. */
function endsWithIdleComma(tokens: readonly string[]): boolean {
  return tokens.length > 1 && tokens[tokens.length - 1] === "," && ![",", "["].includes(tokens[tokens.length - 2]);
}

/**
 * The modules that a module imports, types aside.
 *
 * @param source TypeScript whose tokens are clear.
 * @returns The specifiers, as written.
 */
export function importedModules(source: string): string[] {
  const tokens = significantTokens(source);
  const specifiers: string[] = [];
  tokens.forEach((token, i) => {
    if (token.type !== "StringLiteral" && token.type !== "NoSubstitutionTemplate") return;
    const before = tokens[i - 1]?.value, called = tokens[i - 2]?.value;
    const imported = (before === "from" && !ofTypes(tokens, i)) || before === "import" ||
      (before === "(" && called === "import");
    if (imported) specifiers.push(token.value.slice(1, -1));
  });
  return [...new Set(specifiers)];
}

/** Whether the statement that ends with token `end` is an `import type` or `export type`: those leave no code behind. */
function ofTypes(tokens: readonly Token[], end: number): boolean {
  let start = end;
  while (start > 0 && tokens[start].value !== "import" && tokens[start].value !== "export") start--;
  if (!/^(im|ex)port$/.test(tokens[start].value)) return false;
  // `import type from` and `import type, { … } from` import a value that is called type.
  return tokens[start + 1].value === "type" && !["from", ","].includes(tokens[start + 2].value);
}

/** The tokens of a source, comments and layout left out. */
function significantTokens(source: string): Significant[] {
  const significant: Significant[] = [], { tokens, disguised } = clearTokens(source);
  let isBroken = false, end = 0;
  for (const { type, value } of tokens) {
    end += value.length;
    if (type === "LineTerminatorSequence" || (type === "MultiLineComment" && /[\n\r\u2028\u2029]/.test(value))) {
      isBroken = true;
    }
    if (isLayout(type)) continue;
    const before = disguised.slice(0, end), token = { type, value };
    significant.push({ ...token, isBroken, endsOperand: () => isOperand(token, before) });
    isBroken = false;
  }
  return significant;
}

/**
 * The tokens of a source, comments and layout included.
 *
 * @param source TypeScript.
 * @returns What js-tokens finds, with slashes that it takes for something else put right.
 */
export function tokensOf(source: string): Token[] {
  return clearTokens(source).tokens;
}

/**
 * js-tokens does not look at dots before keywords and knows no TypeScript, and so takes some slashes for something else: what misleads it is replaced by
 * something as long that does not, one token after the other.
 */
function clearTokens(source: string): { tokens: Token[]; disguised: string } {
  let disguised = source, tokens = [...jsTokens(source)];
  for (let i = 0; i < tokens.length; i++) {
    const found = disguise(tokens, i, disguised);
    if (found === undefined) continue;
    const { start, text } = found;
    disguised = disguised.slice(0, start) + text + disguised.slice(start + text.length);
    tokens = [...jsTokens(disguised)];
  }
  const starts = startsOf(tokens);
  const value = (i: number) => source.slice(starts[i], starts[i] + tokens[i].value.length);
  return { tokens: tokens.map(({ type }, i) => ({ type, value: value(i) })), disguised };
}

/** What a token has to be replaced by, with what is before it. */
function disguise(tokens: readonly Token[], i: number, source: string): { start: number; text: string } | undefined {
  const { value } = tokens[i];
  if (value !== "!" && !KEYWORDS.has(value)) return undefined;
  const starts = startsOf(tokens), start = starts[i];
  let before = i - 1;
  while (before >= 0 && isLayout(tokens[before].type)) before--;
  if (before < 0) return value === "in" ? { start, text: "do" } : undefined;
  const between = source.slice(starts[before] + tokens[before].value.length, start);
  if (value === "!") { // behind an operand on its line TypeScript has it for "is not null"
    const isPostfix = !/[\n\r\u2028\u2029]/.test(between) && isOperand(tokens[before], source.slice(0, start));
    return isPostfix ? { start, text: "]" } : undefined;
  }
  if (isDot(tokens[before])) return { start, text: "x".repeat(value.length) };
  if (value === "await" && tokens[before].value === "for") {
    return { start: starts[before], text: `xxx${between}while` };
  }
  return value === "in" ? { start, text: "do" } : undefined;
}

/** Whether a source ends with an operand: whether js-tokens would take a slash for a division then. */
function isOperand(last: Token, source: string): boolean {
  return !isDot(last) && last.value !== "@" &&
    [...jsTokens(`${source} /x/`)].at(-1)!.type !== "RegularExpressionLiteral";
}

function isDot({ value }: Token): boolean {
  return value === "." || value === "?.";
}

function isLayout(type: string): boolean {
  return type === "LineTerminatorSequence" || type === "WhiteSpace" || type.endsWith("Comment");
}

function startsOf(tokens: readonly Token[]): number[] {
  let end = 0;
  return tokens.map(({ value }) => (end += value.length) - value.length);
}
