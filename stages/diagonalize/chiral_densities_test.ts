import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { slab } from "../hamiltonian/hamiltonian.ts";
import { branchNames, chiralDensities } from "./chiral_densities.ts";
import { StructuredSolver } from "./structured_solver.ts";

function paperSlab(profile: "linear" | "constant", hopping = -1) {
  return slab({ sites: 50, velocity: 1, mass: 0, hopping, gauge_field: { profile, amplitude: 1.6, cutoff: 50 } });
}

function meanPosition(density: Float64Array): number {
  return density.reduce((sum, value, l) => sum + l * value, 0);
}

Deno.test("at q_y = 0.8 the Fermi arc sits at the surface and the chiral Landau level in the bulk, Fig. 2(c)", () => {
  const paper = paperSlab("linear");
  const { branch, energy, density } = chiralDensities(paper, new StructuredSolver(paper), { qy: [0.8], qz: [0] });
  assertEquals(branch, ["cll", "fa"]);
  assertAlmostEquals(energy[0], -Math.sin(0.8), 1e-12);
  assertAlmostEquals(energy[1], Math.sin(0.8), 1e-12);
  assertAlmostEquals(meanPosition(density.subarray(0, 50)), 30.5417, 1e-4);
  assertAlmostEquals(meanPosition(density.subarray(50)), 0.4228, 1e-4);
});

Deno.test("densities add up to one", () => {
  const paper = paperSlab("linear");
  const { density } = chiralDensities(paper, new StructuredSolver(paper), { qy: [0.3, -2], qz: [0.7, 3] });
  for (let state = 0; state < 4; state++) {
    assertAlmostEquals(density.subarray(50 * state, 50 * state + 50).reduce((sum, value) => sum + value, 0), 1, 1e-12);
  }
});

Deno.test("a constant field has a Fermi arc at either end, Fig. 2(a)", () => {
  const constant = paperSlab("constant");
  const { branch, density } = chiralDensities(constant, new StructuredSolver(constant), { qy: [0.8], qz: [0] });
  assertEquals(branch, ["fa", "fa"]);
  const positions = [meanPosition(density.subarray(0, 50)), meanPosition(density.subarray(50))];
  assert(Math.min(...positions) < 1 && Math.max(...positions) > 48, `mean positions ${positions}`);
});

Deno.test("the names follow the states when lambda changes its sign", () => {
  const reversed = paperSlab("linear", 1);
  const { branch, density } = chiralDensities(reversed, new StructuredSolver(reversed), { qy: [0.8], qz: [0] });
  assertEquals(new Set(branch).size, 2);
  const arc = branch.indexOf("fa");
  assert(meanPosition(density.subarray(50 * arc, 50 * arc + 50)) < 2);
});

Deno.test("on the line q_y = 0, where the energies avoid each other, the two states keep different names", () => {
  const paper = paperSlab("linear");
  const { branch } = chiralDensities(paper, new StructuredSolver(paper), { qy: [0, 1e-9, -1e-9], qz: [0.9, 0.9, 0.9] });
  assertEquals(branch, ["cll", "fa", "cll", "fa", "fa", "cll"]);
});

Deno.test("the deeper state is the chiral Landau level", () => {
  assertEquals(branchNames(20, 1), ["cll", "fa"]);
  assertEquals(branchNames(1, 20), ["fa", "cll"]);
  assertEquals(branchNames(3, 3), ["fa", "fa"]);
});
