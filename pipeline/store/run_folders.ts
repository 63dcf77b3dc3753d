/**
 * Which folders hold results that came from a cache: whoever tidies it up must know all of them, also those that `--out` put elsewhere.
 *
 * @module
 */
import { digestOf, readChecked, writeChecked } from "./checked_file.ts";
import { removeIfThere } from "./write_point.ts";

/** A note of a folder. */
interface Note {
  readonly folder: string;
}

/**
 * Notes a folder with results, if the cache lets us.
 *
 * @param cache The cache folder.
 * @param folder The folder; a relative one is one of the current folder.
 */
export async function noteRunFolder(cache: string, folder: string): Promise<void> {
  const note: Note = { folder: absolute(folder) }, path = `${notesOf(cache)}/${await digestOf(note.folder)}.json`;
  const noted = await readChecked(path) as Note | undefined;
  if (noted?.folder !== note.folder) await writeChecked(path, note);
}

/**
 * The folders that have been noted.
 *
 * @param cache The cache folder.
 * @returns Absolute paths, sorted; whether results are still there is not looked at.
 */
export async function runFolders(cache: string): Promise<string[]> {
  const folders: string[] = [];
  for (const path of notePaths(cache)) {
    const note = await readChecked(path) as Note | undefined;
    if (note !== undefined) folders.push(note.folder);
  }
  return folders.sort();
}

/**
 * Removes notes of folders that hold results no more, and notes that cannot be read.
 *
 * @param cache The cache folder.
 * @param isStill Whether a folder holds results.
 */
export async function forgetRunFolders(cache: string, isStill: (folder: string) => boolean): Promise<void> {
  for (const path of notePaths(cache)) {
    const note = await readChecked(path) as Note | undefined;
    if (note === undefined || !isStill(note.folder)) removeIfThere(path);
  }
}

/**
 * A path from the root of the file system.
 *
 * @param path The path.
 * @returns The same without `.`, `..` and a slash at the end.
 */
export function absolute(path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${Deno.cwd()}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

function notesOf(cache: string): string {
  return `${cache}/runs`;
}

function notePaths(cache: string): string[] {
  try {
    const names = [...Deno.readDirSync(notesOf(cache))].filter(({ isFile, name }) => isFile && name.endsWith(".json"));
    return names.map(({ name }) => `${notesOf(cache)}/${name}`).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
