/**
 * `cache`: what the cache holds, in numbers.
 *
 * @module
 */
import { STAGES } from "../dataflow/stage_order.ts";
import { bytesText, counted } from "../report/quantities.ts";
import { inventoryOf, sizeOf, type StoredFile } from "../store/inventory.ts";
import { TraceStore } from "../store/trace_store.ts";

/** Files, and their size together. */
export interface Amount {
  /** How many. */
  readonly count: number;
  /** Bytes. */
  readonly bytes: number;
}

/** What the cache holds. */
export interface Census {
  /** The cache folder. */
  readonly cache: string;
  /** All files together, in bytes. */
  readonly bytes: number;
  /** The artifacts. */
  readonly artifacts: Amount;
  /** Those of each stage, in the order of the stages; `unknown` are those of which no trace says what made them. */
  readonly stages: Readonly<Record<string, Amount>>;
  /** How many tasks are known to have been computed. */
  readonly tasks: number;
  /** The files of traces. */
  readonly traces: Amount;
  /** What was set aside as damaged. */
  readonly damaged: Amount;
  /** Temporary files. */
  readonly leftovers: Amount;
  /** What only saves time. */
  readonly others: Amount;
  /** What is not of this program. */
  readonly foreign: Amount;
}

/**
 * Counts a cache.
 *
 * @param cache The cache folder.
 * @returns The numbers.
 * @throws {StageFailure} If it cannot be read.
 */
export function censusOf(cache: string): Census {
  const stageOf = new Map<string, string>();
  let tasks = 0;
  for (const { hash, task } of new TraceStore(cache).all()) {
    tasks++;
    const stage = task.split("/")[0], other = stageOf.get(hash);
    // Bytes that two stages came to are those of the first.
    if (other === undefined || STAGES.indexOf(stage) < STAGES.indexOf(other)) stageOf.set(hash, stage);
  }
  const { artifacts, aside, leftovers, traces, others, foreign } = inventoryOf(cache);
  const byStage = Map.groupBy(artifacts, ({ hash }) => stageOf.get(hash) ?? "unknown");
  const order = [...STAGES, ...[...byStage.keys()].filter((stage) => !STAGES.includes(stage)).sort()];
  return {
    cache,
    bytes: sizeOf([...artifacts, ...aside, ...leftovers, ...traces, ...others, ...foreign]),
    artifacts: amountOf(artifacts),
    stages: Object.fromEntries(
      order.filter((stage) => byStage.has(stage)).map((stage) => [stage, amountOf(byStage.get(stage)!)]),
    ),
    tasks,
    traces: amountOf(traces),
    damaged: amountOf(aside),
    leftovers: amountOf(leftovers),
    others: amountOf(others),
    foreign: amountOf(foreign),
  };
}

/**
 * A census for people.
 *
 * @param census The census.
 * @returns Lines of text.
 */
export function censusText({ cache, bytes, artifacts, stages, tasks, traces, ...rest }: Census): string {
  if (bytes === 0) return `${cache}: empty, or not there\n`;
  const line = (name: string, { count, bytes }: Amount, note = "") =>
    `  ${name.padEnd(14)} ${String(count).padStart(7)} ${bytesText(bytes).padStart(8)}${note && `   ${note}`}`;
  const others: [string, Amount, string][] = [
    ["traces", traces, `${counted(tasks, "task")} that are known`],
    ["damaged", rest.damaged, "set aside; nothing reads them"],
    ["leftovers", rest.leftovers, "temporary files of runs at work, or killed: gone an hour later"],
    ["other", rest.others, "what saves time, and notes of output folders"],
    ["foreign", rest.foreign, "not of this program"],
  ];
  return [
    `${cache}: ${counted(artifacts.count, "artifact")}, ${bytesText(bytes)} in all`,
    `  ${"".padEnd(14)} ${"files".padStart(7)} ${"size".padStart(8)}`,
    ...Object.entries(stages).map(([name, amount]) =>
      line(name, amount, name === "unknown" ? "no trace says what made them: runs make them again" : "")
    ),
    ...others.filter(([, { count }]) => count > 0).map(([name, amount, note]) => line(name, amount, note)),
    "",
  ].join("\n");
}

function amountOf(files: readonly StoredFile[]): Amount {
  return { count: files.length, bytes: sizeOf(files) };
}
