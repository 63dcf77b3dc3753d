/**
 * Measured values and their bounds in words, for the tables that people read: no more digits than the verdict needs, and no rounding error as if it were a result.
 *
 * @module
 */
import { type Bound, written } from "./claim.ts";

/** Where only a greatest value counts, what is below this is rounding, which differs from machine to machine. */
const ROUNDING = 1e-9;

/**
 * A measured value: two digits, or three where the bound is an interval that two might round to the edge of.
 *
 * @param value The value.
 * @param bound What it is judged by.
 * @returns The text.
 */
export function measuredText(value: number, { least, most }: Bound): string {
  const isRounding = least === undefined && most !== undefined && value < ROUNDING;
  if (!isRounding) return written(value, least !== undefined && most !== undefined ? 3 : 2);
  return `< ${written(value < most ? Math.min(most, ROUNDING) : ROUNDING)}`;
}

/**
 * A bound.
 *
 * @param bound The bound.
 * @returns For example `≤ 0.05` or `0.9 … 1.1`.
 */
export function boundText({ least, most }: Bound): string {
  if (least !== undefined && most !== undefined) return `${written(least)} … ${written(most)}`;
  return least === undefined ? `≤ ${written(most!)}` : `≥ ${written(least)}`;
}
