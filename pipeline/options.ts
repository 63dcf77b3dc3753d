/**
 * Options on the command line, read alike by every command: what is mistyped, or left without a value, is told with the name that was meant.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { nearestName } from "./study/nearest_name.ts";

/** The options that a command has. */
export interface OptionNames {
  /** Those without a value. */
  readonly flags: readonly string[];
  /** Those with a value, each with an example for who leaves it out. */
  readonly values: Readonly<Record<string, string>>;
}

/** What was found on a command line. */
export interface Options {
  /** The words that are no options. */
  readonly words: readonly string[];
  /** Everything that is wrong, one sentence each. */
  readonly problems: string[];
  /** Whether a flag is there. */
  has(flag: string): boolean;
  /** The values of an option, in their order. */
  all(name: string): readonly string[];
  /** The last value of an option, or undefined if it is not there. */
  last(name: string): string | undefined;
}

/**
 * Reads a command line.
 *
 * @param given The words after the command.
 * @param names Its options; `-h` and `--help` are among them.
 * @returns What is there.
 */
export function readOptions(given: readonly string[], names: OptionNames): Options {
  const values = Object.keys(names.values), flags = [...names.flags, "help"], words = withNegativeValues(given, values);
  const problems = optionProblems(words, flags, values);
  const parsed = parseArgs([...words], { boolean: flags, string: [...values, "_"], collect: values });
  const listed = (name: string): string[] => {
    const found = parsed[name];
    // A mapping is what is made of --out.x, which is among the unknown options already.
    return Array.isArray(found) ? found.filter((value) => typeof value === "string") : [];
  };
  for (const [name, example] of Object.entries(names.values)) {
    if (listed(name).includes("")) {
      problems.push(`Cannot read the arguments: --${name} needs a value, as in --${name} ${example}`);
    }
  }
  return {
    words: parsed._.map(String),
    problems,
    has: (flag) => parsed[flag] === true || (flag === "help" && parsed.h === true),
    all: listed,
    last: (name) => listed(name).at(-1),
  };
}

/**
 * Everything that is wrong with the names of options.
 *
 * @param words The words of a command line.
 * @param flags Options without a value.
 * @param values Options with a value.
 * @returns A sentence each.
 */
export function optionProblems(
  words: readonly string[],
  flags: readonly string[],
  values: readonly string[],
): string[] {
  const options = optionsIn(words, values), known = [...flags, ...values].map((name) => `--${name}`);
  const unknown = options.flatMap((word) => {
    const name = word.split("=")[0];
    if (known.includes(name) || (name === "-h" && flags.includes("help"))) return [];
    const isLetter = /^-[a-z]$/.test(name);
    const nearest = isLetter
      ? known.filter((option) => option[2] === name[1])
      : [nearestName(name, known) ?? []].flat();
    const hint = nearest.length === 0 ? "--help lists the options" : `did you mean ${nearest.join(" or ")}?`;
    return [`Cannot read the arguments: unknown option ${name}: ${hint}`];
  });
  // A flag is there or not; any value but false would count as true, even no.
  const valued = options.flatMap((word) => {
    const flag = flags.find((name) => word.startsWith(`--${name}=`));
    return flag === undefined
      ? []
      : [`Cannot read the arguments: --${flag} takes no value: got "${word.slice(flag.length + 3)}"`];
  });
  return [...unknown, ...valued];
}

/** The words that are options: what starts with a hyphen, up to `--`; a word such as -3 after an option that needs a value was meant as its value. */
function optionsIn(words: readonly string[], values: readonly string[]): string[] {
  const end = words.indexOf("--");
  return words.slice(0, end < 0 ? words.length : end).filter((word, i) => {
    const meantAsValue = !word.startsWith("--") && values.some((name) => words[i - 1] === `--${name}`);
    return word.startsWith("-") && word !== "-" && !meantAsValue;
  });
}

/**
 * Joins values that start with a hyphen to their options: `--workers -1` is meant as `--workers=-1`, though such a word is taken for an option.
 *
 * @param words The words of a command line.
 * @param values Options with a value.
 * @returns The words, fewer where any were joined.
 */
export function withNegativeValues(words: readonly string[], values: readonly string[]): string[] {
  const joined: string[] = [], end = words.indexOf("--");
  for (const [i, word] of words.entries()) {
    const isValue = i > 0 && (end < 0 || i < end) && /^-\.?\d/.test(word) &&
      values.some((name) => words[i - 1] === `--${name}`);
    if (isValue) joined[joined.length - 1] += `=${word}`;
    else joined.push(word);
  }
  return joined;
}
