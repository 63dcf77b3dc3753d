/**
 * Blocks for the branches against the blocks of the whole current and the states of H one by one.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { momentum, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { branchBlock, branchStage } from "./branch_block.ts";
import { chiralDensities } from "./chiral_densities.ts";
import { momentumBlock } from "./momentum_block.ts";
import { StructuredSolver } from "./structured_solver.ts";

Deno.test("a branch block holds the bits of the plain block, and is accepted by its audit", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), (parameters, qy, qz) => {
      const momenta = { qy: [qy, 0, -qy], qz: [qz, qz, qz] }, solver = new StructuredSolver(parameters);
      const block = branchBlock(parameters, solver, momenta);
      for (const [name, values] of Object.entries(momentumBlock(parameters, solver, momenta))) {
        assertEquals(block[name as keyof typeof block], values);
      }
      branchStage.audit?.(block, { ...momenta, kernel: "typescript" }, [parameters]);
    }),
    REPEATABLE,
  );
});

Deno.test("the densities and names are those of the states at ±ε, at +q_y and the other way round at −q_y", () => {
  const parameters = paperSlab({ sites: 24 }), { sites } = parameters, solver = new StructuredSolver(parameters);
  const momenta = { qy: [0.3, 0.8, 1.1, -0.3, -0.8, -1.1], qz: [0.1, 0, 0.7, 0.1, 0, 0.7] };
  const block = branchBlock(parameters, solver, { qy: momenta.qy.slice(0, 3), qz: momenta.qz.slice(0, 3) });
  const states = chiralDensities(parameters, solver, momenta);
  for (let point = 0; point < 3; point++) {
    for (const upper of [0, 1]) {
      for (const [at, state] of [[point, 1 - upper], [point + 3, upper]]) {
        const expected = states.density.subarray((2 * at + upper) * sites, (2 * at + upper + 1) * sites);
        const actual = block.density.subarray((2 * point + state) * sites, (2 * point + state + 1) * sites);
        expected.forEach((value, l) => assertAlmostEquals(actual[l], value, 1e-12));
        assertEquals(block.branch[2 * point + state], states.branch[2 * at + upper]);
      }
    }
  }
  assertEquals(block.branch.slice(0, 2), ["fa", "cll"]);
});

Deno.test("the audit refuses a density that is not normalized, and a damaged block", () => {
  const parameters = paperSlab({ sites: 6 }), momenta = { qy: [0.3, 0.8], qz: [0.1, 0.1] };
  const block = branchBlock(parameters, new StructuredSolver(parameters), momenta);
  const refused = (changes: Partial<typeof block>, message: string): void => {
    assertThrows(
      () => branchStage.audit?.({ ...block, ...changes }, { ...momenta, kernel: "typescript" }, [parameters]),
      Error,
      message,
    );
  };
  refused({ density: block.density.with(13, block.density[13] + 1e-6) }, "at q_y = 0.8, q_z = 0.1: the density of a");
  refused({ density: block.density.with(0, NaN) }, "at q_y = 0.3, q_z = 0.1: the density of a chiral state adds up to");
  refused({ energy: block.energy.with(3, 2) }, "the energies squared add up to");
});
