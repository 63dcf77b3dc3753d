/**
 * Eigenvalues with right and left eigenvectors of a dense complex matrix that need not be normal: a slab whose levels decay into its baths at unlike rates is none.
 *
 * Householder reflections make it a Hessenberg matrix, QR steps with Wilkinson's shift a triangular one, T = Q†AQ; both are unitary, so that nothing grows. The eigenvectors of
 * T come from back substitution, the left ones from the inverse of the triangle that these form. Where eigenvectors nearly coalesce the inverse is large, and digits are lost in
 * proportion.
 *
 * @module
 */
import { matrixProduct, transpose } from "./matrix_product.ts";

/** A complex matrix as two real ones, both of shape `[row][column]`. */
export interface ComplexPair {
  /** Real parts. */
  readonly re: Float64Array;
  /** Imaginary parts. */
  readonly im: Float64Array;
}

/** Eigenvalues and eigenvectors: A x_b = λ_b x_b, y_bᵀ A = λ_b y_bᵀ, y_aᵀ x_b = δ_ab. */
export interface ComplexEigen {
  /** λ_b, both arrays of shape `[state]`, in no particular order. */
  readonly values: ComplexPair;
  /** x_b, shape `[state][row]`, of length 1. */
  readonly right: ComplexPair;
  /** y_b, shape `[state][column]`. */
  readonly left: ComplexPair;
}

/** QR steps for one eigenvalue; two or three are what it takes. */
const MOST_STEPS = 60;

/**
 * Decomposes a matrix.
 *
 * @param a The matrix; overwritten.
 * @param order Its order.
 * @returns Its eigenvalues and eigenvectors.
 * @throws {Error} If QR steps do not converge, which for finite numbers has not been seen.
 */
export function complexEigen(a: ComplexPair, order: number): ComplexEigen {
  const q = identity(order);
  toHessenberg(a, q, order);
  toTriangle(a, q, order);
  const values = {
    re: Float64Array.from({ length: order }, (_, k) => a.re[k * order + k]),
    im: Float64Array.from({ length: order }, (_, k) => a.im[k * order + k]),
  };
  const vectors = triangleVectors(a, order), inverse = triangleInverse(vectors, order);
  // Row b of X is Σ_j R_jb Q_ij: the rows of R times the transpose of Q. Row b of Y is that of R⁻¹ times Q†.
  const transposed = complexPair(order * order);
  transpose(q.re, order, transposed.re);
  transpose(q.im, order, transposed.im);
  const right = complexProduct(vectors, transposed, order);
  for (let i = 0; i < transposed.im.length; i++) transposed.im[i] = -transposed.im[i];
  return { values, right, left: complexProduct(inverse, transposed, order) };
}

/**
 * The product of two square complex matrices.
 *
 * @param a The first.
 * @param b The second.
 * @param order Their order.
 * @returns a b.
 */
export function complexProduct(a: ComplexPair, b: ComplexPair, order: number): ComplexPair {
  const shape = { rows: order, inner: order, columns: order };
  const product = complexPair(order * order), other = new Float64Array(order * order);
  matrixProduct(a.re, b.re, product.re, shape);
  matrixProduct(a.im, b.im, other, shape);
  for (let i = 0; i < other.length; i++) product.re[i] -= other[i];
  matrixProduct(a.re, b.im, product.im, shape);
  matrixProduct(a.im, b.re, other, shape);
  for (let i = 0; i < other.length; i++) product.im[i] += other[i];
  return product;
}

/**
 * Memory for complex numbers.
 *
 * @param size How many.
 * @returns Zeros.
 */
