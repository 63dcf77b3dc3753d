/**
 * What the paper says of the coupling to the baths: the limit of Eq. (6), and the non-Hermitian scenario of the Conclusion.
 *
 * @module
 */
import { type Coupling, couplingOf } from "../finite_coupling/coupling.ts";
import { type Claim, percent, written } from "./claim.ts";
import { charge, cleanCurrents, NOISE, POTENTIAL_SLOPE, ROUNDING, TEMPERATURE_SLOPE } from "./currents.ts";
import { type Evidence, type Row } from "./evidence.ts";
import { largest, worst } from "./extremes.ts";
import { slabOf } from "./slab_facts.ts";

const COUPLING = "baths.coupling";

/** Couplings above this are no evidence of what becomes of vanishing ones (v/a). */
const SMALL = 5e-3;

/**
 * The coupling of a row.
 *
 * @param row A row of `current`.
 * @returns Γ, or Γ_l if the sites differ; undefined if the table does not say, which is so of a list in the study file.
 */
function couplingAt(row: Row): Coupling | undefined {
  const stated = row.at(COUPLING);
  return typeof stated === "string" ? couplingOf(stated, slabOf(row).sites) : stated;
}

/** Rows of `current` unless it is the limit in any case. */
function exactCurrents(evidence: Evidence): readonly Row[] {
  const settings = evidence.settings("current") as { readonly method?: string } | undefined;
  return settings?.method === "limit" ? [] : cleanCurrents(evidence);
}

/** How far Eq. (6) is off at one coupling. */
interface Deviation {
  readonly coupling: number;
  readonly share: number;
}

/** The deviations of points that differ in the coupling only, in ascending order of it, where there are three or more. */
function deviations(evidence: Evidence): Deviation[][] {
  const limits = new Map(evidence.rows("current_limit").map((row) => [row.apartFrom(), charge(row)]));
  const groups = Map.groupBy(exactCurrents(evidence), (row) => row.apartFrom(COUPLING));
  return [...groups.values()].flatMap((rows): Deviation[][] => {
    const found = rows.flatMap((row): Deviation[] => {
      const coupling = couplingAt(row), limit = limits.get(row.apartFrom());
      if (typeof coupling !== "number" || !(coupling > 0) || limit === undefined || Math.abs(limit) <= NOISE) return [];
      return [{ coupling, share: Math.abs(charge(row) / limit - 1) }];
    }).sort((a, b) => a.coupling - b.coupling);
    const isLimit = new Set(found.map(({ coupling }) => coupling)).size >= 3 && found[0].coupling <= SMALL;
    return isLimit ? [found] : [];
  });
}

const smallCoupling: Claim = {
  id: "limit-of-small-coupling",
  claim: "In the small Γ limit Eq. (5) becomes Eq. (6).",
  source: "Eq. (6): “In the small Γ limit, Eq. (5) becomes”",
  quantity: "largest |J/J(Γ → 0) − 1| at the smallest Γ",
  bound: { most: 1e-3 },
  measure(evidence) {
    const found = worst(deviations(evidence), ([least]) => least.share);
    if (found === undefined) return undefined;
    const off = found.find(({ share }) => share > 0.1);
    return {
      value: found[0].share,
      limits: off && `at Γ = ${written(off.coupling)} the limit is off by ${percent(off.share)} of itself`,
    };
  },
};

/** Currents of baths that differ in their couplings only. */
function unlikeCouplings(evidence: Evidence, counts: (couplings: readonly number[]) => boolean): Row[] {
  return exactCurrents(evidence).filter((row) => {
    if (row.at(POTENTIAL_SLOPE) !== 0 || row.at(TEMPERATURE_SLOPE) !== 0) return false;
    const coupling = couplingAt(row);
    return typeof coupling === "object" && counts(coupling);
  });
}

/**
 * The largest of currents that should vanish. At one momentum they do not, and the sum over a grid is exponentially small in its number of points: where a coarse
 * grid leaves more than rounding, but no more than its stated error, nothing is decided.
 */
function largestCurrent(rows: readonly Row[]): { value: number } | undefined {
  const sizes = rows.map((row) => Math.abs(charge(row))), value = largest(sizes);
  const isReal = rows.some((row, i) => sizes[i] > Math.max(ROUNDING, row.number("charge_current_error")));
  return rows.length === 0 || (value > ROUNDING && !isReal) ? undefined : { value };
}

const inhomogeneous: Claim = {
  id: "no-current-from-inhomogeneous-tunnelling",
  claim: "An inhomogeneous tunnelling strength Γ_l drives no anomalous current.",
  source: "Conclusion: “To our surprise, no anomalous current is observed”",
  quantity: "largest |J| without gradients, Γ_l unlike (e v/ħa²)",
  bound: { most: ROUNDING },
  measure: (evidence) => largestCurrent(unlikeCouplings(evidence, () => true)),
};

const negative: Claim = {
  id: "no-current-from-negative-lifetimes",
  claim: "Nor does it with negative lifetimes at some of the sites.",
  source: "Conclusion: “even with artificial negative lifetimes for partial sites”",
  quantity: "largest |J| without gradients, some Γ_l below 0 (e v/ħa²)",
  bound: { most: ROUNDING },
  measure: (evidence) => largestCurrent(unlikeCouplings(evidence, (couplings) => couplings.some((value) => value < 0))),
};

/** The claims. */
export const finiteCouplingClaims: readonly Claim[] = [smallCoupling, inhomogeneous, negative];
