/**
 * The command `describe`: everything that a study comes to, before or after it is run, without computing any of it.
 *
 * @module
 */
import type { Settings } from "../arguments.ts";
import { STAGES } from "../dataflow/graph.ts";
import type { PlannedTask } from "../dataflow/planner.ts";
import type { AnyStage, Json } from "../dataflow/stage.ts";
import { UsageError } from "../errors.ts";
import { CostEstimate } from "../report/cost_estimate.ts";
import { descriptionText } from "../report/description_text.ts";
import { readRunRecord, TASKS_FILE } from "../report/run_record.ts";
import type { DescribedParameter, DescribedStage, StudyDescription } from "../report/study_description.ts";
import { terminalOf } from "../report/terminal.ts";
import type { ObjectStore } from "../store/object_store.ts";
import { shownBy } from "../study/chart_words.ts";
import { columnsOf } from "../study/columns.ts";
import { defaultParameters } from "../study/defaults.ts";
import type { LoadedStudy } from "../study/load.ts";
import type { Study } from "../study/schema.ts";
import { type Answer, helped } from "./command.ts";
import { commandSettings } from "./command_settings.ts";
import { estimate } from "./estimate.ts";
import { askPlanner, planOf, planTools } from "./plan.ts";
import { sourcesFor } from "./sources.ts";
import { loadStudies } from "./studies.ts";
import { sampledSweep } from "./sweep_reach.ts";

/** The text of `describe --help`. */
export const HELP = `Usage: deno task pipeline describe STUDY.yaml [options]

Says what a study comes to, and computes nothing: its parameters and which of them are not the defaults, the points of
its sweep, its observables with their columns, its stages with their tasks and the size of what is there, the time that
it takes, its charts and its files.

Options:
  --out DIR          where results go (default: outputs)
  --cache DIR        where intermediate artifacts are kept (default: outputs/.artifacts)
  --workers N        worker threads that the time is told for (default: all cores)
  --set PATH=VALUE   change a value of the study, e.g. --set model.sites=200; may be repeated
  --json             the answer as one JSON object on stdout
  --help             this text (-h too)

Examples:
  deno task pipeline describe configs/fig3a.yaml
  deno task pipeline describe configs/fig3a.yaml --set model.sites=400

Exit codes: 0 done, 2 the arguments or the study are wrong.
`;

const OPTIONS = {
  flags: ["json"],
  values: { out: "outputs", cache: "outputs/.artifacts", workers: "2", set: "model.mass=0.1" },
};

/**
 * Runs the command.
 *
 * @param words The words after `describe`.
 * @returns Its answer.
 * @throws {UsageError} If the words or the study are wrong.
 * @throws {StageFailure} If the cache folder or the record of a run cannot be read.
 */
export async function describe(words: readonly string[]): Promise<Answer> {
  const settings = commandSettings(words, OPTIONS);
  if (settings === undefined) return helped(HELP);
  if (settings.studies.length !== 1) {
    const hint = "as in deno task pipeline describe configs/fig3a.yaml";
    throw new UsageError([
      settings.studies.length === 0
        ? `Cannot describe a study: name its file, ${hint}`
        : `Cannot describe ${settings.studies.join(" and ")}: one study at a time, ${hint}`,
    ]);
  }
  // A study that is too large for a run is described all the same.
  const [loaded] = loadStudies({ ...settings, plan: true, unlimited: true });
  const described = await describeStudy(loaded, settings);
  const text = settings.json ? `${JSON.stringify(described)}\n` : descriptionText(described, terminalOf(Deno.stdout));
  return { text, code: 0 };
}

