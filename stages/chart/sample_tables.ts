/**
 * Tables of the shapes that the paper's figures have, made up of simple formulas, and a plain chart of them, for tests of what draws.
 *
 * @module
 */
import type { Cell, Table } from "../aggregate/table.ts";
import type { ChartDefinition } from "./definition.ts";

/**
 * Returns a table of rows.
 *
 * @param observable The observable's name.
 * @param names The columns' names.
 * @param rows One list of cells a row, in the order of the names.
 */
export function tableOf(observable: string, names: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  return { observable, columns: names.map((name, i) => ({ name, cells: rows.map((row) => row[i]) })) };
}

/**
 * Returns so many evenly spaced numbers, both ends included.
 *
 * @param from The first.
 * @param to The last.
 * @param count How many, at least 2.
 */
export function range(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + (to - from) * i / (count - 1));
}

/** Lines of a current over the Fermi level: what a chart is made of besides, and other columns, are for tests to say. */
export const lineChart: ChartDefinition = {
  name: "chart",
  observable: "current",
  mark: "line",
  x: "fermi_level",
  y: "charge_current",
  theme: "aps-single",
};

/** A current that is nearly even in the Fermi level, for three slopes, as in Fig. 3(a). */
export const evenCurrent: Table = tableOf(
  "current",
  ["fermi_level", "chemical_potential_slope", "charge_current"],
  [0.005, 0.01, 0.02].flatMap((slope) =>
    range(-1, 1, 41).map((mu) => [mu, slope, 0.5 * slope * (1 - 0.3 * mu * mu) * (1 + 3 * mu * slope)])
  ),
);

/** A current that is odd in the Fermi level, for three temperature slopes, as in Fig. 3(b). */
export const oddCurrent: Table = tableOf(
  "current",
  ["baths.fermi_level", "inverse_temperature_slope", "charge_current"],
  [0.5, 1, 2].flatMap((slope) =>
    range(-1, 1, 21).map((mu) => [mu, slope, 1e-3 * slope * Math.tanh(2 * mu) * Math.exp(-mu * mu)])
  ),
);

/** Bands over the momentum with a mean position each, as in Fig. 2(b). */
export const bands: Table = tableOf(
  "bands",
  ["qy", "band", "energy", "mean_position"],
  range(-9.95, 9.95, 20).flatMap((mass, band) =>
    range(-Math.PI, Math.PI, 31).map((q) => [q, band, Math.sign(mass) * Math.hypot(Math.sin(q), mass), 24.5 + 2 * mass])
  ),
);

/** A spectral function over momentum and frequency. */
export const spectrum: Table = tableOf(
  "spectral",
  ["omega", "qy", "intensity"],
  range(-2, 2, 17).flatMap((omega) =>
    range(-Math.PI, Math.PI, 33).map((q) => [omega, q, 0.05 / ((omega - Math.sin(q)) ** 2 + 0.04) / Math.PI])
  ),
);

/** A current for each branch and three masses. */
export const branches: Table = tableOf(
  "current_by_branch",
  ["mass", "branch", "charge_current"],
  [-1.4, -1, 0].flatMap((mass) =>
    [["fa", 1], ["cll", 4], ["landau", -2], ["other", 0.3]].map((
      [branch, current],
    ) => [mass, branch, 1e-3 * Number(current) * (2 + mass)])
  ),
);
