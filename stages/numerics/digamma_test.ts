import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { digamma } from "./digamma.ts";

type Complex = readonly [number, number];

const REPEATABLE = { seed: 20241010, numRuns: 2000 } as const;

/** The accuracy that is promised, relative to the modulus. */
const ACCURACY = 1e-14;

function psi(x: number, y: number): Complex {
  const result = new Float64Array(2);
  digamma(x, y, result);
  return [result[0], result[1]];
}

function assertClose(actual: Complex, expected: Complex, accuracy: number, scale = Math.hypot(...expected)): void {
  const error = Math.hypot(actual[0] - expected[0], actual[1] - expected[1]);
  assertLess(error, accuracy * scale, `${actual} instead of ${expected}`);
}

/** Points of the right half plane of all sizes, from 1e-6 to 1e6. */
const point = fc.tuple(fc.integer({ min: -6000, max: 6000 }), fc.integer({ min: -1000, max: 1000 })).map(
  ([size, angle]): Complex => {
    const radius = 10 ** (size / 1000), phase = angle / 1000 * 1.57;
    return [radius * Math.cos(phase), radius * Math.sin(phase)];
  },
);

Deno.test("digamma: values to 20 digits, computed with 60 digits by mpmath 1.3", () => {
  const values: readonly (readonly [number, number, number, number])[] = [
    [0.5, 0.3, -1.3979326294058073284, 1.156669383324237798],
    [0.5, 7.25, 1.980206095523487294, 1.5707963267948966192],
    [0.001, 0.002, -200.57556713656222648, 400.00328505776627658],
    [1.46, 0.001, -0.001580117955726986637, 0.00096911936193704383342],
    [3.0, 4.0, 1.5503598173334109127, 1.0105022091860444529],
    [12.5, -40.0, 3.7319483552277125048, -1.2793263788629696725],
    [0.75, 100.0, 4.6051691443168673496, 1.5682963111694083007],
    [1e-06, 3.0, 1.1079806551545191135, 1.7374626869108985657],
    [0.5, 0.001, -1.9635016116552459946, 0.0049347859657602661019],
    [8.4, 0.1, 2.0676083220758329896, 0.012640748812144617156],
    [1.4616321449683622, 1e-09, -9.1969892048310682933e-17, 9.67672245447621315e-10],
    [250.0, 0.0, 5.519459584531046417, 0.0],
    [0.515625, 2.5, 0.90943794065572745902, 1.5644571244003860697],
    [0.0, 1.0, 0.094650320622476977272, 2.0766740474685811741],
  ];
  for (const [x, y, re, im] of values) assertClose(psi(x, y), [re, im], ACCURACY);
});

Deno.test("digamma: closed forms at 1, ½, ¼ and n", () => {
  const euler = 0.57721566490153286061;
  assertAlmostEquals(psi(1, 0)[0], -euler, ACCURACY);
  assertAlmostEquals(psi(0.5, 0)[0], -euler - 2 * Math.LN2, 2 * ACCURACY);
  assertAlmostEquals(psi(0.25, 0)[0], -euler - Math.PI / 2 - 3 * Math.LN2, 4 * ACCURACY);
  let harmonic = 0;
  for (let n = 1; n < 40; n++) {
    harmonic += 1 / n;
    assertAlmostEquals(psi(n + 1, 0)[0], harmonic - euler, 4 * ACCURACY);
  }
});

Deno.test("digamma: Im ψ(½ + iy) = (π/2) tanh πy, Im ψ(iy) = 1/2y + (π/2) coth πy, Im ψ(1 + iy) = −1/2y + (π/2) coth πy", () => {
  for (const y of [-30, -3, -0.4, 1e-3, 0.02, 0.7, 2, 8, 8.6, 25, 300]) {
    const half = Math.PI / 2, t = Math.tanh(Math.PI * y);
    const forms: readonly (readonly [number, number])[] = [[0.5, half * t], [0, 0.5 / y + half / t]];
    for (const [x, expected] of forms) {
      const value = psi(x, y);
      assertAlmostEquals(value[1], expected, ACCURACY * Math.hypot(...value));
    }
    // Here the two terms cancel for small y.
    assertAlmostEquals(psi(1, y)[1], half / t - 0.5 / y, ACCURACY * (1 + 1 / Math.abs(y)));
  }
});

Deno.test("digamma: ψ(z + 1) = ψ(z) + 1/z", () => {
  fc.assert(
    fc.property(point, ([x, y]) => {
      const square = x * x + y * y, [re, im] = psi(x, y);
      const expected: Complex = [re + x / square, im - y / square];
      // Near 0 the two terms cancel, and at large z the argument z + 1 is rounded.
      assertClose(psi(x + 1, y), expected, 2 * ACCURACY, Math.hypot(re, im) + 1 / Math.sqrt(square));
    }),
    REPEATABLE,
  );
});

Deno.test("digamma: ψ(1 − z) = ψ(z) + π cot πz, conjugates are exact", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: -3000, max: 3000 }), (a, b) => {
      const x = a / 1000, y = b / 1000;
      // cot(p + iq) = [sin 2p − i sinh 2q]/[cosh 2q − cos 2p]
      const p = 2 * Math.PI * x, q = 2 * Math.PI * y, size = Math.cosh(q) - Math.cos(p);
      const cot: Complex = [Math.PI * Math.sin(p) / size, -Math.PI * Math.sinh(q) / size];
      const [re, im] = psi(x, y);
      const scale = Math.hypot(re, im) + Math.hypot(...cot);
      // cosh 2q − cos 2p cancels near z = 0 and z = 1: allow what that loses.
      assertClose(psi(1 - x, -y), [re + cot[0], im + cot[1]], 4 * ACCURACY + 1e-15 / size, scale);
      const [conjugate, minus] = psi(x, -y);
      assertEquals([conjugate, minus + 0], [re, -im + 0]);
    }),
    REPEATABLE,
  );
});

Deno.test("digamma: ψ(2z) = ½ψ(z) + ½ψ(z + ½) + ln 2", () => {
  fc.assert(
    fc.property(point, ([x, y]) => {
      const [a, ai] = psi(x, y), [b, bi] = psi(x + 0.5, y);
      const scale = 1 + Math.hypot(a, ai) + Math.hypot(b, bi);
      assertClose(psi(2 * x, 2 * y), [(a + b) / 2 + Math.LN2, (ai + bi) / 2], ACCURACY, scale);
    }),
    REPEATABLE,
  );
});

Deno.test("digamma: the two ways meet at the circle about the zero", () => {
  for (let k = 0; k < 12; k++) {
    const angle = Math.PI * k / 6, x = 1.4616321449683622;
    const at = (radius: number): Complex => psi(x + radius * Math.cos(angle), radius * Math.sin(angle));
    const inside = at(0.25 * (1 - 1e-14)), outside = at(0.25 * (1 + 1e-14));
    assertClose(inside, outside, 5e-14); // the two arguments are 2e-14 of the modulus apart
  }
});
