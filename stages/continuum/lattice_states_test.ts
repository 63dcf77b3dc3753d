import { assert, assertAlmostEquals, assertLess, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { chiralDensities } from "../diagonalize/chiral_densities.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import { slab } from "../hamiltonian/hamiltonian.ts";
import { type Momentum, nodeField } from "../hamiltonian/slab.ts";
import { denseEigenstates } from "../../tests/twins/eigenstates.ts";
import { latticeCentre, latticeChiralLandauLevel, type LatticeCone, latticeFermiArc } from "./lattice_states.ts";
import { gaussians } from "./printed_states.ts";

const paper: LatticeCone = {
  velocity: 1,
  mass: 0,
  hopping: -1,
  gaugeField: { profile: "linear", amplitude: 1.6, cutoff: 50 },
};

function mean(density: Float64Array): number {
  return density.reduce((sum, value, l) => sum + l * value, 0);
}

/** Σ √(P Q), 1 for densities that are alike. */
function overlap(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, l) => sum + Math.sqrt(value * second[l]), 0);
}

/** The lattice's own two states, the one nearer to x = 0 first. */
function latticeDensities(cone: LatticeCone, sites: number, momentum: Momentum): Float64Array[] {
  const { velocity, mass, hopping, gaugeField } = cone;
  const built = slab({ sites, velocity, mass, hopping, gauge_field: gaugeField });
  const momenta = { qy: [momentum.qy], qz: [momentum.qz] };
  const { density } = chiralDensities(built, new StructuredSolver(built), momenta);
  return [density.subarray(0, sites), density.subarray(sites)].sort((a, b) => mean(a) - mean(b));
}

Deno.test("in a constant field the arc is the lattice's to rounding, also where a hopping element vanishes", () => {
  const constant: LatticeCone = { ...paper, gaugeField: { ...paper.gaugeField, profile: "constant" } };
  const cases: readonly (readonly [LatticeCone, Momentum])[] = [
    [constant, { qy: 0.8, qz: 0 }],
    [constant, { qy: 0.3, qz: -1 }],
    [{ ...constant, velocity: -1, hopping: 1 }, { qy: 0.3, qz: 0.9 }],
    [{ ...constant, velocity: 2 }, { qy: 0.4, qz: 0.5 }], // |v| = 2|λ|: p = 0
    [{ ...constant, velocity: 2.5, mass: 0.1 }, { qy: 0.4, qz: 0.3 }],
    [{ ...constant, gaugeField: { ...constant.gaugeField, amplitude: -1.2 } }, { qy: -0.4, qz: 0.6 }],
  ];
  for (const [cone, momentum] of cases) {
    const arc = latticeFermiArc(60, cone, momentum);
    const [near] = latticeDensities(cone, 60, momentum);
    // What the far surface, 60 sites away, does to it is below rounding.
    arc.forEach((value, l) => assertAlmostEquals(value, near[l], 1e-13));
  }
});

Deno.test("at q_z = 0 the arc decays as ((2λ + v)/(2λ − v))^l, whatever the field, with zeros in between", () => {
  // λ = −1, v = 1: u_l ∝ 3^{−l/2} sin θ(l + 1), cos θ = −(M + A⁵)/√3.
  const arc = latticeFermiArc(40, paper, { qy: 0.8, qz: 0 });
  const theta = Math.acos((6 - 2 * (Math.cos(0.8) + 1) - 1.6) / Math.sqrt(3));
  const expected = Float64Array.from(arc, (_, l) => 3 ** -l * Math.sin(theta * (l + 1)) ** 2);
  const total = expected.reduce((sum, value) => sum + value, 0);
  arc.forEach((value, l) => assertAlmostEquals(value, expected[l] / total, 1e-15));
});

Deno.test("arcs of random slabs are those of the dense Hamiltonian", () => {
  const number = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
  const sign = fc.constantFrom(-1, 1);
  fc.assert(
    fc.property(
      fc.record({
        velocity: number(0.6, 1.6),
        hopping: number(0.6, 1.4),
        mass: number(-0.1, 0.1),
        share: number(0.3, 0.6),
      }),
      fc.record({ velocity: sign, hopping: sign, field: sign }),
      fc.record({ qy: number(0.2, 0.6), qz: number(-0.4, 0.4) }),
      ({ velocity, hopping, mass, share }, signs, momentum) => {
        const lattice = { velocity: signs.velocity * velocity, hopping: signs.hopping * hopping, mass };
        const [least, most] = [0, Math.PI].map((qx) => nodeField(lattice, momentum, qx));
        const amplitude = signs.field * (least + share * (most - least));
        const cone: LatticeCone = { ...lattice, gaugeField: { profile: "constant", amplitude, cutoff: 1 } };
        const sites = 24;
        const chiralGaugeField = new Float64Array(sites).fill(amplitude);
        const dense = denseEigenstates({ ...lattice, sites, chiralGaugeField }, momentum.qy, momentum.qz, 1e-9);
        // The two chiral states are the innermost ones, that at x = 0 the one with E sign(A⁵)|v| sin q_y > 0.
        const state = signs.field > 0 ? 2 * sites : 2 * sites - 1;
        assertAlmostEquals(dense.energy[state], signs.field * velocity * Math.sin(momentum.qy), 1e-3);
        const density = dense.density.slice(state * sites, (state + 1) * sites);
        const arc = latticeFermiArc(sites, cone, momentum);
        // The arcs at either end of 24 sites still feel each other where they decay slowly.
        assertLess(1 - overlap(arc, density), 1e-3);
      },
    ),
    { seed: 32, numRuns: 12 },
  );
});

Deno.test("the chiral Landau level of the paper's slab is that Gaussian, half a site further in", () => {
  for (const [qz, centre] of [[0, 31.0], [0.5, 19.5]]) {
    const momentum = { qy: 0.8, qz };
    assertAlmostEquals(latticeCentre(paper, momentum), centre, 0.05);
    const level = latticeChiralLandauLevel(50, paper, momentum);
    const [arc, lattice] = latticeDensities(paper, 50, momentum);
    // λ∂² makes m − (w/m)λ∂² of m, which moves the mean by −λw/2m|v| to first order in B⁵: −1/2 at q_z = 0. The second order is of the size of B⁵ = 0.03.
    const wilson = -2 * (2 - Math.cos(0.8) - Math.cos(qz)), m = Math.hypot(wilson, Math.sin(qz));
    assertAlmostEquals(mean(lattice) - mean(level), wilson / (2 * m), 0.02);
    // Half a site of a width of 4 costs (1/8)²/8 = 0.002 of the overlap, the skewness that λ∂² gives as well the rest.
    assertLess(1 - overlap(level, lattice), 4e-3);
    assertLess(1 - overlap(gaussians(50, paper, [mean(lattice)]), lattice), 1.5e-3);
    // The field falls by 2 % a site, which the arc hardly feels.
    assertLess(1 - overlap(latticeFermiArc(50, paper, momentum), arc), 1e-3);
  }
});

Deno.test("where the lattice has no node there is no state, and the message has the bounds", () => {
  for (const momentum of [{ qy: 1.2, qz: 0.8 }, { qy: Math.PI, qz: 0 }, { qy: 0.1, qz: 1.4 }]) {
    for (const state of [latticeFermiArc, latticeChiralLandauLevel]) {
      const error = assertThrows(() => state(50, paper, momentum), Error);
      assert(
        /^Cannot place the chiral states at q_y = .* must be between .* and it is 1\.6\./.test(error.message),
        error.message,
      );
    }
  }
});
