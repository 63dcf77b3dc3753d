/**
 * Derivatives of the current by the baths, against dense sums with the derivatives of the Fermi function, against differences of the currents themselves, and against sum rules.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { finiteAtMomentum, limitAtMomentum, type Occupation } from "../../tests/twins/current.ts";
import { byChemicalPotential, byTemperature } from "../../tests/twins/fermi_derivatives.ts";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { gridOf, responseGridOf, runCurrent, runResponse } from "../../tests/twins/run_current.ts";
import type { SlabParameters } from "../../tests/twins/slab.ts";
import { momentum, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { type MomentumBlock, momentumBlock } from "../diagonalize/momentum_block.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import type { Coupling } from "../finite_coupling/coupling.ts";
import { isResponseBlock, type ResponseBlock } from "../finite_coupling/response_block.ts";
import { contractResponse } from "../finite_coupling/response_contraction.ts";
import { responseDerivatives } from "../finite_coupling/response_derivatives.ts";
import { siteResponse } from "../finite_coupling/site_response.ts";
import { uniformResponse } from "../finite_coupling/uniform_response.ts";
import { auditResponse, type BathResponse } from "./bath_response.ts";
import type { Baths } from "./baths.ts";
import { contractBlock } from "./contraction.ts";
import { occupationDerivatives } from "./occupation_derivatives.ts";

/** What a line is stated by. */
type Line = "fermi_level" | "chemical_potential_slope" | "inverse_temperature" | "inverse_temperature_slope";

const STATED: Readonly<Record<Line, number>> = {
  fermi_level: 0.3,
  chemical_potential_slope: 0.2,
  inverse_temperature: 1,
  inverse_temperature_slope: 0.7,
};

const UNIFORM: Readonly<Record<Line, number>> = {
  ...STATED,
  chemical_potential_slope: 0,
  inverse_temperature_slope: 0,
};

/** Couplings: none, one for all, and some that differ, one of them negative. */
const COUPLINGS: readonly ((sites: number) => Coupling)[] = [
  () => 0,
  () => 0.3,
  (sites) => Array.from({ length: sites }, (_, l) => l === 1 ? -0.02 : 0.4 + 0.2 * Math.sin(1 + 2.3 * l)),
];

/** Rough baths: nothing about them is even, odd or linear. */
function unevenBaths(sites: number, beta = 1): Baths {
  return {
    chemicalPotential: Float64Array.from({ length: sites }, (_, l) => 1.1 * Math.sin(2 + 3 * l)),
    inverseTemperature: Float64Array.from({ length: sites }, (_, l) => beta * (1.2 + Math.cos(1 + 5 * l))),
  };
}

function blockAt(
  parameters: SlabParameters,
  qy: number,
  qz: number,
  coupling: Coupling,
): MomentumBlock | ResponseBlock {
  const solver = new StructuredSolver(parameters), momenta = { qy: [qy], qz: [qz] };
  if (coupling === 0) return momentumBlock(parameters, solver, momenta);
  return typeof coupling === "number"
    ? uniformResponse(parameters, solver, momenta, coupling)
    : siteResponse(parameters, momenta, coupling);
}

/** The four derivatives at ±q_y together, [derivative][site]. */
function derivativesOf(block: MomentumBlock | ResponseBlock, settings: Baths): Float64Array {
  const weight = Float64Array.of(1);
  return (isResponseBlock(block)
    ? responseDerivatives(block, [settings], weight)
    : occupationDerivatives(block, [settings], weight)).derivatives[0];
}

/** What each bath feeds at ±q_y together, charge then energy, [2][site]. */
function fed(block: MomentumBlock | ResponseBlock, settings: Baths): Float64Array {
  const weight = Float64Array.of(1);
  const { currents: [{ charge, energy }] } = isResponseBlock(block)
    ? contractResponse(block, [settings], weight, weight)
    : contractBlock(block, [settings], weight);
  return Float64Array.of(...charge, ...energy);
}

/** The same derivatives by a twin, from what states weigh at either sign of q_y. */
function expectedFrom(
  at: (qy: number, occupation: Occupation) => { readonly profile: Float64Array; readonly energyProfile: Float64Array },
  qy: number,
): Float64Array {
  const both = (occupation: Occupation): [Float64Array, Float64Array] => {
    const [there, back] = [at(qy, occupation), at(-qy, occupation)];
    const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, l) => value + b[l]);
    return [sum(there.profile, back.profile), sum(there.energyProfile, back.energyProfile)];
  };
  const [potential, temperature] = [both(byChemicalPotential), both(byTemperature)];
  return Float64Array.of(...potential[0], ...temperature[0], ...potential[1], ...temperature[1]);
}

