/**
 * Which modes are so far above the chemical potentials that their occupations are a short series.
 *
 * 1/(C + c) = Σ_k (−c)^k / C^{k+1} with C = cosh βε and c = cosh βμ. What is expanded follows from a bound of c that is one of a few powers of two, and not from c, so
 * that one sum over the modes serves many settings; and not from which settings are asked for together, so that the numbers of one do not depend on the others.
 *
 * @module
 */
import { TERMS } from "./occupation_tables.ts";

/** Modes are expanded where C is at least so many times the bound: {@linkcode TERMS} terms then leave 2^−55 of the first. */
const RATIO = 32;

/** Terms smaller than this, compared with the first, are left out. */
const SMALLEST = 2 ** -56;

/** With fewer modes the series is not worth its terms. */
const FEWEST = 8;

/**
 * The bound that a bath setting belongs to.
 *
 * @param cosh The largest cosh β_l μ_l of its sites.
 * @returns The first of 2, 4, 16, 256, 2^16, 2^32, … that is not below; they are the closer the smaller they are, since so are the modes.
 */
export function expansionBound(cosh: number): number {
  let bound = 2;
  while (bound < cosh) bound *= bound;
  return bound;
}

/**
 * The first mode that is expanded.
 *
 * @param lowest Where the modes' C are at the site where they are lowest, ascending.
 * @param start Where the first is.
 * @param step How far apart they are.
 * @param order How many modes there are.
 * @param bound The bound of c.
 * @returns An even number; `order` or the next even one if none is.
 */
export function firstExpanded(
  lowest: Float64Array,
  start: number,
  step: number,
  order: number,
  bound: number,
): number {
  const pairs = order + order % 2;
  let low = 0, high = order;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lowest[start + middle * step] < RATIO * bound) low = middle + 1;
    else high = middle;
  }
  const first = low + low % 2;
  return order - first < FEWEST ? pairs : first;
}

/**
 * Works out how many terms pairs of modes need.
 *
 * @param lowest Where the modes' C are at the site where they are lowest, ascending.
 * @param start Where the first is.
 * @param step How far apart they are.
 * @param from The first mode that is expanded.
 * @param order How many modes there are.
 * @param bound The bound of c.
 * @param terms Receives the numbers, at the first mode of each pair.
 */
export function countTerms(
  lowest: Float64Array,
  start: number,
  step: number,
  from: number,
  order: number,
  bound: number,
  terms: Float64Array,
): void {
  for (let n = from; n < order; n += 2) {
    const ratio = bound / lowest[start + n * step];
    let count = 1;
    for (let size = ratio; size > SMALLEST && count < TERMS; size *= ratio) count++;
    terms[n] = count;
  }
}
