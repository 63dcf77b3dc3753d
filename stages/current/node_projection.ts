/**
 * Densities taken from the sites of a slab to a few nodes: W_n(j) = factor_n Σ_l D_n(l) share_lj, what totals of Eq. (6) need of the densities.
 *
 * Where there are vector instructions the compiled twin of the loops runs (`stages/kernel/assembly/node_projection.ts`), with the same operations in the same order: the same bits.
 *
 * @module
 */
import { type LoopExports, LoopPool } from "../kernel/loop_pool.ts";
import bytes from "../kernel/node_projection.wasm" with { type: "bytes" };
import { runsMachineCode } from "../kernel/vector_instructions.ts";
import type { BathNodes } from "./bath_nodes.ts";

/** Modes are taken four at a time. */
const LANES = 4;

/** The densities of one momentum, and what they are at the nodes. Tables have room for a number of modes that is a multiple of four; what is beyond the last mode stays zero. */
export interface NodeProjection {
  /** D_n(l), shape `[mode][site]`. */
  readonly density: Float64Array;
  /** What W_n(l) is of D_n(l), shape `[mode]`. */
  readonly factor: Float64Array;
  /** Takes densities apart, once for all nodes. */
  fold(): void;
  /**
   * Takes what has been taken apart to nodes.
   *
   * @param shape Which nodes.
   * @returns W_n(j), shape `[mode][node]`; valid until the next densities.
   */
  project(shape: number): Float64Array;
  /** Gives the memory back. */
  release(): void;
}

/**
 * A projection for a slab.
 *
 * @param order Modes.
 * @param sites L.
 * @param shapes Nodes, any number of times.
 * @returns The compiled one where this machine runs it, else the plain one; both give the same bits.
 */
export function nodeProjection(order: number, sites: number, shapes: readonly BathNodes[]): NodeProjection {
  return runsMachineCode() ? compiledProjection(order, sites, shapes) : plainProjection(order, sites, shapes);
}

/** Lengths of the tables: densities, factors, their even and odd parts, and for each shape the shares and what becomes of the densities. */
function lengths(order: number, sites: number, shapes: readonly BathNodes[]): number[] {
  const rows = padded(order);
  return [
    rows * sites,
    rows,
    2 * rows * half(sites),
    ...shapes.flatMap(({ position, even, odd }) => [even.length, odd.length, rows * position.length]),
  ];
}

function padded(order: number): number {
  return LANES * Math.ceil(order / LANES);
}

/** Sites up to the middle. */
function half(sites: number): number {
  return (sites + 1) >> 1;
}

/** The tables of one shape, with the shares filled in. */
function shapeTables(
  tables: readonly Float64Array[],
  shapes: readonly BathNodes[],
  shape: number,
): [even: Float64Array, odd: Float64Array, weighted: Float64Array] {
  const [even, odd, weighted] = tables.slice(3 + 3 * shape, 6 + 3 * shape);
  even.set(shapes[shape].even);
  odd.set(shapes[shape].odd);
  return [even, odd, weighted];
}

/**
 * The projection in TypeScript.
 *
 * @param order Modes.
 * @param sites L.
 * @param shapes Nodes.
 * @returns The projection.
 */
export function plainProjection(order: number, sites: number, shapes: readonly BathNodes[]): NodeProjection {
  const tables = lengths(order, sites, shapes).map((length) => new Float64Array(length));
  const [density, factor] = tables, own = shapes.map((_, shape) => shapeTables(tables, shapes, shape));
  return {
    density,
    factor,
    fold() {},
    project(shape) {
      const [even, odd, weighted] = own[shape], count = shapes[shape].position.length, halfNodes = count / 2;
      for (let n = 0; n < padded(order); n++) {
        const row = n * sites;
        for (let j = 0; j < halfNodes; j++) {
          let evenSum = 0, oddSum = 0;
          for (let l = 0; l < half(sites); l++) {
            const mirror = sites - 1 - l, a = density[row + l], b = mirror === l ? 0 : density[row + mirror];
            evenSum += (a + b) * even[l * halfNodes + j];
            oddSum += (a - b) * odd[l * halfNodes + j];
          }
          weighted[n * count + j] = factor[n] * (evenSum + oddSum);
          weighted[n * count + halfNodes + j] = factor[n] * (evenSum - oddSum);
        }
      }
      return weighted;
    },
    release() {},
  };
}

/** What the compiled loops export. */
interface Loops extends LoopExports {
  readonly fold: (...sizesAndAddresses: number[]) => void;
  readonly project: (...sizesAndAddresses: number[]) => void;
}

const pool = new LoopPool<Loops>(bytes);

/**
 * The compiled projection, in a memory of its own until it is released.
 *
 * @param order Modes.
 * @param sites L.
 * @param shapes Nodes.
 * @returns The projection.
 * @throws {WebAssembly.CompileError} Where there are no vector instructions.
 */
export function compiledProjection(order: number, sites: number, shapes: readonly BathNodes[]): NodeProjection {
  const { loops, tables, release } = pool.take(lengths(order, sites, shapes)), rows = padded(order);
  const [density, factor, folded] = tables, own = shapes.map((_, shape) => shapeTables(tables, shapes, shape));
  return {
    density,
    factor,
    fold: () => loops.fold(rows, sites, density.byteOffset, folded.byteOffset),
    project(shape) {
      const [even, odd, weighted] = own[shape].map(({ byteOffset }) => byteOffset);
      const count = shapes[shape].position.length;
      loops.project(rows, sites, count, factor.byteOffset, folded.byteOffset, even, odd, weighted);
      return own[shape][2];
    },
    release,
  };
}
