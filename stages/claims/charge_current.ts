/**
 * What the paper says of the anomalous current: when there is one, and how it goes with the Fermi level, Fig. 3(a, b).
 *
 * @module
 */
import { type Claim, percent, written } from "./claim.ts";
import {
  charge,
  cleanCurrents,
  FERMI_LEVEL,
  isNeutral,
  mirrored,
  NOISE,
  POTENTIAL_SLOPE,
  potentialDriven,
  ROUNDING,
  significance,
  TEMPERATURE_SLOPE,
  temperatureDriven,
} from "./currents.ts";
import { curves, type Row } from "./evidence.ts";
import { largest, worst } from "./extremes.ts";
import { firstLevel, hasLandauLevel, slabOf } from "./slab_facts.ts";

/** So many errors away from 0 a current is one. */
const SIGNIFICANT = 10;

const isPaperKind = (row: Row): boolean => hasLandauLevel(slabOf(row));

const potentialCurrent: Claim = {
  id: "potential-gradient-drives-current",
  claim: "A gradient of the chemical potential drives a current.",
  source: "Fig. 3(a): “nonzero anomalous currents appear in both nonequilibrium cases”",
  quantity: "largest |J| over its stated error",
  bound: { least: SIGNIFICANT },
  measure(evidence) {
    const rows = potentialDriven(evidence).filter(isPaperKind);
    return rows.length === 0 ? undefined : { value: largest(rows.map(significance)) };
  },
};

const temperatureCurrent: Claim = {
  id: "temperature-gradient-drives-current",
  claim: "Off the neutral point a temperature gradient drives a current: without the ultraviolet cutoff it would not.",
  source: "Fig. 3(b), below Eq. (9): “and a finite current in Eq. (9) if we simply take the UV limit”",
  quantity: "largest |J| over its stated error, where the limit Λ → ∞ of Eq. (9) is 0",
  bound: { least: SIGNIFICANT },
  measure(evidence) {
    const rows = temperatureDriven(evidence).filter((row) => isPaperKind(row) && !isNeutral(row));
    return rows.length === 0 ? undefined : { value: largest(rows.map(significance)) };
  },
};

const equilibrium: Claim = {
  id: "no-current-in-equilibrium",
  claim: "Without a gradient there is no current, whatever the Fermi level and the temperature.",
  source: "below Eq. (7): “finite current can be obtained when either μ_FA ≠ μ_CLL or β_FA ≠ β_CLL (or both)”",
  quantity: "largest |J| without gradients (e v/ħa²)",
  bound: { most: ROUNDING },
  measure(evidence) {
    const rows = cleanCurrents(evidence).filter((row) =>
      // At μ = 0 there would be none in any case.
      // Couplings that a formula gives are the subject of claims of their own.
      row.at(POTENTIAL_SLOPE) === 0 && row.at(TEMPERATURE_SLOPE) === 0 && !isNeutral(row) &&
      typeof row.at("baths.coupling") !== "string"
    );
    return rows.length === 0 ? undefined : { value: largest(rows.map((row) => Math.abs(charge(row)))) };
  },
};

/** Largest |J₁ + J₂| of pairs of rows over their largest |J|; undefined if there is nothing but noise. */
function sumOverSize(pairs: readonly (readonly [Row, Row])[]): { value: number } | undefined {
  const scale = largest(pairs.flat().map((row) => Math.abs(charge(row))));
  return scale > NOISE ? { value: largest(pairs.map(([a, b]) => Math.abs(charge(a) + charge(b)))) / scale } : undefined;
}

const particleHole: Claim = {
  id: "particle-hole-symmetry",
  claim: "Reversing all chemical potentials reverses the charge current.",
  source: "below Eq. (3): “particle-hole symmetry of Eq. (2)”",
  quantity: "largest |J(μ_F, slope) + J(−μ_F, −slope)| over the largest |J|",
  bound: { most: ROUNDING },
  measure(evidence) {
    const rows = cleanCurrents(evidence).filter((row) => Number(row.at(POTENTIAL_SLOPE)) !== 0);
    const groups = curves(rows, POTENTIAL_SLOPE, FERMI_LEVEL);
    return sumOverSize(groups.flatMap((group) => mirrored(group, POTENTIAL_SLOPE, FERMI_LEVEL)));
  },
};

const odd: Claim = {
  id: "odd-in-the-fermi-level",
  claim: "Driven by a gradient of the temperature, the current is odd in μ_F.",
  source: "Fig. 3(b), Eq. (9): “verifies the odd-function profile in Fig. 3(b)”",
  quantity: "largest |J(μ_F) + J(−μ_F)| over the largest |J|",
  // Exact by particle-hole symmetry.
  bound: { most: ROUNDING },
  measure: (evidence) =>
    sumOverSize(curves(temperatureDriven(evidence), FERMI_LEVEL).flatMap((curve) => mirrored(curve, FERMI_LEVEL))),
};

