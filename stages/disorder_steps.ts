/**
 * The steps that lead to what impurities do: self-energies and what is read off the dressed slab, and supercells in which the impurities themselves are.
 *
 * @module
 */
import type { Json, Step } from "../pipeline/dataflow/stage.ts";
import { gridRead } from "./diagonalize/momentum_grid.ts";
import { disorderedCurrentStage } from "./disordered_current/disordered_current.ts";
import { couplingOf } from "./finite_coupling/coupling.ts";
import { parametersOf } from "./point_parameters.ts";
import type { DisorderStrength } from "./spectral/self_energy.ts";
import type { LinewidthParameters, SpectralParameters } from "./spectral/spectral.ts";
import { type IntegralsRead, integralTasks, linewidthTasks, selfEnergyTasks, spectralTasks } from "./spectral/tasks.ts";
import { momentTasks, type SupercellRead, supercellStage } from "./supercell/supercell_stage.ts";

/** 1/(ω + iη − H) over the zone, or the self-consistent Σ^R, frequency by frequency; what disorder does not need, nobody reads. */
export const bornIntegrals: Step = {
  name: "spectral",
  kind: "map",
  reads(point, settings) {
    const { momentum, disorder: { scheme, broadening, strength, normalisation } } = parametersOf(point);
    const { omega } = settings as { omega: number[] };
    if (scheme === "none") return { scheme, omega, broadening, momentum: null };
    const grid = { ...gridRead(momentum) };
    if (scheme === "fba") return { scheme, omega, broadening, momentum: grid };
    return { scheme, omega, broadening, momentum: grid, strength, normalisation };
  },
  tasks: (read) => integralTasks(read as unknown as IntegralsRead),
};

/** Joins the frequencies; κ comes in here in the first Born approximation only. */
export const selfEnergy: Step = {
  name: "spectral",
  kind: "map",
  reads(point) {
    const { scheme, strength, normalisation } = parametersOf(point).disorder;
    if (scheme === "fba") return { strength, normalisation };
    return { strength: scheme === "none" ? 0 : 1, normalisation: "printed" };
  },
  tasks: (read) => selfEnergyTasks(read as unknown as DisorderStrength),
};

/** A(ω; q_y) of the dressed slab. */
export const spectralMap: Step = {
  name: "spectral",
  kind: "map",
  reads(point, settings) {
    const { model, momentum } = parametersOf(point);
    const { omega, qy, qz } = settings as { omega: number[]; qy: number[]; qz: number | "integrated" };
    const { qz: integrated, ...rule } = gridRead(momentum);
    const range = qz === "integrated" ? { integrated, ...rule.rule === undefined ? {} : { rule: rule.rule } } : qz;
    return { sites: model.sites, map: { omega, qy, qz: range } };
  },
  tasks(read) {
    const { sites, map } = read as unknown as { sites: number; map: SpectralParameters };
    return spectralTasks(sites, map);
  },
};

/** Widths of the chiral branches. */
export const linewidth: Step = {
  name: "spectral",
  kind: "map",
  reads: (_point, settings) => settings,
  tasks: (read) => linewidthTasks(read as unknown as LinewidthParameters),
};

/** Straight from the slab: at which frequencies the response to the baths is wanted, the integral decides. */
function disorderedCurrent(profile: boolean): Step {
  return {
    name: "current",
    kind: "refine",
    stage: disorderedCurrentStage,
    reads(point) {
      const { model: { sites }, momentum, baths, disorder } = parametersOf(point);
      const { coupling, ...rest } = baths,
        { scheme, strength, normalisation } = disorder,
        own = couplingOf(coupling, sites);
      return {
        sites,
        momentum: { ...gridRead(momentum) },
        coupling: typeof own === "number" ? Array.from({ length: sites }, () => own) : own,
        disorder: scheme === "none" ? { scheme } : { scheme, strength, normalisation },
        baths: rest as unknown as Json,
        profile,
      };
    },
  };
}

/** The current of a slab with disorder at a finite coupling. */
export const totalCurrent: Step = disorderedCurrent(false);

/** The same with the term of each site. */
export const currentTerms: Step = disorderedCurrent(true);

/** What a study says of supercells. */
interface SupercellSettings {
  readonly omega: readonly number[];
  readonly qy: readonly number[];
  readonly qz: number;
  readonly realisations: number;
  readonly seed: number;
}

/** Supercells as large as the momentum grid, so that they have the momenta that a self-energy sums over. */
export const supercellMoments: Step = {
  name: "spectral",
  kind: "map",
  reads(point, settings) {
    const { momentum, disorder: { strength, normalisation, broadening } } = parametersOf(point);
    const { omega: _omega, ...rest } = settings as unknown as SupercellSettings;
    const size = { qy: momentum.qy, qz: momentum.qz };
    return { ...rest, strength, normalisation, broadening, size } as unknown as Json;
  },
  tasks: (read) => momentTasks(read as unknown as SupercellRead),
};

/** The average of supercells. */
export const supercell: Step = {
  name: "spectral",
  kind: "map",
  reads(point, settings) {
    const { omega, qy } = settings as unknown as SupercellSettings;
    return { omega, qy, broadening: parametersOf(point).disorder.broadening };
  },
  tasks: (read) => [{ stage: supercellStage, parameters: read }],
};
