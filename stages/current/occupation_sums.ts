/**
 * The innermost loops of Eq. (6): the sums over modes of W_n(l) / (cosh β_l ε_n + cosh β_l μ_l), for all bath settings that share the functions of β_l ε_n.
 *
 * Division is what they cost. w/a + w′/b is (w b + w′ a)/(a b): one division serves two modes, and both currents, at a price of one or two more roundings. Where there
 * are vector instructions the compiled twin of these loops runs (`stages/kernel/assembly/occupation_sums.ts`), with the same operations in the same order: the same bits.
 *
 * @module
 */
import { runsMachineCode } from "../kernel/vector_instructions.ts";
import bytes from "../kernel/occupation_sums.wasm" with { type: "bytes" };

/** Sites are taken four at a time. */
export const LANES = 4;

/** Room for the sums over the modes of one momentum, in the memory of the compiled loops where these run. */
export interface SumTables {
  /** W_n(l), shape `[mode][stride]`. */
  readonly weighted: Float64Array;
  /** The modes' hyperbolic functions where β is uniform, shape `[mode][2]`: what is added to the baths' cosh, and what an energy current is weighted with. */
  readonly levels: Float64Array;
  /** The first of the two for a temperature at each site, shape `[mode][stride]`; with room for one more mode, as is the second. */
  readonly cosh: Float64Array;
  /** The second. */
  readonly sinh: Float64Array;
}

/** What is known of the bath settings, here called members, all of shape `[member][stride]`, and what the momenta so far come to. */
export interface MemberTables {
  /** 2 cosh β_l μ_l. */
  readonly cosh: Float64Array;
  /** 2 sinh β_l μ_l. */
  readonly sinh: Float64Array;
  /** Charge currents, each momentum's times its weight. */
  readonly charge: Float64Array;
  /** Energy currents likewise. */
  readonly energy: Float64Array;
  /** The last momentum's charge and energy current summed over the sites, without a weight; shape `[member][2]`. */
  readonly totals: Float64Array;
}

/** The sums over one momentum's modes. */
export interface OccupationSums {
  /** Sites with their padding, in which weights must be 0. */
  readonly stride: number;
  /** What is summed. */
  readonly tables: SumTables;
  /** The baths, and the sums. */
  readonly members: MemberTables;
  /**
   * Adds a momentum's currents for a temperature that is the same everywhere.
   *
   * @param order How many modes there are; modes come in pairs, and where one is missing at the end its weights must be 0.
   * @param first The first member.
   * @param end The member after the last.
   * @param weight The momentum's weight.
   */
  uniform(order: number, first: number, end: number, weight: number): void;
  /** The same for a temperature at each site. */
  profile(order: number, first: number, end: number, weight: number): void;
  /** Gives the memory back, for the next one to use. */
  release(): void;
}

/**
 * Sums with room for a slab; all tables are zeros.
 *
 * @param order Modes.
 * @param sites Sites.
 * @param members Bath settings.
 * @returns The compiled ones where this machine runs them, else the plain ones; both give the same bits.
 */
export function occupationSums(order: number, sites: number, members: number): OccupationSums {
  return runsMachineCode() ? compiledSums(order, sites, members) : plainSums(order, sites, members);
}

/** Numbers of the tables, in the order of `SumTables` and `MemberTables`. */
function lengths(order: number, stride: number, members: number): number[] {
  const pairs = order + order % 2, table = (pairs + 1) * stride, each = members * stride;
  return [pairs * stride, 2 * pairs, table, table, each, each, each, each, 2 * members];
}

function named(views: readonly Float64Array[]): { readonly tables: SumTables; readonly members: MemberTables } {
  const [weighted, levels, cosh, sinh, bathCosh, bathSinh, charge, energy, totals] = views;
  return {
    tables: { weighted, levels, cosh, sinh },
    members: { cosh: bathCosh, sinh: bathSinh, charge, energy, totals },
  };
}

function padded(sites: number): number {
  return LANES * Math.ceil(sites / LANES);
}

/**
 * The sums in TypeScript.
 *
 * @param order Modes.
 * @param sites Sites.
 * @param members Bath settings.
 * @returns The sums.
 */
