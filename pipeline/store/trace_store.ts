/**
 * What was computed before: for the key of a task, the hash of the artifact that it gave.
 *
 * Each process appends to a journal of its own, so that processes never wait for each other, and reads all journals once when it starts, so that
 * finding out that there is nothing to do costs one look-up a task. Losing a line, or all of them, loses time and nothing else.
 *
 * @module
 */
import { cannotUseCache } from "./cache_failure.ts";
import { sha256 } from "./hash.ts";

/** One thing that was computed. */
export interface Trace {
  /** The task's key: a hash of everything that its artifact depends on. */
  readonly key: string;
  /** The hash of its artifact. */
  readonly hash: string;
  /** The stage and the task, for people. */
  readonly task: string;
  /** What the artifact took to compute. */
  readonly seconds: number;
}

/** The traces of one cache folder. */
export class TraceStore {
  readonly #cache: string;
  readonly #folder: string;
  readonly #traces = new Map<string, Trace>();
  #journal: Deno.FsFile | undefined;

  /**
   * Reads all journals.
   *
   * @param folder The cache folder; need not exist.
   * @param onDamage Told of each journal with a line that cannot be read, other than a last one that a kill cut short.
   * @throws {StageFailure} If the cache folder cannot be read.
   */
  constructor(folder: string, onDamage: (path: string) => void = () => {}) {
    this.#cache = folder;
    this.#folder = `${folder}/traces`;
    try {
      for (const path of journals(this.#folder)) this.#load(path, onDamage);
    } catch (cause) {
      throw cannotUseCache("read", folder, cause);
    }
  }

  /** How many traces there are. */
  get size(): number {
    return this.#traces.size;
  }

  /**
   * Looks a key up.
   *
   * @param key The key.
   * @returns Its trace, if the task has been computed before.
   */
  find(key: string): Trace | undefined {
    return this.#traces.get(key);
  }

  /**
   * Notes what was computed, at once and on disk.
   *
   * @param trace The trace.
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  add(trace: Trace): void {
    this.#traces.set(trace.key, trace);
    const text = JSON.stringify(trace);
    const line = new TextEncoder().encode(`${checksum(text)} ${text}\n`);
    try {
      const journal = this.#journal ??= this.#open();
      for (let written = 0; written < line.length;) written += journal.writeSync(line.subarray(written));
    } catch (cause) {
      // Half a line may be there: what comes next must not be appended to it.
      this.#journal?.close();
      this.#journal = undefined;
      throw cannotUseCache("write to", this.#cache, cause);
    }
  }

  /** Syncs the journal to disk and closes it. */
  close(): void {
    const journal = this.#journal;
    this.#journal = undefined;
    try {
      journal?.syncSync();
    } finally {
      journal?.close();
    }
  }

  #open(): Deno.FsFile {
    Deno.mkdirSync(this.#folder, { recursive: true });
    return Deno.openSync(`${this.#folder}/${crypto.randomUUID()}.jsonl`, { write: true, createNew: true });
  }

  #load(path: string, onDamage: (path: string) => void): void {
    const lines = new TextDecoder().decode(Deno.readFileSync(path)).split("\n");
    let damaged = false;
    lines.forEach((line, i) => {
      const text = line.slice(9);
      if (checksum(text) === line.slice(0, 8)) {
        const trace = JSON.parse(text) as Trace;
        this.#traces.set(trace.key, trace);
      } else if (i < lines.length - 1) damaged = true; // the last one is empty, unless a kill cut it short
    });
    if (damaged) onDamage(path);
  }
}

function checksum(text: string): string {
  return sha256(text).slice(0, 8);
}

/** The journals in a folder, in an order that does not depend on the file system. */
function journals(folder: string): string[] {
  try {
    const names = [...Deno.readDirSync(folder)].filter((entry) => entry.isFile && entry.name.endsWith(".jsonl"));
    return names.map((entry) => `${folder}/${entry.name}`).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
