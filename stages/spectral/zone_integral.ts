/**
 * ∫dq_y dq_z of a Green function's diagonal over the zone: one step of every Born approximation, the first or a self-consistent one.
 *
 * @module
 */
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { GreenFunction } from "./green_function.ts";
import { emptyDiagonal, type Frequency, type OrbitalDiagonal } from "./recursion.ts";
import { addTo, shareBetweenValleys, ZoneMomenta } from "./zone_momenta.ts";

/** ∫dq_y dq_z of 1. */
const ZONE = (2 * Math.PI) ** 2;

/** The integral for one slab on one grid, at any frequency and with any self-energy that is alike in L and R; owns its memory. */
export class ZoneIntegral {
  readonly #green: GreenFunction;
  readonly #diagonal: OrbitalDiagonal;
  readonly #momenta: ZoneMomenta;

  /**
   * The integral of a slab without self-energy.
   *
   * @param slab The slab.
   * @param grid The grid; of its midpoints each stands for a cell of (2π)²/(N_y N_z).
   */
  constructor(slab: Slab, grid: MomentumGrid) {
    this.#green = new GreenFunction(slab);
    this.#diagonal = emptyDiagonal(slab.sites);
    this.#momenta = new ZoneMomenta(grid);
  }

  /**
   * Sets Σ^R for all that is integrated from now on.
   *
   * @param selfEnergy Σ^R, shape `[site][orbital]`, alike in L and R: q_z is folded.
   * @throws {RangeError} If it has not one value for each site and orbital.
   */
  dress(selfEnergy: OrbitalDiagonal): void {
    this.#green.dress(selfEnergy);
  }

  /**
   * ∫dq_y dq_z [1/(ω + iη − H − Σ^R)]_{lν,lν} as printed, without 1/(2π)².
   *
   * @param frequency ω and η.
   * @param sum Receives the integral, shape `[site][orbital]`.
   * @param pulse Called before each row of momenta; may throw to stop the work.
   */
  integrate(frequency: Frequency, sum: OrbitalDiagonal, pulse: () => void = () => {}): void {
    const green = this.#green, diagonal = this.#diagonal;
    sum.re.fill(0);
    sum.im.fill(0);
    this.#momenta.visit(
      (first, second) => green.solve(frequency, first, second),
      (lane, { fine }) => {
        green.read(lane, diagonal);
        addTo(sum.re, ZONE * fine, diagonal.re);
        addTo(sum.im, ZONE * fine, diagonal.im);
      },
      pulse,
    );
    shareBetweenValleys(sum.re);
    shareBetweenValleys(sum.im);
  }
}
