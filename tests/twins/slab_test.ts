/**
 * The Hamiltonian of Eq. (2) against hand-worked entries, spectra and the identities that the paper states.
 *
 * @module
 */

import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  addBlock,
  adjoint,
  combine,
  type ComplexMatrix,
  identityMatrix,
  largestDifference,
  matrixFromRows,
  multiply,
  repeatOnDiagonal,
  zeroMatrix,
} from "./complex_matrix.ts";
import { hermitianEigen } from "./hermitian.ts";
import {
  denseChirality,
  denseCurrent,
  denseEnergyCurrent,
  denseHamiltonian,
  GAMMA,
  particleHoleImage,
  type SlabParameters,
} from "./slab.ts";
import { momentum, REPEATABLE, slab } from "./slab_arbitrary.ts";

const { time, x, y, z, five } = GAMMA;

function anticommutator(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  return combine([1, multiply(a, b)], [1, multiply(b, a)]);
}

/** H₀ = H + v sin q_y S. */
function withoutChirality(parameters: SlabParameters, qy: number, qz: number): ComplexMatrix {
  return combine(
    [1, denseHamiltonian(parameters, qy, qz)],
    [parameters.velocity * Math.sin(qy), denseChirality(parameters.sites)],
  );
}

Deno.test("the gamma matrices obey the Clifford algebra and γ⁵ = iγ⁰γˣγʸγᶻ", () => {
  const gammas = [time, x, y, z];
  gammas.forEach((a, mu) =>
    gammas.forEach((b, nu) => {
      const metric = mu !== nu ? 0 : mu === 0 ? 1 : -1;
      assertEquals(largestDifference(anticommutator(a, b), combine([2 * metric, identityMatrix(4)])), 0);
    })
  );
  const product = multiply(multiply(time, x), multiply(y, z));
  assertEquals(largestDifference(combine([[0, 1], product]), five), 0);
  for (const gamma of gammas) assertEquals(largestDifference(anticommutator(gamma, five), zeroMatrix(4, 4)), 0);
});

Deno.test("the products of Eq. (2) are the tensor products −τz σj, σz and τz σy", () => {
  const sigma = {
    x: matrixFromRows([[0, 1], [1, 0]]),
    y: matrixFromRows([[0, [0, -1]], [[0, 1], 0]]),
    z: matrixFromRows([[1, 0], [0, -1]]),
  };
  const onTau = (left: number, right: number, spin: ComplexMatrix): ComplexMatrix => {
    const result = zeroMatrix(4, 4);
    addBlock(result, combine([left, spin]), 0, 0);
    addBlock(result, combine([right, spin]), 2, 2);
    return result;
  };
  assertEquals(largestDifference(multiply(time, x), onTau(-1, 1, sigma.x)), 0);
  assertEquals(largestDifference(multiply(time, y), onTau(-1, 1, sigma.y)), 0);
  assertEquals(largestDifference(multiply(time, z), onTau(-1, 1, sigma.z)), 0);
  assertEquals(largestDifference(multiply(multiply(time, z), five), onTau(1, 1, sigma.z)), 0);
  assertEquals(largestDifference(denseChirality(1), onTau(1, -1, sigma.y)), 0);
});

Deno.test("H and J are Hermitian to the last bit", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), (parameters, qy, qz) => {
      const h = denseHamiltonian(parameters, qy, qz), j = denseCurrent(parameters, qy);
      assertEquals(h.rows, 4 * parameters.sites);
      assertEquals(largestDifference(h, adjoint(h)), 0);
      assertEquals(largestDifference(j, adjoint(j)), 0);
      const energyCurrent = denseEnergyCurrent(h, j);
      assertLess(largestDifference(energyCurrent, adjoint(energyCurrent)), 1e-13);
    }),
    REPEATABLE,
  );
});

Deno.test("on a plane wave inside the slab H is the bulk Hamiltonian", () => {
  fc.assert(
    fc.property(slab(3, 6), momentum(), momentum(), momentum(), (parameters, qx, qy, qz) => {
      const { velocity: v, mass, hopping, chiralGaugeField, sites } = parameters;
      const h = denseHamiltonian(parameters, qy, qz);
      for (let l = 1; l < sites - 1; l++) {
        const wave = zeroMatrix(4 * sites, 4);
        for (let site = 0; site < sites; site++) {
          const phase = qx * (site - l);
          addBlock(wave, combine([[Math.cos(phase), Math.sin(phase)], identityMatrix(4)]), 4 * site, 0);
        }
        const image = multiply(h, wave);
        const atSite: ComplexMatrix = {
          rows: 4,
          columns: 4,
          re: image.re.slice(16 * l, 16 * (l + 1)),
          im: image.im.slice(16 * l, 16 * (l + 1)),
        };
        // m + 2λ Σ_j (1 − cos q_j): the lattice form of the Dirac mass.
        const massTerm = mass + 2 * hopping * (3 - Math.cos(qx) - Math.cos(qy) - Math.cos(qz));
        const bulk = combine(
          [v * Math.sin(qx), multiply(time, x)],
          [v * Math.sin(qy), multiply(time, y)],
          [v * Math.sin(qz), multiply(time, z)],
          [massTerm, time],
          [chiralGaugeField[l], multiply(multiply(time, z), five)],
        );
        assertLess(largestDifference(atSite, bulk), 1e-13);
      }
    }),
    REPEATABLE,
  );
});

