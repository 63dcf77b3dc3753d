/**
 * What was found in source files before, so that a run need not take apart hundreds of them to find that none has changed.
 *
 * @module
 */
import { readChecked, writeChecked } from "./checked_file.ts";
import { type FileStamp, isSameStamp, isSettled, stampOf } from "./file_stamp.ts";

/** What counts of a source file. */
export interface Source {
  /** The hash of its code without comments and layout, or of its bytes. */
  readonly text: string;
  /** What it imports, as written; URLs of files where the import map has files. */
  readonly imports: readonly string[];
  /** The packages that it carries, if it is made of packages. */
  readonly packages?: readonly string[];
}

interface Remembered extends Source {
  readonly stamp: FileStamp;
}

/** What is kept on disk. */
interface Kept {
  /** The files that say how sources are read: with others the rest means nothing. */
  readonly readers: readonly [string, FileStamp][];
  readonly files: readonly [string, Remembered][];
}

/**
 * Whether an import names a file, and no package.
 *
 * @param specifier The import, as written.
 * @returns Whether it can be resolved against the importing module.
 */
export function isFileSpecifier(specifier: string): boolean {
  return /^(\.|\/|file:)/.test(specifier);
}

/** As imports of files nearly all are: from the module's folder, or some folders up, down to a file, without a character that URLs write otherwise. */
const PLAIN = /^(?:\.\/|((?:\.\.\/)+))((?:[\w-]+\/)*[\w-]+(?:\.\w+)*)$/;

/**
 * The URL of a file that a module imports.
 *
 * @param specifier The import, as written.
 * @param module The `file:` URL of the module, as `URL` writes it.
 * @returns The file's URL, without the cost of a `URL` for each of thousands of imports where it can be read off.
 */
export function urlOf(specifier: string, module: string): string {
  const plain = /[?#]/.test(module) ? null : PLAIN.exec(specifier);
  if (plain === null) return new URL(specifier, module).href;
  const [, upwards = "", path] = plain;
  let folder = module.lastIndexOf("/");
  for (let i = 0; i < upwards.length; i += "../".length) folder = module.lastIndexOf("/", folder - 1);
  // No folder is above the first.
  return folder < "file://".length ? new URL(specifier, module).href : `${module.slice(0, folder)}/${path}`;
}

/** What decides what counts of a source: the modules that take it apart, and the import map. */
const READERS = [
  ...["./source_hash.ts", "./source_text.ts", "./source_token.ts", "./source_word.ts"],
  "../../deno.json",
].map((name) => decodeURIComponent(new URL(name, import.meta.url).pathname));

/** Source files by their paths. */
export class SourceMemory {
  readonly #path: string;
  readonly #opened = Date.now();
  readonly #readers = READERS.map((path) => [path, stampOf(path)] as const);
  readonly #files: Map<string, Remembered>;
  #changed = false;

  private constructor(path: string, files: Map<string, Remembered>) {
    this.#path = path;
    this.#files = files;
  }

  /**
   * What earlier runs found.
   *
   * @param cache The cache folder.
   * @returns The memory; empty if there is none that can be trusted.
   */
  static async open(cache: string): Promise<SourceMemory> {
    const path = `${cache}/sources.json`;
    const kept = await readChecked(path) as Kept | undefined;
    const isOurs = kept?.readers.length === READERS.length &&
      kept.readers.every(([reader, stamp], i) => reader === READERS[i] && isSameStamp(stamp, stampOf(reader)));
    return new SourceMemory(path, new Map(isOurs ? kept.files : []));
  }

  /**
   * A file that has not changed since it was read.
   *
   * @param path The file.
   * @returns What was found in it, or undefined if it has to be read.
   */
  find(path: string): Source | undefined {
    const remembered = this.#files.get(path);
    return remembered !== undefined && isSameStamp(remembered.stamp, stampOf(path)) ? remembered : undefined;
  }

  /**
   * All files that modules reach by their imports.
   *
   * @param modules URLs of the modules.
   * @param since A time in ms: the files must have been left alone then, as they still are.
   * @returns Paths and hashes, or undefined if one of them has to be read.
   */
  reach(modules: readonly string[], since?: number): [string, string][] | undefined {
    const reached = new Map<string, string>(), open = [...modules];
    for (let module = open.pop(); module !== undefined; module = open.pop()) {
      if (reached.has(module)) continue;
      const path = decodeURIComponent(new URL(module).pathname), source = this.find(path);
      if (source === undefined || (since !== undefined && !isSettled(this.#files.get(path)!.stamp, since))) {
        return undefined;
      }
      reached.set(module, source.text);
      for (const specifier of source.imports) {
        if (isFileSpecifier(specifier)) open.push(urlOf(specifier, module));
      }
    }
    return [...reached].sort(([a], [b]) => a < b ? -1 : 1);
  }

  /**
   * Notes what is in a file, unless it has changed just now and may change again unnoticed.
   *
   * @param path The file.
   * @param stamp Its stamp from before it was read.
   * @param now The time at which the stamp was taken, in ms.
   * @param source What was found.
   */
  note(path: string, stamp: FileStamp | undefined, now: number, source: Source): void {
    if (stamp === undefined || !isSettled(stamp, now)) return;
    this.#files.set(path, { stamp, ...source });
    this.#changed = true;
  }

  /** Keeps what was noted for later runs. */
  async save(): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    const readers: [string, FileStamp][] = [];
    for (const [path, stamp] of this.#readers) {
      if (stamp === undefined || !isSettled(stamp, this.#opened)) return;
      readers.push([path, stamp]);
    }
    const kept: Kept = { readers, files: [...this.#files].filter(([path]) => this.find(path) !== undefined) };
    await writeChecked(this.#path, kept);
  }
}
