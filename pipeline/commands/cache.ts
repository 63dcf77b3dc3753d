/**
 * The command `cache`: how large the cache is, whether it is sound, and what of it is still needed.
 *
 * @module
 */
import { UsageError } from "../errors.ts";
import { type Options, readOptions } from "../options.ts";
import { readBytes, readTime } from "../report/quantities.ts";
import { nearestName } from "../study/nearest_name.ts";
import { type Answer, helped } from "./command.ts";

/** The text of `cache --help`. */
export const HELP = `Usage: deno task pipeline cache [verify | gc] [options]

  cache          how many artifacts there are, how large they are, by stage
  cache verify   hash everything again; what is damaged is listed and set aside, as a run would do that comes across it
  cache gc       remove what no output folder refers to: neither its files, nor anything that they were made from,
                 the diagonalizations included, so that a run with other parameters goes on from there.
                 Nothing that is younger than an hour is touched, and a run may be at work meanwhile.

Options:
  --cache DIR          the cache folder (default: outputs/.artifacts)
  --json               the answer as one JSON object on stdout
  --help               this text (-h too)
of gc:
  --out DIR            an output folder (default: outputs); may be repeated. Others that runs with this cache have
                       written to count as well, as long as they are there
  --older-than AGE     remove only what is older, e.g. 30d, 12h
  --max-size SIZE      remove only as much as it takes to get below a size, e.g. 2GB, the oldest first
  --dry-run            say what would be removed; remove nothing

Exit codes: 0 done, 1 something is damaged (verify), or it cannot be told what is needed (gc), 2 the arguments are
wrong.
`;

const COMMON = { flags: ["json"], values: { cache: "outputs/.artifacts" } };
const OF_GC = {
  flags: [...COMMON.flags, "dry-run"],
  values: { ...COMMON.values, out: "outputs", "older-than": "30d", "max-size": "2GB" },
};
const ACTIONS = ["verify", "gc"];

/**
 * Runs the command.
 *
 * @param words The words after `cache`.
 * @returns Its answer.
 * @throws {UsageError} If the words are wrong.
 * @throws {StageFailure} If the cache folder cannot be used.
 */
export async function cache(words: readonly string[]): Promise<Answer> {
  const isGc = words[0] === "gc", options = readOptions(words, isGc ? OF_GC : COMMON);
  if (options.has("help")) return helped(HELP);
  const [action, ...more] = options.words;
  if (action !== undefined && !ACTIONS.includes(action)) {
    const nearest = nearestName(action, ACTIONS);
    const hint = nearest === undefined ? "it is cache, cache verify or cache gc" : `did you mean cache ${nearest}?`;
    options.problems.push(`Cannot run cache ${action}: there is no such command: ${hint}`);
  }
  for (const word of more) options.problems.push(`Cannot run cache ${action}: it takes no ${JSON.stringify(word)}`);
  const folder = (options.last("cache") ?? COMMON.values.cache).replace(/(?<=.)\/+$/, "");
  const gcSettings = isGc ? settingsOfGc(options) : undefined;
  if (options.problems.length > 0) throw new UsageError(options.problems);
  const answer = <T>(report: T, text: (report: T) => string, code = 0): Answer => ({
    text: options.has("json") ? `${JSON.stringify(report)}\n` : text(report),
    code,
  });

  if (gcSettings !== undefined) {
    const { collectGarbage, garbageText } = await import("./cache_gc.ts");
    return answer(await collectGarbage(folder, gcSettings), garbageText);
  }
  if (action === "verify") {
    const { verifyCache, verifiedText } = await import("./cache_verify.ts");
    const report = verifyCache(folder);
    return answer(report, verifiedText, report.damaged.length > 0 ? 1 : 0);
  }
  const { censusOf, censusText } = await import("./cache_census.ts");
  return answer(censusOf(folder), censusText);
}

function settingsOfGc(options: Options) {
  const outs = options.all("out").map((out) => out.replace(/(?<=.)\/+$/, ""));
  const [age, size] = [options.last("older-than"), options.last("max-size")];
  const olderThan = age === undefined ? 0 : readTime(age), maxSize = size === undefined ? undefined : readBytes(size);
  const problem = (name: string, examples: string, value: string) =>
    options.problems.push(`Cannot read the arguments: --${name} must be such as ${examples}: got "${value}"`);
  if (age && olderThan === undefined) problem("older-than", "30d, 12h or 90m", age);
  if (size && maxSize === undefined) problem("max-size", "2GB or 500MB", size);
  return {
    outs: outs.length === 0 ? ["outputs"] : outs,
    olderThan: olderThan ?? 0,
    maxSize,
    dryRun: options.has("dry-run"),
  };
}
