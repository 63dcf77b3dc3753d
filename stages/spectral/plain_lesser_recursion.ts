/**
 * G^R and G^< = G^R Σ^< G^A on each site by recursion over the sites: O(L) for a momentum and frequency.
 *
 * With g^< for a row of sites up to its last one, H_l = Σ^<_l + T g^<_{l−1} T† is what flows into site l, from its own bath and from the sites behind it, and
 * g^<_l = g_l H_l g_l†; so from the left and, with the rows l … L − 1, from the right. With both rows eliminated what flows in is Σ^<_l and both rows', and
 * G^<_ll is the same sandwich with G_ll. All of it is done with K = −iG^<, which is Hermitian.
 *
 * @module
 */
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { addNeighbour, HERMITIAN_STRIDE, sandwich } from "./hermitian_block.ts";
import { chargeOf, energyOf, recordBlock, recordEnergyResponse, recordOccupations } from "./lesser_record.ts";
import type { LesserRecursion, LesserSource, OrbitalBlocks } from "./lesser_recursion.ts";
import { CURRENT_NUMBERS, currentNumbers, fillWithCharge, fillWithEnergy, fillWithFilling } from "./lesser_source.ts";
import { emptyDiagonal, type Frequency, type OrbitalDiagonal, ORBITALS } from "./recursion.ts";
import { BACKWARD, fillSiteBlock, FORWARD, recordDiagonal, SHARED_NUMBERS, shareNumbers, TURN } from "./site_block.ts";
import { BLOCK_STRIDE, factorBlock, FACTORS_STRIDE, multiplyFactors, subtractNeighbour } from "./symmetric_block.ts";

/** What is kept of a momentum. */
interface Record {
  readonly retarded: OrbitalDiagonal;
  readonly diagonal: Float64Array;
  readonly charge: Float64Array;
  readonly energy: Float64Array;
  /** K_ll, shape `[site][16]`. */
  readonly blocks: Float64Array;
  turn: number;
}

/** The recursion in TypeScript, which every machine runs: one momentum after the other. */
export class PlainLesserRecursion implements LesserRecursion {
  readonly dressing: Float64Array;
  readonly filling: Float64Array;
  readonly #slab: Slab;
  readonly #records: readonly [Record, Record];
  /** g of the rows 0 … l, shape `[site][20]`. */
  readonly #left: Float64Array;
  /** −ig^< of the rows 0 … l, shape `[site][16]`. */
  readonly #leftLesser: Float64Array;
  /** The same of the row l … L − 1. */
  readonly #right = new Float64Array(BLOCK_STRIDE);
  readonly #rightLesser = new Float64Array(HERMITIAN_STRIDE);
  readonly #block = new Float64Array(BLOCK_STRIDE);
  readonly #inflow = new Float64Array(HERMITIAN_STRIDE);
  readonly #factors = new Float64Array(FACTORS_STRIDE);
  readonly #shared = new Float64Array(SHARED_NUMBERS);
  readonly #current = new Float64Array(CURRENT_NUMBERS);

  /**
   * Memory for a slab.
   *
   * @param slab The slab.
   */
  constructor(slab: Slab) {
    const { sites } = slab;
    this.#slab = slab;
    this.dressing = new Float64Array(2 * ORBITALS * sites);
    this.filling = new Float64Array(ORBITALS * sites);
    const record = (): Record => ({
      retarded: emptyDiagonal(sites),
      diagonal: new Float64Array(ORBITALS * sites),
      charge: new Float64Array(sites),
      energy: new Float64Array(sites),
      blocks: new Float64Array(HERMITIAN_STRIDE * sites),
      turn: 1,
    });
    this.#records = [record(), record()];
    this.#left = new Float64Array(BLOCK_STRIDE * sites);
    this.#leftLesser = new Float64Array(HERMITIAN_STRIDE * sites);
  }

  /** See {@linkcode LesserRecursion.solve}. */
  solve(first: Momentum, second: Momentum, frequency: Frequency, source: LesserSource): void {
    this.#solve(first, frequency, source, this.#records[0]);
    if (second !== first) this.#solve(second, frequency, source, this.#records[1]);
  }

