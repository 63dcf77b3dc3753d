/**
 * Puts artifacts where users look for them. A file that is right already is left alone, so that its time says when it last changed.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";
import { sha256 } from "../store/hash.ts";
import { writeOutput } from "./output_file.ts";

export { writeOutput } from "./output_file.ts";

/**
 * Writes a file if it is not there already with the same content.
 *
 * @param folder The study's folder; made if need be.
 * @param name The file's name.
 * @param hash SHA-256 of the content.
 * @param read Gives the content; called only if it is needed.
 * @returns Whether the file was written.
 * @throws {StageFailure} If it cannot be written.
 */
export async function publish(
  folder: string,
  name: string,
  hash: string,
  read: () => Promise<Uint8Array>,
): Promise<boolean> {
  if (isPublished(folder, name, hash)) return false;
  const bytes = await read();
  writeOutput(folder, name, bytes);
  return true;
}

/**
 * Whether a file is as it should be.
 *
 * @param folder The study's folder.
 * @param name The file's name.
 * @param hash SHA-256 of what its content should be.
 * @returns Whether it is there with that content.
 * @throws {StageFailure} If it cannot be read.
 */
export function isPublished(folder: string, name: string, hash: string): boolean {
  return hashOfFile(`${folder}/${name}`) === hash;
}

/**
 * Removes a file that an earlier run left and this one does not make any more, unless somebody has changed it since.
 *
 * @param folder The study's folder.
 * @param name The file's name.
 * @param hash The content that the earlier run left.
 * @returns Whether it was removed.
 * @throws {StageFailure} If it cannot be removed.
 */
export function retract(folder: string, name: string, hash: string): boolean {
  const path = `${folder}/${name}`;
  if (name.includes("/") || hashOfFile(path) !== hash) return false;
  try {
    Deno.removeSync(path);
  } catch (cause) {
    throw new StageFailure(
      `Cannot remove ${path}, which an earlier run left: ${(cause as Error).message}; remove it yourself`,
      { cause },
    );
  }
  return true;
}

function hashOfFile(path: string): string | undefined {
  try {
    return sha256(Deno.readFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new StageFailure(
      `Cannot read ${path}: ${(error as Error).message}; move it away or choose another folder with --out`,
      {
        cause: error,
      },
    );
  }
}
