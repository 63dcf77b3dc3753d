/**
 * What was computed before: for the key of a task, the hash of the artifact that it gave.
 *
 * Each process appends to a journal of its own, so that processes never wait for each other, and reads all journals once when it starts, so that
 * finding out that there is nothing to do costs one look-up a task. Losing a line, or all of them, loses time and nothing else.
 *
 * @module
 */
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
  readonly #folder: string;
  readonly #traces = new Map<string, Trace>();
  #journal: Deno.FsFile | undefined;

  /**
   * Reads all journals.
   *
   * @param folder The cache folder; need not exist.
   * @param onDamage Told of each journal with a line that cannot be read, other than a last one that a kill cut short.
   */
  constructor(folder: string, onDamage: (path: string) => void = () => {}) {
    this.#folder = `${folder}/traces`;
    for (const path of journals(this.#folder)) this.#load(path, onDamage);
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
   */
  add(trace: Trace): void {
    this.#traces.set(trace.key, trace);
    if (this.#journal === undefined) {
      Deno.mkdirSync(this.#folder, { recursive: true });
      this.#journal = Deno.openSync(`${this.#folder}/${crypto.randomUUID()}.jsonl`, { write: true, createNew: true });
    }
    const text = JSON.stringify(trace);
    const line = new TextEncoder().encode(`${checksum(text)} ${text}\n`);
    for (let written = 0; written < line.length;) written += this.#journal.writeSync(line.subarray(written));
  }

  /** Syncs the journal to disk and closes it. */
  close(): void {
    this.#journal?.syncSync();
    this.#journal?.close();
    this.#journal = undefined;
  }

  #load(path: string, onDamage: (path: string) => void): void {
    const lines = new TextDecoder().decode(Deno.readFileSync(path)).split("\n");
    const cut = lines.pop(); // empty, unless a kill cut the last line short
    let damaged = false;
    for (const line of cut === "" ? lines : [...lines, cut!]) {
      const text = line.slice(9);
      if (checksum(text) === line.slice(0, 8)) {
        const trace = JSON.parse(text) as Trace;
        this.#traces.set(trace.key, trace);
      } else if (line !== cut) damaged = true;
    }
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
