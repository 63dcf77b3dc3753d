/**
 * The hash of a stage's own code: of its module and everything that it imports, comments and layout left out, so that an edit in a helper runs the stage again
 * and an edit in a comment does not.
 *
 * @module
 */
import jsTokens from "js-tokens";
import { sha256 } from "./hash.ts";

/** Tokens after which a line break ends the statement. */
const RESTRICTED = new Set(["return", "throw", "break", "continue", "yield", "async"]);

/** Finds source hashes; each file is read once. */
export class SourceHashes {
  readonly #versions: Readonly<Record<string, string>>;
  readonly #modules = new Map<string, { text: string; imports: string[] }>();
  readonly #hashes = new Map<string, string>();

  /**
   * Knows no module yet.
   *
   * @param versions The import map: bare specifiers, and the packages with versions that they stand for.
   */
  constructor(versions: Readonly<Record<string, string>>) {
    this.#versions = versions;
  }

  /**
   * Hashes a module with all that it imports, directly or not.
   *
   * @param module A `file:` URL.
   * @returns The hash.
   */
  hash(module: string): string {
    const known = this.#hashes.get(module);
    if (known !== undefined) return known;
    const reached = new Map<string, string>();
    this.#visit(module, reached);
    const root = new URL(".", module).href;
    const parts = [...reached].map(([url, text]) => [relative(root, url), text] as const).sort(([a], [b]) =>
      a < b ? -1 : 1
    );
    const hash = sha256(JSON.stringify(parts));
    this.#hashes.set(module, hash);
    return hash;
  }

  #visit(module: string, reached: Map<string, string>): void {
    if (reached.has(module)) return;
    const { text, imports } = this.#read(module);
    reached.set(module, text);
    for (const specifier of imports) {
      if (specifier.startsWith(".")) this.#visit(new URL(specifier, module).href, reached);
      else reached.set(specifier, this.#version(specifier));
    }
  }

  /** The package and version behind a bare specifier: a new version of a package may compute something else. */
  #version(specifier: string): string {
    const name = Object.keys(this.#versions).find((key) => specifier === key || specifier.startsWith(`${key}/`));
    return name === undefined ? specifier : this.#versions[name];
  }

  #read(module: string): { text: string; imports: string[] } {
    const known = this.#modules.get(module);
    if (known !== undefined) return known;
    const source = new TextDecoder().decode(Deno.readFileSync(new URL(module)));
    const read = { text: normalizedSource(source), imports: importedModules(source) };
    this.#modules.set(module, read);
    return read;
  }
}

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
  for (const token of jsTokens(source)) {
    if (token.type === "WhiteSpace" || token.type === "SingleLineComment" || token.type === "HashbangComment") continue;
    const breaks = token.type === "LineTerminatorSequence" ||
      (token.type === "MultiLineComment" && token.value.includes("\n"));
    if (breaks && RESTRICTED.has(tokens[tokens.length - 1])) tokens.push("\n");
    if (!breaks && token.type !== "MultiLineComment") tokens.push(token.value);
  }
  return tokens.join(" ");
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
    if (token.type !== "StringLiteral") return;
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
  return tokens[start + 1].value === "type" && tokens[start + 2].value !== "from";
}

function relative(root: string, url: string): string {
  if (!url.startsWith("file:")) return url;
  const from = root.split("/"), to = url.split("/");
  let shared = 0;
  while (shared < from.length - 1 && from[shared] === to[shared]) shared++;
  return [...from.slice(shared, -1).map(() => ".."), ...to.slice(shared)].join("/");
}
