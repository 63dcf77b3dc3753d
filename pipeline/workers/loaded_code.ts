/**
 * Keys are made of code as it is in the files; code is loaded when the program starts, and by each worker when it first needs it, which may be much later. If a
 * file changes in between, results of one version would be filed under the keys of the other, for good: so whoever files asks here first.
 *
 * @module
 */
import { ProgramChanged } from "../errors.ts";

/** What has been loaded, anywhere. */
export class LoadedCode {
  readonly #changed: (module: string) => readonly string[];
  #files: readonly string[] = [];

  /**
   * Nothing has been loaded yet.
   *
   * @param changed Gives the files behind a module that are not what keys are made of.
   */
  constructor(changed: (module: string) => readonly string[]) {
    this.#changed = changed;
  }

  /**
   * Takes note of a module that has been loaded: of results that came with it before this, none must have been filed.
   *
   * @param module Its URL.
   * @returns Whether all that has been loaded is what it should be.
   */
  note(module: string): boolean {
    if (this.#files.length === 0) this.#files = this.#changed(module);
    return this.#files.length === 0;
  }

  /**
   * Ends what must not go on with other code.
   *
   * @throws {ProgramChanged} If something has been loaded that is not what it should be.
   */
  check(): void {
    if (this.#files.length > 0) throw new ProgramChanged(this.#files);
  }
}
