/**
 * Eqs. (5) and (6) against each other, against closed forms, and against the exact symmetries.
 *
 * @module
 */

import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { adjoint, type ComplexMatrix, identityMatrix, multiply, zeroMatrix } from "./complex_matrix.ts";
import {
  type Baths,
  type DenseCurrent,
  denseCurrentFinite,
  denseCurrentLimit,
  denseFermi,
  finiteAtMomentum,
  limitAtMomentum,
  midpoints,
  retardedGreenFunction,
} from "./current.ts";
import { denseEigenstates, type Diagonaliser, inEigenbasis, siteOverlap } from "./eigenstates.ts";
import { type HermitianEigen, hermitianEigen } from "./hermitian.ts";
import { denseCurrent, denseHamiltonian, type SlabParameters } from "./slab.ts";
import { momentum, numberWithin, REPEATABLE, slab } from "./slab_arbitrary.ts";

const FEW = { ...REPEATABLE, numRuns: 6 } as const;

/** A rough slab that no symmetry but the model's own spares. */
const ROUGH: SlabParameters = {
  sites: 3,
  velocity: 0.9,
  mass: 3.2,
  hopping: -0.7,
  chiralGaugeField: Float64Array.of(1.3, -0.4, 0.6),
};
const UNEVEN: Baths = {
  chemicalPotential: Float64Array.of(-0.8, 0.35, 1.1),
  inverseTemperature: Float64Array.of(2, 0.7, 1.4),
};

function uniform(sites: number, mu: number, beta: number): Baths {
  return {
    chemicalPotential: new Float64Array(sites).fill(mu),
    inverseTemperature: new Float64Array(sites).fill(beta),
  };
}

function sloped(sites: number, fermiLevel: number, slope: number): Float64Array {
  return Float64Array.from({ length: sites }, (_, l) => slope * (l - sites / 2 + 0.5) + fermiLevel);
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, k) => Math.abs(value - b[k])));
}

function largest(values: Float64Array): number {
  return Math.max(...values.map(Math.abs));
}

Deno.test("the Fermi function: values, its symmetry, and no overflow", () => {
  assertEquals(denseFermi(0.3, 2, 0.3), 0.5);
  assertAlmostEquals(denseFermi(1, 1, 0), 1 / (Math.E + 1), 1e-16);
  for (const x of [0.1, 3, 30]) assertAlmostEquals(denseFermi(x, 1, 0) + denseFermi(-x, 1, 0), 1, 1e-15);
  assertEquals(denseFermi(1e4, 10, 0), 0);
  assertEquals(denseFermi(-1e4, 10, 0), 1);
  // Beyond exp(−700) a form with 1 + exp(−x) in the wrong place returns 0 or NaN.
  assertAlmostEquals(denseFermi(700, 1, 0) / Math.exp(-700), 1, 1e-12);
});

Deno.test("midpoints lie between −π and π, symmetric, off the centre for even N", () => {
  assertEquals([...midpoints(2)], [-Math.PI / 2, Math.PI / 2]);
  assertEquals([...midpoints(3)].map((q) => Math.round(q * 3 / Math.PI * 1e12) / 1e12), [-2, 0, 2]);
});

Deno.test("Eq. (6) sums over the grid what single states carry, where no level is degenerate", () => {
  const grid = { qy: 4, qz: 3 };
  const profile = new Float64Array(3);
  let energyCurrent = 0;
  for (const qy of midpoints(grid.qy)) {
    for (const qz of midpoints(grid.qz)) {
      const states = denseEigenstates(ROUGH, qy, qz, 1e-4);
      assertEquals(states.block.at(-1), 11, "a level is degenerate: choose other parameters");
      states.energy.forEach((energy, state) => {
        for (let l = 0; l < 3; l++) {
          const fed = states.current[state] * states.density[3 * state + l] *
            denseFermi(energy, UNEVEN.inverseTemperature[l], UNEVEN.chemicalPotential[l]) / 12;
          profile[l] += fed;
          energyCurrent += energy * fed;
        }
      });
    }
  }
  const result = denseCurrentLimit(ROUGH, grid, UNEVEN.chemicalPotential, UNEVEN.inverseTemperature);
  assertLess(distance(result.profile, profile), 1e-14);
  assertAlmostEquals(result.chargeCurrent, profile[0] + profile[1] + profile[2], 1e-14);
  assertAlmostEquals(result.energyCurrent, energyCurrent, 1e-14);
  assertGreater(Math.abs(result.chargeCurrent), 1e-2, "too small a current to compare");
});

