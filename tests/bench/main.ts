/**
 * The benchmarks: ratios measured in one run on one machine, one JSON object a line. Tests assert none of them.
 *
 * @module
 */
import { baths } from "../../stages/current/baths.ts";
import { contractBlock } from "../../stages/current/contraction.ts";
import { chiralModes } from "../../stages/diagonalize/chiral_modes.ts";
import { momentumBlock } from "../../stages/diagonalize/momentum_block.ts";
import { StructuredSolver } from "../../stages/diagonalize/structured_solver.ts";
import { chiralGaugeField } from "../../stages/hamiltonian/gauge_field.ts";
import type { Slab } from "../../stages/hamiltonian/slab.ts";
import { hermitianEigen } from "../twins/hermitian.ts";
import { realFormEigen } from "../twins/real_form.ts";
import { denseHamiltonian } from "../twins/slab.ts";
import { coldAndWarm } from "./processes.ts";
import { medians, print } from "./measure.ts";
import { costOfAccuracy } from "./momenta.ts";

function paperSlab(sites: number): Slab {
  const field = { profile: "linear", amplitude: 1.6, cutoff: sites } as const;
  return { sites, velocity: 1, mass: 0, hopping: -1, chiralGaugeField: chiralGaugeField(field, sites) };
}

/** Momenta spread evenly over the quarter zone. */
function momentum(i: number): { qy: number; qz: number } {
  return { qy: 0.05 + 3 * ((i * 0.618034) % 1), qz: 0.05 + 3 * ((i * 0.754878) % 1) };
}

/** One momentum, structured against dense, with the number of momenta the structured solver takes in a round. */
function diagonalization(sites: number, structuredCount: number, rounds: number, complex: boolean): number {
  const slab = paperSlab(sites), solver = new StructuredSolver(slab), modes = chiralModes(sites);
  let i = 0;
  for (let warm = 0; warm < 200; warm++) solver.solve(momentum(i++), modes);
  const dense = () => {
    const { qy, qz } = momentum(i++);
    (complex ? hermitianEigen : realFormEigen)(denseHamiltonian(slab, qy, qz));
  };
  const structured = () => {
    for (let k = 0; k < structuredCount; k++) solver.solve(momentum(i++), modes);
  };
  const times = medians({ structured, dense }, rounds);
  const each = times.structured / structuredCount;
  print("one momentum", {
    sites,
    structured_ms: each,
    dense_ms: times.dense,
    dense: complex ? "complex 4L" : "real 4L",
    ratio: times.dense / each,
  });
  return each;
}

function contraction(): void {
  const slab = paperSlab(50), points = [0, 1, 2, 3, 4, 5, 6, 7].map(momentum);
  const block = momentumBlock(slab, new StructuredSolver(slab), {
    qy: points.map(({ qy }) => qy),
    qz: points.map(({ qz }) => qz),
  });
  const weight = new Float64Array(points.length).fill(1);
  const settings = (slope: number) =>
    Array.from({ length: 64 }, (_, i) => ({
      fermi_level: -1 + i / 32,
      chemical_potential_slope: 0.01,
      inverse_temperature: 1,
      inverse_temperature_slope: slope,
    })).map((parameters) => baths(parameters, 50));
  const uniform = settings(0), profile = settings(1);
  const times = medians({
    uniform: () => contractBlock(block, uniform, weight, weight),
    profile: () => contractBlock(block, profile, weight, weight),
  }, 9);
  const calls = points.length * uniform.length;
  print("contraction, per momentum and bath setting", {
    sites: 50,
    uniform_us: 1000 * times.uniform / calls,
    profile_us: 1000 * times.profile / calls,
  });
}

const each = [diagonalization(50, 40, 5, true), diagonalization(100, 10, 3, false)];
const large = new StructuredSolver(paperSlab(400)), modes = chiralModes(400);
const times = medians({ large: () => large.solve(momentum(7), modes) }, 3);
print("growth with the number of sites", {
  exponent: Math.log(times.large / each[1]) / Math.log(4),
  at_400_ms: times.large,
});
contraction();
for (const [beta, wanted] of [[1, 1e-6], [10, 5e-6]]) {
  const baths = {
    fermi_level: 0,
    chemical_potential_slope: 0.01,
    inverse_temperature: beta,
    inverse_temperature_slope: 0,
  };
  const { midpoint, "gauss-legendre": gauss, adaptive } = await costOfAccuracy(paperSlab(50), baths, wanted);
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
const { cold, warm } = await coldAndWarm("configs/fig3a.yaml", { "momentum.qy": 64, "momentum.qz": 64 });
print("fig3a, 64 x 64, whole process", { cold_s: cold, warm_s: warm, ratio: cold / warm });
