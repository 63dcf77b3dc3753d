/**
 * One wording for a cache folder that the file system keeps us from using: read-only, full, or not a folder.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";

/**
 * The failure to use the cache folder.
 *
 * @param action What was tried, for example `write to`.
 * @param folder The cache folder.
 * @param cause What the file system said.
 * @returns The error to throw.
 */
export function cannotUseCache(action: string, folder: string, cause: unknown): StageFailure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StageFailure(
    `Cannot ${action} the cache folder ${folder}: ${reason}; mend that or choose another folder with --cache`,
    { cause },
  );
}
