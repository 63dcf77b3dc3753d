/**
 * Chooses an axis's range and the power of ten of its labels before Vega sees the data, as both stand in the spec and its titles.
 *
 * @module
 */

/** A range of values, the lower end first. */
export type Range = readonly [number, number];

/**
 * Returns the least and greatest finite number, or undefined if there is none.
 *
 * @param values Numbers, among which NaN and infinities mark gaps.
 */
export function extent(values: readonly number[]): Range | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}

/**
 * Returns a range with a margin on either side, its ends rounded outwards to three digits of its span; one of no width is
 * widened by a tenth of its value.
 *
 * @param range The range of the data.
 * @param margin The margin as a part of the span.
 * @param options `acrossZero`: whether the margin may reach past zero where the data do not; if not, it ends there.
 */
export function widen([low, high]: Range, margin: number, { acrossZero }: { readonly acrossZero: boolean }): Range {
  if (low === high) {
    const half = low === 0 ? 1 : Math.abs(low) / 10;
    return widen([low - half, high + half], 0, { acrossZero: true });
  }
  const pad = margin * (high - low);
  const quantum = 10 ** (Math.floor(Math.log10(high - low)) - 2);
  // The slack keeps an end that is a multiple of the quantum up to rounding from moving by a whole one.
  const down = Math.floor((low - pad) / quantum + 1e-6) * quantum;
  const up = Math.ceil((high + pad) / quantum - 1e-6) * quantum;
  return [
    !acrossZero && low >= 0 && down < 0 ? 0 : exact(down),
    !acrossZero && high <= 0 && up > 0 ? 0 : exact(up),
  ];
}

/**
 * Returns the distance of the ticks that Vega (d3) sets on a linear axis: 1, 2 or 5 times a power of ten.
 *
 * @param range The axis's range.
 * @param count About how many ticks there should be.
 */
export function tickStep([low, high]: Range, count: number): number {
  const step = (high - low) / count;
  const power = Math.floor(Math.log10(step));
  const error = step / 10 ** power;
  const factor = error >= Math.sqrt(50) ? 10 : error >= Math.sqrt(10) ? 5 : error >= Math.sqrt(2) ? 2 : 1;
  return exact(factor * 10 ** power);
}

/** How the numbers of an axis are written: divided by ten to a power, with so many decimals. */
export interface LabelScale {
  /** The power of ten. */
  readonly exponent: number;
  /** The decimals that tell ticks apart. */
  readonly decimals: number;
}

/**
 * Returns how the labels of a linear axis are written: as they are where two decimals and four digits are enough, else over
 * a power of a thousand, the same for all the figures of a paper whose values are of one order.
 *
 * @param range The axis's range.
 * @param count About how many ticks there are.
 */
export function labelScale(range: Range, count: number): LabelScale {
  const stepPower = power(tickStep(range, count));
  const largest = Math.max(Math.abs(range[0]), Math.abs(range[1]));
  const exponent = stepPower >= -2 && largest < 1e4 ? 0 : 3 * Math.floor(power(largest) / 3);
  return { exponent, decimals: Math.max(0, exponent - stepPower) };
}

/**
 * Returns the power of ten over which a few exact values are best written in a legend, 0 if they are short as they are.
 *
 * @param values The values, all of which are shown in full.
 */
export function legendExponent(values: readonly number[]): number {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size));
  if (sizes.length === 0) return 0;
  const smallest = Math.min(...sizes);
  return smallest < 1e-3 || Math.max(...sizes) >= 1e5 ? power(smallest) : 0;
}

/** Returns the power of ten of a positive number, safe where log10 rounds (log10(0.001) is not quite −3). */
function power(value: number): number {
  return Number(value.toExponential(9).split("e")[1]);
}

/** Returns a number without the rounding errors of its last digits, 0.30000000000000004 as 0.3. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}
