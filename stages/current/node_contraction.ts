/**
 * The integrand of Eq. (6) of bath settings for which a few nodes stand for all sites: what is worked out of the settings once, and what is done at each momentum.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { type BathNodes, bathsAt } from "./bath_nodes.ts";
import type { Baths } from "./baths.ts";
import { modeFactors } from "./mode_weights.ts";
import { type NodeProjection, nodeProjection } from "./node_projection.ts";
import { type OccupationGroup, occupationGroups } from "./occupation_groups.ts";
import { occupationSums } from "./occupation_sums.ts";
import type { OccupationSums } from "./occupation_tables.ts";

/** Settings that need equally many nodes. */
export interface NodeSettings {
  /** The nodes. */
  readonly nodes: BathNodes;
  /** Which of all settings they are. */
  readonly settings: number[];
}

/** Settings that go to nodes. */
export class NodeContraction {
  readonly #projection: NodeProjection;
  readonly #parts: readonly ShapeSums[];
  readonly #order: number;
  readonly #sites: number;

  /**
   * Works out what blocks need of the settings.
   *
   * @param settings All settings.
   * @param shapes Those that go to nodes.
   * @param order Modes of a block's momenta.
   * @param sites L.
   * @param largestEnergy The largest ε_n that decides which functions are safe.
   */
  constructor(
    settings: readonly Baths[],
    shapes: readonly NodeSettings[],
    order: number,
    sites: number,
    largestEnergy: number,
  ) {
    this.#projection = nodeProjection(order, sites, shapes.map(({ nodes }) => nodes));
    this.#parts = shapes.map((shape) => new ShapeSums(shape, settings, order, largestEnergy));
    this.#order = order;
    this.#sites = sites;
  }

  /**
   * Contracts a block.
   *
   * @param block The block.
   * @param sums Receives charge and energy currents of these settings, shape `[setting][point][2]` with all settings in their places.
   * @param pulse Called before each momentum; may throw to stop the work.
   * @returns Σ_n |∂ε_n/∂q_y t_n|, shape `[point]`.
   */
  contract(block: MomentumBlock, sums: Float64Array, pulse: () => void): Float64Array {
    const projection = this.#projection, parts = this.#parts, order = this.#order, states = order * this.#sites;
    const points = block.qy.length, magnitude = new Float64Array(points);
    for (let point = 0; point < points; point++) {
      pulse();
      magnitude[point] = modeFactors(block, point, projection.factor);
      if (parts.length === 0) continue;
      projection.density.set(block.imbalance.subarray(point * states, (point + 1) * states));
      projection.fold();
      const energy = block.energy.subarray(point * order, (point + 1) * order);
      parts.forEach((part, shape) => part.contract(projection.project(shape), energy, sums, point, points));
    }
    return magnitude;
  }

  /** Gives the memory back. */
  release(): void {
    this.#projection.release();
    for (const part of this.#parts) part.release();
  }
}

/** The sums over modes and nodes of one shape: those of `contraction.ts`, with nodes in the place of sites. */
class ShapeSums {
  readonly #settings: readonly number[];
  readonly #sums: OccupationSums;
  readonly #groups: readonly OccupationGroup[];

  constructor(
    { nodes, settings: own }: NodeSettings,
    settings: readonly Baths[],
    order: number,
    largestEnergy: number,
  ) {
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
