/**
 * A rule about several values of a study must hold at every point of its sweep, but a sweep has up to a million points
 * and the rule reads two or three paths: only their different combinations need a look.
 *
 * @module
 */
import type { Study } from "./schema.ts";

/** The sections of a study whose values can be swept, with the sweep itself. */
export type SweptStudy = Partial<Pick<Study, "model" | "momentum" | "baths" | "disorder">> & Pick<Study, "sweep">;

/** Values by dotted path. */
export type Combination = Record<string, number | string | undefined>;

/**
 * Yields the different combinations of values that some paths take over the whole sweep, a path that is not swept at its
 * fixed value (undefined if it has none).
 */
export function* combinations(study: SweptStudy, paths: readonly string[]): Generator<Combination> {
  const fixed = Object.fromEntries(paths.map((path) => [path, valueAt(study, path)]));
  const axes = study.sweep
    .map((axis) => axis.filter(({ path }) => paths.includes(path)))
    .filter((columns) => columns.length > 0)
    .map((columns) => {
      const rows = columns[0].values.map((_, i): Combination =>
        Object.fromEntries(columns.map(({ path, values }) => [path, values[i]]))
      );
      return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
    });
  yield* product(fixed, axes);
}

function* product(values: Combination, axes: readonly (readonly Combination[])[]): Generator<Combination> {
  if (axes.length === 0) return yield values;
  for (const row of axes[0]) yield* product({ ...values, ...row }, axes.slice(1));
}

function valueAt(study: SweptStudy, path: string): number | string | undefined {
  let value: unknown = study;
  for (const key of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[key];
  return value as number | string | undefined;
}
