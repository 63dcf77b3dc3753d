/**
 * How the currents of Eq. (6) respond to each bath: the contraction of `contraction.ts` with the derivatives of the Fermi functions, from the same diagonalization.
 *
 * With g∓ = f(1 − f) at x∓ = β(ε ∓ μ), the derivatives of W_n(l) [f(ε) + f(−ε)] and ε_n W_n(l) [f(ε) − f(−ε)] are
 *
 *     by μ_l:                 β W_n(l) (g₋ + g₊)              β ε_n W_n(l) (g₋ − g₊)
 *     by T_l = 1/β_l:         β W_n(l) (x₋ g₋ − x₊ g₊)        β ε_n W_n(l) (x₋ g₋ + x₊ g₊)
 *
 * A bath stands in the term of its own site only, so that these are the derivatives of the currents of the whole slab.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { Baths } from "./baths.ts";
import { modeFactors } from "./mode_weights.ts";

/** Derivatives a site: of the charge current by μ_l and T_l, of the energy current by μ_l and T_l. */
export const DERIVATIVES = 4;

/** Sums over one block for all baths. */
export interface BlockDerivatives {
  /** What all terms of the charge current would add up to if none cancelled, as in `BlockCurrents`. */
  readonly magnitude: number;
  /** One a bath setting, in their order: shape `[derivative][site]`, the derivatives in the order of {@linkcode DERIVATIVES}. */
  readonly derivatives: readonly Float64Array[];
}

/**
 * Derivatives of the currents of one block by the chemical potential and the temperature of each site's bath.
 *
 * The numbers of one setting do not depend on which others are asked for with it.
 *
 * @param block The block.
 * @param settings The baths, each of as many sites as the block.
 * @param weight Multiplicity of each momentum divided by two (its mirror image at −q_y is in the formula already), shape `[point]`.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The sums.
 */
export function occupationDerivatives(
  block: MomentumBlock,
  settings: readonly Baths[],
  weight: Float64Array,
  pulse: () => void = () => {},
): BlockDerivatives {
  const points = block.qy.length, order = block.energy.length / points;
  const sites = block.imbalance.length / block.energy.length, factor = new Float64Array(order);
  const kinds = settings.map(kindsOf), derivatives = settings.map(() => new Float64Array(DERIVATIVES * sites));
  let magnitude = 0;
  for (let point = 0; point < points; point++) {
    pulse();
    magnitude += weight[point] * modeFactors(block, point, factor);
    for (let setting = 0; setting < settings.length; setting++) {
      const { mu, beta, ofSite, terms } = kinds[setting], sums = derivatives[setting];
      for (let n = 0, at = point * order; n < order; n++, at++) {
        const energy = block.energy[at], share = weight[point] * factor[n];
        for (let k = 0; k < mu.length; k++) fill(terms, DERIVATIVES * k, energy, mu[k], beta[k], share);
        for (let l = 0, i = at * sites; l < sites; l++, i++) {
          const imbalance = block.imbalance[i], k = DERIVATIVES * ofSite[l];
          sums[l] += terms[k] * imbalance;
          sums[sites + l] += terms[k + 1] * imbalance;
          sums[2 * sites + l] += terms[k + 2] * imbalance;
          sums[3 * sites + l] += terms[k + 3] * imbalance;
        }
      }
    }
  }
  return { magnitude, derivatives };
}

/** The four derivatives of a mode's share, without D_n(l). */
function fill(terms: Float64Array, at: number, energy: number, mu: number, beta: number, share: number): void {
  const below = beta * (energy - mu), above = beta * (energy + mu);
  const near = spread(below), far = spread(above), scale = beta * share;
  terms[at] = scale * (near + far);
  terms[at + 1] = scale * (below * near - above * far);
  terms[at + 2] = scale * energy * (near - far);
  terms[at + 3] = scale * energy * (below * near + above * far);
}

/** f(1 − f) = 1/4cosh²(x/2) where f = 1/(e^x + 1), without overflow. */
function spread(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return small / ((1 + small) * (1 + small));
}

/** The baths that differ, so that what many sites share is evaluated once for all of them. */
interface Kinds {
  /** μ and β, shape `[kind]`. */
  readonly mu: number[];
  readonly beta: number[];
  /** Which kind a site's bath is of, shape `[site]`. */
  readonly ofSite: Int32Array;
  /** Memory, shape `[kind][derivative]`. */
  readonly terms: Float64Array;
}

function kindsOf({ chemicalPotential, inverseTemperature }: Baths): Kinds {
  const known = new Map<string, number>(), mu: number[] = [], beta: number[] = [];
  const ofSite = Int32Array.from(chemicalPotential, (potential, l) => {
    const key = `${potential} ${inverseTemperature[l]}`, kind = known.get(key) ?? mu.length;
    if (kind === mu.length) {
      known.set(key, kind);
      mu.push(potential);
      beta.push(inverseTemperature[l]);
    }
    return kind;
  });
  return { mu, beta, ofSite, terms: new Float64Array(DERIVATIVES * mu.length) };
}
