/**
 * The occupations in Eq. (6), by groups of bath settings that share a temperature profile, so that the costly functions of β_l ε_n are evaluated once for
 * all chemical potentials.
 *
 * With f the Fermi function at β, μ:  f(ε) + f(−ε) − 1 = sinh βμ / (cosh βε + cosh βμ), which is exactly odd in μ, and
 * f(ε) − f(−ε) = −sinh βε / (cosh βε + cosh βμ).
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { Baths } from "./baths.ts";
import { LANES, type OccupationSums, occupationSums } from "./occupation_sums.ts";

/** Beyond this, hyperbolic functions of βε or βμ, and products of two of them on the scale below, come near the largest number there is. */
export const SAFE_ARGUMENT = 600;

/**
 * Hyperbolic functions are kept times this, about e^{−300}, so that the product of two of them neither overflows nor underflows. A power of two: it changes no digit
 * and drops out of the quotients.
 */
export const SCALE: number = 2 ** -432;

/** So many thermal energies from the chemical potential occupations are 0 or 1 to the last bit. */
const STEP_WIDTH = 40;

/** Memory for one momentum. Sites are padded to a multiple of four, {@linkcode Scratch.stride}, with weights of zero. */
export class Scratch {
  /** How many sites a row has with its padding. */
  readonly stride: number;
  /** W_n(l), shape `[mode][stride]`. */
  readonly weighted: Float64Array;
  /**
   * What a group needs of the modes: 2 cosh β_l ε_n and 2 ε_n sinh β_l ε_n on the scale above, shape `[mode]` where β is uniform, else `[mode][stride]`; where it is too
   * cold for them Σ_{m<n} W_m(l) and Σ_{m≥n} W_m(l) ε_m, shape `[mode + 1][stride]`.
   */
  readonly cosh: Float64Array;
  /** See `cosh`. */
  readonly sinh: Float64Array;
  /** The two currents of one bath setting, shape `[stride]`. */
  readonly charge: Float64Array;
  /** See `charge`. */
  readonly energy: Float64Array;

  /** The loops that sum over the modes. */
  readonly sums: OccupationSums;
  readonly #factor: Float64Array;

  /**
   * Memory, all zeros.
   *
   * @param order Modes.
   * @param sites L.
   */
  constructor(order: number, sites: number) {
    this.stride = LANES * Math.ceil(sites / LANES);
    this.sums = occupationSums(order, this.stride);
    this.#factor = new Float64Array(order);
    ({
      weighted: this.weighted,
      cosh: this.cosh,
      sinh: this.sinh,
      charge: this.charge,
      energy: this.energy,
    } = this.sums.tables);
  }

