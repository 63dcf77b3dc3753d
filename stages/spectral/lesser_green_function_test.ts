/**
 * The recursive lesser Green function against dense inverses, for self-energies without any symmetry, and the identities that it obeys.
 *
 * @module
 */
import { assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { denseLesser, type Place } from "../../tests/twins/lesser.ts";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import type { SlabParameters } from "../../tests/twins/slab.ts";
import { momentum, numberWithin, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { CompiledLesserRecursion } from "./compiled_lesser_recursion.ts";
import { LesserGreenFunction } from "./lesser_green_function.ts";
import { PlainLesserRecursion } from "./plain_lesser_recursion.ts";
import { emptyDiagonal, type OrbitalDiagonal } from "./recursion.ts";

/** Σ^R and Im Σ^<. */
interface Dressing extends OrbitalDiagonal {
  readonly lesser: Float64Array;
}

function dressings(sites: number): fc.Arbitrary<Dressing> {
  const values = fc.array(numberWithin(1), { minLength: 4 * sites, maxLength: 4 * sites }).map((list) =>
    Float64Array.from(list)
  );
  return fc.tuple(values, values, values).map(([re, im, lesser]) => ({
    re,
    im: im.map((value) => -Math.abs(value)),
    lesser,
  }));
}

const broadenings = fc.noBias(fc.integer({ min: 0, max: 2000 })).map((k) => 10 ** (-k / 1000));

/** Everything that can be read off one lane. */
function read(green: LesserGreenFunction, sites: number, lane: 0 | 1 = 0) {
  const retarded = emptyDiagonal(sites), diagonal = new Float64Array(4 * sites);
  const charge = new Float64Array(sites), energy = new Float64Array(sites);
  const blocks = { re: new Float64Array(16 * sites), im: new Float64Array(16 * sites) };
  green.readRetarded(lane, retarded);
  green.readDiagonal(lane, diagonal);
  green.readCharge(lane, charge);
  green.readEnergy(lane, energy);
  green.readBlocks(lane, blocks);
  return { retarded, diagonal, charge, energy, blocks };
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** How far off everything at one lane is, relative to |G|², in which the rounding of G^< is measured, times what multiplies it. */
function distance(
  green: LesserGreenFunction,
  parameters: SlabParameters,
  place: Place,
  dressing: Dressing,
  lane: 0 | 1,
): number {
  const { sites } = parameters, n = 4 * sites, dense = denseLesser(parameters, place, dressing);
  const frequency = { omega: place.omega, broadening: place.broadening }, { qy, qz } = place;
  const size = Math.max(largest(dense.retarded.re), largest(dense.retarded.im)), scale = size + size * size;
  const found = read(green, sites, lane);
  let worst = 0;
  const compare = (value: number, expected: number, weight = 1): void => {
    const distance = Math.abs(value - expected) / (scale * weight);
    worst = distance <= worst ? worst : distance; // NaN stays
  };
  for (let i = 0; i < n; i++) {
    compare(found.retarded.re[i], dense.retarded.re[i * n + i]);
    compare(found.retarded.im[i], dense.retarded.im[i * n + i]);
    compare(found.diagonal[i], dense.lesser.im[i * n + i]);
    const l = i >> 2;
    for (let j = 0; j < 4; j++) {
      const from = i * n + 4 * l + j, to = 4 * i + j;
      compare(found.blocks.re[to], dense.lesser.re[from]);
      compare(found.blocks.im[to], dense.lesser.im[from]);
    }
  }
  for (let l = 0; l < sites; l++) {
    compare(found.charge[l], dense.charge[l], 10);
    compare(found.energy[l], dense.energy[l], 100); // J_y is at most 4.5, ω and Σ^R at most 4 and 1.4
  }
  for (const current of ["charge", "energy"] as const) {
    const momentum = { qy, qz };
    if (lane === 0) green.solveResponse(current, frequency, momentum);
    else green.solveResponse(current, frequency, { qy: -qy, qz: 1 }, momentum);
    const { diagonal } = read(green, sites, lane), expected = dense[`${current}Response`];
    diagonal.forEach((value, i) => compare(value, expected[i], current === "charge" ? 10 : 100));
  }
  return worst;
}

function assertNear(parameters: SlabParameters, place: Place, dressing: Dressing, green: LesserGreenFunction): void {
  const { qy, qz, omega, broadening } = place;
  green.dress(dressing);
  green.fill(dressing.lesser);
  // The other momentum of the pair is on the other branch, where the order of elimination is the other one.
  green.solve({ omega, broadening }, { qy, qz }, { qy: -qy, qz: qz / 2 });
  // 1e-11: a hundred roundings of a few thousand, on the way to the pivots, for broadenings down to 0.01.
  assertLess(distance(green, parameters, place, dressing, 0), 1e-11);
  green.solve({ omega, broadening }, { qy: -qy, qz: qz / 2 }, { qy, qz });
  assertLess(distance(green, parameters, place, dressing, 1), 1e-11);
}

Deno.test("random slabs: blocks, currents and responses are those of the dense inverse, one after the other in the same memory", () => {
  const cases = slab(1, 6).chain((p) => fc.tuple(fc.constant(p), dressings(p.sites), dressings(p.sites)));
  fc.assert(
    fc.property(cases, momentum(), momentum(), numberWithin(3), broadenings, (parts, qy, qz, omega, broadening) => {
      const [p, ...both] = parts, green = new LesserGreenFunction(p);
      for (const dressing of both) assertNear(p, { qy, qz, omega, broadening }, dressing, green);
    }),
    { ...REPEATABLE, numRuns: 40 },
  );
});

Deno.test("where levels meet, too", () => {
  for (const name of Object.keys(FAMILIES)) {
    const cases = family(name, 2, 5).chain((value) => fc.tuple(fc.constant(value), dressings(value.parameters.sites)));
    fc.assert(
      fc.property(cases, numberWithin(3), ([{ parameters, qy, qz }, dressing], omega) => {
        assertNear(parameters, { qy, qz, omega, broadening: 0.1 }, dressing, new LesserGreenFunction(parameters));
      }),
      { ...REPEATABLE, numRuns: 4 },
    );
  }
});

Deno.test("longer slabs, on the resonance of a chiral state, on either branch", () => {
  for (const sites of [20, 21]) {
    const p = paperSlab({ sites }), states = 4 * sites, green = new LesserGreenFunction(p);
    const im = Float64Array.from({ length: states }, (_, i) => -0.002 - 0.001 * Math.sin(i));
    const dressing = { re: im, im, lesser: im.map((value, i) => i < 2 * sites ? -2 * value : 0) };
    for (const [qy, sign] of [[-0.9, 1], [0.4, 1], [0.4, -1]]) {
      const omega = sign * Math.sin(qy);
      assertNear(p, { qy, qz: 0.2, omega, broadening: 0 }, dressing, green);
    }
  }
});

Deno.test("compiled or not, the recursion gives the same bits, odd and even slabs, one momentum or two, whatever the source", () => {
  const cases = slab(1, 9).chain((p) => fc.tuple(fc.constant(p), dressings(p.sites)));
  fc.assert(
    fc.property(cases, momentum(), momentum(), numberWithin(3), broadenings, ([p, dressing], qy, qz, omega, eta) => {
      const results = [new PlainLesserRecursion(p), new CompiledLesserRecursion(p)].map((recursion) => {
        const green = new LesserGreenFunction(p, recursion), frequency = { omega, broadening: eta };
        green.dress(dressing);
        green.fill(dressing.lesser);
        return [{ qy: qz, qz: qy }, undefined].map((second) => {
          const lanes = ([0, 1] as const).slice(0, second === undefined ? 1 : 2);
          green.solve(frequency, { qy, qz }, second);
          const filled = lanes.map((lane) => read(green, p.sites, lane));
          const responses = (["charge", "energy"] as const).map((current) => {
            green.solveResponse(current, frequency, { qy, qz }, second);
            return lanes.map((lane) => read(green, p.sites, lane).diagonal);
          });
          return { filled, responses };
        });
      });
      assertEquals(results[1], results[0]);
    }),
    { ...REPEATABLE, numRuns: 60 },
  );
});

Deno.test("where all is filled alike G^< is −f (G^R − G^A), so that no charge and no energy flows but what A carries", () => {
  const sites = 12, p = paperSlab({ sites }), green = new LesserGreenFunction(p), states = 4 * sites;
  const im = Float64Array.from({ length: states }, (_, i) => -0.05 - 0.04 * Math.sin(i));
  green.dress({ re: Float64Array.from({ length: states }, (_, i) => 0.1 * Math.cos(3 * i)), im });
  green.fill(im.map((value) => -2 * 0.3 * value));
  for (const qy of [0.7, -0.2]) {
    green.solve({ omega: 0.4, broadening: 0 }, { qy, qz: 0.3 });
    const { retarded, diagonal } = read(green, sites);
    const worst = largest(diagonal.map((value, i) => value + 2 * 0.3 * retarded.im[i]));
    assertLess(worst, 1e-12 * largest(retarded.im));
    assertGreater(largest(diagonal), 0.1);
  }
});

Deno.test("the response is linear: its sum with a filling is the current of the slab", () => {
  const sites = 9, p = paperSlab({ sites }), green = new LesserGreenFunction(p), states = 4 * sites;
  const filling = Float64Array.from({ length: states }, (_, i) => Math.sin(2 + i));
  const im = Float64Array.from({ length: states }, (_, i) => -0.05 - 0.04 * Math.sin(i));
  green.dress({ re: im, im });
  green.fill(filling);
  const frequency = { omega: -0.6, broadening: 0.01 }, q = { qy: 0.5, qz: -0.4 };
  green.solve(frequency, q);
  const { charge, energy } = read(green, sites);
  for (const [current, values] of [["charge", charge], ["energy", energy]] as const) {
    green.solveResponse(current, frequency, q);
    const { diagonal } = read(green, sites);
    const flows = values.reduce((sum, value) => sum + value, 0);
    const sum = diagonal.reduce((total, value, i) => total + value * filling[i], 0);
    assertLess(Math.abs(flows - sum), 1e-12 * largest(diagonal) * states);
    assertGreater(Math.abs(flows), 0.1);
  }
});

Deno.test("self-energies of another slab are refused", () => {
  const green = new LesserGreenFunction(paperSlab({ sites: 2 }));
  assertThrows(() => green.fill(new Float64Array(4)), RangeError, "4 values for 8 orbitals");
  assertThrows(() => green.dress(emptyDiagonal(3)), RangeError, "12 values for 8 orbitals");
  assertEquals(read(green, 2).charge, new Float64Array(2));
});
