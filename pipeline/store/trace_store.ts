/**
 * What was computed before: for the key of a task, the hash of the artifact that it gave.
 *
 * Each process writes a journal of its own while it works, and when it ends puts what it noted into a sorted index, together with the smaller ones that are
 * there. Every file has one writer and is never changed once it has its name; what is merged is removed only when the merged file is on disk, so that any
 * number of processes, on any number of machines, may read and merge at once, and at worst do it twice. Losing a file loses time and nothing else.
 *
 * @module
 */
import { cannotUseCache } from "./cache_failure.ts";
import { isFileSystemError } from "./file_system_error.ts";
import { Journal, journalLine, readJournal } from "./journal.ts";
import type { Trace } from "./trace.ts";
import { traceFolder } from "./trace_folder.ts";
import { addCost, encodeTraces, TraceIndex } from "./trace_index.ts";
import { writeWhole } from "./whole_file.ts";
import { atWritePoint, removeIfThere } from "./write_point.ts";

export type { Trace } from "./trace.ts";

const JOURNAL = ".jsonl", INDEX = ".traces";

/** Milliseconds without a line after which a journal is taken to be that of a process that was killed. Should it live, what it noted is in its memory still. */
const ABANDONED = 24 * 3_600_000;

/** Times that the folder is listed anew because a file in it was merged into another one before it was read. */
const LISTINGS = 20;

/** A file that has been read. */
interface ReadFile {
  readonly path: string;
  readonly size: number;
  readonly damaged: boolean;
  /** Its traces, each found by its key. */
  readonly traces: TraceIndex | Map<string, Trace>;
}

/** The traces of one cache folder. */
export class TraceStore {
  readonly #cache: string;
  readonly #folder: string;
  readonly #added = new Map<string, Trace>();
  #files: ReadFile[] = [];
  #journal: Journal | undefined;

