/**
 * The command `verify`: whether a chart still follows from its study, years later and in another folder.
 *
 * @module
 */
import type { JsonObject } from "../../stages/chart/merge.ts";
import { dataOf, type Provenance, provenanceOf, textsWithout } from "../../stages/chart/provenance.ts";
import { UsageError } from "../errors.ts";
import { readOptions } from "../options.ts";
import { readRunFolder } from "../report/run_folder.ts";
import { sha256 } from "../store/hash.ts";
import { parseOverride } from "../study/overrides.ts";
import { type Answer, helped } from "./command.ts";

/** The text of `verify --help`. */
export const HELP = `Usage: deno task pipeline verify CHART.vl.json [options]

Says whether a chart follows from its study: whether its data and its drawing are those that it was made with, whether
the run.json beside it says the same, and whether the study, as its file and the program are now, leads to the same
numbers and the same drawing. Nothing is computed.

Options:
  --study FILE       the study; if left out, the one that the run.json beside the chart names, as it is now
  --set PATH=VALUE   change a value of the study; if left out, what the run had changed
  --cache DIR        the cache folder (default: outputs/.artifacts); the tasks.json beside the chart counts as well
  --json             the answer as one JSON object on stdout
  --help             this text (-h too)

Exit codes: 0 the chart follows from the study, 1 it does not, or does not say what it came from, 2 the arguments or
the study are wrong.
`;

/** Something that was looked at. */
export interface Finding {
  /** What. */
  readonly check: "provenance" | "data" | "drawing" | "record" | "study";
  /** Whether it is as it should be. */
  readonly holds: boolean;
  /** In a sentence. */
  readonly text: string;
}

/** What came of it. */
export interface Verdict {
  /** The file. */
  readonly file: string;
  /** Whether it follows from the study. */
  readonly follows: boolean;
  /** What the file says that it came from. */
  readonly provenance: Provenance | null;
  /** What was looked at. */
  readonly findings: readonly Finding[];
}

/**
 * Runs the command.
 *
 * @param words The words after `verify`.
 * @returns Its answer.
 * @throws {UsageError} If the words, the file or the study are wrong.
 * @throws {StageFailure} If the cache folder, or the record beside the chart, cannot be read.
 */
export async function verify(words: readonly string[]): Promise<Answer> {
  const values = { study: "configs/fig3a.yaml", set: "model.mass=0.1", cache: "outputs/.artifacts" };
  const options = readOptions(words, { flags: ["json"], values });
  if (options.has("help")) return helped(HELP);
  const [file, ...more] = options.words;
  if (file === undefined || more.length > 0) {
    options.problems.push(
      `Cannot verify: one chart is needed, as in verify outputs/fig3a/current.vl.json: got ${
        file === undefined ? "none" : options.words.join(" ")
      }`,
    );
  }
  if (options.problems.length > 0) throw new UsageError(options.problems);
  const overrides = options.all("set").map(parseOverride);
  const verdict = await verdictOn(file, {
    study: options.last("study"),
    overrides: overrides.length === 0 ? undefined : overrides,
    cache: options.last("cache") ?? values.cache,
  });
  const text = options.has("json") ? `${JSON.stringify(verdict)}\n` : verdictText(verdict);
  return { text, code: verdict.follows ? 0 : 1 };
}

async function verdictOn(file: string, asked: Omit<import("./chart_study.ts").AskedStudy, "folder">): Promise<Verdict> {
  const spec = readSpec(file), provenance = provenanceOf(spec);
  const findings: Finding[] = [];
  if (provenance === undefined) {
    const text =
      "It does not say what it came from: it was not made by this program, or by a version before 0.1.0 told";
    findings.push({ check: "provenance", holds: false, text });
    return { file, follows: false, provenance: null, findings };
  }
  const slash = file.lastIndexOf("/"), folder = slash < 0 ? "." : file.slice(0, slash);
  const beside = readRunFolder(folder), run = beside?.record.study.study === provenance.study ? beside : undefined;
  if (run === undefined && asked.study === undefined) {
    throw new UsageError([
      `Cannot verify ${file}: there is no run.json of the study ${provenance.study} beside it: name the study with --study`,
    ]);
  }
  const { recordFinding, studyFinding } = await import("./chart_study.ts");
  findings.push(...ownFindings(spec, provenance), recordFinding(run, provenance));
  findings.push(await studyFinding(run, provenance, { ...asked, folder }));
  return { file, follows: findings.every(({ holds }) => holds), provenance, findings };
}

/** What can be told by the file alone. */
function ownFindings(spec: JsonObject, provenance: Provenance): Finding[] {
  const areData = sha256(dataOf(spec)) === provenance.data;
  const isDrawing = textsWithout(spec).some((text) => sha256(text) === provenance.spec);
  return [
    {
      check: "data",
      holds: areData,
      text: areData ? "Its data are those that it was made with" : "Its data have been changed since it was made",
    },
    {
      check: "drawing",
      holds: isDrawing,
      text: isDrawing
        ? "How they are drawn is as it was made"
        : areData
        ? "How they are drawn has been changed since it was made: marks, scales, titles or their order in the file"
        : "So it is not the spec that it was made as",
    },
  ];
}

function readSpec(file: string): JsonObject {
  const wrong = (reason: string) =>
    new UsageError([`Cannot verify ${file}: ${reason}: name the .vl.json file of a chart`]);
  try {
    const spec: unknown = JSON.parse(Deno.readTextFileSync(file));
    if (typeof spec === "object" && spec !== null && !Array.isArray(spec)) return spec as JsonObject;
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong("it is no JSON");
    if (error instanceof Deno.errors.NotFound) throw wrong("there is no such file");
    throw wrong((error as Error).message);
  }
  throw wrong("it is no Vega-Lite spec");
}

function verdictText({ file, follows, findings }: Verdict): string {
  const lines = findings.map(({ holds, text }) => `  ${holds ? "yes" : "no "}  ${text.replaceAll("\n", "\n       ")}.`);
  return [`${file} ${follows ? "follows" : "does not follow"} from its study`, ...lines, ""].join("\n");
}
