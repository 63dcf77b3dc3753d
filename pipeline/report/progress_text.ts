/**
 * How far a study is and how it ended, in words: as a block that rewrites itself, or as one line for a log.
 *
 * @module
 */
import type { StageCount, Tally } from "./tally.ts";
import { aligned, cut, styled, type Terminal } from "./terminal.ts";

/**
 * The progress of a study in one line.
 *
 * @param study Its name.
 * @param tally Its counts.
 * @returns Counts of the stages that have begun, what of that was cached, and the time left when it can be told.
 */
export function progressLine(study: string, tally: Tally): string {
  const stages = begun(tally).map(([name, count]) => {
    const cached = count.cached > 0 && count.computed > 0 ? ` (${count.cached} cached)` : "";
    return `${name} ${doneText(count)}${cached}`;
  });
  const left = tally.secondsLeft();
  return [study, ...stages, ...(left === undefined ? [] : [`${duration(left)} left`])].join("  ");
}

/**
 * The progress of a study as a block for a terminal, with a line a stage.
 *
 * @param study Its name.
 * @param tally Its counts.
 * @param seconds Since it began.
 * @param terminal Where it is read.
 * @returns Lines that do not wrap; only the first of them where there is no room for all.
 */
export function progressBlock(study: string, tally: Tally, seconds: number, terminal: Terminal): string[] {
  const width = Math.max(1, terminal.columns - 1), left = tally.secondsLeft();
  const time = [duration(seconds), ...left === undefined ? [] : [`${duration(left)} left`]].join(", ");
  const rows = begun(tally).map(([name, count]) => {
    const pace = tally.pace(name);
    return [
      `  ${name}`,
      doneText(count),
      count.cached > 0 ? `${count.cached} cached` : "",
      // Of a stage that may be done already the pace says nothing.
      ...pace?.secondsLeft === undefined ? ["", ""] : [rateText(pace.perSecond), `${duration(pace.secondsLeft)} left`],
    ];
  });
  if (rows.length + 2 > terminal.rows) return [cut(progressLine(study, tally), width)];
  const head = cut(`${study}  ${time}`, width), bold = Math.min(study.length, head.length);
  const lines = aligned(rows, [1, 2, 3]).map((line) => cut(line, width));
  return [styled(head.slice(0, bold), "bold", terminal) + head.slice(bold), ...lines];
}

function begun(tally: Tally): [string, StageCount][] {
  return [...tally.stages].filter(([, { computed, cached }]) => computed + cached > 0);
}

function doneText({ computed, cached, expected }: StageCount): string {
  const done = computed + cached;
  return `${done}${expected > 0 ? `/${Math.max(expected, done)}` : ""}`;
}

function rateText(perSecond: number): string {
  if (perSecond >= 1) return `${perSecond < 10 ? perSecond.toPrecision(2) : Math.round(perSecond)}/s`;
  return perSecond * 60 >= 1 ? `${Math.round(perSecond * 60)}/min` : `${Math.round(perSecond * 3600)}/h`;
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

/**
 * How a study ended, in one line.
 *
 * @param summary What came of it.
 * @returns What was computed, what was there, and where the results are.
 */
export function summaryLine({ study, folder, seconds, files, stages }: StudySummary): string {
  const counts = Object.entries(stages), computed = counts.filter(([, count]) => count.computed > 0);
  const cached = counts.reduce((sum, [, count]) => sum + count.cached, 0);
  const names = computed.map(([name, count]) => `${name} ${count.computed}`).join(", ");
  const work = computed.length === 0
    ? "nothing to compute"
    : `computed ${names}${cached > 0 ? ` (${cached} cached)` : ""}`;
  const page = files.includes("report.html") ? ", report.html shows them all" : "";
  return `${study}: done in ${duration(seconds)}, ${work}; ${files.length} files in ${folder}/${page}`;
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
