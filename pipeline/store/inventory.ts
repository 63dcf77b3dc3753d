/**
 * What lies in a cache folder, file by file and sorted by what it is: for those who count it, check it or tidy it up. What is none of ours is not touched.
 *
 * @module
 */
import { cannotUseCache } from "./cache_failure.ts";
import { isTemporary } from "./leftovers.ts";

/** A file. */
export interface StoredFile {
  /** Its path. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
  /** When it was last written, in ms by the clock of its file system. */
  readonly modified: number;
}

/** The file of an artifact. */
export interface StoredArtifact extends StoredFile {
  /** What its name says that its hash is. */
  readonly hash: string;
}

/** All files of a cache folder. */
export interface Inventory {
  /** Artifacts. */
  readonly artifacts: readonly StoredArtifact[];
  /** Artifacts and traces that were set aside. */
  readonly aside: readonly StoredFile[];
  /** Temporary files, of processes that are at work or were killed. */
  readonly leftovers: readonly StoredFile[];
  /** Traces. */
  readonly traces: readonly StoredFile[];
  /** What only saves time, and notes of the folders with results. */
  readonly others: readonly StoredFile[];
  /** Whatever is not ours. */
  readonly foreign: readonly StoredFile[];
}

const OURS = /^(?:swept|sources\.json|(?:finished|runs)\/[0-9a-f]{64}\.json)$/;
const ARTIFACT = /^objects\/([0-9a-f]{2})\/(\1[0-9a-f]{62})$/;

/**
 * Lists a cache folder.
 *
 * @param cache The folder; need not exist.
 * @returns Its files. Those that others remove meanwhile may be missing.
 * @throws {StageFailure} If it cannot be read.
 */
export function inventoryOf(cache: string): Inventory {
  const inventory = {
    artifacts: [] as StoredArtifact[],
    aside: [] as StoredFile[],
    leftovers: [] as StoredFile[],
    traces: [] as StoredFile[],
    others: [] as StoredFile[],
    foreign: [] as StoredFile[],
  };
  try {
    for (const file of filesBelow(cache, "")) {
      const name = file.path.slice(cache.length + 1), hash = ARTIFACT.exec(name)?.[2];
      if (isTemporary(name)) inventory.leftovers.push(file);
      else if (hash !== undefined) inventory.artifacts.push({ ...file, hash });
      else if (/^(objects|traces)\/damaged\//.test(name)) inventory.aside.push(file);
      else if (/^traces\/[^/]+\.(jsonl|traces)$/.test(name)) inventory.traces.push(file);
      else (OURS.test(name) ? inventory.others : inventory.foreign).push(file);
    }
  } catch (cause) {
    throw cannotUseCache("read", cache, cause);
  }
  return inventory;
}

/**
 * The sizes of files together.
 *
 * @param files The files.
 * @returns Bytes.
 */
export function sizeOf(files: readonly StoredFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

function* filesBelow(root: string, folder: string): Generator<StoredFile> {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(`${root}${folder}`)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const { name, isDirectory, isFile } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = `${root}${folder}/${name}`;
    if (isDirectory) yield* filesBelow(root, `${folder}/${name}`);
    if (!isFile) continue;
    const file = fileAt(path);
    if (file !== undefined) yield file;
  }
}

function fileAt(path: string): StoredFile | undefined {
  try {
    const { size, mtime } = Deno.statSync(path);
    return { path, size, modified: mtime?.getTime() ?? Date.now() };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined; // renamed or removed since it was listed
    throw error;
  }
}
