// deno-fmt-ignore-file: see block.ts
/**
 * What is put between G^R and G^A on a site, and what is read off a site's G^R and K, two momenta at a time: the operations of `stages/spectral/lesser_source.ts` and
 * `stages/spectral/lesser_record.ts` in the same order, so that both give the same bits.
 *
 * @module
 */
import { put } from "./block.ts";
import { less, sum, times } from "./complex.ts";
import { copyHermitian, HERMITIAN } from "./hermitian.ts";
import { FIRST, omega, recordPart, spread, turn } from "./site.ts";

/** What can be put there: the filling, the operator of the charge current or that of the energy current. */
const FILLED: i32 = 0, CHARGE: i32 = 1, ENERGY: i32 = 2;

/** Bytes of what a site reads of −iΣ^<, which both lanes share: what stands before 1, τ_z, σ_z and τ_z σ_z. */
export const FILLING: usize = 4 * 8;

/** Bytes of a site's record: real and imaginary parts of the diagonal of G^R, the diagonal of K, the currents of charge and energy, and K; both lanes each. */
export const RECORD: usize = 14 * 16 + HERMITIAN;

/** Where the later parts of a record are. */
const OCCUPATIONS: usize = 8 * 16, CHARGES: usize = 12 * 16, ENERGIES: usize = 13 * 16, K: usize = 14 * 16;

/** Where J_y is: j = v cos q_y with the sign of the turn, and k = −2λ sin q_y. */
const CURRENT: usize = FIRST;

/** The memory after it. */
export const AFTER_CURRENT: usize = CURRENT + 2 * 16;

let source: i32 = FILLED;

/** Says what is put there, and J_y by v cos q_y and −2λ sin q_y of the two momenta, once `shareNumbers` has decided the turn. */
export function putBetween(what: i32, slopeA: f64, bendA: f64, slopeB: f64, bendB: f64): void {
  source = what;
  put(CURRENT, times(turn, f64x2(slopeA, slopeB)), f64x2(bendA, bendB));
}

/** Fills a Hermitian block with it; the site's Σ^R and −iΣ^< are in memory. */
export function siteSource(to: usize, dressing: usize, filling: usize): void {
  const zero = f64x2.splat(0), j = v128.load(CURRENT), k = v128.load(CURRENT, 16);
  if (source === FILLED) {
    const s = filling, one = v128.load_splat<f64>(s), tau = times(turn, v128.load_splat<f64>(s, 8));
    const spin = v128.load_splat<f64>(s, 16), both = times(turn, v128.load_splat<f64>(s, 24));
    put(to, one, one);
    put(to + 32, f64x2.neg(tau), zero);
    put(to + 64, f64x2.neg(spin), zero);
    put(to + 96, f64x2.neg(both), zero);
    put(to + 128, both, zero);
    put(to + 160, spin, zero);
    put(to + 192, one, one);
    put(to + 224, tau, zero);
  } else if (source === CHARGE) {
    put(to, f64x2.neg(j), f64x2.neg(j));
    put(to + 32, zero, zero);
    put(to + 64, k, zero);
    put(to + 96, zero, zero);
    put(to + 128, zero, zero);
    put(to + 160, k, zero);
    put(to + 192, j, j);
    put(to + 224, zero, zero);
  } else {
    const s = dressing, one = less(omega, v128.load_splat<f64>(s));
    const tau = f64x2.neg(times(turn, v128.load_splat<f64>(s, 16))), taui = f64x2.neg(times(turn, v128.load_splat<f64>(s, 24)));
    const spin = f64x2.neg(v128.load_splat<f64>(s, 32)), spini = f64x2.neg(v128.load_splat<f64>(s, 40));
    const bothi = f64x2.neg(times(turn, v128.load_splat<f64>(s, 56)));
    put(to, less(f64x2.neg(times(j, one)), times(k, spin)), less(times(k, spin), times(j, one)));
    put(to + 32, times(j, tau), f64x2.neg(times(k, bothi)));
    put(to + 64, times(k, one), f64x2.neg(times(j, spini)));
    put(to + 96, zero, less(f64x2.neg(times(j, bothi)), times(k, taui)));
    put(to + 128, zero, less(times(j, bothi), times(k, taui)));
    put(to + 160, times(k, one), times(j, spini));
    put(to + 192, less(times(j, one), times(k, spin)), sum(times(j, one), times(k, spin)));
    put(to + 224, times(j, tau), times(k, bothi));
  }
}

