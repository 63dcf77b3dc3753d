/**
 * What a run says while it goes on: a line that rewrites itself on a terminal, a line now and then elsewhere, JSON for programs, or nothing.
 *
 * @module
 */
import type { Tally } from "./tally.ts";

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
  record(event: Record<string, unknown>): void;
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

/** How a study ended. */
export interface StudySummary {
  /** The study's name. */
  readonly study: string;
  /** Where its results are. */
  readonly folder: string;
  /** What it took. */
  readonly seconds: number;
  /** The files there. */
  readonly files: readonly string[];
  /** Counts stage by stage. */
  readonly stages: Record<string, { computed: number; cached: number }>;
}

/** Where a reporter writes. */
export interface ReporterStreams {
  /** For people. */
  readonly error: { writeSync(bytes: Uint8Array): number; isTerminal(): boolean };
  /** For programs. */
  readonly out: { writeSync(bytes: Uint8Array): number };
  /** Width of the terminal. */
  columns(): number;
  /** The time in ms. */
  now(): number;
}

/** Milliseconds between two progress lines, on a terminal and elsewhere. */
const TERMINAL_INTERVAL = 100, LOG_INTERVAL = 30_000;

/** Width of a terminal that does not tell its own. */
const UNKNOWN_COLUMNS = 80;

/** Clears the line that the cursor is on. */
const CLEAR = "\r\x1b[2K";

/** Reports to people and programs. */
export class TextReporter implements Reporter {
  readonly #streams: ReporterStreams;
  readonly #quiet: boolean;
  readonly #json: boolean;
  #tally: Tally | undefined;
  #study = "";
  #lastLine = 0;
  #lineShown = false;

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
    this.#lastLine = this.#streams.error.isTerminal() ? 0 : this.#streams.now();
    this.record({ event: "started", study });
  }

  /** See {@linkcode Reporter.progressed}. */
  progressed(): void {
    const terminal = this.#streams.error.isTerminal(), now = this.#streams.now();
    if (this.#tally === undefined || now - this.#lastLine < (terminal ? TERMINAL_INTERVAL : LOG_INTERVAL)) return;
    this.#lastLine = now;
    this.record({
      event: "progress",
      study: this.#study,
      stages: this.#tally.summary(),
      secondsLeft: this.#tally.secondsLeft(),
    });
    if (this.#quiet) return;
    const line = progressLine(this.#study, this.#tally);
    if (!terminal) return this.#write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
    const columns = this.#streams.columns() || UNKNOWN_COLUMNS; // some terminals say 0
    this.#write(CLEAR + line.slice(0, Math.max(1, columns - 1)));
    this.#lineShown = true;
  }

  /** See {@linkcode Reporter.finished}. */
  finished(summary: StudySummary): void {
    this.record({ event: "finished", ...summary });
    if (!this.#quiet) this.say(summaryLine(summary));
  }

  /** See {@linkcode Reporter.say}. */
  say(message: string): void {
    this.#write(`${this.#lineShown ? CLEAR : ""}${message}\n`);
    this.#lineShown = false;
  }

  /** See {@linkcode Reporter.record}. */
  record(event: Record<string, unknown>): void {
    if (this.#json) writeAll(this.#streams.out, `${JSON.stringify(event)}\n`);
  }

  #write(text: string): void {
    writeAll(this.#streams.error, text);
  }
}

/**
 * The progress of a study in one line.
 *
 * @param study Its name.
 * @param tally Its counts.
 * @returns Counts of the stages that have begun, and the time left when it can be told.
 */
export function progressLine(study: string, tally: Tally): string {
  const stages = [...tally.stages].filter(([, { computed, cached }]) => computed + cached > 0).map(([name, count]) => {
    const done = count.computed + count.cached;
    return `${name} ${done}${count.expected > 0 ? `/${Math.max(count.expected, done)}` : ""}`;
  });
  const left = tally.secondsLeft();
  return [study, ...stages, ...(left === undefined ? [] : [`${duration(left)} left`])].join("  ");
}

function summaryLine({ study, folder, seconds, files, stages }: StudySummary): string {
  const computed = Object.entries(stages).filter(([, count]) => count.computed > 0).map(([name, count]) =>
    `${name} ${count.computed}`
  );
  const work = computed.length === 0 ? "nothing to compute" : `computed ${computed.join(", ")}`;
  return `${study}: done in ${duration(seconds)}, ${work}; ${files.length} files in ${folder}/`;
}

/**
 * A time for people.
 *
 * @param seconds Seconds.
 * @returns For example `0.42 s`, `12 s`, `3 min 5 s` or `2 h 4 min`.
 */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toPrecision(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) written += stream.writeSync(bytes.subarray(written));
}
