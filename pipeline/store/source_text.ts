/**
 * What of a source file counts: its tokens and what it imports, so that an edit in a comment is none.
 *
 * @module
 */
import jsTokens from "js-tokens";

/** Tokens after which a line break ends the statement, and tokens before which one does. */
const ENDED_BY_BREAK = new Set(["return", "throw", "break", "continue", "yield", "async"]);
const BEGUN_BY_BREAK = new Set(["++", "--"]);

/** Brackets before which a comma says nothing: formatters put it there when they break a list into lines. */
const CLOSING = new Set([")", "]", "}"]);

/**
 * A module's code without comments and layout.
 *
 * @param source TypeScript.
 * @returns Its tokens, separated by single spaces; line breaks are kept only where they end a statement.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(normalizedSource("const a = 1; // one"), normalizedSource("const a =\n  1;"));
 * ```
 */
export function normalizedSource(source: string): string {
  const tokens: string[] = [];
  let broken = false; // whether a line ended since the last token
  for (const { type, value } of jsTokens(source)) {
    if (type === "LineTerminatorSequence" || (type === "MultiLineComment" && /[\n\r\u2028\u2029]/.test(value))) {
      broken = true;
    }
    if (type === "LineTerminatorSequence" || type === "WhiteSpace" || type.endsWith("Comment")) continue;
    if (broken && (ENDED_BY_BREAK.has(tokens[tokens.length - 1]) || BEGUN_BY_BREAK.has(value))) tokens.push("\n");
    if (CLOSING.has(value) && endsWithIdleComma(tokens)) tokens.pop();
    tokens.push(value);
    broken = false;
  }
  return tokens.join(" ");
}

/** Whether the last token is a comma after something: `[a,]` is `[a]`, but `[,]` and `[a,,]` are longer. */
function endsWithIdleComma(tokens: readonly string[]): boolean {
  return tokens.length > 1 && tokens[tokens.length - 1] === "," && ![",", "["].includes(tokens[tokens.length - 2]);
}

/**
 * The modules that a module imports, types aside.
 *
 * @param source TypeScript.
 * @returns The specifiers, as written.
 */
export function importedModules(source: string): string[] {
  const tokens = [...jsTokens(source)].filter((token) =>
    token.type !== "WhiteSpace" && token.type !== "LineTerminatorSequence" && !token.type.endsWith("Comment")
  );
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
function ofTypes(tokens: readonly { value: string }[], end: number): boolean {
  let start = end;
  while (start > 0 && tokens[start].value !== "import" && tokens[start].value !== "export") start--;
  // `import type from` and `import type, { … } from` import a value that is called type.
  return tokens[start + 1].value === "type" && !["from", ","].includes(tokens[start + 2].value);
}
