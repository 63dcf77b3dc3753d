/**
 * The closed forms over one branch against quadrature, their derivatives, symmetries, orders and limits, over temperatures and cutoffs of any size.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { branchEnergy, branchEnergyToSecondOrder, occupation } from "./branch_integrals.ts";
import { bends, fermi, integrate } from "../../tests/twins/adaptive_quadrature.ts";

const RUNS = { ...REPEATABLE, numRuns: 300 };

/** Where exponentials are no longer normal numbers, nobody asks for digits. */
const UNDERFLOW = 1e-290;

interface Branch {
  readonly beta: number;
  readonly mu: number;
  readonly edge: number;
}

/** Powers of ten between two, evenly on the logarithmic scale. */
function size(least: number, most: number): fc.Arbitrary<number> {
  return fc.noBias(fc.integer({ min: least * 1000, max: most * 1000 })).map((n) => 10 ** (n / 1000));
}

/** βW from 1e-6 to 1e4, |βμ| from 1e-6 to 1e4 or 0, or μ close to W, where the forms change over. */
function branches(mostArgument = 4): fc.Arbitrary<Branch> {
  const potential = fc.oneof(
    { weight: 8, arbitrary: fc.record({ m: size(-6, mostArgument) }) },
    { weight: 3, arbitrary: fc.record({ offset: size(-6, -0.1) }) },
    { weight: 1, arbitrary: fc.constant({ m: 0 }) },
  );
  return fc.tuple(size(-6, mostArgument), size(-3, 3), potential, fc.boolean(), fc.boolean()).map(
    ([b, edge, choice, negative, beyond]) => {
      const m = "m" in choice ? choice.m : b * (1 + (beyond ? 1 : -1) * choice.offset);
      return { beta: b / edge, mu: (negative ? -m : m) * edge / b, edge };
    },
  );
}

/** f − θ(−x), without the cancellation. */
function excess(x: number, beta: number, mu: number): number {
  return x > 0 ? fermi(x, beta, mu) : -fermi(-x, beta, -mu);
}

Deno.test("the occupation is the integral of the Fermi function", () => {
  fc.assert(
    fc.property(branches(), ({ beta, mu, edge }) => {
      const twin = integrate((x) => excess(x, beta, mu), -edge, edge, bends(beta, mu));
      assertLess(Math.abs(occupation.exact.excess(beta, mu, edge) - twin.value), 1e-12 * twin.size + UNDERFLOW);
    }),
    RUNS,
  );
});

Deno.test("the occupation as printed: the difference of two softplus", () => {
  const softplus = (x: number): number => Math.log(1 + Math.exp(x));
  fc.assert(
    fc.property(branches(1), ({ beta, mu, edge }) => {
      const plus = softplus(beta * (edge + mu)), minus = softplus(-beta * (edge - mu));
      const actual = occupation.exact.excess(beta, mu, edge) + edge;
      assertLess(Math.abs(actual - (plus - minus) / beta), (1e-14 * (plus + minus) + 1e-15) / beta + 1e-14 * edge);
    }),
    RUNS,
  );
});

Deno.test("the energy is the integral of x f, with the sea and without", () => {
  fc.assert(
    fc.property(branches(), ({ beta, mu, edge }) => {
      const { whole, aboveSea } = branchEnergy(beta, mu, edge), breaks = bends(beta, mu);
      const twin = integrate((x) => x * fermi(x, beta, mu), -edge, edge, breaks);
      assertLess(Math.abs(whole - twin.value), 1e-12 * twin.size + UNDERFLOW);
      const above = integrate((x) => x * excess(x, beta, mu), -edge, edge, breaks);
      assertLess(Math.abs(aboveSea - above.value), 1e-12 * above.size + UNDERFLOW);
    }),
    RUNS,
  );
});

Deno.test("digits beyond the quadrature's, from 60-digit arithmetic", () => {
  const known = [
    { beta: 1, mu: 0.25, edge: 0.53, occupied: 0.064428732662915126, energy: -0.024107924969369695 },
    { beta: 5, mu: 0.245, edge: 0.36, occupied: 0.16519950128530808, energy: -0.026413685379802353 },
    { beta: 2, mu: -0.7, edge: 0.88, occupied: -0.45614499577299939, energy: -0.14346836255127277 },
  ];
  for (const { beta, mu, edge, occupied, energy } of known) {
    assertLess(Math.abs(occupation.exact.excess(beta, mu, edge) / occupied - 1), 2e-15);
    assertLess(Math.abs(branchEnergy(beta, mu, edge).whole / energy - 1), 2e-15);
  }
});

Deno.test("slopes are the derivatives with respect to the edge", () => {
  for (const order of ["exact", "first"] as const) {
    const { excess, slope } = occupation[order];
    fc.assert(
      fc.property(branches(2), ({ beta, mu, edge }) => {
        const step = 1e-3 * Math.min(edge, 1 / beta);
        const at = (k: number): number => excess(beta, mu, edge + k * step);
        const numeric = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step);
        const bound = 1e-9 * Math.abs(numeric) + 4e-16 * (Math.abs(mu) + edge) / step;
        assertLess(Math.abs(slope(beta, mu, edge) - numeric), bound + 1e-300);
      }),
      RUNS,
    );
  }
});

