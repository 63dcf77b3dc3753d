/**
 * Modes that cannot be taken one by one: small singular values, of which squaring B leaves too little, and clusters, within which single vectors mean nothing.
 * What is done about them is what `stages/diagonalize/structured_solver.ts` does, whose constants these are.
 *
 * @module
 */
import { careful, eigenvalue, get, groupLeft, groupRight, LARGEST_GROUP, product, rows, set, sigma } from "./memory.ts";
import { fillGram, gramMatrix, multiply } from "./gram.ts";
import { inverseIteration } from "./inverse_iteration.ts";
import { observeOne } from "./observe.ts";
import { combine, jacobiEigenvectors, jacobiSvd, leftRows, mixed, rightRows, values } from "./rotations.ts";

/** Below this, relative to the largest σ, the left vectors come from BBᵀ; above it u = Bv/σ is good to 1e-11. */
const SMALL_SINGULAR_VALUE: f64 = 4e-3;

/** Eigenvalues closer than this, relative to the largest, are one cluster. */
const CLUSTER_GAP: f64 = 1e-6;

/** σ², or of small modes σ, closer than this, relative to the largest, count as one degenerate level. */
const DEGENERATE_GAP: f64 = 1e-9;

/** How many modes have a small σ, with the cluster that the bound would cut. */
export let smallModes: i32 = 0;

/** Marks the modes that need care, and counts the small ones. */
export function findGroups(): void {
  const largest = get(eigenvalue, rows - 1), gap = CLUSTER_GAP * largest;
  smallModes = 0;
  while (smallModes < rows && get(eigenvalue, smallModes) <= SMALL_SINGULAR_VALUE * SMALL_SINGULAR_VALUE * largest) {
    smallModes++;
  }
  while (
    smallModes > 0 && smallModes < rows && get(eigenvalue, smallModes) - get(eigenvalue, smallModes - 1) <= gap
  ) smallModes++;
  for (let n = 0; n < rows; n++) {
    const alone = (n == 0 || get(eigenvalue, n) - get(eigenvalue, n - 1) > gap) &&
      (n == rows - 1 || get(eigenvalue, n + 1) - get(eigenvalue, n) > gap);
    store<i32>(careful + (<usize> n << 2), n < smallModes || !alone ? 1 : 0);
  }
}

/** Whether a mode is marked. */
export function needsCare(n: i32): bool {
  return load<i32>(careful + (<usize> n << 2)) != 0;
}

/** Marks a mode. */
export function mark(n: i32): void {
  store<i32>(careful + (<usize> n << 2), 1);
}

/** Finds and writes all marked modes; false if a group is too large or something does not converge. */
export function solveGroups(momentum: i32, mass: f64, coupling: f64, densities: bool): bool {
  if (smallModes > 0 && !solveSmall(momentum, mass, coupling, densities)) return false;
  const gap = CLUSTER_GAP * get(eigenvalue, rows - 1);
  for (let first = smallModes, end = first; first < rows; first = end) {
    end = first + 1;
    if (!needsCare(first)) continue;
    while (end < rows && get(eigenvalue, end) - get(eigenvalue, end - 1) <= gap) end++;
    if (!solveCluster(momentum, first, end - first, mass, coupling, densities)) return false;
  }
  return true;
}

/** Vectors of a group by inverse iteration, cluster after cluster. */
function vectorsOf(matrix: usize, first: i32, count: i32, vectors: usize): bool {
  const largest = get(eigenvalue, rows - 1), gap = CLUSTER_GAP * largest;
  for (let start = 0, end = 0; start < count; start = end) {
    end = start + 1;
    while (end < count && get(eigenvalue, first + end) - get(eigenvalue, first + end - 1) <= gap) end++;
    const from = eigenvalue + 8 * <usize> (first + start), to = vectors + 8 * <usize> (rows * start);
    if (!inverseIteration(matrix, from, end - start, largest, to)) return false;
  }
  return true;
}

/** Vectors of either side by themselves, then rotated until uᵀBv is diagonal; σ is what stands on its diagonal. */
function solveSmall(momentum: i32, mass: f64, coupling: f64, densities: bool): bool {
  const count = smallModes;
  if (count > LARGEST_GROUP) return false;
  if (!vectorsOf(gramMatrix(momentum), 0, count, groupRight)) return false;
  fillGram(2, mass, coupling, true);
  if (!vectorsOf(gramMatrix(2), 0, count, groupLeft)) return false;
  for (let j = 0; j < count; j++) {
    multiply(groupRight + 8 * <usize> (rows * j), product, mass, coupling);
    for (let i = 0; i < count; i++) set(mixed(), i * count + j, dot(groupLeft + 8 * <usize> (rows * i), product));
  }
  if (!jacobiSvd(count)) return false;
  combine(groupLeft, leftRows(), count);
  combine(groupRight, rightRows(), count);
  for (let n = 0; n < count; n++) set(sigma, n, get(values(), n));
  const gap = DEGENERATE_GAP * sqrt(get(eigenvalue, rows - 1));
  return finish(0, count, sigma, gap, densities);
}

/** Vectors of a cluster, u = B v/σ. */
function solveCluster(momentum: i32, first: i32, count: i32, mass: f64, coupling: f64, densities: bool): bool {
  if (count > LARGEST_GROUP || !vectorsOf(gramMatrix(momentum), first, count, groupRight)) return false;
  for (let k = 0; k < count; k++) {
    const u = groupLeft + 8 * <usize> (rows * k);
    multiply(groupRight + 8 * <usize> (rows * k), u, mass, coupling);
    const norm = sqrt(dot(u, u)), inverse = 1 / norm;
    for (let i = 0; i < rows; i++) set(u, i, get(u, i) * inverse);
    set(sigma, first + k, norm);
  }
  return finish(first, count, eigenvalue + 8 * <usize> first, DEGENERATE_GAP * get(eigenvalue, rows - 1), densities);
}

/** Within degenerate levels, rotates u and v alike until their mixed overlaps vanish, which makes J_y diagonal; then writes the modes. */
function finish(first: i32, count: i32, levels: usize, gap: f64, densities: bool): bool {
  for (let start = 0, end = 0; start < count; start = end) {
    end = start + 1;
    while (end < count && get(levels, end) - get(levels, end - 1) <= gap) end++;
    const size = end - start, u = groupLeft + 8 * <usize> (rows * start), v = groupRight + 8 * <usize> (rows * start);
    if (size == 1) continue;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        const ui = u + 8 * <usize> (rows * i), vi = v + 8 * <usize> (rows * i);
        const uj = u + 8 * <usize> (rows * j), vj = v + 8 * <usize> (rows * j);
        const overlap = (dot(ui, vj) + dot(uj, vi)) / 2;
        set(mixed(), i * size + j, overlap);
        set(mixed(), j * size + i, overlap);
      }
    }
    if (!jacobiEigenvectors(size)) return false;
    combine(u, rightRows(), size);
    combine(v, rightRows(), size);
  }
  for (let k = 0; k < count; k++) {
    observeOne(first + k, groupLeft + 8 * <usize> (rows * k), groupRight + 8 * <usize> (rows * k), densities);
  }
  return true;
}

function dot(x: usize, y: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++) sum += get(x, i) * get(y, i);
  return sum;
}
