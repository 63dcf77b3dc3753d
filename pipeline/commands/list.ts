/**
 * The command `list`: which studies there are, and which of them have something to do, by the same fingerprints and keys that runs go by.
 *
 * @module
 */
import type { Settings } from "../arguments.ts";
import { UsageError } from "../errors.ts";
import { readRunRecord } from "../report/run_record.ts";
import { type ListedStudy, listText } from "../report/study_list.ts";
import type { StudyPlan } from "../report/study_plan.ts";
import { terminalOf } from "../report/terminal.ts";
import { SourceMemory } from "../store/source_memory.ts";
import { type Answer, helped } from "./command.ts";
import { commandSettings } from "./command_settings.ts";
import { freshRecords, textHashes } from "./finished.ts";
import { folderProblems } from "./output_folders.ts";
import { studyFiles } from "./study_files.ts";

/** The text of `list --help`. */
export const HELP = `Usage: deno task pipeline list [STUDY.yaml …] [options]

Lists the studies named, or those of configs/, with their titles and how their results stand:
  fresh       a run would have nothing to do
  stale       something changed since the last run; it says what
  never run   there are no results
  wrong       the study has mistakes, and a run would refuse it

Options:
  --out DIR          where results are (default: outputs)
  --cache DIR        where intermediate artifacts are kept (default: outputs/.artifacts)
  --json             the answer as one JSON object on stdout
  --help             this text (-h too)

Examples:
  deno task pipeline list
  deno task pipeline list my-slab.yaml configs/fig3a.yaml

Exit codes: 0 done, 2 the arguments or a study are wrong.
`;

const OPTIONS = { flags: ["json"], values: { out: "outputs", cache: "outputs/.artifacts" } };

/**
 * Runs the command.
 *
 * @param words The words after `list`.
 * @returns Its answer.
 * @throws {UsageError} If the words are wrong, or there is no study.
 * @throws {StageFailure} If the cache folder or the record of a run cannot be read.
 */
export async function list(words: readonly string[]): Promise<Answer> {
  const settings = commandSettings(words, OPTIONS);
  if (settings === undefined) return helped(HELP);
  const studies = await listedStudies(studyFiles(settings), settings);
  const run = words.length > 3 ? "deno task pipeline, with the same words" : ["deno task pipeline", ...words].join(" ");
  const text = settings.json ? `${JSON.stringify({ studies })}\n` : listText(studies, terminalOf(Deno.stdout), run);
  return { text, code: studies.some(({ state }) => state === "wrong") ? 2 : 0 };
}

async function listedStudies(files: readonly string[], settings: Settings): Promise<ListedStudy[]> {
  const memory = await SourceMemory.open(settings.cache);
  const fresh = await freshRecords(files, await textHashes(files), settings, memory);
  const studies: ListedStudy[] = [];
  let look: ((file: string) => Promise<ListedStudy>) | undefined;
  for (const file of files) {
    const record = fresh.get(file);
    if (record !== undefined) {
      const { study: { study, title } } = record;
      // The record that is kept is of the run that computed; the one in the folder may be of a later one that had nothing to do.
      const run = readRunRecord(`${settings.out}/${study}/run.json`)?.started ?? null;
      studies.push({ file, study, title, state: "fresh", why: [], run });
    } else {
      look ??= await closerLook(settings);
      studies.push(await look(file));
    }
  }
  return withTwins(studies, settings);
}

/** How to tell of a study that is not known to be fresh; what that takes is loaded only if there is one. */
async function closerLook(settings: Settings): Promise<(file: string) => Promise<ListedStudy>> {
  const { loadStudy } = await import("../study/load.ts");
  let plan: ((loaded: ReturnType<typeof loadStudy>) => Promise<StudyPlan>) | undefined;
  return async (file) => {
    let loaded: ReturnType<typeof loadStudy>;
    try {
      loaded = loadStudy(file, settings.overrides);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return { file, study: null, title: null, state: "wrong", why: error.problems, run: null };
    }
    const { study: { study, title } } = loaded;
    const record = readRunRecord(`${settings.out}/${study}/run.json`);
    if (record === undefined) return { file, study, title, state: "never run", why: [], run: null };
    plan ??= await planner(settings);
    const why = reasons(await plan(loaded));
    return { file, study, title, state: why.length > 0 ? "stale" : "fresh", why, run: record.started };
  };
}

async function planner(
  settings: Settings,
): Promise<(loaded: Parameters<typeof import("./plan.ts").planStudies>[0][number]) => Promise<StudyPlan>> {
  const { planStudies } = await import("./plan.ts"), { sourcesFor } = await import("./sources.ts");
  const sources = await sourcesFor(settings.cache);
  // One by one: each is asked about by itself, whatever a run of the others would have made by then.
  return async (loaded) => (await planStudies([loaded], settings, sources))[0];
}

/** What changed; that a stage takes what another one computes anew only follows from it. */
function reasons({ compute, stages, write }: StudyPlan): string[] {
  if (compute === 0) return write.length === 0 ? [] : [`to be written: ${write.join(", ")}`];
  const roots = stages.flatMap((stage) => stage.reasons).filter(({ kind }) => kind !== "input");
  return [...new Set(roots.map(({ text }) => text))];
}

/** Two studies of one name, or a folder that cannot be written to, are refused by a run however fresh they are. */
function withTwins(studies: readonly ListedStudy[], settings: Settings): ListedStudy[] {
  const named: { study: string; file: string }[] = [];
  return studies.map((listed) => {
    const { study, file } = listed;
    if (study === null) return listed;
    const twins = named.filter((other) => other.study === study);
    named.push({ study, file });
    const problems = folderProblems([...twins, { study, file }], settings);
    return problems.length === 0 ? listed : { ...listed, state: "wrong", why: problems };
  });
}
