/**
 * Keys are made of code as it is in the files; code is loaded when the program starts, and by each worker when it first needs it, which may be much later. If a
 * file changes in between, results of one version would be filed under the keys of the other, for good: so whoever files asks here first.
 *
 * @module
 */
import { ProgramChanged } from "../errors.ts";

/** What has been loaded, anywhere. */
export class LoadedCode {
  #changed: ((module: string) => readonly string[]) | undefined;
  #files: readonly string[] = [];
  /** What was loaded before anybody could judge it. */
  readonly #early: string[] = [];

  /**
   * Nothing has been loaded yet.
   *
   * @param changed Gives the files behind a module that are not what keys are made of; left out if nobody knows yet ({@linkcode LoadedCode.judgeBy}).
   */
  constructor(changed?: (module: string) => readonly string[]) {
    this.#changed = changed;
  }

  /**
   * Judges what has been loaded, and what will be: needed before the first result is filed.
   *
   * @param changed Gives the files behind a module that are not what keys are made of.
   * @returns Whether all that has been loaded is what it should be.
   */
  judgeBy(changed: (module: string) => readonly string[]): boolean {
    this.#changed = changed;
    for (const module of this.#early.splice(0)) this.note(module);
    return this.#files.length === 0;
  }

  /**
   * Takes note of a module that has been loaded: of results that came with it before this, none must have been filed.
   *
   * @param module Its URL.
   * @returns Whether all that has been loaded is what it should be, as far as that is known.
   */
  note(module: string): boolean {
    if (this.#changed === undefined) this.#early.push(module);
    else if (this.#files.length === 0) this.#files = this.#changed(module);
    return this.#files.length === 0;
  }

  /**
   * Ends what must not go on with other code.
   *
   * @throws {ProgramChanged} If something has been loaded that is not what it should be.
   * @throws {Error} If nobody has said by what that is judged.
   */
  check(): void {
    if (this.#changed === undefined) throw new Error("Cannot file a result: nobody judges the code that it comes from");
    if (this.#files.length > 0) throw new ProgramChanged(this.#files);
  }
}
