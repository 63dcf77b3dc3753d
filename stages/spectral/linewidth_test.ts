/**
 * The chiral branches against dense eigenstates, and their widths against the numbers behind the paper's claim.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { hermitianEigen } from "../../tests/twins/hermitian.ts";
import { denseHamiltonian } from "../../tests/twins/slab.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { ChiralBranches } from "./chiral_branches.ts";
import { linewidth, type Linewidths, linewidths } from "./linewidth.ts";
import { bornIntegral, scaledSelfEnergy } from "./self_energy.ts";

function paperSlab(sites: number, changes: Partial<Slab> = {}): Slab {
  const chiralGaugeField = Float64Array.from({ length: sites }, (_, l) => 1.6 * (1 - l / sites));
  return { sites, velocity: 1, mass: 0, hopping: -1, chiralGaugeField, ...changes };
}

function meanPosition(density: Float64Array): number {
  return density.reduce((sum, weight, i) => sum + weight * Math.floor(i / 4), 0);
}

/** Widths with disorder on the paper's slab, κ = 0.02, η = 0.05. */
function widths(slab: Slab, omega: number[], qz: number): Linewidths {
  const integrals = omega.map((frequency) => {
    const integral = bornIntegral(slab, { qy: 40, qz: 40 }, { omega: frequency, broadening: 0.05 });
    return { ...slab, broadening: 0.05, omega: Float64Array.of(frequency), ...integral };
  });
  return linewidths(scaledSelfEnergy(integrals, { strength: 0.02, normalisation: "printed" }), qz, omega);
}

Deno.test("the states are the eigenstates at the energy, orbital by orbital", () => {
  const slabs = [
    paperSlab(10),
    paperSlab(9, { hopping: 0.9, mass: 0.2, velocity: -0.8 }),
    paperSlab(8, { chiralGaugeField: Float64Array.of(1.3, 1.5, 0.9, 1, 0.6, -0.2, 0.3, 0.1) }),
  ];
  for (const slab of slabs) {
    for (const [energy, qz] of [[0.5, 0], [-0.45, 0.3], [0.62, -0.8]]) {
      const states = new ChiralBranches(slab, qz).states(energy, 1e-6);
      assertEquals(states.length, 2);
      for (const { qy, density } of states) {
        const { values, vectors } = hermitianEigen(denseHamiltonian(slab, qy, qz)), n = values.length;
        const state = values.reduce(
          (best, e, i) => Math.abs(e - energy) < Math.abs(values[best] - energy) ? i : best,
          0,
        );
        assertAlmostEquals(values[state], energy, 1e-12);
        density.forEach((weight, i) => {
          assertAlmostEquals(weight, vectors.re[i * n + state] ** 2 + vectors.im[i * n + state] ** 2, 1e-9);
        });
      }
      assertAlmostEquals(states[0].qy, -states[1].qy, 0);
    }
  }
});

Deno.test("the Fermi arc runs up, the Landau level down, and they sit where the reference says", () => {
  const [first, second] = new ChiralBranches(paperSlab(50), 0).states(Math.sin(0.8), 0.01);
  assertEquals([first.branch, second.branch], ["fa", "cll"]);
  assertAlmostEquals(first.qy, 0.8, 1e-9);
  assertAlmostEquals(second.qy, -0.8, 1e-9);
  assertAlmostEquals(meanPosition(first.density), 0.4228, 5e-5);
  assertAlmostEquals(meanPosition(second.density), 30.5417, 5e-5);
});

