/**
 * How the current at one frequency answers to the baths, with disorder: J(ω) = Σ_l T_l(ω) f_l(ω), from which everything thermodynamic is taken out.
 *
 * G^R = 1/(ω − H + iΓ/2 − Σ^R) and G^< = G^R Σ^< G^A with Σ^< = iΓ_l f_l + Σ^<_dis. Disorder scatters what is in the slab, and Σ^<_dis is the lesser part of the same self-energy as
 * Σ^R, on the Keldysh contour:
 *
 * - `scba`: Σ = κ∫G, so that Σ^<_dis = κ∫G^<, which scattering puts in where it takes out: no electron is lost at any frequency and orbital.
 * - `fba`: Σ = κ∫G₀, G₀ with baths but without disorder, so that Σ^<_dis = κ∫G₀^<. What is scattered in is what the clean slab holds and not what this one does: in uniform baths that is
 *   the same, in others electrons come out of nothing to second order in κ.
 *
 * With M_ij = ∫d²q/(2π)² |G^R_ij|² and k = κ or (2π)²κ, Im Σ^< solves s = Γf + kMs in `scba` and is Γf + kM₀Γf in `fba`; the response to it is a_i = ∫d²q/(2π)² [G^A J_y G^R]_ii. M is
 * symmetric, so that T_l = Γ_l Σ_ν t_lν with t = a + kMt, or t = a + kM₀a: one vector for all baths.
 *
 * In uniform baths nothing flows: Im G^R = −½ G^R (Γ + γ) G^A, γ = −2 Im Σ^R, gives kM(Γ + γ) = γ and therefore Σ_l T_l = a·(Γ + γ) = −2 Im ∫Tr J_y G^R, which is the mean of a derivative
 * along q_y. On a grid the mean is not quite zero: the rest is taken off in proportion to Γ_l, so that the baths' mean occupation, weighted by Γ_l, drives no current.
 *
 * @module
 */
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { AndersonMixing } from "../numerics/anderson_mixing.ts";
import { emptyDiagonal, type OrbitalDiagonal, ORBITALS } from "../spectral/recursion.ts";
import { bornStep, selfConsistent } from "../spectral/self_consistency.ts";
import { ZoneIntegral } from "../spectral/zone_integral.ts";
import { type ByRule, RULES, ZoneResponse } from "./zone_response.ts";

/** t is found when a step moves no component by more than this share of the largest. */
const RESIDUAL = 1e-10;

/** More steps than this are no convergence: t comes to itself as γ/(γ + Γ) a step at worst, by mixing in a dozen or two. */
const MOST_STEPS = 500;

/** How many steps the mixing remembers. */
const MEMORY = 8;

/** How disorder is taken into account. */
export interface Scheme {
  /** Which self-energy. */
  readonly scheme: "none" | "fba" | "scba";
  /** What stands before ∫dq_y dq_z, κ or κ/(2π)². */
  readonly scale: number;
}

/** How the current at one frequency answers to the baths. */
export interface FrequencyResponse {
  /** ω. */
  readonly omega: number;
  /** T_l by the rules on the grid, the coarse ones of what the baths feed in directly; shape `[rule][site]` in the order of `RULES`. */
  readonly response: Float64Array;
  /** Σ_l T_l on the grid before it was taken off: zero but for the grid. */
  readonly excess: number;
}

/** The responses of one slab on one grid; owns its memory. */
export class DisorderedSlab {
  readonly #sites: number;
  readonly #coupling: Float64Array;
  readonly #integral: ZoneIntegral;
  readonly #zone: ZoneResponse;

  /**
   * Memory for a slab.
   *
   * @param slab The slab.
   * @param grid The grid.
   * @param coupling Γ_l ≥ 0, shape `[site]`.
   */
  constructor(slab: Slab, grid: MomentumGrid, coupling: Float64Array) {
    this.#sites = slab.sites;
    this.#coupling = Float64Array.from({ length: ORBITALS * slab.sites }, (_, i) => coupling[Math.floor(i / ORBITALS)]);
    this.#integral = new ZoneIntegral(slab, grid);
    this.#zone = new ZoneResponse(slab, grid);
  }

