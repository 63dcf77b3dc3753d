/**
 * The eigensolver kernel: the singular value decomposition of the banded B(q) of a slab in O(L²), as far as Eq. (6) needs it.
 *
 * `prepare` fixes the slab, `reduce` takes two momenta to tridiagonal form side by side, `solve` finishes one of them and says whether the result can be trusted. The
 * same arithmetic as `stages/diagonalize/structured_solver.ts` where it is hard, a faster one where it is not.
 *
 * @module
 */
import {
  completeness,
  eigenvalue,
  energy,
  field,
  get,
  layOut,
  leftDensity,
  lowestLeft,
  lowestRight,
  overlap,
  pairBytes,
  pairRight,
  rightDensity,
  rows,
  set,
  sigma,
  sites,
  slope,
  windows,
} from "./memory.ts";
import {
  backward,
  coupling0,
  coupling1,
  fillGram,
  forward,
  gramMatrix,
  mass0,
  mass1,
  setHopping,
  setMomenta,
} from "./gram.ts";
import { reduceToTridiagonal } from "./tridiagonal.ts";
import { findEigenvalues } from "./eigenvalues.ts";
import { commonWindow, twistedVectors, twistedVectorsAt } from "./twisted.ts";
import { observeLowest, observePair, residual } from "./observe.ts";
import { findGroups, mark, needsCare, solveGroups } from "./groups.ts";

/** What `solve` says: all is well, or why not. */
const DONE: i32 = 0, OUT_OF_RANGE: i32 = 1, NO_CONVERGENCE: i32 = 2, INCOMPLETE: i32 = 3, WRONG_TRACE: i32 = 4;

/** A residual ‖(BᵀB − σ²) v‖ beyond this, relative to the largest σ², has the vector found again with care; roundings add up over rows, and twice as much is let pass at 400. */
const RESIDUAL: f64 = 4e-15;

/** Σ_n D_n(l) vanishes, and Σ_n |u_n(l)|² is 2, to this: far above the rounding of many vectors, far below one vector found twice. */
const COMPLETE: f64 = 1e-9;

/** Beyond these, squares of squares leave the range of numbers. */
const LEAST: f64 = 1e-60, LARGEST: f64 = 1e60;

/** Levels closer to zero than this, relative to the largest σ, are at zero: there the branches ±ε of a mode cross. */
const ZERO_LEVEL: f64 = 1e-9;

/** The residual that passes at the momentum at hand. */
let limit: f64 = 0;

/** How many vectors the last `solve` found with care. */
export let carefully: i32 = 0;
/** For how many pairs of modes the window guessed from the pair before was no good. */
export let missed: i32 = 0;

/** Fixes the number of sites and the hopping elements −λ + v/2 and −λ − v/2. */
export function prepare(L: i32, next: f64, previous: f64): void {
  layOut(L);
  setHopping(next, previous);
}

/** Addresses of what goes in and comes out. */
export function fieldAddress(): usize {
  return field;
}
export function sigmaAddress(): usize {
  return sigma;
}
export function overlapAddress(): usize {
  return overlap;
}
export function energyAddress(): usize {
  return energy;
}
export function slopeAddress(): usize {
  return slope;
}
export function leftDensityAddress(): usize {
  return leftDensity;
}
export function rightDensityAddress(): usize {
  return rightDensity;
}
export function lowestLeftAddress(): usize {
  return lowestLeft;
}
export function lowestRightAddress(): usize {
  return lowestRight;
}

/** Takes M(q) and v sin q_z of two momenta, and reduces BᵀB of both to tridiagonal form. */
export function reduce(massA: f64, couplingA: f64, massB: f64, couplingB: f64): void {
  setMomenta(massA, couplingA, massB, couplingB);
  fillGram(0, massA, couplingA, false);
  fillGram(1, massB, couplingB, false);
  reduceToTridiagonal();
}

