/**
 * Which eigensolver runs. Two kernels agree to rounding and not to the last bit, so that the choice is made once, on the main thread, and goes into the parameters of
 * every task that solves: keys then tell their artifacts apart, and a worker does what it is told.
 *
 * The compiled kernel uses vector instructions whose every result is fixed by the WebAssembly standard (products and sums rounded one by one). The relaxed ones,
 * which may fuse them, differ from machine to machine and were found to be no faster at 50 sites: without them one kernel gives the same bytes everywhere.
 *
 * @module
 */
import type { ChiralSolver } from "../diagonalize/solver.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { runsMachineCode } from "./vector_instructions.ts";
import { WasmSolver } from "./wasm_solver.ts";

/** The kernels: compiled with vector instructions, or plain TypeScript. */
export type KernelName = "wasm-simd" | "typescript";

/** What a task that solves reads besides its momenta. */
export interface KernelChoice {
  /** The kernel to use. */
  readonly kernel: KernelName;
}

/**
 * The kernel for this machine.
 *
 * @returns `wasm-simd` where WebAssembly has vector instructions, else `typescript`.
 */
export function kernelName(): KernelName {
  return runsMachineCode() ? "wasm-simd" : "typescript";
}

/**
 * A solver for a slab.
 *
 * @param slab The slab.
 * @param kernel Which kernel.
 * @returns The solver.
 * @throws {Error} If this machine does not run that kernel.
 */
export function chiralSolver(slab: Slab, kernel: KernelName): ChiralSolver {
  if (kernel === "typescript") return new StructuredSolver(slab);
  if (kernel === "wasm-simd" && runsMachineCode()) return new WasmSolver(slab);
  throw new Error(`Cannot solve with the kernel ${kernel}: this machine does not run it; run the study again`);
}
