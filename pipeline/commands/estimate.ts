/**
 * How long a study will take and how much memory it needs, about, so that nobody finds out after a night that two digits too many were
 * typed.
 *
 * @module
 */
import { getHeapStatistics } from "node:v8";
import { observableWork, OVERHEAD, tableRows } from "../../stages/cost.ts";
import type { FlowStudy } from "../dataflow/flow.ts";
import { duration } from "../report/reporter.ts";
import { type SampledSweep, waysThrough } from "./sweep_reach.ts";

/** What a study takes, about. */
export interface Estimate {
  /** Seconds on one core, with an empty cache. */
  readonly seconds: number;
  /** What takes most of them. */
  readonly mostly: string;
  /** Bytes of memory at the peak. */
  readonly bytes: number;
  /** What takes most of them. */
  readonly largest: string;
}

/** A study of more than this is not begun unless it is asked for once more; one of more than an hour is announced. */
const LONGEST = 24 * 3600, LONG = 3600;

/**
 * Estimates what a study takes.
 *
 * @param flow The study.
 * @param sample Points of it.
 * @param columns How many columns the table of an observable has.
 */
export function estimate(flow: FlowStudy, sample: SampledSweep, columns: (observable: string) => number): Estimate {
  const { points, axes } = sample;
  const count = axes.reduce((product, axis) => product * axis[0].values.length, 1);
  const seconds = new Map<string, number>(), bytes = new Map<string, number>();
  const most = (map: Map<string, number>, key: string, value: number) =>
    map.set(key, Math.max(map.get(key) ?? 0, value));
  for (const { definition, settings } of flow.observables) {
    const { name } = definition;
    const works = points.map((point) => observableWork(name, settings, point));
    const kinds = new Map(works.flat().map(({ name, steps }) => [name, steps]));
    for (const [kind, steps] of kinds) {
      const all = works.map((found) => found.find((work) => work.name === kind)?.seconds ?? 0);
      most(seconds, kind, mean(all) * waysThrough(definition, settings, steps, sample));
    }
    const cells = mean(points.map((point) => tableRows(name, settings, point))) * count * columns(name);
    seconds.set(`the table of ${name}`, cells * OVERHEAD.cell.seconds + count * OVERHEAD.point.seconds);
    bytes.set(`the table of ${name}`, cells * OVERHEAD.cell.bytes);
  }
  bytes.set(`${count} points`, count * OVERHEAD.point.bytes * flow.observables.length);
  const [time, memory] = [total(seconds), total(bytes)];
  return { seconds: time.sum, mostly: time.largest, bytes: memory.sum, largest: memory.largest };
}

/** What an estimate comes to: sentences that end a run before it begins, and those that are only said. */
export interface Foresight {
  /** Why it should not be begun. */
  readonly problems: readonly string[];
  /** What is good to know. */
  readonly warnings: readonly string[];
}

/**
 * Returns what is to be said about an estimate.
 *
 * @param file The study's file.
 * @param estimated The estimate.
 * @param options How many workers there are, how much memory there may be, and whether the user knows.
 */
export function foresight(
  file: string,
  { seconds, mostly, bytes, largest }: Estimate,
  { workers, memory, unlimited }: { readonly workers: number; readonly memory: number; readonly unlimited: boolean },
): Foresight {
  const time = seconds / workers, warnings: string[] = [], problems: string[] = [];
  const [long, large] = [
    `it would take about ${span(time)} with ${workers} worker${workers === 1 ? "" : "s"}, most of it for ${mostly}`,
    `it would need about ${gigabytes(bytes)} of memory, most of it for ${largest}, and there are ${gigabytes(memory)}`,
  ];
  const refuse = (reason: string, hint: string) =>
    unlimited
      ? warnings.push(`${file}: ${reason}`)
      : problems.push(`Cannot run ${file}: ${reason}; ${hint}, or add --unlimited to run it all the same`);
  if (time > LONGEST) refuse(long, "use a coarser grid or fewer points");
  else if (time > LONG) warnings.push(`${file}: ${long}; what is cached already takes less`);
  if (bytes > memory) refuse(large, "use fewer values or split the study");
  return { problems, warnings };
}

/** The memory that tables and points may take, in bytes: that of the engine, which follows from the machine's. */
export function availableMemory(): number {
  return getHeapStatistics().heap_size_limit;
}

function total(parts: ReadonlyMap<string, number>): { readonly sum: number; readonly largest: string } {
  const sorted = [...parts].sort(([, a], [, b]) => b - a);
  return { sum: sorted.reduce((all, [, value]) => all + value, 0), largest: sorted[0]?.[0] ?? "nothing" };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function span(seconds: number): string {
  const days = seconds / 86400;
  if (days < 2) return duration(seconds);
  return days < 730 ? `${Math.round(days)} days` : `${Math.round(days / 365)} years`;
}

function gigabytes(bytes: number): string {
  return `${Number((bytes / 2 ** 30).toPrecision(2))} GB`;
}
