/**
 * The innermost loops of Eq. (6) on nodes: densities taken from the sites to a few nodes, and sums over modes and nodes of W_n(j) / (cosh β_j ε_n + cosh β_j μ_j).
 *
 * Division is what the sums cost. 1/a and 1/b are b r and a r with r = 1/(a b): one division serves two nodes. Where there are vector instructions the compiled twin of these loops runs
 * (`stages/kernel/assembly/node_sums.ts`), with the same operations in the same order: the same bits.
 *
 * @module
 */
import { runsMachineCode } from "../kernel/vector_instructions.ts";
import bytes from "../kernel/node_sums.wasm" with { type: "bytes" };
import type { BathNodes } from "./bath_nodes.ts";

/** Nodes are taken four at a time, modes too where densities go to the nodes. */
export const LANES = 4;

/** Bath settings that share a number of nodes and a temperature at each. */
export interface NodeGroup {
  /** 2 cosh β_j μ_j and 2 sinh β_j μ_j, shape `[setting][2][node]`. */
  readonly baths: Float64Array;
  /** Whether the temperature differs from node to node. */
  readonly byNode: boolean;
}

/** Nodes, and the groups that use them. */
export interface NodeShape {
  /** The nodes. */
  readonly nodes: BathNodes;
  /** The groups. */
  readonly groups: readonly NodeGroup[];
}

/** What a group is told of a momentum, and what comes of it. */
export interface GroupTables {
  /** 2 cosh β_j ε_n, shape `[mode]`, or `[mode][node]` if the temperature differs from node to node. */
  readonly cosh: Float64Array;
  /** 2 ε_n sinh β_j ε_n likewise. */
  readonly sinh: Float64Array;
  /** Charge and energy current, shape `[setting][2]`. */
  readonly sums: Float64Array;
}

/** The loops for one slab and its bath settings. Tables have room for a number of modes that is a multiple of four; what is beyond the last mode stays zero. */
export interface NodeSums {
  /** D_n(l), shape `[mode][site]`. */
  readonly density: Float64Array;
  /** What W_n(l) is of D_n(l), shape `[mode]`. */
  readonly factor: Float64Array;
  /** The groups' tables, shape by shape. */
  readonly groups: readonly (readonly GroupTables[])[];
  /** Takes the densities to the nodes of a shape. */
  project(shape: number): void;
  /** Fills the sums of a group of a shape to whose nodes densities have been taken. */
  sum(shape: number, group: number): void;
}

/**
 * Loops for a slab.
 *
 * @param order Modes.
 * @param sites L.
 * @param shapes The nodes and groups.
 * @returns The compiled ones where this machine runs them, else the plain ones; both give the same bits.
 */
export function nodeSums(order: number, sites: number, shapes: readonly NodeShape[]): NodeSums {
  return runsMachineCode() ? compiledNodeSums(order, sites, shapes) : plainNodeSums(order, sites, shapes);
}

/** Gives out tables of zeros. */
type Allocate = (length: number) => Float64Array;

/** The tables of one shape. */
interface ShapeTables {
  readonly count: number;
  readonly even: Float64Array;
  readonly odd: Float64Array;
  readonly weighted: Float64Array;
  readonly groups: readonly (GroupTables & { readonly baths: Float64Array; readonly byNode: boolean })[];
}

interface Tables {
  readonly order: number;
  readonly density: Float64Array;
  readonly factor: Float64Array;
  readonly folded: Float64Array;
  readonly shapes: readonly ShapeTables[];
}

function layOut(order: number, sites: number, shapes: readonly NodeShape[], allocate: Allocate): Tables {
  const padded = LANES * Math.ceil(order / LANES), half = (sites + 1) >> 1;
  const filled = (values: Float64Array): Float64Array => {
    const table = allocate(values.length);
    table.set(values);
    return table;
  };
  return {
    order: padded,
    density: allocate(padded * sites),
    factor: allocate(padded),
    folded: allocate(2 * LANES * half),
    shapes: shapes.map(({ nodes, groups }) => ({
      count: nodes.position.length,
      even: filled(nodes.even),
      odd: filled(nodes.odd),
      weighted: allocate(padded * nodes.position.length),
      groups: groups.map(({ baths, byNode }) => ({
        baths: filled(baths),
        byNode,
        cosh: allocate(byNode ? order * nodes.position.length : order),
        sinh: allocate(byNode ? order * nodes.position.length : order),
        sums: allocate(baths.length / nodes.position.length),
      })),
    })),
  };
}

/**
 * The loops in TypeScript.
 *
 * @param order Modes.
 * @param sites L.
 * @param shapes The nodes and groups.
 * @returns The loops.
 */
export function plainNodeSums(order: number, sites: number, shapes: readonly NodeShape[]): NodeSums {
  const tables = layOut(order, sites, shapes, (length) => new Float64Array(length));
  return {
    density: tables.density,
    factor: tables.factor,
    groups: tables.shapes.map(({ groups }) => groups),
    project: (shape) => project(sites, tables, tables.shapes[shape]),
    sum: (shape, group) => sumModes(order, tables.shapes[shape], group),
  };
}

