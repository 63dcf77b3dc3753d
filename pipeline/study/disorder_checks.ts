/**
 * Rules about impurities: what a supercell is made of.
 *
 * @module
 */
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
