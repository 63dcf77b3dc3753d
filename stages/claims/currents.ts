/**
 * The currents of a study by what drives them, as claims about them read them.
 *
 * @module
 */
import type { Evidence, Row } from "./evidence.ts";

/** The path of μ_F. */
export const FERMI_LEVEL = "baths.fermi_level";
/** The path of Δμ/Δx. */
export const POTENTIAL_SLOPE = "baths.chemical_potential_slope";
/** The path of β₀. */
export const TEMPERATURE = "baths.inverse_temperature";
/** The path of Δβ/Δx. */
export const TEMPERATURE_SLOPE = "baths.inverse_temperature_slope";

/** Currents below this are roundings of a sum of some hundred thousand terms of order 1 that cancel (e v/ħa²): nothing can be told from them. */
export const NOISE = 1e-14;

/** Rounding in such a sum, relative to the largest current of a study. */
export const ROUNDING = 1e-12;

/** Swept levels and slopes are written in few digits: closer than this they are the same. */
const SAME = 1e-9;

/**
 * The currents of slabs without disorder, which is what the paper's sentences on currents are about. With it, what vanishes in uniform baths does so by the way in which it is computed.
 *
 * @param evidence The tables.
 * @returns The rows of `current` where `disorder.scheme` is none, or is not read: in the limit of vanishing coupling.
 */
export function cleanCurrents(evidence: Evidence): readonly Row[] {
  const settings = evidence.settings("current") as { readonly method?: string } | undefined;
  if (settings?.method === "limit") return evidence.rows("current");
  return evidence.rows("current").filter((row) => {
    const scheme = row.at("disorder.scheme"), coupling = row.at("baths.coupling");
    return scheme === undefined || scheme === "none" || coupling === 0;
  });
}

/**
 * Whether a row is driven by a gradient of the chemical potential alone.
 *
 * @param row The row.
 * @returns Whether it is.
 */
export function isPotentialDriven(row: Row): boolean {
  return Number(row.at(POTENTIAL_SLOPE)) !== 0 && Number(row.at(TEMPERATURE_SLOPE)) === 0;
}

/**
 * Whether a row is driven by a gradient of the temperature alone.
 *
 * @param row The row.
 * @returns Whether it is.
 */
export function isTemperatureDriven(row: Row): boolean {
  return Number(row.at(POTENTIAL_SLOPE)) === 0 && Number(row.at(TEMPERATURE_SLOPE)) !== 0;
}

/**
 * Whether a row is at the charge-neutral point.
 *
 * @param row The row.
 * @returns Whether it is.
 */
export function isNeutral(row: Row): boolean {
  return Math.abs(Number(row.at(FERMI_LEVEL))) < SAME;
}

/**
 * Currents driven by a gradient of the chemical potential alone.
 *
 * @param evidence The tables.
 * @returns Rows of `current`.
 */
export function potentialDriven(evidence: Evidence): Row[] {
  return cleanCurrents(evidence).filter(isPotentialDriven);
}

/**
 * Currents driven by a gradient of the temperature alone.
 *
 * @param evidence The tables.
 * @returns Rows of `current`.
 */
export function temperatureDriven(evidence: Evidence): Row[] {
  return cleanCurrents(evidence).filter(isTemperatureDriven);
}

/**
 * The charge current of a row.
 *
 * @param row The row.
 * @returns ⟨J_y⟩.
 */
export function charge(row: Row): number {
  return row.number("charge_current");
}

/**
 * How far a row's current stands out of its error.
 *
 * @param row A row of `current`.
 * @returns |⟨J_y⟩| over its stated error; 0 of a current that is rounding.
 */
export function significance(row: Row): number {
  const size = Math.abs(charge(row));
  return size <= NOISE ? 0 : size / Math.max(Math.abs(row.number("charge_current_error")), NOISE);
}

/**
 * Rows that have a mirror image: another row at the opposite values of some parameters.
 *
 * @param rows Rows that differ in these parameters only.
 * @param paths The parameters.
 * @returns Pairs of a row and its image, each once; rows that are their own image have none.
 */
export function mirrored(rows: readonly Row[], ...paths: string[]): [Row, Row][] {
  const key = (row: Row, sign: 1 | -1): string =>
    paths.map((path) => Math.round(sign * Number(row.at(path)) / SAME) + 0).join();
  const found = new Map(rows.map((row) => [key(row, 1), row]));
  return rows.flatMap((row): [Row, Row][] => {
    const image = found.get(key(row, -1)), first = paths.map((path) => Number(row.at(path))).find((x) => x !== 0) ?? 0;
    return first > SAME && image !== undefined ? [[row, image]] : [];
  });
}
