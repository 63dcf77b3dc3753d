// deno-fmt-ignore-file: see block.ts
/**
 * What stands on a site of the slab, two momenta at a time: the operations of `stages/spectral/site_block.ts` in the same order, so that both give the same bits.
 *
 * @module
 */
import { put } from "./block.ts";
import { less, sum, times } from "./complex.ts";

/** Bytes of what a site reads of Σ^R, which both lanes share: real and imaginary parts of what stands before 1, τ_z, σ_z and τ_z σ_z. */
export const DRESSING: usize = 8 * 8;

/** Where a kernel's own memory starts: before that the compiler may put something. */
export const FIRST: usize = 1024;

/** What all sites share: ω, the turn of the sectors, and the bond's entries from u to v and from v to u. */
export let omega: v128 = f64x2.splat(0), turn: v128 = f64x2.splat(0);
export let forward: v128 = f64x2.splat(0), backward: v128 = f64x2.splat(0);
let broadening: v128 = f64x2.splat(0), mass: v128 = f64x2.splat(0), drift: v128 = f64x2.splat(0), coupling: v128 = f64x2.splat(0);

/**
 * Works out what all sites share, of M(q), v sin q_y and v sin q_z of the two momenta. The sector in which a chiral state would be at ω is the pivot; to exchange the
 * sectors (turn −1) is to transpose B and to reverse q_y, τ_z and τ_z σ_z.
 */
export function shareNumbers(
  frequency: f64,
  eta: f64,
  velocity: f64,
  hopping: f64,
  massA: f64,
  driftA: f64,
  couplingA: f64,
  massB: f64,
  driftB: f64,
  couplingB: f64,
): void {
  const turnA: f64 = frequency * driftA < 0 ? -1 : 1, turnB: f64 = frequency * driftB < 0 ? -1 : 1;
  omega = f64x2.splat(frequency);
  broadening = f64x2.splat(eta);
  mass = f64x2(massA, massB);
  turn = f64x2(turnA, turnB);
  drift = times(turn, f64x2(driftA, driftB));
  coupling = times(turn, f64x2(couplingA, couplingB));
  const half = times(times(turn, f64x2.splat(velocity)), f64x2.splat(0.5)), bond = f64x2.splat(-hopping);
  forward = sum(bond, half);
  backward = less(bond, half);
}

/** Fills a block with ω + iη − h_l − Σ_l, of which the dressing and A⁵(l) are in memory. */
// @ts-ignore: decorator
@inline
export function siteBlock(to: usize, s: usize, field: usize): void {
  const a5 = v128.load_splat<f64>(field);
  const real = less(omega, v128.load_splat<f64>(s)), imag = less(broadening, v128.load_splat<f64>(s, 8));
  const tau = times(turn, v128.load_splat<f64>(s, 16)), taui = times(turn, v128.load_splat<f64>(s, 24));
  const spin = v128.load_splat<f64>(s, 32), spini = v128.load_splat<f64>(s, 40);
  const both = times(turn, v128.load_splat<f64>(s, 48)), bothi = times(turn, v128.load_splat<f64>(s, 56));
  put(to, less(real, drift), imag);
  put(to + 32, tau, taui);
  put(to + 64, less(real, drift), imag);
  put(to + 96, sum(less(a5, mass), spin), spini);
  put(to + 128, less(both, coupling), bothi);
  put(to + 160, less(coupling, both), f64x2.neg(bothi));
  put(to + 192, less(less(f64x2.neg(a5), mass), spin), f64x2.neg(spini));
  put(to + 224, sum(real, drift), imag);
  put(to + 256, f64x2.neg(tau), f64x2.neg(taui));
  put(to + 288, sum(real, drift), imag);
}

/** Turns the real or the imaginary parts of G_ll back to orbitals, G_{τσ} = ¼ Tr (1 ± τ_z)(1 ± σ_z) G_ll, every other place of `to`, and returns their trace. */
// @ts-ignore: decorator
@inline
export function recordPart(g: usize, to: usize): v128 {
  const half = f64x2.splat(0.5);
  const trace = sum(sum(v128.load(g), v128.load(g, 64)), sum(v128.load(g, 224), v128.load(g, 288)));
  spread(times(trace, f64x2.splat(0.25)), times(times(turn, less(v128.load(g, 32), v128.load(g, 256))), half),
    times(less(v128.load(g, 192), v128.load(g, 96)), half),
    times(times(turn, less(v128.load(g, 160), v128.load(g, 128))), half), to, 32);
  return trace;
}

/** The diagonal of one + tau τ_z + spin σ_z + both τ_z σ_z. */
// @ts-ignore: decorator
@inline
export function spread(one: v128, tau: v128, spin: v128, both: v128, to: usize, step: usize): void {
  v128.store(to, sum(sum(one, tau), sum(spin, both)));
  v128.store(to + step, less(sum(one, tau), sum(spin, both)));
  v128.store(to + 2 * step, sum(less(one, tau), less(spin, both)));
  v128.store(to + 3 * step, less(less(one, tau), less(spin, both)));
}
