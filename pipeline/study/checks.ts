/**
 * Rules that tie several values of a study together, each run where the sections it reads are sound, so that one mistake
 * is not reported twice.
 *
 * @module
 */
import { parseExpression } from "../../stages/hamiltonian/expression.ts";
import { FEWEST_VALUES } from "../../stages/diagonalize/gap_opening.ts";
import { listed, shown } from "../errors.ts";
import { bathProfileProblems } from "./bath_profile_checks.ts";
import { chartProblems } from "./chart_checks.ts";
import { couplingProblems } from "./coupling_checks.ts";
import { disorderedCurrentProblems, disorderedResponseProblems, supercellProblems } from "./disorder_checks.ts";
import type { Problem } from "./problem.ts";
import { EXPRESSION_VARIABLES, type Study } from "./schema.ts";
import { combinations } from "./swept_values.ts";

/** Returns the mistakes of the sound sections of a study. */
export type Check = (sections: Partial<Study>) => Problem[];

/** Every rule that reads more than one value. */
export const CHECKS: readonly Check[] = [
  where(["model", "sweep"], gaugeFieldProblems),
  where(["model", "baths", "sweep"], inverseTemperatureProblems),
  where(["model", "baths", "sweep"], bathProfileProblems),
  where(["model", "baths", "sweep", "observables"], couplingProblems),
  where(["momentum", "sweep"], gaussLegendreProblems),
  where(["momentum", "sweep"], toleranceProblems),
  where(["momentum", "disorder", "sweep", "observables"], adaptiveProblems),
  where(["momentum", "baths", "sweep", "observables"], adaptiveCouplingProblems),
  where(["model", "momentum", "sweep", "observables"], supercellProblems),
  where(["model", "baths", "disorder", "sweep", "observables"], disorderedCurrentProblems),
  where(["model", "baths", "disorder", "sweep", "observables"], disorderedResponseProblems),
  where(["sweep", "observables"], gapOpeningProblems),
  where(["model", "sweep", "observables"], closedFormProblems),
  where(["sweep", "observables", "charts"], chartProblems),
];

function where<Key extends keyof Study>(
  needs: readonly Key[],
  find: (study: Pick<Study, Key>) => Problem[],
): Check {
  return (sections) => needs.every((key) => sections[key] !== undefined) ? find(sections as Pick<Study, Key>) : [];
}

const GAUGE_FIELD = ["model", "gauge_field"] as const;
const PROFILE = "model.gauge_field.profile";
const EXPRESSION = "model.gauge_field.expression";
const SITES = "model.sites";

/** A table has one number a site, a formula is finite at every site, and neither is given in vain. */
function gaugeFieldProblems(study: Pick<Study, "model" | "sweep">): Problem[] {
  const { values, expression } = study.model.gauge_field;
  const problems = new Map<string, Problem>();
  const used = new Set<string>();
  const report = (key: "values" | "expression", reason: string): void => {
    const related = [[...GAUGE_FIELD, "profile"], ["model", "sites"], ["sweep", EXPRESSION], ["sweep", PROFILE], [
      "sweep",
      SITES,
    ]];
    // The first point of the sweep that breaks the rule stands for the others.
    if (!problems.has(key)) problems.set(key, { path: [...GAUGE_FIELD, key], at: "value", reason, related });
  };
  for (const point of combinations(study, [PROFILE, SITES, EXPRESSION])) {
    const profile = String(point[PROFILE]);
    const sites = Number(point[SITES]);
    used.add(profile);
    if (profile === "table") {
      if (values === undefined) {
        report(
          "values",
          `${GAUGE_FIELD.join(".")}.values is missing: profile table needs ${sites} numbers, one a site`,
        );
      } else if (values.length !== sites) {
        const counts = `got ${values.length} for ${sites} sites`;
        report("values", `${GAUGE_FIELD.join(".")}.values must have one number a site: ${counts}`);
      }
    }
    if (profile === "expression") {
      const formula = point[EXPRESSION];
      if (formula === undefined) {
        report("expression", `${EXPRESSION} is missing: profile expression needs a formula such as "1.6*exp(-x/10)"`);
      } else {
        const bad = notFinite(String(formula), sites);
        if (bad !== undefined) report("expression", `${EXPRESSION} must be finite at every site: ${bad}`);
      }
    }
  }
  const sweepsExpression = study.sweep.flat().some(({ path }) => path === EXPRESSION);
  const given = { table: values, expression: expression ?? (sweepsExpression ? EXPRESSION : undefined) };
  for (const profile of ["table", "expression"] as const) {
    if (given[profile] === undefined || used.has(profile)) continue;
    const key = profile === "table" ? "values" : "expression";
    const reason = `${GAUGE_FIELD.join(".")}.${key} is used by profile ${profile} only, and the profile is ` +
      `${listed([...used])}: remove it or set the profile`;
    report(key, reason);
  }
  return [...problems.values()];
}