/** The odd part over the even part may grow with the slope this many times faster than in proportion. */
const LEADING_ORDER = 1.2;

/** How far from even the currents are that differ in the Fermi level only. */
interface Oddness {
  readonly slope: number;
  /** Largest odd part over the largest even part. */
  readonly share: number;
}

/** The smallest and the largest slope of currents that differ in slope and Fermi level only. */
function oddness(group: readonly Row[]): { value: number; least: Oddness; most: Oddness; isLeading: boolean }[] {
  const found = curves(group, FERMI_LEVEL).flatMap((curve): Oddness[] => {
    const pairs = mirrored(curve, FERMI_LEVEL).map((pair) => pair.map(charge));
    const [oddPart, evenPart] = [-1, 1].map((sign) => largest(pairs.map(([a, b]) => Math.abs(a + sign * b) / 2)));
    if (!(evenPart + oddPart > NOISE)) return [];
    return [{ slope: Math.abs(Number(curve[0].at(POTENTIAL_SLOPE))), share: oddPart / Math.max(evenPart, NOISE) }];
  }).sort((a, b) => a.slope - b.slope || b.share - a.share);
  if (found.length === 0) return [];
  const [least] = found, most = found.at(-1)!;
  // What grows faster than the slope is no higher order of it, and the claim would not hold to leading order.
  const isLeading = most.share <= LEADING_ORDER * least.share * most.slope / least.slope + ROUNDING;
  return [{ value: isLeading ? least.share : most.share, least, most, isLeading }];
}

const even: Claim = {
  id: "even-in-the-fermi-level",
  claim: "Driven by a gradient of the chemical potential, the current is even in μ_F.",
  source: "Fig. 3(a), Eq. (8): “an even function of μ_F as in Fig. 3(a)”",
  quantity: "largest odd part over the largest even part along μ_F, at the smallest slope",
  // What the eye takes for symmetric in a figure.
  bound: { most: 0.05 },
  measure(evidence) {
    const groups = curves(potentialDriven(evidence), FERMI_LEVEL, POTENTIAL_SLOPE).flatMap(oddness);
    const found = worst(groups, ({ value }) => value);
    if (found === undefined) return undefined;
    const { value, least, most, isLeading } = found, exact = "exact is J(μ_F, slope) = −J(−μ_F, −slope)";
    if (most.share < ROUNDING) return { value };
    return {
      value,
      limits: isLeading && most.slope > least.slope
        ? `${exact}; even to leading order in the slope: the odd part is ${percent(least.share)} at ${
          written(least.slope)
        } and ${percent(most.share)} at ${written(most.slope)}`
        : `${exact}; the odd part is ${percent(most.share)} at ${written(most.slope)}`,
    };
  },
};

const independent: Claim = {
  id: "independent-of-the-fermi-level",
  claim: "Driven by a gradient of the chemical potential, the current does not depend on μ_F.",
  source: "below Eq. (8): “⟨J_y⟩ is independent of μ_F”",
  quantity: "largest |J(μ_F)/J(0) − 1| below the first Landau level, |μ_F| ≤ √(2vB⁵)",
  // The grid of momenta and the odd part, which is of the next order in the slope, are a few hundredths together.
  bound: { most: 0.1 },
  measure(evidence) {
    const found = curves(potentialDriven(evidence).filter(isPaperKind), FERMI_LEVEL).flatMap((curve) => {
      const neutral = curve.find(isNeutral), level = firstLevel(slabOf(curve[0]));
      if (neutral === undefined || Math.abs(charge(neutral)) <= NOISE) return [];
      const changes = curve.map((row) => ({
        level: Number(row.at(FERMI_LEVEL)),
        change: charge(row) / charge(neutral) - 1,
      }));
      const low = changes.filter((one) => Math.abs(one.level) <= level);
      // Levels close to 0 show nothing.
      if (!low.some((one) => Math.abs(one.level) >= level / 2)) return [];
      return [{
        value: largest(low.map(({ change }) => Math.abs(change))),
        far: worst(changes, ({ change }) => Math.abs(change))!,
      }];
    });
    const most = worst(found, ({ value }) => value);
    if (most === undefined) return undefined;
    const { value, far: { level, change } } = most;
    return {
      value,
      limits: Math.abs(change) <= 0.1
        ? undefined
        : `further off it does: ${percent(Math.abs(change))} ${change < 0 ? "less" : "more"} at μ_F = ${
          written(level)
        }`,
    };
  },
};

/** The claims. */
export const chargeCurrentClaims: readonly Claim[] = [
  potentialCurrent,
  temperatureCurrent,
  equilibrium,
  particleHole,
  even,
  odd,
  independent,
];
