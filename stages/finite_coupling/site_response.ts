/**
 * Eq. (5) with a coupling Γ_l of its own at each site: H_Γ = H − iΓ/2 is complex symmetric in the basis of S = τ_z σ_y but not normal, and takes 4L levels with right and left eigenvectors
 * of their own.
 *
 * With H_Γ x_b = λ_b x_b and y_bᵀ H_Γ = λ_b y_bᵀ, G^R = Σ_b x_b y_bᵀ/(ω − λ_b). The Z of `response_block.ts` is then Z x_b = Σ_a x_a* (y_a*·J_y x_b)/(λ_b − λ_a*), where no denominator
 * vanishes while all levels decay, and
 *
 *     r_b(l) = Γ_l Σ_{i ∈ l} y_b(i) (Z x_b)(i).
 *
 * Some Γ_l may be negative, baths that amplify, as long as every level decays.
 *
 * @module
 */
import { ChiralBlock } from "../diagonalize/chiral_block.ts";
import type { BlockMomenta } from "../diagonalize/momentum_block.ts";
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import {
  type ComplexEigen,
  complexEigen,
  type ComplexPair,
  complexPair,
  complexProduct,
} from "../numerics/complex_eigen.ts";
import { transpose } from "../numerics/matrix_product.ts";
import type { ResponseBlock } from "./response_block.ts";

/** Levels that decay more slowly than this share of the largest |λ| are rounding: nothing would tell how they are filled. */
const SLOWEST = 1e-12;

/**
 * The response at a block of momenta.
 *
 * @param slab The slab.
 * @param momenta The momenta.
 * @param couplings Γ_l, shape `[site]`.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The block: all poles of H_Γ, four for each site.
 * @throws {Error} If a level at one of the momenta does not decay, or no eigenvalues are found.
 */
export function siteResponse(
  slab: Slab,
  momenta: BlockMomenta,
  couplings: readonly number[],
  pulse: () => void = () => {},
): ResponseBlock {
  const { sites } = slab, order = 4 * sites, points = momenta.qy.length, size = points * order * sites;
  const block: ResponseBlock = {
    qy: Float64Array.from(momenta.qy),
    qz: Float64Array.from(momenta.qz),
    uniform: 0,
    energy: new Float64Array(points * order),
    broadening: new Float64Array(points * order),
    residueRe: new Float64Array(size),
    residueIm: new Float64Array(size),
  };
  const chiral = new ChiralBlock(slab);
  for (let point = 0; point < points; point++) {
    pulse();
    const momentum = { qy: block.qy[point], qz: block.qz[point] };
    const levels = complexEigen(decayingHamiltonian(slab, chiral, momentum, couplings), order);
    requireDecay(levels.values, momentum);
    record(block, point, slab, couplings, levels);
  }
  return block;
}

/** H − iΓ/2 in the basis of S, all u before all v: [[v sin q_y, B], [Bᵀ, −v sin q_y]] − iΓ/2. */
function decayingHamiltonian(
  slab: Slab,
  chiral: ChiralBlock,
  momentum: Momentum,
  couplings: readonly number[],
): ComplexPair {
  const half = 2 * slab.sites, order = 2 * half, drift = slab.velocity * Math.sin(momentum.qy);
  const matrix = complexPair(order * order), unit = new Float64Array(half), column = new Float64Array(half);
  chiral.moveTo(momentum);
  for (let j = 0; j < half; j++) {
    unit[j] = 1;
    chiral.multiply(unit, 0, column, 0, false);
    unit[j] = 0;
    for (let i = 0; i < half; i++) {
      matrix.re[i * order + half + j] = column[i];
      matrix.re[(half + j) * order + i] = column[i];
    }
    const u = j * (order + 1), v = (half + j) * (order + 1), decay = -couplings[j >> 1] / 2;
    matrix.re[u] = drift;
    matrix.re[v] = -drift;
    matrix.im[u] = matrix.im[v] = decay;
  }
  return matrix;
}

function requireDecay({ re, im }: ComplexPair, { qy, qz }: Momentum): void {
  let largest = 0, worst = 0;
  for (let b = 0; b < re.length; b++) {
    largest = Math.max(largest, Math.hypot(re[b], im[b]));
    if (im[b] > im[worst]) worst = b;
  }
  if (im[worst] < -SLOWEST * largest) return;
  const eigenvalue = `${re[worst]} ${im[worst] < 0 ? "−" : "+"} ${Math.abs(im[worst])}i`;
  throw new Error(
    `Cannot couple the baths: at q_y = ${qy}, q_z = ${qz} the level ${eigenvalue} of H − iΓ/2 does not decay, so that there is no stationary state: ` +
      "raise baths.coupling where it is 0 or below",
  );
}

function record(
  block: ResponseBlock,
  point: number,
  slab: Slab,
  couplings: readonly number[],
  { values, right, left }: ComplexEigen,
): void {
  const { sites } = slab, half = 2 * sites, order = 2 * half;
  const answer = response(values, right, left, flow(slab, block.qy[point], right), order);
  for (let b = 0; b < order; b++) {
    const pole = point * order + b;
    block.energy[pole] = values.re[b];
    block.broadening[pole] = -2 * values.im[b];
    for (let l = 0; l < sites; l++) {
      let re = 0, im = 0;
      for (const first of [2 * l, half + 2 * l]) {
        for (let i = b * order + first; i < b * order + first + 2; i++) {
          const y = left.re[i], yi = left.im[i];
          re += y * answer.re[i] - yi * answer.im[i];
          im += y * answer.im[i] + yi * answer.re[i];
        }
      }
      const at = pole * sites + l;
      block.residueRe[at] = couplings[l] * re;
      block.residueIm[at] = couplings[l] * im;
    }
  }
}

/** J_y x_b, row by row; J_y = [[−v cos q_y, −2λ sin q_y], [−2λ sin q_y, v cos q_y]] on (u, v). */
function flow({ velocity, hopping }: Slab, qy: number, vectors: ComplexPair): ComplexPair {
  const speed = velocity * Math.cos(qy), mixing = 2 * hopping * Math.sin(qy);
  const part = (x: Float64Array): Float64Array => {
    const order = Math.sqrt(x.length), half = order / 2, y = new Float64Array(x.length);
    for (let start = 0; start < x.length; start += order) {
      for (let i = start; i < start + half; i++) {
        y[i] = -speed * x[i] - mixing * x[i + half];
        y[i + half] = speed * x[i + half] - mixing * x[i];
      }
    }
    return y;
  };
  return { re: part(vectors.re), im: part(vectors.im) };
}

/** Z x_b, row by row. */
function response(
  values: ComplexPair,
  right: ComplexPair,
  left: ComplexPair,
  flowing: ComplexPair,
  order: number,
): ComplexPair {
  const conjugate = complexPair(order * order);
  transpose(left.re, order, conjugate.re);
  transpose(left.im, order, conjugate.im);
  for (let i = 0; i < conjugate.im.length; i++) conjugate.im[i] = -conjugate.im[i];
  const pairs = complexProduct(flowing, conjugate, order); // y_a*·J x_b in row b, column a
  for (let b = 0, at = 0; b < order; b++) {
    for (let a = 0; a < order; a++, at++) {
      const dr = values.re[b] - values.re[a], di = values.im[b] + values.im[a], size = dr * dr + di * di;
      const x = pairs.re[at], y = pairs.im[at];
      pairs.re[at] = (x * dr + y * di) / size;
      pairs.im[at] = (y * dr - x * di) / size;
    }
  }
  return complexProduct(pairs, { re: right.re, im: right.im.map((value) => -value) }, order);
}
