/**
 * Rules about impurities: what a supercell is made of, and which baths currents with disorder can have.
 *
 * @module
 */
import { type Coupling, couplingOf, type StatedCoupling } from "../../stages/finite_coupling/coupling.ts";
import { listed, shown } from "../errors.ts";
import type { Problem } from "./problem.ts";
import type { Study } from "./schema.ts";
import { combinations } from "./swept_values.ts";

const SITES = "model.sites", QY = "momentum.qy", QZ = "momentum.qz", RULE = "momentum.rule";

/** More states make a realisation a matter of an hour: it takes 4L start vectors, each some thousand products with the supercell's matrix. */
const MOST_STATES = 40_000;

/** Returns what keeps a supercell from having the study's momenta: another rule than midpoints, or too many of them. */
export function supercellProblems(
  study: Pick<Study, "model" | "momentum" | "sweep" | "observables">,
): Problem[] {
  if (study.observables.supercell === undefined) return [];
  const related = [["sweep", QY], ["sweep", QZ], ["sweep", SITES], ["sweep", RULE], ["momentum", "qy"], [
    "momentum",
    "qz",
  ]];
  // The first point of the sweep that breaks a rule stands for the others.
  for (const point of combinations(study, [SITES, QY, QZ, RULE])) {
    const size = [point[SITES], point[QY], point[QZ]].map(Number), states = size.reduce((a, b) => a * b, 4);
    if (point[RULE] !== "midpoint") {
      const reason = `observables.supercell has the momenta of rule midpoint, and ${RULE} is ${point[RULE]}: ` +
        "move it to a study with that rule";
      return [{ path: ["observables", "supercell"], at: "key", reason, related: [["momentum", "rule"], ...related] }];
    }
    if (states > MOST_STATES) {
      const reason = `observables.supercell has ${size.join(" x ")} sites of 4 orbitals, ${states} states: ` +
        `the most is ${MOST_STATES}, so use a smaller ${QY}, ${QZ} or ${SITES}`;
      return [{ path: ["observables", "supercell"], at: "key", reason, related }];
    }
  }
  return [];
}

const COUPLING = "baths.coupling", SCHEME = "disorder.scheme";

/** A coupling that a study has, and whether it has it with disorder. */
interface Coupled {
  readonly stated: StatedCoupling;
  readonly coupling: Coupling;
  readonly isDisordered: boolean;
}

/** The couplings of a study's points; those that are none are another rule's business. */
function couplings(study: Pick<Study, "model" | "baths" | "disorder" | "sweep">): Coupled[] {
  return [...combinations(study, [COUPLING, SITES, SCHEME])].flatMap((point): Coupled[] => {
    const stated = point[COUPLING] as unknown as StatedCoupling;
    try {
      return [{ stated, coupling: couplingOf(stated, Number(point[SITES])), isDisordered: point[SCHEME] !== "none" }];
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  });
}

/**
 * Returns whether currents of a study have disorder: at zero coupling they are of the clean slab, above it of the one that `disorder` says.
 */
export function hasDisorderedCurrents(study: Pick<Study, "model" | "baths" | "disorder" | "sweep">): boolean {
  return couplings(study).some(({ coupling, isDisordered }) => isDisordered && coupling !== 0);
}

/** Returns that responses to the baths are known without disorder only, where a study asks for them with it. */
export function disorderedResponseProblems(
  study: Pick<Study, "model" | "baths" | "disorder" | "sweep" | "observables">,
): Problem[] {
  const { response } = study.observables;
  if (response === undefined || response.method === "limit" || !hasDisorderedCurrents(study)) return [];
  return [{
    path: ["observables", "response"],
    at: "key",
    reason: `observables.response is of slabs without disorder, and ${SCHEME} is not none at a ${COUPLING} above 0: ` +
      "set the scheme to none, or ask for method limit",
    related: [["disorder", "scheme"], ["sweep", SCHEME]],
  }];
}

/** Returns what keeps a study's currents from having disorder: no coupling at some of its points, or baths that amplify. */
export function disorderedCurrentProblems(
  study: Pick<Study, "model" | "baths" | "disorder" | "sweep" | "observables">,
): Problem[] {
  const { current, current_profile } = study.observables;
  const isExact = [current, current_profile].some((settings) => settings !== undefined && settings.method !== "limit");
  if (!isExact || !hasDisorderedCurrents(study)) return [];
  const related = [["baths", "coupling"], ["sweep", COUPLING], ["disorder", "scheme"], ["sweep", SCHEME]];
  const problem = (reason: string): Problem[] => [{ path: ["baths", "coupling"], at: "value", reason, related }];
  const all = couplings(study);
  if (all.some(({ coupling }) => coupling === 0)) {
    return problem(
      `${COUPLING} must be above 0 at all points where currents have disorder at some: move the points at 0, which are of the clean slab, to a study of their own`,
    );
  }
  const negative = all.find(({ coupling }) => typeof coupling !== "number" && coupling.some((value) => value < 0));
  if (negative === undefined) return [];
  return problem(
    `${COUPLING} must be 0 or above at every site where currents have disorder, since nothing tells whether they decay: got ${
      typeof negative.stated === "string"
        ? shown(negative.stated)
        : listed((negative.stated as readonly number[]).map(String))
    }`,
  );
}
