/**
 * Eq. (5) as a contraction: the poles of one block of momenta with the digamma functions of many bath settings at a time.
 *
 * Integrated with a Fermi function, a pole gives ∫dω f(ω)/(ω − λ) = ψ(½ + iβ(λ − μ)/2π) − iπ/2 and a logarithm that drops out of the sum over the poles. The
 * momentum −q_y has poles at −λ* with residues −r* for charge, +r* for energy (particle–hole symmetry), so that with ψ∓ = ψ(½ + βγ/4π + iβ(E ∓ μ)/2π) the bath
 * at l feeds
 *
 *     charge: Σ_b Im r_b(l) + (1/π) Re Σ_b r_b(l) (ψ₋ − ψ₊)
 *     energy: (1/π) Re Σ_b λ_b r_b(l) (ψ₋ + ψ₊)
 *
 * into the slab at ±q_y together. The first term of the charge, that of half filled states, adds up to nothing over the sites: it goes into the profile but not
 * into the total, which is then exactly odd in μ when μ is uniform.
 *
 * @module
 */
import type { Baths } from "../current/baths.ts";
import type { BlockCurrent, BlockCurrents } from "../current/contraction.ts";
import { digamma } from "../numerics/digamma.ts";
import { PointResidues } from "./point_residues.ts";
import { type BathPolygamma, inRows, PolygammaLines } from "./polygamma_lines.ts";
import { type ResponseBlock, responseShape } from "./response_block.ts";

/** Sums over one block of poles. */
export interface ResponseCurrent extends BlockCurrent {
  /** Charge and energy current added up over the sites, the momenta weighted as the coarse rule along q_y says. */
  readonly coarse: Float64Array;
}

/** Sums over one block of poles for all baths. */
export interface ResponseCurrents extends BlockCurrents {
  /** One a bath setting, in their order. */
  readonly currents: readonly ResponseCurrent[];
}

/**
 * Contracts a block with many bath settings.
 *
 * The numbers of one setting do not depend on which others are asked for with it.
 *
 * @param block The block.
 * @param settings The baths, each of as many sites as the block.
 * @param weight Multiplicity of each momentum divided by two (its mirror image at −q_y is in the formula already), shape `[point]`.
 * @param coarseWeight The same for the coarse rule.
 * @param pulse Called before each momentum of each setting; may throw to stop the work.
 * @returns The sums.
 */
export function contractResponse(
  block: ResponseBlock,
  settings: readonly Baths[],
  weight: Float64Array,
  coarseWeight: Float64Array,
  pulse: () => void = () => {},
): ResponseCurrents {
  const { points, sites } = responseShape(block);
  const sea = new Float64Array(sites);
  let magnitude = 0;
  const currents = settings.map(() => noCurrent(sites));
  const residues = new PointResidues(block), share = noCurrent(sites);
  for (const { first, own } of inRows(settings)) {
    const lines = new PolygammaLines(digamma, block.uniform), functions = own.map((baths) => lines.of(baths));
    for (let point = 0; point < points; point++) {
      const bound = residues.moveTo(point);
      if (first === 0) {
        magnitude += weight[point] * bound;
        for (let i = 0; i < residues.chargeIm.length; i++) sea[i % sites] += weight[point] * residues.chargeIm[i];
      }
      own.forEach((baths, i) => {
        pulse();
        feed(residues, functions[i], baths, share.charge, share.energy);
        addMomentum(currents[first + i], share, weight[point], coarseWeight[point]);
      });
    }
  }
  return { sea, magnitude, currents };
}

function noCurrent(sites: number): ResponseCurrent {
  return { charge: new Float64Array(sites), energy: new Float64Array(sites), coarse: new Float64Array(2) };
}

/** Adds a momentum's share, what each site's bath feeds in there, to the sums of a bath setting. */
function addMomentum(
  to: ResponseCurrent,
  { charge, energy }: BlockCurrent,
  weight: number,
  coarseWeight: number,
): void {
  let total = 0, heat = 0;
  for (let l = 0; l < charge.length; l++) {
    total += charge[l];
    heat += energy[l];
    to.charge[l] += weight * charge[l];
    to.energy[l] += weight * energy[l];
  }
  to.coarse[0] += coarseWeight * total;
  to.coarse[1] += coarseWeight * heat;
}

/** What the baths feed at one momentum, without the half filled states. */
function feed(
  residues: PointResidues,
  psi: BathPolygamma,
  baths: Baths,
  charge: Float64Array,
  energy: Float64Array,
): void {
  const { poles, broadenings, chargeRe, chargeIm, energyRe, energyIm } = residues, sites = charge.length;
  const below = new Float64Array(2), above = new Float64Array(2);
  for (let l = 0; l < sites; l++) {
    const scale = baths.inverseTemperature[l] / (2 * Math.PI), mu = baths.chemicalPotential[l];
    let feeds = 0, heats = 0;
    for (let b = 0, i = l; b < poles.length; b++, i += sites) {
      psi(l, broadenings[b], scale * (poles[b] - mu), below);
      psi(l, broadenings[b], scale * (poles[b] + mu), above);
      feeds += chargeRe[i] * (below[0] - above[0]) - chargeIm[i] * (below[1] - above[1]);
      heats += energyRe[i] * (below[0] + above[0]) - energyIm[i] * (below[1] + above[1]);
    }
    charge[l] = feeds / Math.PI;
    energy[l] = heats / Math.PI;
  }
}
