/**
 * The occupations in Eq. (6), by groups of bath settings that share a temperature profile, so that the costly functions of β_l ε_n are evaluated once for
 * all chemical potentials.
 *
 * With f the Fermi function at β, μ:  f(ε) + f(−ε) − 1 = sinh βμ / (cosh βε + cosh βμ), which is exactly odd in μ, and
 * f(ε) − f(−ε) = −sinh βε / (cosh βε + cosh βμ).
 *
 * @module
 */
import type { Baths } from "./baths.ts";
import { addCurrents, type OccupationSums } from "./occupation_sums.ts";

/** Beyond this, hyperbolic functions of βε or βμ, and products of two of them on the scale below, come near the largest number there is. */
export const SAFE_ARGUMENT = 600;

/**
 * Hyperbolic functions are kept times this, about e^{−300}, so that the product of two of them neither overflows nor underflows. A power of two: it changes no digit
 * and drops out of the quotients.
 */
export const SCALE: number = 2 ** -432;

/** So many thermal energies from the chemical potential occupations are 0 or 1 to the last bit. */
const STEP_WIDTH = 40;

/** Bath settings that share β_l, and with it the hyperbolic functions of β_l ε_n. */
export interface OccupationGroup {
  /** Which of all settings they are. */
  readonly settings: readonly number[];
  /** The first of them among the members of the sums, where they stand in a row. */
  readonly first: number;
  /** Evaluates what all of them share, at the energies ε_n of one momentum, which ascend. */
  prepare(energy: Float64Array): void;
  /** Adds the momentum's currents, times its weight, to those of all of them. */
  accumulate(energy: Float64Array, weight: number): void;
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
  const found: { readonly beta: Float64Array; readonly safe: boolean; readonly settings: number[] }[] = [];
  settings.forEach(({ inverseTemperature: beta, chemicalPotential: mu }, setting) => {
    const safe = isSafe(beta, mu, largestEnergy);
    const group = found.find((other) => other.safe === safe && sameNumbers(other.beta, beta));
    if (group === undefined) found.push({ beta, safe, settings: [setting] });
    else group.settings.push(setting);
  });
  let first = 0;
  return found.map(({ beta, safe, settings: own }) => {
    const members = own.map((setting) => settings[setting]), start = first;
    first += members.length;
    members.forEach((member, i) => fillMember(member, safe, start + i, sums));
    const shared = { settings: own, first: start };
    if (!safe) return { ...shared, ...coldGroup(beta, members, start, sums) };
    const isUniform = beta.every((value) => value === beta[0]);
    return {
      ...shared,
      ...isUniform ? uniformGroup(beta[0], start, first, sums) : profileGroup(beta, start, first, sums),
    };
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

/** Fills in 2 cosh β_l μ_l and 2 sinh β_l μ_l, on the scale above; where it is too cold for them, ±(1 − exp(−2 β_l |μ_l|)) in the place of the second. */
function fillMember(
  baths: Baths,
  safe: boolean,
  member: number,
  { members: { cosh, sinh }, stride }: OccupationSums,
): void {
  const { inverseTemperature: beta, chemicalPotential: mu } = baths, sites = beta.length, start = member * stride;
  for (let l = 0; l < sites; l++) {
    const argument = beta[l] * Math.abs(mu[l]), growing = Math.exp(argument), falling = 1 / growing;
    const size = safe ? difference(argument, growing, falling) * SCALE : -Math.expm1(-2 * argument);
    cosh[start + l] = safe ? (growing + falling) * SCALE : SCALE;
    sinh[start + l] = mu[l] < 0 ? -size : size;
  }
  // In the padding, where weights are 0, any number above 0 will do.
  cosh.fill(SCALE, start + sites, start + stride);
}

/** 2 sinh x from x, eˣ and e⁻ˣ: for small arguments the difference would cancel. */
function difference(x: number, growing: number, falling: number): number {
  return growing < 2 ? 2 * Math.sinh(x) : growing - falling;
}

/** What a group does. */
type Work = Pick<OccupationGroup, "prepare" | "accumulate">;

function uniformGroup(beta: number, first: number, end: number, sums: OccupationSums): Work {
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
    accumulate: (energy, weight) => sums.uniform(energy.length, first, end, weight),
  };
}

function profileGroup(beta: Float64Array, first: number, end: number, sums: OccupationSums): Work {
  const { tables: { cosh, sinh }, stride } = sums;
  const sites = beta.length, step = evenStep(beta), run = step === undefined ? 1 : RUN;
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
    accumulate: (energy, weight) => sums.profile(energy.length, first, end, weight),
  };
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

/**
 * So cold that hyperbolic functions overflow. Then
 * 1/(cosh βε + cosh βμ) = 2 exp(−βε)/[(1 + exp(−β(ε − |μ|))) (1 + exp(−β(ε + |μ|)))],
 * where all exponentials are 0 or drop out but for modes within some forty thermal energies of |μ|: these are taken term by term, those below and above from sums
 * that all members share: Σ_{m<n} W_m(l) and Σ_{m≥n} W_m(l) ε_m, shape `[mode + 1][stride]`.
 */
function coldGroup(beta: Float64Array, members: readonly Baths[], first: number, sums: OccupationSums): Work {
  const { tables: { weighted, cosh: below, sinh: above }, stride } = sums, sites = beta.length;
  const charge = new Float64Array(stride), heatFlow = new Float64Array(stride);
  return {
    prepare(energy) {
      const order = energy.length;
      below.fill(0, 0, stride);
      above.fill(0, order * stride, (order + 1) * stride);
      for (let i = 0; i < order * stride; i++) below[i + stride] = below[i] + weighted[i];
      for (let n = order - 1; n >= 0; n--) {
        for (let i = n * stride; i < (n + 1) * stride; i++) above[i] = above[i + stride] + weighted[i] * energy[n];
      }
    },
    accumulate(energy, weight) {
      members.forEach(({ chemicalPotential }, i) => {
        const sinh = sums.members.sinh.subarray((first + i) * stride, (first + i + 1) * stride);
        for (let l = 0; l < sites; l++) {
          const size = Math.abs(chemicalPotential[l]), width = STEP_WIDTH / beta[l];
          const start = countBelow(energy, size - width), end = countBelow(energy, size + width);
          let filled = below[start * stride + l], heat = above[end * stride + l];
          for (let n = start, at = n * stride + l; n < end; n++, at += stride) {
            const mode = energy[n], occupied = 1 / (1 + Math.exp(beta[l] * (mode - size)));
            const part = size > width ? weighted[at] : weighted[at] / (1 + Math.exp(-beta[l] * (mode + size)));
            filled += part * occupied;
            heat -= part * (1 - occupied) * mode * Math.expm1(-2 * beta[l] * mode);
          }
          charge[l] = filled * sinh[l];
          heatFlow[l] = -heat;
        }
        addCurrents(sums.members, first + i, charge, heatFlow, weight);
      });
    },
  };
}

/** How many of the ascending energies are below a bound. */
function countBelow(energy: Float64Array, bound: number): number {
  let low = 0, high = energy.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (energy[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