export function plainSums(order: number, sites: number, members: number): OccupationSums {
  const stride = padded(sites),
    memory = named(lengths(order, stride, members).map((length) => new Float64Array(length)));
  const sum = (levels: Levels) => (modes: number, first: number, end: number, weight: number) => {
    for (let member = first; member < end; member++) addMember(memory, stride, levels, modes, member, weight);
  };
  const { levels, cosh, sinh } = memory.tables;
  return {
    ...memory,
    stride,
    uniform: sum({ cosh: levels, sinh: levels.subarray(1), mode: 2, isProfile: false }),
    profile: sum({ cosh, sinh, mode: stride, isProfile: true }),
    release() {},
  };
}

/** The modes' functions: where they are, how far apart those of two modes are, and whether they differ from site to site. */
interface Levels {
  readonly cosh: Float64Array;
  readonly sinh: Float64Array;
  readonly mode: number;
  readonly isProfile: boolean;
}

function addMember(
  { tables: { weighted }, members }: { readonly tables: SumTables; readonly members: MemberTables },
  stride: number,
  { cosh, sinh, mode, isProfile }: Levels,
  order: number,
  member: number,
  weight: number,
): void {
  const charge = new Float64Array(stride), energy = new Float64Array(stride);
  for (let l = 0; l < stride; l++) {
    const bath = members.cosh[member * stride + l];
    let shares = 0, heat = 0;
    for (let n = 0, i = l, at = isProfile ? l : 0; n < order; n += 2, i += 2 * stride, at += 2 * mode) {
      const sum0 = cosh[at] + bath, sum1 = cosh[at + mode] + bath, inverse = 1 / (sum0 * sum1);
      const part0 = weighted[i] * sum1, part1 = weighted[i + stride] * sum0;
      shares += (part0 + part1) * inverse;
      heat -= (part0 * sinh[at] + part1 * sinh[at + mode]) * inverse;
    }
    charge[l] = shares * members.sinh[member * stride + l];
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

/** What the compiled loops export. */
interface Loops {
  readonly memory: WebAssembly.Memory;
  readonly uniform: (...numbers: number[]) => void;
  readonly profile: (...numbers: number[]) => void;
}

let compiled: WebAssembly.Module | undefined;

/** Loops that nobody uses at present: a new memory takes longer than a momentum. */
const idle: Loops[] = [];

/** Bytes of a page of WebAssembly memory, and before the tables: where the compiler may put something of its own. */
const PAGE = 65536, FIRST = 1024;

/**
 * The compiled sums, in a memory of their own until they are released.
 *
 * @param order Modes.
 * @param sites Sites.
 * @param members Bath settings.
 * @returns The sums.
 * @throws {WebAssembly.CompileError} Where there are no vector instructions.
 */
export function compiledSums(order: number, sites: number, members: number): OccupationSums {
  compiled ??= new WebAssembly.Module(bytes);
  const loops = idle.pop() ?? new WebAssembly.Instance(compiled).exports as unknown as Loops;
  const stride = padded(sites), sizes = lengths(order, stride, members);
  const total = FIRST + 8 * sizes.reduce((sum, size) => sum + size, 0);
  const missing = Math.ceil(total / PAGE) - loops.memory.buffer.byteLength / PAGE;
  if (missing > 0) loops.memory.grow(missing);
  let next = FIRST;
  const views = sizes.map((size) => {
    const view = new Float64Array(loops.memory.buffer, next, size);
    next += 8 * size;
    return view.fill(0);
  });
  const [weighted, levels, cosh, sinh, ...rest] = views.map((view) => view.byteOffset);
  return {
    ...named(views),
    stride,
    uniform(modes, first, end, weight) {
      loops.uniform(modes + modes % 2, stride, first, end, weight, 1, weighted, levels, ...rest);
    },
    profile(modes, first, end, weight) {
      loops.profile(modes + modes % 2, stride, first, end, weight, 1, weighted, cosh, sinh, ...rest);
    },
    release() {
      idle.push(loops);
    },
  };
}
