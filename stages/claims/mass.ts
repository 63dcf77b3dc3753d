/**
 * What the paper says of the mass, Fig. 3(d).
 *
 * @module
 */
import { type Claim, written } from "./claim.ts";
import { charge, isNeutral, NOISE, potentialDriven, significance } from "./currents.ts";
import { curves, type Evidence, type Row } from "./evidence.ts";
import { largest, smallest, worst } from "./extremes.ts";
import { slabOf } from "./slab_facts.ts";

const MASS = "model.mass";

/** Whether a row is of the slab of the paper's figures, but for its mass: numbers such as −1.2 are of no other. */
function isPaperSlab(row: Row): boolean {
  const { profile, sites, velocity, hopping, field, reach } = slabOf(row);
  return profile === "linear" && sites === 50 && velocity === 1 && hopping === -1 && field === 1.6 && reach === 50;
}

const gapOpens: Claim = {
  id: "gap-opens",
  claim: "The gap opens around m = −1.2.",
  source: "Fig. 3(d): “phase transition occurs around m = −1.2”",
  quantity: "mass at which the gap bends most (v/a), the one farthest from −1.2",
  // “Around”: the star of the figure is read to a tenth.
  bound: { least: -1.3, most: -1.1 },
  measure(evidence) {
    const settings = evidence.settings("gap_opening") as { readonly along?: string } | undefined;
    if (settings?.along !== MASS) return undefined;
    // A gap may open on the other side, too, of which the paper says nothing.
    const rows = evidence.rows("gap_opening").filter((row) => isPaperSlab(row) && row.number("opening") < 0);
    const found = worst(rows.map((row) => row.number("opening")), (opening) => Math.abs(opening + 1.2));
    return found === undefined ? undefined : { value: found };
  },
};

/** A current at a mass, which counts towards the trivial phase: m/λ, the mass times the sign of λ. */
interface Point {
  readonly mass: number;
  /** |J|. */
  readonly current: number;
  readonly row: Row;
}

/** Curves along the mass at μ_F = 0, driven by a gradient of the chemical potential in a linear field, by ascending mass. */
function massCurves(evidence: Evidence): Point[][] {
  const rows = potentialDriven(evidence).filter((row) => {
    const { profile, hopping, velocity } = slabOf(row);
    return isNeutral(row) && profile === "linear" && hopping !== 0 && velocity > 0;
  });
  return curves(rows, MASS).map((curve) =>
    curve.map((row) => {
      const { mass, hopping } = slabOf(row);
      return { mass: mass * Math.sign(hopping) + 0, current: Math.abs(charge(row)), row };
    }).sort((a, b) => a.mass - b.mass)
  ).filter((curve) => largest(curve.map(({ current }) => current)) > NOISE);
}

/** A mass of 0, as ranges have it. */
function isMassless({ mass }: Point): boolean {
  return Math.abs(mass) < 1e-9;
}

/** The part of a curve from m = 0 outwards to the trivial side. */
function outwards(curve: readonly Point[]): Point[] {
  return curve.some(isMassless) ? curve.filter(({ mass }) => mass > -1e-9) : [];
}

/** For each mass, the current there over the smallest one at masses that are nearer to 0 by a quarter of the curve or more. */
function falling(curve: readonly Point[]): number {
  const gap = (curve.at(-1)!.mass - curve[0].mass) / 4;
  let least = Infinity, nearer = 0, most = -Infinity;
  for (const { mass, current } of curve) {
    while (curve[nearer].mass <= mass - gap * (1 - 1e-9) && gap > 0) least = Math.min(least, curve[nearer++].current);
    if (nearer > 0) most = Math.max(most, current / Math.max(least, NOISE));
  }
  return most;
}

/** Where on the other side of m = 0 the current is larger than without mass. */
function largerBeyond(curve: readonly Point[]): string | undefined {
  const massless = curve.find(isMassless)?.current ?? 0;
  const peak = worst(curve, ({ current }) => current);
  if (peak === undefined || peak.mass > -1e-9 || massless <= NOISE || peak.current <= 1.02 * massless) return undefined;
  return `largest at m = ${written(slabOf(peak.row).mass)}, ${written(peak.current / massless)} times that at m = 0`;
}

