/**
 * Eq. (5) with one coupling Γ for all sites: G^R and G^A share the eigenstates of H, of which the structure of the slab leaves 2L poles and five real 2L × 2L products.
 *
 * With w_l(α) = Σ_β J_βα Q^l_αβ/(E_α − E_β − iΓ), r = Γ w. In the basis of S, J_y = −v cos q_y σ_z − 2λ sin q_y σ_x, where the Pauli matrices act on (u, v) alone. Summing the
 * states ±ε_β of a mode m gives 1/(z² − ε_m²), z = ±ε_n − iΓ. Of the four states ±ε_n at ±q_y, particle–hole symmetry leaves w(−ε_n, q_y) = −w(ε_n, −q_y)*, so that
 * only w_n = w(ε_n, q_y) + w(ε_n, −q_y) enters. With t_n = s/ε_n, s = v sin q_y, D_n(l) = |u_n(l)|² − |v_n(l)|², U_nm(l) = u_n(l)·u_m(l), V likewise and
 * X_nm = 1/(σ_n² − σ_m² − Γ² − 2iΓε_n),
 *
 *     w_n(l) = −v cos q_y (2 t_n s − iΓ) X_nn D_n(l) − 2λ sin q_y t_n Σ_m X_nm [K_nm U_nm(l) − K′_nm V_nm(l)],
 *     K = Uᵀ(B + Bᵀ)U = OΣ + ΣOᵀ,  K′ = Vᵀ(B + Bᵀ)V = ΣO + OᵀΣ,  O = UᵀV,
 *
 * Σ_l w_n(l) = 0 for each mode, so that uniform baths drive no current at any momentum. Within a
 * degenerate level any basis will do.
 *
 * @module
 */
import { type ChiralModes, chiralModes } from "../diagonalize/chiral_modes.ts";
import type { BlockMomenta } from "../diagonalize/momentum_block.ts";
import type { VectorSolver } from "../diagonalize/solver.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { matrixProduct, transpose } from "../numerics/matrix_product.ts";
import type { ResponseBlock } from "./response_block.ts";

/**
 * The response at a block of momenta.
 *
 * @param slab The slab.
 * @param solver A solver for this slab.
 * @param momenta The momenta.
 * @param coupling Γ > 0.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The block: poles ε_n − iΓ/2, ascending, two for each site.
 * @throws {Error} If the solver does not converge.
 */
export function uniformResponse(
  slab: Slab,
  solver: VectorSolver,
  momenta: BlockMomenta,
  coupling: number,
  pulse: () => void = () => {},
): ResponseBlock {
  const { sites } = slab, order = 2 * sites, points = momenta.qy.length;
  const block: ResponseBlock = {
    qy: Float64Array.from(momenta.qy),
    qz: Float64Array.from(momenta.qz),
    uniform: coupling,
    energy: new Float64Array(points * order),
    broadening: new Float64Array(points * order).fill(coupling),
    residueRe: new Float64Array(points * order * sites),
    residueIm: new Float64Array(points * order * sites),
  };
  const modes = chiralModes(sites), pairs = new ModePairs(slab, coupling);
  for (let point = 0; point < points; point++) {
    pulse();
    solver.solve({ qy: block.qy[point], qz: block.qz[point] }, modes);
    pairs.record(block, point, modes, solver);
  }
  return block;
}

/** The sums over pairs of modes; owns its memory. */
class ModePairs {
  readonly #slab: Slab;
  readonly #coupling: number;
  /** O, and memory for a transpose. */
  readonly #overlap: Float64Array;
  readonly #transposed: Float64Array;
  /** Γ X_nm K_nm and Γ X_nm K′_nm, row n the real parts and row 2L + n the imaginary ones. */
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  /** Their products with u_m and v_m, likewise. */
  readonly #leftSum: Float64Array;
  readonly #rightSum: Float64Array;

