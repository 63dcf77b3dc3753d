/**
 * What a study varies: values by path, as a file gives them, become groups of columns that go together, the first of
 * which varies slowest.
 *
 * @module
 */
import * as v from "valibot";
import { listed } from "../errors.ts";
import type { Leaf } from "./leaves.ts";
import { isMapping, mapping } from "./mapping.ts";
import { MOST_POINTS, sweptNumbers, sweptWords } from "./scalars.ts";

/** One swept path and the values it takes. */
export interface SweepColumn {
  /** The dotted path, such as `baths.fermi_level`. */
  path: string;
  /** Its values, one a point. */
  values: Values;
}

/** Columns of equal length that are varied together; a path swept alone is a group of one. */
export type SweepAxis = SweepColumn[];

/** The values that a path takes. */
export type Values = (number | string)[];
/** The values of the paths of one group of `zip:`. */
export type SweepGroup = Record<string, Values>;
type FileSweep = Record<string, Values | SweepGroup | SweepGroup[]>;

/** The schemas of values by path. */
export type SweepColumns = Record<string, v.GenericSchema<unknown, Values | undefined>>;

/** Returns the schemas of the values of every path that can be swept. */
export function sweepColumns(leaves: readonly Leaf[]): SweepColumns {
  return Object.fromEntries(
    leaves.map((leaf) => [leaf.path, v.optional(leaf.numeric ? sweptNumbers(leaf.schema) : sweptWords(leaf.schema))]),
  );
}

/** Returns the schema of `sweep:` for the paths that can be swept and the schema of a group of them. */
export function sweepSchema(
  columns: SweepColumns,
  group: v.GenericSchema<Record<string, unknown>, SweepGroup>,
): v.GenericSchema<Record<string, unknown>, SweepAxis[]> {
  const groups = v.pipe(
    v.union([group, v.array(group)], "must be a mapping of paths to values, or a list of such mappings"),
    v.description("Paths that are varied together, point by point: all the lists of one group are equally long."),
  );
  const file = mapping({ ...columns, zip: v.optional(groups) }, { order: "file" }) as unknown as v.GenericSchema<
    Record<string, unknown>,
    FileSweep
  >;
  return v.pipe(
    file,
    v.description(
      "Paths and the values they take: every combination is a point, and the first path varies slowest.",
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const sweep = dataset.value;
      const found = placesOf(sweep);
      const seen = new Set<string>();
      for (const { key, place } of found) {
        if (seen.has(key)) addIssue({ message: "is swept twice: keep one of the two", path: issuePath(sweep, place) });
        seen.add(key);
      }
      const points = axesOf(sweep).reduce((product, axis) => product * (axis[0]?.values.length ?? 1), 1);
      if (points > MOST_POINTS) {
        addIssue({
          message: `has ${points} points: the most is ${MOST_POINTS}, so use fewer values or split the study`,
        });
      }
    }),
    v.transform(axesOf),
  );
}

/** Returns the schema of a group of `zip:`, paths whose lists are equally long. */
export function sweepGroupSchema(columns: SweepColumns): v.GenericSchema<Record<string, unknown>, SweepGroup> {
  const schema = mapping(columns, { order: "file" }) as unknown as v.GenericSchema<
    Record<string, unknown>,
    SweepGroup
  >;
  return v.pipe(
    schema,
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const sizes = Object.entries(dataset.value).map(([path, values]) => ({ path, count: values.length }));
      if (sizes.length === 0) addIssue({ message: "must name at least one path" });
      if (new Set(sizes.map(({ count }) => count)).size > 1) {
        const counts = listed(sizes.map(({ path, count }) => `${path} has ${count}`));
        addIssue({ message: `must have equally long lists: ${counts}` });
      }
    }),
  );
}

function isGroup(value: Values | SweepGroup | SweepGroup[]): value is SweepGroup {
  return isMapping(value);
}

function groupsOf(key: string, value: Values | SweepGroup | SweepGroup[]): { place: string[]; columns: SweepGroup }[] {
  if (key !== "zip") return [{ place: [], columns: { [key]: value as Values } }];
  if (isGroup(value)) return [{ place: ["zip"], columns: value }];
  return (value as SweepGroup[]).map((columns, index) => ({ place: ["zip", String(index)], columns }));
}

function axesOf(sweep: FileSweep): SweepAxis[] {
  return Object.entries(sweep).flatMap(([key, value]) =>
    groupsOf(key, value).map(({ columns }) => Object.entries(columns).map(([path, values]) => ({ path, values })))
  );
}

/** Every swept path with its place under `sweep`, in the order of the file. */
function placesOf(sweep: FileSweep): { key: string; place: string[] }[] {
  return Object.entries(sweep).flatMap(([key, value]) =>
    groupsOf(key, value).flatMap(({ place, columns }) =>
      Object.keys(columns).map((path) => ({ key: path, place: [...place, path] }))
    )
  );
}

function issuePath(input: FileSweep, place: readonly string[]): [v.IssuePathItem, ...v.IssuePathItem[]] {
  const items = place.map((key): v.IssuePathItem => ({ type: "object", origin: "key", input, key, value: undefined }));
  return items as [v.IssuePathItem, ...v.IssuePathItem[]];
}
