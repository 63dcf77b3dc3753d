/**
 * The one form in which results reach users and charts: named columns of equal length.
 *
 * @module
 */

/** A cell: a number in full double precision, or a label such as a branch's name. */
export type Cell = number | string;

/** A named column; all the cells of one column are of one type. */
export interface Column {
  /** The column's name. */
  readonly name: string;
  /** Its cells, row by row. */
  readonly cells: readonly Cell[];
}

/** Columns of equal length, the swept ones first, in the order in which users see them. */
export interface Table {
  /** The observable that it is of. */
  readonly observable: string;
  /** The columns. */
  readonly columns: readonly Column[];
}
