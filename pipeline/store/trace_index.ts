/**
 * Many traces in the form in which they are found fastest: sorted records of one size, searched where they lie, so that a hundred thousand of them cost the
 * reading of a file and no more.
 *
 * The file is: the magic line, the header's length as a 32-bit number, the header as JSON (how many records, the tasks' names), its checksum, then blocks of
 * records, each block followed by its checksum, so that damage costs a block and not the file. A record is the key and the hash, 32 bytes each, the seconds as
 * a 64-bit float and the place of the task's name as a 32-bit number; numbers are little-endian; checksums are the first 8 bytes of SHA-256.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Trace } from "./trace.ts";

const MAGIC = new TextEncoder().encode("diracflow traces 1\n");
const RECORD = 76, BLOCK = 512, CHECKSUM = 8;

/** Traces in their compact form. */
export class TraceIndex {
  /** Whether something in the bytes was not as it was written; it has been left out. */
  readonly damaged: boolean;
  readonly #records: Uint8Array<ArrayBuffer>;
  readonly #numbers: DataView;
  readonly #tasks: readonly string[];

  /**
   * Reads traces.
   *
   * @param bytes What {@linkcode encodeTraces} made, or what has become of it.
   */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    const header = readHeader(bytes);
    this.#tasks = header?.tasks ?? [];
    const sound = header === undefined ? [] : soundBlocks(bytes.subarray(header.end), header.count);
    this.#records = joined(sound);
    this.#numbers = new DataView(this.#records.buffer, this.#records.byteOffset);
    this.damaged = header === undefined || this.#records.length !== header.count * RECORD ||
      bytes.length !== header.end + bodyLength(header.count);
  }

  /** How many traces there are. */
  get size(): number {
    return this.#records.length / RECORD;
  }

  /**
   * Looks a key up.
   *
   * @param key The key.
   * @returns Its trace, if there is one.
   */
  find(key: string): Trace | undefined {
    const wanted = Uint8Array.fromHex(key), start = new DataView(wanted.buffer).getUint32(0);
    let low = 0, high = this.size; // the record, if it is there, is in [low, high)
    while (low < high) {
      const middle = (low + high) >> 1, at = middle * RECORD;
      const order = this.#numbers.getUint32(at) - start || this.#compare(at, wanted);
      if (order === 0) return this.#trace(middle);
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  /**
   * Adds up what tasks took, without a look at keys and hashes: of a hundred thousand traces in a few milliseconds.
   *
   * @param costs Gets tasks and seconds by the tasks' names.
   */
  addCosts(costs: Map<string, { tasks: number; seconds: number }>): void {
    const sums = this.#tasks.map(() => ({ tasks: 0, seconds: 0 }));
    for (let at = 0; at < this.#records.length; at += RECORD) {
      const sum = sums[this.#numbers.getUint32(at + 72, true)];
      sum.tasks++;
      sum.seconds += this.#numbers.getFloat64(at + 64, true);
    }
    sums.forEach(({ tasks, seconds }, i) => addCost(costs, this.#tasks[i], tasks, seconds));
  }

  /** All traces in the order of their keys. */
  *[Symbol.iterator](): Iterator<Trace> {
    for (let i = 0; i < this.size; i++) yield this.#trace(i);
  }

  #compare(at: number, wanted: Uint8Array): number {
    for (let i = 0; i < wanted.length; i++) {
      const difference = this.#records[at + i] - wanted[i];
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #trace(i: number): Trace {
    const at = i * RECORD;
    return {
      key: this.#records.subarray(at, at + 32).toHex(),
      hash: this.#records.subarray(at + 32, at + 64).toHex(),
      task: this.#tasks[this.#numbers.getUint32(at + 72, true)],
      seconds: this.#numbers.getFloat64(at + 64, true),
    };
  }
}

/**
 * Adds to what tasks took.
 *
 * @param costs Tasks and seconds by the tasks' names.
 * @param task A name.
 * @param tasks How many more.
 * @param seconds What they took.
 */
export function addCost(
  costs: Map<string, { tasks: number; seconds: number }>,
  task: string,
  tasks: number,
  seconds: number,
): void {
  const sum = costs.get(task);
  if (sum === undefined) costs.set(task, { tasks, seconds });
  else {
    sum.tasks += tasks;
    sum.seconds += seconds;
  }
}

/**
 * Writes traces in their compact form.
 *
 * @param traces The traces; of several with one key the first is taken.
 * @returns The bytes.
 * @throws {SyntaxError} If a key or hash is not hexadecimal.
 */
export function encodeTraces(traces: Iterable<Trace>): Uint8Array<ArrayBuffer> {
  const byKey = new Map<string, Trace>(), tasks = new Map<string, number>();
  for (const trace of traces) {
    if (!byKey.has(trace.key)) byKey.set(trace.key, trace);
    if (!tasks.has(trace.task)) tasks.set(trace.task, tasks.size);
  }
  const sorted = [...byKey.values()].sort((a, b) => a.key < b.key ? -1 : 1);
  const header = new TextEncoder().encode(JSON.stringify({ count: sorted.length, tasks: [...tasks.keys()] }));
  const start = MAGIC.length + 4 + header.length;
  const bytes = new Uint8Array(start + CHECKSUM + bodyLength(sorted.length)), numbers = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  numbers.setUint32(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + 4);
  bytes.set(checksum(bytes.subarray(0, start)), start);
  let at = start + CHECKSUM;
  for (let first = 0; first < sorted.length; first += BLOCK) {
    const begin = at;
    for (const { key, hash, task, seconds } of sorted.slice(first, first + BLOCK)) {
      bytes.set(digest(key), at);
      bytes.set(digest(hash), at + 32);
      numbers.setFloat64(at + 64, seconds, true);
      numbers.setUint32(at + 72, tasks.get(task)!, true);
      at += RECORD;
    }
    bytes.set(checksum(bytes.subarray(begin, at)), at);
    at += CHECKSUM;
  }
  return bytes;
}

function digest(hex: string): Uint8Array {
  const bytes = Uint8Array.fromHex(hex);
  if (bytes.length !== 32) throw new SyntaxError(`Cannot note a trace: ${hex} is not a SHA-256`);
  return bytes;
}

function checksum(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest().subarray(0, CHECKSUM);
}

function bodyLength(count: number): number {
  return count * RECORD + Math.ceil(count / BLOCK) * CHECKSUM;
}

interface Header {
  readonly count: number;
  readonly tasks: readonly string[];
  /** Where the blocks begin. */
  readonly end: number;
}

function readHeader(bytes: Uint8Array<ArrayBuffer>): Header | undefined {
  const before = MAGIC.length + 4;
  if (bytes.length < before) return undefined;
  const start = before + new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const end = start + CHECKSUM;
  if (end > bytes.length || !isSound(bytes.subarray(0, start), bytes.subarray(start, end))) return undefined;
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) return undefined; // of another version, whose checksum is right all the same
  const { count, tasks } = JSON.parse(new TextDecoder().decode(bytes.subarray(before, start))) as Header;
  return { count, tasks, end };
}

function isSound(bytes: Uint8Array, expected: Uint8Array): boolean {
  const found = checksum(bytes);
  return expected.length === CHECKSUM && found.every((byte, i) => expected[i] === byte);
}

function soundBlocks(bytes: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer>[] {
  const sound: Uint8Array<ArrayBuffer>[] = [];
  for (let first = 0, at = 0; first < count; first += BLOCK) {
    const end = at + Math.min(BLOCK, count - first) * RECORD, next = end + CHECKSUM;
    const block = bytes.subarray(at, end);
    if (isSound(block, bytes.subarray(end, next))) sound.push(block);
    at = next;
  }
  return sound;
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
