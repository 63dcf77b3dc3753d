/**
 * Moments of a flow spectrum: sums over modes of densities D_n(l), each with twelve numbers of its own, panel by panel of the energy axis.
 *
 * Where there are vector instructions the compiled twin of the loops runs (`stages/kernel/assembly/moment_sums.ts`), with the same operations in the same
 * order: the same bits.
 *
 * @module
 */
import { type LoopExports, LoopPool } from "../kernel/loop_pool.ts";
import bytes from "../kernel/moment_sums.wasm" with { type: "bytes" };
import { runsMachineCode } from "../kernel/vector_instructions.ts";
import { MOMENTS } from "./energy_panels.ts";
import { LANES, padded } from "./occupation_tables.ts";

/** Sums over the modes of one momentum after the other. */
export interface MomentSums {
  /** D_n(l) of one momentum, shape `[mode][site]`. */
  readonly density: Float64Array;
  /** What modes count with, shape `[mode][moment]`. */
  readonly share: Float64Array;
  /** The sums, zeros at first: tables of shape `[panel][moment][stride]`, sites with their padding, in which any numbers may be. */
  readonly moments: readonly Float64Array[];
  /** Sites with their padding. */
  readonly stride: number;
  /**
   * Adds Σ_n share_nk D_n(l) over some modes to a panel's moments.
   *
   * @param table Which table.
   * @param panel The panel.
   * @param first The first mode.
   * @param end The mode after the last.
   */
  add(table: number, panel: number, first: number, end: number): void;
  /** Gives the memory back. */
  release(): void;
}

/**
 * Sums for a slab.
 *
 * @param order Modes.
 * @param sites L.
 * @param panels How many panels each table has.
 * @returns The compiled ones where this machine runs them, else the plain ones; both give the same bits.
 */
export function momentSums(order: number, sites: number, panels: readonly number[]): MomentSums {
  return runsMachineCode() ? compiledMoments(order, sites, panels) : plainMoments(order, sites, panels);
}

function lengths(order: number, sites: number, panels: readonly number[]): number[] {
  const panel = MOMENTS * padded(sites);
  return [order * sites + LANES, order * MOMENTS, ...panels.map((count) => count * panel)];
}

/** Tables of these lengths by their names. */
function named([density, share, ...moments]: readonly Float64Array[], order: number, sites: number) {
  return { density: density.subarray(0, order * sites), share, moments, stride: padded(sites) };
}

/**
 * The sums in TypeScript.
 *
 * @param order Modes.
 * @param sites L.
 * @param panels How many panels each table has.
 * @returns The sums.
 */
export function plainMoments(order: number, sites: number, panels: readonly number[]): MomentSums {
  const memory = lengths(order, sites, panels).map((length) => new Float64Array(length));
  const own = named(memory, order, sites), { density, share, moments, stride } = own;
  return {
    ...own,
    add(table, panel, first, end) {
      for (let n = first; n < end; n++) {
        for (let k = 0, row = panel * MOMENTS * stride; k < MOMENTS; k++, row += stride) {
          const weight = share[n * MOMENTS + k];
          for (let l = 0; l < sites; l++) moments[table][row + l] += weight * density[n * sites + l];
        }
      }
    },
    release() {},
  };
}

/** What the compiled loops export. */
interface Loops extends LoopExports {
  readonly addModes: (modes: number, sites: number, share: number, density: number, moments: number) => void;
}

const pool = new LoopPool<Loops>(bytes);

/**
 * The compiled sums, in a memory of their own until they are released.
 *
 * @param order Modes.
 * @param sites L.
 * @param panels How many panels each table has.
 * @returns The sums.
 * @throws {WebAssembly.CompileError} Where there are no vector instructions.
 */
export function compiledMoments(order: number, sites: number, panels: readonly number[]): MomentSums {
  const { loops, tables, release } = pool.take(lengths(order, sites, panels)), own = named(tables, order, sites);
  const { density, share, moments, stride } = own, row = MOMENTS * Float64Array.BYTES_PER_ELEMENT;
  return {
    ...own,
    add(table, panel, first, end) {
      loops.addModes(
        end - first,
        sites,
        share.byteOffset + first * row,
        density.byteOffset + first * sites * Float64Array.BYTES_PER_ELEMENT,
        moments[table].byteOffset + panel * stride * row,
      );
    },
    release,
  };
}
