/**
 * The one hash function of the store: SHA-256, in hexadecimal.
 *
 * @module
 */
import { createHash } from "node:crypto";

/**
 * Hashes bytes or text.
 *
 * @param parts What is hashed, one part after the other; text as UTF-8.
 * @returns 64 hexadecimal digits.
 */
export function sha256(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
