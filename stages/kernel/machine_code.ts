/**
 * The compiled kernel in this thread: compiled and instantiated once, since a worker solves at thousands of momenta, block after block.
 *
 * @module
 */
import bytes from "./eigensolver.wasm" with { type: "bytes" };

/** What the kernel exports; `assembly/kernel.ts` says what each does. */
export interface MachineCode {
  /** Its memory; replaced by a larger one when a larger slab is prepared. */
  readonly memory: WebAssembly.Memory;
  /** Lays out memory for L sites, hopping −λ + v/2 and −λ − v/2. */
  prepare(sites: number, forward: number, backward: number): void;
  /** Takes M(q) and v sin q_z of two momenta. */
  reduce(massA: number, couplingA: number, massB: number, couplingB: number): void;
  /** Solves at one of them, 0 or 1; returns 0, or why the result cannot be trusted. */
  solve(momentum: number, densities: boolean): number;
  /** Finds ε_n and ∂ε_n/∂q_y from what was solved. */
  findBranches(velocity: number, hopping: number, sine: number, cosine: number): void;
  /** Where A⁵(l) goes. */
  fieldAddress(): number;
  /** Where σ_n is. */
  sigmaAddress(): number;
  /** Where u_n · v_n is. */
  overlapAddress(): number;
  /** Where ε_n is. */
  energyAddress(): number;
  /** Where ∂ε_n/∂q_y is. */
  slopeAddress(): number;
  /** Where D_n(l), or |u_n(l)|², is. */
  leftDensityAddress(): number;
  /** Where |v_n(l)|² is. */
  rightDensityAddress(): number;
  /** Where |u_0(l)|² is. */
  lowestLeftAddress(): number;
  /** Where |v_0(l)|² is. */
  lowestRightAddress(): number;
}

let instance: MachineCode | undefined;

/**
 * The kernel of this thread.
 *
 * @returns Its exports, the same at every call.
 * @throws {WebAssembly.CompileError} Where there is no SIMD; ask `runsMachineCode` first.
 */
export function machineCode(): MachineCode {
  instance ??= new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as MachineCode;
  return instance;
}
