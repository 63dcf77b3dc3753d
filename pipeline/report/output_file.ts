/**
 * Files in a study's folder, written whole or not at all.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";
import { type WriteOptions, writeWhole } from "../store/whole_file.ts";

/**
 * Writes a file into a study's folder, whole or not at all.
 *
 * @param folder The study's folder; made if need be.
 * @param name The file's name.
 * @param bytes The content.
 * @param options How; see {@linkcode WriteOptions}.
 * @throws {StageFailure} If it cannot be written.
 */
export function writeOutput(folder: string, name: string, bytes: Uint8Array, options: WriteOptions = {}): void {
  try {
    Deno.mkdirSync(folder, { recursive: true });
    writeWhole(`${folder}/${name}`, bytes, options);
  } catch (cause) {
    throw new StageFailure(
      `Cannot write ${folder}/${name}: ${(cause as Error).message}; choose another folder with --out`,
      { cause },
    );
  }
}
