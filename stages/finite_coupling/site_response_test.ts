/**
 * Eq. (5) with a coupling of its own at each site, against the recursive Green functions, against dense inverses, and against the kernel of uniform couplings.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { denseCurrentFinite, finiteAtMomentum } from "../../tests/twins/current.ts";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { responseGridOf, runCurrent } from "../../tests/twins/run_current.ts";
import { recursiveCurrent } from "../../tests/twins/recursive_lesser.ts";
import type { SlabParameters } from "../../tests/twins/slab.ts";
import { momentum, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { type BathParameters, type Baths, baths } from "../current/baths.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import { auditResponseBlock, type ResponseBlock } from "./response_block.ts";
import { contractResponse } from "./response_contraction.ts";
import { siteResponse } from "./site_response.ts";
import { uniformResponse } from "./uniform_response.ts";

const STATED: BathParameters = {
  fermi_level: 0.3,
  chemical_potential_slope: 0.2,
  inverse_temperature: 1,
  inverse_temperature_slope: 0.7,
};

function unevenBaths(sites: number): Baths {
  return {
    chemicalPotential: Float64Array.from({ length: sites }, (_, l) => 1.1 * Math.sin(2 + 3 * l)),
    inverseTemperature: Float64Array.from({ length: sites }, (_, l) => 1.2 + Math.cos(1 + 5 * l)),
  };
}

/** Couplings from 0.3 to 1.7 times the mean. */
function roughCouplings(sites: number, mean: number): number[] {
  return Array.from({ length: sites }, (_, l) => mean * (1 + 0.7 * Math.sin(1 + 2.3 * l)));
}

/** What each bath feeds at ±q_y together, charge then energy, [2 sites]. */
function fed(parameters: SlabParameters, block: ResponseBlock, settings: Baths): Float64Array {
  auditResponseBlock(block, parameters);
  const { sea, currents: [{ charge, energy }] } = contractResponse(
    block,
    [settings],
    Float64Array.of(1),
    Float64Array.of(0),
  );
  return Float64Array.of(...charge.map((value, l) => value + sea[l]), ...energy);
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, k) => Math.abs(value - b[k])));
}

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}

Deno.test("random slabs: the current is the recursive Green functions' and each bath's part the dense inverse's, to 1e-8", () => {
  fc.assert(
    fc.property(slab(1, 3), momentum(), momentum(), fc.constantFrom(0.1, 0.6, 4), (parameters, qy, qz, mean) => {
      const { sites } = parameters, settings = unevenBaths(sites), couplings = roughCouplings(sites, mean);
      const parts = fed(parameters, siteResponse(parameters, { qy: [qy], qz: [qz] }, couplings), settings);
      const stated = Float64Array.from(couplings), expected = new Float64Array(2 * sites);
      let recursive = 0;
      for (const q of [qy, -qy]) {
        const { profile, energyProfile } = finiteAtMomentum(parameters, q, qz, settings, stated, 1e-9, "frequency");
        Float64Array.of(...profile, ...energyProfile).forEach((value, i) => expected[i] += value);
        recursive += recursiveCurrent(parameters, q, qz, settings, stated, 1e-9);
      }
      assertLess(distance(parts, expected), 1e-8);
      assertAlmostEquals(sum(parts.subarray(0, sites)), recursive, 1e-8);
    }),
    { ...REPEATABLE, numRuns: 10 },
  );
});

Deno.test("couplings of which some are negative, while all levels decay: likewise", () => {
  const parameters: SlabParameters = {
    sites: 4,
    velocity: -0.9,
    mass: 0.7,
    hopping: 0.8,
    chiralGaugeField: Float64Array.of(-1.3, 0.4, -0.6, 0.2),
  };
  const couplings = Float64Array.of(0.5, -0.06, 0.4, 0.3), settings = unevenBaths(4), qy = 0.6, qz = -0.9;
  const parts = fed(parameters, siteResponse(parameters, { qy: [qy], qz: [qz] }, [...couplings]), settings);
  const there = finiteAtMomentum(parameters, qy, qz, settings, couplings, 1e-10, "frequency");
  const back = finiteAtMomentum(parameters, -qy, qz, settings, couplings, 1e-10, "frequency");
  const both = (a: Float64Array, b: Float64Array): number[] => [...a].map((value, l) => value + b[l]);
  const expected = Float64Array.of(
    ...both(there.profile, back.profile),
    ...both(there.energyProfile, back.energyProfile),
  );
  assertLess(distance(parts, expected), 1e-8);
  const recursive = [qy, -qy].map((q) => recursiveCurrent(parameters, q, qz, settings, couplings));
  assertAlmostEquals(sum(parts.subarray(0, 4)), recursive[0] + recursive[1], 1e-8);
  assertGreater(Math.abs(recursive[0] + recursive[1]), 1e-3);
});

