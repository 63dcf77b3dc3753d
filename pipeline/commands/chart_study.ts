/**
 * A chart held against the run that left it, and against its study as that is now.
 *
 * @module
 */
import type { Provenance } from "../../stages/chart/provenance.ts";
import { isPlanned, type PlannedTask, type Planner } from "../dataflow/planner.ts";
import { parameterHash } from "../dataflow/parameter_hash.ts";
import { STAGES } from "../dataflow/stage_order.ts";
import { listed } from "../errors.ts";
import { changeWords } from "../report/changes.ts";
import { recordedStudy, type RunFolder } from "../report/run_folder.ts";
import { reasonText } from "../report/study_plan.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import type { Trace } from "../store/trace.ts";
import { TraceStore } from "../store/trace_store.ts";
import { differences } from "../study/differences.ts";
import { loadStudy } from "../study/load.ts";
import { type Override, parseOverride } from "../study/overrides.ts";
import type { Study } from "../study/schema.ts";
import { LastRun } from "./last_run.ts";
import { plannedStudy } from "./planned_study.ts";
import { sourcesFor } from "./sources.ts";
import { codeRoots, flowStudy, kernel } from "./studies.ts";
import type { Finding } from "./verify.ts";

/** Which study is meant. */
export interface AskedStudy {
  /** Its file; undefined for the one that the record names. */
  readonly study: string | undefined;
  /** What to change in it; undefined for what the record has. */
  readonly overrides: readonly Override[] | undefined;
  /** The cache folder. */
  readonly cache: string;
  /** The folder of the chart. */
  readonly folder: string;
}

/** Changes that are listed. */
const MOST = 4;

/**
 * Whether the record of its run says of a chart what it says of itself.
 *
 * @param run The run; undefined if there is none beside it.
 * @param provenance What the chart says.
 * @returns The finding; without a run nothing speaks against it.
 */
export function recordFinding(run: RunFolder | undefined, provenance: Provenance): Finding {
  const check = "record";
  if (run === undefined) {
    return {
      check,
      holds: true,
      text: `There is no run.json of the study ${provenance.study} beside it to compare with`,
    };
  }
  const { folder, record: { outputs } } = run, study = recordedStudy(run.record);
  const observables = Object.keys(provenance.tables);
  const unlike = [
    ...outputs[`${provenance.chart}.svg`]?.from[0] === provenance.spec ? [] : ["the spec that was drawn"],
    ...observables.filter((name) => outputs[`${name}.csv`]?.from[0] !== provenance.tables[name]).map((name) =>
      `the table ${name}`
    ),
    ...study !== undefined && parameterHash(flowStudy({ study }), observables) === provenance.parameters
      ? []
      : ["the parameters"],
  ];
  const text = unlike.length === 0
    ? `${folder}/run.json says the same of its tables, its parameters and its spec`
    : `${folder}/run.json is of another run: it differs in ${listed(unlike)}`;
  return { check, holds: unlike.length === 0, text };
}

/**
 * Whether the study as it is now leads to a chart.
 *
 * @param run The run that left the chart; undefined if there is none beside it.
 * @param provenance What the chart says.
 * @param asked Which study is meant.
 * @returns The finding.
 * @throws {UsageError} If the study cannot be read.
 */
