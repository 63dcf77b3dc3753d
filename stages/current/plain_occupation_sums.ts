/**
 * The sums of `occupation_sums.ts` in TypeScript, which every machine runs.
 *
 * @module
 */
import {
  LANES,
  type MemberTables,
  namedTables,
  type OccupationSums,
  padded,
  tableLengths,
  type TemperatureKind,
  TERMS,
} from "./occupation_tables.ts";

/** Everything that the loops work on. */
type Tables = ReturnType<typeof namedTables>;

/**
 * The sums in TypeScript.
 *
 * @param order Modes.
 * @param sites Sites.
 * @param members Bath settings.
 * @returns The sums.
 */
export function plainSums(order: number, sites: number, members: number): OccupationSums {
  const stride = padded(sites);
  const memory = namedTables(tableLengths(order, stride, members).map((length) => new Float64Array(length)));
  return {
    tables: memory.tables,
    members: memory.members,
    stride,
    expand(kind, from, end, bound) {
      memory.moments.fill(0);
      for (let l = 0; l < stride; l++) {
        expandSite(memory, stride, functions(memory, stride, kind, l), l, from, end, bound);
      }
    },
    add(kind, modes, inverseBound, first, end, weight) {
      for (let member = first; member < end; member++) {
        addMember(memory, stride, kind, modes, inverseBound, member, weight);
      }
    },
    release() {},
  };
}

/** The modes' functions at a site: where the first mode's are, and how far those of the next are. */
interface Functions {
  readonly cosh: Float64Array;
  readonly sinh: Float64Array;
  readonly first: number;
  readonly step: number;
}

function functions({ tables }: Tables, stride: number, kind: TemperatureKind, l: number): Functions {
  return kind === "profile"
    ? { cosh: tables.cosh, sinh: tables.sinh, first: l, step: stride }
    : { cosh: tables.levels, sinh: tables.levels.subarray(1), first: 0, step: 2 };
}

/** Where a site's first moment is; the next one is {@linkcode NEXT_TERM} further on, and that of the energy current in the middle between the two. */
function firstMoment(l: number): number {
  return 2 * TERMS * (l - l % LANES) + l % LANES;
}

const NEXT_TERM = 2 * LANES;

function expandSite(
  { tables: { weighted, terms }, moments }: Tables,
  stride: number,
  { cosh, sinh, first, step }: Functions,
  l: number,
  from: number,
  order: number,
  bound: number,
): void {
  for (let n = from; n < order; n += 2) {
    const at = first + n * step, inverse0 = 1 / cosh[at], inverse1 = 1 / cosh[at + step];
    const gain0 = sinh[at], gain1 = sinh[at + step], ratio0 = bound * inverse0, ratio1 = bound * inverse1;
    let part0 = weighted[n * stride + l] * inverse0, part1 = weighted[(n + 1) * stride + l] * inverse1;
    for (let k = 0, to = firstMoment(l); k < terms[n]; k++, to += NEXT_TERM) {
      moments[to] += part0 + part1;
      moments[to + LANES] += part0 * gain0 + part1 * gain1;
      part0 *= ratio0;
      part1 *= ratio1;
    }
  }
}

function addMember(
  memory: Tables,
  stride: number,
  kind: TemperatureKind,
  order: number,
  inverseBound: number,
  member: number,
  weight: number,
): void {
  const { tables: { weighted }, members, moments } = memory;
  const charge = new Float64Array(stride), energy = new Float64Array(stride);
  for (let l = 0; l < stride; l++) {
    const { cosh, sinh, first, step } = functions(memory, stride, kind, l), bath = members.cosh[member * stride + l];
    let share = 0, heat = 0;
    for (let n = 0, i = l, at = first; n < order; n += 2, i += 2 * stride, at += 2 * step) {
      const sum0 = cosh[at] + bath, sum1 = cosh[at + step] + bath, inverse = 1 / (sum0 * sum1);
      const part0 = weighted[i] * sum1, part1 = weighted[i + stride] * sum0;
      share += (part0 + part1) * inverse;
      heat -= (part0 * sinh[at] + part1 * sinh[at + step]) * inverse;
    }
    if (inverseBound !== 0) {
      const x = bath * inverseBound, least = firstMoment(l);
      let at = least + (TERMS - 1) * NEXT_TERM, far = moments[at], farHeat = moments[at + LANES];
      for (at -= NEXT_TERM; at >= least; at -= NEXT_TERM) {
        far = moments[at] - x * far;
        farHeat = moments[at + LANES] - x * farHeat;
      }
      share += far;
      heat -= farHeat;
    }
    charge[l] = share * members.sinh[member * stride + l];
    energy[l] = heat;
  }
  addCurrents(members, member, charge, energy, weight);
}

/**
 * Adds a momentum's currents to a member's, and records their sums over the sites.
 *
 * @param members What they are added to.
 * @param member The bath setting.
 * @param charge The charge currents, shape `[stride]`.
 * @param energy The energy currents, likewise.
 * @param weight The momentum's weight.
 */
export function addCurrents(
  members: MemberTables,
  member: number,
  charge: Float64Array,
  energy: Float64Array,
  weight: number,
): void {
  const stride = charge.length, { charge: chargeSum, energy: energySum, totals } = members;
  // Four sums, since that is how the compiled loops, which take four sites at a time, come by the total.
  let charge0 = 0, charge1 = 0, charge2 = 0, charge3 = 0, energy0 = 0, energy1 = 0, energy2 = 0, energy3 = 0;
  for (let l = 0, i = member * stride; l < stride; l += LANES, i += LANES) {
    for (let lane = 0; lane < LANES; lane++) {
      chargeSum[i + lane] += weight * charge[l + lane];
      energySum[i + lane] += weight * energy[l + lane];
    }
    charge0 += charge[l];
    charge1 += charge[l + 1];
    charge2 += charge[l + 2];
    charge3 += charge[l + 3];
    energy0 += energy[l];
    energy1 += energy[l + 1];
    energy2 += energy[l + 2];
    energy3 += energy[l + 3];
  }
  totals[2 * member] = charge0 + charge2 + (charge1 + charge3);
  totals[2 * member + 1] = energy0 + energy2 + (energy1 + energy3);
}
