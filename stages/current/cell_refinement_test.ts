/**
 * The adaptive rule by what it must integrate: polynomials, steps and cusps whose integrals are known.
 *
 * @module
 */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertLess,
  assertThrows,
} from "@std/assert";
import type { CellPoint } from "../diagonalize/momentum_cell.ts";
import { type AdaptiveGrid, CellRefinement, MOST_MOMENTA } from "./cell_refinement.ts";

type Integrand = (point: CellPoint) => number;

interface Outcome {
  readonly cells: CellRefinement;
  readonly points: readonly CellPoint[];
  readonly rounds: number;
  readonly value: number;
}

/** Refines until the tolerance is met; twice the integrand is the energy's. */
function integrate(f: Integrand, grid: AdaptiveGrid): Outcome {
  const cells = new CellRefinement(grid), points: CellPoint[] = [];
  let rounds = 0;
  for (; cells.pieces.length > 0; rounds++) {
    const { pieces } = cells;
    points.push(...pieces.flat());
    cells.take(pieces.map((piece) => Float64Array.from(piece.flatMap((point) => [f(point), 2 * f(point)]))));
  }
  const weight = cells.weights();
  return { cells, points, rounds, value: points.reduce((sum, point) => sum + weight(point) * f(point), 0) };
}

/** Two numbers that no symmetry makes simple. */
const GRID: AdaptiveGrid = { qy: 30, qz: 16, tolerance: 1e-6 };

Deno.test("weights are positive and add up to the half of the zone that a sum over ±q_y leaves; polynomials are exact at once", () => {
  const { cells, points } = integrate(() => 1, GRID);
  const weight = cells.weights();
  assert(points.every((point) => weight(point) > 0));
  assertEquals(weight({ t: 0.123, z: 0.5 }), 0);
  for (const [a, b] of [[0, 0], [1, 0], [4, 0], [0, 5], [4, 5], [3, 2]]) {
    const { value, rounds, cells } = integrate(({ t, z }) => t ** a * z ** b, { qy: 20, qz: 10, tolerance: 1e-3 });
    assertAlmostEquals(value, 1 / ((a + 2) * (b + 1)), 1e-14); // ∫ t^{a + 1} z^b
    if (a <= 2 && b <= 3) {
      assertEquals(rounds, 1);
      assertLess(cells.errors.charge, 1e-15); // Simpson's rule has them too
      assertLess(cells.errors.energy, 1e-15);
    }
  }
});

Deno.test("a step towards q_y = 0, a cusp and a ridge: within the tolerance, with points where they are", () => {
  const width = 0.02; // sin² q_y/(sin² q_y + σ²) near q_y = 0, with x = π t²
  const cases: { f: Integrand; exact: number; rough: (point: CellPoint) => boolean }[] = [
    {
      f: ({ t }) => t ** 4 / (t ** 4 + width ** 2),
      exact: 0.5 * (1 - width * Math.atan(1 / width)),
      rough: ({ t }) => t < 0.3,
    },
    { f: ({ z }) => Math.abs(z - 0.3), exact: 0.145, rough: ({ z }) => Math.abs(z - 0.3) < 0.1 },
    {
      f: ({ z }) => 1 / (1 + ((z - 0.4) / width) ** 2),
      exact: 0.5 * width * (Math.atan(0.6 / width) + Math.atan(0.4 / width)),
      rough: ({ z }) => Math.abs(z - 0.4) < 0.1,
    },
  ];
  for (const { f, exact, rough } of cases) {
    let before = 0;
    for (const tolerance of [1e-4, 1e-5, 1e-6]) {
      const { value, cells, points } = integrate(f, { ...GRID, tolerance });
      assertLess(Math.abs(value - exact), tolerance);
      assertLess(cells.errors.charge, tolerance);
      assertAlmostEquals(cells.errors.energy / cells.errors.charge, 2 * 0.25 / 0.35, 1e-9);
      assertGreaterOrEqual(points.length, before);
      before = points.length;
      // More than their share of the plane, 30 or 20 %.
      if (tolerance === 1e-6) assertGreater(points.filter(rough).length, 0.5 * points.length);
      assertEquals(new Set(points.map(({ t, z }) => `${t} ${z}`)).size, points.length, "a point is asked for twice");
    }
  }
});

Deno.test("a tighter tolerance goes on where the wider one stopped: no point of it is lost", () => {
  const f: Integrand = ({ t, z }) => Math.exp(-40 * ((t - 0.3) ** 2 + (z - 0.7) ** 2));
  const names = (tolerance: number): Set<string> =>
    new Set(integrate(f, { ...GRID, tolerance }).points.map(({ t, z }) => `${t} ${z}`));
  const wide = names(1e-4), tight = names(1e-7);
  assertGreater(tight.size, wide.size);
  for (const point of wide) assert(tight.has(point));
});

Deno.test("what cannot be met, or is not a number, is said", () => {
  const noise: Integrand = ({ t, z }) => Math.sin(1e9 * t * z * (1 + t));
  const error = assertThrows(() => integrate(noise, { ...GRID, tolerance: 1e-9 }), Error);
  assert(
    /does not meet the tolerance 1e-9: its error is 0\.\d+ with \d+ momenta, and 16384 are the most/.test(
      error.message,
    ),
  );
  assert(error.message.endsWith("set a larger momentum.tolerance"));
  assertEquals(MOST_MOMENTA, 16384);
  assertThrows(() => integrate(() => NaN, GRID), Error, "not a finite number");
});
