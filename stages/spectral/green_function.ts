/**
 * G^R = 1/(ω + iη − H(q) − Σ^R) of the slab by recursion over its sites (`plain_recursion.ts` says how), for any self-energy that is diagonal in site and orbital.
 *
 * @module
 */
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { runsMachineCode } from "../kernel/vector_instructions.ts";
import { CompiledRecursion } from "./compiled_recursion.ts";
import { writeDressing } from "./dressing.ts";
import { PlainRecursion } from "./plain_recursion.ts";
import type { Frequency, OrbitalDiagonal, Recursion } from "./recursion.ts";

/** The retarded Green function of one slab; owns its memory, so that solving allocates nothing. */
export class GreenFunction {
  readonly #sites: number;
  readonly #recursion: Recursion;

  /**
   * The Green function of a slab without self-energy, solved nowhere yet.
   *
   * @param slab The slab.
   * @param recursion Who solves; compiled where this machine runs it.
   */
  constructor(slab: Slab, recursion: Recursion = recursionOf(slab)) {
    this.#sites = slab.sites;
    this.#recursion = recursion;
  }

  /**
   * Sets Σ^R for all that is solved from now on.
   *
   * @param selfEnergy Σ^R, shape `[site][orbital]`.
   * @throws {RangeError} If it has not one value for each site and orbital.
   */
  dress(selfEnergy: OrbitalDiagonal): void {
    writeDressing(selfEnergy, this.#sites, this.#recursion.dressing);
  }

  /**
   * Solves for the diagonal of G^R at one momentum or at two at a time, which costs little more.
   *
   * @param frequency ω and η.
   * @param first q.
   * @param second Another q.
   */
  solve(frequency: Frequency, first: Momentum, second: Momentum = first): void {
    this.#recursion.solve(first, second, frequency);
  }

  /**
   * The diagonal of G^R where it was solved last: −1/π times its imaginary part is the local density of states.
   *
   * @param lane At the first momentum or at the second.
   * @param diagonal Receives it, shape `[site][orbital]`.
   */
  read(lane: 0 | 1, diagonal: OrbitalDiagonal): void {
    this.#recursion.read(lane, diagonal);
  }

  /**
   * Sum of the diagonal's imaginary parts.
   *
   * @param lane At the first momentum or at the second.
   * @returns Im Tr G^R where it was solved last.
   */
  imaginaryTrace(lane: 0 | 1 = 0): number {
    return this.#recursion.imaginaryTrace(lane);
  }
}

function recursionOf(slab: Slab): Recursion {
  return runsMachineCode() ? new CompiledRecursion(slab) : new PlainRecursion(slab);
}
