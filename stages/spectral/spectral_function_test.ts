/**
 * The spectral function against Lorentzians at dense eigenvalues, its sum rule, and its symmetries, with disorder and without.
 *
 * @module
 */
import { assertAlmostEquals, assertGreater } from "@std/assert";
import fc from "fast-check";
import { hermitianEigen } from "../../tests/twins/hermitian.ts";
import { denseHamiltonian } from "../../tests/twins/slab.ts";
import { momentum, numberWithin, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { GreenFunction } from "./green_function.ts";
import { bornIntegral } from "./self_energy.ts";
import { qzRule, spectralFunction, spectralLine, totalSpectralFunction } from "./spectral_function.ts";
import { wholeAxis } from "./whole_axis.ts";

const ROUGH = {
  sites: 5,
  velocity: 0.8,
  mass: 0.7,
  hopping: -1.1,
  chiralGaugeField: Float64Array.of(1.3, -0.4, 0.9, 0.2, 0.6),
};

/** The slab with its Born self-energy at ω, made strong enough to matter. */
function disordered(omega: number): GreenFunction {
  const { re, im } = bornIntegral(ROUGH, { qy: 5, qz: 6 }, { omega, broadening: 0.1 });
  const green = new GreenFunction(ROUGH);
  green.dress({ re: re.map((value) => value / 20), im: im.map((value) => value / 20) });
  return green;
}

/** ∫f dω over all frequencies by ω = 2 tan θ: the rule converges exponentially, and its points reach as far into the tails as they do into the band. */
function integral(f: (omega: number) => number): number {
  const points = 1500;
  let sum = 0;
  for (let k = 0; k < points; k++) {
    const theta = Math.PI * ((k + 0.5) / points - 0.5);
    sum += f(2 * Math.tan(theta)) * 2 / Math.cos(theta) ** 2;
  }
  return sum * Math.PI / points;
}

Deno.test("without disorder it is the sum of Lorentzians at the eigenvalues of H", () => {
  fc.assert(
    fc.property(slab(1, 6), momentum(), momentum(), numberWithin(3), (parameters, qy, qz, omega) => {
      const { values } = hermitianEigen(denseHamiltonian(parameters, qy, qz)), broadening = 0.02;
      const expected = values.reduce((sum, e) => sum + broadening / Math.PI / ((omega - e) ** 2 + broadening ** 2), 0);
      const found = spectralFunction(new GreenFunction(parameters), { qy, qz }, { omega, broadening });
      assertAlmostEquals(found / expected, 1, 1e-10);
    }),
    REPEATABLE,
  );
});

Deno.test("integrated over ω it counts the 4L states, whatever a self-energy does that does not depend on ω", () => {
  const q = { qy: 0.7, qz: -1.1 };
  for (const green of [new GreenFunction(ROUGH), disordered(0.3)]) {
    assertAlmostEquals(integral((omega) => spectralFunction(green, q, { omega, broadening: 0.2 })), 20, 1e-8);
  }
});

Deno.test("with disorder it is positive, even in q_z, and not even in q_y", () => {
  const frequency = { omega: 0.3, broadening: 0.05 }, green = disordered(0.3);
  let oddest = 0;
  for (const qy of wholeAxis(7)) {
    for (const qz of [0, 0.4, 1.9, 3]) {
      const intensity = spectralFunction(green, { qy, qz }, frequency);
      assertGreater(intensity, 0);
      assertAlmostEquals(spectralFunction(green, { qy, qz: -qz }, frequency) / intensity, 1, 1e-12);
      oddest = Math.max(oddest, Math.abs(spectralFunction(green, { qy: -qy, qz }, frequency) / intensity - 1));
    }
  }
  assertGreater(oddest, 1e-3);
});

Deno.test("integrals over q_z and over the zone are sums over every point of the midpoint grid", () => {
  const frequency = { omega: 0.3, broadening: 0.05 }, green = disordered(0.3);
  for (const count of [5, 6]) {
    const line = (qy: number): number =>
      wholeAxis(count).reduce((sum, qz) => sum + spectralFunction(green, { qy, qz }, frequency), 0) * 2 * Math.PI /
      count;
    const [found] = spectralLine(green, [0.9], qzRule({ integrated: count }), frequency);
    assertAlmostEquals(found / line(0.9), 1, 1e-12);
    const total = wholeAxis(3).reduce((sum, qy) => sum + line(qy), 0) * 2 * Math.PI / 3;
    assertAlmostEquals(totalSpectralFunction(green, { qy: 3, qz: count }, frequency) / total, 1, 1e-12);
  }
  const one = spectralFunction(green, { qy: 0.9, qz: 0.4 }, frequency);
  assertAlmostEquals(spectralLine(green, [0.9], qzRule(0.4), frequency)[0], one, 0);
});