Deno.test("uniform baths drive no current, neither by Eq. (6) nor by Eq. (5)", () => {
  let fed = 0;
  fc.assert(
    fc.property(slab(2, 5), numberWithin(2), numberWithin(2), (parameters, mu, tilt) => {
      const baths = uniform(parameters.sites, mu, Math.exp(tilt));
      const { chargeCurrent, energyCurrent, profile } = denseCurrentLimit(
        parameters,
        { qy: 4, qz: 3 },
        baths.chemicalPotential,
        baths.inverseTemperature,
      );
      assertAlmostEquals(chargeCurrent, 0, 1e-13);
      assertAlmostEquals(energyCurrent, 0, 1e-12);
      if (largest(profile) > 1e-5) fed++;
    }),
    REPEATABLE,
  );
  assertGreater(fed, 15, "the baths' parts must not vanish one by one, or this shows nothing");
  const { chemicalPotential, inverseTemperature } = uniform(3, 0.4, 1.5);
  const finite = denseCurrentFinite(ROUGH, { qy: 2, qz: 2 }, chemicalPotential, inverseTemperature, 0.2);
  assertAlmostEquals(finite.chargeCurrent, 0, 1e-10);
  assertAlmostEquals(finite.energyCurrent, 0, 1e-10);
  assertGreater(largest(finite.profile), 1e-3);
});

Deno.test("particle–hole: J(μ_F, slope) = −J(−μ_F, −slope), J^E even; with uniform μ and any β_l J is odd in μ_F", () => {
  fc.assert(
    fc.property(slab(2, 5), numberWithin(1), numberWithin(0.5), (parameters, fermiLevel, slope) => {
      const { sites } = parameters;
      const beta = Float64Array.from({ length: sites }, (_, l) => 0.5 + 2 * l / sites);
      const at = (level: number, gradient: number): DenseCurrent =>
        denseCurrentLimit(parameters, { qy: 3, qz: 4 }, sloped(sites, level, gradient), beta);
      const there = at(fermiLevel, slope), back = at(-fermiLevel, -slope);
      assertAlmostEquals(there.chargeCurrent, -back.chargeCurrent, 1e-12);
      assertAlmostEquals(there.energyCurrent, back.energyCurrent, 1e-11);
      assertAlmostEquals(at(fermiLevel, 0).chargeCurrent, -at(-fermiLevel, 0).chargeCurrent, 1e-12);
    }),
    { ...REPEATABLE, numRuns: 15 },
  );
});

Deno.test("G^R inverts ω − H + iΓ_l/2 and its spectral function is positive", () => {
  const h = denseHamiltonian(ROUGH, 0.3, -0.5);
  const g = retardedGreenFunction(h, 0.4, Float64Array.of(0.1, 0.2, 0.3));
  const product = multiply(h, g);
  for (let i = 0; i < 12; i++) {
    assertLess(g.im[13 * i], 0);
    for (let j = 0; j < 12; j++) {
      const k = 12 * i + j, half = [0.05, 0.1, 0.15][Math.floor(i / 4)];
      assertAlmostEquals(0.4 * g.re[k] - product.re[k] - half * g.im[k], i === j ? 1 : 0, 1e-13);
      assertAlmostEquals(0.4 * g.im[k] - product.im[k] + half * g.re[k], 0, 1e-13);
    }
  }
});

