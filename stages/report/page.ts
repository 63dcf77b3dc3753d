/**
 * The report as a page: one file that holds all that it shows, runs nothing and fetches nothing.
 *
 * @module
 */
import type { Json } from "../../pipeline/dataflow/stage.ts";
import type { Table } from "../aggregate/table.ts";
import type { ClaimRecord } from "../claims/claim.ts";
import { chartFigure, type ReportedChart } from "./chart_section.ts";
import { claimList } from "./claim_section.ts";
import { type Content, Html, markup } from "./html.ts";
import { provenanceTables, type ReportedProvenance } from "./provenance_section.ts";
import { parameterTables, pointsOf, type ReportedParameters } from "./study_section.ts";
import { STYLE } from "./style.ts";
import { tableFigure } from "./table_section.ts";

/** What a report reads of a study besides its tables, drawings and claims. */
export interface ReportParameters extends ReportedParameters, ReportedProvenance {
  /** The study's name. */
  readonly study: string;
  /** Its title. */
  readonly title: string;
  /** Its observables with their settings, in the order of the tables. */
  readonly observables: readonly { readonly name: string; readonly settings: Json }[];
  /** Its charts, in the order of the drawings. */
  readonly charts: readonly ReportedChart[];
}

/** What a report shows. */
export interface ReportContents {
  /** The claims that the study bears on. */
  readonly claims: readonly ClaimRecord[];
  /** Its tables. */
  readonly tables: readonly Table[];
  /** Its drawings. */
  readonly drawings: readonly string[];
}

/** Nothing but what is in the file: its own style, and images that are part of it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The page.
 *
 * @param report What is said of the study.
 * @param contents What it gave.
 * @returns HTML.
 */
export function reportPage(report: ReportParameters, { claims, tables, drawings }: ReportContents): string {
  const { study, title, observables, charts, sweep, program } = report;
  const figures = charts.map((chart, i) => chartFigure(chart, drawings[i]));
  const sections: readonly Section[] = [
    { id: "study", heading: "Study", content: parameterTables(report) },
    ...figures.length === 0 ? [] : [{ id: "charts", heading: "Charts", content: figures }],
    {
      id: "tables",
      heading: "Tables",
      content: tables.map((table, i) => tableFigure(table, observables[i].settings)),
    },
    { id: "claims", heading: "Claims of the paper", content: claimList(claims) },
    { id: "computed", heading: "How it was computed", content: provenanceTables(report) },
  ];
  const size = [
    counted(pointsOf(sweep), "point"),
    counted(tables.length, "table"),
    counted(charts.length, "chart"),
  ].join(", ");
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${program}">
<link rel="icon" href="data:,">
<title>${title}${title === study ? "" : ` (${study})`}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1 dir="auto">${title}</h1>
<p class="facts">Study <code>${study}</code>: ${size}. Units: ħ = e = k<sub>B</sub> = lattice constant a = 1.</p>
<nav aria-label="Contents">${sections.map(({ id, heading }) => markup`<a href="#${id}">${heading}</a> `)}</nav>
</header>
<main>${sections.map(sectionOf)}
</main>
</body>
</html>
`.text;
}

/** A part of the page. */
interface Section {
  readonly id: string;
  readonly heading: string;
  readonly content: Content;
}

function sectionOf({ id, heading, content }: Section): Html {
  return markup`
<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${content}
</section>`;
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}
