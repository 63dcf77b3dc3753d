/**
 * The whole dataflow on one page: parameter expansion → Hamiltonian build → diagonalization → current and spectral integration → aggregation → charts.
 *
 * @module
 */
import { connect, defer, merge, type Observable, of, tap } from "rxjs";
import { csvStage, parquetStage } from "../../stages/aggregate/table_files.ts";
import { ledgerReads, ledgerStage } from "../../stages/claims/ledger.ts";
import { pdfStage, pngStage, specStage, svgStage } from "../../stages/chart/stages.ts";
import { expandStage } from "../../stages/expand/expand.ts";
import { observables } from "../../stages/observables.ts";
import type { ArtifactSource } from "./engine.ts";
import { Failures } from "./failures.ts";
import type { FlowStudy, OutputFile } from "./flow.ts";
import { aggregateTables, type CommonStages, drawCharts, expandStudy, keepLedger, through } from "./operators.ts";
import type { AnyStage, Json } from "./stage.ts";

/** The stages that every study runs; those in between are its observables' own. */
export const commonStages: CommonStages = {
  expand: expandStage,
  tableFiles: [{ extension: "csv", stage: csvStage }, { extension: "parquet", stage: parquetStage }],
  ledger: ledgerStage,
  ledgerReads: (study) => ledgerReads(study) as unknown as Json,
  spec: specStage,
  svg: svgStage,
  png: pngStage,
  pdf: pdfStage,
};

/**
 * Wires the stages.
 *
 * @param study The study.
 * @param source Where artifacts come from.
 * @param expect Told how many tasks of a stage are to come, as soon as that is known.
 * @returns The files of the study as they come to be; what fails does not take the rest with it, and fails the whole when that is done.
 */
export function dataflow(
  study: FlowStudy,
  source: ArtifactSource,
  expect: (stage: string, count: number) => void,
): Observable<OutputFile> {
  return defer(() => {
    const failures = new Failures();
    return of(study).pipe(
      expandStudy(source, commonStages, expect, failures),
      through("hamiltonian", source),
      through("diagonalize", source),
      through("current", source),
      through("spectral", source),
      aggregateTables(source, commonStages, failures),
      connect((tables) =>
        merge(
          tables.pipe(drawCharts(source, commonStages, failures)),
          tables.pipe(keepLedger(source, commonStages, failures)),
        )
      ),
      tap({ complete: () => failures.throwIfAny() }),
    );
  });
}

/** The stages' names in the order in which data flows. */
export const STAGES: readonly string[] = [
  "expand",
  "hamiltonian",
  "diagonalize",
  "current",
  "spectral",
  "aggregate",
  "chart",
];

/**
 * The modules whose code stands behind results.
 *
 * @returns Pairs of a task's name and the module of its stage.
 */
export function stageModules(): [string, string][] {
  const { expand, tableFiles, ledger, spec, svg, png, pdf } = commonStages;
  const common: AnyStage[] = [expand, ...tableFiles.map(({ stage }) => stage), ledger, spec, svg, png, pdf];
  const own: AnyStage[] = Object.values(observables).flatMap(({ table }) => [table]);
  const folds: AnyStage[] = Object.values(observables).flatMap(({ steps }) =>
    steps.flatMap((step) => step.kind === "fold" ? [step.stage] : [])
  );
  const modules = new Map([...common, ...own, ...folds].map((stage) => [`${stage.name}/${stage.task}`, stage.module]));
  return [...modules].sort(([a], [b]) => a < b ? -1 : 1);
}
