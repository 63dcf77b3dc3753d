/**
 * What a block adds to the currents of many bath settings, and what all blocks together come to. Where the baths are warm enough only moments of the block's
 * flow spectrum are taken, which serve all settings of a temperature (`flow_spectrum.ts`): their numbers are worked out once, of the spectrum of the zone. The
 * others go mode by mode in each block.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { ResponseBlock } from "../finite_coupling/response_block.ts";
import { contractResponse } from "../finite_coupling/response_contraction.ts";
import { sum } from "../numerics/sums.ts";
import type { Baths } from "./baths.ts";
import { type BathSettings, bathSettings, blockPanels } from "./bath_settings.ts";
import { emptyShare, shareIn, SPECTRA } from "./block_share.ts";
import { MOMENTS } from "./energy_panels.ts";
import { flowMoments, type Panels, spectrumBlock } from "./flow_spectrum.ts";
import type { GridWeights } from "./grid_weights.ts";
import { PointContraction } from "./point_currents.ts";
import { contractSpectra } from "./spectrum_contraction.ts";

/** Numbers of a setting: charge and energy by the rule and by each of three coarser rules, along q_y, along q_z, and along both. */
export const NUMBERS = 8;

/** Tables of moments of each width of panels: with the weights along q_z of the rule, and of the coarser one. */
const ROWS = 2;

/**
 * How much of the coarse rule along q_y is taken off the fine one before moments are summed up. Most momenta of the coarse rule weigh three times as much in
 * it: what is left of them in the fine one is nothing, and each momentum is summed up once.
 */
const COARSE_PART = 1 / 3;

/** Makes the shares of blocks for some bath settings. */
export class CurrentShares {
  readonly #settings: BathSettings;
  /** Settings that take a block mode by mode, which may differ from block to block. */
  #direct: { readonly settings: string; readonly contraction: PointContraction } | undefined;

  /**
   * Shares for some settings.
   *
   * @param baths The settings, each of as many sites as the blocks that will come.
   */
  constructor(baths: readonly Baths[]) {
    this.#settings = bathSettings(baths);
  }

