/**
 * Artifacts as bytes, and back. Arrays stay arrays: decoding makes views into the bytes that were read, no copies.
 *
 * The format `arrays` is: the magic line, the length of the header as a 32-bit number, the header as JSON, padding to a multiple of 8, then the arrays as
 * little-endian 64-bit floats, one after the other. The header holds the object with `{"$array": [offset, length]}` in place of each array.
 *
 * @module
 */
import type { ArtifactFormat } from "../dataflow/stage.ts";

const MAGIC = "diracflow arrays 1\n";

/** Arrays that lie in an artifact already, with its bytes, by their memory. */
const inPlace = new WeakMap<
  ArrayBufferLike,
  { readonly arrays: Readonly<Record<string, Float64Array>>; readonly bytes: Uint8Array<ArrayBuffer> }
>();

/**
 * Memory for an artifact that is nothing but arrays: {@linkcode encodeArtifact} has nothing to copy if it is given just these.
 *
 * @param lengths Their lengths by name, in the order in which they are stored.
 * @param room Gives the memory, with anything in it; new memory if left out.
 * @returns The arrays, filled with zeros.
 */
export function allocateArrays<Name extends string>(
  lengths: Readonly<Record<Name, number>>,
  room: (bytes: number) => Uint8Array<ArrayBuffer> = newMemory,
): Record<Name, Float64Array<ArrayBuffer>> {
  const places: Record<string, Place> = {};
  let length = 0;
  for (const name in lengths) {
    places[name] = { $array: [length, lengths[name]] };
    length += lengths[name];
  }
  const { bytes, start } = beginArrays(places, length, room);
  const arrays = Object.fromEntries(
    Object.entries(places).map((
      [name, { $array: [at, count] }],
    ) => [name, new Float64Array(bytes.buffer, bytes.byteOffset + start + 8 * at, count)]),
  ) as Record<Name, Float64Array<ArrayBuffer>>;
  inPlace.set(bytes.buffer, { arrays, bytes });
  return arrays;
}

/**
 * Encodes an artifact.
 *
 * @param format Its format.
 * @param value The artifact; an object whose properties are Float64Arrays or JSON for `arrays`, JSON for `json`, a string for `text`.
 * @returns The bytes, the same for the same value.
 * @throws {Error} If the value does not fit the format, or holds what would not come back: a number that is not finite, an array of numbers where only JSON
 *   can stand, text with half of a character.
 */
export function encodeArtifact(format: ArtifactFormat, value: unknown): Uint8Array<ArrayBuffer> {
  switch (format) {
    case "bytes":
      if (value instanceof Uint8Array) return value as Uint8Array<ArrayBuffer>;
      break;
    case "text":
      // A lone surrogate would be replaced without a word.
      if (typeof value === "string" && value.isWellFormed()) return new TextEncoder().encode(value);
      break;
    case "json":
      if (value !== undefined) return new TextEncoder().encode(JSON.stringify(value, rejectUnfaithful));
      break;
    case "arrays":
      if (value !== null && typeof value === "object" && !Array.isArray(value) && !ArrayBuffer.isView(value)) {
        return encodeArrays(value as Record<string, unknown>);
      }
  }
  throw new Error(`Cannot encode an artifact as ${format}: got ${typeof value}`);
}

/**
 * Decodes an artifact.
 *
 * @param format Its format.
 * @param bytes What {@linkcode encodeArtifact} made.
 * @returns The artifact. Arrays share the memory of `bytes`, which must start on a multiple of 8 of its buffer.
 * @throws {Error} If the bytes are not of this format.
 */
export function decodeArtifact(format: ArtifactFormat, bytes: Uint8Array<ArrayBuffer>): unknown {
  switch (format) {
    case "bytes":
      return bytes;
    case "text":
      return decodeText(bytes);
    case "json":
      return JSON.parse(decodeText(bytes));
    case "arrays":
      return decodeArrays(bytes);
  }
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** JSON would make null of a number that is not finite, and a mapping of an array of numbers. */
function rejectUnfaithful(key: string, value: unknown): unknown {
  const place = key === "" ? "the value" : key;
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Error(`Cannot encode an artifact: ${place} is ${value}`);
  }
  if (ArrayBuffer.isView(value)) {
    throw new Error(`Cannot encode an artifact: ${place} is a ${value.constructor.name}, which JSON cannot hold`);
  }
  return value;
}

