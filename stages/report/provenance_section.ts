/**
 * How the results of a report were computed: the tasks, their code and the files' hashes. All of it follows from the study and the program, so that the page is
 * the same wherever and whenever it is made.
 *
 * @module
 */
import { type Html, markup } from "./html.ts";

/** Tasks of one stage that a study needs. */
export interface ReportedWork {
  /** The stage's name. */
  readonly stage: string;
  /** Which of its tasks. */
  readonly task: string;
  /** How many different ones. */
  readonly count: number;
  /** SHA-256 of the code. */
  readonly code: string;
}

/** A file, and what it was made from. */
export interface ReportedFile {
  /** Its name. */
  readonly name: string;
  /** SHA-256 of its content. */
  readonly hash: string;
  /** SHA-256 of the artifacts that it was made from. */
  readonly from: readonly string[];
}

/** What a report reads of how it came to be. */
export interface ReportedProvenance {
  /** The tasks. */
  readonly work: readonly ReportedWork[];
  /** The program with its version. */
  readonly program: string;
  /** The packages that the stages' code uses, with their versions. */
  readonly packages: readonly string[];
  /** The tables that files and charts are made from: SHA-256 of the artifacts. */
  readonly tables: readonly { readonly observable: string; readonly hash: string }[];
  /** The files. */
  readonly files: readonly ReportedFile[];
}

const PURPOSES: Readonly<Record<string, string>> = {
  expand: "the sweep written out, point by point",
  hamiltonian: "the slab of Eq. (2)",
  diagonalize: "energies and states on the momentum grid, or along lists of momenta",
  current: "what the baths drive, Eqs. (5) to (9)",
  spectral: "Green functions with impurities",
  aggregate: "tables, their files, the claims",
  chart: "charts and this page",
};

/**
 * How it was computed.
 *
 * @param provenance The tasks, the program, the tables and the files.
 * @returns HTML.
 */
export function provenanceTables({ work, program, packages, tables, files }: ReportedProvenance): Html {
  const nameOf = new Map(files.map(({ name, hash }) => [hash, name]));
  for (const { observable, hash } of tables) nameOf.set(hash, `table ${observable}`);
  const sourceOf = (hash: string) => nameOf.get(hash) ?? hash;
  const tableRows = tables.map(({ observable, hash }) => [`table ${observable}`, "the stages", hash] as const);
  const fileRows = files.map(({ name, hash, from }) => [link(name), from.map(sourceOf).join(", "), hash] as const);
  const rows = [...tableRows, ...fileRows].map(([name, from, hash]) =>
    markup`<tr><th scope="row">${name}</th><td>${from}</td><td>${digest(hash)}</td></tr>\n`
  );
  return markup`<p>${program}${packages.length === 0 ? "" : ` with ${packages.join(", ")}`}. When, where, by how many
workers and by which kernel is in ${link("run.json")}.</p>
<div class="scroll" tabindex="0" role="group" aria-label="Stages">
<table class="hashes"><caption>The tasks of each stage, and the SHA-256 of their code with all that it imports</caption>
<thead><tr><th scope="col">stage</th><th scope="col">task</th><th scope="col" class="number">count</th><th scope="col">code</th></tr></thead>
${[...Map.groupBy(work, ({ stage }) => stage)].map(([stage, tasks]) => stageRows(stage, tasks))}</table></div>
<div class="scroll" tabindex="0" role="group" aria-label="Files">
<table class="hashes"><caption>Tables and files, and the SHA-256 of their content</caption>
<thead><tr><th scope="col">file</th><th scope="col">made from</th><th scope="col">content</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function stageRows(stage: string, tasks: readonly ReportedWork[]): Html {
  const head = markup`<th scope="rowgroup" rowspan="${tasks.length}">${stage} <span class="note">${
    PURPOSES[stage] ?? ""
  }</span></th>`;
  const rows = tasks.map(({ task, count, code }, i) =>
    markup`<tr>${i === 0 ? head : ""}<td>${task}</td><td class="number">${count}</td><td>${digest(code)}</td></tr>\n`
  );
  return markup`<tbody>${rows}</tbody>`;
}

function link(file: string): Html {
  return markup`<a href="${file}">${file}</a>`;
}

function digest(hash: string): Html {
  return markup`<code class="hash">${hash}</code>`;
}
