/**
 * How disorder and spectral maps are cut into tasks: large enough that handing one to a worker costs nothing, small enough that all workers have some.
 *
 * @module
 */
import type { Json, TaskRequest } from "../../pipeline/dataflow/stage.ts";
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import { selfConsistentStage } from "./self_consistent_stage.ts";
import {
  bareStage,
  bornStage,
  type LinewidthParameters,
  linewidthStage,
  selfEnergyStage,
  type SpectralParameters,
  spectralStage,
} from "./spectral.ts";
import type { DisorderStrength } from "./self_energy.ts";

/** Sites passed by the recursion in one task: about a quarter of a second. */
const SITES_A_TASK = 2 ** 20;

/** Energies a task of linewidths, each of which takes some tens of diagonalizations. */
const ENERGIES_A_TASK = 32;

/** What the self-energy of each frequency follows from: of κ, only a self-consistent one. */
export type IntegralsRead =
  | {
    /** `none`: without disorder; `fba`: first Born approximation, before κ. */
    readonly scheme: "none" | "fba";
    /** ω, a list. */
    readonly omega: readonly number[];
    /** η. */
    readonly broadening: number;
    /** The grid; not read without disorder. */
    readonly momentum: MomentumGrid | null;
  }
  | DisorderStrength & {
    /** Self-consistent Born approximation, κ included. */
    readonly scheme: "scba";
    /** ω, a list. */
    readonly omega: readonly number[];
    /** η. */
    readonly broadening: number;
    /** The grid. */
    readonly momentum: MomentumGrid;
  };

/**
 * The tasks that take a slab to Born integrals or to self-consistent self-energies: one a frequency, so that a longer list of frequencies integrates only what is new.
 *
 * @param read What was read.
 * @returns The tasks.
 * @throws {RangeError} If there is disorder but no grid.
 */
export function integralTasks(read: IntegralsRead): TaskRequest[] {
  const { omega, broadening, momentum } = read;
  if (read.scheme === "scba") {
    const { strength, normalisation } = read, grid = { ...read.momentum };
    return omega.map((frequency) =>
      request(selfConsistentStage, { omega: [frequency], broadening, momentum: grid, strength, normalisation })
    );
  }
  if (read.scheme === "none") return [request(bareStage, { omega, broadening })];
  if (momentum === null) throw new RangeError("Cannot integrate the self-energy: there is no momentum grid; give one");
  return omega.map((frequency) => request(bornStage, { omega: [frequency], broadening, momentum: { ...momentum } }));
}

/**
 * The task that takes what each frequency has to Σ^R.
 *
 * @param disorder κ and the normalisation; 1 as printed where they are in it already.
 * @returns The task, alone in its list.
 */
export function selfEnergyTasks({ strength, normalisation }: DisorderStrength): TaskRequest[] {
  return [request(selfEnergyStage, { strength, normalisation })];
}

/**
 * The tasks that take Σ^R to a spectral map: whole frequencies, or parts of the q_y axis where a frequency alone is too much.
 *
 * @param sites L.
 * @param map What is to be mapped.
 * @returns The tasks, ω by ω and q_y by q_y within.
 */
export function spectralTasks(sites: number, { omega, qy, qz }: SpectralParameters): TaskRequest[] {
  const lines = Math.max(
    1,
    Math.floor(SITES_A_TASK / (sites * (typeof qz === "number" ? 1 : Math.ceil(qz.integrated / 2)))),
  );
  const frequencies = Math.max(1, Math.floor(lines / qy.length));
  return chunks(omega, frequencies).flatMap((part) =>
    chunks(qy, frequencies > 1 ? qy.length : lines).map((row) =>
      request(spectralStage, { omega: part, qy: row, qz: typeof qz === "number" ? qz : { ...qz } })
    )
  );
}

/**
 * The tasks that take Σ^R to linewidths.
 *
 * @param read What was read.
 * @returns The tasks, ω by ω.
 */
export function linewidthTasks({ omega, qz }: LinewidthParameters): TaskRequest[] {
  return chunks(omega, ENERGIES_A_TASK).map((part) => request(linewidthStage, { omega: part, qz }));
}

function request(stage: TaskRequest["stage"], parameters: Json): TaskRequest {
  return { stage, parameters };
}

function chunks(values: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}
