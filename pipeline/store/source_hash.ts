/**
 * The hash of a stage's own code: of its module and everything that it imports, comments and layout left out, so that an edit in a helper runs the stage again
 * and an edit in a comment does not.
 *
 * @module
 */
import { type FileStamp, isSameStamp, stampOf } from "./file_stamp.ts";
import { sha256 } from "./hash.ts";
import type { PackageLock } from "./package_lock.ts";
import { isFileSpecifier, type Source, type SourceMemory, urlOf } from "./source_memory.ts";
import { scanSource } from "./source_text.ts";

/** What is read as code; anything else that is imported, such as WebAssembly and packages in one file, counts byte by byte. */
const CODE = /(?<!\.bundle(?=\.js$))\.[cm]?[jt]sx?$/;

/** How a file begins that carries packages: with their names and versions. */
const CARRIER = /^\/\/ ((?:\S+@\S+ )+)in one file/;
const LINE_FEED = 0x0a;

/** What source hashes are found with, where it is there. */
export interface SourceTools {
  /** What packages resolve to. */
  readonly lock?: PackageLock;
  /** What was found in source files before. */
  readonly memory?: SourceMemory;
  /** When the program began to be loaded, in ms: of a file that changed after that nobody knows which version was. */
  readonly loading?: number;
}

/**
 * What runs the code, as far as results can depend on it: V8 has its own sine and exponential, whose last digit may change from one major version to the next,
 * and the codec gives artifacts their bytes.
 */
const RUNTIME = `deno ${major(Deno.version.deno)}, v8 ${major(Deno.version.v8)}`;
const CODEC = new URL("./codec.ts", import.meta.url).href;

/** Parts are named by their paths from here. */
const PROJECT = new URL("../../", import.meta.url).href;

/** Digits of a hash that tell two versions of a file apart. */
const DIGITS = 16;

/** A source file as it was when it was read. */
interface ReadSource {
  /** The hash of what counts of it. */
  readonly text: string;
  /** What it imports: URLs of files, packages as they are written. */
  readonly targets: readonly string[];
  /** The packages that are in it. */
  readonly packages: readonly string[];
  /** Its stamp from before that, if the system gives one. */
  readonly stamp: FileStamp | undefined;
  /** Whether it changed after the program began to be loaded. */
  readonly isYoung: boolean;
}

/** Finds source hashes; each file is read once. */
export class SourceHashes {
  readonly #versions: Readonly<Record<string, string>>;
  readonly #tools: SourceTools;
  readonly #files = new Map<string, ReadSource>();
  readonly #hashes = new Map<string, string>();
  /** What packages resolve to, by what is imported. */
  readonly #resolved = new Map<string, string>();

