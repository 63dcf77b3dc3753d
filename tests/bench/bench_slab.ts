/**
 * The slab and the momenta that kernels are timed with.
 *
 * @module
 */
import { chiralGaugeField } from "../../stages/hamiltonian/gauge_field.ts";
import type { Slab } from "../../stages/hamiltonian/slab.ts";

/**
 * The paper's slab.
 *
 * @param sites L; the field ends where the slab does.
 * @returns The slab.
 */
export function benchSlab(sites: number): Slab {
  const field = { profile: "linear", amplitude: 1.6, cutoff: sites } as const;
  return { sites, velocity: 1, mass: 0, hopping: -1, chiralGaugeField: chiralGaugeField(field, sites) };
}

/**
 * Momenta spread evenly over the quarter zone.
 *
 * @param i Which of them.
 * @returns q.
 */
export function benchMomentum(i: number): { qy: number; qz: number } {
  return { qy: 0.05 + 3 * ((i * 0.618034) % 1), qz: 0.05 + 3 * ((i * 0.754878) % 1) };
}

/**
 * A row of momenta.
 *
 * @param momenta How many.
 * @returns The row, at a q_z that is new each time.
 */
export function anyRow(momenta: number): { qy: number[]; qz: number[] } {
  const qz = Math.random();
  return {
    qy: Array.from({ length: momenta }, (_, i) => (i + 0.5) * Math.PI / 2 / momenta),
    qz: Array(momenta).fill(qz),
  };
}