  constructor(slab: Slab, coupling: number) {
    const size = (2 * slab.sites) ** 2;
    this.#slab = slab;
    this.#coupling = coupling;
    this.#overlap = new Float64Array(size);
    this.#transposed = new Float64Array(size);
    this.#left = new Float64Array(2 * size);
    this.#right = new Float64Array(2 * size);
    this.#leftSum = new Float64Array(2 * size);
    this.#rightSum = new Float64Array(2 * size);
  }

  /** Writes poles and residues of one momentum. */
  record(block: ResponseBlock, point: number, modes: ChiralModes, vectors: VectorSolver): void {
    const { sites, velocity, hopping } = this.#slab, order = 2 * sites, coupling = this.#coupling;
    const qy = block.qy[point], drift = velocity * Math.sin(qy), speed = velocity * Math.cos(qy);
    const energy = block.energy.subarray(point * order, (point + 1) * order);
    for (let n = 0; n < order; n++) energy[n] = Math.sqrt(drift * drift + modes.singularValue[n] ** 2);
    const mixing = 2 * hopping * Math.sin(qy) * drift;
    if (mixing !== 0) this.#sumPairs(modes.singularValue, energy, vectors);

    const { left: u, right: v } = vectors, leftSum = this.#leftSum, rightSum = this.#rightSum;
    for (let n = 0; n < order; n++) {
      const size = coupling * coupling + 4 * energy[n] * energy[n];
      // Γ(2 t s − iΓ)X_nn with t ε = s.
      const same = drift === 0 ? 0 : drift * drift / energy[n];
      const diagonalRe = 2 * coupling * (energy[n] - same) / size;
      const diagonalIm = (4 * drift * drift + coupling * coupling) / size;
      const factor = mixing === 0 ? 0 : -mixing / energy[n]; // −2λ sin q_y t_n
      for (let l = 0; l < sites; l++) {
        const i = n * order + 2 * l, k = i + order * order, at = (point * order + n) * sites + l;
        const imbalance = modes.leftDensity[n * sites + l] - modes.rightDensity[n * sites + l];
        let re = -speed * diagonalRe * imbalance, im = -speed * diagonalIm * imbalance;
        if (factor !== 0) {
          re += factor *
            (u[i] * leftSum[i] + u[i + 1] * leftSum[i + 1] - v[i] * rightSum[i] - v[i + 1] * rightSum[i + 1]);
          im += factor *
            (u[i] * leftSum[k] + u[i + 1] * leftSum[k + 1] - v[i] * rightSum[k] - v[i + 1] * rightSum[k + 1]);
        }
        block.residueRe[at] = re;
        block.residueIm[at] = im;
      }
    }
  }

  /** Fills Γ Σ_m X_nm K_nm u_m and Γ Σ_m X_nm K′_nm v_m. */
  #sumPairs(sigma: Float64Array, energy: Float64Array, { left: u, right: v }: VectorSolver): void {
    const order = sigma.length, coupling = this.#coupling, half = order * order;
    const overlap = this.#overlap, left = this.#left, right = this.#right;
    transpose(v, order, this.#transposed);
    matrixProduct(u, this.#transposed, overlap, { rows: order, inner: order, columns: order });
    transpose(overlap, order, this.#transposed);
    for (let n = 0; n < order; n++) {
      const im = 2 * coupling * energy[n];
      for (let m = 0, i = n * order; m < order; m++, i++) {
        const re = (sigma[n] - sigma[m]) * (sigma[n] + sigma[m]) - coupling * coupling;
        const share = coupling / (re * re + im * im), own = overlap[i], other = this.#transposed[i];
        const k = share * (sigma[m] * own + sigma[n] * other), k1 = share * (sigma[n] * own + sigma[m] * other);
        left[i] = re * k;
        left[i + half] = im * k;
        right[i] = re * k1;
        right[i + half] = im * k1;
      }
    }
    const shape = { rows: 2 * order, inner: order, columns: order };
    matrixProduct(left, u, this.#leftSum, shape);
    matrixProduct(right, v, this.#rightSum, shape);
  }
}
