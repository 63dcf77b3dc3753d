// deno-fmt-ignore-file: see block.ts
/**
 * The recursive lesser Green function of `stages/spectral/lesser_green_function.ts` at two momenta at a time, one in each lane: the operations of
 * `stages/spectral/plain_lesser_recursion.ts` in the same order, the same bits.
 *
 * Both sweeps run at once, as in `green_function.ts`; each place has next to it what flows into its site (H) and what that leaves there (K = G H G†).
 *
 * @module
 */
import { BLOCK, copyBlock, INVERSE, invertFour, invertTwo, PLACE, subtractNeighbour } from "./block.ts";
import { addNeighbour, copyHermitian, HERMITIAN, sandwich } from "./hermitian.ts";
import { AFTER_CURRENT, FILLING, putBetween, RECORD, record, siteSource } from "./lesser_site.ts";
import { backward, DRESSING, forward, shareNumbers, siteBlock } from "./site.ts";

/** Bytes of a workplace: that of the inverse, H and K. */
const SITE: usize = PLACE + 2 * HERMITIAN, INFLOW: usize = PLACE, LESSER: usize = PLACE + HERMITIAN;

/** Where the work is done: on the chains from the left and from the right, and on the sites that they have reached. */
const LEFT: usize = AFTER_CURRENT, RIGHT: usize = LEFT + SITE, MEETING_LEFT: usize = RIGHT + SITE, MEETING_RIGHT: usize = MEETING_LEFT + SITE;

/** Σ^R, and after it the other arrays. */
const DRESSINGS: usize = MEETING_RIGHT + SITE;

/** Bytes that a row of sites leaves behind: g and −ig^<. */
const ROW: usize = BLOCK + HERMITIAN;

let sites: i32 = 0;
let filling: usize = 0, field: usize = 0, behind: usize = 0, records: usize = 0;

/** Lays memory out for L sites; the host writes A⁵(l), the dressing and the filling, and reads the records. */
export function prepare(count: i32): void {
  sites = count;
  const n = <usize> count;
  filling = DRESSINGS + n * DRESSING;
  field = filling + n * FILLING;
  behind = (field + n * 8 + 15) & ~15;
  records = behind + n * ROW;
  const missing = <i32> ((records + n * RECORD + 0xffff) >> 16) - memory.size();
  if (missing > 0) memory.grow(missing);
}

/** Where Σ^R goes: eight numbers a site, real and imaginary parts of what stands before 1, τ_z, σ_z and τ_z σ_z. */
export function dressingAddress(): usize {
  return DRESSINGS;
}

/** Where −iΣ^< goes: four numbers a site, what stands before 1, τ_z, σ_z and τ_z σ_z. */
export function fillingAddress(): usize {
  return filling;
}

/** Where A⁵(l) goes. */
export function fieldAddress(): usize {
  return field;
}

/** Where the records are. */
export function recordAddress(): usize {
  return records;
}

/**
 * Solves at two momenta: M(q), v sin q_y, v sin q_z, v cos q_y and −2λ sin q_y of each. What is put between G^R and G^A is the filling (0), the charge current (1) or
 * the energy current (2).
 */
export function solve(
  what: i32,
  frequency: f64,
  eta: f64,
  velocity: f64,
  hopping: f64,
  massA: f64,
  driftA: f64,
  couplingA: f64,
  slopeA: f64,
  bendA: f64,
  massB: f64,
  driftB: f64,
  couplingB: f64,
  slopeB: f64,
  bendB: f64,
): void {
  shareNumbers(frequency, eta, velocity, hopping, massA, driftA, couplingA, massB, driftB, couplingB);
  putBetween(what, slopeA, bendA, slopeB, bendB);

  const last = sites - 1, middle = sites >> 1;
  for (let step = 0; step < middle; step++) {
    approach(step, last - step);
    invertTwo(LEFT, RIGHT);
    sandwich(LEFT, LEFT + INFLOW, LEFT + LESSER);
    sandwich(RIGHT, RIGHT + INFLOW, RIGHT + LESSER);
    leave(LEFT, behind + <usize> step * ROW);
    leave(RIGHT, behind + <usize> (last - step) * ROW);
  }
  for (let step = middle; step < sites; step++) {
    approach(step, last - step);
    if (step < last) {
      meet(LEFT, MEETING_LEFT, behind + <usize> (step + 1) * ROW, forward, backward);
      meet(RIGHT, MEETING_RIGHT, behind + <usize> (last - step - 1) * ROW, backward, forward);
    } else {
      copyBlock(LEFT, MEETING_LEFT);
      copyBlock(RIGHT, MEETING_RIGHT);
      copyHermitian(LEFT + INFLOW, MEETING_LEFT + INFLOW);
      copyHermitian(RIGHT + INFLOW, MEETING_RIGHT + INFLOW);
    }
    invertFour(LEFT, RIGHT, MEETING_LEFT, MEETING_RIGHT);
    sandwich(LEFT, LEFT + INFLOW, LEFT + LESSER);
    sandwich(RIGHT, RIGHT + INFLOW, RIGHT + LESSER);
    sandwich(MEETING_LEFT, MEETING_LEFT + INFLOW, MEETING_LEFT + LESSER);
    sandwich(MEETING_RIGHT, MEETING_RIGHT + INFLOW, MEETING_RIGHT + LESSER);
    keep(MEETING_LEFT, step);
    keep(MEETING_RIGHT, last - step);
  }
}

/** Fills the chains' places with what is left of their next sites, and flows into them, when those behind them are eliminated. */
function approach(l: i32, r: i32): void {
  siteBlock(LEFT, dressing(l), field + (<usize> l << 3));
  siteBlock(RIGHT, dressing(r), field + (<usize> r << 3));
  siteSource(LEFT + INFLOW, dressing(l), filling + <usize> l * FILLING);
  siteSource(RIGHT + INFLOW, dressing(r), filling + <usize> r * FILLING);
  if (l === 0) return;
  subtractNeighbour(LEFT, LEFT, LEFT + INVERSE, backward, forward);
  subtractNeighbour(RIGHT, RIGHT, RIGHT + INVERSE, forward, backward);
  addNeighbour(LEFT + INFLOW, LEFT + INFLOW, LEFT + LESSER, backward, forward);
  addNeighbour(RIGHT + INFLOW, RIGHT + INFLOW, RIGHT + LESSER, forward, backward);
}

/** Takes the row on the other side of a chain's site into account. */
// @ts-ignore: decorator
@inline
function meet(chain: usize, place: usize, row: usize, a: v128, b: v128): void {
  subtractNeighbour(chain, place, row, a, b);
  addNeighbour(chain + INFLOW, place + INFLOW, row + BLOCK, a, b);
}

/** Leaves a row's g and −ig^< for the other chain. */
// @ts-ignore: decorator
@inline
function leave(place: usize, row: usize): void {
  copyBlock(place + INVERSE, row);
  copyHermitian(place + LESSER, row + BLOCK);
}

/** Records what a place says about its site. */
function keep(place: usize, l: i32): void {
  record(place + INVERSE, place + LESSER, dressing(l), filling + <usize> l * FILLING, records + <usize> l * RECORD);
}

/** Where a site's Σ^R is. */
function dressing(l: i32): usize {
  return DRESSINGS + <usize> l * DRESSING;
}