Deno.test("Eq. (5) agrees with Tr{J G^<}/2πi from eigenvectors and a trapezoidal rule in arsinh ω", () => {
  const qy = 0.6, qz = -0.9, coupling = 0.4, step = 0.01;
  const { values, vectors } = hermitianEigen(denseHamiltonian(ROUGH, qy, qz));
  const j = denseCurrent(ROUGH, qy);
  let expected = 0;
  // With ω = sinh t the integrand falls like exp(−2|t|), and the rule converges exponentially.
  for (let t = -20; t <= 20; t += step) {
    const omega = Math.sinh(t);
    const poles = zeroMatrix(12, 12), lesser = zeroMatrix(12, 12);
    values.forEach((energy, alpha) => {
      const size = (omega - energy) ** 2 + coupling ** 2 / 4;
      poles.re[13 * alpha] = (omega - energy) / size;
      poles.im[13 * alpha] = -coupling / 2 / size;
    });
    const retarded = multiply(multiply(vectors, poles), adjoint(vectors));
    for (let i = 0; i < 12; i++) {
      const l = Math.floor(i / 4);
      lesser.im[13 * i] = coupling * denseFermi(omega, UNEVEN.inverseTemperature[l], UNEVEN.chemicalPotential[l]);
    }
    const integrand = multiply(j, multiply(multiply(retarded, lesser), adjoint(retarded)));
    // Tr{J G^<} is imaginary; divided by 2πi that leaves its imaginary part over 2π.
    let trace = 0;
    for (let i = 0; i < 12; i++) trace += integrand.im[13 * i];
    expected += trace / (2 * Math.PI) * step * Math.cosh(t);
  }
  const { chargeCurrent } = finiteAtMomentum(ROUGH, qy, qz, UNEVEN, coupling);
  assertAlmostEquals(chargeCurrent, expected, 1e-11);
  assertGreater(Math.abs(chargeCurrent), 1e-2);
});

Deno.test("at β = 0 Eq. (5) is ½ Σ J_βα Q^l_αβ Γ/(Γ + i(E_α − E_β)), charge and energy", () => {
  fc.assert(
    fc.property(slab(2, 3), momentum(), momentum(), fc.constantFrom(0.05, 0.5), (parameters, qy, qz, coupling) => {
      const { sites } = parameters;
      const { profile, energyProfile } = finiteAtMomentum(parameters, qy, qz, uniform(sites, 0, 0), coupling, 1e-9);
      const { values, vectors } = hermitianEigen(denseHamiltonian(parameters, qy, qz));
      const current = inEigenbasis(denseCurrent(parameters, qy), vectors);
      for (let l = 0; l < sites; l++) {
        let charge = 0, energy = 0;
        values.forEach((a, alpha) =>
          values.forEach((b, beta) => {
            const k = beta * values.length + alpha, [re, im] = siteOverlap(vectors, l, alpha, beta);
            const size = coupling ** 2 + (a - b) ** 2;
            const jq = [current.re[k] * re - current.im[k] * im, current.re[k] * im + current.im[k] * re];
            const term = coupling / size * (jq[0] * coupling + jq[1] * (a - b)) / 2;
            charge += term;
            // ⟨β|½{H, J}|α⟩ = ½(E_α + E_β) J_βα.
            energy += (a + b) / 2 * term;
          })
        );
        assertAlmostEquals(profile[l], charge, 2e-9);
        assertAlmostEquals(energyProfile[l], energy, 2e-9);
      }
    }),
    FEW,
  );
});

/** Asserts that the error of Eq. (5) against Eq. (6) is first order in Γ, and that extrapolating removes nearly all of it. */
function assertFirstOrder(at: (coupling: number) => Float64Array, limit: Float64Array, coupling: number): void {
  const coarse = at(coupling), middle = at(coupling / 2), fine = at(coupling / 4);
  const [e1, e2, e3] = [coarse, middle, fine].map((values) => distance(values, limit));
  assertGreater(e3, 1e-7, "no error left to see an order in");
  for (const ratio of [e1 / e2, e2 / e3]) assertAlmostEquals(ratio, 2, 0.1, "the error is not first order in Γ");
  const extrapolated = fine.map((value, k) => (8 * value - 6 * middle[k] + coarse[k]) / 3);
  assertLess(distance(extrapolated, limit), 0.01 * e3);
}

Deno.test("Eq. (5) tends to Eq. (6) as Γ → 0, at first order, bath by bath", () => {
  const parameters = { ...ROUGH, sites: 2, chiralGaugeField: Float64Array.of(1.3, -0.4) }, grid = { qy: 2, qz: 2 };
  const mu = Float64Array.of(-0.8, 0.35), beta = Float64Array.of(2, 0.7);
  const both = ({ profile, energyProfile }: DenseCurrent): Float64Array =>
    Float64Array.of(...profile, ...energyProfile);
  const limit = denseCurrentLimit(parameters, grid, mu, beta);
  assertGreater(Math.abs(limit.chargeCurrent), 1e-3);
  // Much of the first order cancels between ±q_y, so Γ must be small against the gaps for it to show.
  assertFirstOrder(
    (coupling) => both(denseCurrentFinite(parameters, grid, mu, beta, coupling, 1e-8)),
    both(limit),
    1e-3,
  );
});

