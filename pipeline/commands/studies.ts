/**
 * From the words on the command line to studies that the dataflow takes.
 *
 * @module
 */
import { chartObservables } from "../../stages/chart/definition.ts";
import { kernelName } from "../../stages/kernel/kernel.ts";
import { observableOf } from "../../stages/observables.ts";
import type { Settings } from "../arguments.ts";
import type { FlowStudy } from "../dataflow/flow.ts";
import type { Json } from "../dataflow/stage.ts";
import { UsageError } from "../errors.ts";
import { drawnChart } from "../study/charts.ts";
import { columnsOf, sweptColumns } from "../study/columns.ts";
import { defaultParameters } from "../study/defaults.ts";
import { hasDisorderedCurrents } from "../study/disorder_checks.ts";
import { type LoadedStudy, loadStudy } from "../study/load.ts";
import { availableMemory, estimate, foresight } from "./estimate.ts";
import { folderProblems } from "./output_folders.ts";
import { studyFiles } from "./study_files.ts";
import { idlePaths, sampledSweep } from "./sweep_reach.ts";

/**
 * Loads all studies that are asked for.
 *
 * @param settings What the user asked for.
 * @returns The studies, in the order in which they were named; those of `configs/` by name.
 * @throws {UsageError} With everything that is wrong with any of them.
 */
export function loadStudies(settings: Settings): LoadedStudy[] {
  const errors: UsageError[] = [], studies: LoadedStudy[] = [];
  for (const file of studyFiles(settings)) {
    try {
      studies.push(considered(loadStudy(file, settings.overrides), settings));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      errors.push(error);
    }
  }
  const folders = folderProblems(studies.map(({ study: { study }, file }) => ({ study, file })), settings);
  if (folders.length > 0) errors.push(new UsageError(folders));
  if (errors.length > 0) throw UsageError.of(errors);
  return studies;
}

/**
 * A study with what is to be said of its sweep and its size before it is run.
 *
 * @param loaded The study.
 * @param settings What the user asked for.
 * @returns The study with more warnings.
 * @throws {UsageError} If it would take too long, or too much memory, and the user has not said that this is meant.
 */
export function considered(
  loaded: LoadedStudy,
  { workers, unlimited, plan }: Pick<Settings, "workers" | "unlimited" | "plan">,
): LoadedStudy {
  const flow = flowStudy(loaded), sample = sampledSweep(flow), { study, file, placeOf } = loaded;
  const idle = idlePaths(flow, sample).map((path) => {
    const ways = ["sweep", "sweep.zip", ...study.sweep.map((_, i) => `sweep.zip.${i}`)];
    const place = ways.map((way) => placeOf(`${way}.${path}`)).find((found) => found !== undefined);
    return `${
      place === undefined ? file : `${place.file}:${place.line}:${place.column}`
    }: ${path} is swept, and nothing ` +
      "that this study computes depends on it: all its values give the same numbers";
  });
  const size = estimate(flow, sample, (observable) => columnsOf(study, observable).length);
  const { problems, warnings } = foresight(file, size, {
    workers,
    memory: availableMemory(),
    unlimited: unlimited || plan, // a plan computes nothing
  });
  if (problems.length > 0) throw new UsageError(problems);
  return { ...loaded, warnings: [...loaded.warnings, ...idle, ...warnings] };
}

/**
 * A study as the dataflow takes it.
 *
 * @param loaded The study.
 * @returns The same in the terms of the engine.
 */
export function flowStudy({ study }: Pick<LoadedStudy, "study">): FlowStudy {
  const { model, baths, disorder } = study as unknown as Record<string, Json>;
  const { rule, tolerance, qy, qz } = study.momentum;
  const sweepsRule = study.sweep.flat().some(({ path }) => path === "momentum.rule");
  // The default is not said: tasks that were named before there was a choice keep their names.
  const momentum: Json = {
    qy,
    qz,
    ...rule === "midpoint" && !sweepsRule ? {} : { rule },
    ...tolerance === undefined ? {} : { tolerance },
  };
  const way = { rule, isDisordered: hasDisorderedCurrents(study) };
  return {
    study: study.study,
    title: study.title,
    parameters: { model, momentum, baths, disorder },
    defaults: defaultParameters(),
    sweep: study.sweep as unknown as Json,
    observables: Object.entries(study.observables).map(([name, settings]) => ({
      definition: observableOf(name, settings as unknown as Json, way),
      settings: settings as unknown as Json,
    })),
    sweptPaths: study.sweep.flat().map(({ path }) => path),
    sweptColumns: (observable) => sweptColumns(study, observable),
    charts: study.charts.map((chart) => {
      const drawn = drawnChart(chart, study.charts);
      return { name: chart.name, observables: chartObservables(drawn), definition: drawn as unknown as Json };
    }),
  };
}

/**
 * Which of the machine-dependent kernels the stages use.
 *
 * @returns Its name, for the record.
 */
export function kernel(): string {
  return kernelName();
}

/**
 * The modules that say what a study asks of which stage: with all that they import, the code behind results.
 *
 * @returns Their URLs.
 */
export function codeRoots(): readonly string[] {
  return [import.meta.url, new URL("../dataflow/graph.ts", import.meta.url).href];
}
