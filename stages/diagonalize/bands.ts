/**
 * Energies of H at chosen momenta, with where each state sits and which way it runs: what Fig. 2(a) and 2(b) are drawn from.
 *
 * @module
 */
import type { Slab } from "../hamiltonian/slab.ts";
import { chiralModes, eigenstates } from "./chiral_modes.ts";
import type { BlockMomenta } from "./momentum_block.ts";
import type { ChiralSolver } from "./solver.ts";

/** States at a list of momenta. `[band]` runs over the 4L states of a momentum in ascending order of energy. */
export interface BandList {
  /** q_y, shape `[point]`. */
  readonly qy: Float64Array;
  /** q_z, shape `[point]`. */
  readonly qz: Float64Array;
  /** E, shape `[point][band]`. */
  readonly energy: Float64Array;
  /** Mean site Σ_l l P(l), shape `[point][band]`. */
  readonly meanPosition: Float64Array;
  /** ⟨S⟩, S = τ_z σ_y, shape `[point][band]`. */
  readonly chirality: Float64Array;
}

/**
 * The bands at a list of momenta.
 *
 * @param slab The slab.
 * @param solver A solver for this slab.
 * @param momenta The momenta.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The states.
 * @throws {Error} If the solver does not converge.
 */
export function bandList(
  slab: Slab,
  solver: ChiralSolver,
  momenta: BlockMomenta,
  pulse: () => void = () => {},
): BandList {
  const { sites } = slab, states = 4 * sites, points = momenta.qy.length;
  const bands: BandList = {
    qy: Float64Array.from(momenta.qy),
    qz: Float64Array.from(momenta.qz),
    energy: new Float64Array(points * states),
    meanPosition: new Float64Array(points * states),
    chirality: new Float64Array(points * states),
  };
  const modes = chiralModes(sites);
  for (let point = 0; point < points; point++) {
    pulse();
    const momentum = { qy: bands.qy[point], qz: bands.qz[point] };
    solver.solve(momentum, modes);
    const { energy, chirality, density } = eigenstates(slab, momentum, modes);
    bands.energy.set(energy, point * states);
    bands.chirality.set(chirality, point * states);
    for (let state = 0; state < states; state++) {
      let mean = 0;
      for (let l = 0; l < sites; l++) mean += l * density[state * sites + l];
      bands.meanPosition[point * states + state] = mean;
    }
  }
  return bands;
}
