/**
 * How the folded grid is cut into blocks: the units of work, of storage and of reuse.
 *
 * @module
 */
import type { BlockMomenta } from "./momentum_block.ts";
import { momentumAxes, type MomentumGrid } from "./momentum_grid.ts";

/**
 * About this many bytes a block. Handing a block round (the job, its file, its key) takes about half a millisecond whatever its size, a momentum of 50 sites a seventh of
 * one, so that full blocks, of about 20 ms, spend less than 3 % on it; they are still small enough to be lost without regret.
 */
const BLOCK_BYTES = 2 ** 23;

/** Blocks never hold more momenta than this, so that progress shows. */
const MAXIMAL_POINTS = 128;

/** A stretch of one q_z row of the folded grid. */
export interface GridBlock {
  /** Index of the row on the folded q_z axis. */
  readonly row: number;
  /** First point of the stretch on the folded q_y axis, and the one after its last. */
  readonly first: number;
  /** The point after the last of the stretch. */
  readonly end: number;
}

/**
 * Cuts the folded grid into stretches of rows.
 *
 * A row is the unit because a grid refined along q_y or q_z to a multiple then finds whole rows of the old one again.
 *
 * @param grid The grid.
 * @param sites L, which sets the size of a momentum's artifact.
 * @returns The blocks, row by row.
 */
export function gridBlocks(grid: MomentumGrid, sites: number): GridBlock[] {
  const rows = Math.ceil(grid.qz / 2), points = Math.ceil(grid.qy / 2);
  const size = Math.min(points, pointsInBlock(sites));
  const blocks: GridBlock[] = [];
  for (let row = 0; row < rows; row++) {
    for (let first = 0; first < points; first += size) blocks.push({ row, first, end: Math.min(first + size, points) });
  }
  return blocks;
}

/**
 * How many momenta fit in a block.
 *
 * @param sites L.
 * @returns At least 1.
 */
export function pointsInBlock(sites: number): number {
  const bytes = 8 * (2 * sites * (sites + 2) + 3);
  return Math.max(1, Math.min(MAXIMAL_POINTS, Math.floor(BLOCK_BYTES / bytes)));
}

/**
 * The momenta of a block.
 *
 * @param grid The grid.
 * @param block One of its blocks.
 * @returns Its momenta, in the order in which {@linkcode gridBlocks} counts them.
 */
export function blockMomenta(grid: MomentumGrid, block: GridBlock): BlockMomenta {
  const { y, z } = momentumAxes(grid), qz = z.point[block.row];
  const qy = [...y.point.subarray(block.first, block.end)];
  return { qy, qz: qy.map(() => qz) };
}
