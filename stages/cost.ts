/**
 * What observables cost, so that a study which would take days or more memory than there is can be told before it begins: orders of
 * magnitude, from measurements on one core (`docs/performance.md`) and the powers of L with which the algorithms grow.
 *
 * @module
 */
import type { Json, Point } from "../pipeline/dataflow/stage.ts";
import { couplingOf } from "./finite_coupling/coupling.ts";
import { type Parameters, parametersOf } from "./point_parameters.ts";

/** Work that an observable asks for at a point; what bears one name is done once for all observables that ask for it. */
export interface Work {
  /** What is done. */
  readonly name: string;
  /** How many of the observable's steps it follows from: points that read the same in all of them share it. */
  readonly steps: number;
  /** What it takes on one core, in seconds. */
  readonly seconds: number;
}

/** What this module reads of settings. */
interface Settings {
  readonly qy?: readonly number[];
  readonly qz?: readonly number[] | number | "integrated";
  readonly omega?: readonly number[];
  readonly form?: readonly string[];
  readonly levels?: number;
  readonly method?: "limit" | "exact";
  readonly cutoff?: number | "fit";
  readonly order?: string | readonly string[];
  readonly realisations?: number;
}

/** Of one momentum at L = 50, in seconds, each with the power of L with which it grows. */
const COST = {
  /** ε, u, σ and D_n(l) of all modes. */
  modes: [0.15e-3, 1.9],
  /** Vectors of some modes, with what they come from. */
  vectors: [0.25e-3, 2],
  /** Poles and residues of Eq. (5), Γ uniform. */
  uniformPoles: [3e-3, 3],
  /** Those of a Γ that differs from site to site: a complex eigenproblem. */
  sitePoles: [0.2, 3],
  /** Moments of the flow spectrum, and, once for all momenta, a bath setting against them. */
  spectrum: [25e-6, 2],
  integral: [0.1e-3, 1],
  /** A bath setting against the modes, the total and the profile. */
  total: [4e-6, 1],
  profile: [5e-6, 2],
  branches: [9e-6, 2],
  /** A bath setting against poles. */
  uniformDigammas: [0.37e-3, 2],
  siteDigammas: [2.3e-3, 2],
  /** The recursion for the diagonal of G^R at a frequency. */
  recursion: [6e-6, 1],
  /** The response of a slab with disorder to its baths at a frequency. */
  disordered: [0.15e-3, 1.5],
  /** Where a chiral branch passes a frequency: some tens of diagonalizations. */
  crossing: [10e-3, 2],
} as const satisfies Record<string, readonly [number, number]>;

/** β up to which totals go by flow spectra, for bands about ten wide. */
const WARM = 3;

/** Momenta that an adaptive integral takes at usual tolerances, and frequencies that a current with disorder takes. */
const ADAPTIVE_MOMENTA = 600, FREQUENCIES = 300;

/** By how much the self-consistent Born approximation is dearer than the first one: a self-energy, and a current. */
const SELF_CONSISTENT = 10, SELF_CONSISTENT_CURRENT = 3;

/** Chebyshev moments of a supercell, times the broadening; seconds of one of them, a state and an orbital. */
const MOMENTS = 110, MOMENT_SECONDS = 15e-9;

/** Seconds of a task besides its work, and of a cell of a table on its way to the files. */
const TASK_SECONDS = 0.3e-3, CELL_SECONDS = 2e-6;

/** Bytes of a cell of a table while its files are made, and of a point while its study runs. */
const CELL_BYTES = 150, POINT_BYTES = 6000;

/**
 * Returns what an observable asks for at one point.
 *
 * @param observable Its name.
 * @param settings Its settings, checked.
 * @param point The point.
 */
