/**
 * The structured solver against a dense decomposition of B, and against the complex Hamiltonian that B was distilled from; both where levels are simple and
 * where they meet.
 *
 * @module
 */
import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import fc from "fast-check";
import { denseEigenstates } from "../../tests/twins/eigenstates.ts";
import { FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { assertSameModes, assertSameStates, assertSumRules, modesOf } from "../../tests/twins/solver_checks.ts";
import { eigenstates } from "./chiral_modes.ts";
import { StructuredSolver } from "./structured_solver.ts";

for (const name of Object.keys(FAMILIES)) {
  const numRuns = name === "generic" ? 150 : 40;
  Deno.test(`${name}: modes are those of the dense B, states those of the complex H`, () => {
    fc.assert(
      fc.property(family(name, 1, 12), (value) => {
        assertSameModes(new StructuredSolver(value.parameters), value);
        // The complex twin takes the time of four: small slabs are where all the special cases are.
        if (value.parameters.sites <= 6) assertSameStates(new StructuredSolver(value.parameters), value);
      }),
      { ...REPEATABLE, numRuns },
    );
  });
}

Deno.test("L = 30 and 50: modes are those of the dense B, states those of the complex H", () => {
  for (const name of ["linear A⁵", "A⁵ = 0", "q_z = 0"]) {
    for (const value of fc.sample(family(name, 30, 30), { seed: 5, numRuns: 2 })) {
      assertSameModes(new StructuredSolver(value.parameters), value);
      assertSameStates(new StructuredSolver(value.parameters), value);
    }
    for (const value of fc.sample(family(name, 50, 50), { seed: 6, numRuns: 2 })) {
      assertSameModes(new StructuredSolver(value.parameters), value);
    }
  }
});

Deno.test("two levels at zero energy that cross at q_y = 0 are taken apart by J_y", () => {
  // The slab of the twin's own test of the limit Γ → 0: at this mass, found by bisection, B(0, 1) is singular.
  const parameters = {
    sites: 3,
    velocity: 0.9,
    mass: 2.2618781021865573,
    hopping: -0.7,
    chiralGaugeField: Float64Array.of(1.3, -0.4, 0.6),
  };
  assertSameStates(new StructuredSolver(parameters), { parameters, qy: 0, qz: 1 });
  const states = eigenstates(
    parameters,
    { qy: 0, qz: 1 },
    modesOf(new StructuredSolver(parameters), 3, { qy: 0, qz: 1 }),
  );
  assertAlmostEquals(states.current[5], 0.9, 1e-12);
  assertAlmostEquals(states.current[6], -0.9, 1e-12);
  assertAlmostEquals(states.chirality[5], 1, 1e-12);
});

Deno.test("two levels whose σ both vanish next to the largest stay apart, though their σ² do not", () => {
  const qz = 1e-5;
  const parameters = {
    sites: 2,
    velocity: 1,
    hopping: 0.5,
    mass: 2e-5 - 3 + 1 + Math.cos(qz),
    chiralGaugeField: Float64Array.of(1e-5, 0.7),
  };
  for (const qy of [0, 1e-5]) {
    const modes = modesOf(new StructuredSolver(parameters), 2, { qy, qz });
    assertLess(modes.singularValue[1] ** 2, 1e-9 * modes.singularValue[3] ** 2);
    const states = eigenstates(parameters, { qy, qz }, modes), expected = denseEigenstates(parameters, qy, qz, 1e-9);
    assertGreater(expected.energy[5] - expected.energy[4], 1e-5);
    // Two levels 1e-5 apart: their vectors are known to 1e-16/1e-5.
    expected.density.forEach((p, k) => assertAlmostEquals(states.density[k], p, 1e-10));
    expected.current.forEach((j, k) => assertAlmostEquals(states.current[k], j, 1e-9));
  }
});

Deno.test("without field at M(q) = 0 no vector is lost to the rounding that couples four equal chains", () => {
  fc.assert(
    fc.property(family("q_y = 0, M = 0 and A⁵ = 0", 2, 6), ({ parameters, qy, qz }) => {
      assertSumRules(new StructuredSolver(parameters), parameters, { qy, qz });
    }),
    { ...REPEATABLE, numRuns: 2000 },
  );
});

Deno.test("L = 101, 200, 400: no NaN, norms, completeness and Σσ² = ‖B‖²", () => {
  const shapes: { [name: string]: (l: number, sites: number) => number } = {
    linear: (l, sites) => 1.6 * (1 - l / sites),
    constant: () => 0.7,
    none: () => 0,
    rough: (l) => 2 * Math.sin(37 * l * l),
  };
  for (const sites of [101, 200, 400]) {
    const names = sites === 400 ? ["linear", "none"] : Object.keys(shapes);
    for (const name of names) {
      const slab = {
        sites,
        velocity: 1,
        mass: 0.1,
        hopping: -1,
        chiralGaugeField: Float64Array.from({ length: sites }, (_, l) => shapes[name](l, sites)),
      };
      for (const momentum of [{ qy: 0.8, qz: 0 }, { qy: 0, qz: 1 }, { qy: 2.9, qz: 3.1 }, { qy: 0, qz: 0 }]) {
        assertSumRules(new StructuredSolver(slab), slab, momentum);
      }
    }
  }
});

Deno.test("sites that are cut off from one another, a hundred of them: one level of 200 states", () => {
  const slab = { sites: 100, velocity: 0, mass: 0, hopping: 0, chiralGaugeField: new Float64Array(100).fill(0.7) };
  assertSumRules(new StructuredSolver(slab), slab, { qy: 1.3, qz: 1.1 });
});
