import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { digamma } from "./digamma.ts";
import { trigamma } from "./trigamma.ts";

type Complex = readonly [number, number];

const REPEATABLE = { seed: 20241010, numRuns: 2000 } as const;

/** The accuracy that is promised, relative to the modulus. */
const ACCURACY = 1e-14;

function psi1(x: number, y: number): Complex {
  const result = new Float64Array(2);
  trigamma(x, y, result);
  return [result[0], result[1]];
}

function assertClose(actual: Complex, expected: Complex, accuracy: number, scale = Math.hypot(...expected)): void {
  const error = Math.hypot(actual[0] - expected[0], actual[1] - expected[1]);
  assertLess(error, accuracy * scale, `${actual} instead of ${expected}`);
}

/** 1/z². */
function inverseSquare(x: number, y: number): Complex {
  const size = (x * x + y * y) ** 2;
  return [(x - y) * (x + y) / size, -2 * x * y / size];
}

/** Points of the right half plane of all sizes, from 1e-6 to 1e6. */
const point = fc.tuple(fc.integer({ min: -6000, max: 6000 }), fc.integer({ min: -1000, max: 1000 })).map(
  ([size, angle]): Complex => {
    const radius = 10 ** (size / 1000), phase = angle / 1000 * 1.57;
    return [radius * Math.cos(phase), radius * Math.sin(phase)];
  },
);

Deno.test("trigamma: values to 20 digits, computed with 60 digits by mpmath 1.3", () => {
  const values: readonly (readonly [number, number, number, number])[] = [
    [0.5, 0.3, 2.259034075905334196, -2.8289967861156957108],
    [0.5, 7.25, 3.2499195496896357088e-19, -0.13815119095376737322],
    [0.001, 0.002, -119998.35747974227323, -160000.0047952315536],
    [1.46, 0.001, 0.96911884279157271809, -0.00088806238328018870253],
    [3, 4, 0.11315311394679170382, -0.1796800161841783666],
    [12.5, -40, 0.0068816119286352305277, 0.022936513818960960766],
    [0.75, 100, 0.000025000468774416669177, -0.010000020833515628604],
    [1e-06, 3, -0.055555579429212587837, -0.32701002949615773625],
    [0.5, 0.001, 4.9347534963196235805, -0.016828668065961040621],
    [8.4, 0.1, 0.12639407593387870389, -0.0015956944725749092457],
    [250, 0, 0.0040080106666325337234, 0.0],
    [0.515625, 2.5, 0.0026147276389186943576, -0.40566709422286963115],
    [0, 1, -0.5369999033772362137, -0.79423354275931886558],
    [0, 8.6, -0.0067604110329908063996, -0.11601632277902612196],
  ];
  for (const [x, y, re, im] of values) assertClose(psi1(x, y), [re, im], ACCURACY);
});

Deno.test("trigamma: closed forms at 1, ½, ¼ and n", () => {
  const catalan = 0.915965594177219015055, basel = Math.PI ** 2 / 6;
  assertAlmostEquals(psi1(1, 0)[0], basel, 2 * ACCURACY);
  assertAlmostEquals(psi1(0.5, 0)[0], 3 * basel, 5 * ACCURACY);
  assertAlmostEquals(psi1(0.25, 0)[0], 6 * basel + 8 * catalan, 17 * ACCURACY);
  let sum = 0;
  for (let n = 1; n < 40; n++) {
    sum += 1 / (n * n);
    assertAlmostEquals(psi1(n + 1, 0)[0], basel - sum, 2 * ACCURACY);
  }
});

Deno.test("trigamma: Re ψ′(½ + iy) = (π²/2)/cosh² πy, Re ψ′(1 + iy) = 1/2y² − (π²/2)/sinh² πy", () => {
  for (const y of [-30, -3, -0.4, 0.02, 0.7, 2, 8, 8.6, 25, 300]) {
    const half = psi1(0.5, y), whole = psi1(1, y), square = Math.PI ** 2 / 2;
    assertAlmostEquals(half[0], square / Math.cosh(Math.PI * y) ** 2, ACCURACY * Math.hypot(...half));
    // Here the two terms cancel for small y.
    const expected = 0.5 / (y * y) - square / Math.sinh(Math.PI * y) ** 2;
    assertAlmostEquals(whole[0], expected, ACCURACY * (1 + 1 / (y * y)));
  }
});

