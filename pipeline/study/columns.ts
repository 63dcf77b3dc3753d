/**
 * The names of a table's columns follow from the study alone, so that a chart that names a wrong one is refused before
 * anything is computed.
 *
 * @module
 */
import type { Study } from "./schema.ts";

/** The columns that each observable adds to the swept ones, in their order. */
export const ownColumns: Readonly<Record<keyof Study["observables"], readonly string[]>> = {
  bands: ["qy", "qz", "band", "energy", "mean_position", "chirality"],
  continuum: ["branch", "level", "qy", "energy"],
  continuum_density: ["form", "state", "qy", "qz", "energy", "site", "density"],
  current: ["charge_current", "charge_current_error", "energy_current", "energy_current_error"],
  current_by_branch: ["branch", "charge_current"],
  current_limit: ["charge_current", "charge_current_error", "energy_current", "energy_current_error"],
  current_profile: ["site", "charge_current"],
  density: ["state", "qy", "qz", "energy", "site", "density"],
  formula: ["charge_current", "energy_current", "cutoff", "cutoff_error"],
  gap: ["gap"],
  gap_opening: ["opening", "gap"],
  linewidth: ["omega", "state", "qy", "width"],
  response: [
    "site",
    "charge_by_potential",
    "charge_by_temperature",
    "energy_by_potential",
    "energy_by_temperature",
  ],
  self_energy: ["omega", "site", "orbital", "re", "im"],
  spectral: ["omega", "qy", "intensity"],
  supercell: ["omega", "qy", "intensity", "intensity_error", "spread"],
};

/** The own columns that tell the rows of one point apart; what is in the others was computed. */
const KEY_COLUMNS: Readonly<Record<keyof Study["observables"], readonly string[]>> = {
  bands: ["qy", "qz", "band"],
  continuum: ["branch", "level", "qy"],
  continuum_density: ["form", "state", "qy", "qz", "site"],
  current: [],
  current_by_branch: ["branch"],
  current_limit: [],
  current_profile: ["site"],
  density: ["state", "qy", "qz", "site"],
  formula: ["order"],
  gap: [],
  gap_opening: [],
  linewidth: ["omega", "state"],
  response: ["site"],
  self_energy: ["omega", "site", "orbital"],
  spectral: ["omega", "qy"],
  supercell: ["omega", "qy"],
};

/** What of a study names its columns; without observables, all have the settings with which they name fewest. */
type ColumnSource = Pick<Study, "sweep"> & { readonly observables?: Partial<Study["observables"]> };

function ownColumnsOf({ observables }: ColumnSource, observable: string): readonly string[] {
  if (!Object.hasOwn(ownColumns, observable)) {
    throw new RangeError(`Cannot name the columns of ${observable}: there is no such observable`);
  }
  const own = ownColumns[observable as keyof typeof ownColumns];
  // Several forms of the formula are told apart by a column, one form needs none.
  return observable === "formula" && typeof observables?.formula?.order === "object" ? ["order", ...own] : own;
}

/**
 * Returns the names of the swept columns of an observable's table, one a swept path, in the order of the sweep: the last
 * part of the path, or the whole path where two would collide or an own column has that name.
 *
 * @throws {RangeError} If there is no such observable.
 */
export function sweptColumns(study: ColumnSource, observable: string): string[] {
  const own = ownColumnsOf(study, observable);
  const paths = study.sweep.flat().map(({ path }) => path);
  const ends = paths.map((path) => path.slice(path.lastIndexOf(".") + 1));
  return paths.map((path, index) => {
    const end = ends[index];
    const collides = own.includes(end) || ends.indexOf(end) !== ends.lastIndexOf(end);
    return collides ? path : end;
  });
}

/**
 * Returns the names of all columns of an observable's table: the swept ones, then its own.
 *
 * @throws {RangeError} If there is no such observable.
 */
export function columnsOf(study: ColumnSource, observable: string): string[] {
  return [...sweptColumns(study, observable), ...ownColumnsOf(study, observable)];
}

/** The columns by which rows of an observable's table are told apart. */
export interface KeyColumns {
  /** Swept paths and their columns. */
  readonly swept: readonly (readonly [path: string, column: string])[];
  /** Own columns. */
  readonly own: readonly string[];
}

/**
 * Returns the columns by which the rows of an observable's table are told apart, so that the same row is found in another study's table.
 *
 * @throws {RangeError} If there is no such observable.
 */
export function keyColumnsOf(study: ColumnSource, observable: string): KeyColumns {
  const own = ownColumnsOf(study, observable), columns = sweptColumns(study, observable);
  const swept = study.sweep.flat().map(({ path }, i) => [path, columns[i]] as const);
  // Where along that path the gap opens is what was found.
  const found = observable === "gap_opening" ? study.observables?.gap_opening?.along : undefined;
  return {
    swept: swept.filter(([path]) => path !== found),
    own: KEY_COLUMNS[observable as keyof typeof KEY_COLUMNS].filter((name) => own.includes(name)),
  };
}

/** The own columns that hold labels. */
const LABEL_COLUMNS: readonly string[] = ["branch", "form", "orbital", "order", "state"];

/**
 * Returns the names of the columns of an observable's table that hold numbers, in their order.
 *
 * @throws {RangeError} If there is no such observable.
 */
export function numericColumnsOf(study: ColumnSource, observable: string): string[] {
  const values = study.sweep.flat().map((axis) => axis.values);
  const swept = sweptColumns(study, observable).filter((_, i) => values[i].every((value) => typeof value === "number"));
  return [...swept, ...ownColumnsOf(study, observable).filter((name) => !LABEL_COLUMNS.includes(name))];
}
