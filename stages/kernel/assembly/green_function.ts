// deno-fmt-ignore-file: see block.ts
/**
 * The recursive Green function of `stages/spectral/green_function.ts` at two momenta at a time, one in each lane: the same operations in the same order, the same bits.
 *
 * Both sweeps run at once, from the surfaces inwards; once they have met, each finds beyond its site what the other has left there, and with it G_ll. So there are two
 * chains of independent blocks at first, and four after that, whose steps take turns (`block.ts` says why).
 *
 * @module
 */
import { BLOCK, copyBlock, INVERSE, invertFour, invertTwo, PLACE, subtractNeighbour } from "./block.ts";
import { sum } from "./complex.ts";
import { backward, DRESSING, FIRST, forward, recordPart, shareNumbers, siteBlock } from "./site.ts";

/** Bytes of a site's diagonal: four orbitals, real and imaginary part, two lanes. */
const DIAGONAL: usize = 8 * 16;

/** Where the work is done: on the chains from the left and from the right, and on G_ll of the sites that they have reached. */
const LEFT: usize = FIRST, RIGHT: usize = LEFT + PLACE, MEETING_LEFT: usize = RIGHT + PLACE, MEETING_RIGHT: usize = MEETING_LEFT + PLACE;

/** Im Tr G^R of either momentum. */
const TRACE: usize = MEETING_RIGHT + PLACE;

/** Σ^R, and after it the other arrays. */
const DRESSINGS: usize = TRACE + 16;

let sites: i32 = 0;
let field: usize = 0, behind: usize = 0, diagonal: usize = 0, traces: usize = 0;

/** Lays memory out for L sites; the host writes A⁵(l) and the dressing, and reads the diagonal. */
export function prepare(count: i32): void {
  sites = count;
  const n = <usize> count;
  field = DRESSINGS + n * DRESSING;
  behind = (field + n * 8 + 15) & ~15;
  diagonal = behind + n * BLOCK;
  traces = diagonal + n * DIAGONAL;
  const missing = <i32> ((traces + n * 16 + 0xffff) >> 16) - memory.size();
  if (missing > 0) memory.grow(missing);
}

/** Where Σ^R goes: eight numbers a site, real and imaginary parts of what stands before 1, τ_z, σ_z and τ_z σ_z. */
export function dressingAddress(): usize {
  return DRESSINGS;
}

/** Where A⁵(l) goes. */
export function fieldAddress(): usize {
  return field;
}

/** Where G_{lν,lν} is: by site and orbital real and imaginary part, each for both lanes. */
export function diagonalAddress(): usize {
  return diagonal;
}

/** Where Im Tr G^R is, added up from site to site: of the first momentum and of the second. */
export function traceAddress(): usize {
  return TRACE;
}

/** Solves at two momenta: ω, η, v and λ, and M(q), v sin q_y and v sin q_z of each. */
export function solve(
  frequency: f64,
  eta: f64,
  velocity: f64,
  hopping: f64,
  massA: f64,
  driftA: f64,
  couplingA: f64,
  massB: f64,
  driftB: f64,
  couplingB: f64,
): void {
  shareNumbers(frequency, eta, velocity, hopping, massA, driftA, couplingA, massB, driftB, couplingB);

  // `behind` holds g of the row that ends there, from the nearer surface.
  const last = sites - 1, middle = sites >> 1;
  for (let step = 0; step < middle; step++) {
    approach(step, last - step);
    invertTwo(LEFT, RIGHT);
    copyBlock(LEFT + INVERSE, behind + <usize> step * BLOCK);
    copyBlock(RIGHT + INVERSE, behind + <usize> (last - step) * BLOCK);
  }
  for (let step = middle; step < sites; step++) {
    approach(step, last - step);
    if (step < last) {
      subtractNeighbour(LEFT, MEETING_LEFT, behind + <usize> (step + 1) * BLOCK, forward, backward);
      subtractNeighbour(RIGHT, MEETING_RIGHT, behind + <usize> (last - step - 1) * BLOCK, backward, forward);
    } else {
      copyBlock(LEFT, MEETING_LEFT);
      copyBlock(RIGHT, MEETING_RIGHT);
    }
    invertFour(LEFT, RIGHT, MEETING_LEFT, MEETING_RIGHT);
    record(MEETING_LEFT + INVERSE, step);
    record(MEETING_RIGHT + INVERSE, last - step);
  }

  let total = f64x2.splat(0);
  for (let l = 0; l < sites; l++) total = sum(total, v128.load(traces + (<usize> l << 4)));
  v128.store(TRACE, total);
}

/** Fills the chains' blocks with what is left of their next sites when those behind them are eliminated. */
function approach(l: i32, r: i32): void {
  siteBlock(LEFT, DRESSINGS + <usize> l * DRESSING, field + (<usize> l << 3));
  siteBlock(RIGHT, DRESSINGS + <usize> r * DRESSING, field + (<usize> r << 3));
  if (l === 0) return;
  subtractNeighbour(LEFT, LEFT, LEFT + INVERSE, backward, forward);
  subtractNeighbour(RIGHT, RIGHT, RIGHT + INVERSE, forward, backward);
}

/** Reads off a site's G_ll. */
// @ts-ignore: decorator
@inline
function record(block: usize, l: i32): void {
  const to = diagonal + <usize> l * DIAGONAL;
  recordPart(block, to);
  v128.store(traces + (<usize> l << 4), recordPart(block + 16, to + 16));
}