Deno.test("trigamma: far out it is 1/z + 1/2z² + 1/6z³, the rest of order 1/30|z|⁵", () => {
  for (const [x, y] of [[1e3, 0], [0, 1e3], [700, -700], [3, 2e4]]) {
    const [pr, pi] = [x / (x * x + y * y), -y / (x * x + y * y)], [sr, si] = inverseSquare(x, y);
    const expected: Complex = [pr + sr / 2 + (pr * sr - pi * si) / 6, pi + si / 2 + (pr * si + pi * sr) / 6];
    assertClose(psi1(x, y), expected, 1e-13);
  }
});

Deno.test("trigamma: ψ′(z + 1) = ψ′(z) − 1/z²", () => {
  fc.assert(
    fc.property(point, ([x, y]) => {
      const [re, im] = psi1(x, y), [sr, si] = inverseSquare(x, y);
      // Near 0 the two terms cancel, and at large z the argument z + 1 is rounded.
      const scale = Math.hypot(re, im) + Math.hypot(sr, si);
      assertClose(psi1(x + 1, y), [re - sr, im - si], 2 * ACCURACY, scale);
    }),
    REPEATABLE,
  );
});

Deno.test("trigamma: ψ′(1 − z) + ψ′(z) = π²/sin² πz, conjugates are exact", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: -3000, max: 3000 }), (a, b) => {
      const x = a / 1000, y = b / 1000, p = Math.PI * x, q = Math.PI * y;
      // sin(p + iq) = sin p cosh q + i cos p sinh q
      const sr = Math.sin(p) * Math.cosh(q), si = Math.cos(p) * Math.sinh(q), size = (sr * sr + si * si) ** 2;
      const right: Complex = [
        Math.PI ** 2 * (sr - si) * (sr + si) / size,
        -2 * Math.PI ** 2 * sr * si / size,
      ];
      const [re, im] = psi1(x, y), [oppositeRe, oppositeIm] = psi1(1 - x, -y);
      const scale = Math.hypot(re, im) + Math.hypot(oppositeRe, oppositeIm);
      // sin² cancels near z = 0 and z = 1, and the argument of 1 − z is rounded there: allow what that loses.
      assertClose([re + oppositeRe, im + oppositeIm], right, 4 * ACCURACY + 2e-15 / Math.sqrt(size), scale);
      const [conjugate, minus] = psi1(x, -y);
      assertEquals([conjugate, minus + 0], [re, -im + 0]);
    }),
    REPEATABLE,
  );
});

Deno.test("trigamma: 4ψ′(2z) = ψ′(z) + ψ′(z + ½)", () => {
  fc.assert(
    fc.property(point, ([x, y]) => {
      const [a, ai] = psi1(x, y), [b, bi] = psi1(x + 0.5, y), [both, bothIm] = psi1(2 * x, 2 * y);
      assertClose([4 * both, 4 * bothIm], [a + b, ai + bi], 2 * ACCURACY, Math.hypot(a, ai) + Math.hypot(b, bi));
    }),
    REPEATABLE,
  );
});

Deno.test("trigamma is the derivative of the digamma function, along either axis", () => {
  const there = new Float64Array(2), back = new Float64Array(2), h = 1e-3;
  for (const [x, y] of [[0.5, 0], [0.7, 2], [1.4, 0.3], [3, -8], [8.5, 1], [0.6, 20]]) {
    // Central differences of sixth order: their error is h⁶ times the seventh derivative, up to 1e-11 here, and rounding over h.
    const along = (dx: number, dy: number): Complex => {
      const sum = [0, 0];
      [[1, 45 / 60], [2, -9 / 60], [3, 1 / 60]].forEach(([k, weight]) => {
        digamma(x + k * h * dx, y + k * h * dy, there);
        digamma(x - k * h * dx, y - k * h * dy, back);
        for (const part of [0, 1]) sum[part] += weight * (there[part] - back[part]) / h;
      });
      return [sum[0], sum[1]];
    };
    assertClose(along(1, 0), psi1(x, y), 1e-10);
    const [re, im] = along(0, 1); // i ψ′
    assertClose([im, -re], psi1(x, y), 1e-10);
  }
});
