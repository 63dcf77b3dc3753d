/**
 * The command `--plan`: says what a run would compute, for how long, and why, and computes nothing.
 *
 * @module
 */
import { lastValueFrom, toArray } from "bundled/rxjs";
import type { Settings } from "../arguments.ts";
import type { FlowStudy, OutputFile } from "../dataflow/flow.ts";
import { dataflow, STAGES } from "../dataflow/graph.ts";
import { isPlanned, type PlannedTask, Planner } from "../dataflow/planner.ts";
import { type Reason, Reasons } from "../dataflow/reasons.ts";
import type { AnyStage } from "../dataflow/stage.ts";
import { CostEstimate } from "../report/cost_estimate.ts";
import { isPublished } from "../report/publish.ts";
import { readRunRecord } from "../report/run_record.ts";
import { type PlanReason, reasonText, type StagePlan, type StudyPlan } from "../report/study_plan.ts";
import { ObjectStore } from "../store/object_store.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import { TraceStore } from "../store/trace_store.ts";
import type { LoadedStudy } from "../study/load.ts";
import { LastRun } from "./last_run.ts";
import { flowStudy } from "./studies.ts";

/** What the plans of all studies share. */
export interface PlanTools {
  /** What was computed before. */
  readonly traces: TraceStore;
  /** The artifacts. */
  readonly objects: ObjectStore;
  /** Hashes of the stages' code. */
  readonly sources: SourceHashes;
  /** What the studies before will have made. */
  readonly made: Set<string>;
}

/**
 * Plans studies, in the order in which they would be run: what several need is computed for the first.
 *
 * @param studies The studies.
 * @param settings What the user asked for.
 * @param sources Hashes of the stages' code.
 * @returns A plan for each.
 * @throws {StageFailure} If the cache folder, the record of an earlier run or a result cannot be read.
 */
export async function planStudies(
  studies: readonly LoadedStudy[],
  settings: Settings,
  sources: SourceHashes,
): Promise<StudyPlan[]> {
  const tools = planTools(settings, sources), plans: StudyPlan[] = [];
  for (const loaded of studies) {
    plans.push(await planOf(loaded, await askPlanner(loaded, settings, tools), settings, tools));
  }
  return plans;
}

/**
 * What plans go by.
 *
 * @param settings What the user asked for.
 * @param sources Hashes of the stages' code.
 * @returns The tools; nothing has been made yet.
 * @throws {StageFailure} If the cache folder cannot be read.
 */
export function planTools({ cache }: Settings, sources: SourceHashes): PlanTools {
  return { traces: new TraceStore(cache), objects: new ObjectStore(cache), sources, made: new Set() };
}

/** The answers of a planner to all that a study asks. */
export interface PlannedStudy {
  /** The study. */
  readonly flow: FlowStudy;
  /** The planner, with all tasks. */
  readonly planner: Planner;
  /** The files of the study. */
  readonly outputs: readonly OutputFile[];
  /** Those of them whose content is known, and which are not in the output folder. */
  readonly write: readonly OutputFile[];
}

/**
 * Takes a study through the dataflow, and computes nothing.
 *
 * @param loaded The study.
 * @param settings What the user asked for.
 * @param tools What plans go by.
 * @returns What a run would find.
 * @throws {StageFailure} If the cache folder or a result cannot be read.
 */
export async function askPlanner(loaded: LoadedStudy, { out }: Settings, tools: PlanTools): Promise<PlannedStudy> {
  const folder = `${out}/${loaded.study.study}`, planner = new Planner(tools), flow = flowStudy(loaded);
  const outputs = await lastValueFrom(dataflow(flow, planner).pipe(toArray()));
  const write = outputs.filter(({ name, artifact }) =>
    !isPlanned(artifact) && !isPublished(folder, name, artifact.hash)
  );
  for (const { artifact } of write) planner.need(artifact);
  return { flow, planner, outputs, write };
}

