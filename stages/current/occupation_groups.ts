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

/** Beyond this, hyperbolic functions of βε or βμ come near the largest number there is. */
const SAFE_ARGUMENT = 600;

/** Memory for one momentum. */
export class Scratch {
  /** W_n(l), shape `[mode][site]`. */
  readonly weighted: Float64Array;
  /** 2 cosh β_l ε_n and 2 ε_n sinh β_l ε_n, shape `[mode]` where β is uniform, else `[mode][site]`. */
  readonly cosh: Float64Array;
  /** See `cosh`. */
  readonly sinh: Float64Array;
  /** The two currents of one bath setting, shape `[site]`. */
  readonly charge: Float64Array;
  /** See `charge`. */
  readonly energy: Float64Array;

  /**
   * Memory, all zeros.
   *
   * @param order Modes.
   * @param sites L.
   */
  constructor(order: number, sites: number) {
    this.weighted = new Float64Array(order * sites);
    this.cosh = new Float64Array(order * sites);
    this.sinh = new Float64Array(order * sites);
    this.charge = new Float64Array(sites);
    this.energy = new Float64Array(sites);
  }

  /**
   * Fills `weighted` for a momentum.
   *
   * @param block The block.
   * @param point The momentum's index in it.
   * @returns Σ_n |∂ε_n/∂q_y t_n|, the bound of Σ_n |W_n(l)|.
   */
  weigh(block: MomentumBlock, point: number): number {
    const sites = this.charge.length, order = this.weighted.length / sites;
    let bound = 0;
    for (let n = 0; n < order; n++) {
      const at = point * order + n, energy = block.energy[at];
      // At q_y = 0 only levels of zero energy have a group velocity: that of the branch on which t_n is 1.
      const tilt = block.qy[point] === 0 || energy === 0 ? 1 : block.drift[point] / energy;
      const factor = -block.groupVelocity[at] * tilt;
      bound += Math.abs(factor);
      for (let l = 0; l < sites; l++) this.weighted[n * sites + l] = factor * block.imbalance[at * sites + l];
    }
    return bound;
  }
}

/** A bath setting within a group, with the factors that do not depend on the momentum. */
export interface Member {
  /** Its place among all settings. */
  readonly setting: number;
  /** The baths. */
  readonly baths: Baths;
  /** 2 cosh β_l μ_l and 2 sinh β_l μ_l, shape `[site]`; where it is too cold for them, sinh is ±(1 − exp(−2 β_l |μ_l|)). */
  readonly cosh: Float64Array;
  /** See `cosh`. */
  readonly sinh: Float64Array;
}

/** Bath settings that share β_l, and with it the hyperbolic functions of β_l ε_n. */
export interface OccupationGroup {
  /** Who shares. */
  readonly members: Member[];
  /** Evaluates what all members share, at the energies ε_n of one momentum. */
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
      cosh: mu.map((value, l) => 2 * Math.cosh(beta[l] * value)),
      sinh: mu.map((value, l) =>
        safe ? 2 * Math.sinh(beta[l] * value) : -Math.sign(value) * Math.expm1(-2 * beta[l] * Math.abs(value))
      ),
    });
  });
  return [...groups.values()];
}

/** One temperature everywhere: hyperbolic functions of a mode are two numbers. */
function uniformGroup(beta: number): OccupationGroup {
  return {
    members: [],
    prepare(energy, { cosh, sinh }) {
      for (let n = 0; n < energy.length; n++) {
        cosh[n] = 2 * Math.cosh(beta * energy[n]);
        sinh[n] = 2 * Math.sinh(beta * energy[n]) * energy[n];
      }
    },
    accumulate(member, modes, { weighted, cosh, sinh, charge, energy }) {
      const sites = charge.length, bathCosh = member.cosh;
      charge.fill(0);
      energy.fill(0);
      for (let n = 0, i = 0; n < modes.length; n++) {
        const modeCosh = cosh[n], modeSinh = sinh[n];
        for (let l = 0; l < sites; l++, i++) {
          const share = weighted[i] / (modeCosh + bathCosh[l]);
          charge[l] += share;
          energy[l] -= share * modeSinh;
        }
      }
      for (let l = 0; l < sites; l++) charge[l] *= member.sinh[l];
    },
  };
}

/** A temperature at each site: hyperbolic functions of a mode are a table, shared by all μ_l at these temperatures. */
function profileGroup(beta: Float64Array): OccupationGroup {
  return {
    members: [],
    prepare(energy, { cosh, sinh }) {
      for (let n = 0, i = 0; n < energy.length; n++) {
        for (let l = 0; l < beta.length; l++, i++) {
          const growing = Math.exp(beta[l] * energy[n]), falling = 1 / growing;
          cosh[i] = growing + falling;
          // For small arguments the difference would cancel.
          sinh[i] = energy[n] * (growing < 2 ? 2 * Math.sinh(beta[l] * energy[n]) : growing - falling);
        }
      }
    },
    accumulate(member, modes, { weighted, cosh, sinh, charge, energy }) {
      const sites = charge.length, bathCosh = member.cosh;
      charge.fill(0);
      energy.fill(0);
      for (let n = 0, i = 0; n < modes.length; n++) {
        for (let l = 0; l < sites; l++, i++) {
          const share = weighted[i] / (cosh[i] + bathCosh[l]);
          charge[l] += share;
          energy[l] -= share * sinh[i];
        }
      }
      for (let l = 0; l < sites; l++) charge[l] *= member.sinh[l];
    },
  };
}

/** So cold that hyperbolic functions overflow: exponentials of differences, term by term, in which nothing cancels that matters. */
function coldGroup(beta: Float64Array): OccupationGroup {
  return {
    members: [],
    prepare(energy, { sinh }) {
      for (let n = 0, i = 0; n < energy.length; n++) {
        for (let l = 0; l < beta.length; l++, i++) sinh[i] = -energy[n] * Math.expm1(-2 * beta[l] * energy[n]);
      }
    },
    accumulate({ baths, sinh: bathSinh }, modes, { weighted, sinh, charge, energy }) {
      const mu = baths.chemicalPotential;
      charge.fill(0);
      energy.fill(0);
      for (let n = 0, i = 0; n < modes.length; n++) {
        const mode = modes[n];
        for (let l = 0; l < beta.length; l++, i++) {
          const size = Math.abs(mu[l]);
          // cosh βε + cosh βμ = ½ exp(βε) (1 + exp(−β(ε − |μ|))) (1 + exp(−β(ε + |μ|)))
          const occupied = 1 / (1 + Math.exp(beta[l] * (mode - size)));
          const share = weighted[i] / (1 + Math.exp(-beta[l] * (mode + size)));
          charge[l] += share * occupied;
          energy[l] -= share * (1 - occupied) * sinh[i];
        }
      }
      for (let l = 0; l < beta.length; l++) charge[l] *= bathSinh[l];
    },
  };
}
