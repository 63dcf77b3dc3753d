/**
 * The benchmarks: ratios measured in one run on one machine, one JSON object a line. Tests assert none of them.
 *
 * @module
 */
import { inTemporaryFolder } from "../../pipeline/testing/temporary_folder.ts";
import { momentumBlock } from "../../stages/diagonalize/momentum_block.ts";
import type { ChiralSolver } from "../../stages/diagonalize/solver.ts";
import { chiralSolver } from "../../stages/kernel/kernel.ts";
import { hermitianEigen } from "../twins/hermitian.ts";
import { realFormEigen } from "../twins/real_form.ts";
import { denseHamiltonian } from "../twins/slab.ts";
import { benchMomentum, benchSlab } from "./bench_slab.ts";
import { contractions, spectra, sweepInMemory } from "./contraction.ts";
import { greenFunctions } from "./green_functions.ts";
import { changedBaths, coldAndWarm, oneAndTwoWorkers, withoutCharts } from "./processes.ts";
import { medians, print } from "./measure.ts";
import { warmRuns } from "./warm_runs.ts";
import { workers } from "./workers.ts";
import { costOfAccuracy } from "./momenta.ts";

/** Momenta of a round: about 20 ms of the compiled kernel. */
function momentaOfRound(sites: number): number {
  return Math.max(2, 2 * Math.round(3.5e5 / (2 * sites * sites)));
}

/** Solvers against each other at one size, all as `momentumBlock` uses them; returns ms a momentum of the compiled one. */
function diagonalization(sites: number, dense?: "complex 4L" | "real 4L"): number {
  const slab = benchSlab(sites), count = momentaOfRound(sites);
  const solvers = { compiled: chiralSolver(slab, "wasm-simd"), structured: chiralSolver(slab, "typescript") };
  let i = 0;
  const round = (solver: ChiralSolver, points: number) => () => {
    const momenta = Array.from({ length: points }, () => benchMomentum(i++));
    momentumBlock(slab, solver, { qy: momenta.map(({ qy }) => qy), qz: momenta.map(({ qz }) => qz) });
  };
  // Compilers need some hundred momenta before they do their best.
  for (let warm = 0; warm < 200; warm += count) Object.values(solvers).forEach((solver) => round(solver, count)());
  const structuredCount = Math.max(1, Math.round(count / 4));
  const actions: Record<string, () => void> = {
    compiled: round(solvers.compiled, count),
    structured: round(solvers.structured, structuredCount),
  };
  if (dense !== undefined) {
    actions.dense = () => {
      const { qy, qz } = benchMomentum(i++);
      (dense === "complex 4L" ? hermitianEigen : realFormEigen)(denseHamiltonian(slab, qy, qz));
    };
  }
  const times = medians(actions, 5);
  const each = times.compiled / count, structured = times.structured / structuredCount;
  print("one momentum", {
    sites,
    compiled_ms: each,
    structured_ms: structured,
    structured_over_compiled: structured / each,
    ...dense === undefined ? {} : { dense, dense_ms: times.dense, dense_over_compiled: times.dense / each },
  });
  return each;
}

/** The slope of log y against log x by least squares. */
function exponent(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const u = x.map(Math.log), v = y.map(Math.log), centreU = mean(u), centreV = mean(v);
  const slope = (w: readonly number[]) => u.reduce((sum, value, i) => sum + (value - centreU) * w[i], 0);
  return slope(v.map((value) => value - centreV)) / slope(u);
}

const sizes = [50, 100, 200, 400];
const each = [
  diagonalization(50, "complex 4L"),
  diagonalization(100, "real 4L"),
  diagonalization(200),
  diagonalization(400),
];
print("growth of the compiled kernel with the number of sites", { exponent: exponent(sizes, each) });
contractions();
spectra();
greenFunctions();
for (const [beta, wanted] of [[1, 1e-6], [10, 5e-6]]) {
  const baths = {
    fermi_level: 0,
    chemical_potential_slope: 0.01,
    inverse_temperature: beta,
    inverse_temperature_slope: 0,
  };
  const { midpoint, "gauss-legendre": gauss, adaptive } = await costOfAccuracy(benchSlab(50), baths, wanted);
  print("momenta for one current within an error", {
    beta,
    error: wanted,
    midpoint: midpoint.momenta,
    gauss_legendre: gauss.momenta,
    adaptive: adaptive.momenta,
    midpoint_to_gauss_legendre: midpoint.momenta / gauss.momenta,
    midpoint_to_adaptive: midpoint.momenta / adaptive.momenta,
    time_midpoint_to_gauss_legendre: midpoint.seconds / gauss.seconds,
    time_midpoint_to_adaptive: midpoint.seconds / adaptive.seconds,
  });
}
const fig3a = "configs/fig3a.yaml", grid = { "momentum.qy": 64, "momentum.qz": 64 };
const { cold, warm } = await coldAndWarm(fig3a, grid);
print("fig3a, 64 x 64, whole process", { cold_s: cold, warm_s: warm, ratio: cold / warm });
print("fig3a, 64 x 64, 41 levels at 3 slopes, other temperatures", {
  in_memory_s: sweepInMemory(),
  without_charts_s: await inTemporaryFolder(async (folder) => changedBaths(await withoutCharts(fig3a, folder), grid)),
  whole_process_s: await changedBaths(fig3a, grid),
});
for (const [points, rounds] of [[100, 5], [400, 3]]) {
  const finer = { "momentum.qy": points, "momentum.qz": points };
  const { one, two, ratio } = await oneAndTwoWorkers(fig3a, finer, rounds);
  print(`fig3a, ${points} x ${points}, whole process on an empty cache`, {
    two_workers_s: two,
    one_worker_s: one,
    one_over_two: ratio,
  });
}
await workers();
await warmRuns();
