/**
 * The command line, from words to settings that have been checked.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { UsageError } from "./errors.ts";
import { optionProblems, withNegativeValues } from "./options.ts";
import { type Override, parseOverride } from "./study/overrides.ts";

/** What the user asked for. */
export interface Settings {
  /** Study files; none means all of `configs/`. */
  readonly studies: readonly string[];
  /** Where results go. */
  readonly out: string;
  /** Where artifacts are kept. */
  readonly cache: string;
  /** How many workers. */
  readonly workers: number;
  /** The `--set` arguments. */
  readonly overrides: readonly Override[];
  /** Only say what would run. */
  readonly plan: boolean;
  /** Run again what is saved, until it is ended. */
  readonly watch: boolean;
  /** Of a hundred artifacts that are there, so many are computed once more and compared. */
  readonly recheck: number;
  /** One JSON object a line on stdout. */
  readonly json: boolean;
  /** No progress. */
  readonly quiet: boolean;
  /** Run what is estimated to take very long or very much memory. */
  readonly unlimited: boolean;
}

/** What the command line comes to: a run, or a text to be printed. */
export type Request =
  | { readonly kind: "run"; readonly settings: Settings }
  | { readonly kind: "help" }
  | { readonly kind: "version" };

const FLAGS = ["plan", "watch", "json", "quiet", "unlimited", "help", "version"];
const VALUES = ["out", "cache", "workers", "set", "executor", "recheck"];
const MOST_WORKERS = 256;

/** The text of `--help`. */
export const HELP = `Usage: deno task pipeline [STUDY.yaml …] [options]
       deno task pipeline COMMAND …

Runs the studies named; with none, every configs/*.yaml. Only what depends on a change is computed again.

Commands (each has its own --help):
  init NAME          write a study to begin with, with every key explained
  list               the studies of configs/ with their titles, and whether their results are up to date
  describe STUDY     what a study computes and what it takes: parameters, points, stages, time, files
  cache              how large the cache is; cache verify, cache gc: check it, tidy it up
  diff A B           what differs between two studies, or two runs: parameters, artifacts, numbers
  verify CHART       whether a chart (.vl.json) still follows from its study
  completion SHELL   a script with which bash, zsh or fish complete all this

Options:
  --out DIR          where results go, one folder a study (default: outputs)
  --cache DIR        where intermediate artifacts are kept (default: outputs/.artifacts)
  --workers N        worker threads (default: all cores)
  --set PATH=VALUE   change a value of every study named, e.g. --set model.mass=0.1; may be repeated
  --plan             say what would run, for how long and why; compute nothing
  --watch            run, and run again what depends on a change whenever a study is saved, until Ctrl-C
  --recheck PERCENT  of the artifacts that are there, compute so many once more and compare (default: 1; 0: none)
  --executor local   where tasks run (this version: on this machine only)
  --json             progress and results as one JSON object a line on stdout
  --quiet            no progress
  --unlimited        run what is estimated to take more than a day, or more memory than there is
  --help             this text (-h too)
  --version          the version

Examples:
  deno task pipeline configs/fig3a.yaml
  deno task pipeline configs/fig3a.yaml --set momentum.qy=128 --set momentum.qz=128 --out /tmp/fine
  deno task pipeline --plan

Exit codes: 0 done, 1 a stage failed, 2 the arguments or a study are wrong, 130 stopped by Ctrl-C.
`;

/**
 * Reads the command line.
 *
 * @param given The words after the program's name.
 * @param cores How many workers there are by default.
 * @returns What is asked for.
 * @throws {UsageError} With everything that is wrong with it.
 */
export function readArguments(given: readonly string[], cores: number): Request {
  const words = withNegativeValues(given, VALUES);
  const problems = optionProblems(words, FLAGS, VALUES);
  const parsed = parseArgs([...words], { boolean: FLAGS, string: [...VALUES, "_"], collect: ["set"] });
  if (parsed.help === true || parsed.h === true) return { kind: "help" };
  if (parsed.version === true) return { kind: "version" };

  const text = (name: string, fallback: string): string => {
    const value = parsed[name];
    // A mapping is what is made of --out.x, which is among the unknown options already.
    if (value === undefined || typeof value === "object") return fallback;
    if (typeof value === "string" && value !== "") return value;
    problems.push(`Cannot read the arguments: --${name} needs a value, as in --${name} ${fallback}`);
    return fallback;
  };
  const workers = text("workers", String(Math.min(cores, MOST_WORKERS)));
  if (!/^[0-9]+$/.test(workers) || Number(workers) < 1 || Number(workers) > MOST_WORKERS) {
    problems.push(
      `Cannot read the arguments: --workers must be a whole number from 1 to ${MOST_WORKERS}: got "${workers}"`,
    );
  }
  const executor = text("executor", "local");
  if (executor !== "local") {
    problems.push(`Cannot read the arguments: --executor must be local in this version: got "${executor}"`);
  }
  const recheck = text("recheck", "1");
  if (!/^[0-9]*\.?[0-9]+$/.test(recheck) || Number(recheck) > 100) {
    problems.push(`Cannot read the arguments: --recheck must be a number from 0 to 100: got "${recheck}"`);
  }
  const out = text("out", "outputs");
  const settings: Settings = {
    studies: parsed._.map(String),
    out: withoutSlash(out),
    cache: withoutSlash(text("cache", "outputs/.artifacts")),
    workers: Number(workers),
    overrides: overridesIn(Array.isArray(parsed.set) ? parsed.set as string[] : [], problems),
    plan: parsed.plan === true,
    watch: parsed.watch === true,
    recheck: Number(recheck),
    json: parsed.json === true,
    quiet: parsed.quiet === true,
    unlimited: parsed.unlimited === true,
  };
  if (settings.plan && settings.watch) {
    problems.push("Cannot read the arguments: --watch runs studies and --plan does not: leave one of them out");
  }
  if (problems.length > 0) throw new UsageError(problems);
  return { kind: "run", settings };
}

function overridesIn(texts: readonly string[], problems: string[]): Override[] {
  return texts.flatMap((text) => {
    if (text === "") {
      problems.push("Cannot read the arguments: --set needs a value, as in --set model.mass=0.1");
      return [];
    }
    try {
      return [parseOverride(text)];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}
