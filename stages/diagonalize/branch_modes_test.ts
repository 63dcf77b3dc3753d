/**
 * The definition of the branches against what it claims of the paper's slab: where the chiral states are, and which levels are Landau's.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { slab as makeSlab } from "../hamiltonian/hamiltonian.ts";
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { closedOrbitBound, modeClasses } from "./branch_modes.ts";
import { type ChiralModes, chiralModes } from "./chiral_modes.ts";
import { foldedAxis } from "./midpoint_grid.ts";
import { StructuredSolver } from "./structured_solver.ts";

function slabOf(profile: "linear" | "constant", amplitude = 1.6, cutoff = 50, hopping = -1): Slab {
  return makeSlab({ sites: 50, velocity: 1, mass: 0, hopping, gauge_field: { profile, amplitude, cutoff } });
}

function modesAt(slab: Slab, momentum: Momentum): ChiralModes {
  const modes = chiralModes(slab.sites);
  new StructuredSolver(slab).solve(momentum, modes);
  return modes;
}

function classesAt(slab: Slab, momentum: Momentum): { chiral: boolean; landau: number } {
  return modeClasses(slab, momentum, modesAt(slab, momentum).singularValue);
}

/** m(0) at λ = −1 and m = 0. */
function localMass({ qy, qz }: Momentum): number {
  return Math.hypot(4 - 2 * Math.cos(qy) - 2 * Math.cos(qz), Math.sin(qz));
}

Deno.test("the paper's slab: the chiral state sits where A⁵ = m(0), and is there as long as that is two sites within the slab", () => {
  const slab = slabOf("linear");
  let within = 0, beyond = 0;
  for (const qy of foldedAxis(24)) {
    for (const qz of foldedAxis(24)) {
      const centre = 50 * (1 - localMass({ qy, qz }) / 1.6), modes = modesAt(slab, { qy, qz });
      const { chiral } = modeClasses(slab, { qy, qz }, modes.singularValue);
      if (centre > 2.5) within++;
      if (centre < 0) beyond++;
      assert(chiral ? centre > 0 : centre < 2.5, `x_c = ${centre} at q_y = ${qy}, q_z = ${qz}`);
      if (!chiral || centre < 10 || centre > 45) continue;
      // u is the Fermi arc, v the chiral Landau level, at λ < 0 and A⁵ > 0.
      let arc = 0, level = 0;
      for (let l = 0; l < 50; l++) {
        arc += l * modes.leftDensity[l];
        level += l * modes.rightDensity[l];
      }
      assertLess(arc, 2);
      assertAlmostEquals(level, centre, 1);
    }
  }
  assertGreater(Math.min(within, beyond), 10);
});

Deno.test("the paper's slab: Landau levels are at E_n² = 2 B⁵ v n to 10 %, and levels beyond the bound are not", () => {
  const slab = slabOf("linear");
  let found = 0, astray = 0;
  for (const qy of foldedAxis(24)) {
    for (const qz of foldedAxis(24)) {
      const { singularValue } = modesAt(slab, { qy, qz }), bound = closedOrbitBound(slab, { qy, qz });
      const { chiral, landau } = modeClasses(slab, { qy, qz }, singularValue);
      if (!chiral) assertEquals(landau, 0);
      for (let n = 1; n <= landau; n++) {
        const ratio = singularValue[n] ** 2 / (2 * 1.6 / 50 * n);
        assertLess(singularValue[n], bound);
        if (singularValue[n] < 0.9 * bound) {
          found++;
          assertAlmostEquals(ratio, 1, 0.1, `level ${n} at q_y = ${qy}, q_z = ${qz}`);
        }
      }
      for (let n = landau + 1; chiral && n < 10; n++) {
        if (Math.abs(singularValue[n] ** 2 / (2 * 1.6 / 50 * n) - 1) > 0.1) astray++;
      }
    }
  }
  assertGreater(found, 30);
  assertGreater(astray, 50);
});

Deno.test("a field that ends within the slab keeps its Landau levels below the energies of the region beyond", () => {
  const slab = slabOf("linear", 1.6, 30), momentum = { qy: 0.3, qz: 0.6 }, { singularValue } = modesAt(slab, momentum);
  const { chiral, landau } = modeClasses(slab, momentum, singularValue);
  assert(chiral && landau > 1, `${landau} levels`);
  assertAlmostEquals(closedOrbitBound(slab, momentum), localMass(momentum), 1e-12);
  assertAlmostEquals(singularValue[1] ** 2 / (2 * 1.6 / 30), 1, 0.03);
});

Deno.test("a constant field has chiral states and no Landau levels", () => {
  const slab = slabOf("constant");
  for (const momentum of [{ qy: 0.1, qz: 0.1 }, { qy: 0.4, qz: 0.6 }, { qy: 0.8, qz: 0.01 }]) {
    assertEquals(classesAt(slab, momentum), { chiral: true, landau: 0 });
  }
  assertEquals(classesAt(slab, { qy: 0.1, qz: 1.4 }), { chiral: false, landau: 0 });
});

Deno.test("without field nothing is chiral, though the lowest level is far below the next", () => {
  const slab = slabOf("constant", 0), momentum = { qy: 0.01, qz: 0.01 }, { singularValue } = modesAt(slab, momentum);
  // Modes of a slab without mass come in pairs.
  assertLess(singularValue[0], 0.5 * singularValue[2]);
  assertEquals(modeClasses(slab, momentum, singularValue), { chiral: false, landau: 0 });
  // Not even if they did not.
  assertEquals(modeClasses(slab, momentum, Float64Array.of(0, 1, 2)), { chiral: false, landau: 0 });
});

Deno.test("classes are the same at ±q_y, ±q_z and for fields and hoppings of either sign", () => {
  const expected = { chiral: true, landau: 4 }, momentum = { qy: 0.8, qz: 0.6 };
  const { landau } = classesAt(slabOf("linear"), momentum);
  assertGreater(landau, 1);
  for (const [field, hopping] of [[1.6, -1], [-1.6, -1], [1.6, 1], [-1.6, 1]]) {
    for (const [y, z] of [[1, 1], [-1, 1], [1, -1], [-1, -1]]) {
      const at = { qy: y * momentum.qy, qz: z * momentum.qz };
      assertEquals(classesAt(slabOf("linear", field, 50, hopping), at), { ...expected, landau });
    }
  }
});