async function describeStudy(loaded: LoadedStudy, settings: Settings): Promise<StudyDescription> {
  const { study, file, bases, warnings } = loaded, folder = `${settings.out}/${study.study}`;
  const tools = planTools(settings, await sourcesFor(settings.cache));
  const planned = await askPlanner(loaded, settings, tools), { flow, planner, outputs } = planned;
  const plan = await planOf(loaded, planned, settings, tools), record = readRunRecord(`${folder}/run.json`);
  const costs = new CostEstimate(record?.costs, () => tools.traces.costs(), settings.workers);
  const tasks = [...planner.tasks.values()];
  const stages = STAGES.map((stage) =>
    describeStage(
      stage,
      tasks.filter((task) => task.stage.name === stage),
      planner.open.has(stage),
      costs,
      tools.objects,
    )
  );
  const seconds = stages.filter((stage) => stage.tasks > 0).map((stage) => stage.seconds);
  const model = estimate(flow, sampledSweep(flow), (observable) => columnsOf(study, observable).length);
  return {
    study: study.study,
    title: study.title,
    file,
    extends: bases.map((base) => base.file),
    warnings,
    state: record === undefined ? "never run" : plan.compute + plan.write.length > 0 ? "stale" : "fresh",
    parameters: parametersOf(study),
    sweep: {
      points: study.sweep.reduce((product, [{ values }]) => product * values.length, 1),
      axes: study.sweep,
    },
    observables: Object.entries(study.observables).map(([name, stated]) => ({
      name,
      settings: stated as unknown as Json,
      columns: columnsOf(study, name),
    })),
    momenta: { diagonalized: momentaIn(tasks), atLeast: planner.open.has("diagonalize") },
    stages,
    cost: {
      workers: settings.workers,
      recorded: seconds.some((time) => time === null) ? null : sum(seconds as number[]),
      model: model.seconds / settings.workers,
      left: plan.seconds,
      memory: model.bytes,
    },
    charts: study.charts.map((chart) => ({ name: chart.name, shows: shownBy(chart) })),
    folder,
    files: [...outputs.map(({ name }) => name), TASKS_FILE, "run.json"].sort(),
  };
}

function describeStage(
  stage: string,
  tasks: readonly PlannedTask[],
  atLeast: boolean,
  costs: CostEstimate,
  objects: ObjectStore,
): DescribedStage {
  const there = tasks.filter(({ state }) => state === "there"), kinds = new Map<AnyStage, number>();
  for (const task of tasks) kinds.set(task.stage, (kinds.get(task.stage) ?? 0) + 1);
  const seconds = [...kinds].map(([kind, count]) => costs.seconds(kind, count));
  const hashes = new Set(there.map(({ artifact }) => artifact.hash));
  return {
    stage,
    tasks: tasks.length,
    atLeast,
    cached: there.length,
    bytes: sum([...hashes].map((hash) => objects.size(hash) ?? 0)),
    seconds: seconds.some((time) => time === undefined) ? null : sum(seconds as number[]),
  };
}

/** Tasks that diagonalize say at which momenta by two lists of one length. */
function momentaIn(tasks: readonly PlannedTask[]): number {
  return sum(
    tasks.filter(({ stage }) => stage.name === "diagonalize").map(({ parameters }) => {
      const { qy, qz } = (parameters ?? {}) as { readonly qy?: Json; readonly qz?: Json };
      return Array.isArray(qy) && Array.isArray(qz) && qy.length === qz.length ? qy.length : 0;
    }),
  );
}

function parametersOf({ model, momentum, baths, disorder, sweep }: Study): DescribedParameter[] {
  const defaults = new Map(leaves(defaultParameters(), "")), swept = new Set(sweep.flat().map(({ path }) => path));
  const stated = leaves({ model, momentum, baths, disorder } as unknown as Json, "");
  return stated.map(([path, value]) => {
    const usual = defaults.get(path) ?? null, isSwept = swept.has(path);
    const differs = !isSwept && JSON.stringify(value) !== JSON.stringify(usual);
    return { path, value, default: usual, differs, swept: isSwept };
  });
}

/** Numbers, words and lists by their dotted paths. */
function leaves(value: Json, path: string): [string, Json][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).filter(([, item]) => item !== undefined).flatMap(([key, item]) =>
    leaves(item, path === "" ? key : `${path}.${key}`)
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
