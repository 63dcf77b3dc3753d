/**
 * Flow spectra with the Fermi functions of many bath settings: the totals of `contraction.ts` where all momenta have the same energies, so that the functions
 * of β_l ε, which are most of the work where each setting has a temperature profile of its own, are evaluated once for all of them.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { Baths } from "./baths.ts";
import { weighMomentum } from "./mode_weights.ts";
import { occupationGroups } from "./occupation_groups.ts";
import { occupationSums } from "./occupation_sums.ts";

/**
 * Contracts spectra with many bath settings.
 *
 * The numbers of one setting do not depend on which others are asked for with it.
 *
 * @param spectra A block of `spectrumBlock`.
 * @param settings The baths, as warm as its panels are made for, so that no hyperbolic function overflows.
 * @returns Charge and energy current added up over the sites, shape `[setting][spectrum][2]`.
 */
export function contractSpectra(spectra: MomentumBlock, settings: readonly Baths[]): Float64Array {
  const count = spectra.qy.length, order = spectra.energy.length / count, nodes = spectra.energy.subarray(0, order);
  const sites = spectra.imbalance.length / spectra.energy.length,
    totals = new Float64Array(2 * count * settings.length);
  const sums = occupationSums(order, sites, settings.length), { members, tables } = sums;
  try {
    const sea = new Float64Array(sites);
    const weighted = Array.from({ length: count }, (_, spectrum) => {
      weighMomentum(sums, spectra, spectrum, 0, sea);
      return tables.weighted.slice();
    });
    for (const group of occupationGroups(settings, nodes[order - 1], sums)) {
      group.prepare(nodes);
      weighted.forEach((weights, spectrum) => {
        tables.weighted.set(weights);
        group.accumulate(nodes, 0);
        group.settings.forEach((setting, i) => {
          const from = 2 * (group.first + i);
          totals.set(members.totals.subarray(from, from + 2), 2 * (count * setting + spectrum));
        });
      });
    }
    return totals;
  } finally {
    sums.release();
  }
}
