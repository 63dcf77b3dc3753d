/**
 * Draws something that nobody will see: most of what a first chart takes is loading and compiling what any chart needs, which an idle worker can do while the
 * numbers are still being computed.
 *
 * @module
 */
import type { Table } from "../aggregate/table.ts";
import type { ChartDefinition } from "./definition.ts";
import { renderPng } from "./png.ts";
import { chartSpec } from "./spec.ts";
import { renderSvg } from "./svg.ts";

/** A word and a frame as `renderSvg` draws them, in both fonts. A PDF is ready before the PNG anyway, without this. */
const WORD = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><g transform="translate(1,1)">` +
  `<path d="M0,0h9v9h-9Z" stroke="black" stroke-width="0.5" fill="none"/>` +
  `<text font-family="DejaVu Sans" font-size="7.5px" fill="black">−1 <tspan font-style="italic">μ</tspan></text></g></svg>`;

/** Two lines of two points with a legend. */
const CHART: ChartDefinition = {
  name: "first",
  observable: "current",
  mark: "line",
  x: "fermi_level",
  y: "charge_current",
  color: "chemical_potential_slope",
  theme: "aps-single",
};
const TABLE: Table = {
  observable: "current",
  columns: [
    { name: "chemical_potential_slope", cells: [0, 0, 1, 1] },
    { name: "fermi_level", cells: [0, 1, 0, 1] },
    { name: "charge_current", cells: [0, 0, 0, 1] },
  ],
};

/** Has Vega ready to draw. */
export async function prepareSvg(): Promise<void> {
  await renderSvg(chartSpec(CHART, TABLE));
}

/** Has resvg ready to draw. */
export async function preparePng(): Promise<void> {
  await renderPng(WORD);
}
