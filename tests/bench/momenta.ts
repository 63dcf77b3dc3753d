/**
 * What a current of given accuracy costs by each momentum rule.
 *
 * @module
 */
import type { BathParameters } from "../../stages/current/baths.ts";
import type { MomentumGrid } from "../../stages/diagonalize/momentum_grid.ts";
import type { Slab } from "../../stages/hamiltonian/slab.ts";
import { runAdaptive } from "../twins/run_adaptive.ts";
import { runCurrent } from "../twins/run_current.ts";

/** What one rule needs. */
interface Cost {
  /** Momenta diagonalized. */
  readonly momenta: number;
  /** Seconds, on one thread. */
  readonly seconds: number;
  /** How far off the charge current is. */
  readonly error: number;
}

/** Numbers of points along an axis, and tolerances, from coarse to fine. */
const POINTS = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384], TOLERANCES = [3e-4, 1e-4, 3e-5, 1e-5, 3e-6];

/** Points along an axis of the Gauss–Legendre grid that errors are measured against. */
const REFERENCE = 320;

/**
 * The first of ever finer sums that is as good as wanted, by each rule.
 *
 * @param slab The slab.
 * @param baths The baths.
 * @param wanted The largest error of the charge current.
 * @returns Costs by rule.
 * @throws {Error} If a rule does not get there.
 */
export async function costOfAccuracy(slab: Slab, baths: BathParameters, wanted: number): Promise<Record<string, Cost>> {
  const fine = runCurrent(slab, { qy: REFERENCE, qz: REFERENCE, rule: "gauss-legendre" }, [baths])[0].charge;
  const grid = (rule: Partial<MomentumGrid>) => (count: number) => {
    const [{ charge }] = runCurrent(slab, { qy: count, qz: count, ...rule }, [baths]);
    return Promise.resolve({ charge, momenta: (count / 2) ** 2 });
  };
  const adaptive = async (tolerance: number) => {
    const { current: [{ charge }], momenta } = await runAdaptive(slab, { qy: 64, qz: 64, tolerance }, [baths]);
    return { charge, momenta };
  };
  const first = async (
    steps: readonly number[],
    sum: (step: number) => Promise<{ charge: number; momenta: number }>,
  ): Promise<Cost> => {
    for (const step of steps) {
      const start = performance.now(), { charge, momenta } = await sum(step);
      const seconds = (performance.now() - start) / 1000, error = Math.abs(charge - fine);
      if (error <= wanted) return { momenta, seconds, error };
    }
    throw new Error(`Cannot compare momentum rules: one of them is not within ${wanted}`);
  };
  return {
    midpoint: await first(POINTS, grid({})),
    "gauss-legendre": await first(POINTS, grid({ rule: "gauss-legendre" })),
    adaptive: await first(TOLERANCES, adaptive),
  };
}
