/**
 * Rules about the coupling to the baths: one number a site, and observables that know what it is.
 *
 * @module
 */
import { couplingOf, type StatedCoupling } from "../../stages/finite_coupling/coupling.ts";
import { shown } from "../errors.ts";
import type { Problem } from "./problem.ts";
import type { Study } from "./schema.ts";
import { combinations } from "./swept_values.ts";

const COUPLING = "baths.coupling", SITES = "model.sites";

/** What may be the one to change. */
const RELATED = [["baths", "coupling"], ["model", "sites"], ["sweep", COUPLING], ["sweep", SITES]];

/** The observables that have a method, and those that are known in the limit of vanishing coupling only. */
const METHODS = ["current", "current_profile", "response"] as const, LIMITS = ["current_by_branch"] as const;

/** Returns what is wrong with the couplings of a study and with what is asked of them. */
export function couplingProblems(
  study: Pick<Study, "model" | "baths" | "sweep" | "observables">,
): Problem[] {
  const swept = study.sweep.flat().find(({ path }) => path === COUPLING)?.values ?? [];
  const number = swept.find((value) => typeof value === "number");
  if (number !== undefined && swept.some((value) => typeof value === "string")) {
    const reason = `sweep.${COUPLING} must have numbers only or formulas only, since it becomes a column of the ` +
      `tables: write ${number} as "${number}"`;
    return [{ path: ["sweep", COUPLING], at: "value", reason, related: RELATED }];
  }
  const uncoupled: string[] = [], coupled: string[] = [];
  for (const point of combinations(study, [COUPLING, SITES])) {
    const stated = point[COUPLING] as unknown as StatedCoupling, sites = Number(point[SITES]);
    const fault = faultOf(stated, sites);
    // The first point of the sweep that breaks the rule stands for the others.
    if (fault !== undefined) return [{ path: ["baths", "coupling"], at: "value", reason: fault, related: RELATED }];
    (couplingOf(stated, sites) === 0 ? uncoupled : coupled).push(shown(stated));
  }
  return [
    ...METHODS.flatMap((name): Problem[] => {
      if (study.observables[name]?.method !== "exact" || uncoupled.length === 0) return [];
      const reason = `observables.${name}.method is exact, which needs ${COUPLING} above 0: got ${uncoupled[0]}, ` +
        "for which method limit is exact";
      return [{ path: ["observables", name, "method"], at: "value", reason, related: RELATED }];
    }),
    ...LIMITS.flatMap((name): Problem[] => {
      if (study.observables[name] === undefined || coupled.length === 0) return [];
      const reason = `observables.${name} is known in the limit of vanishing coupling only, and ${COUPLING} is ` +
        `${coupled[0]}: remove it or set the coupling to 0`;
      return [{ path: ["observables", name], at: "key", reason, related: RELATED }];
    }),
  ];
}

function faultOf(stated: StatedCoupling, sites: number): string | undefined {
  if (typeof stated === "object" && stated.length !== sites) {
    return `${COUPLING} must have one number a site: got ${stated.length} for ${sites} sites`;
  }
  let coupling;
  try {
    coupling = couplingOf(stated, sites);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `${COUPLING} must be finite at every site: ${error.message.replace(/^[^:]*: /, "")}`;
  }
  if (typeof coupling !== "number") {
    const sum = coupling.reduce((total, value) => total + value, 0);
    if (sum > 0) return undefined;
    return `${COUPLING} must add up to more than 0 over the sites, or some level grows: got ${
      Number(sum.toPrecision(6))
    }`;
  }
  return coupling < 0 ? `${COUPLING} must be 0 or above where all sites have the same: got ${coupling}` : undefined;
}
