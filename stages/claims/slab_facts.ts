/**
 * The slab that a row was computed for, and what the paper presupposes of it: a claim is put to slabs for which the paper makes it, and to no other.
 *
 * @module
 */
import { nodeField } from "../hamiltonian/slab.ts";
import type { Row } from "./evidence.ts";

/** The slab of a row. */
export interface SlabFacts {
  /** The shape of A⁵(x). */
  readonly profile: string;
  /** L. */
  readonly sites: number;
  /** |v|: the sign of v turns q_y round, and nothing else. */
  readonly velocity: number;
  /** m. */
  readonly mass: number;
  /** λ. */
  readonly hopping: number;
  /** A⁵ at the surface of the linear and the constant profile, with its sign. */
  readonly field: number;
  /** ξ of the linear profile. */
  readonly reach: number;
}

/**
 * The slab of a row.
 *
 * @param row The row.
 * @returns The slab; NaN where the study does not say a number.
 */
export function slabOf(row: Row): SlabFacts {
  const at = (key: string): number => Number(row.at(`model.${key}`));
  return {
    profile: String(row.at("model.gauge_field.profile")),
    sites: at("sites"),
    velocity: Math.abs(at("velocity")),
    mass: at("mass"),
    hopping: at("hopping"),
    field: at("gauge_field.amplitude"),
    reach: at("gauge_field.cutoff"),
  };
}

/** So many times v/A⁵, the depth of an arc by Eq. (3), a slab is thick at least: in a thinner one the two states overlap. Of a field that falls over so many, four magnetic lengths fit into it. */
const THICK = 16;

/**
 * Whether the paper expects two chiral states: a linear or constant field with |A⁵| > |m|, below Eq. (1), in a slab that is thick enough for both, with a velocity
 * and with the hopping that gaps out the other corners of the zone, below Eq. (2).
 *
 * @param slab The slab.
 * @returns Whether it does.
 */
export function hasChiralStates({ profile, sites, velocity, hopping, field, mass }: SlabFacts): boolean {
  return (profile === "linear" || profile === "constant") && velocity > 0 && hopping !== 0 &&
    Math.abs(field) > Math.abs(mass) && sites * Math.abs(field) >= THICK * velocity;
}

/**
 * Whether one of the chiral states is the paper's Landau level: a linear field that falls to 0 inside the slab, at the last site to a tenth at most, and not so fast
 * that the level has no room in it.
 *
 * @param slab The slab.
 * @returns Whether it is.
 */
export function hasLandauLevel(slab: SlabFacts): boolean {
  return slab.profile === "linear" && hasChiralStates(slab) && slab.reach * 0.9 <= slab.sites - 1 &&
    slab.reach * Math.abs(slab.field) >= THICK * slab.velocity;
}

/**
 * √(2vB⁵), the energy of the first Landau level, Appendix A: below it the two chiral states are alone.
 *
 * @param slab A slab with a Landau level.
 * @returns The energy.
 */
export function firstLevel({ velocity, field, reach }: SlabFacts): number {
  return Math.sqrt(2 * velocity * Math.abs(field) / reach);
}

/**
 * Where in a linear field the lattice has its Weyl node, which the chiral Landau level sits at: where A⁵(x)² = v² sin² q_z + w².
 *
 * @param slab A slab with a Landau level.
 * @param qy q_y.
 * @param qz q_z.
 * @returns The place in sites; negative beyond the end of the arc.
 */
export function nodeSite(slab: SlabFacts, qy: number, qz: number): number {
  return slab.reach * (1 - nodeField(slab, { qy, qz }, 0) / Math.abs(slab.field));
}

/**
 * The |q_z| at which the Weyl node of the lattice reaches the surface, at q_y = 0: there the arc ends.
 *
 * @param slab A slab with chiral states.
 * @returns |q_z|, to a thousandth; π if the arc does not end.
 */
export function arcEnd(slab: SlabFacts): number {
  for (let qz = 0; qz < Math.PI; qz += 1e-3) {
    if (nodeField(slab, { qy: 0, qz }, 0) >= Math.abs(slab.field)) return qz;
  }
  return Math.PI;
}
