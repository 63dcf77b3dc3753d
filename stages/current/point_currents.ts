/**
 * The integrand of Eq. (6) momentum by momentum, for many bath settings at a time: what sums over the zone are made of when only totals are asked for.
 *
 * Totals need the densities D_n(l) only as far as occupations tell sites apart. Where baths are linear in l they are taken to a few nodes first (`bath_nodes.ts`), and the sums of
 * `contraction.ts` run over these instead of the sites.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { type BathNodes, bathNodes, bathsAt, nodeCount } from "./bath_nodes.ts";
import type { Baths } from "./baths.ts";
import { contractPoints } from "./contraction.ts";
import { SAFE_ARGUMENT } from "./hyperbolic_groups.ts";
import { modeFactors } from "./mode_weights.ts";
import { nodeProjection } from "./node_projection.ts";
import { type OccupationGroup, occupationGroups } from "./occupation_groups.ts";
import { occupationSums } from "./occupation_sums.ts";
import type { OccupationSums } from "./occupation_tables.ts";

/** The integrand at the momenta of a block. */
export interface PointCurrents {
  /** Charge and energy current of both ±q_y, added up over the sites, shape `[setting][point][2]`. */
  readonly sums: Float64Array;
  /** Σ_n |∂ε_n/∂q_y t_n|, what all terms would add up to if none cancelled; shape `[point]`. */
  readonly magnitude: Float64Array;
}

/**
 * The integrand of Eq. (6) at each momentum of a block.
 *
 * The numbers of one setting do not depend on which others are asked for with it.
 *
 * @param block The block.
 * @param settings The baths, each of as many sites as the block.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The currents.
 */
export function pointCurrents(
  block: MomentumBlock,
  settings: readonly Baths[],
  pulse: () => void = () => {},
): PointCurrents {
  const points = block.qy.length, sites = block.imbalance.length / block.energy.length;
  const largestEnergy = block.energy.reduce((largest, energy) => Math.max(largest, energy), 0);
  const direct: number[] = [], shapes = new Map<number, Shape>();
  settings.forEach((baths, setting) => {
    const count = isSafe(baths, largestEnergy) ? nodeCount(baths) : undefined;
    if (count === undefined) {
      direct.push(setting);
      return;
    }
    const shape = shapes.get(count) ?? { nodes: bathNodes(sites, count), settings: [] };
    shapes.set(count, shape);
    shape.settings.push(setting);
  });
  const sums = new Float64Array(2 * settings.length * points);
  const magnitude = contractNodes(block, settings, [...shapes.values()], largestEnergy, sums, pulse);
  if (direct.length > 0) {
    const rest = contractPoints(block, direct.map((setting) => settings[setting]), pulse);
    direct.forEach((setting, i) => sums.set(rest.subarray(2 * i * points, 2 * (i + 1) * points), 2 * setting * points));
  }
  return { sums, magnitude };
}

/** Whether no hyperbolic function of β ε or β μ comes near the largest number there is. */
function isSafe({ chemicalPotential, inverseTemperature }: Baths, largestEnergy: number): boolean {
  return inverseTemperature.every((beta, l) =>
    beta * Math.max(largestEnergy, Math.abs(chemicalPotential[l])) <= SAFE_ARGUMENT
  );
}

/** Settings that need equally many nodes. */
interface Shape {
  readonly nodes: BathNodes;
  readonly settings: number[];
}

/** Fills the sums of all settings of the shapes; returns the magnitudes. */
function contractNodes(
  block: MomentumBlock,
  settings: readonly Baths[],
  shapes: readonly Shape[],
  largestEnergy: number,
  sums: Float64Array,
  pulse: () => void,
): Float64Array {
  const points = block.qy.length, order = block.energy.length / points;
  const sites = block.imbalance.length / block.energy.length, magnitude = new Float64Array(points);
  const projection = nodeProjection(order, sites, shapes.map(({ nodes }) => nodes));
  const parts = shapes.map((shape) => new ShapeSums(shape, settings, order, largestEnergy));
  const factors = projection.factor.subarray(0, order), densities = projection.density.subarray(0, order * sites);
  try {
    for (let point = 0; point < points; point++) {
      pulse();
      magnitude[point] = modeFactors(block, point, factors);
      if (shapes.length === 0) continue;
      densities.set(block.imbalance.subarray(point * order * sites, (point + 1) * order * sites));
      projection.fold();
      const energy = block.energy.subarray(point * order, (point + 1) * order);
      parts.forEach((part, shape) => part.contract(projection.project(shape), energy, sums, point, points));
    }
  } finally {
    projection.release();
    for (const part of parts) part.release();
  }
  return magnitude;
}

/** The sums over modes and nodes of one shape: those of `contraction.ts`, with nodes in the place of sites. */
class ShapeSums {
  readonly #settings: readonly number[];
  readonly #sums: OccupationSums;
  readonly #groups: readonly OccupationGroup[];

  constructor({ nodes, settings: own }: Shape, settings: readonly Baths[], order: number, largestEnergy: number) {
    this.#settings = own;
    this.#sums = occupationSums(order, nodes.position.length, own.length);
    this.#groups = occupationGroups(own.map((setting) => bathsAt(settings[setting], nodes)), largestEnergy, this.#sums);
  }

  /** Writes charge and energy current of each setting at a momentum, of which the weights W_n(j) are given. */
  contract(weighted: Float64Array, energy: Float64Array, sums: Float64Array, point: number, points: number): void {
    const own = this.#sums, { totals } = own.members, order = energy.length;
    own.tables.weighted.set(weighted.subarray(0, order * own.stride)); // numbers of nodes are multiples of four, so that rows need no padding
    for (const group of this.#groups) {
      const { settings, first } = group;
      group.prepare(energy);
      group.accumulate(energy, 0);
      for (let i = 0; i < settings.length; i++) {
        const at = 2 * (this.#settings[settings[i]] * points + point), from = 2 * (first + i);
        sums[at] = totals[from];
        sums[at + 1] = totals[from + 1];
      }
    }
  }

  release(): void {
    this.#sums.release();
  }
}