  /**
   * Σ^R of disorder at one frequency, the baths' not included.
   *
   * @param omega ω.
   * @param disorder How disorder is taken into account.
   * @param pulse Called before each row of momenta; may throw to stop the work.
   * @returns Σ^R, shape `[site][orbital]`.
   * @throws {Error} If it does not converge.
   */
  selfEnergy(omega: number, { scheme, scale }: Scheme, pulse: () => void = () => {}): OrbitalDiagonal {
    const frequency = { omega, broadening: 0 }, image = emptyDiagonal(this.#sites);
    const step = (from: OrbitalDiagonal, to: OrbitalDiagonal): void =>
      bornStep(this.#integral, frequency, scale, this.#coupled(from), to, pulse);
    if (scheme === "none") return image;
    if (scheme === "scba") {
      const remedy = "raise baths.coupling, lower disorder.strength, or use disorder.scheme fba";
      return selfConsistent(this.#sites, step, `omega = ${omega}`, remedy).selfEnergy;
    }
    step(emptyDiagonal(this.#sites), image);
    return image;
  }

  /**
   * The response at one frequency.
   *
   * @param omega ω.
   * @param disorder How disorder is taken into account.
   * @param pulse Called before each row of momenta; may throw to stop the work.
   * @returns The response.
   * @throws {Error} If Σ^R or t does not converge.
   */
  response(omega: number, disorder: Scheme, pulse: () => void = () => {}): FrequencyResponse {
    const zone = this.#zone, scale = disorder.scale * (2 * Math.PI) ** 2;
    zone.dress(this.#coupled(this.selfEnergy(omega, disorder, pulse)));
    const direct = zone.current(omega, pulse);
    const scattered = (t: Float64Array): Float64Array =>
      zone.spread(omega, t, pulse).map((value, i) => direct.fine[i] + scale * value);
    if (disorder.scheme === "none") return this.#sum(omega, direct, direct.fine);
    if (disorder.scheme === "scba") return this.#sum(omega, direct, solved(direct.fine, scattered, omega));
    zone.dress(this.#coupled(emptyDiagonal(this.#sites)));
    return this.#sum(omega, direct, scattered(direct.fine));
  }

  /** Σ^R − iΓ/2. */
  #coupled({ re, im }: OrbitalDiagonal): OrbitalDiagonal {
    return { re, im: im.map((value, i) => value - this.#coupling[i] / 2) };
  }

  /** T_l from t; by the coarse rules from t with the coarse a. */
  #sum(omega: number, direct: ByRule, t: Float64Array): FrequencyResponse {
    const sites = this.#sites, response = new Float64Array(RULES.length * sites);
    let excess = 0;
    RULES.forEach((rule, k) => {
      const own = response.subarray(k * sites, (k + 1) * sites);
      let total = 0, coupling = 0;
      for (let i = 0; i < t.length; i++) {
        const fed = this.#coupling[i] * (t[i] + (direct[rule][i] - direct.fine[i]));
        own[Math.floor(i / ORBITALS)] += fed;
        total += fed;
        coupling += this.#coupling[i];
      }
      for (let l = 0; l < sites; l++) own[l] -= total * (ORBITALS * this.#coupling[ORBITALS * l] / coupling);
      if (rule === "fine") excess = total;
    });
    return { omega, response, excess };
  }
}

/** The t with t = image(t), a linear map. */
function solved(start: Float64Array, image: (t: Float64Array) => Float64Array, omega: number): Float64Array {
  const mixing = new AndersonMixing(MEMORY);
  let t: Float64Array = start, residual = Infinity;
  for (let step = 1; step <= MOST_STEPS; step++) {
    const next = image(t);
    let change = 0, size = 0;
    for (let i = 0; i < t.length; i++) {
      change = Math.max(change, Math.abs(next[i] - t[i]));
      size = Math.max(size, Math.abs(next[i]));
    }
    residual = change / size;
    if (change <= RESIDUAL * size) return next;
    if (!Number.isFinite(residual)) break;
    t = mixing.next(t, next);
  }
  throw new Error(
    `Cannot converge what scattering feeds into the slab at omega = ${omega}: after ${MOST_STEPS} steps one still moves it by ${
      residual.toPrecision(3)
    } of its largest value, above ${RESIDUAL}: raise baths.coupling, or lower disorder.strength`,
  );
}