export async function studyFinding(
  run: RunFolder | undefined,
  provenance: Provenance,
  asked: AskedStudy,
): Promise<Finding> {
  const { study, name } = studyNow(run, asked), sources = await sourcesFor(asked.cache);
  const finding = (holds: boolean, text: string): Finding => ({ check: "study", holds, text });
  const traces = new TraceStore(asked.cache), listedTraces = tracesOf(run);
  const find = (key: string) => listedTraces.get(key) ?? traces.find(key);
  const { outputs, planner } = await plannedStudy(study, { traces: { find }, sources, objects: { has: () => true } });
  const drawn = outputs.get(`${provenance.chart}.svg`)?.from[0];
  if (drawn === undefined) return finding(false, `${name} has no chart that is called ${provenance.chart}`);
  if (drawn.hash === provenance.spec) {
    const before = run && recordedStudy(run.record),
      changed = before === undefined ? [] : changesBetween(before, study);
    const idle = changed.length === 0 ? "" : `, whatever else has changed in it (${some(changed)})`;
    return finding(true, `${name} leads to it as it is now: every task behind it is what it was${idle}`);
  }
  if (!isPlanned(drawn)) return finding(false, `${name} leads to another chart now${because(run, study, sources)}`);
  const missing = missingTasks(planner, drawn.key);
  return finding(
    false,
    `${name} does not lead to it without computing ${missing} anew${because(run, study, sources)}`,
  );
}

/** The study that is meant, and what to call it. */
function studyNow(run: RunFolder | undefined, asked: AskedStudy): { study: Study; name: string } {
  const overrides = asked.overrides ??
    (asked.study === undefined ? run?.record.overrides?.map(parseOverride) ?? [] : []);
  const set = overrides.length === 0 ? "" : ` with ${overrides.map(({ text }) => `--set ${text}`).join(" ")}`;
  const file = asked.study ?? run!.record.file;
  if (asked.study === undefined && !isFile(file)) {
    const study = recordedStudy(run!.record);
    // Its file is not where it was: what it said is in the record.
    if (study !== undefined) {
      return { study, name: `The study in ${asked.folder}/run.json (its file ${file} is not there)` };
    }
  }
  return { study: loadStudy(file, overrides).study, name: `${file}${set}` };
}

/** What the list of a run's tasks says, as traces. */
function tracesOf(run: RunFolder | undefined): ReadonlyMap<string, Trace> {
  const traces = Object.entries(run?.tasks ?? {}).flatMap(([task, tasks]) =>
    Object.entries(tasks).map(([key, hash]): [string, Trace] => [key, { key, hash, task, seconds: 0 }])
  );
  return new Map(traces);
}

/** What a task needs that is not there, counted by stage. */
function missingTasks(planner: Planner, key: string): string {
  const reached = new Set<PlannedTask>(), open = [planner.tasks.get(key)!];
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    if (reached.has(task) || task.state === "there") continue;
    reached.add(task);
    for (const input of task.inputs) if (isPlanned(input)) open.push(planner.tasks.get(input.key)!);
  }
  const counts = STAGES.map((stage) =>
    [stage, [...reached].filter((task) => task.stage.name === stage).length] as const
  );
  return counts.filter(([, count]) => count > 0).map(([stage, count]) => `${count} of ${stage}`).join(", ");
}

/** What is other than in the run that left the chart. */
function because(run: RunFolder | undefined, study: Study, sources: SourceHashes): string {
  if (run === undefined) return "";
  const before = recordedStudy(run.record), { record } = run;
  const current = sources.parts(codeRoots()), lastRun = new LastRun(record, sources);
  const parts = record.code === undefined
    ? []
    : [...new Set([...current.keys(), ...Object.keys(record.code)])].filter((part) =>
      current.get(part) !== record.code?.[part]
    );
  const reasons = [
    ...before === undefined ? [] : changesBetween(before, study),
    ...record.kernel === kernel() ? [] : [reasonText({ kind: "kernel", old: record.kernel, new: kernel() })],
    ...parts.sort().map((part) => reasonText({ kind: "code", part, ...lastRun.versions(part) })),
  ];
  return reasons.length === 0 ? ": neither run.json nor the cache knows its tasks" : `: ${some(reasons)}`;
}

function changesBetween(before: Study, after: Study): string[] {
  return differences(before, after).flatMap(({ changes }) => changes).map(changeWords);
}

function some(reasons: readonly string[]): string {
  const more = reasons.length - MOST;
  return `${reasons.slice(0, MOST).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
