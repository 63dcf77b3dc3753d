/**
 * The innermost loops of Eq. (6): the sums over modes of W_n(l) / (cosh β_l ε_n + cosh β_l μ_l), for all bath settings that share the functions of β_l ε_n.
 *
 * Division is what they cost. w/a + w′/b is (w b + w′ a)/(a b): one division serves two modes, and both currents, at a price of one or two more roundings. And where
 * C = cosh β_l ε_n is far above c = cosh β_l μ_l, 1/(C + c) = Σ_k (−c)^k / C^{k+1} needs few terms, whose sums over such modes serve all settings: of those only
 * the modes within a few thermal energies of the chemical potential are left, and a polynomial in c.
 *
 * Where there are vector instructions the compiled twin of the loops in `plain_occupation_sums.ts` runs (`stages/kernel/assembly/occupation_sums.ts`), with the same
 * operations in the same order: the same bits.
 *
 * @module
 */
import bytes from "../kernel/occupation_sums.wasm" with { type: "bytes" };
import { runsMachineCode } from "../kernel/vector_instructions.ts";
import { namedTables, type OccupationSums, padded, tableLengths } from "./occupation_tables.ts";
import { plainSums } from "./plain_occupation_sums.ts";

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

/** What the compiled loops export. */
interface Loops {
  readonly memory: WebAssembly.Memory;
  readonly firstAddress: () => number;
  readonly expand: (...numbers: number[]) => void;
  readonly uniform: (...numbers: number[]) => void;
  readonly profile: (...numbers: number[]) => void;
}

let compiled: WebAssembly.Module | undefined;

/** Loops that nobody uses at present: a new memory takes longer than a momentum. */
const idle: Loops[] = [];

/** Bytes of a page of WebAssembly memory. */
const PAGE = 65536;

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
  const stride = padded(sites), sizes = tableLengths(order, stride, members);
  let next = loops.firstAddress();
  const missing = Math.ceil((next + 8 * sizes.reduce((sum, size) => sum + size, 0)) / PAGE) -
    loops.memory.buffer.byteLength / PAGE;
  if (missing > 0) loops.memory.grow(missing);
  const views = sizes.map((size) => {
    const view = new Float64Array(loops.memory.buffer, next, size);
    next += 8 * size;
    return view.fill(0);
  });
  const [weighted, levels, cosh, sinh, terms, ...rest] = views.map((view) => view.byteOffset);
  const moments = rest[rest.length - 1], { tables, members: memberTables } = namedTables(views);
  return {
    tables,
    members: memberTables,
    stride,
    expand(kind, from, end, bound) {
      if (kind === "profile") loops.expand(1, from, end, stride, bound, 1, weighted, cosh, sinh, terms, moments);
      else loops.expand(0, from, end, stride, bound, 1, weighted, levels, levels + 8, terms, moments);
    },
    add(kind, modes, inverseBound, first, end, weight) {
      if (kind === "profile") {
        loops.profile(modes, stride, first, end, weight, inverseBound, 1, weighted, cosh, sinh, ...rest);
      } else loops.uniform(modes, stride, first, end, weight, inverseBound, 1, weighted, levels, ...rest);
    },
    release() {
      idle.push(loops);
    },
  };
}
