/**
 * The tables of a study as claims read them: rows that know their parameters, whether these were swept or fixed.
 *
 * @module
 */
import type { Json } from "../../pipeline/dataflow/stage.ts";
import type { Cell, Table } from "../aggregate/table.ts";

/** What is known of a study besides its tables. */
export interface StudyFacts {
  /** The parameters by section; those that are swept have the values in the rows. */
  readonly parameters: { readonly [section: string]: Json };
  /** The swept columns of each table: [path, column]. */
  readonly swept: { readonly [observable: string]: readonly (readonly [string, string])[] };
  /** What the study asks of each observable. */
  readonly settings: { readonly [observable: string]: Json };
}

/** A row of a table with its parameters. */
export interface Row {
  /**
   * A number of the row.
   *
   * @param column The column's name.
   */
  number(column: string): number;
  /**
   * A label of the row.
   *
   * @param column The column's name.
   */
  label(column: string): string;
  /**
   * A parameter of the study at the row's point.
   *
   * @param path The dotted path.
   */
  at(path: string): number | string | undefined;
  /**
   * The swept values of the row but for some, as a key: rows with one key differ in these only.
   *
   * @param paths The paths that do not count.
   */
  apartFrom(...paths: string[]): string;
}

/** The tables of a study. */
export class Evidence {
  readonly #facts: StudyFacts;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #rows = new Map<string, readonly Row[]>();

  /**
   * Gathers evidence.
   *
   * @param tables The tables.
   * @param facts What else is known of the study.
   */
  constructor(tables: readonly Table[], facts: StudyFacts) {
    this.#tables = new Map(tables.map((table) => [table.observable, table]));
    this.#facts = facts;
  }

  /**
   * The rows of a table.
   *
   * @param observable Its observable.
   * @returns The rows in their order; none if the study does not have the table.
   */
  rows(observable: string): readonly Row[] {
    const known = this.#rows.get(observable);
    if (known !== undefined) return known;
    const table = this.#tables.get(observable);
    const rows = table === undefined ? [] : rowsOf(table, this.#facts);
    this.#rows.set(observable, rows);
    return rows;
  }

  /**
   * What the study asks of an observable.
   *
   * @param observable The observable.
   * @returns Its settings, undefined if the study does not have it.
   */
  settings(observable: string): Json | undefined {
    return this.#facts.settings[observable];
  }
}

function rowsOf(table: Table, facts: StudyFacts): Row[] {
  const cells = new Map(table.columns.map((column) => [column.name, column.cells]));
  const swept = new Map(facts.swept[table.observable] ?? []);
  const cell = (column: string, row: number): Cell => {
    const found = cells.get(column)?.[row];
    if (found !== undefined) return found;
    throw new Error(`Cannot read ${column} of ${table.observable}: the table has no such column`);
  };
  return Array.from(table.columns[0].cells, (_, row): Row => ({
    number(column) {
      const value = cell(column, row);
      if (typeof value === "number") return value;
      throw new Error(`Cannot read ${column} of ${table.observable}: it holds labels`);
    },
    label: (column) => String(cell(column, row)),
    at(path) {
      const column = swept.get(path);
      return column === undefined ? fixed(facts.parameters, path) : cell(column, row);
    },
    apartFrom: (...paths) =>
      JSON.stringify([...swept].filter(([path]) => !paths.includes(path)).map(([, column]) => cell(column, row))),
  }));
}

function fixed(parameters: StudyFacts["parameters"], path: string): number | string | undefined {
  let value: unknown = parameters;
  for (const key of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[key];
  return typeof value === "number" || typeof value === "string" ? value : undefined;
}

/**
 * Groups rows that differ in some swept parameters only.
 *
 * @param rows The rows.
 * @param paths The parameters.
 * @returns The groups, in the order of their first rows.
 */
export function curves(rows: readonly Row[], ...paths: string[]): Row[][] {
  return [...Map.groupBy(rows, (row) => row.apartFrom(...paths)).values()];
}
