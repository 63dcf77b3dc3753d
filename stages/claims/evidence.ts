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
   * @returns The number.
   * @throws {Error} If the table has no such column, or it holds labels.
   */
  number(column: string): number;
  /**
   * A label of the row.
   *
   * @param column The column's name.
   * @returns The label.
   * @throws {Error} If the table has no such column.
   */
  label(column: string): string;
  /**
   * A parameter of the study at the row's point.
   *
   * @param path The dotted path.
   * @returns Its value; undefined if it is neither a number nor a word.
   */
  at(path: string): number | string | undefined;
  /**
   * The swept values of the row but for some, as a key: rows with one key differ in these only.
   *
   * @param paths The paths that do not count.
   * @returns The key.
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

/** What all rows of a table share. */
interface Source {
  readonly observable: string;
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  /** The cells of swept parameters by path. */
  readonly swept: ReadonlyMap<string, readonly Cell[]>;
  /** A parameter that is not swept; asked of every row, so that the answers are kept. */
  fixed(path: string): number | string | undefined;
  /** The swept cells but for those of some paths; likewise. */
  apartFrom(paths: readonly string[]): readonly (readonly Cell[])[];
}

function rowsOf({ observable, columns }: Table, { swept, parameters }: StudyFacts): Row[] {
  const cells = new Map(columns.map((column) => [column.name, column.cells]));
  const sweptCells = new Map((swept[observable] ?? []).map(([path, column]) => [path, cells.get(column) ?? []]));
  const source: Source = {
    observable,
    cells,
    swept: sweptCells,
    fixed: kept((path: string) => path, (path) => fixed(parameters, path)),
    apartFrom: kept(
      (paths: readonly string[]) => paths.join(),
      (paths) => [...sweptCells].filter(([path]) => !paths.includes(path)).map(([, found]) => found),
    ),
  };
  return Array.from(columns[0]?.cells ?? [], (_, row) => new TableRow(source, row));
}

/** A function that remembers its answers. */
function kept<Question, Answer>(
  key: (question: Question) => string,
  of: (question: Question) => Answer,
): (question: Question) => Answer {
  const answers = new Map<string, Answer>();
  return (question) => {
    const known = key(question);
    if (!answers.has(known)) answers.set(known, of(question));
    return answers.get(known)!;
  };
}

/** A row by its index: tables have a hundred thousand of them. */
class TableRow implements Row {
  readonly #source: Source;
  readonly #row: number;

  constructor(source: Source, row: number) {
    this.#source = source;
    this.#row = row;
  }

  number(column: string): number {
    const value = this.#cell(column);
    if (typeof value === "number") return value;
    throw new Error(`Cannot read ${column} of ${this.#source.observable}: it holds labels, read them as such`);
  }

  label(column: string): string {
    return String(this.#cell(column));
  }

  at(path: string): number | string | undefined {
    const cells = this.#source.swept.get(path);
    return cells === undefined ? this.#source.fixed(path) : cells[this.#row];
  }

  apartFrom(...paths: string[]): string {
    return JSON.stringify(this.#source.apartFrom(paths).map((cells) => cells[this.#row]));
  }

  #cell(column: string): Cell {
    const found = this.#source.cells.get(column)?.[this.#row];
    if (found !== undefined) return found;
    const { observable, cells } = this.#source;
    throw new Error(`Cannot read ${column} of ${observable}: it has the columns ${[...cells.keys()].join(", ")}`);
  }
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
