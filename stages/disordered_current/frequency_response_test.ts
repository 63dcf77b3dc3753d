/**
 * The response at one frequency against dense matrices over the whole zone, and what holds of every G^<.
 *
 * @module
 */
import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import { disorderedState } from "../../tests/twins/disordered_current.ts";
import type { SlabParameters } from "../../tests/twins/slab.ts";
import { DisorderedSlab, type Scheme } from "./frequency_response.ts";
import { ZoneResponse } from "./zone_response.ts";

/** No two sites alike. */
const ROUGH: SlabParameters = {
  sites: 3,
  velocity: 0.8,
  mass: 0.7,
  hopping: -1.1,
  chiralGaugeField: Float64Array.of(1.3, -0.4, 0.9),
};
const GRID = { qy: 3, qz: 4 }, COUPLING = Float64Array.of(0.3, 0, 0.7);

function schemeOf(scheme: "fba" | "scba", variance: number): Scheme {
  return { scheme, scale: variance / (2 * Math.PI) ** 2 };
}

/** T_l with what was taken off for the grid put back. */
function raw({ response, excess }: { response: Float64Array; excess: number }, coupling: Float64Array): Float64Array {
  const total = coupling.reduce((sum, value) => sum + value, 0);
  return coupling.map((value, l) => response[l] + excess * value / total);
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

for (const scheme of ["fba", "scba"] as const) {
  Deno.test(`${scheme}: each bath's response is the current of that bath alone by dense matrices, at ω and at −ω`, () => {
    for (const [omega, variance] of [[0.4, 0.5], [1.7, 0.2]]) {
      const slab = new DisorderedSlab(ROUGH, GRID, COUPLING);
      const own = slab.response(omega, schemeOf(scheme, variance)),
        sigma = slab.selfEnergy(omega, schemeOf(scheme, variance));
      const dense = disorderedState(ROUGH, GRID, COUPLING, { scheme, variance }, omega);
      const mirror = disorderedState(ROUGH, GRID, COUPLING, { scheme, variance }, -omega);
      for (let i = 0; i < 12; i++) {
        assertAlmostEquals(sigma.re[i], dense.re[i], 1e-8);
        assertAlmostEquals(sigma.im[i], dense.im[i], 1e-8);
      }
      const found = raw(own, COUPLING);
      for (let l = 0; l < 3; l++) {
        const inflow = Float64Array.from({ length: 12 }, (_, i) => i >> 2 === l ? COUPLING[l] : 0);
        for (const state of [dense, mirror]) {
          assertAlmostEquals(found[l], state.current(state.lesser(inflow)), 1e-8);
        }
      }
      assertGreater(largest(found), 0.005);
      assertAlmostEquals(own.response.subarray(0, 3).reduce((sum, value) => sum + value, 0), 0, 1e-14);
    }
  });

  Deno.test(`${scheme}: in uniform baths G^< = −f (G^R − G^A), whatever Γ_l`, () => {
    const filled = 0.3, inflow = Float64Array.from({ length: 12 }, (_, i) => filled * COUPLING[i >> 2]);
    const state = disorderedState(ROUGH, GRID, COUPLING, { scheme, variance: 0.5 }, 0.4);
    const lesser = state.lesser(inflow), g = state.filled(lesser), { re, im } = state.retarded;
    for (let i = 0; i < 12; i++) {
      assertAlmostEquals(lesser[i], filled * (COUPLING[i >> 2] - 2 * state.im[i]), 1e-11);
      for (let j = 0; j < 12; j++) {
        // −f (G − G†)
        assertAlmostEquals(g.re[i * 12 + j], -filled * (re[i * 12 + j] - re[j * 12 + i]), 1e-11);
        assertAlmostEquals(g.im[i * 12 + j], -filled * (im[i * 12 + j] + im[j * 12 + i]), 1e-11);
      }
    }
    // The same of the recursion: Γ + γ spreads to what the dressed slab holds.
    const slab = new DisorderedSlab(ROUGH, GRID, COUPLING), sigma = slab.selfEnergy(0.4, schemeOf(scheme, 0.5));
    const zone = new ZoneResponse(ROUGH, GRID);
    zone.dress({ re: sigma.re, im: sigma.im.map((value, i) => value - COUPLING[i >> 2] / 2) });
    const spread = zone.spread(0.4, sigma.im.map((value, i) => COUPLING[i >> 2] - 2 * value), () => {});
    spread.forEach((value, i) => assertAlmostEquals(value, -2 * im[i * 13], 1e-8));
  });
}

Deno.test("−iG^< is Hermitian, and holds something in each orbital", () => {
  const inflow = Float64Array.from({ length: 12 }, (_, i) => COUPLING[i >> 2] * [0.9, 0.5, 0.1][i >> 2]);
  const state = disorderedState(ROUGH, GRID, COUPLING, { scheme: "scba", variance: 0.5 }, 0.4);
  const { re, im } = state.filled(state.lesser(inflow));
  for (let i = 0; i < 12; i++) {
    assertGreater(im[i * 13], 0);
    for (let j = 0; j < 12; j++) {
      assertAlmostEquals(im[i * 12 + j], im[j * 12 + i], 1e-13);
      assertAlmostEquals(re[i * 12 + j], -re[j * 12 + i], 1e-13);
    }
  }
});

Deno.test("in scba what the baths put in at a frequency they take out; in fba the difference is of second order in κ", () => {
  // Σ_l Γ_l (f_l A_l − n_l): A_l what the slab could hold, n_l what it holds.
  const occupation = [0.9, 0.5, 0.1],
    inflow = Float64Array.from({ length: 12 }, (_, i) => COUPLING[i >> 2] * occupation[i >> 2]);
  const lost = (scheme: "fba" | "scba", variance: number): number => {
    const state = disorderedState(ROUGH, GRID, COUPLING, { scheme, variance }, 0.4);
    const { im } = state.filled(state.lesser(inflow));
    let sum = 0;
    for (let i = 0; i < 12; i++) {
      sum += COUPLING[i >> 2] * (-2 * occupation[i >> 2] * state.retarded.im[i * 13] - im[i * 13]);
    }
    return sum;
  };
  assertAlmostEquals(lost("scba", 0.5), 0, 1e-12);
  assertGreater(Math.abs(lost("fba", 0.5)), 1e-5);
  assertAlmostEquals(lost("fba", 2e-3) / lost("fba", 1e-3), 4, 0.1);
});

Deno.test("uniform baths drive no current: Σ_l T_l falls exponentially with the number of points along q_y, for any Γ_l and κ", () => {
  const coupling = Float64Array.of(0.9, 1.6, 1.2);
  for (const scheme of ["fba", "scba"] as const) {
    for (const variance of [0.2, 1]) {
      const [few, many] = [16, 48].map((qy) => {
        const { response, excess } = new DisorderedSlab(ROUGH, { qy, qz: 2 }, coupling).response(
          0.4,
          schemeOf(scheme, variance),
        );
        return Math.abs(excess) / largest(response.subarray(0, 3));
      });
      assertLess(many, 1e-8);
      assertLess(many, 1e-2 * few);
    }
  }
});

Deno.test("without disorder it is the response of the clean slab, and a small κ is next to it", () => {
  const slab = new DisorderedSlab(ROUGH, GRID, COUPLING), none = slab.response(0.4, { scheme: "none", scale: 0 });
  for (const scheme of ["fba", "scba"] as const) {
    const zero = slab.response(0.4, schemeOf(scheme, 0)).response,
      little = slab.response(0.4, schemeOf(scheme, 1e-6)).response;
    none.response.forEach((value, i) => {
      assertAlmostEquals(zero[i], value, 1e-12);
      assertAlmostEquals(little[i], value, 1e-4);
    });
  }
});
