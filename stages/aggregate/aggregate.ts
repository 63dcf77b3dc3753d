/**
 * Aggregation with arquero: what each point of a study gave, joined with what was swept to get there.
 *
 * @module
 */
import type { Cell, Table } from "./table.ts";

/** What aggregation reads of a study. */
export interface TableParameters {
  /** The observable's name. */
  readonly observable: string;
  /** The swept columns with their values point by point. */
  readonly swept: readonly { readonly name: string; readonly values: readonly Cell[] }[];
  /** How many artifacts each point has. */
  readonly artifacts: readonly number[];
}

/** Columns that an observable adds, with one more that says which point a row belongs to. */
export interface OwnRows {
  /** Index of the point, row by row. */
  readonly point: number[];
  /** The columns, in the order in which users see them. */
  readonly columns: Readonly<Record<string, Cell[]>>;
}

/** Helping columns, with names that no column of a table has. */
const POINT = "(point)", ROW = "(row)";

/**
 * Joins an observable's rows with the swept values of their points.
 *
 * @param parameters The observable and the sweep.
 * @param rows The observable's rows.
 * @returns The table: swept columns first, rows in the order in which they came.
 * @throws {Error} If a number is not finite.
 */
export async function aggregate(parameters: TableParameters, rows: OwnRows): Promise<Table> {
  const { table } = await import("bundled/arquero");
  const sweptNames = parameters.swept.map(({ name }) => name), ownNames = Object.keys(rows.columns);
  const points = table([
    [POINT, parameters.artifacts.map((_, point) => point)],
    ...parameters.swept.map(({ name, values }) => [name, values] as [string, readonly Cell[]]),
  ]);
  const own = table([[POINT, rows.point], [ROW, rows.point.map((_, row) => row)], ...Object.entries(rows.columns)]);
  // A join gives no promise as to the order of its rows.
  const joined = own.join_left(points, POINT).orderby(ROW).select(...sweptNames, ...ownNames);
  return {
    observable: parameters.observable,
    columns: [...sweptNames, ...ownNames].map((name) => ({ name, cells: checked(name, joined.array(name) as Cell[]) })),
  };
}

/** The same cells as a plain list, with no number that is not finite, and no −0, which spreadsheets show. */
function checked(name: string, cells: ArrayLike<Cell>): Cell[] {
  return Array.from(cells, (cell, row) => {
    if (typeof cell !== "number") return cell;
    if (!Number.isFinite(cell)) throw new Error(`Cannot aggregate column ${name}: row ${row} is ${cell}`);
    return cell + 0;
  });
}

/**
 * Hands out the artifacts point by point.
 *
 * @param parameters How many artifacts each point has.
 * @param artifacts All artifacts, point after point.
 * @returns Pairs of a point's index and one of its artifacts.
 */
export function* byPoint<Artifact>(
  parameters: TableParameters,
  artifacts: readonly Artifact[],
): Generator<[number, Artifact]> {
  let next = 0;
  for (const [point, count] of parameters.artifacts.entries()) {
    for (let i = 0; i < count; i++) yield [point, artifacts[next++]];
  }
}
