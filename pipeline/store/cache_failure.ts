/**
 * One wording for a cache folder that the file system keeps us from using: read-only, full, or not a folder.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";

/** The cache folder cannot be used: no stage is to blame, and none can go on. */
export class CacheFailure extends StageFailure {
  /** Returns an error that keeps what the file system said as its `cause`. */
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = "CacheFailure";
  }
}

/**
 * The failure to use the cache folder.
 *
 * @param action What was tried, for example `write to`.
 * @param folder The cache folder.
 * @param cause What the file system said.
 * @returns The error to throw.
 */
export function cannotUseCache(action: string, folder: string, cause: unknown): CacheFailure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CacheFailure(
    `Cannot ${action} the cache folder ${folder}: ${reason}; mend that or choose another folder with --cache`,
    { cause },
  );
}
