/**
 * From a name on the command line to text: what is not a short text file of somebody's own is refused before it is opened, since a
 * pipe never ends and a device has no end.
 *
 * @module
 */
import { nearestName } from "./nearest_name.ts";

/** The largest study file, in bytes. */
export const LARGEST_FILE = 2 ** 20;

/** A study's file that cannot be read. */
export class StudyFileError extends Error {
  /** The name of this kind of error. */
  override name = "StudyFileError";
}

/**
 * Returns the bytes of a file, of at most {@linkcode LARGEST_FILE}.
 *
 * @throws {StudyFileError} With the reason and what to do about it, without the file's name.
 */
export function readStudyFile(file: string): Uint8Array<ArrayBuffer> {
  try {
    const { isDirectory, isFile, size } = Deno.statSync(file);
    if (isDirectory) throw new StudyFileError(`it is a directory: name a study in it, as in ${file}/NAME.yaml`);
    if (!isFile) throw new StudyFileError("it is no regular file but a pipe or a device: name a study's YAML file");
    if (size > LARGEST_FILE) throw tooLarge();
    return Deno.readFileSync(file);
  } catch (error) {
    if (error instanceof StudyFileError) throw error;
    throw new StudyFileError(systemReason(error as Error, file));
  }
}

/**
 * Returns the text that bytes stand for.
 *
 * @throws {StudyFileError} If they are no UTF-8 text, or too many.
 */
export function studyText(bytes: Uint8Array): string {
  if (bytes.length > LARGEST_FILE) throw tooLarge();
  if (bytes[0] === 0xff && bytes[1] === 0xfe || bytes[0] === 0xfe && bytes[1] === 0xff) {
    throw new StudyFileError("it is UTF-16 text: save it as UTF-8");
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StudyFileError("it is not UTF-8 text: save it as UTF-8");
  }
  if (text.includes("\0")) throw new StudyFileError("it is no text: it has zero bytes; name a study's YAML file");
  return text;
}

/** The error of a text that is too long. */
export function tooLarge(): StudyFileError {
  return new StudyFileError("it is larger than 1 MiB: a study is a short text, so check that this is one");
}

function systemReason(error: Error, file: string): string {
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
    // People name a study by its name, without its folder or its ending.
    const meant = [`${file}.yaml`, `configs/${file}`, `configs/${file}.yaml`].find(isFile) ?? nearestStudy(file);
    const hint = meant === undefined ? "check its name and the folder you are in" : `did you mean ${meant}?`;
    return `there is no such file: ${hint}`;
  }
  if (error instanceof Deno.errors.FilesystemLoop) return "its links go round in a circle: name the file itself";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied: check who may read it";
  if (error instanceof Deno.errors.NotCapable) return "it belongs to the system: name a study's YAML file";
  return error.message;
}

/** The study of `configs/` whose name is most like that of a file which is not there. */
function nearestStudy(file: string): string | undefined {
  try {
    const names = [...Deno.readDirSync("configs")].flatMap(({ name }) => /^(.*)\.ya?ml$/.exec(name)?.[1] ?? []).sort();
    const name = file.replace(/^.*\//, "").replace(/\.[a-z]+$/i, ""), nearest = nearestName(name, names);
    return nearest && [`configs/${nearest}.yaml`, `configs/${nearest}.yml`].find(isFile);
  } catch (error) {
    if (error instanceof Error) return undefined; // for a hint it does not matter why
    throw error;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false; // for a hint it does not matter why
  }
}