function project(sites: number, { order, density, factor }: Tables, { count, even, odd, weighted }: ShapeTables): void {
  const half = (sites + 1) >> 1, halfNodes = count / 2;
  for (let n = 0; n < order; n++) {
    const row = n * sites;
    for (let j = 0; j < halfNodes; j++) {
      let evenSum = 0, oddSum = 0;
      for (let l = 0; l < half; l++) {
        const mirror = sites - 1 - l, a = density[row + l], b = mirror === l ? 0 : density[row + mirror];
        evenSum += (a + b) * even[l * halfNodes + j];
        oddSum += (a - b) * odd[l * halfNodes + j];
      }
      weighted[n * count + j] = factor[n] * (evenSum + oddSum);
      weighted[n * count + halfNodes + j] = factor[n] * (evenSum - oddSum);
    }
  }
}

function sumModes(order: number, { count, weighted, groups }: ShapeTables, group: number): void {
  const { baths, byNode, cosh, sinh, sums } = groups[group];
  const charge = new Float64Array(LANES), total = new Float64Array(LANES), heat = new Float64Array(LANES);
  for (let setting = 0; 2 * setting < sums.length; setting++) {
    const bath = 2 * setting * count;
    total.fill(0);
    heat.fill(0);
    for (let start = 0; start < count; start += LANES) {
      charge.fill(0);
      for (let n = 0; n < order; n++) {
        // Nodes j and j + 2 share a division: they are in the same place of two vectors.
        for (let node = start; node < start + 2; node++) {
          const level = byNode ? n * count + node : n, far = byNode ? level + 2 : level;
          const sum0 = cosh[level] + baths[bath + node], sum1 = cosh[far] + baths[bath + node + 2];
          const inverse = 1 / (sum0 * sum1), at = n * count + node;
          const share0 = weighted[at] * (sum1 * inverse), share1 = weighted[at + 2] * (sum0 * inverse);
          charge[node - start] += share0;
          charge[node - start + 2] += share1;
          heat[node - start] -= share0 * sinh[level];
          heat[node - start + 2] -= share1 * sinh[far];
        }
      }
      for (let j = 0; j < LANES; j++) total[j] += charge[j] * baths[bath + count + start + j];
    }
    sums[2 * setting] = total[0] + total[2] + (total[1] + total[3]);
    sums[2 * setting + 1] = heat[0] + heat[2] + (heat[1] + heat[3]);
  }
}

/** What the compiled loops export. */
interface Loops {
  readonly memory: WebAssembly.Memory;
  readonly project: (...sizesAndAddresses: number[]) => void;
  readonly uniform: (...sizesAndAddresses: number[]) => void;
  readonly profile: (...sizesAndAddresses: number[]) => void;
}

let compiled: WebAssembly.Module | undefined;

/** Bytes of a page of WebAssembly memory, and before the tables: where the compiler may put something of its own. */
const PAGE = 65536, FIRST = 1024;

/**
 * The compiled loops, in a memory of their own.
 *
 * @param order Modes.
 * @param sites L.
 * @param shapes The nodes and groups.
 * @returns The loops.
 * @throws {WebAssembly.CompileError} Where there are no vector instructions.
 */
export function compiledNodeSums(order: number, sites: number, shapes: readonly NodeShape[]): NodeSums {
  compiled ??= new WebAssembly.Module(bytes);
  const loops = new WebAssembly.Instance(compiled).exports as unknown as Loops;
  // Twice the same way: first for the size, since views do not outlive a growing memory.
  let next = FIRST;
  layOut(order, sites, shapes, (length) => {
    next += 8 * length;
    return new Float64Array(length);
  });
  const missing = Math.ceil(next / PAGE) - loops.memory.buffer.byteLength / PAGE;
  if (missing > 0) loops.memory.grow(missing);
  next = FIRST;
  const tables = layOut(order, sites, shapes, (length) => {
    const view = new Float64Array(loops.memory.buffer, next, length);
    next += 8 * length;
    return view;
  });
  const { density, factor, folded } = tables;
  return {
    density,
    factor,
    groups: tables.shapes.map(({ groups }) => groups),
    project(shape) {
      const { count, even, odd, weighted } = tables.shapes[shape];
      const places = [density, factor, even, odd, folded, weighted].map((view) => view.byteOffset);
      loops.project(tables.order, sites, count, ...places);
    },
    sum(shape, group) {
      const { count, weighted, groups } = tables.shapes[shape], { baths, byNode, cosh, sinh, sums } = groups[group];
      const places = [weighted, cosh, sinh, baths, sums].map((view) => view.byteOffset);
      loops[byNode ? "profile" : "uniform"](order, count, sums.length / 2, ...places);
    },
  };
}
