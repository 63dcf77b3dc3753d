/**
 * The recursion against the dense inverse, and the identities of Green functions out of and in equilibrium.
 *
 * @module
 */

import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import fc from "fast-check";
import { adjoint, combine, multiply, zeroMatrix } from "./complex_matrix.ts";
import { type Baths, denseFermi, retardedGreenFunction } from "./current.ts";
import { recursiveGreenFunctions } from "./recursive_lesser.ts";
import { denseHamiltonian, ORBITALS } from "./slab.ts";
import { momentum, numberWithin, REPEATABLE, slab } from "./slab_arbitrary.ts";

/** Couplings of which some are negative; G^R and G^< are what they are, stable or not. */
function rough(sites: number): Float64Array {
  return Float64Array.from({ length: sites }, (_, l) => 0.3 + 0.5 * Math.sin(1 + 2 * l));
}

function uneven(sites: number): Baths {
  return {
    chemicalPotential: Float64Array.from({ length: sites }, (_, l) => Math.sin(3 * l)),
    inverseTemperature: Float64Array.from({ length: sites }, (_, l) => 1 + Math.cos(l)),
  };
}

Deno.test("random slabs: the recursion's G^R and G^< are the site blocks of 1/(ω − H + iΓ/2) and of G^R Σ^< G^A", () => {
  fc.assert(
    fc.property(slab(1, 5), momentum(), momentum(), numberWithin(3), (parameters, qy, qz, omega) => {
      const { sites } = parameters, hamiltonian = denseHamiltonian(parameters, qy, qz), baths = uneven(sites);
      const couplings = rough(sites), retarded = retardedGreenFunction(hamiltonian, omega, couplings);
      const order = ORBITALS * sites, source = zeroMatrix(order, order);
      for (let i = 0; i < order; i++) {
        const l = Math.floor(i / ORBITALS);
        source.im[i * order + i] = couplings[l] *
          denseFermi(omega, baths.inverseTemperature[l], baths.chemicalPotential[l]);
      }
      const lesser = multiply(multiply(retarded, source), adjoint(retarded));
      const scale = Math.max(1, ...lesser.im.map(Math.abs), ...retarded.re.map(Math.abs));
      recursiveGreenFunctions(hamiltonian, omega, couplings, baths).forEach((own, l) => {
        for (let i = 0; i < ORBITALS; i++) {
          for (let j = 0; j < ORBITALS; j++) {
            const at = (ORBITALS * l + i) * order + ORBITALS * l + j, k = i * ORBITALS + j;
            for (const part of ["re", "im"] as const) {
              assertAlmostEquals(own.retarded[part][k], retarded[part][at], 1e-10 * scale);
              assertAlmostEquals(own.lesser[part][k], lesser[part][at], 1e-10 * scale);
            }
          }
        }
      });
    }),
    REPEATABLE,
  );
});

Deno.test("−iG^< is Hermitian, and positive on the diagonal where no coupling is negative", () => {
  fc.assert(
    fc.property(slab(2, 4), momentum(), momentum(), numberWithin(3), (parameters, qy, qz, omega) => {
      const { sites } = parameters, hamiltonian = denseHamiltonian(parameters, qy, qz);
      const couplings = rough(sites).map(Math.abs);
      for (const { lesser } of recursiveGreenFunctions(hamiltonian, omega, couplings, uneven(sites))) {
        const size = Math.max(...lesser.im.map(Math.abs)), sum = combine([1, lesser], [1, adjoint(lesser)]);
        for (const value of [...sum.re, ...sum.im]) assertAlmostEquals(value, 0, 1e-13 * size);
        for (let i = 0; i < ORBITALS; i++) assertGreater(lesser.im[i * (ORBITALS + 1)], 0);
      }
    }),
    REPEATABLE,
  );
});

Deno.test("fluctuation–dissipation: in uniform baths G^< = −f (G^R − G^A), whatever Γ_l, negative ones included", () => {
  fc.assert(
    fc.property(slab(2, 5), momentum(), momentum(), numberWithin(3), (parameters, qy, qz, omega) => {
      const { sites } = parameters, hamiltonian = denseHamiltonian(parameters, qy, qz);
      const baths = {
        chemicalPotential: new Float64Array(sites).fill(0.4),
        inverseTemperature: new Float64Array(sites).fill(1.3),
      };
      const filled = denseFermi(omega, 1.3, 0.4);
      for (const { lesser, retarded } of recursiveGreenFunctions(hamiltonian, omega, rough(sites), baths)) {
        const expected = combine([-filled, retarded], [filled, adjoint(retarded)]);
        const size = Math.max(1, ...retarded.re.map(Math.abs), ...retarded.im.map(Math.abs));
        const deviation = combine([1, lesser], [-1, expected]);
        assertLess(Math.max(...deviation.re.map(Math.abs), ...deviation.im.map(Math.abs)), 1e-10 * size * size);
      }
    }),
    REPEATABLE,
  );
});
