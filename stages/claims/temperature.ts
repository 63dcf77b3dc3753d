/**
 * What the paper says of the current against the imbalance at several temperatures, Fig. 3(c) and Eq. (8).
 *
 * @module
 */
import { chargePrefactor } from "../formula/transport_formula.ts";
import { type Claim, percent, written } from "./claim.ts";
import { charge, isNeutral, NOISE, POTENTIAL_SLOPE, potentialDriven, TEMPERATURE } from "./currents.ts";
import { curves, type Evidence } from "./evidence.ts";
import { largest, smallest, worst } from "./extremes.ts";
import { arcEnd, firstLevel, hasLandauLevel, type SlabFacts, slabOf } from "./slab_facts.ts";

/** J against the imbalance μ_CLL − μ_FA of one temperature, at μ_F = 0. */
interface Line {
  readonly beta: number;
  readonly points: readonly { readonly imbalance: number; readonly current: number }[];
  /** J over the imbalance by least squares. */
  readonly slope: number;
  readonly slab: SlabFacts;
  /** Lines with one key differ in the temperature only. */
  readonly family: string;
}

/** All lines with three imbalances or more of different size; two that are opposite are on a line in any case. */
function lines(evidence: Evidence): Line[] {
  return curves(potentialDriven(evidence).filter(isNeutral), POTENTIAL_SLOPE).flatMap((curve): Line[] => {
    const slab = slabOf(curve[0]);
    const points = curve.map((row) => {
      // μ_CLL = μ_F and μ_FA = μ_0, that of the first site.
      const imbalance = Number(row.at(POTENTIAL_SLOPE)) * (slab.sites - 1) / 2;
      return { imbalance, current: charge(row) };
    });
    const sizes = points.map(({ imbalance }) => Math.abs(imbalance));
    const isLine = new Set(sizes.map((size) => size.toPrecision(9))).size >= 3 &&
      largest(sizes) >= 2 * smallest(sizes) && largest(points.map(({ current }) => Math.abs(current))) > NOISE;
    if (!isLine) return [];
    const slope = points.reduce((sum, p) => sum + p.imbalance * p.current, 0) /
      points.reduce((sum, p) => sum + p.imbalance ** 2, 0);
    const family = curve[0].apartFrom(POTENTIAL_SLOPE, TEMPERATURE);
    return [{ beta: Number(curve[0].at(TEMPERATURE)), points, slope, slab, family }];
  });
}

const linear: Claim = {
  id: "linear-in-the-imbalance",
  claim: "The current is proportional to μ_CLL − μ_FA at each temperature.",
  source: "Fig. 3(c), Eq. (8): “clearly linear dependency”",
  quantity: "largest deviation from the straight line through 0, over the largest current of its temperature",
  // What the eye takes for straight in a figure.
  bound: { most: 0.05 },
  measure(evidence) {
    const found = lines(evidence).map(({ points, slope }) =>
      largest(points.map(({ imbalance, current }) => Math.abs(current - slope * imbalance))) /
      largest(points.map(({ current }) => Math.abs(current)))
    );
    return found.length === 0 ? undefined : { value: largest(found) };
  },
};

/** Families of lines of one slab with the paper's chiral states at several temperatures, from hot to cold. */
function families(evidence: Evidence, fewest: number): Line[][] {
  const found = lines(evidence).filter(({ slab, slope }) => hasLandauLevel(slab) && slope !== 0);
  return [...Map.groupBy(found, ({ family }) => family).values()]
    .map((family) => [...new Map(family.map((line) => [line.beta, line])).values()].sort((a, b) => a.beta - b.beta))
    .filter((family) => family.length >= fewest);
}

/** β times the energy of the first Landau level: how cold the slab is. */
function coldness({ beta, slab }: Line): number {
  return beta * firstLevel(slab);
}

/** A⁵/2π², what Eq. (8) puts before tanh. */
function prefactorOf({ slab }: Line): number {
  return chargePrefactor(slab.field);
}

const temperatureDependence: Claim = {
  id: "temperature-dependence",
  claim: "The current of a given imbalance depends on temperature: without the ultraviolet cutoff it would not.",
  source: "below Eq. (9): “would not get the temperature dependence in Eq. (8)”",
  quantity: "1 − J/(μ_CLL − μ_FA) of the hottest line over that of the coldest, where the limit Λ → ∞ of Eq. (8) has 0",
  bound: { least: 0.1 },
  measure(evidence) {
    // Cold lines only are alike in Eq. (8), too.
    const found = families(evidence, 2).filter((family) =>
      coldness(family[0]) <= 0.5 && family.at(-1)!.beta >= 2 * family[0].beta
    );
    return found.length === 0
      ? undefined
      : { value: smallest(found.map((family) => 1 - family[0].slope / family.at(-1)!.slope)) };
  },
};