  /** See {@linkcode LesserRecursion.readRetarded}. */
  readRetarded(lane: 0 | 1, { re, im }: OrbitalDiagonal): void {
    re.set(this.#records[lane].retarded.re);
    im.set(this.#records[lane].retarded.im);
  }

  /** See {@linkcode LesserRecursion.readDiagonal}. */
  readDiagonal(lane: 0 | 1, values: Float64Array): void {
    values.set(this.#records[lane].diagonal);
  }

  /** See {@linkcode LesserRecursion.readCharge}. */
  readCharge(lane: 0 | 1, values: Float64Array): void {
    values.set(this.#records[lane].charge);
  }

  /** See {@linkcode LesserRecursion.readEnergy}. */
  readEnergy(lane: 0 | 1, values: Float64Array): void {
    values.set(this.#records[lane].energy);
  }

  /** See {@linkcode LesserRecursion.readBlocks}. */
  readBlocks(lane: 0 | 1, blocks: OrbitalBlocks): void {
    const { blocks: k, turn } = this.#records[lane];
    for (let l = 0; l < this.#slab.sites; l++) recordBlock(k, HERMITIAN_STRIDE * l, 1, turn, l, blocks);
  }

  #solve(momentum: Momentum, frequency: Frequency, source: LesserSource, record: Record): void {
    const { sites } = this.#slab, shared = this.#shared, last = sites - 1, half = last - (sites >> 1);
    shareNumbers(this.#slab, momentum, frequency, shared);
    currentNumbers(this.#slab, momentum, shared[TURN], this.#current);
    const block = this.#block, inflow = this.#inflow, factors = this.#factors;
    record.turn = shared[TURN];

    for (let l = 0; l < last; l++) {
      this.#site(l, source);
      this.#addLeft(l);
      factorBlock(block, 0, factors);
      multiplyFactors(factors, this.#left, l * BLOCK_STRIDE);
      sandwich(factors, inflow, 0, this.#leftLesser, l * HERMITIAN_STRIDE);
    }
    for (let l = last; l >= 0; l--) {
      this.#site(l, source);
      // The nearer surface's row first, as the compiled recursion has it, which comes from both at once.
      if (l > half) this.#addLeft(l);
      this.#addRight(l);
      if (l <= half) this.#addLeft(l);
      factorBlock(block, 0, factors);
      multiplyFactors(factors, block, 0);
      sandwich(factors, inflow, 0, inflow, 0);
      this.#record(l, source, record);
      if (l === 0) break;
      this.#site(l, source);
      this.#addRight(l);
      factorBlock(block, 0, factors);
      multiplyFactors(factors, this.#right, 0);
      sandwich(factors, inflow, 0, this.#rightLesser, 0);
    }
  }

  /** Takes the row before site l into account, in the blocks at work. */
  #addLeft(l: number): void {
    const forward = this.#shared[FORWARD], backward = this.#shared[BACKWARD];
    if (l === 0) return;
    subtractNeighbour(this.#block, 0, this.#left, (l - 1) * BLOCK_STRIDE, backward, forward);
    addNeighbour(this.#inflow, this.#leftLesser, (l - 1) * HERMITIAN_STRIDE, backward, forward);
  }

  /** Takes the row behind site l into account, in the blocks at work. */
  #addRight(l: number): void {
    const forward = this.#shared[FORWARD], backward = this.#shared[BACKWARD];
    if (l + 1 === this.#slab.sites) return;
    subtractNeighbour(this.#block, 0, this.#right, 0, forward, backward);
    addNeighbour(this.#inflow, this.#rightLesser, 0, forward, backward);
  }

  /** Fills the blocks at work with what is on a site. */
  #site(l: number, source: LesserSource): void {
    const shared = this.#shared;
    fillSiteBlock(shared, this.#slab.chiralGaugeField[l], this.dressing, l, this.#block);
    if (source === "filling") fillWithFilling(this.filling, shared[TURN], l, this.#inflow);
    else if (source === "charge") fillWithCharge(this.#current, this.#inflow);
    else fillWithEnergy(this.#current, shared, this.dressing, l, this.#inflow);
  }

  /** Keeps what the blocks at work, now G_ll and K_ll, say. */
  #record(l: number, source: LesserSource, { retarded, diagonal, charge, energy, blocks }: Record): void {
    const g = this.#block, k = this.#inflow, current = this.#current, shared = this.#shared, turn = shared[TURN];
    recordDiagonal(g, turn, l, retarded);
    if (source === "energy") recordEnergyResponse(k, g, current, turn, l, diagonal);
    else recordOccupations(k, turn, l, diagonal);
    charge[l] = chargeOf(k, current);
    if (source === "filling") energy[l] = energyOf(k, g, current, shared, this.dressing, this.filling, l);
    blocks.set(k, HERMITIAN_STRIDE * l);
  }
}
