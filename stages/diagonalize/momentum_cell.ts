/**
 * Cells that tile the quarter zone, for integration that refines where it must: 5 × 5 equally spaced points each, borders included, so that a cell cut in two hands all of its
 * points on and every new one is shared with the neighbours.
 *
 * Cells lie in (t, z), q_y = π t², q_z = π z. At q_y → 0 the integrand of Eq. (6) is nearly a step, sin² q_y/(sin² q_y + σ²), whose value at q_y = 0 itself says nothing about
 * its surroundings; the square draws points to it and gives the line t = 0 the weight dq_y/dt = 0, so that it is never looked at.
 *
 * @module
 */
import type { BlockMomenta } from "./momentum_block.ts";

/** The interval [index/count, (index + 1)/count]: halving it again and again loses no digit. */
export interface Interval {
  /** Which of them. */
  readonly index: number;
  /** How many there are on [0, 1]. */
  readonly count: number;
}

/** A rectangle of the (t, z) plane. */
export interface MomentumCell {
  /** Along t. */
  readonly y: Interval;
  /** Along z. */
  readonly z: Interval;
}

/** An axis of the plane. */
export type CellAxis = "y" | "z";

/** A point of the plane. */
export interface CellPoint {
  /** t = √(q_y/π). */
  readonly t: number;
  /** q_z/π. */
  readonly z: number;
}

/** Spaces between the points of a cell along an axis. */
export const SPACES = 4;

/**
 * The cells to start from.
 *
 * @param alongY How many along t.
 * @param alongZ How many along z.
 * @returns The cells, t varying fastest.
 */
export function startCells(alongY: number, alongZ: number): MomentumCell[] {
  return Array.from({ length: alongY * alongZ }, (_, k) => ({
    y: { index: k % alongY, count: alongY },
    z: { index: Math.floor(k / alongY), count: alongZ },
  }));
}

/**
 * Cuts a cell in two.
 *
 * @param cell The cell.
 * @param axis Along which axis; across it the halves are as the cell.
 * @returns The lower and the upper half.
 */
export function halves(cell: MomentumCell, axis: CellAxis): MomentumCell[] {
  const { index, count } = cell[axis];
  return [0, 1].map((half) => ({ ...cell, [axis]: { index: 2 * index + half, count: 2 * count } }));
}

/**
 * The points of a cell.
 *
 * @param cell The cell.
 * @returns The points, 5 rows along z of 5 along t; those that cells share are the same bit by bit.
 */
export function cellPoints({ y, z }: MomentumCell): CellPoint[] {
  const axis = [0, 1, 2, 3, 4];
  return axis.flatMap((j) => axis.map((i) => ({ t: position(y, i / SPACES), z: position(z, j / SPACES) })));
}

/**
 * The points of a cell to start from, cut into pieces of which neighbours share whole ones: corners, sides and the inside.
 *
 * @param cell The cell.
 * @returns The pieces, without points at t = 0; none is empty.
 */
export function startPieces({ y, z }: MomentumCell): CellPoint[][] {
  return PARTS.flatMap((rows) => PARTS.map((columns) => piece(y, z, columns, rows))).filter((points) =>
    points.length > 0
  );
}

/**
 * The points that cutting a cell adds, likewise: those on either side of the cell that the cut meets, and the inside.
 *
 * @param cell The cell.
 * @param axis Along which axis it is cut.
 * @returns The pieces, without points at t = 0; none is empty.
 */
export function newPieces({ y, z }: MomentumCell, axis: CellAxis): CellPoint[][] {
  const pieces = axis === "y"
    ? PARTS.map((rows) => piece(y, z, BETWEEN, rows))
    : PARTS.map((columns) => piece(y, z, columns, BETWEEN));
  return pieces.filter((points) => points.length > 0);
}

/**
 * The momenta of points.
 *
 * @param points The points.
 * @returns q_y = π t² and q_z = π z.
 */
export function pieceMomenta(points: readonly CellPoint[]): BlockMomenta {
  return { qy: points.map(({ t }) => Math.PI * (t * t)), qz: points.map(({ z }) => Math.PI * z) };
}

/** The ends and the inside of an interval, in parts of it. */
const PARTS: readonly (readonly number[])[] = [[0], [0.25, 0.5, 0.75], [1]];

/** Halfway between the points of a cell, in parts of an interval. */
const BETWEEN: readonly number[] = [0.125, 0.375, 0.625, 0.875];

function piece(y: Interval, z: Interval, columns: readonly number[], rows: readonly number[]): CellPoint[] {
  const points = rows.flatMap((row) => columns.map((column) => ({ t: position(y, column), z: position(z, row) })));
  return points.filter(({ t }) => t > 0);
}

/** Rounded once, in the division: equal fractions give equal bits. */
function position({ index, count }: Interval, part: number): number {
  return (8 * (index + part)) / (8 * count);
}
