/**
 * The compiled solver, held to what the TypeScript one is held to; and its ways out: careful paths, handing over, sharing one memory.
 *
 * @module
 */
import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { type Case, FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { assertSameModes, assertSameStates, assertSumRules } from "../../tests/twins/solver_checks.ts";
import { auditMomentumBlock, type MomentumBlock, momentumBlock } from "../diagonalize/momentum_block.ts";
import type { ChiralSolver } from "../diagonalize/solver.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { WasmSolver } from "./wasm_solver.ts";

for (const name of Object.keys(FAMILIES)) {
  const numRuns = name === "generic" ? 150 : 40;
  Deno.test(`${name}: modes are those of the dense B, states those of the complex H`, () => {
    fc.assert(
      fc.property(family(name, 1, 12), (value) => {
        assertSameModes(new WasmSolver(value.parameters), value);
        // The complex twin takes the time of four: small slabs are where all the special cases are.
        if (value.parameters.sites <= 6) assertSameStates(new WasmSolver(value.parameters), value);
      }),
      { ...REPEATABLE, numRuns },
    );
  });
}

Deno.test("L = 29, 30 and 50: modes are those of the dense B, states those of the complex H", () => {
  for (const name of ["linear A⁵", "A⁵ = 0", "q_z = 0", "λ = −v/2"]) {
    for (const sites of [29, 30]) {
      for (const value of fc.sample(family(name, sites, sites), { seed: 5, numRuns: 1 })) {
        assertSameModes(new WasmSolver(value.parameters), value);
        assertSameStates(new WasmSolver(value.parameters), value);
      }
    }
    for (const value of fc.sample(family(name, 50, 50), { seed: 6, numRuns: 2 })) {
      assertSameModes(new WasmSolver(value.parameters), value);
    }
  }
});

/** The largest difference of two blocks in what does not depend on the basis within close levels: ε, and the parts of W_n(l) summed over such levels. */
function difference(one: MomentumBlock, other: MomentumBlock, sites: number): number {
  const order = 2 * sites, scale = one.energy.reduce((most, energy) => Math.max(most, energy), 1);
  let worst = 0;
  one.qy.forEach((_, point) => {
    const sum = new Float64Array(2 * sites);
    for (let n = 0; n < order; n++) {
      const at = point * order + n;
      worst = Math.max(worst, Math.abs(one.energy[at] - other.energy[at]) / scale);
      for (let l = 0; l < sites; l++) {
        sum[l] += one.imbalance[at * sites + l] - other.imbalance[at * sites + l];
        sum[sites + l] += one.groupVelocity[at] * one.imbalance[at * sites + l] -
          other.groupVelocity[at] * other.imbalance[at * sites + l];
      }
      if (n + 1 < order && Math.abs(one.energy[at + 1] - one.energy[at]) <= 1e-4 * scale) continue;
      worst = sum.reduce((most, value) => Math.max(most, Math.abs(value)), worst);
      sum.fill(0);
    }
  });
  return worst;
}

Deno.test("the paper's slab: the block of the dense and of the TypeScript solver, every momentum by the kernel", () => {
  // 1e-11 where levels are 1e-4 apart at least: roundings of BᵀB over their distance.
  for (const sites of [50, 51, 101]) {
    const slab = paperSlab({ sites }), solver = new WasmSolver(slab);
    const qy = Array.from({ length: 9 }, (_, i) => Math.PI * (2 * i + 1) / 18), qz = qy.toReversed();
    const block = momentumBlock(slab, solver, { qy, qz });
    assertLessOrEqual(difference(block, momentumBlock(slab, new StructuredSolver(slab), { qy, qz }), sites), 1e-11);
    auditMomentumBlock(block, slab);
    assertEquals(solver.handedOver, 0);
  }
});

Deno.test("blocks hold what follows from the modes, to rounding", () => {
  fc.assert(
    fc.property(fc.oneof(...Object.keys(FAMILIES).map((name) => family(name, 1, 10))), ({ parameters, qy, qz }) => {
      const { sites } = parameters, momenta = { qy: [qy, 0.3, 0], qz: [qz, qz, 0.1] };
      const solver = new WasmSolver(parameters);
      const modesOnly: ChiralSolver = { solve: (momentum, modes) => solver.solve(momentum, modes) };
      const direct = momentumBlock(parameters, solver, momenta),
        indirect = momentumBlock(parameters, modesOnly, momenta);
      assertLessOrEqual(difference(direct, indirect, sites), 1e-13);
    }),
    { ...REPEATABLE, numRuns: 200 },
  );
});

Deno.test("a momentum's numbers depend neither on the block that it is in, nor on what was solved before", () => {
  const [{ parameters }] = fc.sample(family("linear A⁵", 8, 8), { seed: 1, numRuns: 1 }),
    other = paperSlab({ sites: 30 });
  const solver = new WasmSolver(parameters);
  const together = momentumBlock(parameters, solver, { qy: [0.1, 0, 2], qz: [0, 1, 1] });
  [[0.1, 0], [0, 1], [2, 1]].forEach(([qy, qz], point) => {
    momentumBlock(other, new WasmSolver(other), { qy: [1], qz: [qz] });
    for (const each of [solver, new WasmSolver(parameters)]) {
      const alone = momentumBlock(parameters, each, { qy: [qy], qz: [qz] });
      for (const key of ["energy", "groupVelocity", "imbalance"] as const) {
        const size = alone[key].length;
        assertEquals(together[key].slice(point * size, (point + 1) * size), alone[key]);
      }
    }
  });
});

Deno.test("two solvers that take turns within a block do not disturb each other", () => {
  const slab = paperSlab({ sites: 12 }),
    other = paperSlab({ sites: 20 }),
    momenta = { qy: [0.2, 0.7, 1.1], qz: [0.1, 0.5, 0.2] };
  const plain = momentumBlock(slab, new WasmSolver(slab), momenta), intruder = new WasmSolver(other);
  const pulse = (): void => void momentumBlock(other, intruder, { qy: [1], qz: [1] });
  assertEquals(momentumBlock(slab, new WasmSolver(slab), momenta, pulse), plain);
});

Deno.test("what the kernel does not vouch for is handed over, and counted", () => {
  // Energies near the ends of the range of numbers, and no energies at all.
  for (const scale of [1e-40, 1e40, 0]) {
    const slab: Slab = { sites: 4, velocity: scale, mass: 0, hopping: -scale, chiralGaugeField: new Float64Array(4) };
    const solver = new WasmSolver(slab), momenta = { qy: [0.4, 1], qz: [0.3, 0.3] };
    assertEquals(
      momentumBlock(slab, solver, momenta),
      momentumBlock(slab, new StructuredSolver(slab), momenta),
    );
    assertEquals(solver.handedOver, 2);
  }
});

Deno.test("of random slabs few momenta are handed over", () => {
  let handedOver = 0, all = 0;
  for (const name of ["generic", "linear A⁵", "constant A⁵", "A⁵ = 0", "m = 0", "q_y = 0", "q_z = 0", "λ = v/2"]) {
    for (const { parameters, qy, qz } of fc.sample(family(name, 2, 40), { seed: 11, numRuns: 40 }) as Case[]) {
      const solver = new WasmSolver(parameters);
      momentumBlock(parameters, solver, { qy: [qy], qz: [qz] });
      handedOver += solver.handedOver;
      all++;
    }
  }
  assert(handedOver <= 0.02 * all, `${handedOver} of ${all}`);
});

Deno.test("L = 101, 200, 400, 401: no NaN, norms, completeness and Σσ² = ‖B‖²", () => {
  const shapes: { [name: string]: (l: number, sites: number) => number } = {
    linear: (l, sites) => 1.6 * (1 - l / sites),
    constant: () => 0.7,
    none: () => 0,
    rough: (l) => 2 * Math.sin(37 * l * l),
  };
  for (const sites of [101, 200, 400, 401]) {
    for (const name of Object.keys(shapes)) {
      const slab = {
        sites,
        velocity: 1,
        mass: 0.1,
        hopping: -1,
        chiralGaugeField: Float64Array.from({ length: sites }, (_, l) => shapes[name](l, sites)),
      };
      for (const momentum of [{ qy: 0.8, qz: 0 }, { qy: 0, qz: 1 }, { qy: 2.9, qz: 3.1 }, { qy: 0, qz: 0 }]) {
        assertSumRules(new WasmSolver(slab), slab, momentum);
      }
    }
  }
});
