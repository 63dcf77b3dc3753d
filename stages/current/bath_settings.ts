/**
 * Which bath settings go by flow spectra and how wide their panels are, and which take block by block all modes: told by each setting, and by the largest
 * energy of a block.
 *
 * @module
 */
import { type Baths, coldest } from "./baths.ts";
import { panelCount, panelWidth } from "./energy_panels.ts";
import type { Panels } from "./flow_spectrum.ts";
import { SAFE_ARGUMENT } from "./hyperbolic_groups.ts";

/** Bath settings by how they are dealt with. */
export interface BathSettings {
  /** All settings. */
  readonly baths: readonly Baths[];
  /** The widths that occur, in no order that means anything. */
  readonly widths: readonly number[];
  /** The place of each setting's width among them; −1 if its chemical potentials are so many thermal energies that hyperbolic functions overflow. */
  readonly widthOf: readonly number[];
}

/**
 * Sorts bath settings by the panels that they need.
 *
 * @param baths The settings.
 * @returns The same, sorted.
 */
export function bathSettings(baths: readonly Baths[]): BathSettings {
  const widths: number[] = [];
  const widthOf = baths.map((own) => {
    const { beta, argument } = coldest(own);
    if (argument > SAFE_ARGUMENT) return -1;
    const width = panelWidth(beta);
    return widths.includes(width) ? widths.indexOf(width) : widths.push(width) - 1;
  });
  return { baths, widths, widthOf };
}

/**
 * The panels that a block needs.
 *
 * @param settings The settings.
 * @param energy The block's energies.
 * @returns For each of the widths its panels, none where panels do not serve.
 */
export function blockPanels({ widths }: BathSettings, energy: Float64Array): Panels[] {
  const largest = energy.reduce((most, value) => Math.max(most, value), 0);
  return widths.map((width) => ({ width, count: panelCount(width, largest) }));
}
