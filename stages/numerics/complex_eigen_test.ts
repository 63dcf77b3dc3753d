import { assertAlmostEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { complexEigen, type ComplexPair, complexPair } from "./complex_eigen.ts";

/** Largest deviations: of A x_b from λ_b x_b, of y_bᵀA from λ_b y_bᵀ over the length of y_b, of y_aᵀx_b from δ_ab over that of y_a. */
function residuals(a: ComplexPair, order: number): { right: number; left: number; dual: number; condition: number } {
  const { values, right, left } = complexEigen({ re: a.re.slice(), im: a.im.slice() }, order);
  const worst = { right: 0, left: 0, dual: 0, condition: 0 };
  for (let b = 0; b < order; b++) {
    let length = 0;
    for (let i = 0; i < order; i++) length += left.re[b * order + i] ** 2 + left.im[b * order + i] ** 2;
    length = Math.sqrt(length);
    worst.condition = Math.max(worst.condition, length);
    for (let i = 0; i < order; i++) {
      let rr = 0, ri = 0, lr = 0, li = 0, dr = i === b ? -1 : 0, di = 0;
      for (let j = 0; j < order; j++) {
        const xr = right.re[b * order + j], xi = right.im[b * order + j];
        const yr = left.re[b * order + j], yi = left.im[b * order + j];
        const ar = a.re[i * order + j], ai = a.im[i * order + j], tr = a.re[j * order + i], ti = a.im[j * order + i];
        const zr = right.re[i * order + j], zi = right.im[i * order + j];
        rr += ar * xr - ai * xi;
        ri += ar * xi + ai * xr;
        lr += tr * yr - ti * yi;
        li += tr * yi + ti * yr;
        dr += yr * zr - yi * zi;
        di += yr * zi + yi * zr;
      }
      const vr = values.re[b], vi = values.im[b];
      const xr = right.re[b * order + i], xi = right.im[b * order + i];
      const yr = left.re[b * order + i], yi = left.im[b * order + i];
      worst.right = Math.max(worst.right, Math.hypot(rr - vr * xr + vi * xi, ri - vr * xi - vi * xr));
      worst.left = Math.max(worst.left, Math.hypot(lr - vr * yr + vi * yi, li - vr * yi - vi * yr) / length);
      worst.dual = Math.max(worst.dual, Math.hypot(dr, di) / length);
    }
  }
  return worst;
}

const entry = fc.noBias(fc.integer({ min: -1000, max: 1000 })).map((value) => value / 1000);

/** Random matrices, some of them with many zeros. */
const matrix = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 4 })).chain(([order, density]) =>
  fc.record({
    order: fc.constant(order),
    numbers: fc.array(fc.tuple(entry, entry, fc.integer({ min: 0, max: 3 })), {
      minLength: order * order,
      maxLength: order * order,
    }).map((entries) => entries.map(([re, im, k]) => k < density ? [re, im] : [0, 0])),
  })
);

Deno.test("random complex matrices, full and sparse: eigenvectors of either side, and one is the inverse of the other", () => {
  fc.assert(
    fc.property(matrix, ({ order, numbers }) => {
      const a = { re: Float64Array.from(numbers, ([re]) => re), im: Float64Array.from(numbers, ([, im]) => im) };
      const { right, left, dual, condition } = residuals(a, order);
      assertLess(right, 1e-13);
      // Sparse matrices may be defective: the two sides lose digits by the condition of the eigenvectors.
      assertLess(left, 1e-14 * order * Math.max(10, condition));
      assertLess(dual, 1e-14 * order * Math.max(10, condition));
    }),
    { seed: 20241010, numRuns: 300 },
  );
});

Deno.test("degenerate levels that are no exceptional points: the identity, a Hermitian matrix with pairs, blocks twice", () => {
  for (const order of [1, 2, 5, 8]) {
    const unit = complexPair(order * order);
    for (let i = 0; i < order; i++) unit.im[i * order + i] = -0.3;
    assertLess(residuals(unit, order).dual, 1e-15);
    // Two copies of one complex symmetric matrix, mixed by a rotation.
    const twice = complexPair(4 * order * order);
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < order; j++) {
        for (const copy of [0, 1]) {
          const at = (2 * i + copy) * 2 * order + 2 * j + copy;
          twice.re[at] = Math.sin(1 + (i + 1) * (j + 1)) + (i === j ? i : 0);
          twice.im[at] = i === j ? -0.1 * (1 + i) : 0;
        }
      }
    }
    const { right, left, dual, condition } = residuals(twice, 2 * order);
    assertLess(right, 1e-13);
    assertLess(left, 1e-13);
    assertLess(dual, 1e-13);
    assertLess(condition, 20);
  }
});

Deno.test("near an exceptional point, [[1, k], [k, −1 + 0i]] with k → i, the length of left vectors says what is lost", () => {
  for (const distance of [1e-2, 1e-6, 1e-10]) {
    // Eigenvalues ±√(1 + k²) = ±√(2δ − δ²) for k = i(1 − δ).
    const a = { re: Float64Array.of(1, 0, 0, -1), im: Float64Array.of(0, 1 - distance, 1 - distance, 0) };
    const { values, left } = complexEigen({ re: a.re.slice(), im: a.im.slice() }, 2);
    const expected = Math.sqrt(2 * distance - distance * distance);
    const found = Math.max(values.re[0], values.re[1]);
    assertAlmostEquals(found / expected, 1, 1e-15 / distance);
    assertAlmostEquals(
      Math.hypot(...left.re.subarray(0, 2), ...left.im.subarray(0, 2)) * expected,
      1,
      2 * expected + 1e-5,
    );
  }
});

Deno.test("what is not a number is refused", () => {
  const a = { re: Float64Array.of(1, NaN, 2, 1), im: new Float64Array(4) };
  assertThrows(() => complexEigen(a, 2), Error, "Cannot find the eigenvalues");
});
