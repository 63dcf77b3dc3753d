/**
 * A process that is listened to while it runs: a test waits for what it says, and then does something, so that it passes on a slow machine as on a fast one.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { spawnProgram, type StartOptions } from "./program.ts";

/** Milliseconds after which nobody waits any more: far more than any machine needs, so that only a defect is met by it. */
const PATIENCE = 60_000;

/** Lines of a stream as they come. */
class Lines {
  /** All of them so far. */
  readonly all: string[] = [];
  /** Settles when the stream has ended. */
  readonly ended: Promise<void>;
  #read = 0;
  #woken: () => void = () => {};

  constructor(stream: ReadableStream<Uint8Array>) {
    this.ended = this.#listen(stream);
  }

  /** The next line that matches; those before it are passed by. */
  async next(pattern: RegExp): Promise<string> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      while (this.#read < this.all.length) {
        const line = this.all[this.#read++];
        if (pattern.test(line)) return line;
      }
      const left = end - performance.now();
      if (left <= 0) throw new Error(`Nothing like ${pattern} was said; what was: ${this.all.join("\n")}`);
      await this.#more(left);
    }
  }

  async #more(patience: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const woken = new Promise<void>((resolve) => {
      this.#woken = resolve;
      timer = setTimeout(resolve, patience);
    });
    await woken;
    clearTimeout(timer);
  }

  async #listen(stream: ReadableStream<Uint8Array>): Promise<void> {
    let rest = "";
    for await (const text of stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      this.all.push(...lines);
      this.#woken();
    }
    if (rest !== "") this.all.push(rest);
    this.#woken();
  }
}

/** A process and what it says. */
export class Conversation {
  readonly #child: Deno.ChildProcess;
  readonly #out: Lines;
  readonly #error: Lines;

  /**
   * Starts the program.
   *
   * @param words The words that a user adds to `deno task pipeline`.
   * @param options How it is started.
   */
  constructor(words: readonly string[], options: StartOptions = {}) {
    this.#child = spawnProgram(words, options);
    this.#out = new Lines(this.#child.stdout);
    this.#error = new Lines(this.#child.stderr);
  }

  /** All lines on stderr so far. */
  get said(): readonly string[] {
    return this.#error.all;
  }

  /**
   * Waits for something on stderr.
   *
   * @param pattern What a line matches.
   * @returns The line.
   */
  hears(pattern: RegExp): Promise<string> {
    return this.#error.next(pattern);
  }

  /**
   * Waits for an event on stdout, of a program that was started with `--json`.
   *
   * @param kind Its kind.
   * @returns The event.
   */
  async event(kind: string): Promise<Record<string, unknown>> {
    return JSON.parse(await this.#out.next(new RegExp(`^{"event":"${kind}"`))) as Record<string, unknown>;
  }

  /** The exit code, when the program has ended. */
  get code(): Promise<number> {
    return this.#child.status.then(({ code }) => code);
  }

  /** All events so far. */
  get events(): Record<string, unknown>[] {
    return this.#out.all.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /**
   * Waits for something that the program does without saying so.
   *
   * @param what What that is.
   * @param isDone Whether it has been done.
   */
  async until(what: string, isDone: () => boolean): Promise<void> {
    const end = performance.now() + PATIENCE;
    while (!isDone()) {
      if (performance.now() > end) throw new Error(`It never came to pass that ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /**
   * Presses Ctrl-C, and expects the program to end by it.
   *
   * @returns All lines on stderr.
   */
  async interrupt(): Promise<readonly string[]> {
    this.#child.kill("SIGINT");
    const { code } = await this.#child.status;
    await Promise.all([this.#out.ended, this.#error.ended]);
    assertEquals(code, 130, this.said.join("\n"));
    return this.said;
  }

  /** Ends the program if a test has failed before it did. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended
    }
    await this.#child.status;
    await Promise.all([this.#out.ended, this.#error.ended]);
  }
}