/** Sixth-order central differences of a function of a number, element by element. */
function slopeOf(values: (shift: number) => Float64Array, step: number): Float64Array {
  const sum = new Float64Array(values(0).length);
  for (const [k, weight] of [[1, 45 / 60], [2, -9 / 60], [3, 1 / 60]]) {
    const there = values(k * step), back = values(-k * step);
    for (let i = 0; i < sum.length; i++) sum[i] += weight * (there[i] - back[i]) / step;
  }
  return sum;
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, k) => Math.abs(value - b[k])));
}

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}

for (const name of Object.keys(FAMILIES)) {
  Deno.test(`slabs with ${name}: the response at Γ → 0 is the dense sum with derivatives of the Fermi function`, () => {
    fc.assert(
      fc.property(family(name, 1, 6), fc.constantFrom(0.2, 1, 8), ({ parameters, qy, qz }, beta) => {
        const settings = unevenBaths(parameters.sites, beta);
        const expected = expectedFrom(
          (q, occupation) => limitAtMomentum(parameters, q, qz, settings, { occupation }),
          qy,
        );
        const actual = derivativesOf(blockAt(parameters, qy, qz, 0), settings);
        // States are good to 1e-10 of the largest weight, |v| + 2|λ| < 5 (contraction_test.ts); β, up to 18 here, and energies, up to 40, multiply.
        const { sites } = parameters, tolerance = 1e-10 * beta;
        assertLess(distance(actual.subarray(0, 2 * sites), expected.subarray(0, 2 * sites)), tolerance);
        assertLess(distance(actual.subarray(2 * sites), expected.subarray(2 * sites)), 40 * tolerance);
      }),
      { ...REPEATABLE, numRuns: 8 },
    );
  });
}

Deno.test("random slabs and momenta: the response at a finite Γ, uniform or not, is the brute-force integral over ω", () => {
  let largest = 0;
  fc.assert(
    fc.property(slab(2, 4), momentum(), momentum(), fc.constantFrom(1, 2), (parameters, qy, qz, kind) => {
      const coupling = COUPLINGS[kind](parameters.sites), settings = unevenBaths(parameters.sites);
      const couplings = typeof coupling === "number" ? coupling : Float64Array.from(coupling);
      const expected = expectedFrom(
        (q, occupation) => finiteAtMomentum(parameters, q, qz, settings, couplings, 1e-9, "frequency", occupation),
        qy,
      );
      const actual = derivativesOf(blockAt(parameters, qy, qz, coupling), settings);
      assertLess(distance(actual, expected), 1e-8); // the quadrature's, of both ±q_y with room
      largest = Math.max(largest, ...actual.map(Math.abs));
    }),
    { ...REPEATABLE, numRuns: 6 },
  );
  assertGreater(largest, 0.02, "too small a response to compare");
});

Deno.test("the response is the slope of what each bath feeds in, at any coupling", () => {
  const parameters = paperSlab({ sites: 7 }), sites = 7;
  for (const coupling of COUPLINGS) {
    const block = blockAt(parameters, 0.4, 0.6, coupling(sites)), settings = unevenBaths(sites);
    const { chemicalPotential: mu, inverseTemperature: beta } = settings;
    const derivatives = derivativesOf(block, settings);
    // A bath stands in its own term only, so that all may be shifted at once.
    const byMu = slopeOf((h) => fed(block, { ...settings, chemicalPotential: mu.map((value) => value + h) }), 0.02);
    const byT = slopeOf(
      (h) => fed(block, { ...settings, inverseTemperature: beta.map((value) => 1 / (1 / value + h)) }),
      0.004,
    );
    const expected = Float64Array.of(
      ...byMu.subarray(0, sites),
      ...byT.subarray(0, sites),
      ...byMu.subarray(sites),
      ...byT.subarray(sites),
    );
    // What sixth order leaves, h⁶ times the seventh derivative over 140, and rounding over h.
    assertLess(distance(derivatives, expected), 1e-9 * Math.max(...derivatives.map(Math.abs)));
  }
});

Deno.test("uniform baths: all potentials, or all temperatures, together drive nothing", () => {
  const parameters = paperSlab({ sites: 8 }), grid = { qy: 6, qz: 6 };
  for (const coupling of [0, 0.1]) {
    const blocks = coupling === 0 ? gridOf(parameters, grid) : responseGridOf(parameters, grid, coupling);
    const [response] = runResponse(parameters, grid, [UNIFORM], blocks);
    for (const values of profilesOf(response)) {
      assertGreater(Math.max(...values.map(Math.abs)), 1e-4);
      assertAlmostEquals(sum(values), 0, 1e-13 * response.magnitude);
    }
  }
});

