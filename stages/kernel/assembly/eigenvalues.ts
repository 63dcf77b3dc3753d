/**
 * All eigenvalues of a tridiagonal matrix: a grid of Sturm counts brackets them, then each is closed in on by parabolas through the characteristic polynomial (Muller's
 * method, kept within the bracket), sixteen at a time. What converges makes room for the next at once.
 *
 * Parabolas, since what bends the polynomial most is the next eigenvalue. Per row and abscissa, p alone costs a third of p, p′ and p″ (Laguerre), and two more
 * evaluations are all that it takes.
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
  LANES,
  mantissa,
  scale,
  SPLIT,
  toScaled,
} from "./characteristic.ts";

/** Abscissas beyond both ends of the scaled spectrum. */
const BELOW: f64 = -2.0000001, ABOVE: f64 = 2.0000001;

/** A bracket as narrow as this is an eigenvalue, in a spectrum that is four wide. */
const CLOSED: f64 = 8e-16;

/** More steps than are usual. */
const MANY: f64 = 12;

/** The next step's error at which no further evaluation is needed. */
const NEGLIGIBLE: f64 = 1e-17;

// A search: the newest abscissa x1, the end x2 of the bracket across the eigenvalue, an older abscissa x3, with p there in units common to the search; how many
// eigenvalues lie below the two ends of the bracket; the exponent of these units; the width of the bracket when it came to hold one
// eigenvalue only; the steps since then.
const X1: usize = 0, P1: usize = 8, X2: usize = 16, P2: usize = 24, X3: usize = 32, P3: usize = 40;
const LO: usize = 48, HI: usize = 56, BELOW_LO: usize = 64, BELOW_HI: usize = 72, UNIT: usize = 80, WIDTH: usize = 88;
const STEPS: usize = 128;
const P_LO: usize = 96, P_HI: usize = 104, E_LO: usize = 112, E_HI: usize = 120;

/** Whether brackets are being split until they hold one eigenvalue each, for which counts are needed; later, signs are enough. */
let splitting: bool = false;

/** Which search each lane serves, −1 for none. */
const lane: usize = memory.data(64, 16);

/** Finds the eigenvalues of the tridiagonal matrix of momentum `k`; returns the number of rounds of evaluations, for curiosity. */
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

  splitting = true;
  rounds += serveAll();
  splitting = false;
  for (let i = 0; i < rows; i++) if (isAlone(recordOf(i))) isolate(recordOf(i));
  rounds += serveAll();
  for (let i = 0; i < rows; i++) set(eigenvalue, i, fromScaled(load<f64>(recordOf(i), X1)));
  // In order already, but for roundings within a cluster.
  for (let i = 1; i < rows; i++) {
    const value = get(eigenvalue, i);
    let j = i - 1;
    for (; j >= 0 && get(eigenvalue, j) > value; j--) set(eigenvalue, j + 1, get(eigenvalue, j));
    set(eigenvalue, j + 1, value);
  }
  return rounds;
}

/** Where the record of a search is. */
function recordOf(search: i32): usize {
  return searches + SEARCH * <usize> search;
}