const falls: Claim = {
  id: "falls-with-the-mass",
  claim: "The current decreases as |m| grows.",
  source: "Fig. 3(d): “current decreases as |m| increases”",
  quantity:
    "largest ratio of |J| to the smallest |J| nearer to m = 0 by a quarter of the masses, towards the trivial phase",
  // Neighbouring masses may differ by less than the grid of momenta is good for; over a quarter a fall is a hundredth at least.
  bound: { most: 0.99 },
  measure(evidence) {
    const found = massCurves(evidence).filter((curve) => outwards(curve).length >= 5);
    const most = worst(found, (curve) => falling(outwards(curve)));
    if (most === undefined) return undefined;
    const peak = found.map(largerBeyond).find((text) => text !== undefined);
    return {
      value: falling(outwards(most)),
      limits: peak === undefined ? undefined : `the other way it grows: ${peak}`,
    };
  },
};

/** In the paper's slab the gap opens at −1.2, and is open from here on; λ = −1, so that it is +1.3 outwards. */
const TRIVIAL = 1.3;

const staysFinite: Claim = {
  id: "finite-in-the-trivial-phase",
  claim: "The current remains finite in the trivial phase.",
  source: "Fig. 3(d): “it remains finite even in the trivial phase”",
  quantity: "smallest |J| over its stated error for m below −1.3",
  bound: { least: 3 },
  measure(evidence) {
    const found = massCurves(evidence).flatMap((curve) => {
      const top = largest(curve.map(({ current }) => current));
      // An error that is not small cannot tell a small current from none.
      return curve.filter(({ mass, row }) =>
        isPaperSlab(row) && mass > TRIVIAL && Math.abs(row.number("charge_current_error")) <= top / 100
      );
    });
    return found.length === 0 ? undefined : { value: smallest(found.map(({ row }) => significance(row))) };
  },
};

const enhanced: Claim = {
  id: "enhanced-without-mass",
  claim: "The current is much larger without mass than in the trivial phase.",
  source: "Fig. 3(d): “the ISHE can be substantially enhanced in the massless case”",
  quantity: "|J| at m = 0 over the largest |J| at m below −1.3",
  // “Substantially”: twice at the least.
  bound: { least: 2 },
  measure(evidence) {
    const found = massCurves(evidence).flatMap((curve) => {
      const massless = curve.find(isMassless), trivial = curve.filter(({ mass }) => mass > TRIVIAL);
      if (massless === undefined || trivial.length === 0 || !isPaperSlab(massless.row)) return [];
      return [{ ratio: massless.current / largest(trivial.map(({ current }) => current)), curve }];
    });
    const least = worst(found, ({ ratio }) => -ratio);
    return least === undefined ? undefined : {
      value: least.ratio,
      limits: found.map(({ curve }) => largerBeyond(curve)).find((text) => text !== undefined),
    };
  },
};

const smallMass: Claim = {
  id: "small-mass",
  claim: "A small mass changes the current only quantitatively.",
  source:
    "below Eq. (2): “the results change only quantitatively when m is small (see Fig. 3(d) for the mass dependency)”",
  quantity: "largest |J(m)/J(0) − 1| for |m| ≤ A⁵/8",
  // No other sign, and no other order of magnitude.
  bound: { most: 0.5 },
  measure(evidence) {
    const changes = massCurves(evidence).flatMap((curve) => {
      const massless = curve.find(isMassless);
      if (massless === undefined || massless.current <= NOISE) return [];
      const small = curve.filter(({ mass, row }) =>
        Math.abs(mass) > 1e-9 && Math.abs(mass) <= Math.abs(slabOf(row).field) / 8 + 1e-9
      );
      return small.map(({ row }) => Math.abs(charge(row) / charge(massless.row) - 1));
    });
    return changes.length === 0 ? undefined : { value: largest(changes) };
  },
};

/** The claims. */
export const massClaims: readonly Claim[] = [gapOpens, falls, staysFinite, enhanced, smallMass];
