/**
 * What a run says while it goes on: a line that rewrites itself on a terminal, a line now and then elsewhere, JSON for programs, or nothing.
 *
 * @module
 */
import { duration, progressBlock, progressLine, type StudySummary, summaryLine } from "./progress_text.ts";
import type { RunEvent } from "./run_event.ts";
import type { Tally } from "./tally.ts";
import { styled, type Terminal, wrapped } from "./terminal.ts";

export { duration, type StudySummary } from "./progress_text.ts";

/** Tells of a run. */
export interface Reporter {
  /** A study begins. */
  started(study: string, tally: Tally): void;
  /** Something was counted. */
  progressed(): void;
  /** A study is done. */
  finished(summary: StudySummary): void;
  /** A message for people: a warning, a plan, an error. */
  say(message: string): void;
  /** Something for programs. */
  record(event: RunEvent): void;
}

/**
 * Tells people and programs what is odd about a study.
 *
 * @param reporter Who tells.
 * @param study The study's name.
 * @param warnings Sentences.
 */
export function warn(reporter: Reporter, study: string, warnings: readonly string[]): void {
  for (const message of warnings) {
    reporter.record({ event: "warning", study, message });
    reporter.say(`Warning: ${message}`);
  }
}

/** Where a reporter writes. */
export interface ReporterStreams {
  /** For people. */
  readonly error: { writeSync(bytes: Uint8Array): number };
  /** For programs. */
  readonly out: { writeSync(bytes: Uint8Array): number };
  /** What people read on; it may change its size. */
  terminal(): Terminal;
  /** The time in ms. */
  now(): number;
}

/** Milliseconds between two looks at the progress: on a terminal, in a log, and for programs. */
const TERMINAL_INTERVAL = 100, LOG_INTERVAL = 30_000, EVENT_INTERVAL = 1000;

/** Clears from the cursor to the end of the line, and of the screen. */
const CLEAR_LINE = "\x1b[K", CLEAR_BELOW = "\x1b[J";

/** Reports to people and programs. */
export class TextReporter implements Reporter {
  readonly #streams: ReporterStreams;
  readonly #quiet: boolean;
  readonly #json: boolean;
  readonly #begun = performance.now();
  #tally: Tally | undefined;
  #study = "";
  #started = 0;
  #lastShown = 0;
  #lastEvent = 0;
  /** Lines that stand on the terminal and are to be written over. */
  #lines = 0;
  readonly #ended: { readonly done: Set<string>; readonly failed: Set<string> } = {
    done: new Set(),
    failed: new Set(),
  };

  /**
   * A reporter between studies.
   *
   * @param streams Where to write.
   * @param options What was asked for: `quiet`, no progress; `json`, one JSON object a line on stdout.
   */
  constructor(streams: ReporterStreams, options: { readonly quiet: boolean; readonly json: boolean }) {
    this.#streams = streams;
    this.#quiet = options.quiet;
    this.#json = options.json;
  }

  /** See {@linkcode Reporter.started}. */
  started(study: string, tally: Tally): void {
    this.#tally = tally;
    this.#study = study;
    this.#started = this.#streams.now();
    this.#lastShown = this.#streams.terminal().columns > 0 ? 0 : this.#started;
    this.#lastEvent = -Infinity; // the first one at once, however short the run
    this.record({ event: "started", study });
  }

  /** See {@linkcode Reporter.progressed}. */
  progressed(): void {
    const tally = this.#tally, now = this.#streams.now();
    if (tally === undefined) return;
    if (this.#json && now - this.#lastEvent >= EVENT_INTERVAL) {
      this.#lastEvent = now;
      const stages = Object.fromEntries(
        [...tally.stages].map(([name, { computed, cached, expected }]) => [name, { computed, cached, expected }]),
      );
      this.record({ event: "progress", study: this.#study, stages, secondsLeft: tally.secondsLeft() });
    }
    if (this.#quiet || now - this.#lastShown < TERMINAL_INTERVAL) return;
    const terminal = this.#streams.terminal();
    if (terminal.columns > 0) {
      this.#lastShown = now;
      this.#show(progressBlock(this.#study, tally, (now - this.#started) / 1000, terminal));
    } else if (now - this.#lastShown >= LOG_INTERVAL) {
      this.#lastShown = now;
      this.#write(`${new Date().toISOString().slice(11, 19)} ${progressLine(this.#study, tally)}\n`);
    }
  }

  /** See {@linkcode Reporter.finished}. */
  finished(summary: StudySummary): void {
    this.record({ event: "finished", ...summary });
    this.#ended.done.add(summary.study);
    this.#ended.failed.delete(summary.study);
    if (this.#quiet) return;
    const terminal = this.#streams.terminal();
    const [first, ...more] = wrapped(summaryLine(summary), terminal.columns === 0 ? 0 : terminal.columns - 1, "  ");
    const { length } = summary.study;
    this.say([styled(first.slice(0, length), "bold", terminal) + first.slice(length), ...more].join("\n"));
  }

  /**
   * Sums up a run of several studies, so that a failure among many is not overlooked.
   *
   * @param out Where results are.
   */
  ended(out: string): void {
    const { done, failed } = this.#ended, all = done.size + failed.size;
    if (this.#quiet || all < 2) return;
    const time = duration((performance.now() - this.#begun) / 1000);
    this.say(
      failed.size === 0
        ? `${all} studies done in ${time}; results in ${out}/`
        : `${done.size} of ${all} studies done in ${time}, results in ${out}/; failed: ${[...failed].join(", ")}`,
    );
  }

  /** See {@linkcode Reporter.say}. */
  say(message: string): void {
    const terminal = this.#streams.terminal();
    const told = message.replace(/^Warning:/, (word) => styled(word, "yellow", terminal));
    this.#write(`${this.#home()}${this.#lines > 0 ? CLEAR_BELOW : ""}${told}\n`);
    this.#lines = 0;
  }

  /** See {@linkcode Reporter.record}. */
  record(event: RunEvent): void {
    if (event.event === "failed") this.#ended.failed.add(event.study);
    if (this.#json) writeAll(this.#streams.out, `${JSON.stringify(event)}\n`);
  }

  /** Writes lines over those that stand there, at once, so that nothing flickers. */
  #show(lines: readonly string[]): void {
    this.#write(`${this.#home()}${lines.map((line) => line + CLEAR_LINE).join("\n")}${CLEAR_BELOW}`);
    this.#lines = lines.length;
  }

  /** Takes the cursor to where the lines begin. */
  #home(): string {
    if (this.#lines === 0) return "";
    return this.#lines === 1 ? "\r" : `\r\x1b[${this.#lines - 1}A`;
  }

  #write(text: string): void {
    writeAll(this.#streams.error, text);
  }
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) written += stream.writeSync(bytes.subarray(written));
}
