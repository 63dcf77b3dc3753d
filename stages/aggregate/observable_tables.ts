/**
 * The table of each observable: the stages that turn its artifacts into the columns of the contract.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { ContinuumDensities } from "../continuum/continuum.ts";
import type { ContinuumLines } from "../continuum/dispersion.ts";
import type { BathResponse } from "../current/bath_response.ts";
import type { BranchCurrent } from "../current/branch_current.ts";
import { BRANCHES } from "../current/branches.ts";
import type { Current } from "../current/current.ts";
import type { CurrentProfile } from "../current/current_profile.ts";
import type { BandList } from "../diagonalize/bands.ts";
import type { ChiralDensities } from "../diagonalize/chiral_densities.ts";
import type { Gap } from "../diagonalize/gap.ts";
import { ORBITALS } from "../spectral/recursion.ts";
import type { Linewidths } from "../spectral/linewidth.ts";
import type { SelfEnergy } from "../spectral/self_energy.ts";
import type { SpectralMap } from "../spectral/spectral.ts";
import type { SupercellMap } from "../supercell/supercell_stage.ts";
import { aggregate, byPoint, type TableParameters } from "./aggregate.ts";
import type { Cell, Table } from "./table.ts";

/** A stage that makes a table. */
export type TableStage<Artifact> = Stage<TableParameters, Artifact[], Table>;

/** `current`: the two currents and their errors, a row a point. */
export const currentTable: TableStage<Current> = currentTableNamed("current", "currentTable");

/** `current_limit`: the same in the limit of Eq. (6). */
export const limitTable: TableStage<Current> = currentTableNamed("current_limit", "limitTable");

/** `current_by_branch`: the parts of the current, a row a point and branch. */
export const branchTable: TableStage<BranchCurrent> = tableStage<BranchCurrent>("current_by_branch", "branchTable", {
  branch: () => [...BRANCHES],
  charge_current: (current) => current.charge,
});

/** `current_profile`: the l-th terms of Eq. (5) or (6), a row a point and site. */
export const profileTable: TableStage<CurrentProfile> = tableStage<CurrentProfile>("current_profile", "profileTable", {
  site: (current) => current.chargeProfile.map((_, site) => site),
  charge_current: (current) => current.chargeProfile,
});

/** `response`: the derivatives of both currents by μ_l and T_l, a row a point and site. */
export const responseTable: TableStage<BathResponse> = tableStage<BathResponse>("response", "responseTable", {
  site: (response) => response.chargeByPotential.map((_, site) => site),
  charge_by_potential: (response) => response.chargeByPotential,
  charge_by_temperature: (response) => response.chargeByTemperature,
  energy_by_potential: (response) => response.energyByPotential,
  energy_by_temperature: (response) => response.energyByTemperature,
});

/** `bands`: a row a momentum and state. */
export const bandTable: TableStage<BandList> = tableStage<BandList>("bands", "bandTable", {
  qy: (bands) => bands.energy.map((_, i) => bands.qy[Math.floor(i / states(bands))]),
  qz: (bands) => bands.energy.map((_, i) => bands.qz[Math.floor(i / states(bands))]),
  band: (bands) => bands.energy.map((_, i) => i % states(bands)),
  energy: (bands) => bands.energy,
  mean_position: (bands) => bands.meanPosition,
  chirality: (bands) => bands.chirality,
});

/** `gap`: a row a point. */
export const gapTable: TableStage<Gap> = tableStage<Gap>("gap", "gapTable", { gap: ({ gap }) => [gap] });

/** `continuum`: a row a line and q_y. */
export const continuumTable: TableStage<ContinuumLines> = tableStage<ContinuumLines>("continuum", "continuumTable", {
  branch: (lines) => lines.branch,
  level: (lines) => lines.level,
  qy: (lines) => lines.qy,
  energy: (lines) => lines.energy,
});

