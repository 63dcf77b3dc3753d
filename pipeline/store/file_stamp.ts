/**
 * What tells that a file is the one that was read before, without reading it again.
 *
 * A stamp is trusted only if the file had not changed for two seconds when it was read: clocks of file systems are coarse, some count whole seconds, and two
 * edits within one tick look like one. After that every edit moves the time of change, which, other than the time of modification, nobody can set back.
 *
 * @module
 */

/** Size in bytes, times of modification and change in ms, the file's number, and the number of its device. */
export type FileStamp = readonly [size: number, modified: number, changed: number, file: number, device: number];

/** Milliseconds for which a file must have been left alone. */
const SETTLED = 2000;

/**
 * The stamp of a file.
 *
 * @param path The file.
 * @returns The stamp, or undefined if there is no such file, or the system does not tell all of this.
 */
export function stampOf(path: string): FileStamp | undefined {
  let info: Deno.FileInfo;
  try {
    info = Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const { isFile, size, mtime, ctime, ino, dev } = info;
  if (!isFile || mtime === null || !ctime || ino === null || !dev) return undefined;
  return [size, mtime.getTime(), ctime.getTime(), ino, dev];
}

/**
 * Whether a file whose stamp was taken before it was read may be known again by it.
 *
 * @param stamp The stamp.
 * @param now When it was taken, in ms.
 * @returns Whether it had been left alone for long enough.
 */
export function isSettled([_size, modified, changed]: FileStamp, now: number): boolean {
  return now - modified > SETTLED && now - changed > SETTLED;
}

/**
 * Whether two stamps are the same.
 *
 * @param a One, as it was noted.
 * @param b The other, as it is now.
 * @returns Whether the file can be taken for the same.
 */
export function isSameStamp(a: FileStamp, b: FileStamp | undefined): boolean {
  return b !== undefined && a.every((value, i) => value === b[i]);
}