Deno.test("the occupation is odd in μ and the energy even, to the last bit", () => {
  fc.assert(
    fc.property(branches(), ({ beta, mu, edge }) => {
      for (const { excess, slope } of [occupation.exact, occupation.first]) {
        assert(excess(beta, mu, edge) === -excess(beta, -mu, edge));
        assert(slope(beta, mu, edge) === -slope(beta, -mu, edge));
      }
      assertEquals(branchEnergy(beta, mu, edge), branchEnergy(beta, -mu, edge));
      assertEquals(branchEnergyToSecondOrder(beta, mu, edge), branchEnergyToSecondOrder(beta, -mu, edge));
    }),
    RUNS,
  );
});

Deno.test("what the first order leaves out is of order μ³ in the occupation, μ⁴ in the energy, which is even", () => {
  for (const b of [0.3, 1, 1.4, 1.6, 2.5, 5]) {
    const edge = 0.7, beta = b / edge;
    const occupied = (mu: number): number =>
      occupation.exact.excess(beta, mu, edge) - occupation.first.excess(beta, mu, edge);
    const energy = (mu: number): number =>
      branchEnergy(beta, mu, edge).whole - branchEnergyToSecondOrder(beta, mu, edge).whole;
    const ratio = (of: (mu: number) => number): number => Math.log2(of(0.16 / beta) / of(0.08 / beta));
    assertAlmostEquals(ratio(occupied), 3, 0.02, `occupation at b = ${b}`);
    assertAlmostEquals(ratio(energy), 4, 0.02, `energy at b = ${b}`);
  }
});

Deno.test("(B2) as printed, line by line", () => {
  // Li₂(−eᵗ) = −∫ log(1 + eᵘ) du from −∞ to t
  const dilogarithm = (t: number): number =>
    -integrate((u) => Math.log1p(Math.exp(u)), -50, t, [-10, 0]).value - Math.exp(-50);
  fc.assert(
    fc.property(size(-1, 1.3), size(-1, 1), size(-2, 1), (b, edge, mu) => {
      const beta = b / edge, up = Math.exp(b), down = Math.exp(-b);
      const lines = [
        -edge / beta * Math.log((1 + down) * (1 + up)),
        (dilogarithm(-b) - dilogarithm(b)) / beta ** 2,
        (-b * up / (up + 1) ** 2 - 1 / (up + 1) + 0.5) * mu ** 2,
      ];
      const scale = lines.reduce((sum, line) => sum + Math.abs(line), 0);
      const { whole } = branchEnergyToSecondOrder(beta, mu, edge);
      assertLess(Math.abs(whole - (lines[0] + lines[1] + lines[2])), 1e-13 * scale);
    }),
    { ...RUNS, numRuns: 100 },
  );
});

Deno.test("the two parts of the energy differ by the sea", () => {
  fc.assert(
    fc.property(branches(), ({ beta, mu, edge }) => {
      for (const energy of [branchEnergy, branchEnergyToSecondOrder]) {
        const { whole, aboveSea } = energy(beta, mu, edge), sea = edge * edge / 2;
        assertLess(Math.abs(aboveSea - whole - sea), 1e-15 * (sea + Math.abs(whole) + Math.abs(aboveSea)));
      }
    }),
    RUNS,
  );
});

Deno.test("cold: a step; hot: no order in the occupation", () => {
  for (const mu of [-2, -0.4, 0.4, 0.999, 1.001, 2]) {
    const cold = 1e6, filled = Math.sign(mu) * Math.min(Math.abs(mu), 1);
    assertAlmostEquals(occupation.exact.excess(cold, mu, 1), filled, 1e-15);
    assertAlmostEquals(branchEnergy(cold, mu, 1).whole, Math.min(mu * mu - 1, 0) / 2, 2e-12);
    const hot = 1e-6;
    assertLess(Math.abs(occupation.exact.excess(hot, mu, 1) / (hot * mu / 2) - 1), 1e-11);
    assertLess(Math.abs(branchEnergy(hot, mu, 1).whole / (-hot / 6) - 1), 1e-11);
  }
});

Deno.test("nothing overflows, whatever the size of the arguments", () => {
  const sizes = [0, 1e-300, 1e-6, 1, 1e4, 1e8];
  for (const beta of [1e-6, 1, 1e8]) {
    for (const mu of sizes) {
      for (const edge of sizes) {
        for (const form of [occupation.exact, occupation.first]) {
          const filled = form.excess(beta, mu, edge), slope = form.slope(beta, mu, edge);
          assert(filled >= 0 && filled <= mu * (1 + 4e-16), `excess ${filled} at ${beta}, ${mu}, ${edge}`);
          assert(slope >= 0 && slope < Infinity, `slope ${slope} at ${beta}, ${mu}, ${edge}`);
        }
        assert(occupation.exact.excess(beta, mu, edge) <= edge * (1 + 4e-16));
        const { whole, aboveSea } = branchEnergy(beta, mu, edge), second = branchEnergyToSecondOrder(beta, mu, edge);
        assert(whole <= 0 && aboveSea >= 0 && whole > -Infinity && aboveSea < Infinity);
        assert(Number.isFinite(second.whole) && Number.isFinite(second.aboveSea));
      }
    }
  }
});
