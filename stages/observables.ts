/**
 * The graph of the physics: which stages lead to which observable. A new observable is one entry here, the stages that it needs beyond those that exist, and one
 * entry in the schema of studies.
 *
 * @module
 */
import type { Json, ObservableDefinition, Point, Step, TaskRequest } from "../pipeline/dataflow/stage.ts";
import {
  bandTable,
  branchTable,
  continuumDensityTable,
  continuumTable,
  currentTable,
  densityTable,
  gapTable,
  limitTable,
  linewidthTable,
  profileTable,
  responseTable,
  selfEnergyTable,
  spectralTable,
  supercellTable,
} from "./aggregate/observable_tables.ts";
import {
  continuumDensityStage,
  continuumField,
  type ContinuumForm,
  continuumStage,
  formedModel,
} from "./continuum/continuum.ts";
import { bathResponseStage } from "./current/bath_response.ts";
import type { AdaptiveGrid } from "./current/cell_refinement.ts";
import {
  bornIntegrals,
  currentTerms,
  linewidth,
  selfEnergy,
  spectralMap,
  supercell,
  supercellMoments,
  totalCurrent,
} from "./disorder_steps.ts";
import { branchCurrentStage } from "./current/branch_current.ts";
import { adaptiveCurrentStage } from "./current/adaptive_current.ts";
import { currentStage } from "./current/current.ts";
import { currentProfileStage } from "./current/current_profile.ts";
import { branchStage } from "./diagonalize/branch_block.ts";
import { densityStage } from "./diagonalize/chiral_densities.ts";
import { bandStage, blockStage } from "./diagonalize/diagonalize.ts";
import { gapStage } from "./diagonalize/gap.ts";
import { gapOpeningPoint, type GapOpeningSettings, gapOpeningTable } from "./diagonalize/gap_opening.ts";
import { blockMomenta, gridBlocks, pointsInBlock } from "./diagonalize/grid_blocks.ts";
import { gridRead, momentumAxes, type MomentumGrid } from "./diagonalize/momentum_grid.ts";
import { type Coupling, couplingOf } from "./finite_coupling/coupling.ts";
import { responseStage } from "./finite_coupling/response_stage.ts";
import {
  fittedFormulaTable,
  formulaPoint,
  type FormulaSettings,
  formulaStage,
  formulaTable,
} from "./formula/formula.ts";
import { usedField } from "./hamiltonian/gauge_field.ts";
import { hamiltonianStage } from "./hamiltonian/hamiltonian.ts";
import { kernelName } from "./kernel/kernel.ts";
import { parametersOf } from "./point_parameters.ts";

const hamiltonian: Step = {
  name: "hamiltonian",
  kind: "map",
  reads(point) {
    const { model } = parametersOf(point);
    return { ...model, gauge_field: usedField(model.gauge_field) } as unknown as Json;
  },
  tasks: (model) => [{ stage: hamiltonianStage, parameters: model }],
};

/** How a current is to be computed: by Eq. (6), or by Eq. (5), which is the default where the coupling is not 0. */
interface CurrentSettings {
  readonly method?: "limit" | "exact" | undefined;
}

/** What the blocks of a grid follow from. */
interface GridRead {
  readonly sites: number;
  readonly momentum: MomentumGrid;
}

function readGrid(point: Point): Json {
  const { model, momentum } = parametersOf(point);
  return { sites: model.sites, momentum: { ...gridRead(momentum) } };
}

function gridRequests(stage: TaskRequest["stage"], { sites, momentum }: GridRead): TaskRequest[] {
  return gridBlocks(momentum, sites).map((block) => ({
    stage,
    parameters: blockMomenta(momentum, block) as unknown as Json,
  }));
}

function gridStep(stage: TaskRequest["stage"]): Step {
  return {
    name: "diagonalize",
    kind: "map",
    reads: readGrid,
    tasks: (read) => solved(gridRequests(stage, read as unknown as GridRead)),
  };
}

const diagonalizeGrid = gridStep(blockStage);

/** What `current` asks of the grid: the modes for Eq. (6), the poles at the point's coupling for Eq. (5). */
const currentGrid: Step = {
  name: "diagonalize",
  kind: "map",
  reads(point, settings) {
    const grid = readGrid(point) as { readonly [key: string]: Json }, { model, baths } = parametersOf(point);
    const coupling = couplingOf(baths.coupling, model.sites), { method } = settings as CurrentSettings;
    return coupling === 0 || method === "limit" ? grid : { ...grid, coupling: coupling as Json };
  },
  tasks(read) {
    const { coupling, ...grid } = read as unknown as GridRead & { readonly coupling?: Coupling };
    const blocks = (stage: TaskRequest["stage"]): TaskRequest[] => gridRequests(stage, grid);
    if (coupling === undefined) return solved(blocks(blockStage));
    return blocks(responseStage).map(({ stage, parameters }) => ({
      stage,
      parameters: { ...parameters as { readonly [key: string]: Json }, coupling: coupling as Json },
    }));
  },
};

