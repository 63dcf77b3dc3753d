/**
 * Eq. (5) with a uniform Γ, momentum by momentum and on whole grids, against brute force, against the sum over all pairs of eigenstates, and against Eq. (6).
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { denseCurrentFinite, finiteAtMomentum } from "../../tests/twins/current.ts";
import { finiteSumAtMomentum } from "../../tests/twins/finite_sum.ts";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { gridOf, responseGridOf, runCurrent } from "../../tests/twins/run_current.ts";
import type { SlabParameters } from "../../tests/twins/slab.ts";
import { momentum, numberWithin, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { type BathParameters, type Baths, baths } from "../current/baths.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import { auditResponseBlock } from "./response_block.ts";
import { contractResponse } from "./response_contraction.ts";
import { uniformResponse } from "./uniform_response.ts";

const STATED: BathParameters = {
  fermi_level: 0.3,
  chemical_potential_slope: 0.2,
  inverse_temperature: 1,
  inverse_temperature_slope: 0.7,
};

/** Rough baths: nothing about them is even, odd or linear. */
function unevenBaths(sites: number): Baths {
  return {
    chemicalPotential: Float64Array.from({ length: sites }, (_, l) => 1.1 * Math.sin(2 + 3 * l)),
    inverseTemperature: Float64Array.from({ length: sites }, (_, l) => 1.2 + Math.cos(1 + 5 * l)),
  };
}

/** What each bath feeds at ±q_y together, charge then energy, [2 sites]. */
function fed(parameters: SlabParameters, qy: number, qz: number, settings: Baths, coupling: number): Float64Array {
  const block = uniformResponse(parameters, new StructuredSolver(parameters), { qy: [qy], qz: [qz] }, coupling);
  auditResponseBlock(block, parameters);
  const { sea, currents: [{ charge, energy }] } = contractResponse(
    block,
    [settings],
    Float64Array.of(1),
    Float64Array.of(0),
  );
  return Float64Array.of(...charge.map((value, l) => value + sea[l]), ...energy);
}

type AtMomentum = (qy: number) => { readonly profile: Float64Array; readonly energyProfile: Float64Array };

/** The same by a twin. */
function expectedFrom(at: AtMomentum, qy: number): Float64Array {
  const [there, back] = [at(qy), at(-qy)];
  const both = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, l) => value + b[l]);
  return Float64Array.of(...both(there.profile, back.profile), ...both(there.energyProfile, back.energyProfile));
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, k) => Math.abs(value - b[k])));
}

Deno.test("random slabs and momenta: what each bath feeds is the brute-force integral over ω, charge and energy", () => {
  fc.assert(
    fc.property(
      slab(1, 4),
      momentum(),
      momentum(),
      fc.constantFrom(0.03, 0.4, 3, 10),
      (parameters, qy, qz, coupling) => {
        const settings = unevenBaths(parameters.sites);
        const expected = expectedFrom(
          (q) => finiteAtMomentum(parameters, q, qz, settings, coupling, 1e-9, "frequency"),
          qy,
        );
        assertLess(distance(fed(parameters, qy, qz, settings, coupling), expected), 1e-8); // the quadrature's, twice with room
      },
    ),
    { ...REPEATABLE, numRuns: 12 },
  );
});

for (const name of Object.keys(FAMILIES)) {
  Deno.test(`slabs with ${name}: the sum over pairs of modes is that over pairs of states, Γ from 1e-6 to 10`, () => {
    fc.assert(
      fc.property(family(name, 1, 7), fc.constantFrom(1e-6, 1e-3, 0.1, 10), ({ parameters, qy, qz }, coupling) => {
        const settings = unevenBaths(parameters.sites);
        const expected = expectedFrom((q) => finiteSumAtMomentum(parameters, q, qz, settings, coupling), qy);
        // Levels are known to some roundings of the largest energy, below 40 here, which Γ divides.
        const tolerance = 1e-11 + 3e-14 / coupling;
        assertLess(distance(fed(parameters, qy, qz, settings, coupling), expected), tolerance);
      }),
      { ...REPEATABLE, numRuns: 12 },
    );
  });
}

Deno.test("the paper's slab of 50 sites at one momentum, against the sum over pairs of its 200 states", () => {
  const parameters = paperSlab(), settings = baths({ ...STATED, chemical_potential_slope: 0.01 }, 50);
  for (const coupling of [1e-3, 0.05]) {
    const expected = expectedFrom((q) => finiteSumAtMomentum(parameters, q, 0.5, settings, coupling), 0.4);
    assertLess(distance(fed(parameters, 0.4, 0.5, settings, coupling), expected), 1e-11);
  }
});

Deno.test("whole grids, even and odd: the stage gives Eq. (5) summed over the whole zone", () => {
  const parameters: SlabParameters = {
    sites: 3,
    velocity: -0.9,
    mass: -3.2,
    hopping: 0.7,
    chiralGaugeField: Float64Array.of(-1.3, 0.4, -0.6),
  };
  for (const grid of [{ qy: 4, qz: 3 }, { qy: 3, qz: 2 }]) {
    const [current] = runCurrent(parameters, grid, [STATED], responseGridOf(parameters, grid, 0.3));
    const { chemicalPotential, inverseTemperature } = baths(STATED, 3);
    const expected = denseCurrentFinite(
      parameters,
      grid,
      chemicalPotential,
      inverseTemperature,
      0.3,
      1e-10,
      "frequency",
    );
    assertAlmostEquals(current.charge, expected.chargeCurrent, 1e-8);
    assertAlmostEquals(current.energy, expected.energyCurrent, 1e-8);
    assertLess(distance(current.chargeProfile, expected.profile), 1e-8);
    assertLess(distance(current.energyProfile, expected.energyProfile), 1e-8);
    assertGreater(Math.abs(current.charge), 1e-5, "too small a current to compare");
  }
});

