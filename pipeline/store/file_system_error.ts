/**
 * Tells what the file system objects to from what is wrong with the program: the first may be borne where a file only saves time, the second never.
 *
 * @module
 */

/**
 * Whether an error comes from the file system: a disk that is full, a folder that is read-only.
 *
 * @param error What was thrown.
 * @returns Whether it has a code of the system, such as ENOSPC.
 */
export function isFileSystemError(error: unknown): error is Error {
  return error instanceof Error && typeof (error as { readonly code?: unknown }).code === "string";
}
