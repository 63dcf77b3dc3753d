/**
 * Eq. (5) with a uniform Γ as the double sum over eigenstates that it is before any structure is used: for levels and couplings at which the brute-force integral over ω takes
 * too long.
 *
 * @module
 */

import { digamma } from "../../stages/numerics/digamma.ts";
import type { Baths } from "./current.ts";
import { inEigenbasis, siteOverlap } from "./eigenstates.ts";
import { hermitianEigen } from "./hermitian.ts";
import { denseCurrent, denseHamiltonian, type SlabParameters } from "./slab.ts";

/** What each bath feeds at one momentum. */
export interface FiniteSum {
  /** Charge current fed by bath l, [site]. */
  readonly profile: Float64Array;
  /** Energy current fed by bath l, [site]. */
  readonly energyProfile: Float64Array;
}

/**
 * Returns (1/2π) ∫dω Γ f_l(ω) Tr_l G^A J_y G^R and the same with ω under the integral: with w_l(α) = Σ_β J_βα Q^l_αβ/(E_α − E_β − iΓ) and
 * φ_l(α) = ψ(½ + β_lΓ/4π + iβ_l(E_α − μ_l)/2π) it is (Γ/2π) [2 Re Σ_α w_l(α) φ_l(α) + π Im Σ_α w_l(α)], and the same of (E_α − iΓ/2) w_l(α).
 */
export function finiteSumAtMomentum(
  parameters: SlabParameters,
  qy: number,
  qz: number,
  baths: Baths,
  coupling: number,
): FiniteSum {
  const { sites } = parameters;
  const { values, vectors } = hermitianEigen(denseHamiltonian(parameters, qy, qz));
  const current = inEigenbasis(denseCurrent(parameters, qy), vectors), n = values.length;
  const profile = new Float64Array(sites), energyProfile = new Float64Array(sites), psi = new Float64Array(2);
  for (let l = 0; l < sites; l++) {
    const beta = baths.inverseTemperature[l];
    for (let alpha = 0; alpha < n; alpha++) {
      digamma(
        0.5 + beta * coupling / (4 * Math.PI),
        beta * (values[alpha] - baths.chemicalPotential[l]) / (2 * Math.PI),
        psi,
      );
      for (let beta = 0; beta < n; beta++) {
        const [q, qi] = siteOverlap(vectors, l, alpha, beta), k = beta * n + alpha;
        const jq = current.re[k] * q - current.im[k] * qi, jqi = current.re[k] * qi + current.im[k] * q;
        const gap = values[alpha] - values[beta], size = gap * gap + coupling * coupling;
        // (jq + i jqi)(gap + iΓ)/size
        const w = (jq * gap - jqi * coupling) / size, wi = (jqi * gap + jq * coupling) / size;
        const fed = (x: number, y: number): number =>
          coupling / (2 * Math.PI) * (2 * (x * psi[0] - y * psi[1]) + Math.PI * y);
        profile[l] += fed(w, wi);
        energyProfile[l] += fed(values[alpha] * w + coupling / 2 * wi, values[alpha] * wi - coupling / 2 * w);
      }
    }
  }
  return { profile, energyProfile };
}