  /**
   * Fills `weighted` for a momentum.
   *
   * @param block The block.
   * @param point The momentum's index in it.
   * @returns Σ_n |∂ε_n/∂q_y t_n|, the bound of Σ_n |W_n(l)|.
   */
  weigh(block: MomentumBlock, point: number): number {
    const order = block.energy.length / block.qy.length, sites = block.imbalance.length / block.energy.length;
    const bound = modeFactors(block, point, this.#factor);
    for (let n = 0, i = point * order * sites; n < order; n++) {
      const factor = this.#factor[n], row = n * this.stride;
      for (let l = 0; l < sites; l++, i++) this.weighted[row + l] = factor * block.imbalance[i];
    }
    return bound;
  }
}

/**
 * What W_n(l) is of D_n(l): −(∂ε_n/∂q_y) t_n.
 *
 * @param block The block.
 * @param point The momentum's index in it.
 * @param factor Receives the factors, shape `[mode]`.
 * @returns Σ_n |∂ε_n/∂q_y t_n|.
 */
export function modeFactors(block: MomentumBlock, point: number, factor: Float64Array): number {
  const order = block.energy.length / block.qy.length;
  let bound = 0;
  for (let n = 0, at = point * order; n < order; n++, at++) {
    const energy = block.energy[at];
    // At q_y = 0 only levels of zero energy have a group velocity: that of the branch on which t_n is 1.
    const tilt = block.qy[point] === 0 || energy === 0 ? 1 : block.drift[point] / energy;
    factor[n] = -block.groupVelocity[at] * tilt;
    bound += Math.abs(factor[n]);
  }
  return bound;
}

/** A bath setting within a group, with the factors that do not depend on the momentum. */
export interface Member {
  /** Its place among all settings. */
  readonly setting: number;
  /** The baths. */
  readonly baths: Baths;
  /** 2 cosh β_l μ_l and 2 sinh β_l μ_l on the scale of `Scratch`, shape `[stride]`; where it is too cold for them, sinh is ±(1 − exp(−2 β_l |μ_l|)). */
  readonly cosh: Float64Array;
  /** See `cosh`. */
  readonly sinh: Float64Array;
}

/** Bath settings that share β_l, and with it the hyperbolic functions of β_l ε_n. */
export interface OccupationGroup {
  /** Who shares. */
  readonly members: Member[];
  /** Evaluates what all members share, at the energies ε_n of one momentum, which ascend. */
  prepare(energy: Float64Array, scratch: Scratch): void;
  /** Fills `scratch.charge` and `scratch.energy`. */
  accumulate(member: Member, energy: Float64Array, scratch: Scratch): void;
}

/**
 * Sorts bath settings into groups that share a temperature profile.
 *
 * @param settings The baths.
 * @param largestEnergy The largest ε_n that will come, which decides if hyperbolic functions are safe.
 * @returns The groups; each setting is a member of one of them.
 */
export function occupationGroups(settings: readonly Baths[], largestEnergy: number): OccupationGroup[] {
  const groups = new Map<string, OccupationGroup>();
  settings.forEach((baths, setting) => {
    const { inverseTemperature: beta, chemicalPotential: mu } = baths;
    const uniform = beta.every((value) => value === beta[0]);
    const safe = beta.every((value, l) => value * Math.max(largestEnergy, Math.abs(mu[l])) <= SAFE_ARGUMENT);
    const key = `${safe} ${uniform ? beta[0] : beta.join()}`;
    const group = groups.get(key) ?? (safe ? uniform ? uniformGroup(beta[0]) : profileGroup(beta) : coldGroup(beta));
    groups.set(key, group);
    group.members.push({
      setting,
      baths,
      // In the padding, where weights are 0, any number above 0 will do.
      cosh: padded(mu.map((value, l) => 2 * Math.cosh(beta[l] * value) * SCALE), SCALE),
      sinh: padded(
        mu.map((value, l) =>
          safe ? 2 * Math.sinh(beta[l] * value) * SCALE : -Math.sign(value) * Math.expm1(-2 * beta[l] * Math.abs(value))
        ),
        0,
      ),
    });
  });
  return [...groups.values()];
}

function padded(values: Float64Array, padding: number): Float64Array {
  const whole = new Float64Array(LANES * Math.ceil(values.length / LANES)).fill(padding);
  whole.set(values);
  return whole;
}

/** One temperature everywhere: hyperbolic functions of a mode are two numbers. */
function uniformGroup(beta: number): OccupationGroup {
  return {
    members: [],
    prepare(energy, { cosh, sinh }) {
      for (let n = 0; n < energy.length; n++) {
        cosh[n] = 2 * Math.cosh(beta * energy[n]) * SCALE;
        sinh[n] = 2 * Math.sinh(beta * energy[n]) * SCALE * energy[n];
      }
    },
    accumulate: (member, modes, { sums }) => sums.uniform(modes.length, member),
  };
}

/** A temperature at each site: hyperbolic functions of a mode are a table, shared by all μ_l at these temperatures. */
function profileGroup(beta: Float64Array): OccupationGroup {
  const sites = beta.length, step = evenStep(beta), run = step === undefined ? 1 : RUN;
  return {
    members: [],
    prepare(energy, { cosh, sinh, stride }) {
      for (let n = 0; n < energy.length; n++) {
        const mode = energy[n], growth = step === undefined ? 1 : Math.exp(step * mode), decay = 1 / growth;
        for (let start = 0; start < sites; start += run) {
          let growing = Math.exp(beta[start] * mode), falling = 1 / growing;
          const end = Math.min(start + run, sites);
          for (let l = start, i = n * stride + start; l < end; l++, i++) {
            cosh[i] = (growing + falling) * SCALE;
            // For small arguments the difference would cancel.
            sinh[i] = mode * ((growing < 2 ? 2 * Math.sinh(beta[l] * mode) : growing - falling) * SCALE);
            growing *= growth;
            falling *= decay;
          }
        }
        // Branches of unlike sizes share this memory: what one left in the padding is no denominator of another.
        cosh.fill(SCALE, n * stride + beta.length, (n + 1) * stride);
      }
    },
    accumulate: (member, modes, { sums }) => sums.profile(modes.length, member),
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
 * that all members share.
 */
function coldGroup(beta: Float64Array): OccupationGroup {
  return {
    members: [],
    prepare(energy, { weighted, cosh: below, sinh: above, stride }) {
      const order = energy.length;
      below.fill(0, 0, stride);
      above.fill(0, order * stride, (order + 1) * stride);
      for (let i = 0; i < order * stride; i++) below[i + stride] = below[i] + weighted[i];
      for (let n = order - 1; n >= 0; n--) {
        for (let i = n * stride; i < (n + 1) * stride; i++) above[i] = above[i + stride] + weighted[i] * energy[n];
      }
    },
    accumulate({ baths, sinh }, modes, { weighted, cosh: below, sinh: above, charge, energy, stride }) {
      for (let l = 0; l < beta.length; l++) {
        const size = Math.abs(baths.chemicalPotential[l]), width = STEP_WIDTH / beta[l];
        const first = countBelow(modes, size - width), end = countBelow(modes, size + width);
        let filled = below[first * stride + l], heat = above[end * stride + l];
        for (let n = first, i = n * stride + l; n < end; n++, i += stride) {
          const mode = modes[n];
          const occupied = 1 / (1 + Math.exp(beta[l] * (mode - size)));
          const share = size > width ? weighted[i] : weighted[i] / (1 + Math.exp(-beta[l] * (mode + size)));
          filled += share * occupied;
          heat -= share * (1 - occupied) * mode * Math.expm1(-2 * beta[l] * mode);
        }
        charge[l] = filled * sinh[l];
        energy[l] = -heat;
      }
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
