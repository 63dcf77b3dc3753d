/**
 * The dispersions of the continuum model, the lines of Fig. 1(b), to be laid over the bands of the lattice.
 *
 * @module
 */
import { arcDirection, assertSolvable, chiralMagneticField, type WeylCone } from "./weyl_cone.ts";

/** The name of a line: Fermi arc at x = 0, that at the far surface of a constant field, chiral Landau level, Landau level. */
export type LineName = "fa" | "fa_far" | "cll" | "landau";

/** Lines of E against q_y, all columns of shape `[row]`, line after line. */
export interface ContinuumLines {
  /** Names. */
  readonly branch: readonly LineName[];
  /** ±n of the Landau levels, by the sign of their energy; 0 for the others. */
  readonly level: Float64Array;
  /** q_y. */
  readonly qy: Float64Array;
  /** E. */
  readonly energy: Float64Array;
}

/**
 * Landau level n of Appendix A, E_n = √(2 B⁵ |v| n + v² q_y²), flat in q_z; there is another one at −E_n.
 *
 * @param field B⁵ ≥ 0.
 * @param velocity v.
 * @param level n ≥ 1.
 * @param qy q_y.
 * @returns E_n > 0.
 */
export function landauLevel(field: number, velocity: number, level: number, qy: number): number {
  return Math.hypot(Math.sqrt(2 * field * Math.abs(velocity) * level), velocity * qy);
}

/**
 * All lines of the continuum model: E = ±|v| q_y of the Fermi arc, Eq. (3), and the chiral Landau level, Eq. (4), and the Landau levels ±E_n of Appendix A. A
 * constant field has no chiral magnetic field and therefore no Landau levels: two Fermi arcs are all there is.
 *
 * @param cone The cone and its field.
 * @param momenta q_y.
 * @param levels The largest n; 0 for none.
 * @returns The lines: the two chiral ones, then −1, 1, −2, 2, ….
 * @throws {Error} As {@linkcode assertSolvable}.
 */
export function continuumLines(cone: WeylCone, momenta: readonly number[], levels: number): ContinuumLines {
  assertSolvable(cone);
  const { velocity, gaugeField } = cone;
  const field = chiralMagneticField(gaugeField), slope = arcDirection(gaugeField) * Math.abs(velocity);
  const isUniform = field === 0;
  const chiral = (branch: LineName, slope: number) => ({ branch, level: 0, energy: (qy: number) => slope * qy });
  const lines = [chiral("fa", slope), chiral(isUniform ? "fa_far" : "cll", -slope)];
  for (let n = 1; n <= levels && !isUniform; n++) {
    for (const sign of [-1, 1]) {
      const energy = (qy: number): number => sign * landauLevel(field, velocity, n, qy);
      lines.push({ branch: "landau", level: sign * n, energy });
    }
  }
  return {
    branch: lines.flatMap(({ branch }) => momenta.map(() => branch)),
    level: Float64Array.from(lines.flatMap(({ level }) => momenta.map(() => level))),
    qy: Float64Array.from(lines.flatMap(() => momenta)),
    energy: Float64Array.from(lines.flatMap(({ energy }) => momenta.map(energy))),
  };
}