Deno.test("linear baths: dJ/dslope is Σ_l (l − L/2 + ½) ∂J/∂μ_l, dJ/dμ_F is Σ_l ∂J/∂μ_l, and likewise for β", () => {
  const sites = 9, parameters = paperSlab({ sites }), grid = { qy: 6, qz: 5 };
  for (const coupling of COUPLINGS) {
    const value = coupling(sites);
    const blocks = value === 0 ? gridOf(parameters, grid) : responseGridOf(parameters, grid, value);
    const [response] = runResponse(parameters, grid, [STATED], blocks);
    const along = (key: Line): Float64Array =>
      slopeOf((h) => {
        const [{ charge, energy }] = runCurrent(parameters, grid, [{ ...STATED, [key]: STATED[key] + h }], blocks);
        return Float64Array.of(charge, energy);
      }, 0.004);
    const arm = (l: number): number => l - sites / 2 + 0.5, whole = (): number => 1;
    const weighted = (values: Float64Array, weight: (l: number) => number): number =>
      sum(values.map((value, l) => weight(l) * value));
    // ∂T_l/∂β_l = −1/β_l².
    const beta = (l: number): number => STATED.inverse_temperature + STATED.inverse_temperature_slope * l / sites;
    const cases: readonly (readonly [Line, "Potential" | "Temperature", (l: number) => number])[] = [
      ["chemical_potential_slope", "Potential", arm],
      ["fermi_level", "Potential", whole],
      ["inverse_temperature", "Temperature", (l) => -1 / beta(l) ** 2],
      ["inverse_temperature_slope", "Temperature", (l) => -l / sites / beta(l) ** 2],
    ];
    for (const [key, by, weight] of cases) {
      const [charge, energy] = along(key);
      // Differences of numbers of order 0.1, good to 1e-15 each, over 0.004.
      assertAlmostEquals(weighted(response[`chargeBy${by}`], weight), charge, 2e-12);
      assertAlmostEquals(weighted(response[`energyBy${by}`], weight), energy, 2e-11);
    }
  }
});

Deno.test("as Γ → 0 the response tends to that of Eq. (6), at first order", () => {
  const parameters = paperSlab({ sites: 6 }), grid = { qy: 5, qz: 4 };
  const all = (response: BathResponse): Float64Array => Float64Array.from(profilesOf(response).flatMap((v) => [...v]));
  const limit = all(runResponse(parameters, grid, [STATED], gridOf(parameters, grid))[0]);
  const [coarse, fine] = [4e-5, 2e-5].map((coupling) =>
    distance(all(runResponse(parameters, grid, [STATED], responseGridOf(parameters, grid, coupling))[0]), limit)
  );
  assertGreater(fine, 1e-10, "no error left to see an order in");
  assertAlmostEquals(coarse / fine, 2, 0.05);
});

Deno.test("cold baths, β up to 1e6, neither overflow nor lose digits", () => {
  const parameters = paperSlab({ sites: 4 }), block = blockAt(parameters, 0.7, 0.3, 0);
  for (const beta of [1e2, 1e4, 1e6]) {
    // At a level, between levels, and far from all of them.
    const chemicalPotential = Float64Array.of(block.energy[0] + 0.3 / beta, 0, 0.9, 60);
    const settings = { chemicalPotential, inverseTemperature: new Float64Array(4).fill(beta) };
    const expected = expectedFrom(
      (q, occupation) => limitAtMomentum(parameters, q, 0.3, settings, { occupation }),
      0.7,
    );
    // An energy is good to 1e-14, which β multiplies, and so is the peak of height β.
    assertLess(distance(derivativesOf(block, settings), expected), 1e-13 * beta * (1 + beta));
    assertGreater(Math.abs(expected[0]), 1e-3 * beta);
  }
});

Deno.test("one setting's response does not depend on the settings asked for with it, bit by bit", () => {
  const grid = { qy: 4, qz: 4 }, parameters = paperSlab({ sites: 5 });
  const sets = [STATED, UNIFORM, { ...STATED, inverse_temperature: 40 }, { ...UNIFORM, fermi_level: 1 }];
  for (const blocks of [gridOf(parameters, grid), responseGridOf(parameters, grid, 0.02)]) {
    const together = runResponse(parameters, grid, sets, blocks);
    sets.forEach((set, index) => assertEquals(runResponse(parameters, grid, [set], blocks)[0], together[index]));
  }
});

Deno.test("the audit refuses what is too large and what is not a number", () => {
  const grid = { qy: 4, qz: 4 }, [response] = runResponse(paperSlab({ sites: 4 }), grid, [STATED]);
  const refused = (changes: Partial<BathResponse>): void => {
    assertThrows(
      () => auditResponse({ ...response, ...changes }, { sites: 4, momentum: grid, baths: STATED }),
      Error,
      "Cannot accept the response of the",
    );
  };
  for (const key of ["chargeByPotential", "chargeByTemperature", "energyByPotential", "energyByTemperature"] as const) {
    refused({ [key]: response[key].with(2, NaN) });
  }
  refused({ chargeByPotential: response.chargeByPotential.with(1, 2 * response.magnitude) });
  refused({ magnitude: NaN });
});

function profilesOf(response: BathResponse): Float64Array[] {
  const { chargeByPotential, chargeByTemperature, energyByPotential, energyByTemperature } = response;
  return [chargeByPotential, chargeByTemperature, energyByPotential, energyByTemperature];
}
