/**
 * The ledger: which of the paper's claims a study bears on, and what becomes of them. A study that a user writes has one too, of the claims that its tables can decide.
 *
 * @module
 */
import type { Stage, StudyOutline } from "../../pipeline/dataflow/stage.ts";
import type { Table } from "../aggregate/table.ts";
import type { BathParameters } from "../current/baths.ts";
import { chargeCurrentClaims } from "./charge_current.ts";
import { chiralDensityClaims } from "./chiral_densities.ts";
import { chiralStateClaims } from "./chiral_states.ts";
import { type Claim, type ClaimRecord, judged } from "./claim.ts";
import { disorderClaims } from "./disorder.ts";
import { energyCurrentClaims } from "./energy_current.ts";
import { Evidence, type StudyFacts } from "./evidence.ts";
import { finiteCouplingClaims } from "./finite_coupling.ts";
import { massClaims } from "./mass.ts";
import { mechanismClaims } from "./mechanism.ts";
import { temperatureClaims } from "./temperature.ts";
import { transportFormulaClaims } from "./transport_formulas.ts";

/** All claims, in the order of the paper. */
export const claims: readonly Claim[] = [
  ...chiralStateClaims,
  ...chiralDensityClaims,
  ...disorderClaims,
  ...chargeCurrentClaims,
  ...mechanismClaims,
  ...transportFormulaClaims,
  ...temperatureClaims,
  ...massClaims,
  ...energyCurrentClaims,
  ...finiteCouplingClaims,
];

/**
 * Judges all claims by a study.
 *
 * @param tables The tables of the study.
 * @param facts What else is known of it.
 * @returns The lines of those that the study bears on, in the order of the paper.
 */
export function ledger(tables: readonly Table[], facts: StudyFacts): ClaimRecord[] {
  const evidence = new Evidence(hasProfiles(facts) ? tables.filter(isUndriven) : tables, facts);
  return claims.flatMap((claim) => judged(claim, evidence) ?? []);
}

/** What baths drive: with profiles of their own it is not what the paper speaks of, whose baths are linear. */
const DRIVEN: readonly string[] = [
  "current",
  "current_by_branch",
  "current_limit",
  "current_profile",
  "formula",
  "response",
];

function isUndriven({ observable }: Table): boolean {
  return !DRIVEN.includes(observable);
}

/** Whether baths are stated as tables or formulas. */
function hasProfiles({ parameters }: StudyFacts): boolean {
  const baths = parameters.baths as unknown as BathParameters | undefined;
  return typeof baths?.chemical_potential === "object" || typeof baths?.inverse_temperature === "object";
}

/** The observables whose settings decide what their tables are evidence of. */
const READ: readonly string[] = ["current", "formula", "gap_opening", "linewidth", "spectral"];

/**
 * What the ledger reads of a study besides its tables: what claims are about, and no more, so that an edit elsewhere leaves it as it is.
 *
 * @param study The study.
 * @returns The slab and its baths, the swept columns, and some settings.
 */
export function ledgerReads({ parameters: { model, baths }, observables }: StudyOutline): StudyFacts {
  return {
    parameters: { model, baths },
    swept: Object.fromEntries(observables.map(({ name, swept }) => [name, swept])),
    settings: Object.fromEntries(
      observables.filter(({ name }) => READ.includes(name)).map(({ name, settings }) => [name, settings]),
    ),
  };
}

/** The ledger as a file, `claims.json`. */
export const ledgerStage: Stage<StudyFacts, Table[], string> = {
  kind: "map",
  name: "aggregate",
  task: "claims",
  module: import.meta.url,
  export: "ledgerStage",
  format: "text",
  place: "main",
  run: (facts, tables) => `${JSON.stringify(ledger(tables, facts), null, 2)}\n`,
};
