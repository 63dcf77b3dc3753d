/**
 * The program's own sources in a place where they can be edited.
 *
 * @module
 */
import { Conversation } from "./conversation.ts";
import { copyFolder } from "./listing.ts";
import { type Outcome, REPOSITORY, runProgram, taskWords } from "./program.ts";
import { edited } from "./study_text.ts";
import type { Workspace } from "./workspace.ts";

/** A copy of the program, to be edited. */
export class ProjectCopy {
  /** Its folder. */
  readonly folder: string;
  readonly #desk: Workspace;

  /**
   * Copies the program.
   *
   * @param desk The desk to which it goes, whose folders its runs take.
   */
  constructor(desk: Workspace) {
    const repository = decodeURIComponent(REPOSITORY.pathname);
    this.folder = `${desk.folder}/copy`;
    this.#desk = desk;
    for (const name of ["pipeline", "stages"]) copyFolder(repository + name, `${this.folder}/${name}`);
    for (const name of ["deno.json", "deno.lock"]) Deno.copyFileSync(repository + name, `${this.folder}/${name}`);
  }

  /**
   * Runs the copy.
   *
   * @param words The words of the user.
   * @returns How it ended.
   */
  run(words: readonly string[]): Promise<Outcome> {
    const { out, cache } = this.#desk;
    return runProgram([...words, "--out", out, "--cache", cache], { folder: this.folder, task: taskWords() });
  }

  /**
   * Starts the copy, to be listened to.
   *
   * @param words The words of the user.
   * @returns The process.
   */
  converse(words: readonly string[]): Conversation {
    const { out, cache } = this.#desk;
    return new Conversation([...words, "--out", out, "--cache", cache], { folder: this.folder });
  }

  /**
   * Edits a source file in one place.
   *
   * @param path Its path.
   * @param from What is there exactly once.
   * @param to What takes its place.
   */
  edit(path: string, from: string, to: string): void {
    const file = `${this.folder}/${path}`;
    Deno.writeTextFileSync(file, edited(Deno.readTextFileSync(file), from, to));
  }
}
