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
import { type LoopExports, LoopPool } from "../kernel/loop_pool.ts";
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
interface Loops extends LoopExports {
  readonly expand: (...numbers: number[]) => void;
  readonly uniform: (...numbers: number[]) => void;
  readonly profile: (...numbers: number[]) => void;
}

const pool = new LoopPool<Loops>(bytes);

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
  const stride = padded(sites), { loops, tables: views, release } = pool.take(tableLengths(order, stride, members));
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
    release,
  };
}
