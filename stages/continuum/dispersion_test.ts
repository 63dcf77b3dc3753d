import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bandList } from "../diagonalize/bands.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import { slab } from "../hamiltonian/hamiltonian.ts";
import { type ContinuumLines, continuumLines } from "./dispersion.ts";
import type { ContinuumField } from "./weyl_cone.ts";

const linear: ContinuumField = { profile: "linear", amplitude: 1.6, cutoff: 50 };

function rows({ branch, level, qy, energy }: ContinuumLines): [string, number, number, number][] {
  return branch.map((name, i) => [name, level[i], qy[i], energy[i]]);
}

Deno.test("the lines of Fig. 1(b): two chiral ones, then the Landau levels in pairs", () => {
  const E = (n: number): number => Math.sqrt(2 * 0.032 * n + 0.09);
  const expected: [string, number, number, number][] = [
    ["fa", 0, 0.3, 0.3],
    ["cll", 0, 0.3, -0.3],
    ["landau", -1, 0.3, -E(1)],
    ["landau", 1, 0.3, E(1)],
    ["landau", -2, 0.3, -E(2)],
    ["landau", 2, 0.3, E(2)],
  ];
  const found = rows(continuumLines({ velocity: 1, gaugeField: linear }, [0.3], 2));
  assertEquals(
    found.map(([name, level, qy]) => [name, level, qy]),
    expected.map(([name, level, qy]) => [name, level, qy]),
  );
  found.forEach(([, , , energy], i) => assertAlmostEquals(energy, expected[i][3], 1e-15));
});

Deno.test("lines come one after the other, each over all q_y; no levels are none", () => {
  const lines = continuumLines({ velocity: 2, gaugeField: linear }, [-1, 0, 1], 0);
  assertEquals(lines.branch, ["fa", "fa", "fa", "cll", "cll", "cll"]);
  assertEquals([...lines.energy], [-2, 0, 2, 2, -0, -2]);
});

Deno.test("the sign of A5 alone turns the chiral lines round; that of v does nothing", () => {
  const at = (velocity: number, amplitude: number) =>
    continuumLines({ velocity, gaugeField: { ...linear, amplitude } }, [0.7], 3);
  assertEquals(at(-1, 1.6), at(1, 1.6));
  const turned = at(1, -1.6);
  assertEquals([...turned.energy.slice(0, 2)], [-0.7, 0.7]);
  assertEquals(turned.energy.slice(2), at(1, 1.6).energy.slice(2));
});

Deno.test("a constant field has two arcs and no levels", () => {
  const lines = continuumLines({ velocity: 1, gaugeField: { ...linear, profile: "constant" } }, [0.5], 5);
  assertEquals(rows(lines), [["fa", 0, 0.5, 0.5], ["fa_far", 0, 0.5, -0.5]]);
});

Deno.test("a profile of another form has no lines", () => {
  const gaugeField = { ...linear, profile: "expression" } as const;
  assertThrows(() => continuumLines({ velocity: 1, gaugeField }, [0], 1), Error, "the profile is expression");
});

Deno.test("the lattice's levels are those of the continuum where the chiral Landau level is in the bulk", () => {
  const paper = slab({ sites: 50, velocity: 1, mass: 0, hopping: -1, gauge_field: linear });
  const { energy } = bandList(paper, new StructuredSolver(paper), { qy: [0, 0.1], qz: [0.6, 0.6] });
  const lines = rows(continuumLines({ velocity: 1, gaugeField: linear }, [0, 0.1], 5));
  for (const [point, qy] of [0, 0.1].entries()) {
    const lattice = energy.slice(200 * point, 200 * (point + 1));
    const expected = lines.filter(([, , at]) => at === qy).map(([, , , value]) => value).sort((a, b) => a - b);
    const middle = lattice.slice(100 - 6, 100 + 6);
    // The lattice's corrections, of relative order B⁵n: 0.1 % for the first level, 2 % for the fifth.
    expected.forEach((value, i) =>
      assert(Math.abs(middle[i] - value) < 0.02 * Math.abs(value) + 2e-4, `${middle[i]} ${value}`)
    );
  }
});
