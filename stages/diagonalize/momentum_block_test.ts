/**
 * What is recorded of the modes, and that the audit lets through what is right and nothing else.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Case, FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { chiralModes, eigenstates } from "./chiral_modes.ts";
import { auditMomentumBlock, type MomentumBlock, momentumBlock } from "./momentum_block.ts";
import { StructuredSolver } from "./structured_solver.ts";

const anyCase = (): fc.Arbitrary<Case> => fc.oneof(...Object.keys(FAMILIES).map((name) => family(name, 1, 10)));

function blockOf({ parameters, qy, qz }: Case): MomentumBlock {
  return momentumBlock(parameters, new StructuredSolver(parameters), { qy: [qy, 0.3, 0], qz: [qz, qz, 0.1] });
}

Deno.test("energies, slopes and imbalances are those of the eigenstates at +ε and of the modes", () => {
  fc.assert(
    fc.property(anyCase(), (value) => {
      const block = blockOf(value), { parameters } = value, { sites } = parameters, order = 2 * sites;
      const modes = chiralModes(sites), solver = new StructuredSolver(parameters);
      [...block.qy].forEach((qy, point) => {
        const momentum = { qy, qz: block.qz[point] };
        solver.solve(momentum, modes);
        const states = eigenstates(parameters, momentum, modes);
        assertEquals(block.drift[point], parameters.velocity * Math.sin(qy));
        for (let n = 0; n < order; n++) {
          const at = point * order + n;
          assertEquals(block.energy[at], states.energy[order + n]);
          assertEquals(block.groupVelocity[at], -states.current[order + n]);
          for (let l = 0; l < sites; l++) {
            assertEquals(
              block.imbalance[at * sites + l],
              modes.leftDensity[n * sites + l] - modes.rightDensity[n * sites + l],
            );
          }
        }
      });
    }),
    { ...REPEATABLE, numRuns: 100 },
  );
});

Deno.test("a momentum's numbers do not depend on the block that it is in", () => {
  const [{ parameters }] = fc.sample(family("A⁵ = 0", 8, 8), { seed: 1, numRuns: 1 });
  const solver = new StructuredSolver(parameters);
  const together = momentumBlock(parameters, solver, { qy: [0.1, 0, 2], qz: [0, 1, 1] });
  [[0.1, 0], [0, 1], [2, 1]].forEach(([qy, qz], point) => {
    const alone = momentumBlock(parameters, new StructuredSolver(parameters), { qy: [qy], qz: [qz] });
    for (const key of ["energy", "groupVelocity", "imbalance"] as const) {
      const size = alone[key].length;
      assertEquals(together[key].slice(point * size, (point + 1) * size), alone[key]);
    }
  });
});

Deno.test("the audit accepts blocks of every kind of slab", () => {
  fc.assert(
    fc.property(anyCase(), (value) => auditMomentumBlock(blockOf(value), value.parameters)),
    { ...REPEATABLE, numRuns: 200 },
  );
});

Deno.test("the audit refuses a block in which one number is wrong, wherever it stands", () => {
  const [value] = fc.sample(family("linear A⁵", 6, 6), { seed: 3, numRuns: 1 });
  const good = blockOf(value);
  auditMomentumBlock(good, value.parameters);
  const tampered = (
    key: "energy" | "imbalance" | "groupVelocity",
    at: number,
    wrong: (x: number) => number,
  ): MomentumBlock => {
    const values = good[key].slice();
    values[at] = wrong(values[at]);
    return { ...good, [key]: values };
  };
  for (const at of [0, 17, good.energy.length - 1]) {
    for (const wrong of [(x: number): number => x * (1 + 1e-6) + 1e-3, (): number => NaN, (): number => Infinity]) {
      assertThrows(() => auditMomentumBlock(tampered("energy", at, wrong), value.parameters), Error, "Cannot accept");
    }
    assertThrows(
      () => auditMomentumBlock(tampered("groupVelocity", at, () => NaN), value.parameters),
      Error,
      "Cannot accept",
    );
  }
  for (const at of [0, 40, good.imbalance.length - 1]) {
    for (const wrong of [(x: number): number => x + 1e-8, (): number => NaN, (): number => -Infinity]) {
      assertThrows(() => auditMomentumBlock(tampered("imbalance", at, wrong), value.parameters), Error, "mode");
    }
  }
});

Deno.test("the audit refuses the block of another slab", () => {
  const [value] = fc.sample(family("generic", 6, 6), { seed: 4, numRuns: 1 });
  const block = blockOf(value), other = { ...value.parameters, mass: value.parameters.mass + 1e-4 };
  assertThrows(() => auditMomentumBlock(block, other), Error, "add up to");
});

Deno.test("work can be stopped between momenta", () => {
  const [{ parameters }] = fc.sample(family("generic", 4, 4), { seed: 5, numRuns: 1 });
  let calls = 0;
  const stop = (): void => {
    if (++calls === 2) throw new Error("stopped");
  };
  const momenta = { qy: [0, 1, 2], qz: [0, 0, 0] };
  assertThrows(() => momentumBlock(parameters, new StructuredSolver(parameters), momenta, stop), Error, "stopped");
  assertEquals(calls, 2);
  assertAlmostEquals(momentumBlock(parameters, new StructuredSolver(parameters), momenta).qy[2], 2);
});
