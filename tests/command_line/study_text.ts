/**
 * A study small enough to be run over and over, and the edits that users make in it.
 *
 * @module
 */

/** Two observables, four points, one chart, in well under a second. */
export const SMALL_STUDY = `study: small
title: A small study
model:
  sites: 8
  mass: 0
momentum: { qy: 8, qz: 8 }
baths:
  inverse_temperature: 1
sweep:
  baths.chemical_potential_slope: [0.01, 0.02]
  baths.fermi_level: [-0.4, 0.4]
observables:
  current: {}
  gap: {}
charts:
  - name: against-level
    observable: current
    mark: line
    x: fermi_level
    y: charge_current
    color: chemical_potential_slope
`;

/**
 * Edits a text in one place.
 *
 * @param text The text.
 * @param from What is there exactly once.
 * @param to What takes its place.
 * @returns The edited text.
 * @throws {Error} If there is not exactly one such place, so that no test can pass for want of an edit.
 */
export function edited(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) {
    throw new Error(`Cannot edit the text: ${JSON.stringify(from)} is there ${parts.length - 1} times`);
  }
  return parts.join(to);
}
