/**
 * The occupations in Eq. (6) where it is so cold that hyperbolic functions overflow.
 *
 * Then 1/(cosh βε + cosh βμ) = 2 exp(−βε)/[(1 + exp(−β(ε − |μ|))) (1 + exp(−β(ε + |μ|)))], where all exponentials are 0 or drop out but for modes within some forty
 * thermal energies of |μ|: these are taken term by term, those below and above from sums that all members share.
 *
 * @module
 */
import type { Baths } from "./baths.ts";
import type { OccupationWork } from "./occupation_groups.ts";
import type { OccupationSums } from "./occupation_tables.ts";
import { addCurrents } from "./plain_occupation_sums.ts";

/** So many thermal energies from the chemical potential occupations are 0 or 1 to the last bit. */
const STEP_WIDTH = 40;

/**
 * What is done for settings of one temperature profile, however cold.
 *
 * The tables hold Σ_{m<n} W_m(l) and Σ_{m≥n} W_m(l) ε_m, shape `[mode + 1][stride]`; of the members sinh is ±(1 − exp(−2 β_l |μ_l|)).
 *
 * @param beta β_l, shape `[site]`.
 * @param members The settings.
 * @param first The place of the first of them among the members.
 * @param sums Where they are members.
 * @returns The work.
 */
export function coldGroup(
  beta: Float64Array,
  members: readonly Baths[],
  first: number,
  sums: OccupationSums,
): OccupationWork {
  members.forEach(({ chemicalPotential }, i) => {
    for (let l = 0, at = (first + i) * sums.stride; l < beta.length; l++, at++) {
      const mu = chemicalPotential[l], size = -Math.expm1(-2 * beta[l] * Math.abs(mu));
      sums.members.sinh[at] = mu < 0 ? -size : size;
    }
  });
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
