/**
 * H + V of a supercell with impurities, applied to a state without being written down.
 *
 * Eq. (2) in space along all three axes, with the phases of a momentum q on the bonds in y and z: states that are periodic here stand for those of the momenta q + 2πk/N of the
 * slab. The second spin component is turned by i, which leaves impurities alone and makes σ_y real: then a bond in x is (v/2) τ_z (−iσ_y) − λτ_x, one in y (iv/2) τ_z σ_x − λτ_x and
 * one in z (iv/2) τ_z σ_z − λτ_x, each times its phase.
 *
 * @module
 */
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import type { SupercellSize } from "./random_potential.ts";

/** Numbers a site: four orbitals, real and imaginary part of each. */
const STRIDE = 8;

/** A supercell with impurities at one momentum; owns the memory that applying it takes. */
export class Supercell {
  /** How many numbers a state has: real and imaginary parts, shape `[l][y][z][orbital][2]`. */
  readonly length: number;
  /** No eigenvalue is farther from 0. */
  readonly radius: number;
  readonly #slab: Slab;
  readonly #size: SupercellSize;
  readonly #potential: Float64Array;
  readonly #phases: readonly [number, number, number, number];

  /**
   * Puts a supercell together.
   *
   * @param slab The slab.
   * @param size Its size; as many sites as the slab.
   * @param potential V, shape `[l][y][z][orbital]`.
   * @param momentum q.
   */
  constructor(slab: Slab, size: SupercellSize, potential: Float64Array, { qy, qz }: Momentum) {
    this.#slab = slab;
    this.#size = size;
    this.#potential = potential;
    this.#phases = [Math.cos(qy), Math.sin(qy), Math.cos(qz), Math.sin(qz)];
    this.length = 2 * potential.length;
    this.radius = radiusOf(slab) + largest(potential);
  }

  /**
   * One step of Chebyshev's recursion: `target` becomes factor·(H + V) `state` − `target`.
   *
   * @param state The state.
   * @param factor What H + V is multiplied with.
   * @param target The state before, and then the one after it.
   */
  step(state: Float64Array, factor: number, target: Float64Array): void {
    const { sites, qy: countY, qz: countZ } = this.#size, [cosY, sinY, cosZ, sinZ] = this.#phases;
    const { mass, hopping, velocity, chiralGaugeField } = this.#slab, potential = this.#potential;
    const row = STRIDE * countZ, layer = row * countY, half = velocity / 2, onSite = mass + 6 * hopping;
    for (let l = 0; l < sites; l++) {
      const field = chiralGaugeField[l], hasLeft = l > 0, hasRight = l + 1 < sites;
      for (let y = 0; y < countY; y++) {
        const start = l * layer + y * row;
        const toUp = y + 1 < countY ? row : row - layer, toDown = y > 0 ? -row : layer - row;
        for (let z = 0; z < countZ; z++) {
          const at = start + STRIDE * z;
          const up = at + toUp, down = at + toDown;
          const front = z + 1 < countZ ? at + STRIDE : start, back = z > 0 ? at - STRIDE : start + row - STRIDE;
          for (let c = 0; c < STRIDE; c += 2) {
            // What goes through τ_x comes from the other valley: τ_x M₀ − λ (all neighbours).
            const o = c ^ 4;
            const uo = state[up + o], uoi = state[up + o + 1], no = state[down + o], noi = state[down + o + 1];
            const fo = state[front + o], foi = state[front + o + 1], bo = state[back + o], boi = state[back + o + 1];
            let near = cosY * (uo + no) - sinY * (uoi - noi) + (cosZ * (fo + bo) - sinZ * (foi - boi));
            let neari = cosY * (uoi + noi) + sinY * (uo - no) + (cosZ * (foi + boi) + sinZ * (fo - bo));
            // σ_x takes the other spin from y, σ_z the own one from z, ±.
            const s = c ^ 2, isDown = (c & 2) !== 0;
            const us = state[up + s], usi = state[up + s + 1], ns = state[down + s], nsi = state[down + s + 1];
            const fc = state[front + c], fci = state[front + c + 1], bc = state[back + c], bci = state[back + c + 1];
            const alongY = cosY * (us - ns) - sinY * (usi + nsi), alongYi = cosY * (usi - nsi) + sinY * (us + ns);
            const alongZ = cosZ * (fc - bc) - sinZ * (fci + bci), alongZi = cosZ * (fci - bci) + sinZ * (fc + bc);
            let turn = isDown ? alongZi - alongYi : -alongYi - alongZi; // i × (y ± z)
            let turni = isDown ? alongY - alongZ : alongY + alongZ;
            const spin = isDown ? 1 : -1; // −iσ_y: up takes −down, down takes up
            if (hasRight) {
              near += state[at + layer + o];
              neari += state[at + layer + o + 1];
              turn += spin * state[at + layer + s];
              turni += spin * state[at + layer + s + 1];
            }
            if (hasLeft) {
              near += state[at - layer + o];
              neari += state[at - layer + o + 1];
              turn -= spin * state[at - layer + s];
              turni -= spin * state[at - layer + s + 1];
            }
            const drift = c < 4 ? half : -half; // τ_z
            const level = (isDown ? -field : field) + potential[(at + c) >> 1];
            target[at + c] = factor * (level * state[at + c] + onSite * state[at + o] - hopping * near + drift * turn) -
              target[at + c];
            target[at + c + 1] =
              factor * (level * state[at + c + 1] + onSite * state[at + o + 1] - hopping * neari + drift * turni) -
              target[at + c + 1];
          }
        }
      }
    }
  }
}

/** ‖H‖ ≤ √(3v² + max M²) + max |A⁵|, the infinite lattice's, of which the slab is a part. */
function radiusOf({ velocity, mass, hopping, chiralGaugeField }: Slab): number {
  return Math.hypot(Math.sqrt(3) * velocity, Math.max(Math.abs(mass), Math.abs(mass + 12 * hopping))) +
    largest(chiralGaugeField);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
