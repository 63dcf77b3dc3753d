/**
 * The self-consistent self-energy against closed forms, against a plain iteration with dense inverses, and against what holds of every spectral function.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { combine, identityMatrix, inverse } from "../../tests/twins/complex_matrix.ts";
import { midpoints } from "../../tests/twins/current.ts";
import { integrateRealLine } from "../../tests/twins/quadrature.ts";
import { denseHamiltonian, type SlabParameters } from "../../tests/twins/slab.ts";
import { emptyDiagonal, type Frequency, type OrbitalDiagonal } from "./recursion.ts";
import { bornIntegral, scaledSelfEnergy } from "./self_energy.ts";
import { bornStep, type SelfConsistency, selfConsistent } from "./self_consistency.ts";
import { selfConsistentStage } from "./self_consistent_stage.ts";
import { GreenFunction } from "./green_function.ts";
import { totalSpectralFunction } from "./spectral_function.ts";
import { ZoneIntegral } from "./zone_integral.ts";

/** No two sites alike, masses and velocity that break what symmetry the paper's slab has. */
const ROUGH: SlabParameters = {
  sites: 3,
  velocity: 0.8,
  mass: 0.7,
  hopping: -1.1,
  chiralGaugeField: Float64Array.of(1.3, -0.4, 0.9),
};

function solved(
  slab: SlabParameters,
  grid: { qy: number; qz: number },
  frequency: Frequency,
  scale: number,
): SelfConsistency {
  const integral = new ZoneIntegral(slab, grid);
  return selfConsistent(slab.sites, (from, to) => bornStep(integral, frequency, scale, from, to), "a test");
}

/** √(re + i im), the root in the upper half-plane. */
function root([re, im]: readonly [number, number]): [number, number] {
  const size = Math.hypot(re, im), a = Math.sqrt((size + re) / 2), b = Math.sqrt((size - re) / 2);
  return im < 0 ? [-a, b] : [a, b];
}

Deno.test("its first step is the first Born approximation, to the last bit", () => {
  const grid = { qy: 3, qz: 4 }, frequency = { omega: 0.4, broadening: 0.1 }, image = emptyDiagonal(3);
  for (const normalisation of ["printed", "brillouin-zone"] as const) {
    const { re, im } = bornIntegral(ROUGH, grid, frequency);
    const integral = { ...ROUGH, broadening: 0.1, omega: Float64Array.of(0.4), re, im };
    const first = scaledSelfEnergy([integral], { strength: 0.3, normalisation });
    const zone = new ZoneIntegral(ROUGH, grid), scale = normalisation === "printed" ? 0.3 : 0.3 / (2 * Math.PI) ** 2;
    bornStep(zone, frequency, scale, emptyDiagonal(3), image);
    assertEquals(image, { re: first.re, im: first.im });
    bornStep(zone, frequency, scale, image, image);
    bornStep(zone, frequency, scale, emptyDiagonal(3), image); // what dressed the integral before is gone
    assertEquals(image, { re: first.re, im: first.im });
  }
});

// Without hopping and velocity each orbital is a level ±A⁵(l) of its own: Σ = k/(ζ − Σ) with ζ = ω ∓ A⁵ + iη is Wigner's semicircle, Σ = ½(ζ − √(ζ² − 4k)).
Deno.test("isolated levels, a pair on each of two unlike sites: semicircles, in their middle, at their edge and outside", () => {
  const field = [0.7, -0.2],
    slab = {
      sites: 2,
      velocity: 0,
      mass: 0,
      hopping: 0,
      chiralGaugeField: Float64Array.from(field),
    };
  const k = 0.3, scale = k / (2 * Math.PI) ** 2, edge = 0.7 + 2 * Math.sqrt(k);
  for (const [omega, broadening] of [[0, 0.1], [0.7, 1e-3], [-0.2, 1e-6], [edge, 0.01], [edge, 1e-3], [3, 1e-4]]) {
    const { selfEnergy } = solved(slab, { qy: 2, qz: 1 }, { omega, broadening }, scale);
    field.forEach((amplitude, l) =>
      [amplitude, -amplitude].forEach((level, spin) => {
        const zeta = omega - level, [re, im] = root([zeta ** 2 - broadening ** 2 - 4 * k, 2 * zeta * broadening]);
        // The root in the upper half-plane is the one that gives Im Σ < 0.
        for (const orbital of [spin, spin + 2]) {
          assertAlmostEquals(selfEnergy.re[4 * l + orbital], (zeta - re) / 2, 1e-8);
          assertAlmostEquals(selfEnergy.im[4 * l + orbital], (broadening - im) / 2, 1e-8);
        }
      })
    );
  }
});

