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
import { type GroupTables, nodeSums } from "./node_sums.ts";
import { modeFactors } from "./mode_weights.ts";
import { SAFE_ARGUMENT, SCALE } from "./hyperbolic_groups.ts";

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
    const shape = shapes.get(count) ?? new Shape(bathNodes(sites, count));
    shapes.set(count, shape);
    shape.add(setting, baths);
  });
  const sums = new Float64Array(2 * settings.length * points);
  const magnitude = contractNodes(block, [...shapes.values()], sums, pulse);
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

/** Settings that need equally many nodes, in groups that share a temperature at each of them. */
class Shape {
  readonly groups = new Map<string, Group>();

  constructor(readonly nodes: BathNodes) {}

  add(setting: number, baths: Baths): void {
    const { chemicalPotential: mu, inverseTemperature: beta } = bathsAt(baths, this.nodes);
    const byNode = beta.some((value) => value !== beta[0]), key = byNode ? beta.join() : String(beta[0]);
    const group = this.groups.get(key) ?? { beta, byNode, settings: [], baths: [] };
    this.groups.set(key, group);
    group.settings.push(setting);
    mu.forEach((value, j) => group.baths.push(2 * Math.cosh(beta[j] * value) * SCALE));
    mu.forEach((value, j) => group.baths.push(2 * Math.sinh(beta[j] * value) * SCALE));
  }
}

interface Group {
  readonly beta: Float64Array;
  readonly byNode: boolean;
  readonly settings: number[];
  readonly baths: number[];
}

/** Fills the sums of all settings of the shapes; returns the magnitudes. */
function contractNodes(
  block: MomentumBlock,
  shapes: readonly Shape[],
  sums: Float64Array,
  pulse: () => void,
): Float64Array {
  const points = block.qy.length,
    order = block.energy.length / points,
    sites = block.imbalance.length / block.energy.length;
  const groups = shapes.map((shape) => [...shape.groups.values()]);
  const loops = nodeSums(
    order,
    sites,
    shapes.map(({ nodes }, i) => ({
      nodes,
      groups: groups[i].map(({ baths, byNode }) => ({ baths: Float64Array.from(baths), byNode })),
    })),
  );
  const factors = loops.factor.subarray(0, order), densities = loops.density.subarray(0, order * sites);
  const magnitude = new Float64Array(points);
  for (let point = 0; point < points; point++) {
    pulse();
    magnitude[point] = modeFactors(block, point, factors);
    if (shapes.length === 0) continue;
    const energy = block.energy.subarray(point * order, (point + 1) * order);
    densities.set(block.imbalance.subarray(point * order * sites, (point + 1) * order * sites));
    shapes.forEach(({ nodes }, shape) => {
      loops.project(shape);
      groups[shape].forEach((group, k) => {
        const tables = loops.groups[shape][k];
        if (group.byNode) fillByNode(group.beta, nodes, energy, tables);
        else fillUniform(group.beta[0], energy, tables);
        loops.sum(shape, k);
        for (let i = 0; i < group.settings.length; i++) {
          const at = 2 * (group.settings[i] * points + point);
          sums[at] = tables.sums[2 * i];
          sums[at + 1] = tables.sums[2 * i + 1];
        }
      });
    });
  }
  return magnitude;
}

function fillUniform(beta: number, energy: Float64Array, { cosh, sinh }: GroupTables): void {
  for (let n = 0; n < energy.length; n++) {
    const growing = Math.exp(beta * energy[n]), falling = 1 / growing;
    cosh[n] = (growing + falling) * SCALE;
    sinh[n] = energy[n] * difference(beta * energy[n], growing, falling) * SCALE;
  }
}

/** β_j is β̄ + δ x_j, and with x_j there is −x_j: from three exponentials come the functions of two nodes. */
function fillByNode(
  beta: Float64Array,
  { position }: BathNodes,
  energy: Float64Array,
  { cosh, sinh }: GroupTables,
): void {
  const count = position.length, half = count / 2;
  const mean = (beta[0] + beta[half]) / 2, rise = (beta[half] - beta[0]) / (2 * position[half]);
  for (let n = 0; n < energy.length; n++) {
    const mode = energy[n], middle = Math.exp(mean * mode);
    for (let j = 0, at = n * count; j < half; j++, at++) {
      const step = Math.exp(rise * position[j] * mode);
      const near = middle * step, far = middle / step, inverseNear = 1 / near, inverseFar = 1 / far;
      cosh[at] = (near + inverseNear) * SCALE;
      sinh[at] = mode * difference(beta[j] * mode, near, inverseNear) * SCALE;
      cosh[at + half] = (far + inverseFar) * SCALE;
      sinh[at + half] = mode * difference(beta[j + half] * mode, far, inverseFar) * SCALE;
    }
  }
}

/** 2 sinh x from e^x and e^{−x}, whose difference cancels where x is small. */
function difference(x: number, growing: number, falling: number): number {
  return growing < 2 ? 2 * Math.sinh(x) : growing - falling;
}