Deno.test("the bonds are v γ⁰γˣ/(2i) − λγ⁰ from l to l + 1 and end at the surfaces", () => {
  const parameters = { sites: 3, velocity: 0.7, mass: 0, hopping: -1.3, chiralGaugeField: new Float64Array(3) };
  const h = denseHamiltonian(parameters, 0.4, -0.9);
  const entry = (i: number, j: number): [number, number] => [h.re[i * 12 + j], h.im[i * 12 + j]];
  // γ⁰γˣ couples L↑ to L↓ with −1, and −v/(2i) = +iv/2; γ⁰ couples L↑ to R↑.
  assertEquals(entry(0, 5), [0, 0.35]);
  assertEquals(entry(5, 0), [0, -0.35]);
  assertEquals(entry(2, 7), [0, -0.35]);
  assertEquals(entry(0, 6), [1.3, 0]);
  for (let i = 0; i < 4; i++) for (let j = 8; j < 12; j++) assertEquals([entry(i, j), entry(j, i)], [[0, 0], [0, 0]]);
});

Deno.test("one site has the spectrum worked by hand", () => {
  fc.assert(
    fc.property(slab(1, 1), momentum(), momentum(), (parameters, qy, qz) => {
      const { velocity: v, mass, hopping, chiralGaugeField: [a] } = parameters;
      const m = mass + 6 * hopping - 2 * hopping * (Math.cos(qy) + Math.cos(qz));
      const r = Math.hypot(v * Math.sin(qz), m);
      const upper = [Math.hypot(v * Math.sin(qy), a + r), Math.hypot(v * Math.sin(qy), a - r)];
      const expected = [...upper, ...upper.map((e) => -e)].sort((p, q) => p - q);
      const { values } = hermitianEigen(denseHamiltonian(parameters, qy, qz));
      expected.forEach((e, k) => assertAlmostEquals(values[k], e, 1e-13));
    }),
    REPEATABLE,
  );
});

Deno.test("J_y = −∂H/∂q_y, by a central difference", () => {
  const step = 1e-5;
  fc.assert(
    fc.property(slab(1, 6), momentum(), momentum(), (parameters, qy, qz) => {
      const slope = combine(
        [-1 / (2 * step), denseHamiltonian(parameters, qy + step, qz)],
        [1 / (2 * step), denseHamiltonian(parameters, qy - step, qz)],
      );
      assertLess(largestDifference(slope, denseCurrent(parameters, qy)), 1e-8);
    }),
    REPEATABLE,
  );
});

Deno.test("γˣ H(q) γˣ† = −H(−q)", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), (parameters, qy, qz) => {
      const image = particleHoleImage(denseHamiltonian(parameters, qy, qz));
      assertLess(largestDifference(image, denseHamiltonian(parameters, -qy, -qz)), 1e-14);
    }),
    REPEATABLE,
  );
});

Deno.test("S anticommutes with H₀ = H + v sin q_y S, so H² = v² sin² q_y + H₀², and H₀ is even in q_y", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), (parameters, qy, qz) => {
      const size = 4 * parameters.sites;
      const s = denseChirality(parameters.sites), one = identityMatrix(size);
      const h = denseHamiltonian(parameters, qy, qz), h0 = withoutChirality(parameters, qy, qz);
      assertEquals(largestDifference(multiply(s, s), one), 0);
      assertLess(largestDifference(anticommutator(h0, s), zeroMatrix(size, size)), 1e-14);
      const squares = combine([(parameters.velocity * Math.sin(qy)) ** 2, one], [1, multiply(h0, h0)]);
      assertLess(largestDifference(multiply(h, h), squares), 1e-12);
      assertLess(largestDifference(h0, withoutChirality(parameters, -qy, qz)), 1e-14);
    }),
    REPEATABLE,
  );
});

Deno.test("σz K commutes with H", () => {
  const sigmaZ = matrixFromRows([[1, 0, 0, 0], [0, -1, 0, 0], [0, 0, 1, 0], [0, 0, 0, -1]]);
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), (parameters, qy, qz) => {
      const h = denseHamiltonian(parameters, qy, qz), spin = repeatOnDiagonal(sigmaZ, parameters.sites);
      const conjugate = { ...h, im: h.im.map((value) => -value) };
      assertLess(largestDifference(multiply(multiply(spin, conjugate), spin), h), 1e-15);
    }),
    REPEATABLE,
  );
});

Deno.test("what is not a slab is refused", () => {
  const parameters = { sites: 2, velocity: 1, mass: 0, hopping: -1, chiralGaugeField: new Float64Array(3) };
  assertThrows(() => denseHamiltonian(parameters, 0, 0), RangeError, "3 values for 2 sites");
  assertThrows(() => denseCurrent({ ...parameters, sites: 0 }, 0), RangeError, "sites must be");
  assertThrows(() => denseHamiltonian({ ...parameters, sites: 1.5 }, 0, 0), RangeError, "sites must be");
});
