/**
 * What fills the orbitals of a slab with baths and disorder, and what that contributes to its current, summed over the zone: the two operations that a self-consistent G^< takes.
 *
 * In the basis in which H is real (σ_z K of `docs/theory.md`) G^R is a symmetric matrix and J_y a real one, so that |G^R_ij|² is symmetric in i and j: the same operation spreads
 * what flows in over the orbitals, and takes responses back to where it flowed in.
 *
 * @module
 */
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { LesserGreenFunction } from "../spectral/lesser_green_function.ts";
import { type OrbitalDiagonal, ORBITALS } from "../spectral/recursion.ts";
import { addTo, shareBetweenValleys, ZoneMomenta } from "../spectral/zone_momenta.ts";

/** Names of the rules by which a response is summed. */
export const RULES = ["fine", "y", "z", "both"] as const;

/** A list for each rule: that of the grid, and those coarser along q_y, q_z and both, shape `[site][orbital]` or `[site]`. */
export type ByRule = Readonly<Record<(typeof RULES)[number], Float64Array>>;

/** The operations for one slab on one grid; owns its memory. Everything is alike in L and R. */
export class ZoneResponse {
  readonly #green: LesserGreenFunction;
  readonly #momenta: ZoneMomenta;
  readonly #states: number;
  readonly #diagonal: Float64Array;

  /**
   * The operations of a slab without self-energy.
   *
   * @param slab The slab.
   * @param grid The grid.
   */
  constructor(slab: Slab, grid: MomentumGrid) {
    this.#green = new LesserGreenFunction(slab);
    this.#momenta = new ZoneMomenta(grid);
    this.#states = ORBITALS * slab.sites;
    this.#diagonal = new Float64Array(this.#states);
  }

  /**
   * Sets Σ^R, that of the baths included, for all that follows.
   *
   * @param selfEnergy Σ^R, shape `[site][orbital]`.
   * @throws {RangeError} If it has not one value for each site and orbital.
   */
  dress(selfEnergy: OrbitalDiagonal): void {
    this.#green.dress(selfEnergy);
  }

  /**
   * ∫d²q/(2π)² Σ_j |G^R_ij|² y_j: Im G^<_ii, averaged over the zone, where y is Im Σ^<.
   *
   * @param omega ω.
   * @param y What flows in, shape `[site][orbital]`, alike in L and R.
   * @param pulse Called before each row of momenta; may throw to stop the work.
   * @returns The mean, likewise.
   */
  spread(omega: number, y: Float64Array, pulse: () => void): Float64Array {
    const green = this.#green, mean = new Float64Array(this.#states), frequency = { omega, broadening: 0 };
    green.fill(y);
    this.#momenta.visit(
      (first, second) => green.solve(frequency, first, second),
      (lane, { fine }) => {
        green.readDiagonal(lane, this.#diagonal);
        addTo(mean, fine, this.#diagonal);
      },
      pulse,
    );
    shareBetweenValleys(mean);
    return mean;
  }

  /**
   * ∫d²q/(2π)² [G^A J_y G^R]_ii: what each orbital's Im Σ^< contributes to ⟨J_y⟩ per dω/2π.
   *
   * @param omega ω.
   * @param pulse Called before each row of momenta; may throw to stop the work.
   * @returns The mean by each rule, shape `[site][orbital]`.
   */
  current(omega: number, pulse: () => void): ByRule {
    const green = this.#green, frequency = { omega, broadening: 0 }, states = this.#states;
    const mean = {
      fine: new Float64Array(states),
      y: new Float64Array(states),
      z: new Float64Array(states),
      both: new Float64Array(states),
    };
    this.#momenta.visit(
      (first, second) => green.solveResponse("charge", frequency, first, second),
      (lane, weights) => {
        green.readDiagonal(lane, this.#diagonal);
        for (const rule of RULES) if (weights[rule] !== 0) addTo(mean[rule], weights[rule], this.#diagonal);
      },
      pulse,
    );
    for (const rule of RULES) shareBetweenValleys(mean[rule]);
    return mean;
  }
}
