/**
 * The flow spectrum of a block of momenta, Φ_l(ε) = Σ_q Σ_n W_n(l) δ(ε − ε_n): what each bath feeds in by energy, before it is known what its temperature and chemical potential are.
 *
 * Eq. (6) is an integral of it with Fermi functions. These are so smooth that a few moments of each panel of energies (`energy_panels.ts`) are all of the spectrum that they see:
 * hundreds of numbers in place of all modes of all momenta, after which bath settings cost nothing a momentum.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { chebyshevShare, MOMENTS, nodeShares, panelNodes } from "./energy_panels.ts";
import { modeFactors } from "./mode_weights.ts";
import { momentSums } from "./moment_sums.ts";

/** Panels from zero energy up. */
export interface Panels {
  /** δ, how wide each is. */
  readonly width: number;
  /** How many, so that no mode lies above them. */
  readonly count: number;
}

/** Moments of the spectrum of a block. */
export interface FlowMoments {
  /** Σ_n |∂ε_n/∂q_y t_n|, what all terms would add up to if none cancelled; shape `[point]`. */
  readonly magnitude: Float64Array;
  /** For each choice of panels, and for each choice of weights: Σ_q weight_q Σ_n W_n(l) T_k(x_n) over the modes of a panel, shape `[panel][moment][site]`. */
  readonly moments: readonly (readonly Float64Array[])[];
}

/**
 * Takes a block to moments.
 *
 * @param block The block.
 * @param panels Choices of panels.
 * @param weights Choices of weights of the momenta, shape `[point]` each.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The moments.
 */
export function flowMoments(
  block: MomentumBlock,
  panels: readonly Panels[],
  weights: readonly Float64Array[],
  pulse: () => void = () => {},
): FlowMoments {
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
      for (const { width } of panels) {
        for (const weight of weights) {
          if (weight[point] !== 0) addMomentum(energy, factor, weight[point], width, sums, table);
          table++;
        }
      }
    }
    const moments = panels.map((_, i) =>
      weights.map((_, k) => withoutPadding(sums.moments[i * weights.length + k], sites, sums.stride))
    );
    return { magnitude, moments };
  } finally {
    sums.release();
  }
}

/** Adds the modes of a momentum, whose energies ascend, panel by panel. */
function addMomentum(
  energy: Float64Array,
  factor: Float64Array,
  weight: number,
  width: number,
  sums: ReturnType<typeof momentSums>,
  table: number,
): void {
  let panel = 0, first = 0;
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
 * Spectra as modes at the nodes of panels, for all that contracts blocks: a momentum for each spectrum, whose mode j stands for ∫dε Φ_l(ε) δ(ε − ε_j) of a polynomial.
 *
 * @param width δ.
 * @param spectra Their moments, shape `[panel][moment][site]`, all of equally many panels.
 * @param sites L.
 * @returns A block in which W_j(l), what contractions weigh occupations with, are the weights of the nodes.
 */
export function spectrumBlock(width: number, spectra: readonly Float64Array[], sites: number): MomentumBlock {
  const panels = spectra[0].length / (MOMENTS * sites), nodes = panelNodes(width, panels), size = MOMENTS * sites;
  const sums = momentSums(MOMENTS, sites, spectra.map(() => panels));
  try {
    sums.share.set(nodeShares());
    const imbalance = new Float64Array(spectra.length * nodes.length * sites);
    spectra.forEach((moments, spectrum) => {
      for (let panel = 0; panel < panels; panel++) {
        sums.density.set(moments.subarray(panel * size, (panel + 1) * size));
        sums.add(spectrum, panel, 0, MOMENTS);
      }
      imbalance.set(withoutPadding(sums.moments[spectrum], sites, sums.stride), spectrum * nodes.length * sites);
    });
    const points = new Float64Array(spectra.length), energy = new Float64Array(points.length * nodes.length);
    points.forEach((_, spectrum) => energy.set(nodes, spectrum * nodes.length));
    // At q_y = 0 and with this velocity W_j(l) is the imbalance itself.
    return { qy: points, qz: points, drift: points, energy, groupVelocity: energy.map(() => -1), imbalance };
  } finally {
    sums.release();
  }
}

function withoutPadding(padded: Float64Array, sites: number, stride: number): Float64Array {
  const rows = padded.length / stride, moments = new Float64Array(rows * sites);
  for (let row = 0; row < rows; row++) {
    for (let l = 0; l < sites; l++) moments[row * sites + l] = padded[row * stride + l];
  }
  return moments;
}
