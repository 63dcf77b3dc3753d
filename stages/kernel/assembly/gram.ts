/**
 * B, and the Gram matrices BᵀB and BBᵀ: two pentadiagonal chains, coupled on site only. The third sub-diagonal is zero, the fourth the constant λ² − v²/4.
 *
 * @module
 */
import { field, get, gram, GRAM_ROW, PAD, paddedRows, rows, sites } from "./memory.ts";

/** −λ ± v/2: the first chain's hopping to the next and to the previous site; the second chain has them exchanged. */
export let forward: f64 = 0;
export let backward: f64 = 0;
/** λ² − v²/4, the fourth sub-diagonal. */
export let fourth: f64 = 0;
/** M(q) and v sin q_z of two momenta. */
export let mass0: f64 = 0;
export let mass1: f64 = 0;
export let coupling0: f64 = 0;
export let coupling1: f64 = 0;

/** Takes the hopping elements. */
export function setHopping(next: f64, previous: f64): void {
  forward = next;
  backward = previous;
  fourth = next * previous;
}

/** Takes two momenta. */
export function setMomenta(massA: f64, couplingA: f64, massB: f64, couplingB: f64): void {
  mass0 = massA;
  coupling0 = couplingA;
  mass1 = massB;
  coupling1 = couplingB;
}

/** Where the k-th Gram matrix starts: BᵀB of momentum 0 and 1, and BBᵀ of whichever was asked for last. */
export function gramMatrix(k: i32): usize {
  return gram + <usize> k * GRAM_ROW * <usize> (paddedRows + 8);
}

/** Writes BᵀB, or BBᵀ, which is BᵀB with v and the coupling of the chains reversed. */
export function fillGram(k: i32, mass: f64, couplingOfB: f64, transposed: bool): void {
  const coupling = transposed ? -couplingOfB : couplingOfB;
  const next = transposed ? backward : forward, previous = transposed ? forward : backward;
  const next2 = next * next, previous2 = previous * previous, coupling2 = coupling * coupling;
  let row = gramMatrix(k);
  if (paddedRows > rows) {
    for (let c = 0; c < 2; c++, row += GRAM_ROW) {
      store<f64>(row, PAD);
      store<f64>(row, 0, 8);
      store<f64>(row, 0, 16);
    }
  }
  for (let l = 0; l < sites; l++, row += 2 * GRAM_ROW) {
    const a = get(field, l), d0 = mass - a, d1 = mass + a, isFirst = l == 0, isLast = l + 1 == sites;
    store<f64>(row, d0 * d0 + coupling2 + (isFirst ? 0 : next2) + (isLast ? 0 : previous2));
    store<f64>(row, d1 * d1 + coupling2 + (isFirst ? 0 : previous2) + (isLast ? 0 : next2), 32);
    store<f64>(row, -2 * coupling * a, 8);
    store<f64>(row, 0, 40);
    const following = isLast ? 0 : get(field, l + 1);
    store<f64>(row, isLast ? 0 : d0 * next + previous * (mass - following), 16);
    store<f64>(row, isLast ? 0 : d1 * previous + next * (mass + following), 48);
  }
}

/** Where the real rows of a Gram matrix begin. */
export function realRows(matrix: usize): usize {
  return matrix + GRAM_ROW * <usize> (paddedRows - rows);
}

/** y = B x for single vectors. */
export function multiply(x: usize, y: usize, mass: f64, coupling: f64): void {
  for (let l = 0; l < sites; l++) {
    const i = 2 * l, a = get(field, l), x0 = get(x, i), x1 = get(x, i + 1);
    let y0 = (mass - a) * x0 + coupling * x1, y1 = (mass + a) * x1 - coupling * x0;
    if (l + 1 < sites) {
      y0 += forward * get(x, i + 2);
      y1 += backward * get(x, i + 3);
    }
    if (l > 0) {
      y0 += backward * get(x, i - 2);
      y1 += forward * get(x, i - 1);
    }
    store<f64>(y + (<usize> i << 3), y0);
    store<f64>(y + (<usize> i << 3), y1, 8);
  }
}
