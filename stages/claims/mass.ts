/**
 * What the paper says of the mass, Fig. 3(d).
 *
 * @module
 */
import { type Claim, written } from "./claim.ts";
import { curves, type Evidence, type Row } from "./evidence.ts";

const MASS = "model.mass";

/** Whether a row is of the slab of the paper's figures, but for its mass. */
function isPaperSlab(row: Row): boolean {
  const slab = { velocity: 1, hopping: -1, sites: 50, "gauge_field.amplitude": 1.6, "gauge_field.cutoff": 50 };
  return row.at("model.gauge_field.profile") === "linear" &&
    Object.entries(slab).every(([key, value]) => row.at(`model.${key}`) === value);
}

const gapOpens: Claim = {
  id: "gap-opens",
  claim: "The gap opens around m = −1.2.",
  source: "Fig. 3(d): “phase transition occurs around m = −1.2”",
  quantity: "mass at which the gap bends most (v/a)",
  bound: { least: -1.3, most: -1.1 },
  measure(evidence) {
    const rows = evidence.rows("gap_opening").filter(isPaperSlab);
    if (rows.length === 0) return undefined;
    const away = rows.map((row) => row.number("opening")).sort((a, b) => Math.abs(b + 1.2) - Math.abs(a + 1.2));
    return { value: away[0] };
  },
};

/** Currents along the mass, at μ_F = 0 and a slope of the chemical potential, in the order of the mass. */
function massCurves(evidence: Evidence): Row[][] {
  const rows = evidence.rows("current").filter((row) =>
    row.at("baths.fermi_level") === 0 && row.at("baths.chemical_potential_slope") !== 0
  );
  return curves(rows, MASS).map((curve) => curve.toSorted((a, b) => Number(a.at(MASS)) - Number(b.at(MASS))));
}

/** The part of a curve from m = 0 to the most negative mass, outwards. */
function outwards(curve: readonly Row[]): Row[] {
  return curve.filter((row) => Number(row.at(MASS)) <= 1e-9).toReversed();
}

function current(row: Row): number {
  return row.number("charge_current");
}

const falls: Claim = {
  id: "falls-with-the-mass",
  claim: "The current decreases as |m| grows.",
  source: "Fig. 3(d): “the current decreases as |m| increases”",
  quantity: "largest ratio of the current to that at the mass before, from m = 0 to the trivial side",
  bound: { most: 1 },
  measure(evidence) {
    const found = massCurves(evidence).filter((curve) => outwards(curve).length >= 5);
    if (found.length === 0) return undefined;
    const ratios = found.flatMap((curve) => {
      const line = outwards(curve);
      return line.slice(1).map((row, i) => Math.abs(current(row) / current(line[i])));
    });
    const peak = found.flat().reduce((a, b) => Math.abs(current(a)) >= Math.abs(current(b)) ? a : b);
    const mass = Number(peak.at(MASS));
    return {
      value: Math.max(...ratios),
      limits: mass <= 1e-9 ? undefined : `for m > 0 it grows first: largest at m = ${written(mass)}`,
    };
  },
};

const staysFinite: Claim = {
  id: "finite-in-the-trivial-phase",
  claim: "The current remains finite in the trivial phase.",
  source: "Fig. 3(d): “it remains finite even in the trivial phase”",
  quantity: "smallest |J| over its stated error for m below −1.3",
  bound: { least: 3 },
  measure(evidence) {
    const rows = massCurves(evidence).flat().filter((row) => isPaperSlab(row) && Number(row.at(MASS)) < -1.3);
    if (rows.length === 0) return undefined;
    return { value: Math.min(...rows.map((row) => Math.abs(current(row)) / row.number("charge_current_error"))) };
  },
};

/** The claims. */
export const massClaims: readonly Claim[] = [gapOpens, falls, staysFinite];
