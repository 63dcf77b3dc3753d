/**
 * What is read off a site's blocks of G^R and of K = −iG^<: occupations, currents, and the blocks in orbitals.
 *
 * Each is a trace with products of J_y = j S + k γ⁰ and 1, τ_z, σ_z, τ_z σ_z, of which few entries are not 0 in the basis of `site_block.ts`.
 *
 * @module
 */
import type { OrbitalBlocks } from "./lesser_recursion.ts";
import type { CurrentNumbers } from "./lesser_source.ts";
import { ORBITALS } from "./recursion.ts";
import { OMEGA, type SharedNumbers, spread, TURN } from "./site_block.ts";

/**
 * The diagonal of K: ¼ Tr of K with 1, τ_z, σ_z and τ_z σ_z.
 *
 * @param k K_ll, from its start.
 * @param turn −1 if the sectors are exchanged, else 1.
 * @param l The site.
 * @param values Receives the site's four orbitals, shape `[site][orbital]`.
 */
export function recordOccupations(k: Float64Array, turn: number, l: number, values: Float64Array): void {
  const one = (k[0] + k[1] + (k[12] + k[13])) / 4, tau = turn * (k[14] - k[2]) / 2;
  spread(one, tau, (k[10] - k[4]) / 2, turn * (k[8] - k[6]) / 2, values, ORBITALS * l);
}

/**
 * The diagonal of K − Re J_y G^R, which is the response of the energy current where K is that of `fillWithEnergy`.
 *
 * @param k K_ll, from its start.
 * @param g G^R_ll, from its start.
 * @param current J_y.
 * @param turn −1 if the sectors are exchanged, else 1.
 * @param l The site.
 * @param values Receives the site's four orbitals, shape `[site][orbital]`.
 */
export function recordEnergyResponse(
  k: Float64Array,
  g: Float64Array,
  current: CurrentNumbers,
  turn: number,
  l: number,
  values: Float64Array,
): void {
  const j = current[0], mass = current[1];
  const one = (k[0] + k[1] + (k[12] + k[13]) - retardedCharge(g, current)) / 4;
  const tau = turn * (k[14] - k[2] - j * (g[2] + g[16])) / 2;
  const spin = (k[10] - k[4]) / 2 - mass * (g[4] - g[0] + (g[18] - g[14])) / 4;
  spread(one, tau, spin, turn * (k[8] - k[6]) / 2, values, ORBITALS * l);
}

/**
 * Tr J_y K.
 *
 * @param k K_ll, from its start.
 * @param current J_y.
 * @returns The charge current's integrand.
 */
export function chargeOf(k: Float64Array, current: CurrentNumbers): number {
  return current[0] * (k[12] + k[13] - (k[0] + k[1])) + 2 * (current[1] * (k[4] + k[10]));
}

/** Re Tr J_y G^R. */
function retardedCharge(g: Float64Array, current: CurrentNumbers): number {
  return current[0] * (g[14] + g[18] - (g[0] + g[4])) + 2 * (current[1] * (g[6] + g[12]));
}

/**
 * Re Tr J_y (HK) = Re Tr J_y (WK − (−iΣ^<)G^A) with W = ω + iη − Σ^R.
 *
 * @param k K_ll, from its start.
 * @param g G^R_ll, from its start.
 * @param current J_y.
 * @param shared What all sites share.
 * @param dressing Σ^R in its four parts, shape `[site][8]`.
 * @param filling −iΣ^< in its four parts, shape `[site][4]`.
 * @param l The site.
 * @returns The energy current's integrand.
 */
export function energyOf(
  k: Float64Array,
  g: Float64Array,
  current: CurrentNumbers,
  shared: SharedNumbers,
  dressing: Float64Array,
  filling: Float64Array,
  l: number,
): number {
  const j = current[0], mass = current[1], turn = shared[TURN], s = 2 * ORBITALS * l, f = ORBITALS * l;
  const one = shared[OMEGA] - dressing[s], tau = -(turn * dressing[s + 2]), spin = -dressing[s + 4];
  const taui = -(turn * dressing[s + 3]), spini = -dressing[s + 5], bothi = -(turn * dressing[s + 7]);
  const real = one * chargeOf(k, current) + 2 * (tau * (j * (k[2] + k[14]))) +
    spin * (mass * (k[1] - k[0] + (k[13] - k[12])));
  const imaginary = taui * (mass * (k[7] + k[9])) + spini * (j * (k[5] - k[11])) -
    bothi * (j * (k[9] - k[7]) + mass * (k[15] - k[3]));
  const inflow = filling[f] * retardedCharge(g, current) + 2 * (turn * filling[f + 1] * (j * (g[2] + g[16]))) +
    filling[f + 2] * (mass * (g[4] - g[0] + (g[18] - g[14])));
  return real + 2 * imaginary - inflow;
}

/** u₀, u₁, v₀ and v₁ in the orbitals (L↑, L↓, R↑, R↓), times 2; L↓ and R↓ have a factor of i besides. */
const STATES = [[-1, 1, 1, 1], [1, -1, 1, 1], [1, 1, -1, 1], [1, 1, 1, -1]];

/** Where the entries on and above the diagonal are in a Hermitian block, by row and column; real ones have no imaginary part. */
const ENTRIES: readonly (readonly [number, number, number, number?])[] = [
  [0, 0, 0],
  [1, 1, 1],
  [0, 1, 2, 3],
  [0, 2, 4, 5],
  [0, 3, 6, 7],
  [1, 2, 8, 9],
  [1, 3, 10, 11],
  [2, 2, 12],
  [3, 3, 13],
  [2, 3, 14, 15],
];

/**
 * Turns K to orbitals and multiplies it by i, which makes it G^<.
 *
 * @param k K_ll, from `at`.
 * @param at Where it starts.
 * @param step How far apart its numbers are.
 * @param turn −1 if the sectors are exchanged, else 1.
 * @param l The site.
 * @param blocks Receives G^<_ll, shape `[site][row][column]`.
 */
export function recordBlock(
  k: Float64Array,
  at: number,
  step: number,
  turn: number,
  l: number,
  { re, im }: OrbitalBlocks,
): void {
  const first = ORBITALS * ORBITALS * l;
  re.fill(0, first, first + ORBITALS * ORBITALS);
  im.fill(0, first, first + ORBITALS * ORBITALS);
  for (const [row, column, real, imaginary] of ENTRIES) {
    const x = k[at + step * real] / 4, y = imaginary === undefined ? 0 : k[at + step * imaginary] / 4;
    const left = STATES[turn > 0 ? row : row ^ 2], right = STATES[turn > 0 ? column : column ^ 2];
    for (let a = 0; a < ORBITALS; a++) {
      for (let b = 0; b < ORBITALS; b++) {
        // (x + iy)|left⟩⟨right|, and its adjoint unless it stands on the diagonal.
        const there = left[a] * right[b], back = row === column ? 0 : right[a] * left[b];
        const real = (there + back) * x, imaginary = (there - back) * y, to = first + ORBITALS * a + b;
        // Times i, and times i and −i for spins down on the left and on the right.
        const power = 1 + (a & 1) - (b & 1);
        re[to] += power === 0 ? real : power === 1 ? -imaginary : -real;
        im[to] += power === 0 ? imaginary : power === 1 ? real : -imaginary;
      }
    }
  }
}
