/**
 * Files that are there whole or not at all: whatever happens in between, a reader sees the old file or the new one.
 *
 * @module
 */

/**
 * Writes a file by way of a temporary one in the same folder, by default synced to disk before it takes its place.
 *
 * @param path The file; its folder must exist.
 * @param bytes Its content.
 * @param synced Whether to wait until the disk has it; what is checked whenever it is read need not wait, since the power failing would be noticed.
 * @throws {Deno.errors.NotFound} If the folder does not exist, and whatever else the file system objects to; no temporary file stays behind.
 */
export function writeWhole(path: string, bytes: Uint8Array, synced = true): void {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    const file = Deno.openSync(temporary, { write: true, createNew: true });
    try {
      for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
      if (synced) file.syncSync();
    } finally {
      file.close();
    }
    Deno.renameSync(temporary, path);
  } catch (cause) {
    try {
      Deno.removeSync(temporary);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) {
        throw new AggregateError([cause, error], `Cannot clean up ${temporary}`);
      }
    }
    throw cause;
  }
}
