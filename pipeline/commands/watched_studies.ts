/**
 * The studies of `--watch` as they are in their files: looked at again and again, so that what counts is what is there now, however it came there, and not how
 * a file system tells of it.
 *
 * @module
 */
import type { Settings } from "../arguments.ts";
import { UsageError } from "../errors.ts";
import { digestOf } from "../store/checked_file.ts";
import { type LoadedStudy, loadStudy } from "../study/load.ts";
import { textHashes } from "./finished.ts";
import { folderProblems } from "./output_folders.ts";
import { considered } from "./studies.ts";
import { STUDY_FOLDER, studyFiles } from "./study_files.ts";

/** Milliseconds after which a file that was written to is taken to be complete. */
const UNSETTLED = 40;

/** What a look found that was not so before. */
export interface Look {
  /** Studies with something new in their files, or in those that they extend. */
  readonly saved: readonly string[];
  /** Studies whose files are gone. */
  readonly gone: readonly string[];
  /** What is wrong with studies that were saved. */
  readonly errors: readonly UsageError[];
}

/** A study file as it was when it was last looked at. */
interface Seen {
  /** The hashes of its text and of those that it extends, as far as they can be read. */
  readonly texts: ReadonlyMap<string, string>;
  /** What it says; nothing if that is wrong. */
  readonly study?: LoadedStudy;
  /** What is wrong with it. */
  readonly error?: string;
}

/** The studies that are meant. */
export class WatchedStudies {
  readonly #settings: Settings;
  readonly #seen = new Map<string, Seen>();

  /**
   * Has not looked yet.
   *
   * @param settings What the user asked for.
   */
  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The studies that are valid, in their order. */
  get studies(): LoadedStudy[] {
    return this.#files().flatMap((file) => this.#seen.get(file)?.study ?? []);
  }

  /** The hashes of the texts of the studies that are valid, by file. */
  get texts(): Map<string, string> {
    return new Map(
      [...this.#seen].flatMap(([file, { texts, study }]) =>
        study === undefined ? [] : [[file, texts.get(file)!] as const]
      ),
    );
  }

  /** The folders in which a save would be one of these studies, or of what they extend. */
  get folders(): Set<string> {
    const named = this.#settings.studies.length === 0 ? [`${STUDY_FOLDER}/`] : this.#settings.studies;
    const files = [...named, ...[...this.#seen.values()].flatMap(({ texts }) => [...texts.keys()])];
    return new Set([...files, ...files.flatMap(linkedFile)].map((file) => file.replace(/[^/]*$/, "") || "./"));
  }

  /**
   * Looks at all files.
   *
   * @returns What is new.
   */
  async look(): Promise<Look> {
    const saved: string[] = [], gone: string[] = [], errors: UsageError[] = [], files = this.#files();
    for (const file of files) {
      const seen = this.#seen.get(file);
      const texts = await textHashes([file, ...seen?.study?.bases.map((base) => base.file) ?? []]);
      // What is wrong with a study may be in a file that it extends, and then nobody knows which: so that is looked at anew.
      if (seen?.study !== undefined && isSame(seen.texts, texts)) continue;
      if (!isThere(file) || isBeingWritten(file)) continue;
      const now = await this.#load(file);
      if (now === undefined) continue;
      const { error } = now;
      if (error !== undefined && error.message === seen?.error && seen.texts.get(file) === now.texts.get(file)) {
        continue;
      }
      const { study } = now;
      this.#seen.set(file, { texts: now.texts, ...study && { study }, ...error && { error: error.message } });
      saved.push(file);
      if (error !== undefined) errors.push(error);
    }
    for (const file of this.#seen.keys()) {
      if (files.includes(file) && isThere(file)) continue;
      this.#seen.delete(file);
      gone.push(file);
    }
    return { saved, gone, errors };
  }

  /** What keeps the valid studies from being run together. */
  problems(): string[] {
    return folderProblems(this.studies.map(({ study: { study }, file }) => ({ study, file })), this.#settings);
  }

  /** Reads a study, if its file does not change meanwhile: then whoever writes it is not done, and there is another look. */
  async #load(
    file: string,
  ): Promise<{ texts: Map<string, string>; study?: LoadedStudy; error?: UsageError } | undefined> {
    const before = await textHashes([file]);
    let study: LoadedStudy | undefined, error: UsageError | undefined;
    try {
      study = considered(loadStudy(file, this.#settings.overrides), this.#settings);
    } catch (thrown) {
      if (!(thrown instanceof UsageError)) throw thrown;
      error = thrown;
    }
    const texts = await textHashes([file]);
    if (!isSame(before, texts)) return undefined;
    for (const base of study?.bases ?? []) texts.set(base.file, await digestOf(base.bytes));
    return { texts, ...study && { study }, ...error && { error } };
  }

  /** The files that are meant, whether they are there or not; in the folder of studies all that are there. */
  #files(): readonly string[] {
    try {
      return studyFiles(this.#settings);
    } catch (error) {
      if (error instanceof UsageError) return []; // the folder is empty now, and may not stay so
      throw error;
    }
  }
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([file, hash]) => b.get(file) === hash);
}

function isThere(file: string): boolean {
  try {
    Deno.statSync(file);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    if (error instanceof Error) return true; // it is there, and reading it says what is wrong with it
    throw error;
  }
}

/** Whether a file was written to just now: whoever empties it first and then writes is seldom done sooner. */
function isBeingWritten(file: string): boolean {
  try {
    const age = Date.now() - (Deno.statSync(file).mtime?.getTime() ?? 0);
    return age >= 0 && age < UNSETTLED;
  } catch (error) {
    if (error instanceof Error) return false; // reading it says what is wrong with it
    throw error;
  }
}

/** Where a file is that is named by a link: what is saved there is saved here. */
function linkedFile(file: string): string[] {
  try {
    return file.endsWith("/") ? [] : [Deno.realPathSync(file)];
  } catch (error) {
    if (error instanceof Error) return []; // it is not there
    throw error;
  }
}
