/**
 * Eq. (6) as a contraction: one block of momenta, diagonalized once, with the Fermi functions of many bath settings at a time.
 *
 * Summing the four states ±E at ±q_y of each mode by hand leaves, with t_n = v sin q_y/ε_n and W_n(l) = −(∂ε_n/∂q_y) t_n D_n(l),
 *
 *     charge from bath l:  Σ_n W_n(l) [1 + sinh β_l μ_l / (cosh β_l ε_n + cosh β_l μ_l)]
 *     energy from bath l:  −Σ_n W_n(l) ε_n sinh β_l ε_n / (cosh β_l ε_n + cosh β_l μ_l)
 *
 * so that one division serves both currents. These are the l-th terms of Eq. (6): what the bath at site l feeds into the whole slab, not the current that flows
 * at l. The 1 adds up to nothing over the sites: it goes into the profile but not into the total, which is
 * then exactly odd in μ when μ is uniform.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { Baths } from "./baths.ts";
import { weighMomentum } from "./mode_weights.ts";
import { occupationGroups } from "./occupation_groups.ts";
import { occupationSums } from "./occupation_sums.ts";
import type { OccupationSums } from "./occupation_tables.ts";

/** Sums over one block. `[site]` runs over the slab. */
export interface BlockCurrent {
  /** Charge current without the filled sea, shape `[site]`. */
  readonly charge: Float64Array;
  /** Energy current, shape `[site]`. */
  readonly energy: Float64Array;
}

/** Sums over one block for all baths. */
export interface BlockCurrents {
  /** What the baths would feed in if all states were half filled, the same for all baths: the filled sea; shape `[site]`. */
  readonly sea: Float64Array;
  /** The sum of |∂ε_n/∂q_y t_n|, what all terms would add up to if none cancelled: what the rounding of every sum is measured by. */
  readonly magnitude: number;
  /** One a bath setting, in their order. */
  readonly currents: readonly BlockCurrent[];
}

/**
 * Contracts a block with many bath settings.
 *
 * The numbers of one setting do not depend on which others are asked for with it.
 *
 * @param block The block.
 * @param settings The baths, each of as many sites as the block.
 * @param weight Multiplicity of each momentum divided by two (its mirror image at −q_y is in the formula already), shape `[point]`.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The sums.
 */
export function contractBlock(
  block: MomentumBlock,
  settings: readonly Baths[],
  weight: Float64Array,
  pulse: () => void = () => {},
): BlockCurrents {
  const sea = new Float64Array(sitesOf(block));
  let magnitude = 0;
  const currents = eachMomentum(block, settings, {
    weigh(point, sums) {
      magnitude += weight[point] * weighMomentum(sums, block, point, weight[point], sea);
      return weight[point];
    },
    summed() {},
  }, pulse);
  return { sea, magnitude, currents };
}

/**
 * The integrand of Eq. (6) momentum by momentum, for rules that have yet to find out which momenta matter.
 *
 * @param block The block.
 * @param settings The baths, each of as many sites as the block.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns Charge and energy current of both ±q_y, added up over the sites, shape `[setting][point][2]`.
 */
export function contractPoints(
  block: MomentumBlock,
  settings: readonly Baths[],
  pulse: () => void = () => {},
): Float64Array {
  const points = block.qy.length, sea = new Float64Array(sitesOf(block));
  const totals = new Float64Array(2 * settings.length * points);
  eachMomentum(block, settings, {
    weigh(point, sums) {
      weighMomentum(sums, block, point, 0, sea);
      return 0;
    },
    summed(point, setting, charge, energy) {
      totals[2 * (setting * points + point)] = charge;
      totals[2 * (setting * points + point) + 1] = energy;
    },
  }, pulse);
  return totals;
}

function sitesOf(block: MomentumBlock): number {
  return block.imbalance.length / block.energy.length;
}

/** What is done with the terms of one momentum. */
interface Accountant {
  /** Writes the momentum's W_n(l), and returns its weight in the sums over the momenta. */
  weigh(point: number, sums: OccupationSums): number;
  /** Is told the momentum's charge and energy current in one bath setting, added up over the sites. */
  summed(point: number, setting: number, charge: number, energy: number): void;
}

/** Goes through the momenta, and returns what they add up to, site by site. */
function eachMomentum(
  block: MomentumBlock,
  settings: readonly Baths[],
  accountant: Accountant,
  pulse: () => void,
): BlockCurrent[] {
  const points = block.qy.length, order = block.energy.length / points, sites = sitesOf(block);
  const largestEnergy = block.energy.reduce((largest, energy) => Math.max(largest, energy), 0);
  const sums = occupationSums(order, sites, settings.length), { members, stride } = sums;
  try {
    const groups = occupationGroups(settings, largestEnergy, sums);
    for (let point = 0; point < points; point++) {
      pulse();
      const energy = block.energy.subarray(point * order, (point + 1) * order);
      const weight = accountant.weigh(point, sums);
      for (const group of groups) {
        group.prepare(energy);
        group.accumulate(energy, weight);
        group.settings.forEach((setting, i) => {
          const at = 2 * (group.first + i);
          accountant.summed(point, setting, members.totals[at], members.totals[at + 1]);
        });
      }
    }
    const currents: BlockCurrent[] = [];
    for (const { settings: own, first } of groups) {
      own.forEach((setting, i) => {
        const start = (first + i) * stride;
        currents[setting] = {
          charge: members.charge.slice(start, start + sites),
          energy: members.energy.slice(start, start + sites),
        };
      });
    }
    return currents;
  } finally {
    sums.release();
  }
}
