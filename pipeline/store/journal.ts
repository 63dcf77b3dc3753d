/**
 * What a process computes, line by line as it is done, in a file of its own, so that processes never wait for each other and a kill loses nothing.
 *
 * @module
 */
import { sha256 } from "./hash.ts";
import type { Trace } from "./trace.ts";
import { atWritePoint, removeIfThere, writeBytes } from "./write_point.ts";

/** A journal that is being written. */
export class Journal {
  readonly #path: string;
  #file: Deno.FsFile | undefined;
  #isEmpty = true;

  /**
   * Opens a new journal.
   *
   * @param path Its file, which must not exist; its folder must.
   */
  constructor(path: string) {
    this.#path = path;
    this.#file = Deno.openSync(path, { write: true, createNew: true });
  }

  /**
   * Adds a line.
   *
   * @param line From {@linkcode journalLine}.
   * @throws Whatever the file system objects to; half a line may be there then, and nothing must be added any more.
   */
  add(line: Uint8Array): void {
    if (this.#isEmpty) atWritePoint("made", this.#path);
    this.#isEmpty = false;
    writeBytes(this.#file!, line, this.#path);
  }

  /** Syncs the journal to disk and closes it; a second time does nothing. */
  close(): void {
    const file = this.#file;
    this.#file = undefined;
    try {
      file?.syncSync();
    } finally {
      file?.close();
    }
  }

  /** Closes the journal and removes it: what it holds is in another file by now. */
  discard(): void {
    this.#file?.close();
    this.#file = undefined;
    removeIfThere(this.#path);
  }
}

/**
 * A trace as a line.
 *
 * @param trace The trace.
 * @returns The line with its checksum in front, as UTF-8.
 */
export function journalLine(trace: Trace): Uint8Array {
  const text = JSON.stringify(trace);
  return new TextEncoder().encode(`${checksum(text)} ${text}\n`);
}

/**
 * Reads a journal.
 *
 * @param bytes Its content.
 * @returns Its traces, and whether a line could not be read, other than a last one that a kill cut short.
 */
export function readJournal(bytes: Uint8Array): { traces: Trace[]; damaged: boolean } {
  const lines = new TextDecoder().decode(bytes).split("\n");
  const traces: Trace[] = [];
  let damaged = false;
  lines.forEach((line, i) => {
    const text = line.slice(9);
    if (checksum(text) === line.slice(0, 8)) traces.push(JSON.parse(text) as Trace);
    else if (i < lines.length - 1) damaged = true; // the last one is empty, unless a kill cut it short
  });
  return { traces, damaged };
}

function checksum(text: string): string {
  return sha256(text).slice(0, 8);
}
