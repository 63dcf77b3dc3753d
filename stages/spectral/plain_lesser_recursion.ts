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
    const { sites } = this.#slab, shared = this.#shared;
    shareNumbers(this.#slab, momentum, frequency, shared);
    const turn = shared[TURN], forward = shared[FORWARD], backward = shared[BACKWARD];
    currentNumbers(this.#slab, momentum, turn, this.#current);
    const left = this.#left, right = this.#right, block = this.#block, factors = this.#factors;
    const leftLesser = this.#leftLesser, rightLesser = this.#rightLesser, inflow = this.#inflow;

    for (let l = 0, at = 0, from = 0; l + 1 < sites; l++, at += BLOCK_STRIDE, from += HERMITIAN_STRIDE) {
      this.#site(l, source);
      if (l > 0) {
        subtractNeighbour(block, 0, left, at - BLOCK_STRIDE, backward, forward);
        addNeighbour(inflow, leftLesser, from - HERMITIAN_STRIDE, backward, forward);
      }
      factorBlock(block, 0, factors);
      multiplyFactors(factors, left, at);
      sandwich(factors, inflow, 0, leftLesser, from);
    }
    for (let l = sites - 1; l >= 0; l--) {
      this.#site(l, source);
      if (l + 1 < sites) {
        subtractNeighbour(block, 0, right, 0, forward, backward);
        addNeighbour(inflow, rightLesser, 0, forward, backward);
      }
      if (l > 0) {
        factorBlock(block, 0, factors);
        multiplyFactors(factors, right, 0);
        sandwich(factors, inflow, 0, rightLesser, 0);
        subtractNeighbour(block, 0, left, (l - 1) * BLOCK_STRIDE, backward, forward);
        addNeighbour(inflow, leftLesser, (l - 1) * HERMITIAN_STRIDE, backward, forward);
      }
      factorBlock(block, 0, factors);
      multiplyFactors(factors, block, 0);
      sandwich(factors, inflow, 0, inflow, 0);
      this.#record(l, source, record);
    }
    record.turn = turn;
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
    energy[l] = energyOf(k, g, current, shared, this.dressing, this.filling, l);
    blocks.set(k, HERMITIAN_STRIDE * l);
  }
}