/** The columns of densities, of the lattice or the continuum: a row a momentum, chiral state and site. */
const densityColumns: Readonly<Record<string, (states: ChiralDensities) => ArrayLike<Cell>>> = {
  state: (states) => Array.from(states.density, (_, i) => states.branch[Math.floor(i / sitesOf(states))]),
  qy: (states) => states.density.map((_, i) => states.qy[Math.floor(i / sitesOf(states) / 2)]),
  qz: (states) => states.density.map((_, i) => states.qz[Math.floor(i / sitesOf(states) / 2)]),
  energy: (states) => states.density.map((_, i) => states.energy[Math.floor(i / sitesOf(states))]),
  site: (states) => states.density.map((_, i) => i % sitesOf(states)),
  density: (states) => states.density,
};

/** `density`: a row a momentum, chiral state and site. */
export const densityTable: TableStage<ChiralDensities> = tableStage("density", "densityTable", densityColumns);

/** `continuum_density`: likewise, the form before it. */
export const continuumDensityTable: TableStage<ContinuumDensities> = tableStage<ContinuumDensities>(
  "continuum_density",
  "continuumDensityTable",
  { form: ({ form, density }) => Array.from(density, () => form), ...densityColumns },
);

/** `self_energy`: a row a frequency, site and orbital, the orbitals in the order L↑, L↓, R↑, R↓. */
export const selfEnergyTable: TableStage<SelfEnergy> = tableStage<SelfEnergy>("self_energy", "selfEnergyTable", {
  omega: ({ omega, re, sites }) => re.map((_, i) => omega[Math.floor(i / (ORBITALS * sites))]),
  site: ({ re, sites }) => re.map((_, i) => Math.floor(i / ORBITALS) % sites),
  orbital: ({ re }) => re.map((_, i) => i % ORBITALS),
  re: ({ re }) => re,
  im: ({ im }) => im,
});

/** `spectral`: a row a frequency and q_y. */
export const spectralTable: TableStage<SpectralMap> = tableStage<SpectralMap>("spectral", "spectralTable", {
  omega: (map) => map.omega,
  qy: (map) => map.qy,
  intensity: (map) => map.intensity,
});

/** `supercell`: a row a frequency and q_y. */
export const supercellTable: TableStage<SupercellMap> = tableStage<SupercellMap>("supercell", "supercellTable", {
  omega: (map) => map.omega,
  qy: (map) => map.qy,
  intensity: (map) => map.intensity,
  intensity_error: (map) => map.error,
  spread: (map) => map.spread,
});

/** `linewidth`: a row a frequency and chiral branch that passes it. */
export const linewidthTable: TableStage<Linewidths> = tableStage<Linewidths>("linewidth", "linewidthTable", {
  omega: (widths) => widths.omega,
  state: (widths) => widths.state,
  qy: (widths) => widths.qy,
  width: (widths) => widths.width,
});

function currentTableNamed(observable: string, name: string): TableStage<Current> {
  return tableStage<Current>(observable, name, {
    charge_current: (current) => [current.charge],
    charge_current_error: (current) => [current.chargeError],
    energy_current: (current) => [current.energy],
    energy_current_error: (current) => [current.energyError],
  });
}

function states(bands: BandList): number {
  return bands.energy.length / bands.qy.length;
}

function sitesOf(states: ChiralDensities): number {
  return states.density.length / states.energy.length;
}

/** A stage whose columns are read off each artifact; all columns of one artifact must be equally long. */
function tableStage<Artifact>(
  observable: string,
  name: string,
  columns: Readonly<Record<string, (artifact: Artifact) => ArrayLike<Cell>>>,
): TableStage<Artifact> {
  return {
    kind: "map",
    name: "aggregate",
    task: observable,
    module: import.meta.url,
    export: name,
    format: "json",
    place: "main",
    run(parameters, artifacts) {
      const point: number[] = [];
      const cells = Object.fromEntries(Object.keys(columns).map((column) => [column, [] as Cell[]]));
      for (const [index, artifact] of byPoint(parameters, artifacts)) {
        for (const [column, read] of Object.entries(columns)) {
          for (const cell of Array.from(read(artifact))) cells[column].push(cell);
        }
        while (point.length < Object.values(cells)[0].length) point.push(index);
      }
      return aggregate(parameters, { point, columns: cells });
    },
    audit(table) {
      const lengths = new Set(table.columns.map(({ cells }) => cells.length));
      if (lengths.size > 1) {
        throw new Error(`Cannot accept the table ${observable}: its columns have ${[...lengths].join(", ")} rows`);
      }
    },
  };
}
