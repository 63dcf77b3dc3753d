/**
 * The current of a slab with disorder against brute force over all frequencies, and against Eq. (5) in closed form where there is no disorder.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { refineTogether } from "../../pipeline/dataflow/refinement.ts";
import type { Json, TaskRequest } from "../../pipeline/dataflow/stage.ts";
import { unwrapped } from "../../pipeline/dataflow/task_failure.ts";
import { denseCurrentFinite, denseFermi } from "../../tests/twins/current.ts";
import { disorderedState } from "../../tests/twins/disordered_current.ts";
import { integrateRealLine } from "../../tests/twins/quadrature.ts";
import type { SlabParameters } from "../../tests/twins/slab.ts";
import { baths } from "../current/baths.ts";
import {
  type DisorderedCurrent,
  type DisorderedCurrentParameters,
  disorderedCurrentStage,
  frequencyResponseStage,
} from "./disordered_current.ts";
import type { FrequencyResponse } from "./frequency_response.ts";

const ROUGH: SlabParameters = {
  sites: 2,
  velocity: 0.8,
  mass: 0.7,
  hopping: -0.9,
  chiralGaugeField: Float64Array.of(1.3, -0.4),
};
const BATHS = {
  fermi_level: 0.3,
  chemical_potential_slope: 0.8,
  inverse_temperature: 1.2,
  inverse_temperature_slope: 0.7,
};
const PARAMETERS: DisorderedCurrentParameters = {
  sites: 2,
  momentum: { qy: 2, qz: 2 },
  coupling: [0.6, 1],
  disorder: { scheme: "scba", strength: 0.5, normalisation: "brillouin-zone" },
  baths: BATHS,
  profile: false,
};

/** The stage as the engine runs it; the tasks that it asked for by name. */
async function run(
  slab: SlabParameters,
  sets: readonly DisorderedCurrentParameters[],
): Promise<{ currents: DisorderedCurrent[]; tasks: Set<string> }> {
  const tasks = new Set<string>();
  const answer = async ({ stage, parameters }: TaskRequest, asked: readonly Json[]): Promise<Float64Array> => {
    tasks.add(JSON.stringify(parameters));
    const made = await stage.run(parameters, [slab], () => {}) as FrequencyResponse;
    frequencyResponseStage.audit!(made, parameters as never, [slab]);
    return disorderedCurrentStage.partial(asked as never, made, () => {});
  };
  const outcomes = await refineTogether(
    disorderedCurrentStage,
    sets as unknown as Json[],
    (task, asked) => answer(task, asked as unknown as Json[]),
  );
  const currents = outcomes.map(unwrapped) as DisorderedCurrent[];
  currents.forEach((current, i) => disorderedCurrentStage.audit!(current, sets[i]));
  return { currents, tasks };
}

for (const scheme of ["fba", "scba"] as const) {
  Deno.test(`${scheme}: charge and energy are the integrals of dense matrices over the whole axis of frequencies`, async () => {
    const disorder = { scheme, strength: 0.5, normalisation: "brillouin-zone" } as const;
    const { currents: [current] } = await run(ROUGH, [{ ...PARAMETERS, disorder }]);
    const { chemicalPotential, inverseTemperature } = baths(BATHS, 2),
      coupling = Float64Array.from(PARAMETERS.coupling);
    const start = { re: new Float64Array(8), im: new Float64Array(8) };
    const dense = integrateRealLine(
      (omega) => {
        const state = disorderedState(ROUGH, PARAMETERS.momentum, coupling, { scheme, variance: 0.5 }, omega, start);
        const filled = coupling.map((_, l) => denseFermi(omega, inverseTemperature[l], chemicalPotential[l]));
        // The mean occupation of the baths, by Γ_l, drives nothing but what the grid is off by.
        const mean = (coupling[0] * filled[0] + coupling[1] * filled[1]) / (coupling[0] + coupling[1]);
        const inflow = Float64Array.from({ length: 8 }, (_, i) => coupling[i >> 2] * (filled[i >> 2] - mean));
        const value = state.current(state.lesser(inflow)) / (2 * Math.PI);
        return Float64Array.of(value, omega * value);
      },
      [-3, -1, 0, 1, 3],
      1e-7,
    );
    // 1e-3 of the integral is asked of Gauss's rule; Kronrod's comes to six digits more.
    assertAlmostEquals(current.charge, dense.value[0], 1e-8);
    assertAlmostEquals(current.energy, dense.value[1], 1e-8);
    assertGreater(Math.abs(current.charge), 3e-4);
    assertGreater(Math.abs(current.energy), 3e-4);
  });
}