  /**
   * Reads all journals and indexes.
   *
   * @param folder The cache folder; need not exist.
   * @param onDamage Told of each file with something in it that cannot be read, other than a last line that a kill cut short.
   * @throws {StageFailure} If the cache folder cannot be read.
   */
  constructor(folder: string, onDamage: (path: string) => void = () => {}) {
    this.#cache = folder;
    this.#folder = traceFolder(folder);
    try {
      this.#read();
    } catch (cause) {
      throw cannotUseCache("read", folder, cause);
    }
    for (const { path, damaged } of this.#files) if (damaged) onDamage(path);
  }

  /**
   * Looks a key up.
   *
   * @param key The key.
   * @returns Its trace, if the task has been computed before.
   */
  find(key: string): Trace | undefined {
    const added = this.#added.get(key);
    if (added !== undefined) return added;
    for (const { traces } of this.#files) {
      const trace = traces instanceof TraceIndex ? traces.find(key) : traces.get(key);
      if (trace !== undefined) return trace;
    }
    return undefined;
  }

  /** All traces, each key once. */
  *all(): Generator<Trace> {
    const seen = new Set<string>();
    for (const traces of [this.#added.values(), ...this.#files.map(tracesIn)]) {
      for (const trace of traces) {
        if (!seen.has(trace.key)) yield trace;
        seen.add(trace.key);
      }
    }
  }

  /**
   * Whether a trace was noted by this process.
   *
   * @param key The key.
   * @returns False if it was there before, or is not there.
   */
  isNew(key: string): boolean {
    return this.#added.has(key);
  }

  /** Hashes in journals: what processes made that are still at work, or were killed within a day. */
  *underWay(): Generator<string> {
    for (const { path, traces } of this.#files) {
      if (traces instanceof TraceIndex || isAbandoned(path)) continue;
      for (const { hash } of traces.values()) yield hash;
    }
  }

  /** The files of this store, with their sizes in bytes, and whether a part of one cannot be read. */
  get files(): readonly { readonly path: string; readonly size: number; readonly damaged: boolean }[] {
    return this.#files.map(({ path, size, damaged }) => ({ path, size, damaged }));
  }

  /**
   * What tasks took that are in the files, for estimates: a task that is in several of them counts several times.
   *
   * @returns Tasks and seconds of work by stage and task.
   */
  costs(): Map<string, { readonly tasks: number; readonly seconds: number }> {
    const costs = new Map<string, { tasks: number; seconds: number }>();
    for (const { traces } of this.#files) {
      if (traces instanceof TraceIndex) traces.addCosts(costs);
      else for (const { task, seconds } of traces.values()) addCost(costs, task, 1, seconds);
    }
    return costs;
  }

  /**
   * Notes what was computed, at once and on disk.
   *
   * @param trace The trace.
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  add(trace: Trace): void {
    const line = journalLine(trace);
    try {
      this.#write(line);
    } catch {
      // A journal that slept for a day may have been merged away, and some file systems do not write what has no name: a new one does.
      try {
        this.#write(line);
      } catch (cause) {
        throw cannotUseCache("write to", this.#cache, cause);
      }
    }
    this.#added.set(trace.key, trace);
  }

  /**
   * Puts what was added into an index, and with it the indexes that are not much larger, journals that nobody writes any more, and what is sound in damaged
   * files, which are set aside.
   *
   * @returns Whether there was anything to put there, and room for it.
   * @throws {Error} If the journal cannot be brought to disk.
   */
  close(): boolean {
    const journal = this.#journal;
    this.#journal = undefined;
    if (this.#added.size === 0) return false;
    try {
      this.#merge(journal);
      return true;
    } catch (cause) {
      // The journal says the same, if in more bytes: a disk that is full now, or a folder that has become read-only, harms nothing.
      if (!isFileSystemError(cause)) throw cause;
      journal?.close();
      return false;
    }
  }

  /**
   * Forgets traces: puts all others of the files that hold such, and what is sound in damaged files, into one index. What this process added stays as it is.
   *
   * @param isForgotten Which traces are forgotten.
   * @returns How many were, a key that is in several files once a file.
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  forget(isForgotten: (trace: Trace) => boolean): number {
    let forgotten = 0;
    const kept: Trace[] = [];
    const files = this.#files.filter((file) => {
      const traces = [...tracesIn(file)], rest = traces.filter((trace) => !isForgotten(trace));
      if (rest.length === traces.length && !file.damaged) return false;
      forgotten += traces.length - rest.length;
      kept.push(...rest);
      return true;
    });
    if (files.length === 0) return 0;
    try {
      this.#replace(files, kept);
    } catch (cause) {
      throw cannotUseCache("write to", this.#cache, cause);
    }
    return forgotten;
  }

  #merge(journal: Journal | undefined): void {
    const merged = this.#mergeable();
    this.#replace(merged, [...this.#added.values(), ...merged.flatMap((file) => [...tracesIn(file)])], journal);
    this.#added.clear();
  }

  /** Writes an index, and removes what it takes the place of: also a journal that somebody writes, who has in memory what it notes, and puts it in an index at the end. */
  #replace(files: readonly ReadFile[], traces: readonly Trace[], journal?: Journal): void {
    const path = `${this.#folder}/${crypto.randomUUID()}${INDEX}`, bytes = encodeTraces(traces);
    if (traces.length > 0) writeWhole(path, bytes);
    journal?.discard();
    for (const file of files) {
      if (file.damaged) setAside(file.path, `${this.#folder}/damaged`);
      else removeIfThere(file.path);
    }
    this.#files = this.#files.filter((file) => !files.includes(file));
    if (traces.length > 0) {
      this.#files.unshift({ path, size: bytes.length, damaged: false, traces: new TraceIndex(bytes) });
    }
  }

  /** Each index that is no larger than all smaller ones and twice what is new together: so every trace is moved a few times only, however many runs there are. */
  #mergeable(): ReadFile[] {
    const isIndex = ({ traces }: ReadFile) => traces instanceof TraceIndex;
    const abandoned = this.#files.filter((file) => !isIndex(file) && (file.damaged || isAbandoned(file.path)));
    let size = 160 * this.#added.size + abandoned.reduce((sum, file) => sum + file.size, 0);
    const indexes = this.#files.filter(isIndex).sort((a, b) => a.size - b.size).filter((file) => {
      if (!file.damaged && file.size > size) return false;
      size += file.size;
      return true;
    });
    return [...abandoned, ...indexes];
  }

  #write(line: Uint8Array): void {
    if (this.#journal === undefined) {
      Deno.mkdirSync(this.#folder, { recursive: true });
      this.#journal = new Journal(`${this.#folder}/${crypto.randomUUID()}${JOURNAL}`);
    }
    try {
      this.#journal.add(line);
    } catch (error) {
      // Half a line may be there: what comes next must not be appended to it.
      const journal = this.#journal;
      this.#journal = undefined;
      closeBroken(journal);
      throw error;
    }
  }

  /** Whoever merges writes the merged file before he removes the others: so what is gone when its turn comes is found in a new listing. */
  #read(): void {
    const known = new Map<string, ReadFile>();
    for (let listing = 0; listing < LISTINGS; listing++) {
      const paths = tracePaths(this.#folder);
      const files = paths.map((path) => {
        const file = known.get(path) ?? readTraces(path);
        if (file !== undefined) known.set(path, file);
        return file;
      });
      this.#files = files.filter((file) => file !== undefined);
      if (this.#files.length === paths.length) return;
    }
    // Others merge faster than we read: what is missing now is computed again.
  }
}

function tracesIn({ traces }: ReadFile): Iterable<Trace> {
  return traces instanceof TraceIndex ? traces : traces.values();
}

function readTraces(path: string): ReadFile | undefined {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  if (path.endsWith(INDEX)) {
    const index = new TraceIndex(bytes);
    return { path, size: bytes.length, damaged: index.damaged, traces: index };
  }
  const { traces, damaged } = readJournal(bytes);
  return { path, size: bytes.length, damaged, traces: new Map(traces.map((trace) => [trace.key, trace])) };
}

/** The files in a folder, in an order that does not depend on the file system. */
function tracePaths(folder: string): string[] {
  try {
    const names = [...Deno.readDirSync(folder)].filter(({ isFile, name }) =>
      isFile && (name.endsWith(JOURNAL) || name.endsWith(INDEX))
    );
    return names.map(({ name }) => `${folder}/${name}`).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function isAbandoned(path: string): boolean {
  try {
    const { mtime } = Deno.statSync(path);
    return mtime !== null && Date.now() - mtime.getTime() > ABANDONED;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false; // another process has merged it
    throw error;
  }
}

/** Moves a file to where nobody reads it again, and people may look at it. */
function setAside(path: string, folder: string): void {
  Deno.mkdirSync(folder, { recursive: true });
  atWritePoint("remove", path);
  try {
    Deno.renameSync(path, `${folder}/${path.slice(path.lastIndexOf("/") + 1)}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // another process was quicker
  }
}

/** Closes a journal that could not be written: what that objects to has been said already. */
function closeBroken(journal: Journal): void {
  try {
    journal.close();
  } catch (error) {
    if (!isFileSystemError(error)) throw error;
  }
}