/** Solves at one of the two momenta; writes both densities, or their difference D_n(l) in place of the left one. */
export function solve(momentum: i32, densities: bool): i32 {
  const mass = momentum == 0 ? mass0 : mass1, coupling = momentum == 0 ? coupling0 : coupling1;
  carefully = 0;
  missed = 0;
  const norm = squaredNorm(mass, coupling);
  if (!(norm > LEAST && norm < LARGEST)) return OUT_OF_RANGE;
  findEigenvalues(momentum);
  findGroups();
  const matrix = gramMatrix(momentum);
  limit = RESIDUAL * (1 + <f64> rows / 400) * get(eigenvalue, rows - 1);
  // Pairs of modes two by two, from the bottom and from the middle of the spectrum upwards, and one window for both: that of the pairs before. The first is a guess.
  const middle = (sites + 1 >> 1) << 1, others = pairRight + pairBytes;
  let likely = windows >> 3;
  for (let n = 0, m = middle; n < middle; n += 2, m += 2) {
    const wantsFirst = !needsCare(n) || !needsCare(n + 1),
      wantsSecond = m < rows && (!needsCare(m) || !needsCare(m + 1));
    if (!wantsFirst && !wantsSecond) continue;
    const first = v128.load(eigenvalue + (<usize> n << 3));
    const second = wantsSecond ? v128.load(eigenvalue + (<usize> m << 3)) : first;
    twistedVectorsAt(likely, matrix, first, second);
    const missesFirst = wantsFirst && !isGood(n, pairRight, mass, coupling, first, densities);
    const missesSecond = wantsSecond && !isGood(m, others, mass, coupling, second, densities);
    if (missesFirst || missesSecond) twistedVectors(matrix, first, second, missesFirst, missesSecond);
    if (missesFirst) settle(n, pairRight, mass, coupling, first, densities);
    if (missesSecond) settle(m, others, mass, coupling, second, densities);
    likely = commonWindow(wantsFirst ? pairRight : others, wantsSecond ? others : pairRight);
  }
  for (let n = 0; n < rows; n++) if (needsCare(n)) carefully++;
  if (!solveGroups(momentum, mass, coupling, densities)) return NO_CONVERGENCE;
  if (!isComplete(densities)) return INCOMPLETE;
  let trace: f64 = 0;
  for (let n = 0; n < rows; n++) trace += get(sigma, n) * get(sigma, n) + 0 * get(overlap, n);
  return abs(trace - norm) <= 1e-12 * norm ? DONE : WRONG_TRACE;
}

/** Observes the two modes of a pair, and says whether both vectors are good. */
function isGood(n: i32, pair: usize, mass: f64, coupling: f64, shift: v128, densities: bool): bool {
  observePair(pair, n, mass, coupling, shift, densities);
  if (n == 0) observeLowest();
  return i64x2.all_true(f64x2.le(residual, f64x2.splat(limit)));
}

/** Observes the two modes of a pair whose vectors have been found again, and marks those that still are no good. */
function settle(n: i32, pair: usize, mass: f64, coupling: f64, shift: v128, densities: bool): void {
  missed++;
  observePair(pair, n, mass, coupling, shift, densities);
  if (n == 0) observeLowest();
  if (!(f64x2.extract_lane(residual, 0) <= limit)) mark(n);
  if (!(f64x2.extract_lane(residual, 1) <= limit)) mark(n + 1);
}

/** ‖B‖², from its elements. */
function squaredNorm(mass: f64, coupling: f64): f64 {
  let sum = 2 * <f64> (sites - 1) * (forward * forward + backward * backward) + 2 * <f64> sites * coupling * coupling;
  for (let l = 0; l < sites; l++) {
    const a = get(field, l);
    sum += (mass - a) * (mass - a) + (mass + a) * (mass + a);
  }
  return sum;
}

/** Whether the vectors make a basis: one found twice, or not at all, shows at some site. */
function isComplete(densities: bool): bool {
  const expected: f64 = densities ? 2 : 0;
  for (let side = 0, sides = densities ? 2 : 1; side < sides; side++) {
    const density = side == 0 ? leftDensity : rightDensity;
    memory.fill(completeness, 0, <usize> (sites + 2) << 3);
    for (let n = 0; n < rows; n++) {
      const from = density + 8 * <usize> (n * sites);
      let l = 0;
      for (; l + 1 < sites; l += 2) {
        const at = completeness + (<usize> l << 3);
        v128.store(at, f64x2.add(v128.load(at), v128.load(from + (<usize> l << 3))));
      }
      if (l < sites) set(completeness, l, get(completeness, l) + get(from, l));
    }
    for (let l = 0; l < sites; l++) if (!(abs(get(completeness, l) - expected) <= COMPLETE)) return false;
  }
  return true;
}

/**
 * Energies and slopes of the upper branches, ε² = (v sin q_y)² + σ² and ε ∂ε/∂q_y = v² sin q_y cos q_y + 2 λ sin q_y σ u·v, as `upperBranch` in
 * `stages/diagonalize/chiral_modes.ts` has them.
 */
export function findBranches(velocity: f64, hopping: f64, sine: f64, cosine: f64): void {
  const drift = velocity * sine, zero = ZERO_LEVEL * get(sigma, rows - 1);
  for (let n = 0; n < rows; n++) {
    const s = get(sigma, n), e = sqrt(drift * drift + s * s);
    set(energy, n, e);
    if (e <= zero) set(slope, n, (drift < 0 ? -1.0 : 1.0) * velocity * cosine);
    else set(slope, n, (velocity * velocity * sine * cosine + 2 * hopping * sine * s * get(overlap, n)) / e);
  }
}