  /**
   * Knows no module yet.
   *
   * @param versions The import map: bare specifiers, and what they stand for: packages with versions, or files, seen from the project's root.
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
    const root = new URL(".", module).href;
    const parts = [...this.#reach(module)].map(([url, text]) =>
      [url === CODEC ? "codec" : relative(root, url), text] as const
    )
      .sort(
        ([a], [b]) => a < b ? -1 : 1,
      );
    const hash = sha256(JSON.stringify([RUNTIME, parts]));
    this.#hashes.set(module, hash);
    return hash;
  }

  /**
   * What {@linkcode hash} is a hash of, part by part: of two modules with one hash all parts are the same, so that parts that differ say why hashes do.
   *
   * @param modules `file:` URLs.
   * @returns By name: files, from the project's root, with the first digits of their hashes; packages by what is imported, with what that resolves to; and
   *   `runtime`.
   */
  parts(modules: readonly string[]): Map<string, string> {
    const parts = new Map([["runtime", RUNTIME]]);
    for (const [url, text] of modules.flatMap((module) => [...this.#reach(module)])) {
      const [specifier, identity] = text.split(" ");
      if (isFileSpecifier(url)) parts.set(partName(url), text.slice(0, DIGITS));
      else parts.set(url, identity === undefined ? specifier : `${specifier} ${identity.slice(0, DIGITS)}`);
    }
    return parts;
  }

  /**
   * The packages that a module uses, by itself or by what it imports.
   *
   * @param module A `file:` URL.
   * @returns What the import map says that they are, or the file that carries them, such as `npm:vega@6.4.0`, sorted, each once.
   */
  packages(module: string): string[] {
    const reached = new Map<string, string>();
    this.#visit(module, reached);
    const packages = [...reached.keys()].flatMap((url) => {
      if (isFileSpecifier(url)) return this.#read(url).packages;
      return url.startsWith("node:") ? [] : [this.#target(url)];
    });
    return [...new Set(packages)].sort();
  }

  /**
   * Files that are not what they were when they were hashed, or changed between when the program began to be loaded and that: whoever has loaded them runs other
   * code than their hashes say.
   *
   * @param module A `file:` URL, if only what stands behind one module matters.
   * @returns Their paths from the project's root, sorted.
   */
  changed(module?: string): string[] {
    const urls = module === undefined
      ? [...this.#files.keys()]
      : [...this.#reach(module).keys()].filter(isFileSpecifier);
    return urls.filter((url) => !this.#isCurrent(url)).map(partName).sort();
  }

  /** Everything that a module's hash is made of: the content of files, what packages resolve to. */
  #reach(module: string): Map<string, string> {
    const reached = new Map<string, string>();
    this.#visit(module, reached);
    this.#visit(CODEC, reached);
    return reached;
  }

  #visit(module: string, reached: Map<string, string>): void {
    if (reached.has(module)) return;
    const { text, targets } = this.#read(module);
    reached.set(module, text);
    for (const target of targets) {
      if (isFileSpecifier(target)) this.#visit(target, reached);
      else reached.set(target, this.#version(target));
    }
  }

  /** The package behind a bare specifier, and what that resolves to: a new version of it, or of what it depends on, may compute something else. */
  #version(specifier: string): string {
    const known = this.#resolved.get(specifier);
    if (known !== undefined) return known;
    const target = this.#target(specifier), version = this.#tools.lock?.identity(target) ?? target;
    this.#resolved.set(specifier, version);
    return version;
  }

  /** What the import map says that a bare specifier stands for. */
  #target(specifier: string): string {
    const names = Object.keys(this.#versions).filter((key) => specifier === key || specifier.startsWith(`${key}/`));
    const name = names.sort((a, b) => b.length - a.length)[0];
    return name === undefined ? specifier : this.#versions[name];
  }

  /** The file that the import map puts in the place of a bare specifier, or what is imported as it is written. */
  #mapped(specifier: string): string {
    const target = this.#versions[specifier];
    return target !== undefined && isFileSpecifier(target) ? new URL(target, PROJECT).href : specifier;
  }

  #read(module: string): ReadSource {
    const known = this.#files.get(module);
    if (known !== undefined) return known;
    const path = pathOf(module), { memory } = this.#tools;
    const now = Date.now(), stamp = stampOf(path); // taken before the file is read: an edit in between shows
    let source = memory?.find(path);
    if (source === undefined) {
      const found = sourceIn(path);
      source = { ...found, imports: found.imports.map((name) => this.#mapped(name)) };
      memory?.note(path, stamp, now, source);
    }
    // What is younger than now is of a file system whose clock is ahead, and tells nothing.
    const isYoung = stamp !== undefined && stamp[2] > (this.#tools.loading ?? Infinity) && stamp[2] <= now;
    const { text, imports, packages = [] } = source;
    const targets = imports.map((name) => isFileSpecifier(name) ? urlOf(name, module) : name);
    const read = { text, targets, packages, stamp, isYoung };
    this.#files.set(module, read);
    return read;
  }

  #isCurrent(module: string): boolean {
    const known = this.#files.get(module)!, path = pathOf(module);
    if (known.isYoung) return false;
    try {
      const stamp = stampOf(path);
      if (known.stamp !== undefined && isSameStamp(known.stamp, stamp)) return true;
      if (sourceIn(path).text !== known.text) return false;
      this.#files.set(module, { ...known, stamp }); // a comment was edited: what is imported is the same
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }
}

function sourceIn(path: string): Source {
  const bytes = Deno.readFileSync(path);
  if (!CODE.test(path)) return { text: sha256(bytes), imports: [], packages: packagesIn(bytes) };
  const { normalized, imports } = scanSource(bytes);
  return { text: sha256(normalized), imports };
}

/** The packages that a file carries. */
function packagesIn(bytes: Uint8Array): string[] {
  const first = new TextDecoder().decode(bytes.subarray(0, Math.max(0, bytes.indexOf(LINE_FEED))));
  return CARRIER.exec(first)?.[1].trim().split(" ").map((name) => `npm:${name}`) ?? [];
}

function pathOf(module: string): string {
  return decodeURIComponent(new URL(module).pathname);
}

function partName(module: string): string {
  return decodeURIComponent(relative(PROJECT, module));
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