/** Serves every search that wants an evaluation until none does; returns the number of rounds. */
function serveAll(): i32 {
  let next = 0, busy = 0, rounds = 0;
  for (let j = 0; j < LANES; j++) {
    next = assign(j, next);
    if (load<i32>(lane + (<usize> j << 2)) >= 0) busy++;
  }
  for (; busy > 0; rounds++) {
    if (splitting) evaluateAndCount();
    else evaluate();
    for (let j = 0; j < LANES; j++) {
      const search = load<i32>(lane + (<usize> j << 2));
      if (search < 0) continue;
      if (splitting) takeCount(search, j, next);
      else takeSign(search, j);
      if (propose(search, j)) continue;
      next = assign(j, next);
      if (load<i32>(lane + (<usize> j << 2)) < 0) busy--;
    }
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
  for (let start = 0; start < gridPoints; start += LANES) {
    memory.copy(abscissa, grid + (<usize> start << 3), 8 * LANES);
    evaluateAndCount();
    for (let j = 0; j < LANES; j++) {
      const high = get(abscissa, j), now = <i32> load<i64>(count + (<usize> j << 3));
      if (now < counted) continue; // rounding can let a count fall; brackets must not
      for (; k < now; k++) begin(k, low, high, pLow, get(mantissa, j), eLow, get(exponent, j), counted, now);
      low = high;
      pLow = get(mantissa, j);
      eLow = get(exponent, j);
      counted = now;
    }
  }
  return gridPoints / LANES;
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
  store<f64>(s, 0, STEPS);
}

/** p in units of another exponent; beyond one step its size is of no use to the interpolation, but its sign is. */
function inUnits(p: f64, difference: f64): f64 {
  if (difference == 0) return p;
  if (difference == 1) return p * SPLIT;
  if (difference == -1) return p / SPLIT;
  return copysign(difference > 0 ? 1e300 : 1e-300, p);
}

/** Takes what a lane found for a search whose bracket holds one eigenvalue: the sign says on which side of it x is. */
function takeSign(search: i32, j: i32): void {
  const s = recordOf(search), across = load<f64>(s, P1);
  const value = inUnits(get(mantissa, j), get(exponent, j) - load<f64>(s, UNIT)),
    sameSide = (value < 0) == (across < 0);
  store<f64>(s, sameSide ? load<f64>(s, X1) : load<f64>(s, X2), X3);
  store<f64>(s, sameSide ? across : load<f64>(s, P2), P3);
  if (!sameSide) {
    store<f64>(s, load<f64>(s, X1), X2);
    store<f64>(s, across, P2);
  }
  store<f64>(s, get(abscissa, j), X1);
  store<f64>(s, value, P1);
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

/** Sets a lane's next abscissa; false if the search is over, with the eigenvalue in place of x1. */
function propose(search: i32, j: i32): bool {
  const s = recordOf(search);
  if (!isAlone(s)) {
    const low = load<f64>(s, LO), high = load<f64>(s, HI), x = 0.5 * (low + high);
    if (high - low <= CLOSED) {
      store<f64>(s, x, X1);
      return false;
    }
    set(abscissa, j, x);
    return true;
  }
  if (splitting) return false;
  const x1 = load<f64>(s, X1),
    p1 = load<f64>(s, P1),
    x2 = load<f64>(s, X2),
    p2 = load<f64>(s, P2);
  if (p1 == 0) return false;
  const across = x2 - x1;
  if (abs(across) <= CLOSED) {
    store<f64>(s, x1 + across * (abs(p1) < abs(p2) ? 0.25 : 0.75), X1);
    return false;
  }
  let t: f64 = 0.5;
  const x3 = load<f64>(s, X3), steps = load<f64>(s, STEPS);
  store<f64>(s, steps + 1, STEPS);
  // Every third of many steps halves the bracket, so that it comes to an end whatever p looks like.
  if (steps > 0 && (steps < MANY || <i32> steps % 3 != 0)) {
    const p3 = load<f64>(s, P3), chord = (p2 - p1) / across, bend = ((p3 - p1) / (x3 - x1) - chord) / (x3 - x2);
    const half = 0.5 * (chord - bend * across); // half the parabola's slope at x1
    const root = half + copysign(sqrt(max(half * half - bend * p1, 0)), half);
    t = -p1 / root / across;
    if (!(t > 0 && t < 1)) t = -root / bend / across; // the other one of its two zeros
    const secant = -p1 * (x3 - x1) / (p3 - p1) / across;
    // Where p differs by orders of magnitude across the bracket, the parabola sticks to one end of it; the chord to the abscissa before tells.
    if (t > 0 && t < 1 && abs(secant) < 4 * t) {
      // The error of the chord is about the difference of the two, that of the parabola smaller by the distance over that to the neighbouring eigenvalues.
      if (abs((t - secant) * across * across) < NEGLIGIBLE * load<f64>(s, WIDTH)) {
        store<f64>(s, x1 + t * across, X1);
        return false;
      }
      const least = 0.5 * CLOSED / abs(across); // no closer to an end than rounding tells apart
      t = min(max(t, least), 1 - least);
    } else t = 0.5;
  }
  set(abscissa, j, x1 + t * across);
  return true;
}
