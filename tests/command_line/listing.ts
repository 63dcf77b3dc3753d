/**
 * Folders as values, so that two of them, or one at two times, can be compared byte for byte.
 *
 * @module
 */

/**
 * The files below a folder.
 *
 * @param folder The folder.
 * @returns SHA-256 by path relative to the folder, in the order of the paths; empty if there is no such folder.
 */
export async function listing(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const path of filesBelow(folder)) hashes[path] = await hashOf(`${folder}/${path}`);
  return hashes;
}

/**
 * The names of the files below a folder.
 *
 * @param folder The folder.
 * @returns Paths relative to the folder, sorted; empty if there is no such folder.
 */
export function filesBelow(folder: string): string[] {
  return [...walk(folder, "")].sort();
}

/**
 * Copies a folder with all that is in it.
 *
 * @param from The folder.
 * @param to Where the copy goes; made if need be.
 */
export function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const path of filesBelow(from)) {
    Deno.mkdirSync(`${to}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.copyFileSync(`${from}/${path}`, `${to}/${path}`);
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function* walk(root: string, prefix: string): Generator<string> {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(`${root}/${prefix}`)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const { name, isDirectory } of entries) {
    if (isDirectory) yield* walk(root, `${prefix}${name}/`);
    else yield `${prefix}${name}`;
  }
}
