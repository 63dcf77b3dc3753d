/**
 * Brackets of all eigenvalues of a tridiagonal matrix: a grid of Sturm counts, whose cells are split until each holds one eigenvalue, or is too narrow to be split.
 *
 * @module
 */
import { eigenvalue, get, grid, gridPoints, rows, SEARCH, searches, set } from "./memory.ts";
import {
  abscissa,
  count,
  COUNTED,
  evaluateAndCount,
  exponent,
  fromScaled,
  mantissa,
  toScaled,
} from "./characteristic.ts";

/** A bracket as narrow as this is an eigenvalue, in a spectrum that is four wide. */
export const CLOSED: f64 = 8e-16;

/** Abscissas beyond both ends of the scaled spectrum. */
const BELOW: f64 = -2.0000001, ABOVE: f64 = 2.0000001;

// A search: the bracket; p at its two ends, as mantissas and exponents; how many eigenvalues lie below them.
export const LO: usize = 0, HI: usize = 8, P_LO: usize = 16, P_HI: usize = 24, E_LO: usize = 32, E_HI: usize = 40;
const BELOW_LO: usize = 48, BELOW_HI: usize = 56;

/** Which search each lane serves, −1 for none. */
const lane: usize = memory.data(64, 16);

/** Where the record of a search is. */
export function recordOf(search: i32): usize {
  return searches + SEARCH * <usize> search;
}

/** Halves brackets until each holds one eigenvalue, or is one. */
export function splitCells(): void {
  let next = 0, busy = 0;
  for (let j = 0; j < COUNTED; j++) {
    next = assign(j, next);
    if (load<i32>(lane + (<usize> j << 2)) >= 0) busy++;
  }
  while (busy > 0) {
    evaluateAndCount();
    for (let j = 0; j < COUNTED; j++) {
      const search = load<i32>(lane + (<usize> j << 2));
      if (search < 0) continue;
      takeCount(search, j, next);
      if (propose(search, j)) continue;
      next = assign(j, next);
      if (load<i32>(lane + (<usize> j << 2)) < 0) busy--;
    }
  }
}

/** Sturm counts on a grid even in σ, since eigenvalues are squares of fairly even σ; gives each eigenvalue its cell. */
export function bracket(least: f64, largest: f64): void {
  for (let j = 1; j < gridPoints - 1; j++) {
    const root = least + (largest - least) * <f64> j / <f64> (gridPoints - 1);
    set(grid, j, toScaled(root * root));
  }
  set(grid, 0, BELOW);
  set(grid, gridPoints - 1, ABOVE);
  let low = BELOW, pLow: f64 = 0, eLow: f64 = 0, counted = 0, k = 0;
  for (let start = 0; start < gridPoints; start += COUNTED) {
    memory.copy(abscissa, grid + (<usize> start << 3), 8 * COUNTED);
    evaluateAndCount();
    for (let j = 0; j < COUNTED; j++) {
      const high = get(abscissa, j), now = <i32> load<i64>(count + (<usize> j << 3));
      if (now < counted) continue; // rounding can let a count fall; brackets must not
      for (; k < now; k++) begin(k, low, high, pLow, get(mantissa, j), eLow, get(exponent, j), counted, now);
      low = high;
      pLow = get(mantissa, j);
      eLow = get(exponent, j);
      counted = now;
    }
  }
}

/** Notes the cell of an eigenvalue. */
function begin(k: i32, low: f64, high: f64, pLow: f64, pHigh: f64, eLow: f64, eHigh: f64, below: i32, upTo: i32): void {
  const s = recordOf(k);
  store<f64>(s, low, LO);
  store<f64>(s, high, HI);
  store<f64>(s, pLow, P_LO);
  store<f64>(s, pHigh, P_HI);
  store<f64>(s, eLow, E_LO);
  store<f64>(s, eHigh, E_HI);
  store<f64>(s, <f64> below, BELOW_LO);
  store<f64>(s, <f64> upTo, BELOW_HI);
}

/** Lets a lane serve the next search that wants it; returns the one after. */
function assign(j: i32, next: i32): i32 {
  while (next < rows) {
    const search = next++;
    if (propose(search, j)) {
      store<i32>(lane + (<usize> j << 2), search);
      return next;
    }
  }
  store<i32>(lane + (<usize> j << 2), -1);
  return next;
}

/** Whether the bracket of a search holds one eigenvalue only. */
export function isAlone(s: usize): bool {
  return load<f64>(s, BELOW_HI) - load<f64>(s, BELOW_LO) == 1;
}

/** Takes what a lane found for a search whose bracket holds several eigenvalues; those in it that wait for their turn profit too. */
function takeCount(search: i32, j: i32, next: i32): void {
  const low = load<f64>(recordOf(search), LO), high = load<f64>(recordOf(search), HI);
  const x = get(abscissa, j),
    p = get(mantissa, j),
    e = get(exponent, j),
    below = <i32> load<i64>(count + (<usize> j << 3));
  split(search, x, p, e, below);
  for (let k = max(next, search + 1); k < rows; k++) {
    if (load<f64>(recordOf(k), LO) != low || load<f64>(recordOf(k), HI) != high) break;
    split(k, x, p, e, below);
  }
}

/** Shrinks a bracket to the side on which its eigenvalue lies. */
function split(k: i32, x: f64, p: f64, e: f64, below: i32): void {
  const s = recordOf(k);
  if (below > k) {
    store<f64>(s, x, HI);
    store<f64>(s, p, P_HI);
    store<f64>(s, e, E_HI);
    store<f64>(s, min(load<f64>(s, BELOW_HI), max(<f64> below, <f64> (k + 1))), BELOW_HI);
  } else {
    store<f64>(s, x, LO);
    store<f64>(s, p, P_LO);
    store<f64>(s, e, E_LO);
    store<f64>(s, max(load<f64>(s, BELOW_LO), <f64> below), BELOW_LO);
  }
}

/** Sets a lane's next abscissa; false if there is nothing to split, or the bracket is a cluster of eigenvalues, which then is in place. */
function propose(search: i32, j: i32): bool {
  const s = recordOf(search);
  if (isAlone(s)) return false;
  const low = load<f64>(s, LO), high = load<f64>(s, HI), x = 0.5 * (low + high);
  if (high - low <= CLOSED) {
    set(eigenvalue, search, fromScaled(x));
    return false;
  }
  set(abscissa, j, x);
  return true;
}
