/**
 * Evidence made up from closed forms: tables of a few rows of which one knows what becomes of a claim, without a run of the pipeline.
 *
 * @module
 */
import type { Json } from "../../../pipeline/dataflow/stage.ts";
import type { Cell, Table } from "../../aggregate/table.ts";
import { Evidence, type StudyFacts } from "../evidence.ts";

/** A row of a made-up table: cells by column, swept values by path. */
export type MadeUpRow = Readonly<Record<string, Cell>>;

/** What a made-up study has besides rows. */
export interface MadeUpStudy {
  /** Parameters that differ from the paper's, by path. */
  readonly parameters?: Readonly<Record<string, Cell>>;
  /** Settings by observable. */
  readonly settings?: Readonly<Record<string, Json>>;
}

/** The paper's slab and its baths. */
export const PAPER: Readonly<Record<string, Cell>> = {
  "model.sites": 50,
  "model.velocity": 1,
  "model.mass": 0,
  "model.hopping": -1,
  "model.gauge_field.profile": "linear",
  "model.gauge_field.amplitude": 1.6,
  "model.gauge_field.cutoff": 50,
  "baths.fermi_level": 0,
  "baths.chemical_potential_slope": 0.01,
  "baths.inverse_temperature": 1,
  "baths.inverse_temperature_slope": 0,
};

/** What a study is made of. */
export interface MadeUp {
  /** Its tables. */
  readonly tables: readonly Table[];
  /** What else is known of it. */
  readonly facts: StudyFacts;
}

/**
 * Makes up a study.
 *
 * @param tables Rows by observable; a column whose name has a dot is a swept path.
 * @param study What else there is to it.
 * @returns Its tables and facts.
 */
export function madeUpStudy(
  tables: Readonly<Record<string, readonly MadeUpRow[]>>,
  { parameters = {}, settings = {} }: MadeUpStudy = {},
): MadeUp {
  const all: Record<string, Record<string, unknown>> = {};
  for (const [path, value] of Object.entries({ ...PAPER, ...parameters })) {
    const keys = path.split(".");
    let section: Record<string, unknown> = all;
    for (const key of keys.slice(0, -1)) section = (section[key] ??= {}) as Record<string, unknown>;
    section[keys.at(-1)!] = value;
  }
  const names = Object.entries(tables).map(([observable, rows]) =>
    [observable, Object.keys(rows[0] ?? { none: 0 })] as const
  );
  return {
    tables: names.map(([observable, columns]) => ({
      observable,
      columns: columns.map((name) => ({ name, cells: tables[observable].map((row) => row[name]) })),
    })),
    facts: {
      parameters: all as StudyFacts["parameters"],
      swept: Object.fromEntries(
        names.map(([observable, columns]) => [
          observable,
          columns.filter((name) => name.includes(".")).map((name) => [name, name] as const),
        ]),
      ),
      settings,
    },
  };
}

/**
 * Makes up evidence.
 *
 * @param tables As for {@linkcode madeUpStudy}.
 * @param study What else there is to it.
 * @returns The evidence.
 */
export function evidence(tables: Readonly<Record<string, readonly MadeUpRow[]>>, study?: MadeUpStudy): Evidence {
  const { tables: made, facts } = madeUpStudy(tables, study);
  return new Evidence(made, facts);
}

/** Evidence for one claim, by what should become of it. */
export interface ClaimCases {
  /** It holds, and there is nothing to add. */
  readonly holds?: readonly Evidence[];
  /** It holds with limits, which contain these words. */
  readonly limited?: readonly (readonly [Evidence, string])[];
  /** It fails. */
  readonly fails: readonly Evidence[];
  /** It cannot be told. */
  readonly undecided: readonly Evidence[];
}

/** Cases by the id of the claim. */
export type CasesById = Readonly<Record<string, ClaimCases>>;
