/**
 * The innermost loops of Eq. (6): the sums over modes of W_n(l) / (cosh β_l ε_n + cosh β_l μ_l) for four sites at a time.
 *
 * Division is what they cost. 1/a and 1/b are b r and a r with r = 1/(a b): one division serves two sites, at a price of one or two more roundings.
 *
 * @module
 */
import type { Member, Scratch } from "./occupation_groups.ts";

/**
 * Fills `scratch.charge` and `scratch.energy` for a temperature that is the same everywhere.
 *
 * @param order How many modes there are.
 * @param member The bath setting.
 * @param scratch The modes, and room for the result.
 */
export function contractUniform(order: number, member: Member, scratch: Scratch): void {
  const { weighted, cosh, sinh, charge, energy, stride } = scratch, bath = member.cosh, factor = member.sinh;
  for (let l = 0; l < stride; l += 4) {
    const bath0 = bath[l], bath1 = bath[l + 1], bath2 = bath[l + 2], bath3 = bath[l + 3];
    let charge0 = 0, charge1 = 0, charge2 = 0, charge3 = 0, energy0 = 0, energy1 = 0, energy2 = 0, energy3 = 0;
    for (let n = 0, i = l; n < order; n++, i += stride) {
      const mode = cosh[n], heat = sinh[n];
      const sum0 = mode + bath0, sum1 = mode + bath1, sum2 = mode + bath2, sum3 = mode + bath3;
      const inverse02 = 1 / (sum0 * sum2), inverse13 = 1 / (sum1 * sum3);
      const share0 = weighted[i] * (sum2 * inverse02), share2 = weighted[i + 2] * (sum0 * inverse02);
      const share1 = weighted[i + 1] * (sum3 * inverse13), share3 = weighted[i + 3] * (sum1 * inverse13);
      charge0 += share0;
      charge1 += share1;
      charge2 += share2;
      charge3 += share3;
      energy0 -= share0 * heat;
      energy1 -= share1 * heat;
      energy2 -= share2 * heat;
      energy3 -= share3 * heat;
    }
    charge[l] = charge0 * factor[l];
    charge[l + 1] = charge1 * factor[l + 1];
    charge[l + 2] = charge2 * factor[l + 2];
    charge[l + 3] = charge3 * factor[l + 3];
    energy[l] = energy0;
    energy[l + 1] = energy1;
    energy[l + 2] = energy2;
    energy[l + 3] = energy3;
  }
}

/**
 * Fills `scratch.charge` and `scratch.energy` for a temperature at each site.
 *
 * @param order How many modes there are.
 * @param member The bath setting.
 * @param scratch The modes, and room for the result.
 */
export function contractProfile(order: number, member: Member, scratch: Scratch): void {
  const { weighted, cosh, sinh, charge, energy, stride } = scratch, bath = member.cosh, factor = member.sinh;
  for (let l = 0; l < stride; l += 2) {
    const bath0 = bath[l], bath1 = bath[l + 1];
    let charge0 = 0, charge1 = 0, energy0 = 0, energy1 = 0;
    for (let n = 0, i = l; n < order; n++, i += stride) {
      const sum0 = cosh[i] + bath0, sum1 = cosh[i + 1] + bath1, inverse = 1 / (sum0 * sum1);
      const share0 = weighted[i] * (sum1 * inverse), share1 = weighted[i + 1] * (sum0 * inverse);
      charge0 += share0;
      charge1 += share1;
      energy0 -= share0 * sinh[i];
      energy1 -= share1 * sinh[i + 1];
    }
    charge[l] = charge0 * factor[l];
    charge[l + 1] = charge1 * factor[l + 1];
    energy[l] = energy0;
    energy[l + 1] = energy1;
  }
}
