/**
 * Rules about the profiles of the baths: one number a site, temperatures above 0, and no slope beside them.
 *
 * @module
 */
import { type BathProfile, baths } from "../../stages/current/baths.ts";
import { listed } from "../errors.ts";
import type { Problem } from "./problem.ts";
import type { Study } from "./schema.ts";
import { combinations } from "./swept_values.ts";

type SweptBaths = Pick<Study, "model" | "baths" | "sweep">;

const SITES = "model.sites";

/** What may have a profile. */
const KEYS = ["chemical_potential", "inverse_temperature"] as const;

type Key = typeof KEYS[number];

/** Returns what is wrong with the profiles of a study's baths. */
export function bathProfileProblems(study: SweptBaths): Problem[] {
  return KEYS.flatMap((key) => {
    const stated: unknown = study.baths[key];
    return typeof stated === "object"
      ? [...besides(study, key), ...profileProblems(study, key, stated as BathProfile)]
      : sweptInVain(study, key);
  });
}

/** Paths inside a profile that is not there. */
function sweptInVain({ sweep }: SweptBaths, key: Key): Problem[] {
  const base = `baths.${key}`, swept = sweep.flat().filter(({ path }) => path.startsWith(`${base}.`));
  return swept.map(({ path }) => ({
    path: ["sweep", path],
    at: "key",
    reason: `sweep.${path} needs a profile to vary: set ${base} to {profile: ${
      path.endsWith(".profile") ? "table, …" : "expression"
    }}`,
  }));
}

/** A profile takes the place of a line: there is no slope and no number beside it. */
function besides(study: SweptBaths, key: Key): Problem[] {
  const base = `baths.${key}`, slope = `${base}_slope`;
  if (study.sweep.flat().some(({ path }) => path === base)) {
    const reason = `sweep.${base} has numbers, and ${base} is a profile: remove one of the two`;
    return [{ path: ["sweep", base], at: "key", reason, related: [["baths", key]] }];
  }
  const value = [...combinations(study, [slope])].map((point) => Number(point[slope])).find((value) => value !== 0);
  if (value === undefined) return [];
  const reason =
    `${slope} is ${value}, and ${base} is a profile, which takes the place of a slope: remove one of the two`;
  const related = [["sweep", slope], ["baths", key]];
  return [{ path: ["baths", `${key}_slope`], at: "value", reason, related }];
}

/** A table has one number a site, a formula is finite at every site and a temperature above 0, and neither is given in vain. */
function profileProblems(study: SweptBaths, key: Key, { values, expression }: BathProfile): Problem[] {
  const base = `baths.${key}`, paths = { profile: `${base}.profile`, expression: `${base}.expression` };
  const problems = new Map<string, Problem>(), used = new Set<string>();
  const report = (part: "values" | "expression", reason: string): void => {
    const related = [
      ["baths", key, "profile"],
      ["model", "sites"],
      ...[paths.expression, paths.profile, SITES].map((path) => ["sweep", path]),
    ];
    // The first point of the sweep that breaks the rule stands for the others.
    if (!problems.has(part)) problems.set(part, { path: ["baths", key, part], at: "value", reason, related });
  };
  for (const point of combinations(study, [paths.profile, SITES, paths.expression])) {
    const profile = point[paths.profile] as BathProfile["profile"], sites = Number(point[SITES]);
    const formula = point[paths.expression] as string | undefined;
    used.add(profile);
    if (profile === "table") {
      if (values === undefined) {
        report("values", `${base}.values is missing: profile table needs ${sites} numbers, one a site`);
      } else if (values.length !== sites) {
        report("values", `${base}.values must have one number a site: got ${values.length} for ${sites} sites`);
      }
    } else if (formula === undefined) {
      report(
        "expression",
        `${paths.expression} is missing: profile expression needs a formula such as "${EXAMPLES[key]}"`,
      );
    } else {
      const fault = faultOf(key, formula, sites);
      if (fault !== undefined) {
        report("expression", `${paths.expression} must be ${RULES[key]} at every site: ${fault}`);
      }
    }
  }
  const isSwept = study.sweep.flat().some(({ path }) => path === paths.expression);
  const given = { table: values !== undefined, expression: expression !== undefined || isSwept };
  for (const profile of ["table", "expression"] as const) {
    if (!given[profile] || used.has(profile)) continue;
    const part = profile === "table" ? "values" : "expression";
    const reason = `${base}.${part} is used by profile ${profile} only, and the profile is ${listed([...used])}: ` +
      "remove it or set the profile";
    report(part, reason);
  }
  return [...problems.values()];
}

const EXAMPLES = { chemical_potential: "0.3*exp(-x/5)", inverse_temperature: "1 + x/L" };
const RULES = { chemical_potential: "finite", inverse_temperature: "finite and above 0" };

/** Where a formula breaks the rule, in words. */
function faultOf(key: Key, expression: string, sites: number): string | undefined {
  const line = { fermi_level: 0, chemical_potential_slope: 0, inverse_temperature: 1, inverse_temperature_slope: 0 };
  try {
    baths({ ...line, [key]: { profile: "expression", expression } }, sites);
    return undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return error.message.replace(/^[^:]*: /, "").replace(/, make it above 0$/, "");
  }
}
