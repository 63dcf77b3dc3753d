/**
 * What Green functions cost with self-energies that differ on every orbital, compiled against plain TypeScript.
 *
 * @module
 */
import { CompiledLesserRecursion } from "../../stages/spectral/compiled_lesser_recursion.ts";
import { CompiledRecursion } from "../../stages/spectral/compiled_recursion.ts";
import { GreenFunction } from "../../stages/spectral/green_function.ts";
import { LesserGreenFunction } from "../../stages/spectral/lesser_green_function.ts";
import { PlainLesserRecursion } from "../../stages/spectral/plain_lesser_recursion.ts";
import { PlainRecursion } from "../../stages/spectral/plain_recursion.ts";
import { benchMomentum, benchSlab } from "./bench_slab.ts";
import { medians, print } from "./measure.ts";

const SITES = 50, FREQUENCY = { omega: 0.4, broadening: 0.05 }, ROUNDS = 25;

const SELF_ENERGY = {
  re: Float64Array.from({ length: 4 * SITES }, (_, i) => 0.01 * Math.sin(i)),
  im: Float64Array.from({ length: 4 * SITES }, (_, i) => -0.02 - 0.01 * Math.cos(i)),
};

/** Tr G^R. */
function retarded(): void {
  const slab = benchSlab(SITES), count = 500;
  let sum = 0;
  const round = (green: GreenFunction) => {
    green.dress(SELF_ENERGY);
    return () => {
      for (let i = 0; i < count; i += 2) {
        green.solve(FREQUENCY, benchMomentum(i), benchMomentum(i + 1));
        sum += green.imaginaryTrace(0) + green.imaginaryTrace(1);
      }
    };
  };
  const times = medians({
    compiled: round(new GreenFunction(slab, new CompiledRecursion(slab))),
    plain: round(new GreenFunction(slab, new PlainRecursion(slab))),
  }, ROUNDS);
  if (!(sum < 0)) throw new Error(`Cannot time Green functions: the sum of their traces is ${sum}`);
  print("Green function, per momentum and frequency", {
    sites: SITES,
    compiled_us: 1000 * times.compiled / count,
    plain_us: 1000 * times.plain / count,
    plain_over_compiled: times.plain / times.compiled,
  });
}

/** The site blocks of G^<, of which the charge current of each site is read. */
function lesser(): void {
  const slab = benchSlab(SITES), count = 200, charge = new Float64Array(SITES);
  let sum = 0;
  const round = (green: LesserGreenFunction) => {
    green.dress(SELF_ENERGY);
    green.fill(SELF_ENERGY.im.map((value, i) => i < 2 * SITES ? -2 * value : 0));
    return () => {
      for (let i = 0; i < count; i += 2) {
        green.solve(FREQUENCY, benchMomentum(i), benchMomentum(i + 1));
        for (const lane of [0, 1] as const) {
          green.readCharge(lane, charge);
          sum += charge[0];
        }
      }
    };
  };
  const times = medians({
    compiled: round(new LesserGreenFunction(slab, new CompiledLesserRecursion(slab))),
    plain: round(new LesserGreenFunction(slab, new PlainLesserRecursion(slab))),
  }, ROUNDS);
  if (!Number.isFinite(sum)) throw new Error(`Cannot time lesser Green functions: the sum of their currents is ${sum}`);
  print("lesser Green function, per momentum and frequency", {
    sites: SITES,
    compiled_us: 1000 * times.compiled / count,
    plain_us: 1000 * times.plain / count,
    plain_over_compiled: times.plain / times.compiled,
  });
}

/** Prints a line for G^R and one for G^<. */
export function greenFunctions(): void {
  retarded();
  lesser();
}
