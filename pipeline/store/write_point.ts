/**
 * The moments at which a process that writes may be ended, for tests that end it there: what a kill leaves behind at each of them must do no harm, and no
 * clock could hit them all. Without a test nothing happens here.
 *
 * @module
 */

/** A moment of writing: a file was made, holds half of its bytes, all of them, is on disk, has its name, or is about to be removed. */
export type WritePoint = "made" | "half" | "whole" | "synced" | "named" | "remove";

let watcher: ((point: WritePoint, path: string) => void) | undefined;

/**
 * Has a function called at every write point of this thread; it may throw, as a full disk does, or end the process.
 *
 * @param watch The function, or undefined for none.
 */
export function watchWritePoints(watch: ((point: WritePoint, path: string) => void) | undefined): void {
  watcher = watch;
}

/**
 * Says that a moment has come.
 *
 * @param point Which one.
 * @param path The file.
 */
export function atWritePoint(point: WritePoint, path: string): void {
  watcher?.(point, path);
}

/**
 * Writes all bytes at the end of an open file.
 *
 * @param file The file.
 * @param bytes What is written.
 * @param path The file's name, for those who watch.
 */
export function writeBytes(file: Deno.FsFile, bytes: Uint8Array, path: string): void {
  let written = 0;
  if (watcher !== undefined) {
    while (written < bytes.length >> 1) written += file.writeSync(bytes.subarray(written, bytes.length >> 1));
    watcher("half", path);
  }
  while (written < bytes.length) written += file.writeSync(bytes.subarray(written));
  watcher?.("whole", path);
}

/**
 * Removes a file, which may be gone already: another process may have had the same idea.
 *
 * @param path The file.
 * @returns Whether it was there.
 */
export function removeIfThere(path: string): boolean {
  atWritePoint("remove", path);
  try {
    Deno.removeSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
