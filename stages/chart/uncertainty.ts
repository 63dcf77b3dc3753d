/**
 * How values are written beside points: short, and with their uncertainty in the form that physicists use, 0.525(1).
 *
 * @module
 */
import { superscript } from "./notation.ts";

/** The digits of a value that has no uncertainty. */
const DIGITS = 4;

/** Whole numbers below this are written in full. */
const LARGEST_WHOLE = 1e6;

/**
 * Returns a value with its uncertainty in units of its last digit, such as 0.525(1) or 1.0(12). The uncertainty is rounded to
 * one digit, or to two if it begins with 1: so an uncertainty of 0.96 is (10) and one of 1.96 is (2). Without a finite
 * uncertainty above 0 it is the value alone.
 *
 * @param value The value.
 * @param uncertainty Its uncertainty; a sign does not count.
 * @param exponent The power of ten over which both are written.
 */
export function valueWithUncertainty(value: number, uncertainty: number, exponent: number): string {
  const scaled = shifted(value, -exponent), size = Math.abs(shifted(uncertainty, -exponent));
  if (!Number.isFinite(value) || !(size > 0 && size < Infinity)) return shortNumber(value, exponent);
  // Two digits tell whether one is enough: 1.96 rounds to 2.0, which does not begin with 1.
  const [digits, power] = size.toExponential(1).split("e");
  const place = Number(power) - (Number(digits) < 2 ? 1 : 0);
  const units = Math.round(shifted(Number(size.toExponential(Number(power) - place)), -place));
  // In decimals, so that 0.4775 is rounded up although its double is a little less.
  const rounded = shifted(Math.sign(scaled) * Math.round(Math.abs(shifted(scaled, -place))), place);
  return place > 0
    ? `${withMinus(String(rounded))}(${shifted(units, place)})`
    : `${withMinus(rounded.toFixed(Math.min(100, -place)))}(${units})`;
}

/**
 * Returns a number with four digits, whole ones below a million in full; very large and small ones over a power of ten.
 *
 * @param value The number.
 * @param exponent The power of ten over which it is written.
 */
export function shortNumber(value: number, exponent = 0): string {
  const scaled = shifted(value, -exponent);
  if (Number.isInteger(scaled) && Math.abs(scaled) < LARGEST_WHOLE) return withMinus(String(scaled));
  const [digits, power] = Number(scaled.toPrecision(DIGITS)).toExponential().split("e");
  const isPlain = power === undefined || (Number(power) >= -3 && Number(power) < DIGITS + 2);
  if (isPlain) return withMinus(String(Number(scaled.toPrecision(DIGITS))));
  return `${withMinus(digits)}×10${superscript(Number(power))}`;
}

/** Returns a number times a power of ten, read anew so that 0.1 shifted by one is 1 exactly. */
function shifted(value: number, power: number): number {
  if (!Number.isFinite(value)) return value;
  const [digits, own] = value.toExponential().split("e");
  return Number(`${digits}e${Number(own) + power}`);
}

/** Returns a number with a real minus, and zero without. */
function withMinus(digits: string): string {
  return Number(digits) === 0 ? digits.replace("-", "") : digits.replace("-", "−");
}
