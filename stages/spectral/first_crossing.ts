/**
 * The first place at which a function sampled on a grid passes a value, found to rounding: how a momentum is read off a branch at an energy.
 *
 * @module
 */

/** Halvings at worst: enough to come from any interval to neighbouring numbers. */
const MOST_STEPS = 200;

/**
 * Finds where f first reaches a value from below.
 *
 * @param f The function, continuous.
 * @param x Where it was sampled, ascending.
 * @param samples f(x), of which the first is at most `value`.
 * @param value The value.
 * @returns The place, to a few roundings; undefined if no sample reaches the value.
 */
export function firstCrossing(
  f: (x: number) => number,
  x: Float64Array,
  samples: Float64Array,
  value: number,
): number | undefined {
  const end = samples.findIndex((sample) => sample >= value);
  if (end <= 0) return end === 0 ? x[0] : undefined;
  let low = x[end - 1], high = x[end], below = samples[end - 1] - value, above = samples[end] - value;
  // Regula falsi that halves the weight of an end which stays twice (Illinois), with bisection when that dawdles.
  let stayed = 0;
  for (let step = 0; step < MOST_STEPS && above > 0; step++) {
    const secant = (low * above - high * below) / (above - below);
    const middle = step % 4 === 3 || !(secant > low && secant < high) ? (low + high) / 2 : secant;
    if (middle <= low || middle >= high) break;
    const size = f(middle) - value;
    if (size < 0) {
      low = middle;
      below = size;
      if (stayed === 1) above /= 2;
      stayed = 1;
    } else {
      high = middle;
      above = size;
      if (stayed === -1) below /= 2;
      stayed = -1;
    }
  }
  return high;
}
