/**
 * The three formulas for the occupations against the Fermi functions themselves, and against each other where more than one holds.
 *
 * @module
 */
import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { denseFermi } from "../../tests/twins/current.ts";
import type { Baths } from "./baths.ts";
import { weighMode } from "./mode_weights.ts";
import { occupationGroups } from "./occupation_groups.ts";
import { occupationSums } from "./occupation_sums.ts";

/** Few where levels are rare, and enough above to be expanded. */
const ENERGY = Float64Array.of(0, 1e-9, 0.01, 0.4, 1, 2.5, ...Array.from({ length: 21 }, (_, n) => 3 + n / 2));

/** Both currents at each site when every mode has weight 1 at every site; `largest` decides whether hyperbolic functions count as safe. */
function occupied(baths: Baths, largest: number): { charge: Float64Array; energy: Float64Array } {
  const sites = baths.inverseTemperature.length, sums = occupationSums(ENERGY.length, sites, 1);
  ENERGY.forEach((_, mode) => weighMode(sums, mode, 1, new Float64Array(sites).fill(1), 0, sites));
  const [group] = occupationGroups([baths], largest, sums);
  group.prepare(ENERGY);
  group.accumulate(ENERGY, 1);
  const { charge, energy } = sums.members, result = { charge: charge.slice(0, sites), energy: energy.slice(0, sites) };
  sums.release();
  return result;
}

function expected({ chemicalPotential, inverseTemperature }: Baths): { charge: Float64Array; energy: Float64Array } {
  const sum = (f: (energy: number, beta: number, mu: number) => number): Float64Array =>
    inverseTemperature.map((beta, l) =>
      ENERGY.reduce((total, energy) => total + f(energy, beta, chemicalPotential[l]), 0)
    );
  return {
    charge: sum((e, beta, mu) => denseFermi(e, beta, mu) - (1 - denseFermi(-e, beta, mu))),
    energy: sum((e, beta, mu) => e * (denseFermi(e, beta, mu) - denseFermi(-e, beta, mu))),
  };
}

function assertSame(
  actual: { charge: Float64Array; energy: Float64Array },
  wanted: { charge: Float64Array; energy: Float64Array },
  tolerance: number,
): void {
  // Terms are at most 1, and at most ε.
  wanted.charge.forEach((value, l) => assertLessOrEqual(Math.abs(actual.charge[l] - value), tolerance * ENERGY.length));
  wanted.energy.forEach((value, l) =>
    assertLessOrEqual(Math.abs(actual.energy[l] - value), tolerance * 30 * ENERGY.length)
  );
}

const MU = Float64Array.of(-3, -0.4, -1e-12, 0, 1e-12, 0.01, 0.4, 1, 5, 20);

Deno.test("one temperature, from hot to cold: f(ε) + f(−ε) − 1 and ε (f(ε) − f(−ε))", () => {
  for (const beta of [1e-6, 0.01, 1, 5, 29.9, 30.1, 100, 1e4]) {
    const baths = { chemicalPotential: MU, inverseTemperature: new Float64Array(MU.length).fill(beta) };
    assertSame(occupied(baths, 13), expected(baths), 1e-14);
  }
});

Deno.test("a temperature at each site", () => {
  for (const scale of [1e-3, 1, 3, 1000]) {
    const inverseTemperature = MU.map((_, l) => scale * (0.3 + ((7 * l) % 10) / 2));
    const baths = { chemicalPotential: MU, inverseTemperature };
    assertSame(occupied(baths, 13), expected(baths), 1e-14);
  }
});

Deno.test("where they meet, at β max(ε, |μ|) = 600, hyperbolic functions and exponentials agree", () => {
  for (const beta of [0.5, 3, 29]) {
    const uniform = { chemicalPotential: MU, inverseTemperature: new Float64Array(MU.length).fill(beta) };
    const profile = {
      ...uniform,
      inverseTemperature: uniform.inverseTemperature.map((value, l) => value * (1 + l / 1000)),
    };
    for (const baths of [uniform, profile]) {
      assertSame(occupied(baths, 13), occupied(baths, 1e9), 1e-12 / ENERGY.length);
    }
    // And one temperature everywhere is the limit of a profile.
    const nearly = { ...uniform, inverseTemperature: uniform.inverseTemperature.with(0, beta * (1 + 1e-15)) };
    assertSame(occupied(uniform, 13), occupied(nearly, 13), 1e-13);
  }
});

Deno.test("all formulas are exactly odd in μ for charge and even for energy", () => {
  const flipped = MU.map((mu) => -mu);
  for (const beta of [0.7, 5, 1000]) {
    for (const spread of [0, 0.1]) {
      const inverseTemperature = MU.map((_, l) => beta * (1 + spread * l));
      const there = occupied({ chemicalPotential: MU, inverseTemperature }, 13);
      const back = occupied({ chemicalPotential: flipped, inverseTemperature }, 13);
      assert(there.charge.every((value, l) => value === -back.charge[l]));
      assertEquals(there.energy, back.energy);
    }
  }
});

Deno.test("settings are grouped by temperature, each in one group, and no number is infinite", () => {
  const at = (mu: number, beta: number, slope: number): Baths => ({
    chemicalPotential: Float64Array.of(mu, mu),
    inverseTemperature: Float64Array.of(beta, beta + slope),
  });
  const settings = [at(0, 1, 0), at(1, 1, 0), at(0, 1, 1), at(2, 1, 1), at(0, 1e4, 0), at(700, 1, 0), at(1, 2, 0)];
  const sums = occupationSums(ENERGY.length, 2, settings.length);
  const groups = occupationGroups(settings, 13, sums);
  assertEquals(groups.map((group) => group.settings), [[0, 1], [2, 3], [4], [5], [6]]);
  assertEquals(groups.map(({ first }) => first), [0, 2, 4, 5, 6]);
  assert(sums.members.cosh.every(Number.isFinite) && sums.members.sinh.every(Number.isFinite));
  sums.release();
});
