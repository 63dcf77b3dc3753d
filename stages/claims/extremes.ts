/**
 * Extremes of lists of any length: `Math.max(...list)` hands every element over as an argument and breaks down where a table has some hundred thousand rows.
 *
 * @module
 */

/**
 * The largest of some numbers.
 *
 * @param values The numbers.
 * @returns The largest, −∞ of none; NaN if one is NaN.
 */
export function largest(values: Iterable<number>): number {
  let found = -Infinity;
  for (const value of values) found = Math.max(found, value);
  return found;
}

/**
 * The smallest of some numbers.
 *
 * @param values The numbers.
 * @returns The smallest, ∞ of none; NaN if one is NaN.
 */
export function smallest(values: Iterable<number>): number {
  let found = Infinity;
  for (const value of values) found = Math.min(found, value);
  return found;
}

/**
 * The element of the largest number.
 *
 * @param elements The elements.
 * @param of The number of an element.
 * @returns The first of the largest, undefined of none; elements whose number is not finite do not count.
 */
export function worst<Element>(elements: Iterable<Element>, of: (element: Element) => number): Element | undefined {
  let found: Element | undefined, most = -Infinity;
  for (const element of elements) {
    const value = of(element);
    if (!Number.isFinite(value) || value <= most) continue;
    [found, most] = [element, value];
  }
  return found;
}