/** The grid, and the line q_y = 0 at the grid's q_z, at the centre and at the edge of the zone. */
const diagonalizeGridAndLine: Step = {
  name: "diagonalize",
  kind: "map",
  reads: readGrid,
  tasks(read) {
    const { sites, momentum } = read as unknown as GridRead;
    const line = [0, ...momentumAxes(momentum).z.point, Math.PI].map((qz) => ({ qy: 0, qz }));
    return solved([
      ...gridRequests(blockStage, { sites, momentum }),
      ...listRequests(blockStage, line, pointsInBlock(sites)),
    ]);
  },
};

/** States weigh far less than densities: this many momenta a task keep the terminal informed. */
const LISTED_MOMENTA = 32;

/** Tells tasks that solve with which kernel, so that keys tell kernels apart. */
function solved(requests: TaskRequest[]): TaskRequest[] {
  return requests.map(({ stage, parameters }) => ({
    stage,
    parameters: { ...parameters as Record<string, Json>, kernel: kernelName() },
  }));
}

/** A list of momenta, with a stage that looks at some of the states there. */
function diagonalizeList(stage: TaskRequest["stage"]): Step {
  return {
    name: "diagonalize",
    kind: "map",
    reads: (_point, settings) => settings,
    tasks: (settings) => solved(listRequests(stage, momentaOf(settings), LISTED_MOMENTA)),
  };
}

/** Every pair of two lists, q_y varying fastest. */
function momentaOf(settings: Json): { qy: number; qz: number }[] {
  const { qy, qz } = settings as { qy: number[]; qz: number[] };
  return qz.flatMap((z) => qy.map((y) => ({ qy: y, qz: z })));
}

/** Lines in closed form: nothing is diagonalized, and no slab is needed. */
const continuum: Step = {
  name: "diagonalize",
  kind: "map",
  reads(point, settings) {
    const { velocity, gauge_field } = parametersOf(point).model;
    const { qy, levels } = settings as { qy: number[]; levels: number };
    return { velocity, gaugeField: continuumField(gauge_field), qy, levels } as unknown as Json;
  },
  tasks: (read) => [{ stage: continuumStage, parameters: read }],
};

const continuumDensity: Step = {
  name: "diagonalize",
  kind: "map",
  reads(point, settings) {
    const { qy, qz, form } = settings as { qy: number[]; qz: number[]; form: ContinuumForm[] };
    return { models: form.map((one) => formedModel(one, parametersOf(point).model)), qy, qz } as unknown as Json;
  },
  tasks(read) {
    const { models, ...momenta } = read as { models: Json[]; qy: number[]; qz: number[] };
    const lists = listRequests(continuumDensityStage, momentaOf(momenta), LISTED_MOMENTA);
    return models.flatMap((model) =>
      lists.map(({ stage, parameters }) => ({ stage, parameters: { model, ...parameters as Record<string, Json> } }))
    );
  },
};

function listRequests(stage: TaskRequest["stage"], momenta: { qy: number; qz: number }[], size: number): TaskRequest[] {
  return Array.from({ length: Math.ceil(momenta.length / size) }, (_, i) => {
    const chunk = momenta.slice(i * size, (i + 1) * size);
    return { stage, parameters: { qy: chunk.map(({ qy }) => qy), qz: chunk.map(({ qz }) => qz) } };
  });
}

const current: Step = {
  name: "current",
  kind: "fold",
  stage: currentStage,
  reads(point) {
    const { model, momentum, baths } = parametersOf(point);
    // The coupling is not among them: it is in the blocks of poles, and in the limit Γ → 0 nothing reads it.
    const { coupling: _coupling, ...rest } = baths;
    return { sites: model.sites, momentum: { ...gridRead(momentum) }, baths: rest as unknown as Json };
  },
};

/** Straight from the slab: which momenta are diagonalized, the integral decides. */
const adaptiveCurrent: Step = {
  name: "current",
  kind: "refine",
  stage: adaptiveCurrentStage,
  reads(point) {
    const { model, momentum, baths } = parametersOf(point), { qy, qz, tolerance } = momentum as AdaptiveGrid;
    const { coupling: _coupling, ...rest } = baths;
    return {
      sites: model.sites,
      kernel: kernelName(),
      momentum: { qy, qz, tolerance },
      baths: rest as unknown as Json,
    };
  },
};

const currentProfile: Step = { ...current, stage: currentProfileStage };

const bathResponse: Step = { ...current, stage: bathResponseStage };

