/**
 * What a bath setting costs at a momentum that is diagonalized.
 *
 * @module
 */
import { type BathParameters, type Baths, baths } from "../../stages/current/baths.ts";
import { contractBlock } from "../../stages/current/contraction.ts";
import { currentStage } from "../../stages/current/current.ts";
import { currentNumbers, CurrentShares } from "../../stages/current/current_share.ts";
import { gridWeights } from "../../stages/current/grid_weights.ts";
import { pointCurrents } from "../../stages/current/point_currents.ts";
import { type MomentumBlock, momentumBlock } from "../../stages/diagonalize/momentum_block.ts";
import { chiralSolver, kernelName } from "../../stages/kernel/kernel.ts";
import { gridOf } from "../twins/run_current.ts";
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

/** Bath settings from μ_F = −1 to 1, of β = 1 if nothing else is said. */
function fermiLevels(count: number, parameters: Partial<BathParameters>): BathParameters[] {
  return Array.from({ length: count }, (_, i) => ({
    fermi_level: -1 + 2 * i / count,
    chemical_potential_slope: 0.01,
    inverse_temperature: 1,
    inverse_temperature_slope: 0,
    ...parameters,
  }));
}

/** The baths of such settings. */
function settingsOf(count: number, parameters: Partial<BathParameters>): Baths[] {
  return fermiLevels(count, parameters).map((setting) => baths(setting, SITES));
}

/** Prints what a momentum costs on its way to moments, and what bath settings cost then, however many momenta there are. */
export function spectra(): void {
  const weights = gridWeights({ qy: 64, qz: 64 }, SITES, 0), points = weights.point.length;
  const modes = block(points), settings = settingsOf(1000, {});
  const few = new CurrentShares(settings.slice(0, 1)), many = new CurrentShares(settings);
  const share = many.ofModes(modes, weights, () => {});
  const times = medians({
    one: () => few.ofModes(modes, weights, () => {}),
    thousand: () => many.ofModes(modes, weights, () => {}),
    finish: () => void [...currentNumbers(settings, share)],
  }, ROUNDS);
  print("flow spectrum", {
    sites: SITES,
    momenta: points,
    momentum_us: 1000 * times.one / points,
    momentum_of_1000_settings_us: 1000 * times.thousand / points,
    setting_us: times.finish,
  });
}

/**
 * Times the sweep of `fig3a` at 64 × 64, diagonalized and in memory, in one thread: 41 Fermi levels at 3 slopes.
 *
 * @returns Seconds, the median of some rounds.
 */
export function sweepInMemory(): number {
  const momentum = { qy: 64, qz: 64 }, blocks = gridOf(benchSlab(SITES), momentum);
  const sets = [0.005, 0.01, 0.02].flatMap((chemical_potential_slope) =>
    fermiLevels(41, { chemical_potential_slope }).map((baths) => ({ sites: SITES, momentum, baths }))
  );
  const { sweep } = medians({
    sweep() {
      const shares = blocks.map((modes, index) => currentStage.partial(sets, modes, index, () => {}));
      void [...currentStage.finish(sets, shares.reduce((total, share) => currentStage.combine(total, share)))];
    },
  }, 5);
  return sweep / 1000;
}

/** Prints a line for all sites, and one for totals, each in blocks of 8 momenta and of 32, a row of a 64 × 64 grid. */
export function contractions(): void {
  const uniform = settingsOf(SETTINGS, {}),
    profile = settingsOf(SETTINGS, { inverse_temperature_slope: 1 }),
    cold = settingsOf(SETTINGS, { inverse_temperature: 100 });
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