export function complexPair(size: number): ComplexPair {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

function identity(order: number): ComplexPair {
  const result = complexPair(order * order);
  for (let i = 0; i < order; i++) result.re[i * order + i] = 1;
  return result;
}

/** A ← H†AH, Q ← QH, reflection by reflection, until A has one diagonal below the main one. */
function toHessenberg({ re, im }: ComplexPair, q: ComplexPair, order: number): void {
  const v = complexPair(order), w = complexPair(order);
  for (let k = 0; k + 2 < order; k++) {
    const first = k + 1;
    let below = 0;
    for (let i = first; i < order; i++) {
      v.re[i] = re[i * order + k];
      v.im[i] = im[i * order + k];
      if (i > first) below += v.re[i] ** 2 + v.im[i] ** 2;
    }
    if (below === 0) continue;
    // v = x + e^{iθ}|x| e₁ with the phase of x₁, so that nothing cancels.
    const head = Math.hypot(v.re[first], v.im[first]), norm = Math.sqrt(below + head * head);
    const cosine = head === 0 ? 1 : v.re[first] / head, sine = head === 0 ? 0 : v.im[first] / head;
    v.re[first] += norm * cosine;
    v.im[first] += norm * sine;
    const factor = 1 / (norm * (norm + head)); // 2/v†v
    // From the left: A − factor v (v†A).
    w.re.fill(0);
    w.im.fill(0);
    for (let i = first; i < order; i++) {
      const x = v.re[i], y = -v.im[i];
      for (let j = k, at = i * order + k; j < order; j++, at++) {
        w.re[j] += x * re[at] - y * im[at];
        w.im[j] += x * im[at] + y * re[at];
      }
    }
    for (let i = first; i < order; i++) {
      const x = factor * v.re[i], y = factor * v.im[i];
      for (let j = k, at = i * order + k; j < order; j++, at++) {
        re[at] -= x * w.re[j] - y * w.im[j];
        im[at] -= x * w.im[j] + y * w.re[j];
      }
    }
    reflectRows(re, im, v, factor, first, order);
    reflectRows(q.re, q.im, v, factor, first, order);
  }
}

/** From the right: A − factor (Av) v†. */
function reflectRows(
  re: Float64Array,
  im: Float64Array,
  v: ComplexPair,
  factor: number,
  first: number,
  order: number,
): void {
  for (let start = 0; start < order * order; start += order) {
    let x = 0, y = 0;
    for (let j = first, at = start + first; j < order; j++, at++) {
      x += re[at] * v.re[j] - im[at] * v.im[j];
      y += re[at] * v.im[j] + im[at] * v.re[j];
    }
    x *= factor;
    y *= factor;
    for (let j = first, at = start + first; j < order; j++, at++) {
      re[at] -= x * v.re[j] + y * v.im[j];
      im[at] -= y * v.re[j] - x * v.im[j];
    }
  }
}

/** QR steps on the Hessenberg matrix until it is triangular. */
function toTriangle(a: ComplexPair, q: ComplexPair, order: number): void {
  const { re, im } = a;
  const cosine = new Float64Array(order), sine = complexPair(order);
  for (let high = order - 1, steps = 0; high > 0;) {
    let low = high;
    while (low > 0 && !negligible(a, low, order)) low--;
    if (low > 0) re[low * order + low - 1] = im[low * order + low - 1] = 0;
    if (low === high) {
      high--;
      steps = 0;
      continue;
    }
    if (++steps > MOST_STEPS) {
      throw new Error(`Cannot find the eigenvalues: no convergence after ${MOST_STEPS} steps, is a number not finite?`);
    }
    const [shift, shifti] = shiftOf(a, high, order, steps);
    for (let k = low, at = low * (order + 1); k <= high; k++, at += order + 1) {
      re[at] -= shift;
      im[at] -= shifti;
    }
    // From the left, rotation by rotation: R in the place of H.
    for (let k = low; k < high; k++) {
      const top = k * order, next = top + order;
      const x = re[top + k], y = im[top + k], bx = re[next + k], by = im[next + k];
      const size = Math.hypot(x, y), norm = Math.hypot(size, bx, by);
      let c = 1, s = 0, t = 0;
      if (size === 0 && norm > 0) {
        c = 0;
        s = bx / norm;
        t = -by / norm;
      } else if (norm > 0) { // c = |a|/r, s = (a/|a|) b*/r
        c = size / norm;
        s = (x * bx + y * by) / (size * norm);
        t = (y * bx - x * by) / (size * norm);
      }
      cosine[k] = c;
      sine.re[k] = s;
      sine.im[k] = t;
      for (let p = top + k, o = next + k; p < next; p++, o++) {
        const ur = re[p], ui = im[p], lr = re[o], li = im[o];
        re[p] = c * ur + s * lr - t * li;
        im[p] = c * ui + s * li + t * lr;
        re[o] = c * lr - s * ur - t * ui;
        im[o] = c * li - s * ui + t * ur;
      }
    }
    // From the right, row by row, since memory lies that way.
    for (let i = 0; i <= high; i++) rotateRow(re, im, i * order, Math.max(low, i - 1), high, cosine, sine);
    for (let i = 0; i < order; i++) rotateRow(q.re, q.im, i * order, low, high, cosine, sine);
    for (let k = low, at = low * (order + 1); k <= high; k++, at += order + 1) {
      re[at] += shift;
      im[at] += shifti;
    }
  }
}

function rotateRow(
  re: Float64Array,
  im: Float64Array,
  start: number,
  from: number,
  end: number,
  cosine: Float64Array,
  sine: ComplexPair,
): void {
  const sr = sine.re, si = sine.im;
  let x = re[start + from], y = im[start + from];
  for (let k = from, at = start + from; k < end; k++, at++) {
    const c = cosine[k], s = sr[k], t = si[k], ur = re[at + 1], ui = im[at + 1];
    re[at] = c * x + s * ur + t * ui;
    im[at] = c * y + s * ui - t * ur;
    const next = c * ur - s * x + t * y;
    y = c * ui - s * y - t * x;
    x = next;
  }
  re[start + end] = x;
  im[start + end] = y;
}

/** Whether the element below the diagonal in a row is lost in rounding beside its neighbours on it. */
function negligible({ re, im }: ComplexPair, row: number, order: number): boolean {
  const at = row * order + row, before = at - order - 1;
  const neighbours = Math.abs(re[at]) + Math.abs(im[at]) + Math.abs(re[before]) + Math.abs(im[before]);
  return Math.abs(re[at - 1]) + Math.abs(im[at - 1]) <= Number.EPSILON * neighbours;
}

/** The eigenvalue of the last 2 × 2 block that is closer to its corner; every tenth step another number, lest the steps go round in a circle. */
function shiftOf({ re, im }: ComplexPair, high: number, order: number, steps: number): [number, number] {
  const corner = high * order + high, above = corner - order;
  if (steps % 10 === 0) return [re[corner] + Math.abs(re[corner - 1]), im[corner] + Math.abs(im[corner - 1])];
  // With d = (a − c)/2 and the product b of the other two elements, the eigenvalues are c + d ± √(d² + b).
  const dr = (re[above - 1] - re[corner]) / 2, di = (im[above - 1] - im[corner]) / 2;
  const br = re[above] * re[corner - 1] - im[above] * im[corner - 1];
  const bi = re[above] * im[corner - 1] + im[above] * re[corner - 1];
  const sr = dr * dr - di * di + br, si = 2 * dr * di + bi, size = Math.hypot(sr, si);
  let rootr = Math.sqrt((size + Math.abs(sr)) / 2), rooti = rootr === 0 ? 0 : si / (2 * rootr);
  if (sr < 0) [rootr, rooti] = [Math.abs(rooti), si < 0 ? -rootr : rootr];
  if (dr * rootr + di * rooti < 0) [rootr, rooti] = [-rootr, -rooti];
  // The closer one, c − b/(d + √(d² + b)).
  const er = dr + rootr, ei = di + rooti, scale = er * er + ei * ei;
  if (scale === 0) return [re[corner], im[corner]];
  return [re[corner] - (br * er + bi * ei) / scale, im[corner] - (bi * er - br * ei) / scale];
}

/** Eigenvectors of a triangle, of length 1, one a row: R_jb, j ≤ b. */
function triangleVectors({ re, im }: ComplexPair, order: number): ComplexPair {
  const vectors = complexPair(order * order);
  let scale = 0;
  for (let i = 0; i < re.length; i++) scale = Math.max(scale, Math.abs(re[i]), Math.abs(im[i]));
  const least = Math.max(Number.EPSILON * scale, 1e-150);
  for (let b = 0; b < order; b++) {
    const row = b * order, x = vectors.re, y = vectors.im;
    x[row + b] = 1;
    let square = 1;
    for (let i = b - 1; i >= 0; i--) {
      let sumr = 0, sumi = 0;
      for (let j = i + 1, at = i * order + i + 1; j <= b; j++, at++) {
        sumr -= re[at] * x[row + j] - im[at] * y[row + j];
        sumi -= re[at] * y[row + j] + im[at] * x[row + j];
      }
      let dr = re[i * order + i] - re[row + b], di = im[i * order + i] - im[row + b];
      // Equal eigenvalues: one of the vectors of the level will do, and this one is in it to rounding.
      if (Math.abs(dr) + Math.abs(di) < least) [dr, di] = [least, 0];
      const size = dr * dr + di * di;
      x[row + i] = (sumr * dr + sumi * di) / size;
      y[row + i] = (sumi * dr - sumr * di) / size;
      square += x[row + i] ** 2 + y[row + i] ** 2;
    }
    const inverse = 1 / Math.sqrt(square);
    for (let i = row; i <= row + b; i++) {
      x[i] *= inverse;
      y[i] *= inverse;
    }
  }
  return vectors;
}

/** The inverse W of the triangle whose columns are the rows given, one row of W a row. */
function triangleInverse({ re, im }: ComplexPair, order: number): ComplexPair {
  const inverse = complexPair(order * order), { re: x, im: y } = inverse;
  for (let k = 0; k < order; k++) {
    const row = k * order;
    x[row + k] = 1 / re[row + k]; // the diagonal is real
    for (let j = k + 1; j < order; j++) {
      let sumr = 0, sumi = 0;
      for (let m = k, at = j * order + k; m < j; m++, at++) {
        sumr -= x[row + m] * re[at] - y[row + m] * im[at];
        sumi -= x[row + m] * im[at] + y[row + m] * re[at];
      }
      const share = 1 / re[j * order + j];
      x[row + j] = share * sumr;
      y[row + j] = share * sumi;
    }
  }
  return inverse;
}