Deno.test("as Γ → 0 the current tends to Eq. (6), at first order, bath by bath", () => {
  const parameters = paperSlab({ sites: 6 }), grid = { qy: 5, qz: 4 };
  const both = ({ chargeProfile, energyProfile }: ReturnType<typeof runCurrent>[0]): Float64Array =>
    Float64Array.of(...chargeProfile, ...energyProfile);
  const limit = both(runCurrent(parameters, grid, [STATED], gridOf(parameters, grid))[0]);
  const at = (coupling: number): Float64Array =>
    both(runCurrent(parameters, grid, [STATED], responseGridOf(parameters, grid, coupling))[0]);
  const [coarse, middle, fine] = [8e-5, 4e-5, 2e-5].map(at);
  const [e1, e2, e3] = [coarse, middle, fine].map((values) => distance(values, limit));
  assertGreater(e3, 1e-9, "no error left to see an order in");
  for (const ratio of [e1 / e2, e2 / e3]) assertAlmostEquals(ratio, 2, 0.05);
  const extrapolated = fine.map((value, k) => (8 * value - 6 * middle[k] + coarse[k]) / 3);
  assertLess(distance(extrapolated, limit), 1e-2 * e3);
  assertAlmostEquals(distance(at(1e-6), limit) / e3, 1 / 20, 0.01); // where rounding, which grows as 1/Γ, is not seen yet
});

Deno.test("uniform baths drive no current at any Γ, momentum by momentum", () => {
  fc.assert(
    fc.property(slab(2, 8), momentum(), momentum(), numberWithin(3), (parameters, qy, qz, mu) => {
      const { sites } = parameters;
      const settings = {
        chemicalPotential: new Float64Array(sites).fill(mu),
        inverseTemperature: new Float64Array(sites).fill(1.7),
      };
      for (const coupling of [1e-3, 0.2, 10]) {
        const parts = fed(parameters, qy, qz, settings, coupling);
        const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
        const size = 1e-12 / Math.min(1, coupling);
        assertAlmostEquals(sum(parts.subarray(0, sites)), 0, size);
        assertAlmostEquals(sum(parts.subarray(sites)), 0, 10 * size);
      }
    }),
    REPEATABLE,
  );
});

Deno.test("particle–hole symmetry at finite Γ, bit by bit: J(μ_F, slope) = −J(−μ_F, −slope), J^E even; J odd in a uniform μ", () => {
  const grid = { qy: 5, qz: 4 };
  fc.assert(
    fc.property(slab(2, 6), numberWithin(1), numberWithin(0.5), (parameters, level, slope) => {
      const blocks = responseGridOf(parameters, grid, 0.15);
      const sets = [[level, slope], [-level, -slope], [level, 0], [-level, 0]].map(([mu, gradient]) => ({
        ...STATED,
        fermi_level: mu,
        chemical_potential_slope: gradient,
      }));
      const [a, b, c, d] = runCurrent(parameters, grid, sets, blocks);
      for (const [there, back] of [[a, b], [c, d]]) {
        assert(there.charge === -back.charge);
        assertEquals([there.energy, there.energyError], [back.energy, back.energyError]);
      }
    }),
    { ...REPEATABLE, numRuns: 10 },
  );
});

Deno.test("one setting's current does not depend on the settings asked for with it, bit by bit", () => {
  const grid = { qy: 4, qz: 4 }, parameters = paperSlab({ sites: 5 }), blocks = responseGridOf(parameters, grid, 0.02);
  const sets = [STATED, { ...STATED, inverse_temperature: 40 }, { ...STATED, fermi_level: 25 }, {
    ...STATED,
    inverse_temperature_slope: 0,
  }];
  const together = runCurrent(parameters, grid, sets, blocks);
  sets.forEach((set, index) => assertEquals(runCurrent(parameters, grid, [set], blocks)[0], together[index]));
});

Deno.test("cold baths, β up to 1e6, neither overflow nor lose digits", () => {
  const parameters = paperSlab({ sites: 4 });
  for (const beta of [1e2, 1e4, 1e6]) {
    const settings = { ...unevenBaths(4), inverseTemperature: new Float64Array(4).fill(beta) };
    const expected = expectedFrom((q) => finiteSumAtMomentum(parameters, q, 0.3, settings, 0.1), 0.7);
    assertLess(distance(fed(parameters, 0.7, 0.3, settings, 0.1), expected), 1e-11);
  }
});

Deno.test("the audit refuses residues that do not add up, and what is not a number", () => {
  const parameters = paperSlab({ sites: 4 });
  const block = uniformResponse(parameters, new StructuredSolver(parameters), { qy: [0.3], qz: [0.2] }, 0.1);
  auditResponseBlock(block, parameters);
  const refused = (changes: Partial<typeof block>): void => {
    assertThrows(
      () => auditResponseBlock({ ...block, ...changes }, parameters),
      Error,
      "Cannot accept the response at q_y = 0.3",
    );
  };
  refused({ residueRe: block.residueRe.with(7, block.residueRe[7] + 1e-5) });
  refused({ residueIm: block.residueIm.with(0, NaN) });
  refused({ energy: block.energy.with(3, block.energy[3] + 1e-4) });
  refused({ broadening: block.broadening.with(2, -0.1) });
});