function encodeArrays(value: Record<string, unknown>): Uint8Array<ArrayBuffer> {
  const arrays: Float64Array[] = [];
  let length = 0;
  const header = Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (!(item instanceof Float64Array)) {
        if (isPlace(item)) throw new Error(`Cannot encode an artifact: ${name} has a key $array, which marks arrays`);
        return [name, item];
      }
      if (!areFinite(item)) {
        const i = item.findIndex((number) => !Number.isFinite(number));
        throw new Error(`Cannot encode an artifact: element ${i} of ${name} is ${item[i]}`);
      }
      arrays.push(item);
      length += item.length;
      return [name, { $array: [length - item.length, item.length] }];
    }),
  );
  const there = bytesInPlace(value, arrays);
  if (there !== undefined) return there;
  const { bytes, start } = beginArrays(header, length), payload = new Float64Array(bytes.buffer, start, length);
  let at = 0;
  for (const array of arrays) {
    payload.set(array, at);
    at += array.length;
  }
  return bytes;
}

/** The artifact that arrays lie in, if they are all that it holds, in its order. */
function bytesInPlace(
  value: Record<string, unknown>,
  [first]: readonly Float64Array[],
): Uint8Array<ArrayBuffer> | undefined {
  const there = first && inPlace.get(first.buffer), names = Object.keys(value);
  if (there === undefined || names.join("\n") !== Object.keys(there.arrays).join("\n")) return undefined;
  return names.every((name) => value[name] === there.arrays[name]) ? there.bytes : undefined;
}

/** Memory for an artifact, with all but the numbers in it; these begin at `start`. */
function beginArrays(
  header: Record<string, unknown>,
  length: number,
  room = newMemory,
): { bytes: Uint8Array<ArrayBuffer>; start: number } {
  const headerBytes = new TextEncoder().encode(JSON.stringify(header, rejectUnfaithful));
  const start = payloadStart(headerBytes.length);
  const bytes = room(start + 8 * length).fill(0);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(MAGIC.length, headerBytes.length, true);
  bytes.set(headerBytes, MAGIC.length + 4);
  return { bytes, start };
}

function newMemory(bytes: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** Every number that leaves a stage passes here: 0 times it is 0, or NaN, and four sums do not wait for one another. */
function areFinite(values: Float64Array): boolean {
  let a = 0, b = 0, c = 0, d = 0, i = 0;
  for (const end = values.length - 3; i < end; i += 4) {
    a += 0 * values[i];
    b += 0 * values[i + 1];
    c += 0 * values[i + 2];
    d += 0 * values[i + 3];
  }
  for (; i < values.length; i++) a += 0 * values[i];
  return a + b + c + d === 0;
}

function decodeArrays(bytes: Uint8Array<ArrayBuffer>): Record<string, unknown> {
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC || bytes.length < MAGIC.length + 4) {
    throw new Error("Cannot decode an artifact: it is not one of arrays");
  }
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const start = payloadStart(headerLength);
  if (start > bytes.length) throw new Error("Cannot decode an artifact: its header is cut short");
  const header = JSON.parse(decodeText(bytes.subarray(MAGIC.length + 4, MAGIC.length + 4 + headerLength)));
  let end = start;
  const value = Object.fromEntries(
    Object.entries(header as Record<string, unknown>).map(([name, item]) => {
      if (!isPlace(item)) return [name, item];
      const [offset, length] = item.$array, first = start + 8 * offset;
      end = Math.max(end, first + 8 * length);
      if (end > bytes.length) throw new Error(`Cannot decode an artifact: ${name} is cut short`);
      return [name, new Float64Array(bytes.buffer, bytes.byteOffset + first, length)];
    }),
  );
  if (end !== bytes.length) throw new Error(`Cannot decode an artifact: ${bytes.length - end} bytes follow its end`);
  return value;
}

/** Where an array is, in the header. */
interface Place {
  readonly $array: readonly [offset: number, length: number];
}

/** Whether an entry of the header stands for an array. */
function isPlace(item: unknown): item is Place {
  return item !== null && typeof item === "object" && "$array" in item;
}

function payloadStart(headerLength: number): number {
  return Math.ceil((MAGIC.length + 4 + headerLength) / 8) * 8;
}
