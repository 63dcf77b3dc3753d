/**
 * The two chiral states in a table of bands: H² = v² sin² q_y + H₀², so that no state has a lower |E| than they have.
 *
 * @module
 */
import { curves, type Row } from "./evidence.ts";

/** All states at one momentum of one slab. */
export interface Momentum {
  /** q_y. */
  readonly qy: number;
  /** q_z. */
  readonly qz: number;
  /** The states by band, from the lowest energy up; an even number of them. */
  readonly states: readonly Row[];
}

/**
 * The momenta of each slab of a table of bands.
 *
 * @param rows Rows of `bands`.
 * @returns The momenta, slab by slab; a momentum that occurs twice counts once.
 */
export function momentaBySlab(rows: readonly Row[]): Momentum[][] {
  return curves(rows).map((slab) =>
    [...Map.groupBy(slab, (row) => `${row.number("qy")} ${row.number("qz")}`).values()].map((found) => {
      const bands = new Map(found.map((row) => [row.number("band"), row]));
      const states = [...bands.values()].sort((a, b) => a.number("band") - b.number("band"));
      return { qy: states[0].number("qy"), qz: states[0].number("qz"), states };
    }).filter(({ states }) => states.length % 2 === 0)
  );
}

/**
 * The chiral states at a momentum.
 *
 * @param momentum The momentum.
 * @returns The state with E ≥ 0 and that with E ≤ 0.
 */
export function chiralPair({ states }: Momentum): readonly [Row, Row] {
  return [states[states.length / 2], states[states.length / 2 - 1]];
}