Deno.test("the limit Γ → 0 in a degenerate level is the trace over the level, not the sum over some basis", () => {
  // At this mass, found by bisection, H₀(0, 1) is singular: two states meet at zero energy with J_y = ±v, in different places.
  const parameters = { ...ROUGH, mass: 2.2618781021865573 }, qy = 0, qz = 1;
  const states = denseEigenstates(parameters, qy, qz, 1e-9);
  for (const state of [5, 6]) assertAlmostEquals(states.energy[state], 0, 1e-14);
  assertEquals(states.block[5], states.block[6]);
  assertEquals(states.block.at(-1), 10, "another level is degenerate");

  const limit = limitAtMomentum(parameters, qy, qz, UNEVEN).profile;
  const basis = (diagonalise: Diagonaliser, tolerance: number): Float64Array =>
    limitAtMomentum(parameters, qy, qz, UNEVEN, { tolerance, diagonalise }).profile;
  assertLess(distance(basis(mixed, 1e-9), limit), 1e-13);
  assertGreater(distance(basis(mixed, 0), basis(hermitianEigen, 0)), 1e-2);
  assertFirstOrder((coupling) => finiteAtMomentum(parameters, qy, qz, UNEVEN, coupling, 1e-8).profile, limit, 8e-3);
});

/** Diagonalises, then turns the states 5 and 6 into each other by π/8 and a phase. */
function mixed(a: ComplexMatrix): HermitianEigen {
  const { values, vectors } = hermitianEigen(a);
  const turn = identityMatrix(values.length), c = Math.cos(Math.PI / 8), s = Math.sin(Math.PI / 8);
  const n = values.length;
  turn.re[5 * n + 5] = turn.re[6 * n + 6] = c;
  turn.im[5 * n + 6] = turn.im[6 * n + 5] = s;
  return { values, vectors: multiply(vectors, turn) };
}

Deno.test("couplings may differ from site to site: populations are then weighted by Γ_l P_α(l)", () => {
  const shape = Float64Array.of(0.3, 1, 1.7), qy = 0.6, qz = -0.9;
  const states = denseEigenstates(ROUGH, qy, qz, 1e-4);
  assertEquals(states.block.at(-1), 11, "a level is degenerate: choose another momentum");
  const limit = new Float64Array(3);
  states.energy.forEach((energy, state) => {
    const weights = shape.map((g, l) => g * states.density[3 * state + l]);
    const total = weights[0] + weights[1] + weights[2];
    weights.forEach((weight, l) => {
      limit[l] += states.current[state] * weight / total *
        denseFermi(energy, UNEVEN.inverseTemperature[l], UNEVEN.chemicalPotential[l]);
    });
  });
  const at = (coupling: number | Float64Array): Float64Array =>
    finiteAtMomentum(ROUGH, qy, qz, UNEVEN, coupling, 1e-8).profile;
  assertFirstOrder((coupling) => at(shape.map((g) => coupling * g)), limit, 2e-3);
  assertLess(distance(at(new Float64Array(3).fill(0.2)), at(0.2)), 1e-14);
  // At infinite temperature the baths together fill every state by half, whatever the couplings: ½ Tr J = 0.
  const hot = finiteAtMomentum(ROUGH, qy, qz, uniform(3, 0, 0), shape);
  assertAlmostEquals(hot.chargeCurrent, 0, 1e-9);
  assertGreater(largest(hot.profile), 1e-3);
});

Deno.test("baths and couplings that do not fit the sites are refused", () => {
  const { chemicalPotential, inverseTemperature } = UNEVEN, grid = { qy: 1, qz: 1 };
  const short = chemicalPotential.slice(1);
  assertThrows(() => denseCurrentLimit(ROUGH, grid, short, inverseTemperature), RangeError, "2 chemical potentials");
  assertThrows(() => denseCurrentFinite(ROUGH, grid, chemicalPotential, short, 0.1), RangeError, "2 inverse");
  assertThrows(() => finiteAtMomentum(ROUGH, 0, 0, UNEVEN, short), RangeError, "2 couplings for 3 sites");
});
