/**
 * All eigenvalues of a tridiagonal matrix: a grid of Sturm counts brackets them, then each is closed in on by inverse quadratic interpolation of the characteristic
 * polynomial (Chandrupatla's rule says when to halve the bracket instead), eight at a time. What converges makes room for the next at once.
 *
 * @module
 */
import { eigenvalue, get, grid, gridPoints, rows, SEARCH, searches, set, tridiagonal } from "./memory.ts";
import {
  abscissa,
  count,
  evaluate,
  evaluateAndCount,
  exponent,
  fromScaled,
  mantissa,
  scale,
  SPLIT,
  toScaled,
} from "./characteristic.ts";

/** Abscissas beyond both ends of the scaled spectrum. */
const BELOW: f64 = -2.0000001, ABOVE: f64 = 2.0000001;

/** A bracket as narrow as this is an eigenvalue, in a spectrum that is four wide. */
const CLOSED: f64 = 8e-16;

/** The next step's error at which no further evaluation is needed. */
const NEGLIGIBLE: f64 = 1e-17;

// A search: the newest abscissa x1, the end x2 of the bracket across the eigenvalue, an older abscissa x3, with p there in units common to the search; how many
// eigenvalues lie below the two ends of the bracket; the exponent of these units; the width of the bracket when it came to hold one eigenvalue only.
const X1: usize = 0, P1: usize = 8, X2: usize = 16, P2: usize = 24, X3: usize = 32, P3: usize = 40;
const LO: usize = 48, HI: usize = 56, BELOW_LO: usize = 64, BELOW_HI: usize = 72, UNIT: usize = 80, WIDTH: usize = 88;
const P_LO: usize = 96, P_HI: usize = 104, E_LO: usize = 112, E_HI: usize = 120;

/** Lanes whose bracket holds several eigenvalues: they need counts. */
let unresolved: i32 = 0;

/** Which search each of the eight lanes serves, −1 for none. */
const lane: usize = memory.data(32, 16);

/** Finds the eigenvalues of the tridiagonal matrix of momentum `k`; returns the number of rounds of eight evaluations, for curiosity. */
export function findEigenvalues(k: i32): i32 {
  const diagonal = tridiagonal + 16 * <usize> (rows * k), subdiagonal = diagonal + 8 * <usize> rows;
  // Gershgorin's circles; no eigenvalue of a Gram matrix is negative.
  let least: f64 = Infinity, largest: f64 = -Infinity, before: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const after = abs(get(subdiagonal, i)), d = get(diagonal, i);
    least = min(least, d - before - after);
    largest = max(largest, d + before + after);
    before = after;
  }
  least = min(max(least, -1e-12 * largest), 0.5 * largest); // a flat spectrum needs some width too
  largest *= 1 + 1e-12;
  scale(diagonal, subdiagonal, least, largest);
  let rounds = bracket(sqrt(max(least, 0)), sqrt(largest));

  let next = 0, busy = 0;
  unresolved = 0;
  for (let j = 0; j < 8; j++) {
    next = assign(j, next);
    if (load<i32>(lane + (<usize> j << 2)) >= 0) busy++;
  }
  while (busy > 0) {
    if (unresolved > 0) evaluateAndCount();
    else evaluate();
    rounds++;
    for (let j = 0; j < 8; j++) {
      const search = load<i32>(lane + (<usize> j << 2));
      if (search < 0) continue;
      take(search, j, next);
      if (propose(search, j)) continue;
      if (!isAlone(searches + SEARCH * <usize> search)) unresolved--;
      next = assign(j, next);
      if (load<i32>(lane + (<usize> j << 2)) < 0) busy--;
    }
  }
  for (let i = 0; i < rows; i++) set(eigenvalue, i, fromScaled(get(searches + SEARCH * <usize> i, 0)));
  // In order already, but for roundings within a cluster.
  for (let i = 1; i < rows; i++) {
    const value = get(eigenvalue, i);
    let j = i - 1;
    for (; j >= 0 && get(eigenvalue, j) > value; j--) set(eigenvalue, j + 1, get(eigenvalue, j));
    set(eigenvalue, j + 1, value);
  }
  return rounds;
}

/** Sturm counts on a grid even in σ, since eigenvalues are squares of fairly even σ; gives each eigenvalue its cell. */
function bracket(least: f64, largest: f64): i32 {
  for (let j = 1; j < gridPoints - 1; j++) {
    const root = least + (largest - least) * <f64> j / <f64> (gridPoints - 1);
    set(grid, j, toScaled(root * root));
  }
  set(grid, 0, BELOW);
  set(grid, gridPoints - 1, ABOVE);
  let low = BELOW, pLow: f64 = 0, eLow: f64 = 0, counted = 0, k = 0;
  for (let start = 0; start < gridPoints; start += 8) {
    memory.copy(abscissa, grid + (<usize> start << 3), 64);
    evaluateAndCount();
    for (let j = 0; j < 8; j++) {
      const high = get(abscissa, j), now = <i32> load<i64>(count + (<usize> j << 3));
      if (now < counted) continue; // rounding can let a count fall; brackets must not
      for (; k < now; k++) begin(k, low, high, pLow, get(mantissa, j), eLow, get(exponent, j), counted, now);
      low = high;
      pLow = get(mantissa, j);
      eLow = get(exponent, j);
      counted = now;
    }
  }
  return gridPoints >> 3;
}

/** Notes the cell of an eigenvalue. */
function begin(k: i32, low: f64, high: f64, pLow: f64, pHigh: f64, eLow: f64, eHigh: f64, below: i32, upTo: i32): void {
  const s = searches + SEARCH * <usize> k;
  store<f64>(s, low, LO);
  store<f64>(s, high, HI);
  store<f64>(s, pLow, P_LO);
  store<f64>(s, pHigh, P_HI);
  store<f64>(s, eLow, E_LO);
  store<f64>(s, eHigh, E_HI);
  store<f64>(s, <f64> below, BELOW_LO);
  store<f64>(s, <f64> upTo, BELOW_HI);
}

