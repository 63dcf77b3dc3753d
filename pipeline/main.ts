/**
 * The command line's entry: arguments to a command, errors to words and exit codes.
 *
 * @module
 */
import project from "../deno.json" with { type: "json" };
import { HELP, readArguments, type Request } from "./arguments.ts";
import { commandNamed } from "./commands/command.ts";
import * as later from "./commands/later.ts";
import { finishedRecords, keepFinished, runFinished, textHashes } from "./commands/finished.ts";
import { studyFiles } from "./commands/study_files.ts";
import { StageFailure, UsageError } from "./errors.ts";
import { illustrated } from "./excerpt.ts";
import { TextReporter, warn } from "./report/reporter.ts";
import type { RunRecord } from "./report/run_record.ts";
import { idlePlan, planText, type StudyPlan } from "./report/study_plan.ts";
import { terminalOf } from "./report/terminal.ts";
import { SourceMemory } from "./store/source_memory.ts";
import { hasTraces } from "./store/trace_folder.ts";

const STOPPED = 130;

/** Runs the command line and returns its exit code. */
async function main(words: readonly string[]): Promise<number> {
  const answered = await runCommand(words);
  if (answered !== undefined) return answered;
  let request: Request;
  try {
    request = readArguments(words, navigator.hardwareConcurrency);
  } catch (error) {
    return usage(error);
  }
  if (request.kind === "help") return print(HELP);
  if (request.kind === "version") return print(`diracflow ${project.version}\n`);
  const { settings } = request;
  const reporter = new TextReporter(
    { error: Deno.stderr, out: Deno.stdout, terminal: () => terminalOf(Deno.stderr), now: () => performance.now() },
    settings,
  );

  let files: readonly string[];
  try {
    files = studyFiles(settings);
  } catch (error) {
    return usage(error);
  }
  // Where there is work for certain, first those who take long to be ready for it; then what finds that there is nothing to do; then all the rest.
  const early = settings.plan || hasTraces(settings.cache)
    ? undefined
    : (await later.workers()).startedFor(settings, files);
  const memory = await SourceMemory.open(settings.cache);
  let texts: Map<string, string>;
  try {
    texts = await textHashes(files);
  } catch (error) {
    return usage(error);
  }
  if (settings.plan) {
    const records = await finishedRecords(files, texts, settings, memory);
    if (records !== undefined) return tellPlans(records.map(idlePlan), settings.json, reporter);
  } else if (!settings.watch && await runFinished(files, texts, settings, memory, reporter)) {
    reporter.ended(settings.out);
    return 0;
  }

  const { drawAhead, poolFor } = await later.workers();
  const workers = early ?? poolFor(settings);
  const { SourceHashes } = await later.sourceHash();
  const { PackageLock } = await later.packageLock();
  const lock = new PackageLock(Deno.readTextFileSync(new URL("../deno.lock", import.meta.url)));
  const sources = new SourceHashes(project.imports, { lock, memory, loading: performance.timeOrigin });
  workers.judgeBy((module) => sources.changed(module));
  const { loadStudies } = await later.studies();
  let studies;
  try {
    studies = loadStudies(settings);
  } catch (error) {
    return usage(error, settings.json);
  }
  if (!settings.watch) { for (const { study, warnings } of studies) warn(reporter, study.study, warnings); }
  if (settings.plan) {
    const { planStudies } = await later.plan();
    return tellPlans(await planStudies(studies, settings, sources), settings.json, reporter);
  }
  drawAhead(workers, studies);
  const { isStop, runStudies } = await later.run();
  let stop: () => void = () => Deno.exit(STOPPED);
  const stopped = () => stop();
  Deno.addSignalListener("SIGINT", stopped);
  const records = new Map<string, RunRecord>();
  try {
    const onStop = (stopRun: () => void) => {
      stop = () => {
        stopRun();
        stop = () => Deno.exit(STOPPED); // a second Ctrl-C does not wait
      };
    };
    if (settings.watch) {
      const { watchStudies } = await later.watch();
      const showError = (error: UsageError) => reporter.say(errorText(error, settings.json));
      await watchStudies(settings, { sources, memory, reporter, showError, workers }, onStop);
    }
    const onRecord = (file: string, record: RunRecord) => records.set(file, record);
    const onHashed = () => memory.save();
    const tools = { sources, reporter, onStop, onHashed, onRecord, workers };
    const succeeded = await runStudies(studies, settings, tools);
    await keepFinished(records, texts, settings, studies, sources, memory);
    reporter.ended(settings.out);
    return succeeded ? 0 : 1;
  } catch (error) {
    if (!isStop(error)) throw error;
    reporter.record({ event: "stopped" });
    reporter.say("Stopped. What is done is kept: run the same command again to go on.");
    return STOPPED;
  } finally {
    Deno.removeSignalListener("SIGINT", stopped);
  }
}

/** Runs the command that the first word names; undefined if it names none. */
async function runCommand([word, ...words]: readonly string[]): Promise<number | undefined> {
  try {
    const command = await commandNamed(word);
    if (command === undefined) return undefined;
    const { text, code } = await command(words);
    print(text);
    return code;
  } catch (error) {
    return usage(error);
  }
}

function tellPlans(plans: readonly StudyPlan[], json: boolean, reporter: TextReporter): number {
  for (const plan of plans) {
    if (json) reporter.record({ event: "plan", ...plan });
    else print(`${planText(plan)}\n`);
  }
  return 0;
}

function print(text: string): number {
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
  return 0;
}

function usage(error: unknown, json = false): number {
  if (!(error instanceof UsageError)) throw error;
  console.error(errorText(error, json));
  return 2;
}

function errorText(error: UsageError, json: boolean): string {
  const { columns } = terminalOf(Deno.stderr);
  return columns > 0 && !json ? illustrated(error, columns) : error.message;
}

/** What fails outside a study: a folder that cannot be used. Anything else is a defect of the program and shows where it is. */
function failed(error: unknown): number {
  if (!(error instanceof StageFailure)) throw error;
  console.error(error.message);
  return 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args).catch(failed));