/**
 * The plan of a study that a planner was asked.
 *
 * @param loaded The study.
 * @param planned The answers.
 * @param settings What the user asked for.
 * @param tools What the planner went by.
 * @returns The plan.
 * @throws {StageFailure} If the record of an earlier run cannot be read.
 */
export async function planOf(
  loaded: LoadedStudy,
  { flow, planner, write }: PlannedStudy,
  settings: Settings,
  tools: PlanTools,
): Promise<StudyPlan> {
  const { study } = loaded.study, record = readRunRecord(`${settings.out}/${study}/run.json`);
  const lastRun = record && new LastRun(record, tools.sources);
  const tasks = [...planner.tasks.values()], open = tasks.filter(({ state }) => state !== "there");
  const comparison = open.length === 0 ? undefined : await lastRun?.compareWith(loaded, settings.overrides);
  const reasons = new Reasons(planner, comparison);
  const say = (reason: Reason): PlanReason => {
    if (reason.kind === "parameter") return { kind: "parameter", changes: comparison!.changes(reason.difference) };
    if (reason.kind === "code") return { ...reason, ...lastRun!.versions(reason.part) };
    if (reason.kind === "first" && lastRun !== undefined) return { kind: "incomparable" };
    return reason.kind === "unknown" ? lastRun!.otherwise(tasks.map(({ stage }) => stage.module)) : reason;
  };
  const estimate = new CostEstimate(record?.costs, () => tools.traces.costs(), settings.workers);
  const stages = STAGES.map((stage) =>
    planStage(stage, tasks.filter((task) => task.stage.name === stage), planner.open.has(stage), reasons, say, estimate)
  );
  const seconds = stages.filter(({ compute }) => compute > 0).map((stage) => stage.seconds);
  return {
    study,
    compute: open.length,
    cached: tasks.length - open.length,
    points: pointsToCompute(tasks, new Set(flow.observables.map(({ definition }) => definition.table))),
    seconds: seconds.includes(null) ? null : sum(seconds as number[]),
    stages,
    write: write.map(({ name }) => name).sort(),
  };
}

function planStage(
  stage: string,
  tasks: readonly PlannedTask[],
  atLeast: boolean,
  reasons: Reasons,
  say: (reason: Reason) => PlanReason,
  estimate: CostEstimate,
): StagePlan {
  const open = tasks.filter(({ state }) => state !== "there");
  const counts = new Map<Reason, number>(), kinds = new Map<AnyStage, number>();
  for (const task of open) {
    for (const reason of reasons.of(task)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    kinds.set(task.stage, (kinds.get(task.stage) ?? 0) + 1);
  }
  const seconds = [...kinds].map(([kind, count]) => estimate.seconds(kind, count));
  return {
    stage,
    compute: open.length,
    atLeast,
    cached: tasks.length - open.length,
    seconds: seconds.includes(undefined) ? null : sum(seconds as number[]),
    reasons: [...counts].sort(([, a], [, b]) => b - a).map(([reason, count]) => {
      const said = say(reason);
      return { tasks: count, text: reasonText(said), ...said };
    }),
  };
}

/** For how many points a table takes an artifact that is not there; what it takes of each point its parameters say. */
function pointsToCompute(tasks: readonly PlannedTask[], tables: ReadonlySet<AnyStage>): StudyPlan["points"] {
  const points = new Set<number>();
  let all = 0;
  for (const { inputs, parameters } of tasks.filter(({ stage }) => tables.has(stage))) {
    const { artifacts } = parameters as { readonly artifacts: readonly number[] };
    let start = 0;
    artifacts.forEach((count, point) => {
      const end = start + count;
      for (; start < end; start++) if (isPlanned(inputs[start])) points.add(point);
    });
    all = artifacts.length;
  }
  return { all, compute: points.size };
}

/** Seconds, to the millisecond: more is not known. */
function sum(seconds: readonly number[]): number {
  return Math.round(seconds.reduce((total, number) => total + number, 0) * 1000) / 1000;
}
