/**
 * The report as a stage: it is made of artifacts and of what is known beforehand, so that it is an output like the others, with the same bytes for the same study.
 *
 * @module
 */
import type { FinishedStudy, Stage } from "../../pipeline/dataflow/stage.ts";
import type { Table } from "../aggregate/table.ts";
import type { ChartDefinition, PanelsDefinition } from "../chart/definition.ts";
import type { ClaimRecord } from "../claims/claim.ts";
import type { SweepAxis } from "../expand/expand.ts";
import { captionOf } from "./chart_caption.ts";
import { reportPage, type ReportParameters } from "./page.ts";

/**
 * What the report reads of a study and of how it was computed: what it shows, and no more.
 *
 * @param finished The study with all that was made of it.
 * @returns The parameters of the stage; of a chart its captions alone, since the drawing shows the rest.
 */
export function reportReads(finished: FinishedStudy): ReportParameters {
  const { study, title, parameters, defaults, sweep, observables, charts, work, program, packages, tables, files } =
    finished;
  return {
    study,
    title,
    parameters,
    defaults,
    sweep: sweep as unknown as readonly SweepAxis[],
    observables: observables.map(({ name, settings }) => ({ name, settings })),
    charts: charts.map(({ name, definition }) => {
      const chart = definition as unknown as ChartDefinition | PanelsDefinition;
      // A chart of one pair of axes and its only panel have one title, which is said once.
      const title = "panels" in chart ? chart.title ?? "" : "";
      return { name, title, panels: captionOf(chart) };
    }),
    work,
    program,
    packages,
    tables,
    files,
  };
}

/** The report as a file, `report.html`: of the claims, then the tables in the order of the observables, then the drawings in that of the charts. */
export const reportStage: Stage<ReportParameters, readonly (string | Table)[], string> = {
  kind: "map",
  name: "chart",
  task: "report",
  module: import.meta.url,
  export: "reportStage",
  format: "text",
  place: "main",
  run(parameters, [claims, ...shown]) {
    const drawn = 1 + parameters.observables.length;
    return reportPage(parameters, {
      claims: JSON.parse(claims as string) as ClaimRecord[],
      tables: shown.slice(0, drawn - 1) as Table[],
      drawings: shown.slice(drawn - 1) as string[],
    });
  },
};
