/**
 * `--set model.mass=0.1` changes a study as if the file said so: the values are put into what the file holds before
 * anything is checked, so that both obey the same rules.
 *
 * @module
 */
import { parse } from "@std/yaml";
import { cannotSet, UsageError } from "../errors.ts";
import { isMapping } from "./mapping.ts";
import { FORBIDDEN_KEYS, NotPlainError, plainCopy } from "./plain_copy.ts";
import { ambiguousNumber, syntaxRemarks } from "./positions.ts";
import { dotted, type Path } from "./problem.ts";

/** One `--set` argument. */
export interface Override {
  /** The argument as it was given. */
  readonly text: string;
  /** The keys that lead to the value. */
  readonly path: Path;
  /** The value as YAML has it, before any check. */
  readonly value: unknown;
}

/**
 * Returns the keys of a dotted path; a swept path is one key, so `sweep.model.mass` has two and `sweep.zip.model.mass`
 * three.
 */
export function pathOf(text: string): string[] {
  const parts = text.split(".");
  if (parts[0] !== "sweep") return parts;
  let swept = 1;
  if (parts[1] === "zip") swept = /^\d+$/.test(parts[2] ?? "") ? 3 : 2;
  const rest = parts.slice(swept);
  return rest.length === 0 ? parts : [...parts.slice(0, swept), rest.join(".")];
}

/**
 * Returns what a `--set` argument says: `PATH=VALUE`, the value a YAML scalar, list or mapping in one line.
 *
 * @throws {UsageError} If it has no `=`, no path, or a value that is not YAML.
 */
export function parseOverride(text: string): Override {
  const fail = (reason: string): never => {
    throw new UsageError([cannotSet(text, reason)]);
  };
  const equals = text.indexOf("=");
  if (equals < 1) return fail("it must be PATH=VALUE, for example --set model.mass=0.1");
  const path = pathOf(text.slice(0, equals).trim());
  const source = text.slice(equals + 1).trim();
  if (path.some((key) => key === "")) return fail("its path has an empty part: write it as in model.mass");
  const forbidden = path.flatMap((key) => key.split(".")).find((key) => FORBIDDEN_KEYS.includes(key));
  if (forbidden !== undefined) return fail(`the key ${forbidden} is not allowed`);
  if (/(^|\s)#/.test(source) && !/^["']/.test(source)) {
    return fail("# starts a comment in YAML: put the value in quotes");
  }
  let value: unknown;
  try {
    value = plainCopy(parse(source, { schema: "core" }));
    if (isPlainText(source) && typeof value === "object" && value !== null) value = source;
  } catch (error) {
    if (error instanceof NotPlainError) return fail(error.message);
    if (!isPlainText(source)) {
      return fail(syntaxRemarks(source, error as Error)[0].reason.replace(/^it is not/, "the value is not"));
    }
    value = source;
  }
  for (const token of source.split(/[\s,[\]{}:]+/)) {
    const reason = ambiguousNumber(token);
    if (reason !== undefined) return fail(reason);
  }
  return { text, path, value };
}

/** In `--set "title=Gap: closed?"` the colon is no mapping: only brackets make one here, as in a single line of YAML. */
function isPlainText(source: string): boolean {
  return /^[^[{"'&*!|>%@`]/.test(source);
}

/**
 * Puts the values of `--set` arguments into a study's raw mapping, in their order.
 *
 * @param raw The mapping that the file holds: changed in place.
 * @returns One message for each argument that cannot be put in.
 */
export function applyOverrides(raw: Record<string, unknown>, overrides: readonly Override[]): string[] {
  const problems = overrides.flatMap((override) => {
    const reason = put(raw, override);
    return reason === undefined ? [] : [cannotSet(override.text, reason)];
  });
  const hidden = overrides.flatMap((override) => {
    const reason = hiddenBySweep(raw, override);
    return reason === undefined ? [] : [cannotSet(override.text, reason)];
  });
  return [...problems, ...hidden];
}

function put(raw: Record<string, unknown>, { path, value: shared }: Override): string | undefined {
  // One argument serves several studies, and a later argument may reach into its value.
  const value = structuredClone(shared);
  if (path[0] === "extends" || path[0] === "without") {
    return `${path[0]} is for files: write a file that extends the other one`;
  }
  let holder: unknown = raw;
  for (const [index, key] of path.entries()) {
    const last = index === path.length - 1;
    const here = dotted(path.slice(0, index));
    if (Array.isArray(holder)) {
      const known = holder.length === 0 ? "it is empty" : `it has 0 to ${holder.length - 1}`;
      if (!/^\d+$/.test(key) || Number(key) >= holder.length) return `${here} is a list without ${key}: ${known}`;
      if (last) holder[Number(key)] = value;
      else holder = holder[Number(key)];
    } else if (isMapping(holder)) {
      if (last) holder[key] = value;
      else {
        // An absent section, or one with nothing in it (`current:`), takes its first key from here.
        if (!Object.hasOwn(holder, key) || holder[key] === null) holder[key] = {};
        holder = holder[key];
      }
    } else return `${here} is a single value here and has no ${key}`;
  }
  return undefined;
}

/** A swept value replaces the fixed one at every point, so setting the fixed one would silently do nothing. */
function hiddenBySweep(raw: Record<string, unknown>, { path, text }: Override): string | undefined {
  const swept = path.join(".");
  const place = isMapping(raw.sweep) ? sweptPlace(raw.sweep, swept) : undefined;
  if (place === undefined) return undefined;
  const value = text.slice(text.indexOf("=") + 1).trim();
  return `the study sweeps ${swept}, so this value would not be used: set ${place}=[${value}] instead`;
}

/** Returns where a path is swept, as `--set` writes it, or undefined if it is not. */
export function sweptPlace(sweep: Record<string, unknown>, path: string): string | undefined {
  if (Object.hasOwn(sweep, path)) return `sweep.${path}`;
  if (isMapping(sweep.zip)) return Object.hasOwn(sweep.zip, path) ? `sweep.zip.${path}` : undefined;
  if (!Array.isArray(sweep.zip)) return undefined;
  const index = sweep.zip.findIndex((group) => isMapping(group) && Object.hasOwn(group, path));
  return index < 0 ? undefined : `sweep.zip.${index}.${path}`;
}
