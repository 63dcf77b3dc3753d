/**
 * Which files a study may extend: those of its own project, so that a study from elsewhere cannot have the program read what is none
 * of its business and show it in an error.
 *
 * @module
 */
import { shown } from "../errors.ts";
import { nearestName } from "./nearest_name.ts";
import { readSource, type Source } from "./source.ts";
import { readStudyFile, StudyFileError, studyText } from "./study_file.ts";

/** A base that was read, or why it cannot be, to be read after its key. */
export type FoundBase =
  | { readonly file: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly reason: string };

/** The bases of one study. */
export class BaseFiles {
  /** The folder that bases must be in: that of the project if the study is in it, else that of the study. */
  readonly #root: string;

  /** The bases of a study in a file. */
  constructor(studyFile: string) {
    const project = realPath(".") ?? "/", folder = realPath(folderOf(studyFile)) ?? project;
    this.#root = isBelow(folder, project) ? project : folder;
  }

  /**
   * Returns the file that a file extends.
   *
   * @param from The file that says so.
   * @param name The path as it stands there.
   */
  read(from: string, name: string): FoundBase {
    if (/^([/\\~]|[A-Za-z]:[/\\]|[a-z][a-z0-9+.-]*:\/\/)/.test(name)) {
      return { reason: `must be a path seen from this file, such as base/slab.yaml: got ${shown(name)}` };
    }
    // deno-lint-ignore no-control-regex
    if (/[\x00-\x1f\x7f]/.test(name)) return { reason: `must be the path of a file: got ${shown(name)}` };
    const file = normal(`${folderOf(from)}/${name}`), folder = realPath(folderOf(from));
    // First by its name, so that nothing outside is even looked for, then with all links followed.
    const isInside = folder !== undefined && isBelow(normal(`${folder}/${name}`), this.#root);
    const real = isInside ? realPath(file) : undefined;
    if (!isInside || real !== undefined && !isBelow(real, this.#root)) {
      return { reason: `must stay in ${this.#root}: got ${shown(name)}: copy the file there` };
    }
    try {
      if (real === undefined) throw new StudyFileError(nearestFile(file));
      const bytes = readStudyFile(file);
      studyText(bytes);
      return { file, bytes };
    } catch (error) {
      if (!(error instanceof StudyFileError)) throw error;
      return { reason: `names ${file}, which cannot be read: ${error.message}` };
    }
  }

  /**
   * Returns a base that was read as a mapping.
   *
   * @throws {UsageError} If it holds none.
   */
  source(file: string, bytes: Uint8Array): Source {
    return readSource(studyText(bytes), file);
  }

  /** Returns whether two paths lead to one file. */
  isSame(one: string, other: string): boolean {
    return (realPath(one) ?? one) === (realPath(other) ?? other);
  }
}

function nearestFile(file: string): string {
  const folder = folderOf(file), name = file.slice(file.lastIndexOf("/") + 1);
  let names: string[] = [];
  try {
    names = [...Deno.readDirSync(folder)].filter((entry) => /\.ya?ml$/.test(entry.name)).map((entry) => entry.name);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `there is no folder ${folder}`;
  }
  const nearest = nearestName(name, names.sort());
  return `there is no such file: ${nearest === undefined ? "check its name" : `did you mean ${nearest}?`}`;
}

function folderOf(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash < 0 ? "." : slash === 0 ? "/" : file.slice(0, slash);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** A path without `.` and `..`, as far as they can be taken out without looking at the disk. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts[parts.length - 1] !== "..") parts.pop();
    else if (part !== ".." || !path.startsWith("/")) parts.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}

function realPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined; // what is not there, or may not be looked at, is nobody's base
  }
}
