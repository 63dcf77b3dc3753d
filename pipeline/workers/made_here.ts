/**
 * What a worker made a moment ago is likely to be asked for next: while there is room for it, it need not be read and checked again.
 *
 * @module
 */

/** Artifacts as they were written, the latest ones up to a number of bytes. */
export class MadeHere {
  readonly #room: number;
  readonly #artifacts = new Map<string, Uint8Array<ArrayBuffer>>();
  #bytes = 0;

  /**
   * Nothing yet.
   *
   * @param room How many bytes may be kept.
   */
  constructor(room: number) {
    this.#room = room;
  }

  /**
   * Keeps an artifact, and lets the oldest ones go that there is no room for any more.
   *
   * @param hash Its hash.
   * @param bytes Its content, which nobody may change.
   */
  keep(hash: string, bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length > this.#room || this.#artifacts.has(hash)) return;
    this.#artifacts.set(hash, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#artifacts) {
      if (this.#bytes <= this.#room) break;
      this.#artifacts.delete(oldest);
      this.#bytes -= length;
    }
  }

  /**
   * Looks an artifact up.
   *
   * @param hash Its hash.
   * @returns Its content, if it is still here.
   */
  find(hash: string): Uint8Array<ArrayBuffer> | undefined {
    return this.#artifacts.get(hash);
  }
}
