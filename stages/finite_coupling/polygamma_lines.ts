/**
 * The polygamma functions of many baths: tabulated where all poles are equally broad, so that one line of the complex plane serves all baths of a temperature.
 *
 * @module
 */
import type { Baths } from "../current/baths.ts";
import { type Polygamma, PolygammaLine } from "../numerics/polygamma_line.ts";

/** So many tables, of 0.15 MB each, are kept at a time: thousands of settings with a temperature at each site would take gigabytes. */
const MOST_LINES = 512;

/** Some settings in a row. */
export interface SettingsInRow {
  /** The place of the first one. */
  readonly first: number;
  /** The settings. */
  readonly own: readonly Baths[];
}

/**
 * Cuts settings into those whose tables are kept at a time.
 *
 * @param settings All settings.
 * @returns The same in their order; one row at the least, none of it empty unless there are no settings.
 */
export function inRows(settings: readonly Baths[]): SettingsInRow[] {
  const rows: SettingsInRow[] = [], temperatures = new Set<number>();
  let first = 0;
  settings.forEach(({ inverseTemperature }, setting) => {
    const before = temperatures.size;
    inverseTemperature.forEach((beta) => temperatures.add(beta));
    if (temperatures.size <= MOST_LINES || temperatures.size === before || setting === first) return;
    rows.push({ first, own: settings.slice(first, setting) });
    temperatures.clear();
    inverseTemperature.forEach((beta) => temperatures.add(beta));
    first = setting;
  });
  rows.push({ first, own: settings.slice(first) });
  return rows;
}

/** The function at ½ + β_lγ_b/4π + iy for the baths of one setting. */
export type BathPolygamma = (site: number, broadening: number, y: number, result: Float64Array) => void;

/** A polygamma function for any number of settings. */
export class PolygammaLines {
  readonly #function: Polygamma;
  readonly #broadening: number;
  readonly #lines = new Map<number, PolygammaLine>();

  /**
   * No table yet.
   *
   * @param of The function.
   * @param broadening γ of all poles, or 0 if they differ.
   */
  constructor(of: Polygamma, broadening: number) {
    this.#function = of;
    this.#broadening = broadening;
  }

  /**
   * The function for one setting.
   *
   * @param baths The baths.
   * @returns A function of the site, the broadening of the pole (which must be that of all, where there is one) and the imaginary part.
   */
  of({ inverseTemperature }: Baths): BathPolygamma {
    const broadening = this.#broadening, direct = this.#function;
    if (broadening === 0) {
      return (site, own, y, result) => direct(realPart(inverseTemperature[site], own), y, result);
    }
    const lines = Array.from(inverseTemperature, (beta) => {
      const line = this.#lines.get(beta) ?? new PolygammaLine(direct, realPart(beta, broadening));
      this.#lines.set(beta, line);
      return line;
    });
    return (site, _own, y, result) => lines[site].at(y, result);
  }
}

function realPart(beta: number, broadening: number): number {
  return 0.5 + beta * broadening / (4 * Math.PI);
}
