/**
 * Temporary files of processes that were killed are removed by their age: no lock says who is still writing, but nobody writes for an hour, and who slept that
 * long writes his file once more.
 *
 * @module
 */
import { isFileSystemError } from "./file_system_error.ts";
import { removeIfThere } from "./write_point.ts";
import { writeWhole } from "./whole_file.ts";

/** Milliseconds after which a file that nobody refers to is nobody's any more: who is still at work has written it again, or referred to it, by then. */
export const ABANDONED = 3_600_000;

/** Milliseconds between two looks at a whole cache folder. */
const BETWEEN_SWEEPS = 24 * 3_600_000;

/** The names of temporary files: nobody else's file is ever taken for one. */
const TEMPORARY = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/**
 * Whether a file is a temporary one.
 *
 * @param name Its name or path.
 * @returns Whether it has the name of one.
 */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

/**
 * Removes the temporary files in a folder that are an hour old.
 *
 * @param folder The folder; need not exist.
 * @param now The time by the clock of the folder's file system, in ms.
 * @returns How many there were.
 */
export function sweepFolder(folder: string, now: number): number {
  let swept = 0;
  for (const { name, isFile } of entries(folder)) {
    if (!isFile || !isTemporary(name)) continue;
    const path = `${folder}/${name}`, written = modified(path);
    if (written === undefined || now - written < ABANDONED) continue;
    try {
      if (removeIfThere(path)) swept++;
    } catch (error) {
      // Somebody else's, in a cache that several people share: it takes room, and is for its owner to remove.
      if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
    }
  }
  return swept;
}

/**
 * Sweeps a cache folder, unless that was done within a day.
 *
 * @param cache The cache folder.
 * @returns How many temporary files were removed, or undefined if it was not time yet, or the folder cannot be written to.
 */
export function sweepCache(cache: string): number | undefined {
  const last = modified(`${cache}/swept`);
  if (last !== undefined && Math.abs(Date.now() - last) < BETWEEN_SWEEPS) return undefined;
  let now: number;
  try {
    now = timeIn(cache);
  } catch (error) {
    if (isFileSystemError(error)) return undefined; // a full disk: whoever has something to store says so
    throw error;
  }
  return sweepNow(cache, now);
}

/**
 * Sweeps a cache folder, whenever that was done last.
 *
 * @param cache The cache folder.
 * @param now From {@linkcode timeIn}.
 * @returns How many temporary files were removed.
 */
export function sweepNow(cache: string, now: number): number {
  const folders = [cache, ...subfolders(cache), ...subfolders(`${cache}/objects`)];
  return folders.reduce((swept, folder) => swept + sweepFolder(folder, now), 0);
}

/**
 * The time by the clock of a cache folder's file system, which may be another machine's.
 *
 * @param cache The cache folder.
 * @returns The time in ms. The folder counts as swept from then on.
 */
export function timeIn(cache: string): number {
  const note = `${cache}/swept`;
  writeWhole(note, new Uint8Array(0));
  return modified(note) ?? 0;
}

function subfolders(folder: string): string[] {
  return entries(folder).filter(({ isDirectory }) => isDirectory).map(({ name }) => `${folder}/${name}`);
}

function entries(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function modified(path: string): number | undefined {
  try {
    return Deno.statSync(path).mtime?.getTime();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
