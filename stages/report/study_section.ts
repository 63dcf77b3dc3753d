/**
 * What a report says of the study itself: what is swept, what is set, and what is left as it is by default.
 *
 * @module
 */
import type { Json } from "../../pipeline/dataflow/stage.ts";
import { notationOf } from "../chart/notation.ts";
import type { SweepAxis } from "../expand/expand.ts";
import { type Html, markup } from "./html.ts";
import { programName, typesetTitle } from "./typeset_text.ts";
import { valueText } from "./value_text.ts";

/** What a report reads of a study's parameters. */
export interface ReportedParameters {
  /** The parameters by section. */
  readonly parameters: { readonly [section: string]: Json };
  /** What they are where a study says nothing. */
  readonly defaults: { readonly [section: string]: Json };
  /** The axes of its sweep. */
  readonly sweep: readonly SweepAxis[];
}

/**
 * The number of points of a sweep.
 *
 * @param sweep The sweep.
 * @returns The product of the lengths of its axes; 1 without a sweep.
 */
export function pointsOf(sweep: readonly SweepAxis[]): number {
  return sweep.reduce((product, axis) => product * axis[0].values.length, 1);
}

/**
 * The parameters: the swept ones, those that differ from their defaults, and all others.
 *
 * @param study The study.
 * @returns HTML.
 */
export function parameterTables({ parameters, defaults, sweep }: ReportedParameters): Html {
  const swept = sweep.flatMap((axis) => axis.map((column) => ({ ...column, together: axis.length > 1 })));
  const standard = new Map(leavesOf(defaults));
  const fixed = leavesOf(parameters).filter(([path]) => swept.every((column) => column.path !== path));
  const isStandard = ([path, value]: [string, Json]) => JSON.stringify(standard.get(path)) === JSON.stringify(value);
  const set = fixed.filter((leaf) => !isStandard(leaf)), left = fixed.filter(isStandard);
  const isBare = swept.length + set.length === 0;
  const others = left.map(([path, value]) =>
    markup`<li>${parameterName(path)} <span class="value">${valueText(value)}</span></li>\n`
  );
  return markup`${swept.length === 0 ? "" : sweptTable(swept)}${set.length === 0 ? "" : setTable(set, standard)}
<h3>${isBare ? "All parameters have their default values" : "All others have their default values"}</h3>
<ul class="defaults">${others}</ul>`;
}

function sweptTable(columns: readonly { path: string; values: readonly Json[]; together: boolean }[]): Html {
  const rows = columns.map(({ path, values, together }) => {
    const note = together ? markup` <span class="note">(advances with the others of its group)</span>` : "";
    return markup`<tr><th scope="row">${parameterName(path)}</th><td>${quantity(path, values)}${note}</td></tr>\n`;
  });
  return markup`
<table class="parameters"><caption>Swept</caption>
<thead><tr><th scope="col">parameter</th><th scope="col">values</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function setTable(leaves: readonly (readonly [string, Json])[], standard: ReadonlyMap<string, Json>): Html {
  const rows = leaves.map(([path, value]) => {
    const usual = standard.get(path);
    return markup`<tr><th scope="row">${parameterName(path)}</th><td>${quantity(path, value)}</td><td>${
      usual === undefined ? "–" : valueText(usual)
    }</td></tr>\n`;
  });
  return markup`
<table class="parameters"><caption>Set by the study, other than by default</caption>
<thead><tr><th scope="col">parameter</th><th scope="col">value</th><th scope="col">default</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** A value with its unit. */
function quantity(path: string, value: Json): Html {
  const { unit } = notationOf(path, "");
  return markup`${valueText(value)}${unit === "" ? "" : markup` <span class="unit">${typesetTitle(unit)}</span>`}`;
}

function parameterName(path: string): Html {
  const { symbol } = notationOf(path, "");
  return markup`${programName(path)}${
    symbol === "" ? "" : markup` <span class="symbol">${typesetTitle(symbol)}</span>`
  }`;
}

/** The leaves of a tree with their dotted paths, in its order; a list is a leaf. */
function leavesOf(tree: Json, prefix = ""): [string, Json][] {
  if (tree === null || typeof tree !== "object" || Array.isArray(tree)) return [[prefix, tree]];
  return Object.entries(tree).flatMap(([key, value]) =>
    value === undefined ? [] : leavesOf(value, prefix === "" ? key : `${prefix}.${key}`)
  );
}
