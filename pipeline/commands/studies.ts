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
import { sweptColumns } from "../study/columns.ts";
import { defaultParameters } from "../study/defaults.ts";
import { hasDisorderedCurrents } from "../study/disorder_checks.ts";
import { type LoadedStudy, loadStudy } from "../study/load.ts";
import { folderProblems } from "./output_folders.ts";
import { studyFiles } from "./study_files.ts";

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
      studies.push(loadStudy(file, settings.overrides));
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
