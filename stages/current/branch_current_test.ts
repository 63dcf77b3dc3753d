/**
 * The current by branch against the same sum state by state over the whole zone, against the whole current, and against the mechanism of Eq. (7).
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { runCurrent } from "../../tests/twins/run_current.ts";
import { numberWithin, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { type BranchBlock, branchBlock } from "../diagonalize/branch_block.ts";
import { modeClasses } from "../diagonalize/branch_modes.ts";
import { branchNames } from "../diagonalize/chiral_densities.ts";
import { chiralModes, eigenstates } from "../diagonalize/chiral_modes.ts";
import { blockMomenta, gridBlocks } from "../diagonalize/grid_blocks.ts";
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { type BathParameters, baths } from "./baths.ts";
import { contractBranches } from "./branch_contraction.ts";
import { type BranchCurrent, branchCurrentStage } from "./branch_current.ts";

const STATED: BathParameters = {
  fermi_level: 0,
  chemical_potential_slope: 0,
  inverse_temperature: 1,
  inverse_temperature_slope: 0,
};

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

function blocksOf(parameters: Slab, grid: MomentumGrid): BranchBlock[] {
  const solver = new StructuredSolver(parameters);
  return gridBlocks(grid, parameters.sites).map((block) => branchBlock(parameters, solver, blockMomenta(grid, block)));
}

/** The stage run by hand, audited. */
function run(
  { sites }: Slab,
  grid: MomentumGrid,
  stated: readonly BathParameters[],
  blocks: readonly BranchBlock[],
): BranchCurrent[] {
  const sets = stated.map((bath) => ({ sites, momentum: grid, baths: bath }));
  const shares = blocks.map((block, index) => branchCurrentStage.partial(sets, block, index, () => {}));
  const total = shares.reduce((sum, share) => branchCurrentStage.combine(sum, share));
  const currents = [...branchCurrentStage.finish(sets, total)];
  currents.forEach((current, set) => branchCurrentStage.audit?.(current, sets[set]));
  return currents;
}

/** The definition read aloud: every state of the whole zone on its own, f − ½, into the class of its mode. */
function stateByState(parameters: Slab, grid: MomentumGrid, stated: BathParameters): number[] {
  const { sites } = parameters, order = 2 * sites, charge = [0, 0, 0, 0];
  const { chemicalPotential: mu, inverseTemperature: beta } = baths(stated, sites);
  const axis = (count: number): number[] =>
    Array.from({ length: count }, (_, k) => 2 * Math.PI * (k + 0.5) / count - Math.PI);
  const modes = chiralModes(sites), solver = new StructuredSolver(parameters);
  for (const qy of axis(grid.qy)) {
    for (const qz of axis(grid.qz)) {
      solver.solve({ qy, qz }, modes);
      const { chiral, landau } = modeClasses(parameters, { qy, qz }, modes.singularValue);
      const { energy, current, density } = eigenstates(parameters, { qy, qz }, modes);
      const depth = (state: number): number => {
        let sum = 0;
        for (let l = 0; l < sites; l++) sum += Math.min(l, sites - 1 - l) * density[state * sites + l];
        return sum;
      };
      const names = branchNames(depth(order - 1), depth(order));
      for (let state = 0; state < 2 * order; state++) {
        const mode = state < order ? order - 1 - state : state - order;
        const branch = mode === 0 && chiral
          ? (names[state - order + 1] === "fa" ? 0 : 1)
          : mode >= 1 && mode <= landau
          ? 2
          : 3;
        for (let l = 0; l < sites; l++) {
          const occupation = -Math.tanh(beta[l] * (energy[state] - mu[l]) / 2) / 2; // f − ½
          charge[branch] += current[state] * density[state * sites + l] * occupation / (grid.qy * grid.qz);
        }
      }
    }
  }
  return charge;
}

Deno.test("all four parts are those of the definition, state by state over the whole zone, with gradients and cold", () => {
  const parameters = paperSlab({ sites: 24 }), grid = { qy: 12, qz: 11 };
  const settings = [
    { ...STATED, fermi_level: 0.3, chemical_potential_slope: 0.02 },
    { ...STATED, fermi_level: -0.2, inverse_temperature: 2, inverse_temperature_slope: 3 },
    { ...STATED, fermi_level: 0.4, chemical_potential_slope: 0.01, inverse_temperature: 200 },
  ];
  const currents = run(parameters, grid, settings, blocksOf(parameters, grid));
  currents.forEach(({ charge }, set) => {
    const expected = stateByState(parameters, grid, settings[set]);
    charge.forEach((value, branch) => {
      assertAlmostEquals(value, expected[branch], 1e-11);
      assertGreater(Math.abs(value), 1e-7); // none of them is there for show
    });
  });
});

Deno.test("the parts add up to the whole current", () => {
  const grids = fc.record({ qy: fc.integer({ min: 1, max: 9 }), qz: fc.integer({ min: 1, max: 7 }) });
  const stated = fc.record({
    fermi_level: numberWithin(2),
    chemical_potential_slope: numberWithin(0.5),
    inverse_temperature: numberWithin(1).map((x) => 4 ** x),
    inverse_temperature_slope: fc.oneof(fc.constant(0), numberWithin(1).map((x) => 2 * Math.abs(x))),
  });
  fc.assert(
    fc.property(slab(1, 10), grids, stated, (parameters, grid, set) => {
      const [{ charge, magnitude }] = run(parameters, grid, [set], blocksOf(parameters, grid));
      assertAlmostEquals(total(charge), runCurrent(parameters, grid, [set])[0].charge, 1e-12 * magnitude + 1e-300);
    }),
    { ...REPEATABLE, numRuns: 150 },
  );
  const parameters = paperSlab(), grid = { qy: 24, qz: 24 }, set = { ...STATED, chemical_potential_slope: 0.01 };
  const [{ charge, magnitude }] = run(parameters, grid, [set], blocksOf(parameters, grid));
  assertAlmostEquals(total(charge), 0.005132775073, 1e-12);
  assertAlmostEquals(total(charge), runCurrent(parameters, grid, [set])[0].charge, 1e-12 * magnitude);
});