Deno.test("equal couplings, Γ from 1e-6 to 10: both kernels agree, in every family of slabs, degenerate ones included", () => {
  for (const name of Object.keys(FAMILIES)) {
    fc.assert(
      fc.property(family(name, 1, 6), fc.constantFrom(1e-6, 1e-3, 0.1, 10), ({ parameters, qy, qz }, coupling) => {
        const { sites } = parameters, settings = unevenBaths(sites), momenta = { qy: [qy], qz: [qz] };
        const uniform = uniformResponse(parameters, new StructuredSolver(parameters), momenta, coupling);
        const single = siteResponse(parameters, momenta, Array<number>(sites).fill(coupling));
        // Rounding of levels up to 40, which Γ divides.
        const tolerance = 1e-10 + 3e-13 / coupling;
        assertLess(distance(fed(parameters, single, settings), fed(parameters, uniform, settings)), tolerance, name);
      }),
      { ...REPEATABLE, numRuns: 6 },
    );
  }
});

Deno.test("whole grids, even and odd: the stage gives Eq. (5) summed over the whole zone, with the couplings site by site", () => {
  const parameters: SlabParameters = {
    sites: 3,
    velocity: -0.9,
    mass: -3.2,
    hopping: 0.7,
    chiralGaugeField: Float64Array.of(-1.3, 0.4, -0.6),
  };
  const couplings = [0.4, 0.15, 0.6], { chemicalPotential, inverseTemperature } = baths(STATED, 3);
  for (const grid of [{ qy: 4, qz: 3 }, { qy: 3, qz: 2 }]) {
    const [current] = runCurrent(parameters, grid, [STATED], responseGridOf(parameters, grid, couplings));
    const stated = Float64Array.from(couplings);
    const expected = denseCurrentFinite(
      parameters,
      grid,
      chemicalPotential,
      inverseTemperature,
      stated,
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

Deno.test("uniform baths drive no current, however uneven the couplings: at one q_y there is some, over the zone it vanishes", () => {
  const parameters = paperSlab({ sites: 6 }), grid = { qy: 24, qz: 4 };
  const flat = { ...STATED, chemical_potential_slope: 0, inverse_temperature_slope: 0 };
  for (const couplings of [roughCouplings(6, 0.3), [0.5, -0.04, 0.4, 0.4, 0.3, 0.6]]) {
    const blocks = responseGridOf(parameters, grid, couplings);
    const [null0, driven] = runCurrent(parameters, grid, [flat, STATED], blocks);
    // The sum over q_y of the derivative of a smooth periodic function: exponentially small in the number of points.
    assertLess(Math.abs(null0.charge), 1e-13);
    assertLess(Math.abs(null0.energy), 1e-12);
    assertGreater(Math.abs(driven.charge), 1e-3);
    const parts = fed(parameters, siteResponse(parameters, { qy: [0.4], qz: [0.3] }, couplings), baths(flat, 6));
    assertGreater(Math.abs(sum(parts.subarray(0, 6))), 1e-4, "nothing would have to cancel");
  }
});

Deno.test("particle–hole symmetry with uneven couplings: J(μ) = −J(−μ) and J^E(μ) = J^E(−μ), bit by bit", () => {
  const parameters = paperSlab({ sites: 5 }), grid = { qy: 4, qz: 3 };
  const turned = { ...STATED, fermi_level: -STATED.fermi_level, chemical_potential_slope: -0.2 };
  const blocks = responseGridOf(parameters, grid, roughCouplings(5, 0.2));
  const [there, back] = runCurrent(parameters, grid, [STATED, turned], blocks);
  assert(there.charge === -back.charge);
  assertEquals(there.energy, back.energy);
});

Deno.test("a level that grows is refused, with the momentum and the eigenvalue; so is one that no bath reaches", () => {
  const parameters = paperSlab({ sites: 3 });
  const message = /at q_y = 0.6, q_z = 0.2 the level \S+ \+ 0\.\d+i of H − iΓ\/2 does not decay/;
  const thrown = assertThrows(() => siteResponse(parameters, { qy: [0.6], qz: [0.2] }, [-0.3, 0.2, 0.2]), Error);
  assert(message.test(thrown.message), thrown.message);
  // Without bonds each site has levels of its own.
  const apart = { ...parameters, velocity: 0, hopping: 0, mass: 1 };
  assertThrows(() => siteResponse(apart, { qy: [0.6], qz: [0.2] }, [0.1, 0, 0.1]), Error, "does not decay");
});
