/**
 * Where everything lies in the kernel's memory. There is no allocator: the layout follows from the number of sites, and one call of `layOut` fixes it.
 *
 * A *row* is a row of B and of its Gram matrices, 2 l + c for site l and chain c. Slabs of an odd number of sites get a padding site in front, so that the twisted
 * factorization always finds whole windows of four rows: its diagonal element is PAD, which decouples it to far below rounding.
 *
 * @module
 */

/** Diagonal element of the padding site. Its square still is a number. */
export const PAD: f64 = 1e100;

/** Clusters and groups of small singular values up to this size are dealt with here; larger ones mean a flat band. */
export const LARGEST_GROUP: i32 = 24;

/** Bytes of a row of a Gram matrix: diagonal, coupling on site, coupling to the next site, and 8 to spare. */
export const GRAM_ROW: usize = 32;

/** Sub-diagonals while bulges are in flight, 0 … 7, each for two momenta. */
export const CHASE_ROW: usize = 8 * 16;

/** Bytes of a window of the twisted factorization: the lower triangle of 4 × 4, two shifts. */
export const WINDOW: usize = 10 * 16;

/** Bytes of the multipliers that eliminate one row: four, two shifts; of two pairs of shifts, one behind the other. */
export const MULTIPLIERS: usize = 2 * 4 * 16;

/** Bytes of what the search for one eigenvalue remembers. */
export const SEARCH: usize = 8 * 8;

/** Bytes of a column of the pivoted factorization: four rows of fill-in, four super-diagonals, the diagonal, four multipliers. */
export const PIVOTED_COLUMN: usize = 13 * 8;

/** Sites L, rows 2 L, rows with padding, and windows of four rows. */
export let sites: i32 = 0;
export let rows: i32 = 0;
export let paddedRows: i32 = 0;
export let windows: i32 = 0;

/** A⁵(l). */
export let field: usize = 0;
/** BᵀB of two momenta, then BBᵀ of one, by padded rows of GRAM_ROW. */
export let gram: usize = 0;
/** The matrix while it is reduced, by rows of CHASE_ROW. */
export let chase: usize = 0;
/** Tridiagonal matrices of two momenta: diagonal, then sub-diagonal. */
export let tridiagonal: usize = 0;
/** The tridiagonal matrix at hand, scaled: pairs of diagonal element and squared sub-diagonal element before it. */
export let scaled: usize = 0;
/** Addresses of rows of it at which the size of the characteristic polynomial is looked at. */
export let pauses: usize = 0;
/** Grid of abscissas, and the characteristic polynomial there: mantissas, exponents, counts. */
export let grid: usize = 0;
export let gridPoints: i32 = 0;
/** One record of SEARCH an eigenvalue. */
export let searches: usize = 0;
/** Eigenvalues σ² in ascending order, with one more at the end for pairs. */
export let eigenvalue: usize = 0;
/** Multipliers of the elimination from the top and from the bottom. */
export let multipliersDown: usize = 0;
export let multipliersUp: usize = 0;
/** What is left of each window when everything above, or everything below it, is eliminated; of the second pair of shifts so many bytes behind the first. */
export let windowsDown: usize = 0;
export let windowsUp: usize = 0;
export let windowsBytes: usize = 0;
/** Right vectors z of two pairs of shifts, by padded rows, the second so many bytes behind the first, and B z by rows of one of them. */
export let pairRight: usize = 0;
export let pairBytes: usize = 0;
export let pairLeft: usize = 0;
/** Per mode: 1 if its vectors still have to be found by the careful path. */
export let careful: usize = 0;
/** Vectors of a group, one after the other, each of `rows` numbers. */
export let groupLeft: usize = 0;
export let groupRight: usize = 0;
/** Pivoted factorization, its row exchanges, and a vector with eight zeros behind it. */
export let pivoted: usize = 0;
export let exchanges: usize = 0;
export let trial: usize = 0;
/** Scratch for rotating a group. */
export let product: usize = 0;
export let small: usize = 0;
/** What is handed out: σ_n, u_n·v_n, ε_n, ∂ε_n/∂q_y by mode; D_n(l), or |u_n(l)|² and |v_n(l)|², by mode and site; the densities of the lowest mode. */
export let sigma: usize = 0;
export let overlap: usize = 0;
export let energy: usize = 0;
export let slope: usize = 0;
export let leftDensity: usize = 0;
export let rightDensity: usize = 0;
export let lowestLeft: usize = 0;
export let lowestRight: usize = 0;
/** Σ_n D_n(l) by site. */
export let completeness: usize = 0;

let top: usize = 0;

/** Reserves memory, aligned to cache lines. */
function reserve(bytes: usize): usize {
  const start = (top + 63) & ~(<usize> 63);
  top = start + bytes;
  return start;
}

/** Fixes the layout for slabs of `L` sites; nothing is read before it is written. */
export function layOut(L: i32): void {
  sites = L;
  rows = 2 * L;
  paddedRows = (rows + 3) & ~3;
  windows = paddedRows >> 2;
  gridPoints = (rows + 15) & ~15;
  const n = <usize> rows, padded = <usize> paddedRows, group = <usize> LARGEST_GROUP;
  top = __heap_base;
  field = reserve(8 * <usize> L);
  gram = reserve(3 * GRAM_ROW * (padded + 8));
  chase = reserve(CHASE_ROW * (n + 16));
  tridiagonal = reserve(4 * 8 * n);
  scaled = reserve(16 * n);
  pauses = reserve(sizeof<usize>() * (n + 2));
  grid = reserve(4 * 8 * (<usize> gridPoints + 8));
  searches = reserve(SEARCH * (n + 8));
  eigenvalue = reserve(8 * (n + 2));
  multipliersDown = reserve(MULTIPLIERS * padded);
  multipliersUp = reserve(MULTIPLIERS * padded);
  windowsBytes = WINDOW * <usize> windows;
  windowsDown = reserve(2 * windowsBytes);
  windowsUp = reserve(2 * windowsBytes);
  pairBytes = 16 * (padded + 4);
  pairRight = reserve(2 * pairBytes);
  pairLeft = reserve(16 * (n + 4));
  careful = reserve(4 * n);
  groupLeft = reserve(8 * n * group);
  groupRight = reserve(8 * n * group);
  pivoted = reserve(PIVOTED_COLUMN * (n + 9));
  exchanges = reserve(4 * n);
  trial = reserve(8 * (n + 9));
  product = reserve(8 * n * group);
  small = reserve(8 * (5 * group * group + 4 * group));
  sigma = reserve(8 * n);
  overlap = reserve(8 * n);
  energy = reserve(8 * n);
  slope = reserve(8 * n);
  leftDensity = reserve(8 * n * <usize> L + 64);
  rightDensity = reserve(8 * n * <usize> L + 64);
  lowestLeft = reserve(8 * <usize> L);
  lowestRight = reserve(8 * <usize> L);
  completeness = reserve(8 * (<usize> L + 2));
  const pages = <i32> ((top + 0xffff) >> 16), have = memory.size();
  if (pages > have) {
    if (memory.grow(pages - have) < 0) unreachable();
  }
}

/** Element i of a list of numbers. */
export function get(list: usize, i: i32): f64 {
  return load<f64>(list + (<usize> i << 3));
}

/** Sets element i of a list of numbers. */
export function set(list: usize, i: i32, value: f64): void {
  store<f64>(list + (<usize> i << 3), value);
}
