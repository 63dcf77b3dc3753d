/**
 * A thread that diagonalizes and does nothing else: no store, no messages on the way, nothing shared with other threads. Two of them show what two cores of the
 * machine at hand are worth, by which worker pools are judged.
 *
 * @module
 */
import type { AllocateArrays } from "../../pipeline/dataflow/stage.ts";
import { allocateArrays } from "../../pipeline/store/codec.ts";
import { momentumBlock } from "../../stages/diagonalize/momentum_block.ts";
import { chiralSolver, kernelName } from "../../stages/kernel/kernel.ts";
import { anyRow, benchSlab } from "./bench_slab.ts";

/** What a thread is asked to do. */
export interface KernelShare {
  /** L. */
  readonly sites: number;
  /** Blocks, one after the other. */
  readonly blocks: number;
  /** Momenta of each. */
  readonly momenta: number;
}

const memory = new Uint8Array(2 ** 24);

/** As in a worker: memory that was used before. */
const allocate: AllocateArrays = (lengths) => allocateArrays(lengths, (bytes) => memory.subarray(0, bytes));

/** What of a thread's scope is used here. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<KernelShare>) => void;
  postMessage: (message: null) => void;
};

scope.onmessage = ({ data: { sites, blocks, momenta } }) => {
  const slab = benchSlab(sites), solver = chiralSolver(slab, kernelName());
  for (let i = 0; i < blocks; i++) {
    momentumBlock(slab, solver, anyRow(momenta), undefined, undefined, allocate);
  }
  scope.postMessage(null);
};