// With v = 0, A⁵ = 0 and M = m + 6λ = 0 at the momenta (±π/2, ±π/2) of a 2 × 2 grid, the two sites have the levels ±λ, both by half of each orbital. For x = z − Σ that
// says (z − x)(x² − λ²) = k x, a cubic.
Deno.test("two sites bound by a hopping: a root of a cubic", () => {
  const hopping = -0.9,
    slab = {
      sites: 2,
      velocity: 0,
      mass: 5.4,
      hopping,
      chiralGaugeField: new Float64Array(2),
    };
  for (const [omega, broadening, k] of [[0.3, 0.2, 0.05], [0.9, 0.01, 0.1], [0, 0.1, 0.6], [-1.4, 0.05, 1.2]]) {
    const { selfEnergy } = solved(slab, { qy: 2, qz: 2 }, { omega, broadening }, k / (2 * Math.PI) ** 2);
    const x = [omega - selfEnergy.re[0], broadening - selfEnergy.im[0]] as const;
    // Of the three roots the one with Im x ≥ η is it.
    const roots = cubicRoots([omega, broadening], k, hopping ** 2).filter(([, im]) => im >= broadening);
    assertEquals(roots.length, 1);
    assertAlmostEquals(x[0], roots[0][0], 1e-8);
    assertAlmostEquals(x[1], roots[0][1], 1e-8);
    for (let i = 0; i < 8; i++) {
      assertAlmostEquals(selfEnergy.re[i], selfEnergy.re[0], 1e-12);
      assertAlmostEquals(selfEnergy.im[i], selfEnergy.im[0], 1e-12);
    }
  }
});

type Complex = readonly [number, number];

function times([a, b]: Complex, [c, d]: Complex): Complex {
  return [a * c - b * d, a * d + b * c];
}

function over(a: Complex, [c, d]: Complex): Complex {
  const size = c * c + d * d;
  return times(a, [c / size, -d / size]);
}

/** The roots of x³ − z x² + (k − h) x + h z, by Durand and Kerner's iteration. */
function cubicRoots(z: Complex, k: number, h: number): Complex[] {
  const value = (x: Complex): Complex => {
    const square = times(x, x), cube = times(square, x), middle = times(z, square);
    return [cube[0] - middle[0] + (k - h) * x[0] + h * z[0], cube[1] - middle[1] + (k - h) * x[1] + h * z[1]];
  };
  const roots: Complex[] = [[0.4, 0.9], times([0.4, 0.9], [0.4, 0.9]), [1, 0]];
  for (let round = 0; round < 200; round++) {
    roots.forEach((x, i) => {
      let denominator: Complex = [1, 0];
      roots.forEach((y, j) => {
        if (j !== i) denominator = times(denominator, [x[0] - y[0], x[1] - y[1]]);
      });
      const [re, im] = over(value(x), denominator);
      roots[i] = [x[0] - re, x[1] - im];
    });
  }
  return roots;
}

/** Σ ← ½(Σ + k mean_q G) with dense inverses over every point of the zone, until nothing moves. */
function denseFixedPoint(slab: SlabParameters, grid: { qy: number; qz: number }, z: Frequency, k: number) {
  const n = 4 * slab.sites, sigma: OrbitalDiagonal = emptyDiagonal(slab.sites);
  const hamiltonians = [...midpoints(grid.qy)].flatMap((qy) =>
    [...midpoints(grid.qz)].map((qz) => denseHamiltonian(slab, qy, qz))
  );
  for (let change = 1; change > 1e-13;) {
    const re = new Float64Array(n), im = new Float64Array(n);
    for (const h of hamiltonians) {
      const resolvent = combine([[z.omega, z.broadening], identityMatrix(n)], [-1, h]);
      for (let i = 0; i < n; i++) {
        resolvent.re[i * n + i] -= sigma.re[i];
        resolvent.im[i * n + i] -= sigma.im[i];
      }
      const g = inverse(resolvent);
      for (let i = 0; i < n; i++) {
        re[i] += k * g.re[i * n + i] / hamiltonians.length;
        im[i] += k * g.im[i * n + i] / hamiltonians.length;
      }
    }
    change = 0;
    for (let i = 0; i < n; i++) {
      change = Math.max(change, Math.hypot(re[i] - sigma.re[i], im[i] - sigma.im[i]));
      sigma.re[i] = (sigma.re[i] + re[i]) / 2;
      sigma.im[i] = (sigma.im[i] + im[i]) / 2;
    }
  }
  return sigma;
}

