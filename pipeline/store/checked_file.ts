/**
 * Small files that spare work and hold nothing that could not be found out again: JSON behind a checksum. One that is damaged, of another version, or cannot be
 * written, costs time and nothing else.
 *
 * @module
 */
import { isFileSystemError } from "./file_system_error.ts";
import { writeWhole } from "./whole_file.ts";

const MAGIC = "diracflow 1 ";

/**
 * Reads what {@linkcode writeChecked} wrote.
 *
 * @param path The file.
 * @returns The value, or undefined if there is none that can be trusted.
 */
export async function readChecked(path: string): Promise<unknown> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Deno.readFileSync(path);
  } catch (error) {
    // Whatever keeps it from being read, the work is done instead, and meets whatever is wrong with the folder.
    if (error instanceof Error) return undefined;
    throw error;
  }
  const start = MAGIC.length + 64 + 1, text = new TextDecoder();
  const body = bytes.subarray(start);
  if (text.decode(bytes.subarray(0, start)) !== `${MAGIC}${await digestOf(body)}\n`) return undefined;
  return JSON.parse(text.decode(body));
}

/**
 * Writes a value, if the folder lets us.
 *
 * @param path The file; its folder is made if need be.
 * @param value Anything that JSON can hold.
 * @returns Whether it was written: a folder that is read-only or full is no reason to fail.
 */
export async function writeChecked(path: string, value: unknown): Promise<boolean> {
  const encoder = new TextEncoder(), body = encoder.encode(JSON.stringify(value));
  const head = encoder.encode(`${MAGIC}${await digestOf(body)}\n`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  try {
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    writeWhole(path, bytes, { synced: false });
    return true;
  } catch (error) {
    if (isFileSystemError(error)) return false;
    throw error;
  }
}

/**
 * SHA-256 by the runtime itself, which is there at once; `node:crypto`, which need not be waited for, takes longer to load than a run with nothing to do.
 *
 * @param bytes What is hashed.
 * @returns 64 hexadecimal digits.
 */
export async function digestOf(bytes: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data)).toHex();
}
