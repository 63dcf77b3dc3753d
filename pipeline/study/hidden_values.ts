/**
 * A study that sets a value which its base sweeps does so in vain: the sweep sets it at every point. In one file that is what people
 * write to keep a sweep's middle in sight, and no cause for a word.
 *
 * @module
 */
import type { Position } from "../errors.ts";
import { isMapping } from "./mapping.ts";
import { sweptPlace } from "./overrides.ts";
import { LEAVES } from "./schema.ts";

/** A place in one of a study's files. */
export interface Place extends Position {
  /** The file's name. */
  readonly file: string;
}

/**
 * Returns a sentence about each value of a valid study that the sweep of a file that it extends hides.
 *
 * @param raw What the study's files say together.
 * @param placeOf Returns where the value at a path stands, if it does.
 */
export function hiddenValues(
  raw: Readonly<Record<string, unknown>>,
  placeOf: (path: string) => Place | undefined,
): string[] {
  const { sweep } = raw;
  if (!isMapping(sweep)) return [];
  return LEAVES.flatMap(({ path }) => {
    const swept = sweptPlace(sweep, path);
    if (swept === undefined || !isStated(raw, path.split("."))) return [];
    const value = placeOf(path), axis = placeOf(swept);
    if (value === undefined || axis === undefined || value.file === axis.file) return [];
    return [
      `${value.file}:${value.line}:${value.column}: ${path} is not used, since ${axis.file}:${axis.line} sweeps it: ` +
      `remove it, or leave the sweep out with without: [${swept}]`,
    ];
  });
}

function isStated(raw: unknown, path: readonly string[]): boolean {
  if (path.length === 0) return true;
  return isMapping(raw) && Object.hasOwn(raw, path[0]) && isStated(raw[path[0]], path.slice(1));
}
