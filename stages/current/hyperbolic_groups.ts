/**
 * The occupations in Eq. (6) by hyperbolic functions, which all bath settings of one temperature, or temperature profile, share.
 *
 * @module
 */
import type { Baths } from "./baths.ts";
import { countTerms, firstExpanded } from "./occupation_expansion.ts";
import type { OccupationWork } from "./occupation_groups.ts";
import type { OccupationSums, TemperatureKind } from "./occupation_tables.ts";

/** Beyond this, hyperbolic functions of βε or βμ, and products of two of them on the scale below, come near the largest number there is. */
export const SAFE_ARGUMENT = 600;

/**
 * Hyperbolic functions are kept times this, about e^{−300}, so that the product of two of them neither overflows nor underflows. A power of two: it changes no digit
 * and drops out of the quotients.
 */
const SCALE = 2 ** -432;

/** A bath setting with the bound of its cosh β_l μ_l. */
export interface BoundedMember {
  /** The bound. */
  readonly bound: number;
  /** Its place among the members. */
  readonly member: number;
}

/** Members in a row that have the same bound, here on the scale above. */
interface BoundedClass {
  readonly bound: number;
  readonly first: number;
  readonly end: number;
}

function classesOf(members: readonly BoundedMember[]): BoundedClass[] {
  return [...new Set(members.map(({ bound }) => bound))].map((bound) => {
    const own = members.filter((member) => member.bound === bound);
    return { bound: 2 * bound * SCALE, first: own[0].member, end: own[own.length - 1].member + 1 };
  });
}

/**
 * Fills in 2 cosh β_l μ_l and 2 sinh β_l μ_l of a bath setting.
 *
 * @param baths The baths.
 * @param member Its place among the members.
 * @param sums Receives the functions.
 */
export function fillHyperbolic(
  baths: Baths,
  member: number,
  { members: { cosh, sinh }, stride }: OccupationSums,
): void {
  const { inverseTemperature: beta, chemicalPotential: mu } = baths, sites = beta.length, start = member * stride;
  for (let l = 0; l < sites; l++) {
    const argument = beta[l] * Math.abs(mu[l]), growing = Math.exp(argument), falling = 1 / growing;
    const size = difference(argument, growing, falling) * SCALE;
    cosh[start + l] = (growing + falling) * SCALE;
    sinh[start + l] = mu[l] < 0 ? -size : size;
  }
  // In the padding, where weights are 0, any number above 0 will do.
  cosh.fill(SCALE, start + sites, start + stride);
}

/** 2 sinh x from x, eˣ and e⁻ˣ: for small arguments the difference would cancel. */
function difference(x: number, growing: number, falling: number): number {
  return growing < 2 ? 2 * Math.sinh(x) : growing - falling;
}

/**
 * What is done for settings of one temperature.
 *
 * @param beta β.
 * @param members The settings, those of one bound in a row.
 * @param sums Where they are members.
 * @returns The work.
 */
export function uniformGroup(beta: number, members: readonly BoundedMember[], sums: OccupationSums): OccupationWork {
  const classes = classesOf(members);
  const { levels } = sums.tables;
  return {
    prepare(energy) {
      const order = energy.length;
      for (let n = 0; n < order; n++) {
        const mode = energy[n], growing = Math.exp(beta * mode), falling = 1 / growing;
        levels[2 * n] = (growing + falling) * SCALE;
        levels[2 * n + 1] = mode * (difference(beta * mode, growing, falling) * SCALE);
      }
      if (order % 2 === 1) {
        levels[2 * order] = SCALE; // of no mode, whose weights are 0
        levels[2 * order + 1] = 0;
      }
    },
    accumulate: (energy, weight) => addClasses("uniform", classes, levels, 0, 2, energy.length, weight, sums),
  };
}

/**
 * What is done for settings of one temperature profile.
 *
 * @param beta β_l, shape `[site]`.
 * @param members The settings, those of one bound in a row.
 * @param sums Where they are members.
 * @returns The work.
 */
export function profileGroup(
  beta: Float64Array,
  members: readonly BoundedMember[],
  sums: OccupationSums,
): OccupationWork {
  const classes = classesOf(members);
  const { tables: { cosh, sinh }, stride } = sums;
  const sites = beta.length, step = evenStep(beta), run = step === undefined ? 1 : RUN;
  const hottest = beta.indexOf(Math.min(...beta));
  return {
    prepare(energy) {
      const order = energy.length;
      for (let n = 0; n < order; n++) {
        const mode = energy[n], growth = step === undefined ? 1 : Math.exp(step * mode), decay = 1 / growth;
        for (let start = 0; start < sites; start += run) {
          let growing = Math.exp(beta[start] * mode), falling = 1 / growing;
          const last = Math.min(start + run, sites);
          for (let l = start, i = n * stride + start; l < last; l++, i++) {
            cosh[i] = (growing + falling) * SCALE;
            sinh[i] = mode * (difference(beta[l] * mode, growing, falling) * SCALE);
            growing *= growth;
            falling *= decay;
          }
        }
        // Other groups share this memory: what one left in the padding is no denominator of another.
        cosh.fill(SCALE, n * stride + sites, (n + 1) * stride);
      }
      if (order % 2 === 1) cosh.fill(SCALE, order * stride, (order + 1) * stride); // of no mode, whose weights are 0
    },
    accumulate: (energy, weight) => addClasses("profile", classes, cosh, hottest, stride, energy.length, weight, sums),
  };
}

/** Adds the currents of all classes; of the modes' functions those at the hottest site, the lowest, decide what is expanded. */
function addClasses(
  kind: TemperatureKind,
  classes: readonly BoundedClass[],
  lowest: Float64Array,
  start: number,
  step: number,
  order: number,
  weight: number,
  sums: OccupationSums,
): void {
  const pairs = order + order % 2;
  for (const { bound, first, end } of classes) {
    const from = firstExpanded(lowest, start, step, order, bound), isExpanded = from < pairs;
    if (isExpanded) {
      countTerms(lowest, start, step, from, order, bound, sums.tables.terms);
      sums.expand(kind, from, pairs, bound);
    }
    sums.add(kind, from, isExpanded ? 1 / bound : 0, first, end, weight);
  }
}

/** Of evenly spaced β_l so many exponentials come from one by multiplication, at a price of as many roundings. */
const RUN = 16;

/** By how much β_l grows a site, or undefined if that is not the same everywhere. */
function evenStep(beta: Float64Array): number | undefined {
  const last = beta.length - 1, step = (beta[last] - beta[0]) / last;
  // β_l itself is known to a few roundings only.
  const slack = 4 * Number.EPSILON * Math.max(beta[0], beta[last]);
  return beta.every((value, l) => Math.abs(value - (beta[0] + l * step)) <= slack) ? step : undefined;
}
