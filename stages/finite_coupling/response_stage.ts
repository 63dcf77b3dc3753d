/**
 * The response of the current to the baths as a stage: blocks of the momentum grid at one coupling, for any chemical potentials and temperatures.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { BlockMomenta } from "../diagonalize/momentum_block.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import type { Coupling } from "./coupling.ts";
import { auditResponseBlock, type ResponseBlock } from "./response_block.ts";
import { siteResponse } from "./site_response.ts";
import { uniformResponse } from "./uniform_response.ts";

/** A block of the grid and the coupling to the baths. */
export interface ResponseParameters extends BlockMomenta {
  /** Γ, or Γ_l. */
  readonly coupling: Coupling;
}

/** The stage `diagonalize` for Eq. (5). */
export const responseStage: Stage<ResponseParameters, [Slab], ResponseBlock> = {
  kind: "map",
  name: "diagonalize",
  task: "response",
  module: import.meta.url,
  export: "responseStage",
  format: "arrays",
  place: "worker",
  run({ coupling, ...momenta }, [slab], pulse) {
    return typeof coupling === "number"
      ? uniformResponse(slab, new StructuredSolver(slab), momenta, coupling, pulse)
      : siteResponse(slab, momenta, coupling, pulse);
  },
  audit: (block, _parameters, [slab]) => auditResponseBlock(block, slab),
};
