/**
 * The innermost loops of Eq. (6): the sums over modes of W_n(l) / (cosh β_l ε_n + cosh β_l μ_l) for four sites at a time.
 *
 * Division is what they cost. 1/a and 1/b are b r and a r with r = 1/(a b): one division serves two sites, at a price of one or two more roundings. Where there are
 * vector instructions the compiled twin of these loops runs (`stages/kernel/assembly/occupation_sums.ts`), with the same operations in the same order: the same bits.
 *
 * @module
 */
import { runsMachineCode } from "../kernel/vector_instructions.ts";
import bytes from "../kernel/occupation_sums.wasm" with { type: "bytes" };

/** Sites are taken four at a time: a division serves two of them, and two such pairs keep a core busy. */
export const LANES = 4;

/** Room for the sums over the modes of one momentum, in the memory of the compiled loops where these run. */
export interface SumTables {
  /** W_n(l), shape `[mode][stride]`. */
  readonly weighted: Float64Array;
  /** The modes' hyperbolic functions, shape `[mode]` or `[mode][stride]`, with room for one more row. */
  readonly cosh: Float64Array;
  /** See `cosh`. */
  readonly sinh: Float64Array;
  /** Charge currents, shape `[stride]`. */
  readonly charge: Float64Array;
  /** Energy currents, shape `[stride]`. */
  readonly energy: Float64Array;
}

/** The hyperbolic functions of a bath setting, shape `[stride]` each. */
export interface BathFunctions {
  /** 2 cosh β_l μ_l. */
  readonly cosh: Float64Array;
  /** 2 sinh β_l μ_l. */
  readonly sinh: Float64Array;
}

/** The sums over one momentum's modes. */
export interface OccupationSums {
  /** What is summed, and the sums. */
  readonly tables: SumTables;
  /**
   * Fills `tables.charge` and `tables.energy` for a temperature that is the same everywhere.
   *
   * @param order How many modes there are.
   * @param bath The bath setting.
   */
  uniform(order: number, bath: BathFunctions): void;
  /** The same for a temperature at each site. */
  profile(order: number, bath: BathFunctions): void;
}

/**
 * Sums with room for a slab.
 *
 * @param order Modes.
 * @param stride Sites, a multiple of {@linkcode LANES}.
 * @returns The compiled ones where this machine runs them, else the plain ones; both give the same bits.
 */
export function occupationSums(order: number, stride: number): OccupationSums {
  return runsMachineCode() ? compiledSums(order, stride) : plainSums(order, stride);
}

/** Numbers of the tables, in the order of `SumTables`. */
function lengths(order: number, stride: number): [number, number, number, number, number] {
  return [order * stride, (order + 1) * stride, (order + 1) * stride, stride, stride];
}

/**
 * The sums in TypeScript.
 *
 * @param order Modes.
 * @param stride Sites with their padding.
 * @returns The sums.
 */
export function plainSums(order: number, stride: number): OccupationSums {
  const [weighted, cosh, sinh, charge, energy] = lengths(order, stride).map((length) => new Float64Array(length));
  const tables = { weighted, cosh, sinh, charge, energy };
  return {
    tables,
    uniform: (modes, bath) => uniform(modes, stride, bath, tables),
    profile: (modes, bath) => profile(modes, stride, bath, tables),
  };
}

/** What the compiled loops export. */
interface Loops {
  readonly memory: WebAssembly.Memory;
  readonly uniform: (...addresses: number[]) => void;
  readonly profile: (...addresses: number[]) => void;
}

let compiled: WebAssembly.Module | undefined;

/** Bytes of a page of WebAssembly memory, and before the tables: where the compiler may put something of its own. */
const PAGE = 65536, FIRST = 1024;

/**
 * The compiled sums, in a memory of their own.
 *
 * @param order Modes.
 * @param stride Sites with their padding.
 * @returns The sums.
 * @throws {WebAssembly.CompileError} Where there are no vector instructions.
 */
export function compiledSums(order: number, stride: number): OccupationSums {
  compiled ??= new WebAssembly.Module(bytes);
  const loops = new WebAssembly.Instance(compiled).exports as unknown as Loops;
  const sizes = [...lengths(order, stride), stride, stride];
  const total = FIRST + 8 * sizes.reduce((sum, size) => sum + size, 0);
  const missing = Math.ceil(total / PAGE) - loops.memory.buffer.byteLength / PAGE;
  if (missing > 0) loops.memory.grow(missing);
  let next = FIRST;
  const views = sizes.map((size) => {
    const view = new Float64Array(loops.memory.buffer, next, size);
    next += 8 * size;
    return view;
  });
  const [weighted, cosh, sinh, charge, energy, bathCosh, bathSinh] = views;
  const [a, b, c, d, e, f, g] = [weighted, cosh, sinh, bathCosh, bathSinh, charge, energy].map((view) =>
    view.byteOffset
  );
  const take = (bath: BathFunctions): void => {
    bathCosh.set(bath.cosh);
    bathSinh.set(bath.sinh);
  };
  return {
    tables: { weighted, cosh, sinh, charge, energy },
    uniform(modes, bath) {
      take(bath);
      loops.uniform(modes, stride, a, b, c, d, e, f, g);
    },
    profile(modes, bath) {
      take(bath);
      loops.profile(modes, stride, a, b, c, d, e, f, g);
    },
  };
}

function uniform(order: number, stride: number, bath: BathFunctions, tables: SumTables): void {
  const { weighted, cosh, sinh, charge, energy } = tables;
  for (let l = 0; l < stride; l += LANES) {
    const bath0 = bath.cosh[l], bath1 = bath.cosh[l + 1], bath2 = bath.cosh[l + 2], bath3 = bath.cosh[l + 3];
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
    charge[l] = charge0 * bath.sinh[l];
    charge[l + 1] = charge1 * bath.sinh[l + 1];
    charge[l + 2] = charge2 * bath.sinh[l + 2];
    charge[l + 3] = charge3 * bath.sinh[l + 3];
    energy[l] = energy0;
    energy[l + 1] = energy1;
    energy[l + 2] = energy2;
    energy[l + 3] = energy3;
  }
}

function profile(order: number, stride: number, bath: BathFunctions, tables: SumTables): void {
  const { weighted, cosh, sinh, charge, energy } = tables;
  for (let l = 0; l < stride; l += LANES) {
    // Sites l and l + 2, then l + 1 and l + 3: the pairs that share a division in the vectors of the compiled loops.
    for (const first of [l, l + 1]) {
      const second = first + 2, bath0 = bath.cosh[first], bath1 = bath.cosh[second];
      let charge0 = 0, charge1 = 0, energy0 = 0, energy1 = 0;
      for (let n = 0, i = first; n < order; n++, i += stride) {
        const sum0 = cosh[i] + bath0, sum1 = cosh[i + 2] + bath1, inverse = 1 / (sum0 * sum1);
        const share0 = weighted[i] * (sum1 * inverse), share1 = weighted[i + 2] * (sum0 * inverse);
        charge0 += share0;
        charge1 += share1;
        energy0 -= share0 * sinh[i];
        energy1 -= share1 * sinh[i + 2];
      }
      charge[first] = charge0 * bath.sinh[first];
      charge[second] = charge1 * bath.sinh[second];
      energy[first] = energy0;
      energy[second] = energy1;
    }
  }
}