const currentByBranch: Step = { ...current, stage: branchCurrentStage };

const gap: Step = { name: "diagonalize", kind: "fold", stage: gapStage, reads: () => null };

const formula: Step = {
  name: "current",
  kind: "map",
  reads(point, settings) {
    const { cutoff, order, ...overrides } = settings as unknown as FormulaSettings;
    const { model, baths } = formulaPoint(point, overrides);
    return { model, baths, cutoff, order } as unknown as Json;
  },
  tasks: (read) => [{ stage: formulaStage, parameters: read }],
};

/** With a cutoff to be fitted, the formula needs the lattice's currents, and only its table sees those of all points. */
const fittedFormula: ObservableDefinition = {
  name: "formula",
  steps: [hamiltonian, diagonalizeGrid, current],
  reads: (point, settings) => formulaPoint(point, settings as unknown as FormulaSettings) as unknown as Json,
  table: fittedFormulaTable,
};

/** All observables by name; see also {@linkcode observableOf}. */
export const observables: Readonly<Record<string, ObservableDefinition>> = {
  bands: { name: "bands", steps: [hamiltonian, diagonalizeList(bandStage)], table: bandTable },
  continuum: { name: "continuum", steps: [continuum], table: continuumTable },
  continuum_density: { name: "continuum_density", steps: [continuumDensity], table: continuumDensityTable },
  density: { name: "density", steps: [hamiltonian, diagonalizeList(densityStage)], table: densityTable },
  gap: { name: "gap", steps: [hamiltonian, diagonalizeGridAndLine, gap], table: gapTable },
  gap_opening: {
    name: "gap_opening",
    steps: [hamiltonian, diagonalizeGridAndLine, gap],
    reads: (point, settings) => gapOpeningPoint(point, settings as unknown as GapOpeningSettings) as unknown as Json,
    table: gapOpeningTable,
  },
  self_energy: { name: "self_energy", steps: [hamiltonian, bornIntegrals, selfEnergy], table: selfEnergyTable },
  spectral: { name: "spectral", steps: [hamiltonian, bornIntegrals, selfEnergy, spectralMap], table: spectralTable },
  linewidth: { name: "linewidth", steps: [hamiltonian, bornIntegrals, selfEnergy, linewidth], table: linewidthTable },
  supercell: { name: "supercell", steps: [hamiltonian, supercellMoments, supercell], table: supercellTable },
  current: { name: "current", steps: [hamiltonian, currentGrid, current], table: currentTable },
  current_limit: { name: "current_limit", steps: [hamiltonian, diagonalizeGrid, current], table: limitTable },
  current_by_branch: {
    name: "current_by_branch",
    steps: [hamiltonian, gridStep(branchStage), currentByBranch],
    table: branchTable,
  },
  current_profile: { name: "current_profile", steps: [hamiltonian, currentGrid, currentProfile], table: profileTable },
  response: { name: "response", steps: [hamiltonian, currentGrid, bathResponse], table: responseTable },
  formula: { name: "formula", steps: [formula], reads: () => null, table: formulaTable },
};

/** What integrates adaptively where the study says so, by name. */
export const adaptiveObservables: Readonly<Record<string, ObservableDefinition>> = Object.fromEntries(
  [observables.current, observables.current_profile, fittedFormula].map((definition) => [
    definition.name,
    { ...definition, steps: [hamiltonian, adaptiveCurrent] },
  ]),
);

/** What takes another way where the slab has disorder and is coupled to its baths, by name. */
export const disorderedObservables: Readonly<Record<string, ObservableDefinition>> = {
  current: { ...observables.current, steps: [hamiltonian, totalCurrent] },
  current_profile: { ...observables.current_profile, steps: [hamiltonian, currentTerms] },
};

/** What of a study decides on the way to its observables. */
export interface Way {
  /** The study's `momentum.rule`. */
  readonly rule: string;
  /** Whether a point of it has both disorder and a coupling to the baths. */
  readonly isDisordered: boolean;
}

/**
 * The observable that a study asks for; its way may depend on its settings, on how the study integrates over momenta, and on whether currents are to have disorder.
 *
 * @param name Its name.
 * @param settings Its settings.
 * @param way What else decides.
 * @returns The observable.
 */
export function observableOf(name: string, settings: Json, { rule, isDisordered }: Way): ObservableDefinition {
  const isFit = name === "formula" && (settings as unknown as FormulaSettings).cutoff === "fit";
  if (isDisordered && name in disorderedObservables && (settings as CurrentSettings).method !== "limit") {
    return disorderedObservables[name];
  }
  if (rule === "adaptive" && name in adaptiveObservables && (name !== "formula" || isFit)) {
    return adaptiveObservables[name];
  }
  return isFit ? fittedFormula : observables[name];
}
