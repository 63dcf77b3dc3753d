/**
 * What is wrong with a study, before it is known where in the file (or in which `--set`) the mistake was made.
 *
 * @module
 */
import type * as v from "valibot";
import { brokenRule, missingKey, shortened, unknownKey, unsweepable } from "../errors.ts";
import { mappingFault } from "./mapping.ts";
import { nearestKey, nearestName } from "./nearest_name.ts";
import { LEAVES } from "./schema.ts";
import { meantBy } from "./symbols.ts";

/** The keys that lead to a value, list indices included; a swept path is one key. */
export type Path = readonly string[];

/** One mistake in a study. */
export interface Problem {
  /** The value or key that is wrong. */
  readonly path: Path;
  /** Whether the key is wrong or its value. */
  readonly at: "key" | "value";
  /** The sentence after the place, for example `model.mass must be a finite number: got "1.2.3"`. */
  readonly reason: string;
  /** Other values that take part in the mistake, any of which may be the one to change. */
  readonly related?: readonly Path[];
}

/** Returns a path as errors and `--set` write it, for example `charts.0.x`. */
export function dotted(path: Path): string {
  return path.map(shortened).join(".");
}

/** Returns what valibot's issues say about a study, in the words of its users. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[], parent: Path = []): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...parent, ...(issue.path ?? []).map((item) => String(item.key))];
    // Of the forms that a value may have, the one that it resembles says more than "none of them": that is the one
    // whose issues lie inside the value, or that got as far as a rule about it.
    const inside = (issue.issues ?? []).filter((sub) => sub.path !== undefined || sub.kind === "validation");
    return inside.length > 0 ? problemsOf(inside, path) : [problemOf(issue, path)];
  });
}

function problemOf(issue: v.BaseIssue<unknown>, path: Path): Problem {
  const fault = mappingFault(issue);
  if (fault === "unknown") {
    return { path, at: "key", reason: unknownReason(path, issue.requirement as readonly string[]) };
  }
  if (fault === "missing") return { path, at: "value", reason: missingKey(dotted(path)) };
  // A check that looks at several values words its own message, with the values that matter.
  const wordsItself = issue.type === "check" || issue.type === "raw_check";
  if (wordsItself) return { path, at: "value", reason: `${dotted(path)} ${issue.message}` };
  const nearest = typeof issue.input === "string" ? nearestName(issue.input, wordsOf(issue)) : undefined;
  return { path, at: "value", reason: brokenRule(dotted(path), issue.message, issue.input, nearest) };
}

/** The words that would have been right, as far as there is a list of them. */
function wordsOf(issue: v.BaseIssue<unknown>): string[] {
  const own = issue.type === "picklist" || issue.type === "literal"
    ? [...(issue.expected ?? "").matchAll(/"([^"]+)"/g)].map(([, word]) => word)
    : [];
  return [...own, ...(issue.issues ?? []).flatMap(wordsOf)];
}

function unknownReason(path: Path, known: readonly string[]): string {
  const key = path[path.length - 1];
  const paths = LEAVES.map((leaf) => leaf.path);
  const nearest = nearestName(key, known.filter((name) => name.toLowerCase() === key.toLowerCase())) ??
    meantBy(key, known, paths) ?? nearestKey(key, known, paths);
  // Of the keys of a sweep all but `zip` are paths; those of a range are not.
  const inSweep = path[0] === "sweep" && known.includes(LEAVES[0].path);
  return inSweep ? unsweepable(key, nearest, known) : unknownKey(dotted(path), nearest, known);
}
