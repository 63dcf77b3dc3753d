/**
 * The recursion for the lesser Green function as WebAssembly with vector instructions: two momenta side by side, with the operations of `plain_lesser_recursion.ts` in
 * the same order.
 *
 * @module
 */
import { massTerm, type Momentum, type Slab } from "../hamiltonian/slab.ts";
import bytes from "../kernel/lesser_green_function.wasm" with { type: "bytes" };
import { recordBlock } from "./lesser_record.ts";
import type { LesserRecursion, LesserSource, OrbitalBlocks } from "./lesser_recursion.ts";
import { type Frequency, type OrbitalDiagonal, ORBITALS } from "./recursion.ts";

/** What the compiled recursion exports; `stages/kernel/assembly/lesser_green_function.ts` says what each does. */
interface MachineRecursion {
  readonly memory: WebAssembly.Memory;
  readonly prepare: (sites: number) => void;
  readonly dressingAddress: () => number;
  readonly fillingAddress: () => number;
  readonly fieldAddress: () => number;
  readonly recordAddress: () => number;
  readonly solve: (...numbers: number[]) => void;
}

/** The sources by the numbers that the kernel has for them. */
const SOURCES: readonly LesserSource[] = ["filling", "charge", "energy"];

/** A site's record, in pairs of numbers for the two lanes: real and imaginary parts of G^R's diagonal, the diagonal of K, the two currents, and K. */
const RECORD = 30, OCCUPATIONS = 8, CHARGE = 12, ENERGY = 13, K = 14;

let compiled: WebAssembly.Module | undefined;

/** The compiled recursion for one slab, in a memory of its own. */
export class CompiledLesserRecursion implements LesserRecursion {
  readonly dressing: Float64Array;
  readonly filling: Float64Array;
  readonly #slab: Slab;
  readonly #code: MachineRecursion;
  readonly #records: Float64Array;
  readonly #turns: [number, number] = [1, 1];

  /**
   * Memory for a slab.
   *
   * @param slab The slab.
   * @throws {WebAssembly.CompileError} Where there are no vector instructions.
   */
  constructor(slab: Slab) {
    compiled ??= new WebAssembly.Module(bytes);
    const code = new WebAssembly.Instance(compiled).exports as unknown as MachineRecursion, { sites } = slab;
    code.prepare(sites);
    const view = (address: number, length: number) => new Float64Array(code.memory.buffer, address, length);
    view(code.fieldAddress(), sites).set(slab.chiralGaugeField);
    this.dressing = view(code.dressingAddress(), 2 * ORBITALS * sites);
    this.filling = view(code.fillingAddress(), ORBITALS * sites);
    this.#records = view(code.recordAddress(), 2 * RECORD * sites);
    this.#slab = slab;
    this.#code = code;
  }

  /** See {@linkcode LesserRecursion.solve}. */
  solve(first: Momentum, second: Momentum, { omega, broadening }: Frequency, source: LesserSource): void {
    const slab = this.#slab, { velocity, hopping } = slab;
    const driftA = velocity * Math.sin(first.qy), driftB = velocity * Math.sin(second.qy);
    this.#turns[0] = omega * driftA < 0 ? -1 : 1;
    this.#turns[1] = omega * driftB < 0 ? -1 : 1;
    this.#code.solve(
      SOURCES.indexOf(source),
      omega,
      broadening,
      velocity,
      hopping,
      massTerm(slab, first),
      driftA,
      velocity * Math.sin(first.qz),
      velocity * Math.cos(first.qy),
      -2 * hopping * Math.sin(first.qy),
      massTerm(slab, second),
      driftB,
      velocity * Math.sin(second.qz),
      velocity * Math.cos(second.qy),
      -2 * hopping * Math.sin(second.qy),
    );
  }

  /** See {@linkcode LesserRecursion.readRetarded}. */
  readRetarded(lane: 0 | 1, { re, im }: OrbitalDiagonal): void {
    const records = this.#records;
    for (let l = 0, i = 0, at = lane; l < this.#slab.sites; l++, at += 2 * RECORD) {
      for (let orbital = 0; orbital < ORBITALS; orbital++, i++) {
        re[i] = records[at + 4 * orbital];
        im[i] = records[at + 4 * orbital + 2];
      }
    }
  }

  /** See {@linkcode LesserRecursion.readDiagonal}. */
  readDiagonal(lane: 0 | 1, values: Float64Array): void {
    const records = this.#records;
    for (let l = 0, at = lane + 2 * OCCUPATIONS; l < this.#slab.sites; l++, at += 2 * RECORD) {
      for (let orbital = 0; orbital < ORBITALS; orbital++) values[ORBITALS * l + orbital] = records[at + 2 * orbital];
    }
  }

  /** See {@linkcode LesserRecursion.readCharge}. */
  readCharge(lane: 0 | 1, values: Float64Array): void {
    this.#readColumn(lane + 2 * CHARGE, values);
  }

  /** See {@linkcode LesserRecursion.readEnergy}. */
  readEnergy(lane: 0 | 1, values: Float64Array): void {
    this.#readColumn(lane + 2 * ENERGY, values);
  }

  #readColumn(column: number, values: Float64Array): void {
    const records = this.#records;
    for (let l = 0, at = column; l < this.#slab.sites; l++, at += 2 * RECORD) values[l] = records[at];
  }

  /** See {@linkcode LesserRecursion.readBlocks}. */
  readBlocks(lane: 0 | 1, blocks: OrbitalBlocks): void {
    for (let l = 0; l < this.#slab.sites; l++) {
      recordBlock(this.#records, 2 * (RECORD * l + K) + lane, 2, this.#turns[lane], l, blocks);
    }
  }
}
