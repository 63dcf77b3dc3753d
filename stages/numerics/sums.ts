/**
 * Sums whose last digits matter: in a fixed order, so that equal numbers come to equal bits.
 *
 * @module
 */

/**
 * Adds numbers up in their order.
 *
 * @param values The numbers.
 * @returns Their sum.
 */
export function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/**
 * Adds numbers to others, place by place.
 *
 * @param total What they are added to.
 * @param values As many numbers.
 * @returns `total`.
 */
export function addTo(total: Float64Array, values: Float64Array): Float64Array {
  for (let i = 0; i < total.length; i++) total[i] += values[i];
  return total;
}