Deno.test("without disorder charge, energy and each site's term are Eq. (5) by dense matrices", async () => {
  const grid = { qy: 12, qz: 3 }, disorder = { scheme: "none" } as const, coupling = [0.8, 0.8];
  const { currents } = await run(
    ROUGH,
    [false, true].map((profile) => ({
      ...PARAMETERS,
      momentum: grid,
      disorder,
      coupling,
      profile,
    })),
  );
  const { chemicalPotential, inverseTemperature } = baths(BATHS, 2);
  const dense = denseCurrentFinite(ROUGH, grid, chemicalPotential, inverseTemperature, 0.8, 1e-8, "frequency");
  for (const current of currents) {
    assertAlmostEquals(current.charge, dense.chargeCurrent, 1e-6);
    assertAlmostEquals(current.energy, dense.energyCurrent, 1e-6);
    assertLess(Math.abs(current.charge - dense.chargeCurrent), current.chargeError);
  }
  // Site by site what the grid leaves of Σ_l T_l counts, which in total it does not.
  dense.profile.forEach((value, l) => assertAlmostEquals(currents[1].chargeProfile![l], value, 2e-4));
  assertEquals(currents[0].chargeProfile, undefined);
});

Deno.test("uniform baths: no current to rounding; all chemical potentials reversed: the charge current reversed", async () => {
  const slope = { ...BATHS, chemical_potential_slope: 0, inverse_temperature_slope: 0 };
  const reversed = {
    ...BATHS,
    fermi_level: -BATHS.fermi_level,
    chemical_potential_slope: -BATHS.chemical_potential_slope,
  };
  const { currents: [uniform, there, back] } = await run(
    ROUGH,
    [slope, BATHS, reversed].map((own) => ({ ...PARAMETERS, baths: own })),
  );
  assertAlmostEquals(uniform.charge, 0, 1e-15);
  assertAlmostEquals(uniform.energy, 0, 1e-15);
  assertAlmostEquals(back.charge, -there.charge, 1e-15);
  assertAlmostEquals(back.energy, there.energy, 1e-15);
});

Deno.test("settings share the frequencies that they both look at, and do not change one another", async () => {
  const warm = { ...BATHS, inverse_temperature: 3 };
  const sets = [PARAMETERS, { ...PARAMETERS, baths: warm }];
  const both = await run(ROUGH, sets);
  const [one, other] = [await run(ROUGH, [sets[0]]), await run(ROUGH, [sets[1]])];
  assertEquals(both.currents, [...one.currents, ...other.currents]);
  assertEquals(both.tasks, one.tasks.union(other.tasks));
  assert(both.tasks.size < one.tasks.size + other.tasks.size);
  for (const task of both.tasks) assertEquals(JSON.parse(task).baths, undefined);
});

Deno.test("a grid that is no good shows in the stated error", async () => {
  const { currents } = await run(ROUGH, [6, 30].map((qy) => ({ ...PARAMETERS, momentum: { qy, qz: 6 } })));
  assertLess(Math.abs(currents[0].charge - currents[1].charge), currents[0].chargeError);
  assertLess(currents[1].chargeError, currents[0].chargeError);
});

Deno.test("responses that are not finite are not accepted, and end the integral", async () => {
  const response = { omega: 0.3, response: Float64Array.of(NaN), excess: 0 };
  const [outcome] = await refineTogether(
    disorderedCurrentStage,
    [PARAMETERS as unknown as Json],
    () => Promise.resolve(new Float64Array(12).fill(NaN)),
  );
  assertThrows(() => unwrapped(outcome), Error, "not a finite number");
  assertThrows(
    () => frequencyResponseStage.audit!(response, { omega: 0.3 } as never, [ROUGH]),
    Error,
    "response at omega = 0.3",
  );
});
