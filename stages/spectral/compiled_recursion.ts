/**
 * The recursion over the sites as WebAssembly with vector instructions: two momenta side by side, with the operations of `plain_recursion.ts` in the same order.
 *
 * @module
 */
import { massTerm, type Momentum, type Slab } from "../hamiltonian/slab.ts";
import bytes from "../kernel/green_function.wasm" with { type: "bytes" };
import { type Frequency, type OrbitalDiagonal, ORBITALS, type Recursion } from "./recursion.ts";

/** What the compiled recursion exports; `stages/kernel/assembly/green_function.ts` says what each does. */
interface MachineRecursion {
  readonly memory: WebAssembly.Memory;
  readonly prepare: (sites: number) => void;
  readonly dressingAddress: () => number;
  readonly fieldAddress: () => number;
  readonly diagonalAddress: () => number;
  readonly solve: (...numbers: number[]) => void;
  readonly traceAddress: () => number;
}

let compiled: WebAssembly.Module | undefined;

/** The compiled recursion for one slab, in a memory of its own. */
export class CompiledRecursion implements Recursion {
  readonly dressing: Float64Array;
  readonly #slab: Slab;
  readonly #code: MachineRecursion;
  readonly #diagonal: Float64Array;
  readonly #trace: Float64Array;

  /**
   * Memory for a slab.
   *
   * @param slab The slab.
   * @throws {WebAssembly.CompileError} Where there are no vector instructions.
   */
  constructor(slab: Slab) {
    compiled ??= new WebAssembly.Module(bytes);
    const code = new WebAssembly.Instance(compiled).exports as unknown as MachineRecursion;
    code.prepare(slab.sites);
    const view = (address: number, length: number) => new Float64Array(code.memory.buffer, address, length);
    view(code.fieldAddress(), slab.sites).set(slab.chiralGaugeField);
    this.dressing = view(code.dressingAddress(), 2 * ORBITALS * slab.sites);
    this.#diagonal = view(code.diagonalAddress(), 4 * ORBITALS * slab.sites);
    this.#trace = view(code.traceAddress(), 2);
    this.#slab = slab;
    this.#code = code;
  }

  /** See {@linkcode Recursion.solve}. */
  solve(first: Momentum, second: Momentum, { omega, broadening }: Frequency): void {
    const slab = this.#slab, { velocity, hopping } = slab;
    this.#code.solve(
      omega,
      broadening,
      velocity,
      hopping,
      massTerm(slab, first),
      velocity * Math.sin(first.qy),
      velocity * Math.sin(first.qz),
      massTerm(slab, second),
      velocity * Math.sin(second.qy),
      velocity * Math.sin(second.qz),
    );
  }

  /** See {@linkcode Recursion.read}. */
  read(lane: 0 | 1, { re, im }: OrbitalDiagonal): void {
    const diagonal = this.#diagonal;
    for (let i = 0, at = lane; i < re.length; i++, at += 4) {
      re[i] = diagonal[at];
      im[i] = diagonal[at + 2];
    }
  }

  /** See {@linkcode Recursion.imaginaryTrace}. */
  imaginaryTrace(lane: 0 | 1): number {
    return this.#trace[lane];
  }
}
