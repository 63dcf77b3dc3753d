/**
 * Memory for compiled loops that work on tables of numbers, used again and again: to make a new one takes longer than many a use of it.
 *
 * @module
 */

/** What compiled loops export, besides the loops. */
export interface LoopExports {
  /** Their memory. */
  readonly memory: WebAssembly.Memory;
  /** Where tables may start. */
  readonly firstAddress: () => number;
}

/** Loops with tables of one user. */
export interface LoopTables<Loops extends LoopExports> {
  /** The loops. */
  readonly loops: Loops;
  /** The tables, all zeros at first; they last until they are released. */
  readonly tables: readonly Float64Array[];
  /** Gives all of it back. */
  release(): void;
}

/** Bytes of a page of WebAssembly memory. */
const PAGE = 65536;

/** The loops of one binary; each user has an instance with a memory of its own. */
export class LoopPool<Loops extends LoopExports> {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #idle: Loops[] = [];
  #module: WebAssembly.Module | undefined;

  /**
   * A pool, in which nothing is compiled yet.
   *
   * @param bytes The binary.
   */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
  }

  /**
   * Lays out tables.
   *
   * @param lengths How many numbers each has.
   * @returns The tables, and the loops in whose memory they are.
   * @throws {WebAssembly.CompileError} Where there are no vector instructions.
   */
  take(lengths: readonly number[]): LoopTables<Loops> {
    this.#module ??= new WebAssembly.Module(this.#bytes);
    const loops = this.#idle.pop() ?? new WebAssembly.Instance(this.#module).exports as unknown as Loops;
    let next = loops.firstAddress();
    const end = lengths.reduce((at, length) => at + 8 * length, next);
    const missing = Math.ceil(end / PAGE) - loops.memory.buffer.byteLength / PAGE;
    if (missing > 0) loops.memory.grow(missing);
    const tables = lengths.map((length) => {
      const table = new Float64Array(loops.memory.buffer, next, length);
      next += 8 * length;
      return table.fill(0);
    });
    return { loops, tables, release: () => void this.#idle.push(loops) };
  }
}
