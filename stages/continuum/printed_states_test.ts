import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { chiralLandauLevel, fermiArc, gaussians, printedCentres } from "./printed_states.ts";
import type { WeylCone } from "./weyl_cone.ts";

function cone(velocity = 1, amplitude = 1.6, cutoff = 50): WeylCone {
  return { velocity, gaugeField: { profile: "linear", amplitude, cutoff } };
}

function sum(density: Float64Array): number {
  return density.reduce((total, value) => total + value, 0);
}

function mean(density: Float64Array): number {
  return density.reduce((total, value, l) => total + l * value, 0);
}

Deno.test("the Fermi arc of Eq. (3) is two geometric series with their closed forms", () => {
  const density = fermiArc(400, cone(), 0.5);
  const [a, b] = [Math.exp(-2 * 1.1), Math.exp(-2 * 2.1)], norm = 1 / (1 - a) + 1 / (1 - b);
  density.forEach((value, l) => assertAlmostEquals(value, (a ** l + b ** l) / norm, 1e-15));
  assertAlmostEquals(mean(density), (a / (1 - a) ** 2 + b / (1 - b) ** 2) / norm, 1e-14);
  // The exponentials as printed, site by site, unnormalised.
  density.forEach((value, l) => {
    const printed = Math.exp(2 * (0.5 - 1.6) * l) + Math.exp(2 * (-0.5 - 1.6) * l);
    assertAlmostEquals(value / density[0], printed / 2, 1e-15);
  });
});

Deno.test("the chiral Landau level has the mean and the variance of its Gaussian", () => {
  const density = gaussians(400, cone(1, 1.6, 400), [200]);
  const centre = mean(density);
  assertAlmostEquals(centre, 200, 1e-10);
  const variance = density.reduce((total, value, l) => total + value * (l - centre) ** 2, 0);
  // On a lattice finer than its width the sum over sites is the integral, to e^{−2π²σ²}.
  assertAlmostEquals(variance, 400 / 3.2, 1e-9);
});

Deno.test("the two Gaussians of Eq. (4) have the same probability, those within the slab", () => {
  const density = chiralLandauLevel(400, cone(1, 1.6, 200), 0.8);
  assertEquals(printedCentres(cone(1, 1.6, 200), 0.8), [100, 300]);
  assertAlmostEquals(sum(density.subarray(0, 200)), 0.5, 1e-10);
  assertAlmostEquals(mean(density), 200, 1e-9);
});

Deno.test("at q_z = 0 Eq. (4) is one Gaussian at the end of the field, of which a slab of that size has half", () => {
  const density = chiralLandauLevel(50, cone(), 0);
  density.forEach((value, l) => {
    const exponent = -(((l - 50) ** 2) - 1) / 31.25; // variance 15.625, relative to the last site
    assertAlmostEquals(value / density[49], Math.exp(exponent), 1e-14);
  });
});

Deno.test("densities add up to 1, for either sign of v and A5, and depend on neither sign nor that of q_z", () => {
  const number = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 300 }),
      number(0.01, 3),
      number(0.01, 5),
      number(1, 400),
      number(0, 0.99),
      (sites, velocity, amplitude, cutoff, share) => {
        const qz = share * amplitude / velocity;
        const states = [fermiArc, chiralLandauLevel];
        for (const state of states) {
          const density = state(sites, cone(velocity, amplitude, cutoff), qz);
          assertAlmostEquals(sum(density), 1, 1e-12);
          assert(density.every((value) => value >= 0));
          for (const [v, a, q] of [[-1, 1, 1], [1, -1, 1], [1, 1, -1], [-1, -1, -1]]) {
            const other = state(sites, cone(v * velocity, a * amplitude, cutoff), q * qz);
            density.forEach((value, l) => assertAlmostEquals(other[l], value, 1e-12));
          }
        }
      },
    ),
    { seed: 31, numRuns: 200 },
  );
});

Deno.test("nothing overflows, and nothing is lost beyond the slab", () => {
  assertEquals([...fermiArc(3, cone(1e-300), 0)], [1, 0, 0]);
  const far = chiralLandauLevel(10, cone(1e-3, 100, 1e6), 0);
  assertAlmostEquals(sum(far), 1, 1e-12);
  assert(far[9] > far[8] && Number.isFinite(far[0]));
});

Deno.test("beyond the ends of the arc there is no state", () => {
  for (const state of [fermiArc, chiralLandauLevel]) {
    for (const [velocity, qz] of [[1, 1.6], [1, -1.6], [-2, 0.8], [1, 3]]) {
      assertThrows(() => state(5, cone(velocity), qz), Error, `at q_z = ${qz}: the chiral states need |v q_z| < |A5|`);
    }
    state(5, cone(), 1.5999);
  }
});

Deno.test("a constant field has no chiral Landau level", () => {
  const constant: WeylCone = { velocity: 1, gaugeField: { profile: "constant", amplitude: 1.6, cutoff: 50 } };
  assertThrows(() => chiralLandauLevel(5, constant, 0), Error, "needs the profile linear");
  assertAlmostEquals(sum(fermiArc(5, constant, 0)), 1, 1e-15);
});
