/**
 * The whole dataflow on one page: parameter expansion → Hamiltonian build → diagonalization → current and spectral integration → aggregation → charts.
 *
 * @module
 */
import { connect, defer, merge, type Observable, of, tap } from "bundled/rxjs";
import { csvStage, parquetStage } from "../../stages/aggregate/table_files.ts";
import { ledgerReads, ledgerStage } from "../../stages/claims/ledger.ts";
import {
  panelsStage,
  pdfStage,
  pngStage,
  provenanceStage,
  specStage,
  specStageOf,
  svgStage,
} from "../../stages/chart/stages.ts";
import { expandStage } from "../../stages/expand/expand.ts";
import { adaptiveObservables, disorderedObservables, observables } from "../../stages/observables.ts";
import { reportReads, reportStage } from "../../stages/report/report.ts";
import type { ArtifactSource } from "./engine.ts";
import { Failures } from "./failures.ts";
import type { FlowStudy, OutputFile } from "./flow.ts";
import {
  aggregateTables,
  type CommonStages,
  drawCharts,
  expandStudy,
  keepLedger,
  through,
  writeTables,
} from "./operators.ts";
import { writeReport } from "./report.ts";
import type { AnyStage, Json, ObservableDefinition } from "./stage.ts";
import { STAGES } from "./stage_order.ts";
import { Witness } from "./witness.ts";

export { STAGES } from "./stage_order.ts";

/** The stages that every study runs; those in between are its observables' own. */
export const commonStages: CommonStages = {
  expand: expandStage,
  tableFiles: [{ extension: "csv", stage: csvStage }, { extension: "parquet", stage: parquetStage }],
  ledger: ledgerStage,
  ledgerReads: (study) => ledgerReads(study) as unknown as Json,
  specOf: (chart) => specStageOf(chart as unknown as Parameters<typeof specStageOf>[0]),
  provenance: provenanceStage,
  svg: svgStage,
  png: pngStage,
  pdf: pdfStage,
  report: reportStage,
  reportReads: (finished) => reportReads(finished) as unknown as Json,
};

/**
 * Wires the stages.
 *
 * @param study The study.
 * @param source Where artifacts come from; a witness can be asked afterwards which tasks there were.
 * @param expect Told how many tasks of a stage are to come, as soon as that is known; they are counted only for it.
 * @param prepare Given stages that will be asked for before long.
 * @returns The files of the study as they come to be; what fails does not take the rest with it, and fails the whole when that is done.
 */
export function dataflow(
  study: FlowStudy,
  source: ArtifactSource,
  expect?: (stage: string, count: number) => void,
  prepare: (stage: AnyStage) => void = () => {},
): Observable<OutputFile> {
  return defer(() => {
    const failures = new Failures(), witness = source instanceof Witness ? source : new Witness(source);
    commonStages.tableFiles.forEach(({ stage }) => prepare(stage));
    return of(study).pipe(
      expandStudy(witness, commonStages, expect, failures),
      through("hamiltonian", witness),
      through("diagonalize", witness),
      through("current", witness),
      through("spectral", witness),
      // Workers have little to do from here until there is something to draw.
      tap(() => study.charts.length > 0 && [svgStage, pdfStage, pngStage].forEach(prepare)),
    ).pipe(
      aggregateTables(witness, failures),
      connect((tables) =>
        merge(
          tables.pipe(drawCharts(witness, commonStages, failures)),
          tables.pipe(writeTables(witness, commonStages, failures)),
          tables.pipe(keepLedger(witness, commonStages, failures)),
        )
      ),
      // Before the report, which takes all files to be there.
      tap({ complete: () => failures.throwIfAny() }),
      writeReport(study, witness, commonStages, STAGES),
    );
  });
}

/**
 * The modules whose code stands behind results.
 *
 * @returns Pairs of a task's name and the module of its stage.
 */
export function stageModules(): [string, string][] {
  const { expand, tableFiles, ledger, provenance, svg, png, pdf, report } = commonStages;
  const common: AnyStage[] = [
    expand,
    ...tableFiles.map(({ stage }) => stage),
    ledger,
    specStage,
    panelsStage,
    provenance,
    svg,
    png,
    pdf,
    report,
  ];
  const own: AnyStage[] = Object.values(observables).flatMap(({ table }) => [table]);
  const folds: AnyStage[] = [observables, adaptiveObservables, disorderedObservables].flatMap(
    Object.values<ObservableDefinition>,
  ).flatMap((
    { steps },
  ) => steps.flatMap((step) => step.kind === "map" ? [] : [step.stage]));
  const modules = new Map([...common, ...own, ...folds].map((stage) => [`${stage.name}/${stage.task}`, stage.module]));
  return [...modules].sort(([a], [b]) => a < b ? -1 : 1);
}
