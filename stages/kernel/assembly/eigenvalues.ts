/**
 * All eigenvalues of a tridiagonal matrix: each gets a bracket, then is closed in on; what this costs is evaluations of the characteristic polynomial.
 *
 * @module
 */
import { eigenvalue, get, rows, set, tridiagonal } from "./memory.ts";
import { scale } from "./characteristic.ts";
import { bracket, splitCells } from "./brackets.ts";
import { closeIn } from "./parabolas.ts";

/** Finds the eigenvalues of the tridiagonal matrix of momentum `k`; they stand in `eigenvalue` in ascending order. */
export function findEigenvalues(k: i32): void {
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
  bracket(sqrt(max(least, 0)), sqrt(largest));
  splitCells();
  closeIn();
  // In order already, but for roundings within a cluster.
  for (let i = 1; i < rows; i++) {
    const value = get(eigenvalue, i);
    let j = i - 1;
    for (; j >= 0 && get(eigenvalue, j) > value; j--) set(eigenvalue, j + 1, get(eigenvalue, j));
    set(eigenvalue, j + 1, value);
  }
}
