/**
 * The tables in a report: what each column is, how far it goes, and the first rows; all rows are in the files.
 *
 * @module
 */
import type { Json } from "../../pipeline/dataflow/stage.ts";
import type { Cell, Column, Table } from "../aggregate/table.ts";
import { notationOf } from "../chart/notation.ts";
import { type Html, markup } from "./html.ts";
import { programName, typesetTitle } from "./typeset_text.ts";
import { numberText, valueText } from "./value_text.ts";

/** Rows that a report shows of a table. */
export const SHOWN_ROWS = 12;

/** Digits that a report shows of a number. */
const DIGITS = 6;

/** Labels that a report lists of a column. */
const SHOWN_LABELS = 6;

/**
 * The beginning of a table.
 *
 * @param table The table.
 * @param settings What the study asks of the observable.
 * @returns HTML.
 */
export function tableFigure({ observable, columns }: Table, settings: Json): Html {
  const rows = columns[0].cells.length, shown = Math.min(rows, SHOWN_ROWS);
  const asked = Object.entries(settings as Record<string, Json | undefined>)
    .flatMap(([name, value]) => value === undefined ? [] : [markup`<code>${name}</code> ${valueText(value)}`])
    .map((setting, i) => markup`${i === 0 ? "Settings: " : "; "}${setting}`);
  const body = Array.from(
    { length: shown },
    (_, row) => markup`<tr>${columns.map(({ cells }) => cell(cells[row]))}</tr>\n`,
  );
  const foot = rows <= 1 ? "" : markup`<tfoot><tr>${columns.map(extent)}</tr></tfoot>`;
  return markup`
<section id="table-${observable}" aria-labelledby="table-${observable}-heading">
<h3 id="table-${observable}-heading"><code>${observable}</code></h3>
${
    asked.length === 0
      ? ""
      : markup`<p>${asked}</p>\n`
  }<p class="files">All rows, all digits: <a href="${observable}.csv">CSV</a> <a href="${observable}.parquet">Parquet</a></p>
<div class="scroll" tabindex="0" role="group" aria-label="Table ${observable}">
<table class="data"><caption>${rowsText(rows, shown)}</caption>
<thead><tr>${columns.map((column) => heading(column, observable))}</tr></thead>
<tbody>${body}</tbody>
${foot}</table></div>
</section>`;
}

function rowsText(rows: number, shown: number): string {
  if (rows === 0) return "It has no rows";
  if (rows === 1) return `Its only row, to ${DIGITS} digits`;
  const which = shown < rows ? `The first ${shown} of ${rows} rows` : `All ${rows} rows`;
  return `${which} and the range of each column, to ${DIGITS} digits`;
}

function heading({ name, cells }: Column, observable: string): Html {
  const { quantity, symbol, unit } = notationOf(name, observable);
  const kind = typeof cells[0] === "number" ? "number" : "label";
  const inUnits = unit === "" ? "" : markup` (${typesetTitle(unit)})`;
  return markup`<th scope="col" class="${kind}">${programName(name)} <span>${quantity}</span> <span class="unit">${
    typesetTitle(symbol)
  }${inUnits}</span></th>`;
}

function cell(value: Cell): Html {
  if (typeof value === "string") return markup`<td>${value}</td>`;
  return markup`<td class="number">${numberText(value, DIGITS)}</td>`;
}

/** How far a column goes over all rows. */
function extent({ cells }: Column): Html {
  let least = Infinity, most = -Infinity;
  const labels = new Set<string>();
  for (const value of cells) {
    if (typeof value === "string") labels.add(value);
    else [least, most] = [Math.min(least, value), Math.max(most, value)];
  }
  if (labels.size > 0) {
    const shown = [...labels].slice(0, SHOWN_LABELS).join(", ");
    return markup`<td>${shown}${labels.size > SHOWN_LABELS ? ", …" : ""}</td>`;
  }
  if (least === most) return cell(least);
  return markup`<td class="number"><span>${numberText(least, DIGITS)} …</span><span>${
    numberText(most, DIGITS)
  }</span></td>`;
}
