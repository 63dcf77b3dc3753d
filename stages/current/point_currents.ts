/**
 * The integrand of Eq. (6) momentum by momentum, for many bath settings at a time: what sums over the zone are made of when only totals are asked for.
 *
 * Totals need the densities D_n(l) only as far as occupations tell sites apart. Where baths are linear in l they are taken to a few nodes first (`bath_nodes.ts`), and the sums of
 * `contraction.ts` run over these instead of the sites.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { bathNodes, nodeCount } from "./bath_nodes.ts";
import { type Baths, coldest } from "./baths.ts";
import { contractPoints } from "./contraction.ts";
import { SAFE_ARGUMENT } from "./hyperbolic_groups.ts";
import { NodeContraction, type NodeSettings } from "./node_contraction.ts";

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
  const contraction = new PointContraction(settings);
  try {
    return contraction.currents(block, pulse);
  } finally {
    contraction.release();
  }
}

/** Bath settings, and what is worked out of them once for all blocks, which takes as long as ten momenta. */
export class PointContraction {
  readonly #settings: readonly Baths[];
  /** The largest β_l and β_l |μ_l| of each setting. */
  readonly #coldest: readonly ReturnType<typeof coldest>[];
  #plan: Plan | undefined;
  #isBusy = false;

  /**
   * Settings, of which nothing is worked out yet.
   *
   * @param settings The baths, each of as many sites as the blocks that will come.
   */
  constructor(settings: readonly Baths[]) {
    this.#settings = settings;
    this.#coldest = settings.map(coldest);
  }

  /**
   * The integrand of Eq. (6) at each momentum of a block.
   *
   * The numbers of one setting do not depend on which others are asked for with it, nor on the blocks before.
   *
   * @param block The block.
   * @param pulse Called before each momentum; may throw to stop the work.
   * @returns The currents.
   */
  currents(block: MomentumBlock, pulse: () => void = () => {}): PointCurrents {
    if (this.#isBusy) return pointCurrents(block, this.#settings, pulse); // the pulse of another block asks
    const points = block.qy.length, order = block.energy.length / points;
    const sites = block.imbalance.length / block.energy.length,
      sums = new Float64Array(2 * this.#settings.length * points);
    const { nodes, direct } = this.#planFor(block, order, sites);
    this.#isBusy = true;
    try {
      const magnitude = nodes.contract(block, sums, pulse);
      if (direct.length > 0) {
        const rest = contractPoints(block, direct.map((setting) => this.#settings[setting]), pulse), size = 2 * points;
        direct.forEach((setting, i) => sums.set(rest.subarray(i * size, (i + 1) * size), setting * size));
      }
      return { sums, magnitude };
    } finally {
      this.#isBusy = false;
    }
  }

  /** Gives the memory back; what is needed again is worked out again. */
  release(): void {
    if (!this.#isBusy) this.#plan?.nodes.release(); // who works with it goes on
    this.#plan = undefined;
  }

  #planFor(block: MomentumBlock, order: number, sites: number): Plan {
    const largestEnergy = block.energy.reduce((largest, energy) => Math.max(largest, energy), 0);
    // Where no hyperbolic function of β ε or β μ comes near the largest number there is.
    const safe = this.#coldest.map(({ beta, argument }) => Math.max(beta * largestEnergy, argument) <= SAFE_ARGUMENT);
    const kind = [order, sites, ...safe].join();
    if (this.#plan?.kind === kind) return this.#plan;
    this.release();
    const direct: number[] = [], shapes = new Map<number, NodeSettings>();
    this.#settings.forEach((baths, setting) => {
      const count = safe[setting] ? nodeCount(baths) : undefined;
      if (count === undefined) {
        direct.push(setting);
        return;
      }
      const shape = shapes.get(count) ?? { nodes: bathNodes(sites, count), settings: [] };
      shapes.set(count, shape);
      shape.settings.push(setting);
    });
    const nodes = new NodeContraction(this.#settings, [...shapes.values()], order, sites, largestEnergy);
    return this.#plan = { kind, nodes, direct };
  }
}

/** What is done with the settings in blocks of one kind. */
interface Plan {
  /** Numbers of modes and sites, and which settings are safe. */
  readonly kind: string;
  /** Does those that go to nodes. */
  readonly nodes: NodeContraction;
  /** The others. */
  readonly direct: readonly number[];
}
