/**
 * Cells must tile the quarter zone without loss, hand all their points on when they are cut, and ask for each new point once.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import {
  cellPoints,
  halves,
  type MomentumCell,
  newPieces,
  pieceMomenta,
  startCells,
  startPieces,
} from "./momentum_cell.ts";

const name = ({ t, z }: { t: number; z: number }): string => `${t} ${z}`;

const area = ({ y, z }: MomentumCell): number => 1 / (y.count * z.count);

Deno.test("a cell has 5 × 5 points from border to border, in the momenta q_y = π t², q_z = π z", () => {
  const [cell] = startCells(1, 1), points = cellPoints(cell);
  assertEquals(points.length, 25);
  assertEquals(points[0], { t: 0, z: 0 });
  assertEquals(points[7], { t: 0.5, z: 0.25 });
  assertEquals(points[24], { t: 1, z: 1 });
  assertEquals(pieceMomenta([points[7], points[24]]), {
    qy: [Math.PI / 4, Math.PI],
    qz: [Math.PI / 4, Math.PI],
  });
});

Deno.test("any sequence of cuts: cells tile the plane, old points stay points, each new one is in one piece", () => {
  const cuts = fc.array(fc.tuple(fc.nat(), fc.constantFrom("y", "z")), { maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }), cuts, (alongY, alongZ, sequence) => {
      let cells = startCells(alongY, alongZ);
      const pieceOf = new Map<string, string>();
      const learn = (pieces: ReturnType<typeof newPieces>): void => {
        for (const points of pieces) {
          const piece = points.map(name).join();
          for (const point of points) {
            assert(point.t > 0);
            assertEquals(pieceOf.get(name(point)) ?? piece, piece, `${name(point)} is in two pieces`);
            pieceOf.set(name(point), piece);
          }
        }
      };
      const known = (cell: MomentumCell): boolean =>
        cellPoints(cell).every((point) => point.t === 0 || pieceOf.has(name(point)));
      learn(cells.flatMap(startPieces));
      assert(cells.every(known));
      for (const [number, axis] of sequence) {
        const k = number % cells.length, cell = cells[k], parts = halves(cell, axis as "y" | "z");
        learn(newPieces(cell, axis as "y" | "z"));
        assert(parts.every(known));
        const names = new Set(parts.flatMap(cellPoints).map(name));
        assert(cellPoints(cell).every((point) => names.has(name(point))));
        cells = cells.toSpliced(k, 1, ...parts);
      }
      assertAlmostEquals(cells.reduce((sum, cell) => sum + area(cell), 0), 1, 1e-12);
      // Nothing is asked for that no cell uses.
      const used = new Set(cells.flatMap(cellPoints).map(name));
      for (const point of pieceOf.keys()) assert(used.has(point));
    }),
    REPEATABLE,
  );
});
