/**
 * A report of a small study made up for tests, every part of which may be replaced.
 *
 * @module
 */
import { tableOf } from "../../chart/sample_tables.ts";
import type { ClaimRecord } from "../../claims/claim.ts";
import { type ReportContents, reportPage, type ReportParameters } from "../page.ts";

/** A drawing as the stage `chart` makes them, with a clip path and a gradient that each drawing calls alike. */
export const DRAWING =
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" class="marks" width="243" height="182" viewBox="0 0 243 182"><rect width="243" height="182" fill="white"/><g clip-path="url(#clip1)"><path d="M0,0L1,1" fill="url(#gradient_0)"/><text>a &amp; b</text></g><defs><clipPath id="clip1"><rect width="1" height="1"/></clipPath><linearGradient id="gradient_0"><stop offset="0"/></linearGradient></defs></svg>`;

/** A line of the ledger. */
export const CLAIM: ClaimRecord = {
  id: "a-claim",
  claim: "The current is even in μ_F.",
  source: "Fig. 3(a)",
  verdict: "holds with limits",
  quantity: "largest odd part over the largest even part",
  value: 0.0133,
  bound: { most: 0.05 },
  limits: "to leading order",
};

/** What is said of the study. */
export const REPORT: ReportParameters = {
  study: "sample",
  title: "A sample",
  parameters: { model: { sites: 8, mass: 0.1 }, baths: { fermi_level: 0, inverse_temperature: 1 } },
  defaults: { model: { sites: 50, mass: 0.1 }, baths: { fermi_level: 0, inverse_temperature: 1 } },
  sweep: [[{ path: "baths.fermi_level", values: [-1, -0.5, 0, 0.5, 1] }]],
  observables: [{ name: "gap", settings: {} }, { name: "bands", settings: { qy: [0, 1], qz: 0.5 } }],
  charts: ["first", "second"].map((name) => ({
    name,
    title: "",
    panels: [{ title: "", layers: ["Lines (gap): E_{min}"] }],
  })),
  work: [{ stage: "expand", task: "points", count: 1, code: "c0de" }],
  program: "diracflow 1.2.3",
  packages: ["vega@6.4.0"],
  tables: [{ observable: "gap", hash: "9a9" }, { observable: "bands", hash: "ba9d5" }],
  files: [{ name: "gap.csv", hash: "c5f", from: ["9a9"] }],
};

/** What the study gave. */
export const CONTENTS: ReportContents = {
  claims: [CLAIM],
  tables: [
    tableOf("gap", ["fermi_level", "gap"], [-1, -0.5, 0, 0.5, 1].map((level) => [level, 0.25])),
    tableOf(
      "bands",
      ["qy", "branch", "energy"],
      Array.from({ length: 40 }, (_, i) => [i / 2, `state ${i % 3}`, i * 1e-8]),
    ),
  ],
  drawings: [DRAWING, DRAWING],
};

/**
 * The page of a report.
 *
 * @param report What is said other than in {@linkcode REPORT}.
 * @param contents What the study gave other than {@linkcode CONTENTS}.
 * @returns HTML.
 */
export function samplePage(report: Partial<ReportParameters> = {}, contents: Partial<ReportContents> = {}): string {
  return reportPage({ ...REPORT, ...report }, { ...CONTENTS, ...contents });
}
