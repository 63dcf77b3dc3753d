/**
 * The momenta of a grid as Green functions take them, two at a time, q_z folded and q_y not: apart, so that all that sums Green functions over the zone sums alike.
 *
 * @module
 */
import { momentumAxes, type MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { Momentum } from "../hamiltonian/slab.ts";
import { wholeAxis, wholeAxisCoarseWeights, wholeAxisWeights } from "./whole_axis.ts";

/** The weights of one momentum: by the rule, and by the rules that are coarser along q_y, along q_z and along both. */
export interface MomentumWeights {
  /** What it stands for, as a share of the zone; with its mirror image at −q_z. */
  readonly fine: number;
  /** The same by the coarse rule along q_y. */
  readonly y: number;
  /** Along q_z. */
  readonly z: number;
  /** Along both. */
  readonly both: number;
}

/** Two momenta that are solved together, and their weights; one alone at the end of a row with an odd number. */
interface Pair {
  readonly first: Momentum;
  readonly second: Momentum | undefined;
  readonly weights: readonly MomentumWeights[];
}

/** The momenta of one grid. */
export class ZoneMomenta {
  readonly #rows: readonly (readonly Pair[])[];

  /**
   * Lays the momenta out.
   *
   * @param grid The grid.
   */
  constructor(grid: MomentumGrid) {
    const { z } = momentumAxes(grid), axis = wholeAxis(grid.qy, grid.rule), share = 1 / (grid.qy * grid.qz);
    const fine = wholeAxisWeights(grid.qy, grid.rule), coarse = wholeAxisCoarseWeights(grid.qy, grid.rule);
    this.#rows = Array.from(z.point, (qz, row) => {
      const rowShare = share * z.weight[row], coarseRowShare = share * z.coarseWeight[row];
      const momenta = axis.map((qy, i) => ({
        momentum: { qy, qz },
        weights: {
          fine: rowShare * fine[i],
          y: rowShare * coarse[i],
          z: coarseRowShare * fine[i],
          both: coarseRowShare * coarse[i],
        },
      }));
      return Array.from({ length: Math.ceil(momenta.length / 2) }, (_, i) => {
        const pair = momenta.slice(2 * i, 2 * i + 2);
        return { first: pair[0].momentum, second: pair[1]?.momentum, weights: pair.map(({ weights }) => weights) };
      });
    });
  }

  /**
   * Goes through all momenta.
   *
   * @param solve Solves at two momenta, or twice at the same one.
   * @param take Takes the solution of one of them.
   * @param pulse Called before each row of momenta; may throw to stop the work.
   */
  visit(
    solve: (first: Momentum, second: Momentum) => void,
    take: (lane: 0 | 1, weights: MomentumWeights) => void,
    pulse: () => void,
  ): void {
    for (const row of this.#rows) {
      pulse();
      for (const { first, second, weights } of row) {
        solve(first, second ?? first);
        take(0, weights[0]);
        if (second !== undefined) take(1, weights[1]);
      }
    }
  }
}

/**
 * Adds what the momenta at −q_z have to a sum over those at q_z ≥ 0: there L and R are exchanged.
 *
 * @param diagonal The sum, shape `[site][orbital]`; becomes alike in L and R.
 */
export function shareBetweenValleys(diagonal: Float64Array): void {
  for (let i = 0; i < diagonal.length; i += 4) {
    diagonal[i] = diagonal[i + 2] = (diagonal[i] + diagonal[i + 2]) / 2;
    diagonal[i + 1] = diagonal[i + 3] = (diagonal[i + 1] + diagonal[i + 3]) / 2;
  }
}

/**
 * Adds a multiple of one list to another.
 *
 * @param sum Receives it.
 * @param weight The factor.
 * @param values The list, as long as the sum.
 */
export function addTo(sum: Float64Array, weight: number, values: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += weight * values[i];
}