/** The observables that are evaluated in closed form, and the profiles for which there is one. */
const CLOSED_FORMS = ["continuum", "continuum_density"] as const;
const SOLVABLE_PROFILES: readonly string[] = ["linear", "constant"];

/** A closed form is known for some profiles only. */
function closedFormProblems(study: Pick<Study, "model" | "sweep" | "observables">): Problem[] {
  const profiles = [...combinations(study, [PROFILE])].map((point) => String(point[PROFILE]));
  const other = profiles.find((profile) => !SOLVABLE_PROFILES.includes(profile));
  if (other === undefined) return [];
  return CLOSED_FORMS.filter((name) => study.observables[name] !== undefined).map((name) => ({
    path: ["observables", name],
    at: "key",
    reason: `observables.${name} is known for the profiles ${listed(SOLVABLE_PROFILES)} only, and ${PROFILE} is ` +
      `${other}: remove it or change the profile`,
    related: [[...GAUGE_FIELD, "profile"], ["sweep", PROFILE]],
  }));
}

/** Returns where a formula is not a finite number, in words, or undefined if it always is one. */
function notFinite(formula: string, sites: number): string | undefined {
  const evaluate = parseExpression(formula, EXPRESSION_VARIABLES);
  for (let l = 0; l < sites; l++) {
    const value = evaluate({ x: l, l, L: sites });
    if (!Number.isFinite(value)) return `${JSON.stringify(formula)} is ${value} at site ${l} of ${sites}`;
  }
  return undefined;
}

/** The temperature is positive at every site: beta_0 + slope*l/L > 0 for l = 0 … L − 1, linear in l. */
function inverseTemperatureProblems(study: Pick<Study, "model" | "baths" | "sweep">): Problem[] {
  const [start, slope] = ["baths.inverse_temperature", "baths.inverse_temperature_slope"];
  for (const point of combinations(study, [start, slope, SITES])) {
    if (typeof point[start] !== "number") continue; // profiles have rules of their own
    const sites = Number(point[SITES]);
    const last = Number(point[start]) + Number(point[slope]) * (sites - 1) / sites;
    if (last > 0) continue;
    const values = `${point[start]} + (${point[slope]})*${sites - 1}/${sites} = ${Number(last.toPrecision(6))}`;
    const paths = [start, slope, SITES];
    return [{
      path: ["baths", "inverse_temperature_slope"],
      at: "value",
      reason: "baths.inverse_temperature + inverse_temperature_slope*l/L must be above 0 at every site: " +
        `got ${values} at the last site`,
      related: [...paths.map((path) => path.split(".")), ...paths.map((path) => ["sweep", path])],
    }];
  }
  return [];
}

/** Half of the points of a Gauss–Legendre axis lie on [0, π]. */
function gaussLegendreProblems(study: Pick<Study, "momentum" | "sweep">): Problem[] {
  const problems = new Map<string, Problem>();
  for (const point of combinations(study, ["momentum.rule", "momentum.qy", "momentum.qz"])) {
    for (const axis of ["qy", "qz"]) {
      const path = `momentum.${axis}`, count = Number(point[path]);
      if (point["momentum.rule"] !== "gauss-legendre" || count % 2 === 0 || problems.has(axis)) continue;
      problems.set(axis, {
        path: ["momentum", axis],
        at: "value",
        reason: `${path} must be even with rule gauss-legendre: got ${count}, use ${count - 1} or ${count + 1}`,
        related: [["sweep", path], ["momentum", "rule"], ["sweep", "momentum.rule"]],
      });
    }
  }
  return [...problems.values()];
}