export function observableWork(observable: string, settings: Json, point: Point): Work[] {
  const parameters = parametersOf(point), asked = settings as unknown as Settings;
  const sites = parameters.model.sites, { momentum, disorder } = parameters;
  const grid = gridMomenta(momentum), list = momentaOf(asked);
  const work = (name: string, steps: number, kind: keyof typeof COST, count: number): Work => {
    const [seconds, power] = COST[kind];
    return { name, steps, seconds: TASK_SECONDS + count * seconds * (sites / 50) ** power };
  };
  const integrated = asked.qz === "integrated" ? Math.ceil(momentum.qz / 2) : 1, frequencies = asked.omega?.length ?? 1;
  const isSelfConsistent = disorder.scheme === "scba";
  const born = disorder.scheme === "none"
    ? []
    : [work("born", 2, "recursion", grid * frequencies * (isSelfConsistent ? SELF_CONSISTENT : 1))];
  const bySpectrum = !("tolerance" in momentum) && isWarm(parameters.baths);
  const limit = (kind: "total" | "profile"): Work[] => [
    work("modes", 2, "modes", grid),
    ...kind === "total" && bySpectrum
      ? [work("spectrum", 2, "spectrum", grid), work("limit total", 3, "integral", 1)]
      : [work(`limit ${kind}`, 3, kind, grid)],
  ];
  switch (observable) {
    case "current":
    case "current_profile":
    case "response": {
      const kind = observable === "current" ? "total" : "profile";
      const coupling = couplingOf(parameters.baths.coupling, sites);
      if (coupling === 0 || asked.method === "limit") return limit(kind);
      if (disorder.scheme !== "none") {
        const times = FREQUENCIES * (isSelfConsistent ? SELF_CONSISTENT_CURRENT : 1);
        return [work(`disordered ${kind}`, 2, "disordered", grid * times)];
      }
      const way = typeof coupling === "number" ? "uniform" : "site";
      return [work("poles", 2, `${way}Poles`, grid), work(`exact ${kind}`, 3, `${way}Digammas`, grid)];
    }
    case "current_limit":
      return limit("total");
    case "current_by_branch":
      return [work("branches", 2, "vectors", grid), work("current by branch", 3, "branches", grid)];
    case "formula":
      return asked.cutoff === "fit" ? limit("total") : [work("formula", 1, "total", 1)];
    case "gap":
    case "gap_opening":
      return [work("modes", 2, "modes", grid)];
    case "bands":
    case "density":
      return [work(observable, 2, "vectors", list)];
    case "continuum":
    case "continuum_density":
      return [work(observable, 1, "vectors", observable === "continuum" ? 1 : list)];
    case "self_energy":
      return born;
    case "spectral":
      return [...born, work("spectral", 4, "recursion", list * frequencies * integrated)];
    case "supercell": {
      const orbitals = 4 * sites,
        states = orbitals * momentum.qy * momentum.qz,
        cells = list * (asked.realisations ?? 1);
      const seconds = cells * orbitals * states * MOMENT_SECONDS * MOMENTS / disorder.broadening;
      return [{ name: "supercell", steps: 2, seconds }];
    }
    case "linewidth":
      return [...born, work("linewidth", 4, "crossing", frequencies)];
    default:
      // An observable that is not known here costs what its points cost.
      return [];
  }
}

/**
 * Returns how many rows a point has in an observable's table.
 *
 * @param observable Its name.
 * @param settings Its settings, checked.
 * @param point The point.
 */
export function tableRows(observable: string, settings: Json, point: Point): number {
  const { model: { sites } } = parametersOf(point), asked = settings as unknown as Settings;
  const list = momentaOf(asked), frequencies = asked.omega?.length ?? 1;
  switch (observable) {
    case "bands":
      return 4 * sites * list;
    case "density":
      return 2 * sites * list;
    case "continuum_density":
      return 2 * sites * list * (asked.form?.length ?? 1);
    case "continuum":
      return list * (2 + 2 * (asked.levels ?? 0));
    case "current_profile":
    case "response":
      return sites;
    case "current_by_branch":
      return 4;
    case "self_energy":
      return 4 * sites * frequencies;
    case "spectral":
    case "supercell":
      return list * frequencies;
    case "linewidth":
      return 2 * frequencies;
    case "formula":
      return typeof asked.order === "object" ? asked.order.length : 1;
    default:
      return 1;
  }
}

/** What a table costs by its cells, and a study by its points. */
export const OVERHEAD: {
  readonly cell: { readonly seconds: number; readonly bytes: number };
  readonly point: { readonly seconds: number; readonly bytes: number };
} = {
  cell: { seconds: CELL_SECONDS, bytes: CELL_BYTES },
  point: { seconds: TASK_SECONDS, bytes: POINT_BYTES },
};

/** Whether a temperature is high enough for a flow spectrum; that of a profile is taken to be. */
function isWarm({ inverse_temperature: beta, inverse_temperature_slope: slope }: Parameters["baths"]): boolean {
  return typeof beta !== "number" || beta + Math.max(slope, 0) <= WARM;
}

/** Momenta that are diagonalized for a grid: those of a quarter of the zone, or what a tolerance takes. */
function gridMomenta(momentum: Parameters["momentum"]): number {
  return "tolerance" in momentum ? ADAPTIVE_MOMENTA : Math.ceil(momentum.qy / 2) * Math.ceil(momentum.qz / 2);
}

function momentaOf({ qy, qz }: Settings): number {
  return (qy?.length ?? 1) * (typeof qz === "object" ? qz.length : 1);
}
