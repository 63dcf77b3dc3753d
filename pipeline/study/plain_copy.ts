/**
 * YAML can say more than a study means: aliases that expand without end, keys that JavaScript treats as its own, two
 * zeros. Everything after this file sees plain, finite, unshared data.
 *
 * @module
 */

/** The deepest nesting of lists and mappings. */
export const DEEPEST = 64;

/** The most values, each counted as often as aliases repeat it. */
export const MOST_VALUES = 1_000_000;

/** Keys that reach into JavaScript's own objects. */
export const FORBIDDEN_KEYS: readonly string[] = ["__proto__", "constructor", "prototype"];

/** Data that cannot be copied: the reason, without the file. */
export class NotPlainError extends Error {
  /** The name of this kind of error. */
  override name = "NotPlainError";
}

/**
 * Returns a deep copy of parsed YAML without shared parts and with one zero (`-0.0` becomes `0`).
 *
 * @throws {NotPlainError} If it is nested too deeply, expands to too many values, or has a forbidden key.
 */
export function plainCopy(data: unknown): unknown {
  let values = 0;
  const copy = (value: unknown, depth: number): unknown => {
    if (++values > MOST_VALUES) {
      throw new NotPlainError(`it expands to more than ${MOST_VALUES} values: use fewer aliases (*name)`);
    }
    if (value === 0) return 0;
    if (typeof value !== "object" || value === null) return value;
    if (depth === DEEPEST) throw new NotPlainError(`it is nested more than ${DEEPEST} levels deep`);
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        if (FORBIDDEN_KEYS.includes(key)) throw new NotPlainError(`the key ${key} is not allowed: rename it`);
        return [key, copy(item, depth + 1)];
      }),
    );
  };
  return copy(data, 0);
}