  /**
   * The share of a block of modes.
   *
   * The numbers of one setting do not depend on which others are asked for with it, nor on the blocks before.
   *
   * @param block The block.
   * @param weights What its momenta weigh.
   * @param pulse Called before each momentum; may throw to stop the work.
   * @returns The share, for `addShares` and {@linkcode currentNumbers}.
   */
  ofModes(block: MomentumBlock, weights: GridWeights, pulse: () => void): Float64Array {
    const { baths, widthOf } = this.#settings, panels = blockPanels(this.#settings, block.energy);
    const rows = [weights.row, weights.coarseRow], sites = baths[0].chemicalPotential.length;
    const lengths = panels.flatMap(({ count }) => rows.map((row) => row === 0 ? 0 : SPECTRA * count * MOMENTS * sites));
    const share = emptyShare(baths.length * NUMBERS, lengths);
    const tables = panels.map((_, i) => rows.map((factor, z) => ({ factor, moments: share.moments[ROWS * i + z] })));
    const rest = weights.point.map((weight, point) => weight - COARSE_PART * weights.coarsePoint[point]);
    const magnitude = flowMoments(
      block,
      panels.filter(isUsed),
      [rest, weights.coarsePoint],
      tables.filter((_, i) => isUsed(panels[i])),
      pulse,
    );
    share.magnitude[0] = weights.row * weightedSum(magnitude, weights.point, 0, 1);
    this.#addDirect(
      [...baths.keys()].filter((set) => !isUsed(panels[widthOf[set]])),
      block,
      weights,
      share.numbers,
      pulse,
    );
    return share.packed;
  }

  /**
   * The share of a block of poles.
   *
   * @param block The block.
   * @param weights What its momenta weigh.
   * @param pulse As for modes.
   * @returns As for modes.
   */
  ofPoles(block: ResponseBlock, weights: GridWeights, pulse: () => void): Float64Array {
    const { baths, widths } = this.#settings;
    const { magnitude, currents } = contractResponse(block, baths, weights.point, weights.coarsePoint, pulse);
    const share = emptyShare(baths.length * NUMBERS, Array(ROWS * widths.length).fill(0));
    share.magnitude[0] = weights.row * magnitude;
    currents.forEach(({ charge, energy, coarse }, set) =>
      put(share.numbers, set, weights, [sum(charge), sum(energy), ...coarse])
    );
    return share.packed;
  }

  /** Gives memory back; what is needed again is worked out again. */
  release(): void {
    this.#direct?.contraction.release();
    this.#direct = undefined;
  }

  #addDirect(
    settings: readonly number[],
    block: MomentumBlock,
    weights: GridWeights,
    numbers: Float64Array,
    pulse: () => void,
  ): void {
    if (settings.length === 0) return;
    if (this.#direct?.settings !== settings.join()) {
      this.release();
      const contraction = new PointContraction(settings.map((set) => this.#settings.baths[set]));
      this.#direct = { settings: settings.join(), contraction };
    }
    const { sums } = this.#direct!.contraction.currents(block, pulse), size = 2 * block.qy.length;
    settings.forEach((set, i) => {
      const integrand = sums.subarray(i * size, (i + 1) * size);
      const rowSums = [weights.point, weights.coarsePoint].flatMap((weight) =>
        [0, 1].map((kind) => weightedSum(integrand, weight, kind, 2))
      );
      put(numbers, set, weights, rowSums);
    });
  }
}

/** Numbers of sites and settings, multiplied, that spectra are contracted with at a time: with temperature profiles of their own that takes 20 ms. */
const TOGETHER = 3200;

/**
 * The numbers of the settings, one after the other, worked out while they are taken.
 *
 * @param baths The settings.
 * @param total The shares of all blocks, added up.
 * @returns For each setting its numbers, in the order that {@linkcode NUMBERS} gives.
 */
export function* currentNumbers(baths: readonly Baths[], total: Float64Array): Generator<Float64Array> {
  const { widths, widthOf } = bathSettings(baths), { numbers: direct, moments } = shareIn(total);
  const { length: sites } = baths[0].chemicalPotential, step = Math.ceil(TOGETHER / sites);
  const spectra = widths.map((width, i) => {
    const rows = moments.slice(ROWS * i, ROWS * (i + 1)).filter(({ length }) => length > 0);
    // No block may need such panels, or have any.
    return rows.length === 0 ? undefined : spectrumBlock(width, together(rows), SPECTRA * rows.length, sites);
  });
  for (let first = 0; first < baths.length; first += step) {
    const sets = [...baths.keys()].slice(first, first + step);
    const numbers = direct.slice(NUMBERS * first, NUMBERS * (first + sets.length));
    spectra.forEach((block, i) => {
      if (block === undefined) return;
      const own = sets.filter((set) => widthOf[set] === i);
      if (own.length > 0) addSpectra(block, baths, own, first, numbers);
    });
    for (let at = 0; at < numbers.length; at += NUMBERS) yield numbers.subarray(at, at + NUMBERS);
  }
}

/** Adds what comes of spectra to the numbers of some settings, of which the first one stands for setting `first`. */
function addSpectra(
  spectra: MomentumBlock,
  baths: readonly Baths[],
  own: readonly number[],
  first: number,
  numbers: Float64Array,
): void {
  const count = spectra.qy.length, sums = contractSpectra(spectra, own.map((set) => baths[set]));
  own.forEach((set, k) => {
    for (let row = 0; row < count / SPECTRA; row++) {
      const from = 2 * (count * k + SPECTRA * row), to = NUMBERS * (set - first) + 4 * row;
      const [rest, restEnergy, coarse, coarseEnergy] = sums.subarray(from, from + 4);
      numbers[to] += rest + COARSE_PART * coarse;
      numbers[to + 1] += restEnergy + COARSE_PART * coarseEnergy;
      numbers[to + 2] += coarse;
      numbers[to + 3] += coarseEnergy;
    }
  });
}

/** The spectra of tables in one table, all with as many panels as the longest: above its own a spectrum has nothing. */
function together(tables: readonly Float64Array[]): Float64Array {
  const size = Math.max(...tables.map(({ length }) => length)) / SPECTRA;
  const all = new Float64Array(tables.length * SPECTRA * size);
  tables.forEach((table, i) => {
    const own = table.length / SPECTRA;
    for (let k = 0; k < SPECTRA; k++) all.set(table.subarray(k * own, (k + 1) * own), (i * SPECTRA + k) * size);
  });
  return all;
}

function isUsed(panels: Panels | undefined): boolean {
  return panels !== undefined && panels.count > 0;
}

/** The sum over the momenta of one of several values each, times weights. */
function weightedSum(values: Float64Array, weight: Float64Array, first: number, step: number): number {
  let total = 0;
  for (let point = 0; point < weight.length; point++) total += weight[point] * values[first + step * point];
  return total;
}

/** Writes the numbers of a setting from the sums over a row by the fine and the coarse rule along q_y. */
function put(numbers: Float64Array, set: number, weights: GridWeights, rowSums: readonly number[]): void {
  for (let i = 0; i < 4; i++) {
    numbers[set * NUMBERS + i] = weights.row * rowSums[i];
    numbers[set * NUMBERS + 4 + i] = weights.coarseRow * rowSums[i];
  }
}
