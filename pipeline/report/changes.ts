/**
 * What is different between the study of the last run and this one, in the user's own terms.
 *
 * @module
 */
import type { Json } from "../dataflow/stage.ts";

/** A parameter that changed. */
export interface Change {
  /** Where it is in the study. */
  readonly path: string;
  /** Undefined where there was nothing. */
  readonly old: Json | undefined;
  /** Undefined where there is nothing any more. */
  readonly new: Json | undefined;
}

/**
 * Compares two studies leaf by leaf.
 *
 * @param before The earlier one.
 * @param after The later one.
 * @returns The leaves that differ, in the order of the later study; lists of numbers or words count as leaves, and so do empty mappings, such as the
 *   settings of an observable that has none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(changes({ a: { b: 1 } }, { a: { b: 2 } }), [{ path: "a.b", old: 1, new: 2 }]);
 * ```
 */
export function changes(before: Json, after: Json): Change[] {
  const old = new Map(leaves(before, "")), current = new Map(leaves(after, ""));
  const paths = new Set([...current.keys(), ...old.keys()]);
  return [...paths].filter((path) => JSON.stringify(old.get(path)) !== JSON.stringify(current.get(path)))
    .map((path) => ({ path, old: old.get(path), new: current.get(path) }));
}

function leaves(value: Json, path: string): [string, Json][] {
  const isLeaf = value === null || typeof value !== "object" ||
    (Array.isArray(value) && value.every((item) => typeof item !== "object")) || Object.keys(value).length === 0;
  if (isLeaf) return [[path, value]];
  return Object.entries(value as Record<string, Json>).flatMap(([key, item]) =>
    leaves(item, path === "" ? key : `${path}.${key}`)
  );
}

/**
 * A change in a line.
 *
 * @param change The change.
 * @returns For example `model.mass: 0 → 0.1`; long lists are shortened.
 */
export function changeText({ path, old, new: current }: Change): string {
  return `${path}: ${leafText(old)} → ${leafText(current)}`;
}

/**
 * A change in a line, for those who know what was there: of long lists only what came and went, and nothing of what is new or gone as a whole.
 *
 * @param change The change.
 * @returns For example `model.mass: 0 → 0.1`, `sweep.model.mass: 40 → 41 values, 0.1 is new` or `charts.bands is new`.
 */
export function changeWords(change: Change): string {
  const { path, old, new: current } = change;
  if (old === undefined && isMapping(current)) return `${path} is new`;
  if (current === undefined) return `${path} is gone`;
  if (!isLongList(old) && !isLongList(current)) return changeText(change);
  if (!Array.isArray(old) || !Array.isArray(current)) return changeText(change);
  const without = (all: readonly Json[], others: readonly Json[]) => {
    const known = new Set(others.map((value) => JSON.stringify(value)));
    return all.filter((value) => !known.has(JSON.stringify(value)));
  };
  const came = without(current, old), went = without(old, current);
  const words = [...came.length > 0 ? [`${some(came)} new`] : [], ...went.length > 0 ? [`${some(went)} gone`] : []];
  return `${path}: ${old.length} → ${current.length} values, ${words.join(", ") || "in another order"}`;
}

function isMapping(value: Json | undefined): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLongList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 4;
}

function some(values: readonly Json[]): string {
  if (values.length > 4) return `${values.length} are`;
  return `${values.map((value) => JSON.stringify(value)).join(", ")} ${values.length === 1 ? "is" : "are"}`;
}

function leafText(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value) && value.length > 4) {
    return `[${value[0]}, ${value[1]}, … ${value[value.length - 1]}] (${value.length} values)`;
  }
  return JSON.stringify(value);
}
