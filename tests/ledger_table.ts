/**
 * The table of claims in the README, made from the ledgers of the repository's studies, so that no verdict in it is typed in by hand.
 *
 * `deno run --allow-read --allow-write tests/ledger_table.ts --write` puts it there, from what the last `deno task pipeline` left in outputs/.
 *
 * @module
 */
import type { ClaimRecord, Verdict } from "../stages/claims/claim.ts";
import { claims } from "../stages/claims/ledger.ts";
import { boundText, measuredText } from "../stages/claims/wording.ts";

/** The ledger of a study. */
export interface StudyLedger {
  /** The study's name. */
  readonly study: string;
  /** The content of its claims.json. */
  readonly records: readonly ClaimRecord[];
}

const START = "<!-- claims: made by tests/ledger_table.ts -->\n<!-- deno-fmt-ignore-start -->\n";
const END = "<!-- deno-fmt-ignore-end -->\n<!-- end of claims -->";

/** From bad to good: of several studies the one that shows a claim worst speaks for it. */
const RANK: readonly Verdict[] = ["fails", "holds with limits", "holds"];

/**
 * Makes the table.
 *
 * @param ledgers The ledgers of all studies, in the order of the studies' names.
 * @returns Markdown, a row a claim in the order of the ledger; of the studies that bear on a claim the one that shows it worst, else the first.
 * @throws {Error} If a ledger has a claim that the project does not know.
 */
export function ledgerTable(ledgers: readonly StudyLedger[]): string {
  const order = claims.map(({ id }) => id);
  const all = ledgers.flatMap(({ study, records }) => records.map((record) => ({ study, record })));
  const unknown = all.find(({ record }) => !order.includes(record.id));
  if (unknown !== undefined) {
    throw new Error(
      `Cannot make the table of claims: ${unknown.study} has the unknown claim ${unknown.record.id}, run it again`,
    );
  }
  const rows = order.flatMap((id) => {
    const found = all.filter(({ record }) => record.id === id);
    const [worst] = found.sort((a, b) => RANK.indexOf(a.record.verdict) - RANK.indexOf(b.record.verdict));
    return worst === undefined ? [] : [row(worst.study, worst.record)];
  });
  const head = ["claim", "source", "measured", "bound", "verdict", "study"];
  return [head, head.map(() => "-"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function row(study: string, { claim, source, quantity, value, bound, verdict, limits }: ClaimRecord): string[] {
  const word = verdict === "fails" ? "**fails**" : verdict;
  // Where the paper says it; what it says there is in claims.json.
  const place = source.replaceAll(/:? “[^”]*”/g, "");
  return [
    claim,
    place,
    `${quantity}: **${measuredText(value, bound)}**`,
    boundText(bound),
    limits === "" ? word : `${word}: ${limits}`,
    study,
  ]
    .map((cell) => cell.replaceAll("|", "\\|"));
}

/**
 * Reads the ledgers of studies.
 *
 * @param outputs The folder with a folder for each study.
 * @param studies The names of the studies.
 * @returns The ledgers, in the order of the names.
 */
export function readLedgers(outputs: string, studies: readonly string[]): StudyLedger[] {
  return studies.toSorted().map((study) => ({
    study,
    records: JSON.parse(Deno.readTextFileSync(`${outputs}/${study}/claims.json`)) as ClaimRecord[],
  }));
}

/**
 * The names of the repository's studies: those of their files.
 *
 * @returns The names, sorted.
 */
export function repositoryStudies(): string[] {
  const names = [...Deno.readDirSync(new URL("../configs", import.meta.url))].map(({ name }) => name);
  return names.filter((name) => name.endsWith(".yaml")).map((name) => name.slice(0, -".yaml".length)).sort();
}

/**
 * Takes the table out of a text.
 *
 * @param text The README.
 * @returns What is before the table, the table, and what is after it.
 * @throws {Error} If the comments are missing between which it belongs.
 */
export function splitAtTable(text: string): [string, string, string] {
  const start = text.indexOf(START) + START.length, end = text.indexOf(END);
  if (start < START.length || end < start) {
    throw new Error("Cannot find the table of claims: its comments are missing, put them back into README.md");
  }
  return [text.slice(0, start), text.slice(start, end), text.slice(end)];
}

if (import.meta.main) {
  if (Deno.args.join() !== "--write") {
    console.error("Cannot make the table of claims: unknown arguments, use --write after deno task pipeline");
    Deno.exit(2);
  }
  const readme = new URL("../README.md", import.meta.url), outputs = new URL("../outputs", import.meta.url).pathname;
  const [before, , after] = splitAtTable(Deno.readTextFileSync(readme));
  const table = ledgerTable(readLedgers(decodeURIComponent(outputs), repositoryStudies()));
  Deno.writeTextFileSync(readme, before + table + after);
}
