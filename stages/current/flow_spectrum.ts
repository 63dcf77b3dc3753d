/**
 * The flow spectrum of a block of momenta, Φ_l(ε) = Σ_q Σ_n W_n(l) δ(ε − ε_n): what each bath feeds in by energy, before it is known what its temperature
 * and chemical potential are.
 *
 * Eq. (6) is an integral of it with Fermi functions. These are so smooth that a few moments of each panel of energies (`energy_panels.ts`) are all of the
 * spectrum that they see: hundreds of numbers in place of all modes of all momenta, after which bath settings cost nothing a momentum.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { chebyshevShare, MOMENTS, nodeShares, panelNodes } from "./energy_panels.ts";
import { modeFactors } from "./mode_weights.ts";
import { type MomentSums, momentSums } from "./moment_sums.ts";

/** Panels from zero energy up. */
export interface Panels {
  /** δ, how wide each is. */
  readonly width: number;
  /** How many, so that no mode lies above them. */
  readonly count: number;
}

/** Where moments go. */
export interface MomentTable {
  /** What all of them are multiplied with. */
  readonly factor: number;
  /** Receives them, shape `[weights][panel][moment][site]`. */
  readonly moments: Float64Array;
}

/**
 * Takes a block to moments: for each choice of weights Σ_q weight_q Σ_n W_n(l) T_k(x_n) over the modes of each panel.
 *
 * @param block The block.
 * @param panels Choices of panels.
 * @param weights Choices of weights of the momenta, shape `[point]` each.
 * @param tables For each choice of panels, where its moments go.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns Σ_n |∂ε_n/∂q_y t_n|, what all terms would add up to if none cancelled; shape `[point]`.
 */
export function flowMoments(
  block: MomentumBlock,
  panels: readonly Panels[],
  weights: readonly Float64Array[],
  tables: readonly (readonly MomentTable[])[],
  pulse: () => void = () => {},
): Float64Array {
  const points = block.qy.length, order = block.energy.length / points, states = block.imbalance.length / points;
  const sites = states / order, magnitude = new Float64Array(points), factor = new Float64Array(order);
  const sums = momentSums(order, sites, panels.flatMap(({ count }) => weights.map(() => count)));
  try {
    for (let point = 0; point < points; point++) {
      pulse();
      magnitude[point] = modeFactors(block, point, factor);
      if (panels.length > 0) sums.density.set(block.imbalance.subarray(point * states, (point + 1) * states));
      const energy = block.energy.subarray(point * order, (point + 1) * order);
      let table = 0;
      for (const choice of panels) {
        for (const weight of weights) {
          if (weight[point] !== 0) addMomentum(energy, factor, weight[point], choice, sums, table);
          table++;
        }
      }
    }
    panels.forEach((_, choice) => {
      const own = sums.moments.slice(choice * weights.length, (choice + 1) * weights.length);
      for (const { factor, moments } of tables[choice]) {
        const size = moments.length / weights.length;
        own.forEach((padded, k) =>
          copyRows(padded, sums.stride, factor, moments.subarray(k * size, (k + 1) * size), sites)
        );
      }
    });
    return magnitude;
  } finally {
    sums.release();
  }
}

/** Adds the modes of a momentum, whose energies ascend, panel by panel. */
function addMomentum(
  energy: Float64Array,
  factor: Float64Array,
  weight: number,
  { width, count }: Panels,
  sums: MomentSums,
  table: number,
): void {
  let panel = 0, first = 0;
  if (!(energy[energy.length - 1] < width * count)) throw new RangeError("A mode lies above all panels");
  for (let n = 0; n < energy.length; n++) {
    const position = energy[n] / width, own = Math.floor(position);
    if (own !== panel) {
      if (first < n) sums.add(table, panel, first, n);
      panel = own;
      first = n;
    }
    chebyshevShare(position, own, weight * factor[n], sums.share, n * MOMENTS);
  }
  sums.add(table, panel, first, energy.length);
}

/**
 * Spectra as modes at the nodes of panels, for all that contracts blocks: a momentum for each spectrum, whose mode j stands for ∫dε Φ_l(ε) δ(ε − ε_j) of a
 * polynomial.
 *
 * @param width δ.
 * @param moments Their moments, shape `[spectrum][panel][moment][site]`.
 * @param spectra How many spectra.
 * @param sites L.
 * @returns A block in which W_j(l), what contractions weigh occupations with, are the weights of the nodes.
 */
export function spectrumBlock(width: number, moments: Float64Array, spectra: number, sites: number): MomentumBlock {
  const size = MOMENTS * sites, panels = moments.length / (spectra * size), nodes = panelNodes(width, panels);
  const sums = momentSums(MOMENTS, sites, [spectra * panels]);
  try {
    sums.share.set(nodeShares());
    for (let panel = 0; panel < spectra * panels; panel++) {
      sums.density.set(moments.subarray(panel * size, (panel + 1) * size));
      sums.add(0, panel, 0, MOMENTS);
    }
    const imbalance = new Float64Array(moments.length), energy = new Float64Array(spectra * nodes.length);
    copyRows(sums.moments[0], sums.stride, 1, imbalance, sites);
    const points = new Float64Array(spectra);
    points.forEach((_, spectrum) => energy.set(nodes, spectrum * nodes.length));
    // At q_y = 0 and with this velocity W_j(l) is the imbalance itself.
    return { qy: points, qz: points, drift: points, energy, groupVelocity: energy.map(() => -1), imbalance };
  } finally {
    sums.release();
  }
}

/** Leaves out the padding of rows, and multiplies with a factor. */
function copyRows(padded: Float64Array, stride: number, factor: number, rows: Float64Array, sites: number): void {
  for (let to = 0, from = 0; to < rows.length; to += sites, from += stride) {
    for (let l = 0; l < sites; l++) rows[to + l] = factor * padded[from + l];
  }
}
