/**
 * The stages as the engine runs them: cut into tasks, fed with each other's artifacts, put together again.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { TaskRequest } from "../../pipeline/dataflow/stage.ts";
import { GreenFunction } from "./green_function.ts";
import type { Linewidths } from "./linewidth.ts";
import type { SelfEnergy } from "./self_energy.ts";
import { linewidthStage, type SpectralMap, spectralStage } from "./spectral.ts";
import { qzRule, spectralFunction, spectralLine } from "./spectral_function.ts";
import { integralTasks, linewidthTasks, selfEnergyTasks, spectralTasks } from "./tasks.ts";

const SLAB = {
  sites: 12,
  velocity: 1,
  mass: 0,
  hopping: -1,
  chiralGaugeField: Float64Array.from({ length: 12 }, (_, l) => 1.6 * (1 - l / 12)),
};
const OMEGA = [-0.4, 0, 0.3], MOMENTUM = { qy: 6, qz: 5 };

async function run(requests: readonly TaskRequest[], inputs: readonly unknown[]): Promise<unknown[]> {
  return await Promise.all(requests.map(async ({ stage, parameters }) => {
    const output = await stage.run(parameters, inputs, () => {});
    stage.audit?.(output, parameters, inputs);
    return output;
  }));
}

async function selfEnergy(scheme: "none" | "fba"): Promise<SelfEnergy> {
  const integrals = integralTasks({ scheme, omega: OMEGA, broadening: 0.05, momentum: MOMENTUM });
  const disorder = selfEnergyTasks({ strength: 0.02, normalisation: "printed" });
  return (await run(disorder, await run(integrals, [SLAB])))[0] as SelfEnergy;
}

Deno.test("a self-energy comes together from one task a frequency, and carries the slab", async () => {
  const integrals = integralTasks({ scheme: "fba", omega: OMEGA, broadening: 0.05, momentum: MOMENTUM });
  assertEquals(integrals.length, 3);
  const { omega, re, im, broadening, ...slab } = await selfEnergy("fba");
  assertEquals(slab, SLAB);
  assertEquals([[...omega], re.length, im.length, broadening], [OMEGA, 3 * 48, 3 * 48, 0.05]);
  assertThrows(
    () => integralTasks({ scheme: "fba", omega: OMEGA, broadening: 0.05, momentum: null }),
    RangeError,
    "no momentum grid",
  );
});

Deno.test("a self-consistent one reads κ frequency by frequency, and is joined as it is", async () => {
  const read = {
    omega: OMEGA,
    broadening: 0.05,
    momentum: MOMENTUM,
    strength: 0.02,
    normalisation: "printed",
  } as const;
  const integrals = integralTasks({ scheme: "scba", ...read });
  assertEquals(integrals.map(({ parameters }) => parameters), OMEGA.map((omega) => ({ ...read, omega: [omega] })));
  const parts = await run(integrals, [SLAB]) as SelfEnergy[];
  const [whole] = await run(selfEnergyTasks({ strength: 1, normalisation: "printed" }), parts) as SelfEnergy[];
  assertEquals([...whole.omega], OMEGA);
  assertEquals([...whole.im], parts.flatMap(({ im }) => [...im]));
  const first = await selfEnergy("fba");
  whole.im.forEach((value, i) => assertAlmostEquals(value, first.im[i], 0.05)); // the same physics, and not the same numbers
  assertEquals(whole.im.some((value, i) => Math.abs(value - first.im[i]) > 1e-3), true);
});

Deno.test("a spectral map does not depend on how it is cut", async () => {
  const dressed = await selfEnergy("fba"), qy = [-0.5, 0, 0.2, 0.9], rule = { integrated: 6 };
  const whole = await run(spectralTasks(12, { omega: OMEGA, qy, qz: rule }), [dressed]) as SpectralMap[];
  assertEquals(whole.length, 1);
  // As many sites as make a task of less than one row of the map.
  const cut = await run(spectralTasks(2 ** 17, { omega: OMEGA, qy, qz: rule }), [dressed]) as SpectralMap[];
  assertEquals(cut.length, 6);
  for (const part of ["omega", "qy", "intensity"] as const) {
    assertEquals(cut.flatMap((map) => [...map[part]]), [...whole[0][part]]);
  }
  const green = new GreenFunction(SLAB);
  green.dress({ re: dressed.re.subarray(48, 96), im: dressed.im.subarray(48, 96) });
  const [expected] = spectralLine(green, [0.2], qzRule(rule), { omega: 0, broadening: 0.05 });
  assertEquals([whole[0].omega[6], whole[0].qy[6], whole[0].intensity[6]], [0, 0.2, expected]);
});

Deno.test("without disorder a map is that of the bare Green function", async () => {
  const bare = await selfEnergy("none");
  const [map] = await run(spectralTasks(12, { omega: OMEGA, qy: [0.3], qz: 0.1 }), [bare]) as SpectralMap[];
  const green = new GreenFunction(SLAB);
  map.intensity.forEach((value, i) => {
    const expected = spectralFunction(green, { qy: 0.3, qz: 0.1 }, { omega: OMEGA[i], broadening: 0.05 });
    assertAlmostEquals(value, expected, 0);
  });
});

Deno.test("linewidths come in the order of the frequencies; without disorder they vanish", async () => {
  const [rows] = await run(linewidthTasks({ omega: OMEGA, qz: 0 }), [await selfEnergy("fba")]) as Linewidths[];
  assertEquals([...rows.omega], [-0.4, -0.4, 0, 0, 0.3, 0.3]);
  assertEquals(rows.width.every((width) => width > 0), true);
  const [none] = await run(linewidthTasks({ omega: OMEGA, qz: 0 }), [await selfEnergy("none")]) as Linewidths[];
  assertEquals([...none.width], [0, 0, 0, 0, 0, 0]);
  const many = linewidthTasks({ omega: Array.from({ length: 70 }, (_, i) => i), qz: 0 });
  assertEquals(many.map(({ parameters }) => (parameters as { omega: number[] }).omega.length), [32, 32, 6]);
});

Deno.test("results that cannot be are not accepted", () => {
  const one = Float64Array.of(1);
  const map = { omega: one, qy: one, intensity: Float64Array.of(-1) };
  assertThrows(() => spectralStage.audit!(map, null as never, null as never), Error, "q_y = 1: -1 is not positive");
  const rows: Linewidths = { omega: one, qy: one, state: ["fa"], width: Float64Array.of(NaN) };
  assertThrows(() => linewidthStage.audit!(rows, null as never, null as never), Error, "width of fa at omega = 1: NaN");
});
