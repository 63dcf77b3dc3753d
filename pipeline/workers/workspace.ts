/**
 * Memory that a worker uses again for every job. New memory for each block costs the system, which has to clear it page by page and to take it back, nearly as much as its
 * numbers cost the processor; and workers wait for one another there, since memory belongs to the whole process.
 *
 * @module
 */

/** What is larger is made anew each time, so that one large job does not hold memory for good. */
const LARGEST = 2 ** 25;

/** One piece of memory, for one user at a time. */
export class Workspace {
  #buffer = new ArrayBuffer(0);
  #isTaken = false;

  /** Takes the memory back: nobody uses what was given of it any more. */
  clear(): void {
    this.#isTaken = false;
  }

  /**
   * Gives memory, with anything in it.
   *
   * @param bytes How much.
   * @returns That many bytes, from the beginning of a buffer: the same ones after each {@linkcode Workspace.clear}; others while they are taken.
   */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    if (this.#isTaken || bytes > LARGEST) return new Uint8Array(bytes);
    this.#isTaken = true;
    if (bytes > this.#buffer.byteLength) this.#buffer = new ArrayBuffer(bytes);
    return new Uint8Array(this.#buffer, 0, bytes);
  }
}
