/**
 * The compiled kernel behind the seam of {@linkcode ChiralSolver}: two momenta at a time, and only what is wanted copied out of its memory.
 *
 * The kernel checks its own results, residual by residual and as a whole. What it does not vouch for (flat bands with dozens of equal levels, numbers near the ends of
 * the range) is solved by {@linkcode StructuredSolver}, and counted.
 *
 * @module
 */
import { type ChiralModes, chiralModes } from "../diagonalize/chiral_modes.ts";
import { recordBranches } from "../diagonalize/momentum_block.ts";
import type { BranchTable, ChiralSolver, LowestMode } from "../diagonalize/solver.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import { massTerm, type Momentum, type Slab } from "../hamiltonian/slab.ts";
import { type MachineCode, machineCode } from "./machine_code.ts";

/** The solver for whose slab the kernel's memory is laid out at present. */
let owner: WasmSolver | undefined;

/** Views of the kernel's memory. */
interface Views {
  readonly singularValue: Float64Array;
  readonly overlap: Float64Array;
  readonly energy: Float64Array;
  readonly slope: Float64Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly lowest: LowestMode;
}

/** The compiled solver. */
export class WasmSolver implements ChiralSolver {
  readonly #slab: Slab;
  readonly #code: MachineCode;
  #views: Views | undefined;
  #structured: StructuredSolver | undefined;
  #handedOver = 0;

  /**
   * A solver for one slab; it takes the kernel of this thread when it solves.
   *
   * @param slab The slab.
   */
  constructor(slab: Slab) {
    this.#slab = slab;
    this.#code = machineCode();
  }

  /** How many momenta the kernel did not vouch for, so that the TypeScript solver took them. */
  get handedOver(): number {
    return this.#handedOver;
  }

  /** Solves at a momentum; see {@linkcode ChiralSolver.solve}. */
  solve(momentum: Momentum, modes: ChiralModes): void {
    const views = this.#own();
    this.#reduce(momentum, momentum);
    if (this.#code.solve(0, true) !== 0) return this.#handOver(momentum, modes);
    modes.singularValue.set(views.singularValue);
    modes.overlap.set(views.overlap);
    modes.leftDensity.set(views.left);
    modes.rightDensity.set(views.right);
  }

  /** Solves at a list of momenta; see {@linkcode ChiralSolver.solveBranches}. */
  solveBranches(
    momenta: readonly Momentum[],
    table: BranchTable,
    pulse: () => void,
    look: (point: number, lowest: LowestMode) => void,
  ): void {
    const { sites, velocity, hopping } = this.#slab, order = 2 * sites;
    for (let point = 0; point < momenta.length; point++) {
      pulse();
      const lane = point % 2, isReduced = lane === 1 && owner === this, views = this.#own();
      if (!isReduced) this.#reduce(momenta[point - lane], momenta[Math.min(point - lane + 1, momenta.length - 1)]);
      if (this.#code.solve(lane, false) !== 0) {
        const modes = chiralModes(sites);
        this.#handOver(momenta[point], modes);
        recordBranches(this.#slab, momenta[point], modes, point, table);
        look(point, modes);
        continue;
      }
      const { qy } = momenta[point];
      this.#code.findBranches(velocity, hopping, Math.sin(qy), Math.cos(qy));
      table.energy.set(views.energy, point * order);
      table.groupVelocity.set(views.slope, point * order);
      table.imbalance.set(views.left, point * order * sites);
      look(point, views.lowest);
    }
  }

  /** Lays the kernel's memory out for this solver's slab, if another one had it. */
  #own(): Views {
    if (owner === this && this.#views !== undefined) return this.#views;
    const { sites, velocity, hopping, chiralGaugeField } = this.#slab, order = 2 * sites, code = this.#code;
    code.prepare(sites, -hopping + velocity / 2, -hopping - velocity / 2);
    const view = (address: number, length: number) => new Float64Array(code.memory.buffer, address, length);
    view(code.fieldAddress(), sites).set(chiralGaugeField);
    const singularValue = view(code.sigmaAddress(), order);
    const views: Views = {
      singularValue,
      overlap: view(code.overlapAddress(), order),
      energy: view(code.energyAddress(), order),
      slope: view(code.slopeAddress(), order),
      left: view(code.leftDensityAddress(), order * sites),
      right: view(code.rightDensityAddress(), order * sites),
      lowest: {
        singularValue,
        leftDensity: view(code.lowestLeftAddress(), sites),
        rightDensity: view(code.lowestRightAddress(), sites),
      },
    };
    owner = this;
    return this.#views = views;
  }

  #reduce(first: Momentum, second: Momentum): void {
    const { velocity } = this.#slab;
    this.#code.reduce(
      massTerm(this.#slab, first),
      velocity * Math.sin(first.qz),
      massTerm(this.#slab, second),
      velocity * Math.sin(second.qz),
    );
  }

  #handOver(momentum: Momentum, modes: ChiralModes): void {
    this.#handedOver++;
    this.#structured ??= new StructuredSolver(this.#slab);
    this.#structured.solve(momentum, modes);
  }
}
