/**
 * The charts in a report, as drawn.
 *
 * @module
 */
import type { PanelCaption } from "./chart_caption.ts";
import { type Html, markup } from "./html.ts";
import { inlineSvg } from "./inline_svg.ts";
import { spoken, typesetTitle } from "./typeset_text.ts";

/** What a report reads of a chart. */
export interface ReportedChart {
  /** The chart's name. */
  readonly name: string;
  /** The title of the whole, "" if it has none. */
  readonly title: string;
  /** What its panels show. */
  readonly panels: readonly PanelCaption[];
}

/** The files of a chart, and what each is for. */
const FILES: readonly (readonly [string, string])[] = [
  ["pdf", "PDF"],
  ["svg", "SVG"],
  ["png", "PNG"],
  ["vl.json", "Vega-Lite"],
];

/**
 * A chart with its caption and its files.
 *
 * @param chart The chart.
 * @param svg Its drawing.
 * @returns HTML.
 */
export function chartFigure({ name, title, panels }: ReportedChart, svg: string): Html {
  const sentences = panels.map(({ title, layers }, i) => ({
    letter: panels.length > 1 ? `(${String.fromCharCode(97 + i)}) ` : "",
    sentences: [...title === "" ? [] : [title], ...layers],
  }));
  const label = [title, ...sentences.map(({ letter, sentences }) => letter + sentences.map(spoken).join(". "))]
    .filter((part) => part !== "").join(". ");
  const drawing = inlineSvg(svg, `chart-${name}`, label);
  const captions = sentences.map(({ letter, sentences }) =>
    markup`<p>${letter}${sentences.map((text) => markup`${typesetTitle(text)}. `)}</p>\n`
  );
  const files = FILES.map(([extension, word]) => markup`<a href="${name}.${extension}">${word}</a> `);
  return markup`
<figure id="chart-${name}">
<h3>${title === "" ? name : typesetTitle(title)}</h3>
<div class="sheet" tabindex="0" role="group" aria-label="Chart ${name}">${drawing}</div>
<figcaption>
${captions}<p class="files">${files}</p>
</figcaption>
</figure>`;
}
