/**
 * Files that are there whole or not at all: whatever happens in between, a reader sees the old file or the new one.
 *
 * @module
 */
import { atWritePoint, removeIfThere, writeBytes } from "./write_point.ts";

/** How a file is written. */
export interface WriteOptions {
  /**
   * Whether the bytes are on disk before the file takes its name, as is right for all that cannot be told from its ruins; what is checked by whoever reads it,
   * or says no more than the last run did, need not wait for the disk.
   */
  readonly synced?: boolean;
}

/**
 * Writes a file by way of a temporary one in the same folder, by default synced to disk before it takes its place.
 *
 * @param path The file; its folder must exist.
 * @param bytes Its content.
 * @param options How.
 * @throws {Deno.errors.NotFound} If the folder does not exist, and whatever else the file system objects to; no temporary file stays behind.
 */
export function writeWhole(path: string, bytes: Uint8Array, options: WriteOptions = {}): void {
  try {
    writeAndRename(path, bytes, options);
  } catch (error) {
    // A process that slept for hours may find its temporary file swept away: then it writes it once more.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    writeAndRename(path, bytes, options);
  }
}

function writeAndRename(path: string, bytes: Uint8Array, { synced = true }: WriteOptions): void {
  const { temporary, file } = writeTemporary(path, bytes);
  try {
    try {
      if (synced) file.syncSync();
    } finally {
      file.close();
    }
    takeName(temporary, path);
  } catch (cause) {
    throw afterCleaningUp(temporary, cause);
  }
}

/**
 * The first half of {@linkcode writeWhole}: the bytes under a temporary name, to be synced and named by {@linkcode syncAndName}, maybe by another thread.
 *
 * @param path The file that is to be; its folder must exist.
 * @param bytes Its content.
 * @returns The temporary file.
 * @throws Whatever the file system objects to; no temporary file stays behind.
 */
export function writeUnnamed(path: string, bytes: Uint8Array): string {
  const { temporary, file } = writeTemporary(path, bytes);
  file.close();
  return temporary;
}

/**
 * The second half: waits for the disk, while others work, and gives the file its name.
 *
 * @param temporary What {@linkcode writeUnnamed} wrote.
 * @param path The file that it becomes.
 * @returns Whether it was there: after hours of sleep it may have been swept away, and is to be written once more.
 * @throws Whatever else the file system objects to; no temporary file stays behind.
 */
export function syncAndName(temporary: string, path: string): Promise<boolean> {
  return name(temporary, path, () => Deno.openSync(temporary, { write: true }));
}

/**
 * Both halves in one thread, which waits for the disk while it does something else.
 *
 * @param path The file; its folder must exist.
 * @param bytes Its content.
 * @returns As {@linkcode syncAndName}.
 * @throws Whatever the file system objects to; no temporary file stays behind.
 */
export async function writeWholeLater(path: string, bytes: Uint8Array): Promise<boolean> {
  const { temporary, file } = writeTemporary(path, bytes);
  return await name(temporary, path, () => file);
}

async function name(temporary: string, path: string, open: () => Deno.FsFile): Promise<boolean> {
  try {
    const file = open();
    try {
      await file.sync();
    } finally {
      file.close();
    }
    takeName(temporary, path);
    return true;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw afterCleaningUp(temporary, cause);
  }
}

/** The bytes in a file of a name that is nobody else's, still open. */
function writeTemporary(path: string, bytes: Uint8Array): { temporary: string; file: Deno.FsFile } {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  const file = Deno.openSync(temporary, { write: true, createNew: true });
  try {
    atWritePoint("made", temporary);
    writeBytes(file, bytes, temporary);
    return { temporary, file };
  } catch (cause) {
    file.close();
    throw afterCleaningUp(temporary, cause);
  }
}

function takeName(temporary: string, path: string): void {
  atWritePoint("synced", temporary);
  Deno.renameSync(temporary, path);
  atWritePoint("named", path);
}

/** What to throw when something failed and the temporary file that it leaves is removed. */
function afterCleaningUp(temporary: string, cause: unknown): unknown {
  try {
    removeIfThere(temporary);
    return cause;
  } catch (error) {
    return new AggregateError([cause, error], `Cannot clean up ${temporary}`);
  }
}
