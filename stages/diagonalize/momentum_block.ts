/**
 * What the diagonalization leaves of a block of momenta: all that Eq. (6) reads, for any baths.
 *
 * At fixed q_z, the four states ±E at ±q_y of one mode n add up to a term in which the densities of u_n and v_n enter through their difference only, the
 * imbalance D_n(l). Storing D instead of two densities halves what is written and read.
 *
 * @module
 */
import type { AllocateArrays } from "../../pipeline/dataflow/stage.ts";
import { massTerm, type Momentum, type Slab } from "../hamiltonian/slab.ts";
import { type ChiralModes, chiralModes, upperBranch } from "./chiral_modes.ts";
import type { BranchTable, ChiralSolver, LowestMode } from "./solver.ts";

/** A block of momenta of the folded zone. `[point]` runs over them, `[mode]` over the 2L modes in ascending order of energy. */
export interface MomentumBlock {
  /** q_y, shape `[point]`. */
  readonly qy: Float64Array;
  /** q_z, shape `[point]`. */
  readonly qz: Float64Array;
  /** v sin q_y, shape `[point]`. */
  readonly drift: Float64Array;
  /** ε_n = √(v² sin² q_y + σ_n²), shape `[point][mode]`. */
  readonly energy: Float64Array;
  /**
   * ∂ε_n/∂q_y, which is −⟨J_y⟩ in the state at +ε_n; shape `[point][mode]`. At q_y = 0 it vanishes but where ε_n does: there the two branches cross, and
   * it is v, that of the branch +v sin q_y.
   */
  readonly groupVelocity: Float64Array;
  /** D_n(l) = |u_n(l)|² − |v_n(l)|², shape `[point][mode][site]`. */
  readonly imbalance: Float64Array;
}

/** The momenta of a block, shape `[point]` each. */
export interface BlockMomenta {
  /** q_y. */
  readonly qy: readonly number[];
  /** q_z. */
  readonly qz: readonly number[];
}

/**
 * Diagonalizes at a block of momenta.
 *
 * @param slab The slab.
 * @param solver A solver for this slab.
 * @param momenta The momenta.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @param look Shown the lowest mode at each momentum, while it lasts.
 * @param allocate Gives the block's memory.
 * @returns The block.
 * @throws {Error} If the solver does not converge.
 */
export function momentumBlock(
  slab: Slab,
  solver: ChiralSolver,
  momenta: BlockMomenta,
  pulse: () => void = () => {},
  look: (point: number, lowest: LowestMode) => void = () => {},
  allocate: AllocateArrays = newArrays,
): MomentumBlock {
  const { sites } = slab, order = 2 * sites, points = momenta.qy.length;
  const block: MomentumBlock = allocate({
    qy: points,
    qz: points,
    drift: points,
    energy: points * order,
    groupVelocity: points * order,
    imbalance: points * order * sites,
  });
  block.qy.set(momenta.qy);
  block.qz.set(momenta.qz);
  momenta.qy.forEach((qy, point) => block.drift[point] = slab.velocity * Math.sin(qy));
  const list = momenta.qy.map((qy, point) => ({ qy, qz: momenta.qz[point] }));
  if (solver.solveBranches !== undefined) {
    solver.solveBranches(list, block, pulse, look);
    return block;
  }
  const modes = chiralModes(sites);
  list.forEach((momentum, point) => {
    pulse();
    solver.solve(momentum, modes);
    recordBranches(slab, momentum, modes, point, block);
    look(point, modes);
  });
  return block;
}

function newArrays<Name extends string>(lengths: Readonly<Record<Name, number>>): Record<Name, Float64Array> {
  const arrays = Object.entries<number>(lengths).map(([name, length]) => [name, new Float64Array(length)]);
  return Object.fromEntries(arrays) as Record<Name, Float64Array>;
}

/**
 * Writes what Eq. (6) needs of the modes at a momentum.
 *
 * @param slab The slab.
 * @param momentum The momentum.
 * @param modes The modes there.
 * @param point Its place in the table.
 * @param table Receives energies, slopes and imbalances.
 */
export function recordBranches(
  slab: Slab,
  momentum: Momentum,
  modes: ChiralModes,
  point: number,
  table: BranchTable,
): void {
  const order = modes.singularValue.length;
  for (let n = 0, at = point * order; n < order; n++, at++) {
    const { energy, slope } = upperBranch(slab, momentum.qy, modes, n);
    table.energy[at] = energy;
    table.groupVelocity[at] = slope;
  }
  const start = point * modes.leftDensity.length;
  for (let i = 0; i < modes.leftDensity.length; i++) {
    table.imbalance[start + i] = modes.leftDensity[i] - modes.rightDensity[i];
  }
}

/**
 * Checks a block against what holds exactly: every imbalance sums to zero over the sites, and Σ_n ε_n² is half the trace of H².
 *
 * @param block The block.
 * @param slab The slab.
 * @throws {Error} If a sum rule fails by more than rounding, or a number is not finite.
 */
export function auditMomentumBlock(block: MomentumBlock, slab: Slab): void {
  const { sites } = slab, order = 2 * sites;
  block.qy.forEach((qy, point) => {
    const qz = block.qz[point];
    let squares = 0, worst = 0;
    for (let n = 0; n < order; n++) {
      const at = point * order + n;
      squares += block.energy[at] ** 2;
      const sum = rowSum(block.imbalance, at * sites, (at + 1) * sites) + block.groupVelocity[at] * 0; // a NaN shows
      worst = Math.max(worst, Math.abs(sum));
      if (!(worst < 1e-10)) throw failed(qy, qz, `mode ${n} is not normalized: its densities differ by ${sum}`);
    }
    const expected = halfTraceOfSquare(slab, { qy, qz });
    if (!(Math.abs(squares - expected) <= 1e-10 * expected)) {
      throw failed(qy, qz, `the energies squared add up to ${squares} instead of ${expected}`);
    }
  });
}

/** Four sums that do not wait for one another: this runs over all that is stored. */
function rowSum(values: Float64Array, start: number, end: number): number {
  let a = 0, b = 0, c = 0, d = 0, i = start;
  for (; i + 3 < end; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (; i < end; i++) a += values[i];
  return a + b + (c + d);
}

/** ½ Tr H² = Σ_l over both chains of (M ∓ A⁵)² + v² sin² q_z + v² sin² q_y, plus 2(λ² + v²/4) twice for each bond. */
function halfTraceOfSquare(slab: Slab, momentum: Momentum): number {
  const mass = massTerm(slab, momentum), v2 = slab.velocity ** 2;
  let sum = 4 * (slab.sites - 1) * (slab.hopping ** 2 + v2 / 4);
  for (const field of slab.chiralGaugeField) {
    sum += (mass - field) ** 2 + (mass + field) ** 2 +
      2 * v2 * (Math.sin(momentum.qz) ** 2 + Math.sin(momentum.qy) ** 2);
  }
  return sum;
}

function failed(qy: number, qz: number, reason: string): Error {
  return new Error(`Cannot accept the diagonalization at q_y = ${qy}, q_z = ${qz}: ${reason}`);
}
