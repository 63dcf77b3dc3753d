/**
 * Chart emission as stages: tables to Vega-Lite spec to SVG to PNG and PDF, each an artifact of its own, so that what is not touched is not drawn again.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { Table } from "../aggregate/table.ts";
import type { ChartDefinition, PanelsDefinition } from "./definition.ts";
import { panelsSpec } from "./panels.ts";
import { loadPrinter, renderPdf } from "./pdf.ts";
import { preparePng, prepareSvg } from "./first_drawing.ts";
import { renderPng } from "./png.ts";
import { chartSpec, type VegaLiteSpec } from "./spec.ts";
import { type ChartSources, specText, withProvenance } from "./provenance.ts";
import { renderSvg } from "./svg.ts";

/** What a spec reads of a study. */
export interface SpecParameters<Chart extends ChartDefinition | PanelsDefinition> {
  /** The chart. */
  readonly chart: Chart;
  /** The study's title, which travels with the spec as its description. */
  readonly title: string;
}

/** The stage `chart`, as far as it emits specs. */
export const specStage: Stage<SpecParameters<ChartDefinition>, readonly Table[], string> = {
  kind: "map",
  name: "chart",
  task: "spec",
  module: import.meta.url,
  export: "specStage",
  format: "text",
  place: "main",
  run: ({ chart, title }, tables) => describedSpec(title, chartSpec(chart, ...tables)),
};

/** The stage `chart`, as far as it emits specs of panels: which are drawn to see what room they take, so that this is done where drawings are. */
export const panelsStage: Stage<SpecParameters<PanelsDefinition>, readonly Table[], string> = {
  kind: "map",
  name: "chart",
  task: "panels",
  module: import.meta.url,
  export: "panelsStage",
  format: "text",
  place: "worker",
  run: async ({ chart, title }, tables) => describedSpec(title, await panelsSpec(chart, ...tables)),
};

/**
 * Returns the stage that emits the spec of a chart.
 *
 * @param chart The chart.
 */
export function specStageOf(chart: ChartDefinition | PanelsDefinition): typeof specStage | typeof panelsStage {
  return "panels" in chart ? panelsStage : specStage;
}

function describedSpec(title: string, { $schema, ...spec }: VegaLiteSpec): string {
  return specText({ $schema, description: title, ...spec });
}

/** The stage `chart`, as far as it has specs say what they came from: apart from drawing, so that what no drawing shows draws nothing again. */
export const provenanceStage: Stage<ChartSources, [string], string> = {
  kind: "map",
  name: "chart",
  task: "provenance",
  module: import.meta.url,
  export: "provenanceStage",
  format: "text",
  place: "main",
  run: async (sources, [spec]) => specText(await withProvenance(JSON.parse(spec), sources)),
};

/** The stage `chart`, as far as it draws. */
export const svgStage: Stage<null, [string], string> = {
  kind: "map",
  name: "chart",
  task: "svg",
  module: import.meta.url,
  export: "svgStage",
  format: "text",
  place: "worker",
  run: (_parameters, [spec]) => renderSvg(JSON.parse(spec) as VegaLiteSpec),
  prepare: prepareSvg,
};

/** The stage `chart`, as far as it makes pixels of a drawing. */
export const pngStage: Stage<null, [string], Uint8Array> = {
  kind: "map",
  name: "chart",
  task: "png",
  module: import.meta.url,
  export: "pngStage",
  format: "bytes",
  place: "worker",
  run: (_parameters, [svg]) => renderPng(svg),
  prepare: preparePng,
};

/** The stage `chart`, as far as it makes pages for journals of a drawing. */
export const pdfStage: Stage<null, [string], Uint8Array> = {
  kind: "map",
  name: "chart",
  task: "pdf",
  module: import.meta.url,
  export: "pdfStage",
  format: "bytes",
  place: "worker",
  run: (_parameters, [svg]) => renderPdf(svg),
  prepare: loadPrinter,
};
