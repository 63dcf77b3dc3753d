/**
 * G^< = G^R Σ^< G^A of the slab on each site, by recursion over the sites (`plain_lesser_recursion.ts` says how), for self-energies that are diagonal in site and
 * orbital: what the currents of a slab with disorder, and with baths of any coupling, are read off.
 *
 * With ⟨J_y⟩ = ∫dω/2π Σ_l Im Tr J_y G^<_ll (Eq. (5), J_y being local), a self-energy of disorder and baths is Σ^R = Σ_dis − iΓ_l/2 and Σ^< = iΓ_l f_l + Σ^<_dis, and
 * η may be 0.
 *
 * @module
 */
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { runsMachineCode } from "../kernel/vector_instructions.ts";
import { CompiledLesserRecursion } from "./compiled_lesser_recursion.ts";
import { writeDressing, writeFilling } from "./dressing.ts";
import type { LesserRecursion, OrbitalBlocks } from "./lesser_recursion.ts";
import { PlainLesserRecursion } from "./plain_lesser_recursion.ts";
import type { Frequency, OrbitalDiagonal } from "./recursion.ts";

/** The lesser Green function of one slab; owns its memory, so that solving allocates nothing. */
export class LesserGreenFunction {
  readonly #sites: number;
  readonly #recursion: LesserRecursion;

  /**
   * The lesser Green function of a slab without self-energy, solved nowhere yet.
   *
   * @param slab The slab.
   * @param recursion Who solves; compiled where this machine runs it.
   */
  constructor(slab: Slab, recursion: LesserRecursion = recursionOf(slab)) {
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
   * Sets Σ^< for all that is solved from now on.
   *
   * @param lesser Im Σ^<, the real part being 0: what flows in, such as Γ_l f_l(ω); shape `[site][orbital]`.
   * @throws {RangeError} If it has not one value for each site and orbital.
   */
  fill(lesser: Float64Array): void {
    writeFilling(lesser, this.#sites, this.#recursion.filling);
  }

  /**
   * Solves for G^R and G^< at one momentum or at two at a time, which costs little more.
   *
   * @param frequency ω and η; where η is not 0, it is part of Σ^R that fills nothing.
   * @param first q.
   * @param second Another q.
   */
  solve(frequency: Frequency, first: Momentum, second: Momentum = first): void {
    this.#recursion.solve(first, second, frequency, "filling");
  }

  /**
   * Solves for what the filling of each orbital would contribute to a current of the whole slab, a_lν in Σ_l Im Tr J_y G^<_ll = Σ_lν a_lν Im Σ^<_lν: the diagonal of
   * G^A J_y G^R, or with J_y^E in its place. It does not depend on Σ^<, so that one serves all baths that share Σ^R. {@linkcode readDiagonal} hands it out.
   *
   * Σ^<_dis is linear in G^< too, κ times the mean of its diagonal over the zone; summed over all orders of that, the response is that of a filling in its place: a
   * solves a = a₀ + κ ⟨K⟩ with a₀ the mean of this here, and K the diagonal that {@linkcode solve} leaves with `a` for the filling.
   *
   * @param current The current of charge, J_y, or of energy, J_y^E = ½{H, J_y}.
   * @param frequency ω and η.
   * @param first q.
   * @param second Another q.
   */
  solveResponse(current: "charge" | "energy", frequency: Frequency, first: Momentum, second: Momentum = first): void {
    this.#recursion.solve(first, second, frequency, current);
  }

  /**
   * The diagonal of G^R where it was solved last.
   *
   * @param lane At the first momentum or at the second.
   * @param diagonal Receives it, shape `[site][orbital]`.
   */
  readRetarded(lane: 0 | 1, diagonal: OrbitalDiagonal): void {
    this.#recursion.readRetarded(lane, diagonal);
  }

  /**
   * Im G^<_lν,lν, 2π times what each orbital holds per unit of energy; after `solveResponse` the response a_lν.
   *
   * @param lane At the first momentum or at the second.
   * @param values Receives it, shape `[site][orbital]`.
   */
  readDiagonal(lane: 0 | 1, values: Float64Array): void {
    this.#recursion.readDiagonal(lane, values);
  }

  /**
   * The charge current's integrand where it flows, Im Tr J_y G^<_ll.
   *
   * @param lane At the first momentum or at the second.
   * @param values Receives it, shape `[site]`.
   */
  readCharge(lane: 0 | 1, values: Float64Array): void {
    this.#recursion.readCharge(lane, values);
  }

  /**
   * The energy current's integrand where it flows, ½ Im Tr J_y (HG^< + G^<H)_ll; local too, since HG^< = (ω + iη − Σ^R) G^< − Σ^<G^A.
   *
   * @param lane At the first momentum or at the second.
   * @param values Receives it, shape `[site]`.
   */
  readEnergy(lane: 0 | 1, values: Float64Array): void {
    this.#recursion.readEnergy(lane, values);
  }

  /**
   * The blocks G^<_ll.
   *
   * @param lane At the first momentum or at the second.
   * @param blocks Receives them, shape `[site][row][column]`, orbitals in the order (L↑, L↓, R↑, R↓).
   */
  readBlocks(lane: 0 | 1, blocks: OrbitalBlocks): void {
    this.#recursion.readBlocks(lane, blocks);
  }
}

function recursionOf(slab: Slab): LesserRecursion {
  return runsMachineCode() ? new CompiledLesserRecursion(slab) : new PlainLesserRecursion(slab);
}