/** Lets a lane serve the next search; returns the one after. */
function assign(j: i32, next: i32): i32 {
  while (next < rows) {
    const search = next++;
    if (isAlone(searches + SEARCH * <usize> search)) {
      isolate(searches + SEARCH * <usize> search);
    }
    if (propose(search, j)) {
      if (!isAlone(searches + SEARCH * <usize> search)) {
        unresolved++;
      }
      store<i32>(lane + (<usize> j << 2), search);
      return next;
    }
  }
  store<i32>(lane + (<usize> j << 2), -1);
  return next;
}

/** Whether the bracket of a search holds one eigenvalue only. */
function isAlone(s: usize): bool {
  return load<f64>(s, BELOW_HI) - load<f64>(s, BELOW_LO) == 1;
}

/** Once a bracket holds one eigenvalue, its ends start the interpolation. */
function isolate(s: usize): void {
  const low = load<f64>(s, LO), high = load<f64>(s, HI), unit = load<f64>(s, E_LO);
  const pLow = load<f64>(s, P_LO), pHigh = inUnits(load<f64>(s, P_HI), load<f64>(s, E_HI) - unit);
  store<f64>(s, unit, UNIT);
  store<f64>(s, high - low, WIDTH);
  store<f64>(s, low, X1);
  store<f64>(s, pLow, P1);
  store<f64>(s, high, X2);
  store<f64>(s, pHigh, P2);
  store<f64>(s, NaN, X3);
}

/** p in units of another exponent; beyond one step its size is of no use to the interpolation, but its sign is. */
function inUnits(p: f64, difference: f64): f64 {
  if (difference == 0) return p;
  if (difference == 1) return p * SPLIT;
  if (difference == -1) return p / SPLIT;
  return copysign(difference > 0 ? 1e300 : 1e-300, p);
}

/** Takes what a lane found for its search. */
function take(search: i32, j: i32, next: i32): void {
  const s = searches + SEARCH * <usize> search;
  const x = get(abscissa, j),
    p = get(mantissa, j),
    e = get(exponent, j),
    below = <i32> load<i64>(count + (<usize> j << 3));
  if (isAlone(s)) {
    const value = inUnits(p, e - load<f64>(s, UNIT)), across = load<f64>(s, P1);
    // Sign and count say the same of a bracket that holds one eigenvalue.
    const sameSide = (value < 0) == (across < 0);
    store<f64>(s, sameSide ? load<f64>(s, X1) : load<f64>(s, X2), X3);
    store<f64>(s, sameSide ? across : load<f64>(s, P2), P3);
    if (!sameSide) {
      store<f64>(s, load<f64>(s, X1), X2);
      store<f64>(s, across, P2);
    }
    store<f64>(s, x, X1);
    store<f64>(s, value, P1);
    return;
  }
  // Several eigenvalues in one bracket: those in it that wait for their turn profit too.
  const low = load<f64>(s, LO), high = load<f64>(s, HI);
  split(s, search, x, p, e, below);
  for (let k = max(next, search + 1); k < rows; k++) {
    const other = searches + SEARCH * <usize> k;
    if (load<f64>(other, LO) != low || load<f64>(other, HI) != high) break;
    split(other, k, x, p, e, below);
  }
  if (isAlone(s)) {
    isolate(s);
    unresolved--;
  }
}

/** Shrinks a bracket to the side on which its eigenvalue lies. */
function split(s: usize, k: i32, x: f64, p: f64, e: f64, below: i32): void {
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

/** Sets a lane's next abscissa; false if the search is over, with the eigenvalue in place of x1. */
function propose(search: i32, j: i32): bool {
  const s = searches + SEARCH * <usize> search;
  if (!isAlone(s)) {
    const low = load<f64>(s, LO), high = load<f64>(s, HI), x = 0.5 * (low + high);
    if (high - low <= CLOSED) {
      store<f64>(s, x, X1);
      return false;
    }
    set(abscissa, j, x);
    return true;
  }
  const x1 = load<f64>(s, X1),
    p1 = load<f64>(s, P1),
    x2 = load<f64>(s, X2),
    p2 = load<f64>(s, P2),
    x3 = load<f64>(s, X3);
  if (p1 == 0) return false;
  const across = x2 - x1;
  if (abs(across) <= CLOSED) {
    store<f64>(s, x1 + across * (abs(p1) < abs(p2) ? 0.25 : 0.75), X1);
    return false;
  }
  let t: f64;
  if (isNaN(x3)) { // the first step: by the chord, but well inside
    t = min(max(p1 / (p1 - p2), 0.1), 0.9);
  } else {
    const p3 = load<f64>(s, P3), xi = -across / (x3 - x2), phi = (p1 - p2) / (p3 - p2);
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi) {
      t = p1 / (p2 - p1) * p3 / (p2 - p3) + (x3 - x1) / across * p1 / (p3 - p1) * p2 / (p3 - p2);
      // The next error is about the product of the last three over the square of the distance to the neighbouring eigenvalues.
      const width = load<f64>(s, WIDTH);
      if (abs(t * across * across * (x3 - x1)) < NEGLIGIBLE * width * width) {
        store<f64>(s, x1 + t * across, X1);
        return false;
      }
    } else t = 0.5;
    const least = 0.5 * CLOSED / abs(across); // no closer to an end than rounding tells apart
    t = min(max(t, least), 1 - least);
  }
  set(abscissa, j, x1 + t * across);
  return true;
}
