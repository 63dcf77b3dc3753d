/**
 * Disorder in the self-consistent Born approximation: Σ^R_{lν}(ω) = κ ∫dq_y dq_z [1/(ω + iη − H(q) − Σ^R(ω))]_{lν,lν}, of which the first Born approximation is the first step.
 *
 * The right-hand side maps self-energies with Im Σ^R ≤ 0 into themselves, and has one fixed point there (Earle and Hamilton's theorem, for η > 0). By iteration alone the
 * distance to it falls by γ/(γ + 2η) a step at worst, γ being the width that disorder makes; Anderson's mixing takes about a dozen steps. A mixed step may leave the
 * half-plane, where nothing holds: the mean of Σ^R and its image never does, and is taken instead.
 *
 * @module
 */
import { AndersonMixing } from "../numerics/anderson_mixing.ts";
import { emptyDiagonal, type Frequency, type OrbitalDiagonal } from "./recursion.ts";
import type { ZoneIntegral } from "./zone_integral.ts";

/** Σ^R is found when a step moves no component by more than this share of the largest |Σ^R|. */
export const RESIDUAL = 1e-9;

/** More steps than this are no convergence: a dozen is usual, some tens near the edge of a band at a small η. */
const MOST_STEPS = 300;

/** How many steps the mixing remembers. */
const MEMORY = 6;

/** What self-consistency was reached with. */
export interface SelfConsistency {
  /** Σ^R, shape `[site][orbital]`: the image of the last step, so that Im Σ^R ≤ 0 and L and R are alike to the last bit. */
  readonly selfEnergy: OrbitalDiagonal;
  /** How far the last step moved, as a share of the largest |Σ^R|. */
  readonly residual: number;
  /** How many momentum integrals it took. */
  readonly steps: number;
}

/**
 * κ ∫dq_y dq_z of a diagonal: one step.
 *
 * @param integral The slab and the grid; left dressed.
 * @param frequency ω and η.
 * @param scale What stands before the integral as printed, κ or κ/(2π)².
 * @param selfEnergy Σ^R inside the Green function, shape `[site][orbital]`; with zeros the image is the first Born approximation.
 * @param image Receives the image, likewise.
 * @param pulse Called before each row of momenta; may throw to stop the work.
 */
export function bornStep(
  integral: ZoneIntegral,
  frequency: Frequency,
  scale: number,
  selfEnergy: OrbitalDiagonal,
  image: OrbitalDiagonal,
  pulse: () => void = () => {},
): void {
  integral.dress(selfEnergy);
  integral.integrate(frequency, image, pulse);
  for (const part of [image.re, image.im]) for (let i = 0; i < part.length; i++) part[i] *= scale;
}

/**
 * Finds Σ^R.
 *
 * @param sites L.
 * @param step Takes Σ^R to its image, both of shape `[site][orbital]`.
 * @param where Where this is, for the error: "omega = 0.2".
 * @param remedy What to do where it does not converge.
 * @returns Σ^R with its residual.
 * @throws {Error} If 300 steps do not bring the residual below {@linkcode RESIDUAL}, or a number is not finite.
 */
export function selfConsistent(
  sites: number,
  step: (selfEnergy: OrbitalDiagonal, image: OrbitalDiagonal) => void,
  where: string,
  remedy = "raise disorder.broadening, lower disorder.strength, or use disorder.scheme fba",
): SelfConsistency {
  const first = emptyDiagonal(sites), half = first.re.length, mixing = new AndersonMixing(MEMORY);
  let x: Float64Array = new Float64Array(2 * half);
  const fx = new Float64Array(2 * half), image = split(fx, half);
  let residual = Infinity;
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    step(split(x, half), image);
    let change = 0, size = 0;
    for (let i = 0; i < half; i++) {
      change = Math.max(change, Math.hypot(fx[i] - x[i], fx[half + i] - x[half + i]));
      size = Math.max(size, Math.hypot(fx[i], fx[half + i]));
    }
    if (!Number.isFinite(change + size)) {
      throw new Error(`Cannot converge the self-energy at ${where}: step ${steps} gave numbers that are not finite`);
    }
    residual = size === 0 ? 0 : change / size;
    if (residual <= RESIDUAL) return { selfEnergy: { re: image.re.slice(), im: image.im.slice() }, residual, steps };
    const mixed = mixing.next(x, fx);
    if (mixed.subarray(half).every((value) => value <= 0)) {
      x = mixed;
      continue;
    }
    mixing.forget();
    x = x.map((value, i) => (value + fx[i]) / 2);
  }
  throw new Error(
    `Cannot converge the self-energy at ${where}: after ${MOST_STEPS} steps one still moves it by ${
      residual.toPrecision(3)
    } of its largest value, ` +
      `above ${RESIDUAL}: ${remedy}`,
  );
}

function split(vector: Float64Array, half: number): OrbitalDiagonal {
  return { re: vector.subarray(0, half), im: vector.subarray(half) };
}