/** Records what a site's G^R and K say. */
export function record(g: usize, k: usize, dressing: usize, filling: usize, to: usize): void {
  recordPart(g, to);
  recordPart(g + 16, to + 16);
  recordOccupations(g, k, to + OCCUPATIONS);
  const charge = chargeOf(k);
  v128.store(to + CHARGES, charge);
  if (source === FILLED) v128.store(to + ENERGIES, energyOf(g, k, charge, dressing, filling));
  copyHermitian(k, to + K);
}

/** The diagonal of K; for the energy current that of K − Re J_y G^R. */
// @ts-ignore: decorator
@inline
function recordOccupations(g: usize, k: usize, to: usize): void {
  const half = f64x2.splat(0.5), quarter = f64x2.splat(0.25);
  let one = sum(sum(v128.load(k), v128.load(k, 16)), sum(v128.load(k, 192), v128.load(k, 208)));
  let tau = less(v128.load(k, 224), v128.load(k, 32)), spin = times(less(v128.load(k, 160), v128.load(k, 64)), half);
  if (source === ENERGY) {
    one = less(one, retardedCharge(g));
    tau = less(tau, times(v128.load(CURRENT), less(f64x2.neg(v128.load(g, 32)), v128.load(g, 256))));
    spin = less(spin, times(times(v128.load(CURRENT, 16), tilt(g)), quarter));
  }
  spread(times(one, quarter), times(times(turn, tau), half), spin,
    times(times(turn, less(v128.load(k, 128), v128.load(k, 96))), half), to, 16);
}

/** Re Tr J_y K. */
// @ts-ignore: decorator
@inline
function chargeOf(k: usize): v128 {
  const flow = less(sum(v128.load(k, 192), v128.load(k, 208)), sum(v128.load(k), v128.load(k, 16)));
  const crossing = times(v128.load(CURRENT, 16), sum(v128.load(k, 64), v128.load(k, 160)));
  return sum(times(v128.load(CURRENT), flow), times(f64x2.splat(2), crossing));
}

/** Re Tr J_y G^R. */
// @ts-ignore: decorator
@inline
function retardedCharge(g: usize): v128 {
  const flow = less(sum(v128.load(g, 224), v128.load(g, 288)), sum(v128.load(g), v128.load(g, 64)));
  const crossing = times(v128.load(CURRENT, 16), sum(v128.load(g, 96), v128.load(g, 192)));
  return sum(times(v128.load(CURRENT), flow), times(f64x2.splat(2), crossing));
}

/** Re Tr γ⁰σ_z G^R. */
// @ts-ignore: decorator
@inline
function tilt(g: usize): v128 {
  return sum(less(v128.load(g, 64), v128.load(g)), less(v128.load(g, 288), v128.load(g, 224)));
}

/** Re Tr J_y (WK − (−iΣ^<)G^A) with W = ω + iη − Σ^R. */
// @ts-ignore: decorator
@inline
function energyOf(g: usize, k: usize, charge: v128, s: usize, f: usize): v128 {
  const two = f64x2.splat(2);
  const j = v128.load(CURRENT), m = v128.load(CURRENT, 16);
  const one = less(omega, v128.load_splat<f64>(s)), tau = f64x2.neg(times(turn, v128.load_splat<f64>(s, 16)));
  const taui = f64x2.neg(times(turn, v128.load_splat<f64>(s, 24))), spin = f64x2.neg(v128.load_splat<f64>(s, 32));
  const spini = f64x2.neg(v128.load_splat<f64>(s, 40)), bothi = f64x2.neg(times(turn, v128.load_splat<f64>(s, 56)));
  const kTilt = sum(less(v128.load(k, 16), v128.load(k)), less(v128.load(k, 208), v128.load(k, 192)));
  const real = sum(sum(times(one, charge), times(two, times(tau, times(j, sum(v128.load(k, 32), v128.load(k, 224)))))),
    times(spin, times(m, kTilt)));
  const imaginary = less(sum(times(taui, times(m, sum(v128.load(k, 112), v128.load(k, 144)))),
    times(spini, times(j, less(v128.load(k, 80), v128.load(k, 176))))),
    times(bothi, sum(times(j, less(v128.load(k, 144), v128.load(k, 112))), times(m, less(v128.load(k, 240), v128.load(k, 48))))));
  const crossing = less(f64x2.neg(v128.load(g, 32)), v128.load(g, 256));
  const inflow = sum(sum(times(v128.load_splat<f64>(f), retardedCharge(g)),
    times(two, times(times(turn, v128.load_splat<f64>(f, 8)), times(j, crossing)))),
    times(v128.load_splat<f64>(f, 16), times(m, tilt(g))));
  return less(sum(real, times(two, imaginary)), inflow);
}
