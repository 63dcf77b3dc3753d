/**
 * What a bath setting costs at a momentum that is diagonalized.
 *
 * @module
 */
import { type BathParameters, baths } from "../../stages/current/baths.ts";
import { contractBlock } from "../../stages/current/contraction.ts";
import { pointCurrents } from "../../stages/current/point_currents.ts";
import { type MomentumBlock, momentumBlock } from "../../stages/diagonalize/momentum_block.ts";
import { chiralSolver, kernelName } from "../../stages/kernel/kernel.ts";
import { benchMomentum, benchSlab } from "./bench_slab.ts";
import { medians, print } from "./measure.ts";

const SITES = 50, SETTINGS = 64, ROUNDS = 49;

function block(points: number): MomentumBlock {
  const slab = benchSlab(SITES), momenta = Array.from({ length: points }, (_, i) => benchMomentum(i));
  return momentumBlock(slab, chiralSolver(slab, kernelName()), {
    qy: momenta.map(({ qy }) => qy),
    qz: momenta.map(({ qz }) => qz),
  });
}

/** Prints a line for all sites, and one for totals, each in blocks of 8 momenta and of 32, a row of a 64 × 64 grid. */
export function contractions(): void {
  const settings = (parameters: Partial<BathParameters>) =>
    Array.from({ length: SETTINGS }, (_, i) =>
      baths({
        fermi_level: -1 + i / 32,
        chemical_potential_slope: 0.01,
        inverse_temperature: 1,
        inverse_temperature_slope: 0,
        ...parameters,
      }, SITES));
  const uniform = settings({}),
    profile = settings({ inverse_temperature_slope: 1 }),
    cold = settings({ inverse_temperature: 100 });
  for (const points of [8, 32]) {
    const modes = block(points), weight = new Float64Array(points).fill(1), calls = points * SETTINGS;
    const bySite = (all: typeof uniform) => () => contractBlock(modes, all, weight);
    const totals = (all: typeof uniform) => () => pointCurrents(modes, all);
    const times = medians({
      uniform: bySite(uniform),
      profile: bySite(profile),
      cold: bySite(cold),
      total: totals(uniform),
      profileTotal: totals(profile),
    }, ROUNDS);
    print("contraction, per momentum and bath setting", {
      sites: SITES,
      momenta: points,
      uniform_us: 1000 * times.uniform / calls,
      profile_us: 1000 * times.profile / calls,
      cold_us: 1000 * times.cold / calls,
      uniform_total_us: 1000 * times.total / calls,
      profile_total_us: 1000 * times.profileTotal / calls,
    });
  }
}