/** A power of β: 1 of a slab that is hot, 0 of one at its cold limit. */
const SATURATED = 0.2;

const coldLimit: Claim = {
  id: "cold-limit",
  claim: "The lines approach a fixed one at low temperature.",
  source: "Fig. 3(c), Eq. (8): “the data points asymptotically approach a fixed line at low temperature”",
  quantity: "power of β with which J/(μ_CLL − μ_FA) still goes between the two coldest lines",
  bound: { least: -SATURATED, most: SATURATED },
  measure(evidence) {
    // Above half the energy of the first Landau level the paper does not speak of low temperature.
    const cold = families(evidence, 3).filter((family) => coldness(family.at(-1)!) >= 2);
    const found = cold.map((family) => {
      const [before, last] = family.slice(-2);
      return { power: Math.log(last.slope / before.slope) / Math.log(last.beta / before.beta), last };
    });
    const most = worst(found, ({ power }) => Math.abs(power));
    if (most === undefined) return undefined;
    const { power, last } = most, share = last.slope / prefactorOf(last);
    const arc = arcEnd(last.slab) * last.slab.velocity / Math.abs(last.slab.field);
    const reason = Math.abs(share - arc) <= 0.05 ? `, as the arcs end at ${written(arc)} of the printed |q_z|` : "";
    return {
      value: power,
      limits: Math.abs(share - 1) <= 0.05
        ? undefined
        : `the line at β = ${written(last.beta)} has ${written(share)} of the slope A⁵/2π² of Eq. (8)${reason}`,
    };
  },
};

/** A fit of slopes. */
interface Fit {
  readonly gain: number;
  readonly cutoff: number;
  /** Of the relative deviations the largest: a formula is as good as its worst temperature. */
  readonly deviation: number;
}

/** Slopes in units of A⁵/2π², as g·tanh(βvΛ/2) with the Λ of the smallest deviation; g by least squares, or given. */
function tanhFit(found: readonly Line[], given?: number): Fit {
  const slopes = found.map((line) => line.slope / prefactorOf(line));
  const at = (cutoff: number): Fit => {
    const shape = found.map(({ beta, slab }) => Math.tanh(beta * slab.velocity * cutoff / 2));
    const gain = given ??
      shape.reduce((sum, t, i) => sum + t * slopes[i], 0) / shape.reduce((sum, t) => sum + t * t, 0);
    return { gain, cutoff, deviation: largest(shape.map((t, i) => Math.abs(gain * t / slopes[i] - 1))) };
  };
  // Λ in steps of a thousandth up to the zone's edge: fine enough for three digits, and no minimum is missed.
  let best = at(1e-3);
  for (let step = 2; step <= 3141; step++) {
    const fit = at(step / 1000);
    if (fit.deviation < best.deviation) best = fit;
  }
  return best;
}

const tanhFactor: Claim = {
  id: "tanh-factor",
  claim: "The temperature enters as tanh(βvΛ/2), with one cutoff Λ for all temperatures.",
  source: "Eq. (8), Fig. 3(c): “These findings are in line with Eq. (8)”",
  quantity: "largest relative deviation of J/(μ_CLL − μ_FA) from A⁵/2π² tanh(βvΛ/2) with the best common Λ",
  // Twice what the lines are straight to.
  bound: { most: 0.1 },
  measure(evidence) {
    // Five temperatures for one number, of which the coldest is thrice the hottest: with fewer a fit would say little.
    const found = families(evidence, 5).filter((family) => family.at(-1)!.beta >= 3 * family[0].beta)
      .map((family) => ({ printed: tanhFit(family, 1), free: tanhFit(family) }));
    const most = worst(found, ({ printed }) => printed.deviation);
    if (most === undefined) return undefined;
    const { printed, free } = most;
    return {
      value: printed.deviation,
      limits: printed.deviation - free.deviation < 0.02
        ? undefined
        : `with ${written(free.gain)} of the prefactor and Λ = ${written(free.cutoff)} the deviation is ${
          percent(free.deviation)
        }`,
    };
  },
};

/** The claims. */
export const temperatureClaims: readonly Claim[] = [linear, temperatureDependence, coldLimit, tanhFactor];
