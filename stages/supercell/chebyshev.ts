/**
 * The spectral function of one momentum from Chebyshev moments, which know nothing yet of ω and, but for their number, of η.
 *
 * With x = H/D, ‖H‖ ≤ D, and z = (ω + iη)/D, 1/(z − x) = Σ_n (2 − δ_{n0}) s^n T_n(x)/√(z² − 1), s = z − √(z² − 1), |s| < 1: s^n falls as exp(−nη/D), as a signal of time n/D decays in a
 * level of width 2η.
 *
 * @module
 */
import { ORBITALS } from "../spectral/recursion.ts";
import type { SupercellSize } from "./random_potential.ts";
import type { Supercell } from "./supercell.ts";

/** The moments end where exp(−nη/D) is this: what is left out is a share of that, at most, of a sharp level's peak, 4L/πη. */
const CUT = 1e-5;

/** Moments of one momentum in one realisation. */
export interface ChebyshevMoments {
  /** D. */
  readonly radius: number;
  /** Σ_{lν} ⟨q lν|T_n(H/D)|q lν⟩, shape `[n]`. */
  readonly moments: Float64Array;
}

/**
 * The moments of all orbitals at the supercell's momentum.
 *
 * @param supercell The supercell.
 * @param size Its size.
 * @param broadening η, the smallest that they are to serve.
 * @param pulse Called before each step; may throw to stop the work.
 * @returns The moments; two for each product with H, since T_{n+m} and T_{n−m} make T_n T_m.
 */
export function chebyshevMoments(
  supercell: Supercell,
  size: SupercellSize,
  broadening: number,
  pulse: () => void = () => {},
): ChebyshevMoments {
  const { radius } = supercell, products = Math.max(1, Math.ceil(-Math.log(CUT) * radius / broadening / 2));
  const moments = new Float64Array(2 * products + 1), layer = size.qy * size.qz;
  let now: Float64Array = new Float64Array(supercell.length), next: Float64Array = new Float64Array(supercell.length);
  for (let start = 0; start < ORBITALS * size.sites; start++) {
    now.fill(0);
    next.fill(0);
    const l = Math.floor(start / ORBITALS), orbital = start % ORBITALS;
    for (let r = 0; r < layer; r++) now[2 * ((l * layer + r) * ORBITALS + orbital)] = 1 / Math.sqrt(layer);
    supercell.step(now, 1 / radius, next);
    const first = dot(next, now);
    moments[0] += 1;
    moments[1] += first;
    moments[2] += 2 * dot(next, next) - 1;
    for (let n = 2; n <= products; n++) {
      pulse();
      supercell.step(next, 2 / radius, now);
      [now, next] = [next, now];
      moments[2 * n - 1] += 2 * dot(next, now) - first;
      moments[2 * n] += 2 * dot(next, next) - 1;
    }
  }
  return { radius, moments };
}

/** Re ⟨a|b⟩, in four sums that do not wait for one another; the lengths are multiples of four. */
function dot(a: Float64Array, b: Float64Array): number {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (let i = 0; i < a.length; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  return s0 + s1 + (s2 + s3);
}

/**
 * A(ω; q) = −(1/π) Im Σ_{lν} ⟨q lν|1/(ω + iη − H)|q lν⟩.
 *
 * @param moments The moments.
 * @param omega ω.
 * @param broadening η, no smaller than the moments were made for.
 * @returns The spectral function, per unit of energy.
 */
export function chebyshevSpectrum({ radius, moments }: ChebyshevMoments, omega: number, broadening: number): number {
  const x = omega / radius, y = broadening / radius;
  // √(z² − 1) with the sign for which |z − √(z² − 1)| < 1; below it is the other way round.
  const squareRe = x * x - y * y - 1, squareIm = 2 * x * y, size = Math.hypot(squareRe, squareIm);
  let re = Math.sqrt((size + squareRe) / 2), im = Math.sqrt((size - squareRe) / 2) * (squareIm < 0 ? -1 : 1);
  if (Math.hypot(x - re, y - im) > 1) [re, im] = [-re, -im];
  const s = x - re, si = y - im;
  let power = 1, poweri = 0, sum = moments[0], sumi = 0;
  for (let n = 1; n < moments.length; n++) {
    [power, poweri] = [power * s - poweri * si, power * si + poweri * s];
    sum += 2 * moments[n] * power;
    sumi += 2 * moments[n] * poweri;
  }
  return -(sumi * re - sum * im) / (size * radius * Math.PI);
}
