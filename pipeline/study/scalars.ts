/**
 * Every number, word and list of a study is one of a few kinds; each kind states its rule once, in the words that follow
 * the key in an error message.
 *
 * @module
 */
import * as v from "valibot";
import { listed, printable } from "../errors.ts";
import { mapping } from "./mapping.ts";

/** A schema of one number or word. */
export type ScalarSchema = v.GenericSchema<unknown, number | string>;

/** The schema of a number. */
export type NumberSchema = v.GenericSchema<number, number>;

/** The most points that one range may have, and the most points of a whole sweep. */
export const MOST_POINTS = 1_000_000;

const FINITE = "must be a finite number";

/** Returns the schema of a finite number. */
export function finite(description: string): NumberSchema {
  return v.pipe(v.number(FINITE), v.finite(FINITE), v.description(description));
}

/** Returns the schema of a finite number above zero. */
export function positive(description: string): NumberSchema {
  const rule = "must be a finite number above 0";
  return v.pipe(v.number(rule), v.finite(rule), v.gtValue(0, rule), v.description(description));
}

/** Returns the schema of a finite number that is zero or above. */
export function nonNegative(description: string): NumberSchema {
  const rule = "must be a finite number, 0 or above";
  return v.pipe(v.number(rule), v.finite(rule), v.minValue(0, rule), v.description(description));
}

/** Returns the schema of a whole number within bounds, both included. */
export function integer(least: number, most: number, description: string): NumberSchema {
  const rule = `must be an integer from ${least} to ${most}`;
  return v.pipe(
    v.number(rule),
    v.integer(rule),
    v.minValue(least, rule),
    v.maxValue(most, rule),
    v.description(description),
  );
}

/** Returns the schema of one word out of several. */
export function choice<const Options extends readonly string[]>(
  options: Options,
  description: string,
): v.GenericSchema<Options[number], Options[number]> {
  return v.pipe(v.picklist(options, `must be ${listed(options, "or")}`), v.description(description));
}

/** The longest text, in characters. */
const LONGEST_TEXT = 1000;

/** Returns the schema of a text that is not empty, and that charts and terminals can show. */
export function text(description: string): v.GenericSchema<string, string> {
  const rule = "must be text";
  return v.pipe(
    v.string(rule),
    v.nonEmpty(rule),
    v.maxLength(LONGEST_TEXT, `must be text of at most ${LONGEST_TEXT} characters`),
    v.check(
      (value) => printable(value.replace(/[\t\n]/g, "")).length === value.replace(/[\t\n]/g, "").length,
      "has characters that cannot be shown: take them out",
    ),
    v.description(description),
  );
}

/** Returns the schema of a name of at most 64 characters that fits into a file's path on every system. */
export function fileName(characters: RegExp, rule: string, description: string): v.GenericSchema<string, string> {
  return v.pipe(v.string(rule), v.regex(characters, rule), v.maxLength(64, rule), v.description(description));
}

/** A range as files give it. */
export const rangeMapping = mapping({
  from: finite("The first value."),
  to: finite("The last value."),
  count: integer(1, MOST_POINTS, "The number of values, equally spaced, both ends included."),
});

/**
 * Returns the points of a range: (from (count − 1 − i) + to i)/(count − 1) for i = 0 … count − 1, so that a range
 * symmetric about zero is exactly antisymmetric; the ends are `from` and `to` to the last bit; `[from]` for a count of 1.
 */
export function rangePoints(range: { readonly from: number; readonly to: number; readonly count: number }): number[] {
  const { from, to, count } = range;
  if (count === 1) return [from];
  const last = count - 1;
  return Array.from({ length: count }, (_, i) => {
    // The formula alone turns an end of 0.1 into 0.10000000000000002 for a count of 4.
    if (i === 0 || i === last) return i === 0 ? from : to;
    return (from * (last - i) + to * i) / last;
  });
}

/** Returns the schema that turns a range into its points, each of which must keep the rule of `item`. */
export function range(item: ScalarSchema): v.GenericSchema<v.InferInput<typeof rangeMapping>, number[]> {
  return v.pipe(
    rangeMapping,
    v.check(({ from, to, count }) => count > 1 || from === to, "has one point, so from and to must be equal"),
    v.transform(rangePoints),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      // One issue a range: a wrong step makes thousands of wrong points.
      for (const [index, point] of dataset.value.entries()) {
        const result = v.safeParse(item, point, { abortPipeEarly: true });
        if (result.success) continue;
        addIssue({ message: `${result.issues[0].message}: point ${index + 1} of the range is ${point}` });
        return;
      }
    }),
  );
}

/** Returns the schema of the values that a swept number takes: a list, or a range. */
export function sweptNumbers(item: ScalarSchema): v.GenericSchema<unknown, (number | string)[]> {
  const rule = "must be a list such as [0, 0.5, 1] or a range such as {from: 0, to: 1, count: 3}";
  return v.union([nonEmptyList(item), range(item)], rule);
}

/** Returns the schema of the values that a swept word takes: a list. */
export function sweptWords(item: ScalarSchema): v.GenericSchema<unknown, (number | string)[]> {
  return nonEmptyList(item);
}

/** Returns the schema of numbers given as one number, a list or a range; what comes out is always a list. */
export function numbers(description: string): v.GenericSchema<
  number | number[] | v.InferInput<typeof rangeMapping>,
  number[]
> {
  const item = finite("A number.");
  const one = v.pipe(v.number(FINITE), v.finite(FINITE), v.transform((value) => [value]));
  const list = v.pipe(v.array(item, "must be a list"), v.nonEmpty("must have at least one value"));
  const rule = "must be a number, a list such as [0, 0.5, 1] or a range such as {from: 0, to: 1, count: 3}";
  return v.pipe(v.union([one, list, range(item)], rule), v.description(description));
}

function nonEmptyList(item: ScalarSchema): v.GenericSchema<unknown, (number | string)[]> {
  return v.pipe(v.array(item, "must be a list of values"), v.nonEmpty("must have at least one value"));
}

/** Returns the schema of one word out of several, or of a list of different ones. */
export function oneOrSeveral<const Options extends readonly string[]>(
  options: Options,
): v.GenericSchema<Options[number] | Options[number][], Options[number] | Options[number][]> {
  const rule = `must be ${listed(options, "or")}`, word = v.picklist(options, rule);
  return v.union([
    word,
    v.pipe(
      v.array(word),
      v.check((words) => words.length > 0, "must name one at least"),
      v.check((words) => new Set(words).size === words.length, "must name each once"),
    ),
  ], `${rule}, or a list of these`);
}
