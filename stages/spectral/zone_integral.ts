/**
 * ∫dq_y dq_z of a Green function's diagonal over the zone: one step of every Born approximation, the first or a self-consistent one.
 *
 * @module
 */
import { momentumAxes, type MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { GreenFunction } from "./green_function.ts";
import { emptyDiagonal, type Frequency, type OrbitalDiagonal, ORBITALS } from "./recursion.ts";
import { wholeAxis, wholeAxisWeights } from "./whole_axis.ts";

/** The integral for one slab on one grid, at any frequency and with any self-energy that is alike in L and R; owns its memory. */
export class ZoneIntegral {
  readonly #green: GreenFunction;
  readonly #diagonal: OrbitalDiagonal;
  readonly #z: { readonly point: Float64Array; readonly weight: Float64Array };
  readonly #axisY: readonly number[];
  readonly #weightY: readonly number[];
  readonly #cell: number;

  /**
   * The integral of a slab without self-energy.
   *
   * @param slab The slab.
   * @param grid The grid; of its midpoints each stands for a cell of (2π)²/(N_y N_z).
   */
  constructor(slab: Slab, grid: MomentumGrid) {
    this.#green = new GreenFunction(slab);
    this.#diagonal = emptyDiagonal(slab.sites);
    this.#z = momentumAxes(grid).z;
    this.#axisY = wholeAxis(grid.qy, grid.rule);
    this.#weightY = wholeAxisWeights(grid.qy, grid.rule);
    this.#cell = (2 * Math.PI) ** 2 / (grid.qy * grid.qz);
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
    const diagonal = this.#diagonal, axisY = this.#axisY, z = this.#z;
    sum.re.fill(0);
    sum.im.fill(0);
    z.point.forEach((qz, row) => {
      pulse();
      const rowWeight = this.#cell * z.weight[row];
      for (let i = 0; i < axisY.length; i += 2) {
        const first = { qy: axisY[i], qz }, isLast = i + 1 === axisY.length;
        this.#green.solve(frequency, first, isLast ? first : { qy: axisY[i + 1], qz });
        for (const lane of isLast ? [0] as const : [0, 1] as const) {
          const weight = rowWeight * this.#weightY[i + lane];
          this.#green.read(lane, diagonal);
          add(sum.re, weight, diagonal.re);
          add(sum.im, weight, diagonal.im);
        }
      }
    });
    shareBetweenValleys(sum.re);
    shareBetweenValleys(sum.im);
  }
}

/** Adds what the momenta at −q_z have: there L and R are exchanged. */
function shareBetweenValleys(diagonal: Float64Array): void {
  for (let i = 0; i < diagonal.length; i += ORBITALS) {
    diagonal[i] = diagonal[i + 2] = (diagonal[i] + diagonal[i + 2]) / 2;
    diagonal[i + 1] = diagonal[i + 3] = (diagonal[i + 1] + diagonal[i + 3]) / 2;
  }
}

function add(sum: Float64Array, weight: number, values: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += weight * values[i];
}
