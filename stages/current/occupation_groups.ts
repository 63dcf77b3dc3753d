/**
 * The occupations in Eq. (6), by groups of bath settings that share a temperature profile, so that the costly functions of β_l ε_n are evaluated once for
 * all chemical potentials.
 *
 * With f the Fermi function at β, μ:  f(ε) + f(−ε) − 1 = sinh βμ / (cosh βε + cosh βμ), which is exactly odd in μ, and
 * f(ε) − f(−ε) = −sinh βε / (cosh βε + cosh βμ).
 *
 * @module
 */
import { type Baths, coldest } from "./baths.ts";
import { coldGroup } from "./cold_group.ts";
import { type BoundedMember, fillHyperbolic, profileGroup, SAFE_ARGUMENT, uniformGroup } from "./hyperbolic_groups.ts";
import { expansionBound } from "./occupation_expansion.ts";
import type { OccupationSums } from "./occupation_tables.ts";

/** What is done at a momentum for bath settings that share β_l. */
export interface OccupationWork {
  /** Evaluates what all of them share, at the energies ε_n of the momentum, which ascend. */
  prepare(energy: Float64Array): void;
  /** Adds the momentum's currents, times its weight, to those of all of them. */
  accumulate(energy: Float64Array, weight: number): void;
}

/** Bath settings that share β_l, and with it the hyperbolic functions of β_l ε_n. */
export interface OccupationGroup extends OccupationWork {
  /** Which of all settings they are. */
  readonly settings: readonly number[];
  /** The first of them among the members of the sums, where they stand in a row. */
  readonly first: number;
}

/**
 * Sorts bath settings into groups that share a temperature profile, and makes them members of the sums.
 *
 * @param settings The baths, no more than the sums have room for.
 * @param largestEnergy The largest ε_n that will come, which decides if hyperbolic functions are safe.
 * @param sums The sums over the modes.
 * @returns The groups; each setting is a member of one of them.
 */
export function occupationGroups(
  settings: readonly Baths[],
  largestEnergy: number,
  sums: OccupationSums,
): OccupationGroup[] {
  const found: {
    readonly beta: Float64Array;
    readonly safe: boolean;
    readonly settings: { readonly setting: number; readonly bound: number }[];
  }[] = [];
  settings.forEach((baths, setting) => {
    const { inverseTemperature: beta, chemicalPotential: mu } = baths;
    const safe = isSafe(beta, mu, largestEnergy),
      own = { setting, bound: safe ? expansionBound(Math.cosh(coldest(baths).argument)) : 0 };
    const group = found.find((other) => other.safe === safe && sameNumbers(other.beta, beta));
    if (group === undefined) found.push({ beta, safe, settings: [own] });
    else group.settings.push(own);
  });
  let first = 0;
  return found.map(({ beta, safe, settings: unsorted }) => {
    const own = unsorted.toSorted((one, other) => one.bound - other.bound), start = first;
    first += own.length;
    const place = { settings: own.map(({ setting }) => setting), first: start };
    const members = place.settings.map((setting) => settings[setting]);
    if (!safe) return { ...place, ...coldGroup(beta, members, start, sums) };
    members.forEach((member, i) => fillHyperbolic(member, start + i, sums));
    const bounded: BoundedMember[] = own.map(({ bound }, i) => ({ bound, member: start + i }));
    const isUniform = sameNumbers(beta, new Float64Array(beta.length).fill(beta[0]));
    return { ...place, ...isUniform ? uniformGroup(beta[0], bounded, sums) : profileGroup(beta, bounded, sums) };
  });
}

function isSafe(beta: Float64Array, mu: Float64Array, largestEnergy: number): boolean {
  for (let l = 0; l < beta.length; l++) {
    if (!(beta[l] * Math.max(largestEnergy, Math.abs(mu[l])) <= SAFE_ARGUMENT)) return false;
  }
  return true;
}

function sameNumbers(one: Float64Array, other: Float64Array): boolean {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
