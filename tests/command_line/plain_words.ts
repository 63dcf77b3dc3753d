/**
 * What every message to users has to be, whatever it says: words, not the insides of the program.
 *
 * @module
 */
import { assert } from "@std/assert";

/**
 * Expects a text to be fit for a log file and for people.
 *
 * @param text What was written to stderr, which was no terminal.
 * @throws {Error} If it has control characters, a stack trace or an address of a source file.
 */
export function assertPlainWords(text: string): void {
  // deno-lint-ignore no-control-regex
  assert(!/[\x00-\x09\x0b-\x1f\x7f]/.test(text), `control characters in ${JSON.stringify(text)}`);
  assert(!/^\s+at .+[:(]/m.test(text), `a stack trace in ${text}`);
  assert(!/file:\/\/|Uncaught|\[object|undefined/.test(text), `the insides of the program in ${text}`);
  assert(text === "" || text.endsWith("\n"), `an unfinished line in ${text}`);
}