Deno.test("in equilibrium the Fermi arc and the chiral Landau level carry opposite currents, and nothing else carries any", () => {
  const parameters = paperSlab(), grid = { qy: 12, qz: 12 }, levels = [-0.4, -0.1, 0, 0.1, 0.4];
  const currents = run(
    parameters,
    grid,
    levels.map((fermi_level) => ({ ...STATED, fermi_level })),
    blocksOf(parameters, grid),
  );
  currents.forEach(({ charge: [fa, cll, landau, other], magnitude }, i) => {
    assertLess(Math.abs(fa + cll), 1e-14 * magnitude);
    assertLess(Math.abs(landau) + Math.abs(other), 1e-14 * magnitude);
    // Eq. (7): −μ tanh(βvΛ/2) A⁵/2π² of the arc, the opposite of the level.
    assertEquals(Math.sign(fa), -Math.sign(levels[i]) + 0);
    if (levels[i] !== 0) assert(Math.abs(fa) > 1e-3 && Math.sign(cll) === Math.sign(levels[i]));
  });
  assertAlmostEquals(currents[4].charge[0] / currents[3].charge[0], 4, 0.2); // odd, and linear while βμ is small
  assertEquals(currents[1].charge, currents[3].charge.map((value) => -value));
});

Deno.test("driven by a gradient, the arc follows the chemical potential of the surface and the level the mean one: Eq. (7)", () => {
  const parameters = paperSlab(), grid = { qy: 24, qz: 24 }, slope = 0.01, surface = -slope * 24.5;
  const [unit, neutral, compensated] = run(parameters, grid, [
    { ...STATED, fermi_level: 0.1 },
    { ...STATED, chemical_potential_slope: slope },
    { ...STATED, chemical_potential_slope: slope, fermi_level: -surface },
  ], blocksOf(parameters, grid)).map(({ charge }) => charge);
  const response = unit[1] / 0.1; // A⁵/2π² tanh(βvΛ/2)
  assertAlmostEquals(response / (1.6 / (2 * Math.PI ** 2) * Math.tanh(0.53 / 2)), 1, 0.15); // Λ = 0.53 fits the whole
  // At μ_F = 0 the level is half filled and the arc carries all, 6 % excepted, which the Landau levels take back.
  assertAlmostEquals(neutral[0] / (-surface * response), 1, 0.06);
  assertLess(Math.abs(neutral[1]), 0.03 * neutral[0]);
  assertLess(Math.abs(neutral[2]) + Math.abs(neutral[3]), 0.08 * neutral[0]);
  // With μ = 0 at the surface, the level carries it.
  assertAlmostEquals(compensated[1] / (-surface * response), 1, 0.06);
  assertLess(Math.abs(compensated[0]), 0.05 * compensated[1]);
});

Deno.test("±q_z carry the same, part by part", () => {
  const parameters = paperSlab({ sites: 24 }), solver = new StructuredSolver(parameters);
  const setting = baths({ ...STATED, fermi_level: 0.3, chemical_potential_slope: 0.02 }, 24),
    weight = Float64Array.of(1);
  for (const [qy, qz] of [[0.3, 0.4], [0.9, 0.7], [1.5, 2]]) {
    const [there, back] = [qz, -qz].map((z) =>
      contractBranches(branchBlock(parameters, solver, { qy: [qy], qz: [z] }), [setting], weight).charge
    );
    there.forEach((value, branch) => assertAlmostEquals(value, back[branch], 1e-11));
    assertGreater(Math.abs(there[3]), 0);
  }
});

Deno.test("one parameter set's parts do not depend on the sets asked for with it, bit by bit", () => {
  const parameters = paperSlab({ sites: 12 }), grid = { qy: 8, qz: 6 }, blocks = blocksOf(parameters, grid);
  const sets = [0.2, -0.7, 1].flatMap((fermi_level) => [
    { ...STATED, fermi_level, chemical_potential_slope: 0.03 },
    { ...STATED, fermi_level, inverse_temperature_slope: 2 },
    { ...STATED, fermi_level, inverse_temperature: 400 },
  ]);
  const together = run(parameters, grid, sets, blocks);
  sets.forEach((set, index) => assertEquals(run(parameters, grid, [set], blocks)[0], together[index]));
});

Deno.test("the audit refuses what no occupation gives, and what is not a number", () => {
  const set = { sites: 4, momentum: { qy: 2, qz: 2 }, baths: STATED };
  const refused = (charge: number[], message: string): void => {
    assertThrows(() => branchCurrentStage.audit?.({ charge, magnitude: 1 }, set), Error, message);
  };
  branchCurrentStage.audit?.({ charge: [1, -1, 0, 0], magnitude: 1 }, set);
  refused([0, 1.001, 0, 0], "the branch cll: it is 1.001");
  refused([0, 0, NaN, 0], "the branch landau: it is NaN");
});
