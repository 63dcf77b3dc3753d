/**
 * The rule by which a user's Vega-Lite fragment overrides the generated spec, in one place because users rely on it.
 *
 * @module
 */

/** A value as JSON has it, loosely: an object's members are not checked further. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Returns whether a value is an object with members, neither an array nor null.
 *
 * @param value Anything.
 */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Returns a new object with `patch` laid over `base`: objects merge member by member, anything else (arrays and null
 * too) replaces what was there. Neither argument is changed.
 *
 * @param base The object below.
 * @param patch The object above.
 */
export function mergeDeep(base: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map<string, unknown>(Object.entries(base));
  for (const [key, above] of Object.entries(patch)) {
    const below = merged.get(key);
    merged.set(key, isJsonObject(below) && isJsonObject(above) ? mergeDeep(below, above) : above);
  }
  return Object.fromEntries(merged);
}