const RULE = "momentum.rule", TOLERANCE = "momentum.tolerance";

/** What one rule alone reads is not given in vain, and that rule is not one of several: it takes another way through the stages. */
function toleranceProblems({ momentum, sweep }: Pick<Study, "momentum" | "sweep">): Problem[] {
  const swept = new Map(sweep.flat().map(({ path, values }) => [path, values]));
  const problems: Problem[] = [];
  if (swept.get(RULE)?.includes("adaptive")) {
    const reason = `sweep.${RULE} cannot have adaptive: run the study again with --set ${RULE}=adaptive instead`;
    problems.push({ path: ["sweep", RULE], at: "value", reason });
  }
  if (momentum.rule === "adaptive" || (momentum.tolerance === undefined && !swept.has(TOLERANCE))) return problems;
  const path = swept.has(TOLERANCE) ? ["sweep", TOLERANCE] : ["momentum", "tolerance"];
  const reason =
    `${TOLERANCE} is used by rule adaptive only, and the rule is ${momentum.rule}: remove it or set the rule`;
  return [...problems, { path, at: "value", reason }];
}

/** Observables that sum over a grid whatever they are asked for, and those that do so with disorder. */
const ON_GRIDS = ["current_by_branch", "gap", "gap_opening", "response"] as const;
const ON_GRIDS_WITH_DISORDER = ["self_energy", "spectral", "linewidth"] as const;

/** Adaptive integration is of currents. */
function adaptiveProblems(study: Pick<Study, "momentum" | "disorder" | "sweep" | "observables">): Problem[] {
  if (study.momentum.rule !== "adaptive") return [];
  const { observables } = study;
  const disordered = [...combinations(study, ["disorder.scheme"])].some((point) => point["disorder.scheme"] !== "none");
  const bad = [
    ...ON_GRIDS,
    ...ON_GRIDS_WITH_DISORDER.filter((name) =>
      disordered || name === "spectral" && observables[name]?.qz === "integrated"
    ),
  ];
  return bad.filter((name) => observables[name] !== undefined).map((name) => ({
    path: ["observables", name],
    at: "key",
    reason: `observables.${name} sums over a grid, and ${RULE} adaptive is for current, current_profile and formula: ` +
      "move it to a study with another rule",
    related: [["momentum", "rule"]],
  }));
}

/** What is refined is the integrand of Eq. (6); that of Eq. (5) is another one. */
function adaptiveCouplingProblems(study: Pick<Study, "momentum" | "baths" | "sweep" | "observables">): Problem[] {
  const { momentum, baths, sweep, observables } = study, path = "baths.coupling";
  const swept = sweep.flat().find((column) => column.path === path)?.values;
  const isCoupled = (swept ?? [baths.coupling]).some((coupling) => coupling !== 0);
  const isExact = observables.current_profile !== undefined ||
    observables.current !== undefined && observables.current.method !== "limit";
  if (momentum.rule !== "adaptive" || !isCoupled || !isExact) return [];
  return [{
    path: ["momentum", "rule"],
    at: "value",
    reason: `${RULE} adaptive is for the limit of Eq. (6), and ${path} is not 0: use midpoint or gauss-legendre`,
    related: [["baths", "coupling"], ["sweep", path]],
  }];
}

/** A gap opens along a path that is swept, in steps between which a bend can be told. */
function gapOpeningProblems({ sweep, observables }: Pick<Study, "sweep" | "observables">): Problem[] {
  const along = observables.gap_opening?.along;
  if (along === undefined) return [];
  const values = sweep.flat().find(({ path }) => path === along)?.values;
  if (values !== undefined && values.length >= FEWEST_VALUES && typeof values[0] === "number") return [];
  const swept = sweep.flat().map(({ path }) => path);
  const reason = values === undefined
    ? `${swept.length === 0 ? "nothing is swept" : `swept is ${listed(swept)}`}: got ${shown(along)}`
    : `it has ${typeof values[0] === "number" ? values.length : "no number"}`;
  return [{
    path: ["observables", "gap_opening", "along"],
    at: "value",
    reason: `observables.gap_opening.along must be a swept path with ${FEWEST_VALUES} numbers or more: ${reason}`,
    related: [["observables", "gap_opening"], ["sweep", along]],
  }];
}
