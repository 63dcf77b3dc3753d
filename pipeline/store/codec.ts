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

/**
 * Encodes an artifact.
 *
 * @param format Its format.
 * @param value The artifact; an object whose properties are Float64Arrays or JSON for `arrays`, JSON for `json`, a string for `text`.
 * @returns The bytes, the same for the same value.
 * @throws {Error} If the value does not fit the format, or holds a number that is not finite.
 */
export function encodeArtifact(format: ArtifactFormat, value: unknown): Uint8Array<ArrayBuffer> {
  switch (format) {
    case "bytes":
      if (value instanceof Uint8Array) return value as Uint8Array<ArrayBuffer>;
      break;
    case "text":
      if (typeof value === "string") return new TextEncoder().encode(value);
      break;
    case "json":
      return new TextEncoder().encode(JSON.stringify(value, rejectNonFinite));
    case "arrays":
      if (value !== null && typeof value === "object") return encodeArrays(value as Record<string, unknown>);
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
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    case "json":
      return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    case "arrays":
      return decodeArrays(bytes);
  }
}

function rejectNonFinite(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Error(`Cannot encode an artifact: ${key} is ${value}`);
  }
  return value;
}

function encodeArrays(value: Record<string, unknown>): Uint8Array<ArrayBuffer> {
  const arrays: Float64Array[] = [];
  let length = 0;
  const header = Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (!(item instanceof Float64Array)) return [name, item];
      for (let i = 0; i < item.length; i++) {
        if (!Number.isFinite(item[i])) {
          throw new Error(`Cannot encode an artifact: element ${i} of ${name} is ${item[i]}`);
        }
      }
      arrays.push(item);
      length += item.length;
      return [name, { $array: [length - item.length, item.length] }];
    }),
  );
  const headerBytes = new TextEncoder().encode(JSON.stringify(header, rejectNonFinite));
  const start = payloadStart(headerBytes.length);
  const bytes = new Uint8Array(start + 8 * length);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, headerBytes.length, true);
  bytes.set(headerBytes, MAGIC.length + 4);
  const payload = new Float64Array(bytes.buffer, start, length);
  let at = 0;
  for (const array of arrays) {
    payload.set(array, at);
    at += array.length;
  }
  return bytes;
}

function decodeArrays(bytes: Uint8Array<ArrayBuffer>): Record<string, unknown> {
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw new Error("Cannot decode an artifact: it is not one of arrays");
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(MAGIC.length + 4, MAGIC.length + 4 + headerLength)),
  );
  const start = bytes.byteOffset + payloadStart(headerLength);
  return Object.fromEntries(
    Object.entries(header as Record<string, unknown>).map(([name, item]) => {
      const place = item !== null && typeof item === "object" && "$array" in item
        ? item.$array as [number, number]
        : undefined;
      return [name, place ? new Float64Array(bytes.buffer, start + 8 * place[0], place[1]) : item];
    }),
  );
}

function payloadStart(headerLength: number): number {
  return Math.ceil((MAGIC.length + 4 + headerLength) / 8) * 8;
}
