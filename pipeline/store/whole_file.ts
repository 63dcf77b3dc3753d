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
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    const file = Deno.openSync(temporary, { write: true, createNew: true });
    try {
      atWritePoint("made", temporary);
      writeBytes(file, bytes, temporary);
      if (synced) file.syncSync();
    } finally {
      file.close();
    }
    atWritePoint("synced", temporary);
    Deno.renameSync(temporary, path);
    atWritePoint("named", path);
  } catch (cause) {
    try {
      removeIfThere(temporary);
    } catch (error) {
      throw new AggregateError([cause, error], `Cannot clean up ${temporary}`);
    }
    throw cause;
  }
}