Deno.test("names follow where the states sit when signs of the model turn the branches round", () => {
  const field = paperSlab(30).chiralGaugeField;
  const turned = [{ hopping: 1 }, { chiralGaugeField: field.map((a) => -a) }, { velocity: -1 }];
  for (const change of [{}, ...turned]) {
    const slab = paperSlab(30, change);
    const states = new ChiralBranches(slab, 0).states(0.3, 0.01);
    const arc = states.find(({ branch }) => branch === "fa"), level = states.find(({ branch }) => branch === "cll");
    assert(arc !== undefined && level !== undefined);
    assertLess(meanPosition(arc.density), 2);
    assertGreater(meanPosition(level.density), 10);
  }
  const flipped = paperSlab(30, { chiralGaugeField: field.slice().reverse() });
  const states = new ChiralBranches(flipped, 0).states(0.3, 0.01);
  assertEquals(states.map(({ branch }) => branch).sort(), ["cll", "fa"]);
  assertGreater(meanPosition(states.find(({ branch }) => branch === "fa")!.density), 27);
});

Deno.test("a uniform gauge field has two Fermi arcs, one at each surface, and no chiral Landau level", () => {
  const slab = paperSlab(20, { chiralGaugeField: new Float64Array(20).fill(1.6) });
  const states = new ChiralBranches(slab, 0).states(0.3, 0.01);
  assertEquals(states.map(({ branch }) => branch), ["fa", "fa"]);
  const positions = states.map(({ density }) => meanPosition(density)).sort((a, b) => a - b);
  assertLess(positions[0], 1);
  assertGreater(positions[1], 18);
});

Deno.test("an energy in the gap, or beyond the branches, has no state; one in a gap that η hides has both", () => {
  const gapped = paperSlab(12, { mass: -1.6 });
  const branches = new ChiralBranches(gapped, 0);
  const { values } = hermitianEigen(denseHamiltonian(gapped, 0, 0));
  const edge = values.find((e) => e > 0)!;
  assertGreater(edge, 0.05);
  assertEquals(branches.states(0.9 * edge, 0.5 * edge), []);
  assertEquals(branches.states(1.1 * edge, 0.5 * edge).length, 2);
  assertEquals(branches.states(100, 0.01), []);
  const hidden = new ChiralBranches(paperSlab(12), 0).states(0, 0.05);
  assertEquals(hidden.map(({ qy, branch }) => [qy, branch]), [[0, "fa"], [0, "cll"]]);
  for (const { density } of hidden) assertAlmostEquals(density.reduce((sum, p) => sum + p, 0), 1, 1e-12);
});

Deno.test("a level that is degenerate everywhere gives the mean over it", () => {
  // Without A⁵ every σ is double: any basis of the level must give the same.
  const slab = paperSlab(7, { chiralGaugeField: new Float64Array(7), mass: 0.4 }), qz = 0.5;
  const [state] = new ChiralBranches(slab, qz).states(2, 1e-3);
  const { values, vectors } = hermitianEigen(denseHamiltonian(slab, state.qy, qz)), n = values.length;
  const level = [...values.keys()].filter((i) => Math.abs(values[i] - 2) < 1e-9);
  assertEquals(level.length, 2);
  state.density.forEach((weight, i) => {
    const mean = level.reduce((sum, a) => sum + vectors.re[i * n + a] ** 2 + vectors.im[i * n + a] ** 2, 0) / 2;
    assertAlmostEquals(weight, mean, 1e-9);
  });
});

Deno.test("a uniform damping −iΓ/2 broadens every state by Γ", () => {
  const selfEnergy = { re: new Float64Array(8), im: new Float64Array(8).fill(-0.15) };
  assertAlmostEquals(linewidth(selfEnergy, new Float64Array(8).fill(1 / 8)), 0.3, 1e-15);
});

Deno.test("widths at q_z = 0: the Fermi arc is the broader branch at low energy, and no longer at 0.8", () => {
  const { omega, state, qy, width } = widths(paperSlab(50), [0.2, 0.4, 0.8], 0);
  assertEquals([...omega], [0.2, 0.2, 0.4, 0.4, 0.8, 0.8]);
  assertEquals(state, ["fa", "cll", "fa", "cll", "fa", "cll"]);
  assertAlmostEquals(qy[0], Math.asin(0.2), 1e-6);
  [0.047, 0.009, 0.055, 0.021].forEach((reference, row) => assertAlmostEquals(width[row], reference, 5e-4));
  assertGreater(width[5], width[4]);
});