Deno.test("a rough slab: the fixed point of the plain iteration with dense inverses, which orbital by orbital differs", () => {
  const grid = { qy: 3, qz: 4 };
  for (const [omega, broadening, k] of [[0.35, 0.1, 0.4], [-1.2, 0.05, 1.5]]) {
    const frequency = { omega, broadening };
    const { selfEnergy } = solved(ROUGH, grid, frequency, k / (2 * Math.PI) ** 2);
    const dense = denseFixedPoint(ROUGH, grid, frequency, k);
    for (let i = 0; i < 12; i++) {
      assertAlmostEquals(selfEnergy.re[i], dense.re[i], 1e-8);
      assertAlmostEquals(selfEnergy.im[i], dense.im[i], 1e-8);
    }
    assertLess(0.01, Math.abs(selfEnergy.im[0] - selfEnergy.im[1]));
  }
});

Deno.test("the dressed spectral function has 4L states: ∫A dω = (2π)² 4L, whatever κ", () => {
  const grid = { qy: 2, qz: 2 }, slab = { ...ROUGH, sites: 2, chiralGaugeField: Float64Array.of(1.3, -0.4) };
  for (const k of [0.2, 1]) {
    const integral = new ZoneIntegral(slab, grid), green = new GreenFunction(slab);
    const total = integrateRealLine(
      (omega) => {
        const frequency = { omega, broadening: 0.2 };
        const step = (from: OrbitalDiagonal, to: OrbitalDiagonal) =>
          bornStep(integral, frequency, k / (2 * Math.PI) ** 2, from, to);
        green.dress(selfConsistent(2, step, `omega = ${omega}`).selfEnergy);
        return Float64Array.of(totalSpectralFunction(green, grid, frequency) / (2 * Math.PI) ** 2);
      },
      [-8, -4, -1, 0, 1, 4, 8],
      1e-8,
    );
    assertAlmostEquals(total.value[0], 8, 1e-7);
  }
});

Deno.test("particle–hole symmetry survives: Σ_↑(−ω) = −Σ_↓(ω)*", () => {
  const grid = { qy: 3, qz: 4 };
  const [above, below] = [0.6, -0.6].map((omega) => solved(ROUGH, grid, { omega, broadening: 0.1 }, 0.02).selfEnergy);
  for (let i = 0; i < 12; i++) {
    const other = i % 2 === 0 ? i + 1 : i - 1;
    assertAlmostEquals(below.re[i], -above.re[other], 1e-8);
    assertAlmostEquals(below.im[i], above.im[other], 1e-8);
  }
});

Deno.test("as a stage: without disorder nothing, and the same numbers whichever frequencies are asked for with it", () => {
  const parameters = { omega: [0.2, 0.5], broadening: 0.1, momentum: { qy: 3, qz: 2 } };
  const run = (omega: number[], strength: number) =>
    selfConsistentStage.run(
      { ...parameters, omega, strength, normalisation: "printed" },
      [ROUGH],
      () => {},
    ) as { re: Float64Array; im: Float64Array; omega: Float64Array };
  const both = run([0.2, 0.5], 0.05), one = run([0.5], 0.05);
  assertEquals([...both.omega], [0.2, 0.5]);
  assertEquals([both.re.subarray(12), both.im.subarray(12)], [one.re, one.im]);
  assertEquals(run([0.2], 0).im, new Float64Array(12));
});

Deno.test("what does not converge, or is not a number, says so with its numbers", () => {
  const swap = (from: OrbitalDiagonal, to: OrbitalDiagonal): void => {
    // No fixed point: Σ → Σ + 1.
    from.re.forEach((value, i) => to.re[i] = value + 1);
  };
  assertThrows(
    () => selfConsistent(1, swap, "omega = 7"),
    Error,
    "at omega = 7: after 300 steps one still moves it by",
  );
  const lost = (_: OrbitalDiagonal, to: OrbitalDiagonal): void => void to.re.fill(NaN);
  assertThrows(() => selfConsistent(1, lost, "omega = 7"), Error, "at omega = 7: step 1 gave numbers that are not");
});
