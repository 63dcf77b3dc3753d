/**
 * Numbers, words and lists as a report writes them: for the eye, and where they are parameters without loss.
 *
 * @module
 */
import type { Json } from "../../pipeline/dataflow/stage.ts";
import { superscript } from "../chart/notation.ts";

/** Lists up to this long are written out even if nothing orders them. */
const WRITTEN_OUT = 32;

/** From this length on, evenly spaced numbers are a range. */
const RANGE = 4;

/** From where to where rounded numbers go without a power of ten. */
const PLAIN = { least: 1e-3, most: 1e6 };

/** How far a number may be off an even spacing, relative to the largest one: their rounding. */
const ROUNDING = 1e-9;

/**
 * A number with a real minus and a power of ten as people write it.
 *
 * @param value The number.
 * @param digits How many digits count; without it all that tell the number from its neighbours.
 * @returns For example `−0.25` or `1.5 × 10⁻⁹`.
 */
export function numberText(value: number, digits?: number): string {
  const rounded = digits === undefined ? value : Number(value.toPrecision(digits)), size = Math.abs(rounded);
  const isPlain = digits === undefined || size === 0 || (size >= PLAIN.least && size < PLAIN.most);
  const [mantissa, exponent] = (isPlain ? String(rounded) : rounded.toExponential()).replace("-", "−").split(/e\+?/);
  return exponent === undefined ? mantissa : `${mantissa} × 10${superscript(Number(exponent.replace("−", "-")))}`;
}

/**
 * A value of a study, or a list of them.
 *
 * @param value The value.
 * @returns The text: evenly spaced numbers as a range, other long lists with their ends and length.
 */
export function valueText(value: Json): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return listText(value);
  return JSON.stringify(value);
}

function listText(list: readonly Json[]): string {
  if (list.length === 0) return "none";
  const numbers = list.filter((item) => typeof item === "number");
  const isRange = list.length >= RANGE && numbers.length === list.length && isEven(numbers);
  if (isRange) {
    return `${valueText(list[0])} … ${valueText(list[list.length - 1])} (${list.length} evenly spaced values)`;
  }
  if (list.length <= WRITTEN_OUT) return list.map(valueText).join(", ");
  const [first, second, last] = [list[0], list[1], list[list.length - 1]].map(valueText);
  return `${first}, ${second}, … ${last} (${list.length} values)`;
}

/** Whether numbers are as far apart from each other as the first and last allow. */
function isEven(numbers: readonly number[]): boolean {
  const first = numbers[0], steps = numbers.length - 1, last = numbers[steps];
  const tolerance = ROUNDING * Math.max(Math.abs(first), Math.abs(last));
  return first !== last &&
    numbers.every((value, i) => Math.abs(value - (first * (steps - i) + last * i) / steps) <= tolerance);
}
