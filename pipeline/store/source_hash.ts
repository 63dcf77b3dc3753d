/**
 * The hash of a stage's own code: of its module and everything that it imports, comments and layout left out, so that an edit in a helper runs the stage again
 * and an edit in a comment does not.
 *
 * @module
 */
import jsTokens from "js-tokens";
import { stampOf } from "./file_stamp.ts";
import { sha256 } from "./hash.ts";
import type { PackageLock } from "./package_lock.ts";
import { isFileSpecifier, type Source, type SourceMemory } from "./source_memory.ts";

/** Tokens after which a line break ends the statement, and tokens before which one does. */
const ENDED_BY_BREAK = new Set(["return", "throw", "break", "continue", "yield", "async"]);
const BEGUN_BY_BREAK = new Set(["++", "--"]);

/** Brackets before which a comma says nothing: formatters put it there when they break a list into lines. */
const CLOSING = new Set([")", "]", "}"]);

/** What is read as code; anything else that is imported, such as WebAssembly, counts byte by byte. */
const CODE = /\.[cm]?[jt]sx?$/;

/** What source hashes are found with, where it is there. */
export interface SourceTools {
  /** What packages resolve to. */
  readonly lock?: PackageLock;
  /** What was found in source files before. */
  readonly memory?: SourceMemory;
}

/**
 * What runs the code, as far as results can depend on it: V8 has its own sine and exponential, whose last digit may change from one major version to the next,
 * and the codec gives artifacts their bytes.
 */
const RUNTIME = `deno ${major(Deno.version.deno)}, v8 ${major(Deno.version.v8)}`;
const CODEC = new URL("./codec.ts", import.meta.url).href;

/** Finds source hashes; each file is read once. */
export class SourceHashes {
  readonly #versions: Readonly<Record<string, string>>;
  readonly #tools: SourceTools;
  readonly #modules = new Map<string, Source>();
  readonly #hashes = new Map<string, string>();

  /**
   * Knows no module yet.
   *
   * @param versions The import map: bare specifiers, and the packages with versions that they stand for.
   * @param tools What else there is to go by.
   */
  constructor(versions: Readonly<Record<string, string>>, tools: SourceTools = {}) {
    this.#versions = versions;
    this.#tools = tools;
  }

  /**
   * Hashes a module with all that it imports, directly or not, and with what every module depends on: the runtime and the code that makes bytes of artifacts.
   *
   * @param module A `file:` URL.
   * @returns The hash.
   */
  hash(module: string): string {
    const known = this.#hashes.get(module);
    if (known !== undefined) return known;
    const reached = new Map<string, string>();
    this.#visit(module, reached);
    this.#visit(CODEC, reached);
    const root = new URL(".", module).href;
    const parts = [...reached].map(([url, text]) => [url === CODEC ? "codec" : relative(root, url), text] as const)
      .sort(
        ([a], [b]) => a < b ? -1 : 1,
      );
    const hash = sha256(JSON.stringify([RUNTIME, parts]));
    this.#hashes.set(module, hash);
    return hash;
  }

  /**
   * The packages that a module uses, by itself or by what it imports.
   *
   * @param module A `file:` URL.
   * @returns What the import map says that they are, such as `npm:vega@6.4.0`, sorted, each once.
   */
  packages(module: string): string[] {
    const reached = new Map<string, string>();
    this.#visit(module, reached);
    const packages = [...reached.keys()].filter((url) => !/^(file|node):/.test(url));
    return [...new Set(packages.map((specifier) => this.#target(specifier)))].sort();
  }

  #visit(module: string, reached: Map<string, string>): void {
    if (reached.has(module)) return;
    const { text, imports } = this.#read(module);
    reached.set(module, text);
    for (const specifier of imports) {
      if (isFileSpecifier(specifier)) this.#visit(new URL(specifier, module).href, reached);
      else reached.set(specifier, this.#version(specifier));
    }
  }

  /** The package behind a bare specifier, and what that resolves to: a new version of it, or of what it depends on, may compute something else. */
  #version(specifier: string): string {
    const target = this.#target(specifier);
    return this.#tools.lock?.identity(target) ?? target;
  }

  /** What the import map says that a bare specifier stands for. */
  #target(specifier: string): string {
    const names = Object.keys(this.#versions).filter((key) => specifier === key || specifier.startsWith(`${key}/`));
    const name = names.sort((a, b) => b.length - a.length)[0];
    return name === undefined ? specifier : this.#versions[name];
  }

  #read(module: string): Source {
    const known = this.#modules.get(module);
    if (known !== undefined) return known;
    const url = new URL(module), path = decodeURIComponent(url.pathname), { memory } = this.#tools;
    let source = memory?.find(path);
    if (source === undefined) {
      const now = Date.now(), stamp = memory && stampOf(path); // taken before the file is read: an edit in between shows
      const bytes = Deno.readFileSync(url);
      if (CODE.test(url.pathname)) {
        const text = new TextDecoder().decode(bytes);
        source = { text: sha256(normalizedSource(text)), imports: importedModules(text) };
      } else source = { text: sha256(bytes), imports: [] };
      memory?.note(path, stamp, now, source);
    }
    this.#modules.set(module, source);
    return source;
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

function relative(root: string, url: string): string {
  if (!url.startsWith("file:")) return url;
  const from = root.split("/"), to = url.split("/");
  let shared = 0;
  while (shared < from.length - 1 && from[shared] === to[shared]) shared++;
  return [...from.slice(shared, -1).map(() => ".."), ...to.slice(shared)].join("/");
}

function major(version: string): string {
  return version.split(".")[0];
}
