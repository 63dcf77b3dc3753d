/**
 * Where two studies differ, in parts that can be taken back one by one: whoever wants to know what a difference leads to compares the later study with itself
 * without it.
 *
 * @module
 */
import type { Json } from "../dataflow/stage.ts";
import { type Change, changes } from "../report/changes.ts";
import { canonicalJson } from "../store/canonical_json.ts";
import type { Study } from "./schema.ts";
import { validateStudy } from "./validate.ts";

/** One difference between two studies. */
export interface Difference {
  /** The values that changed, by their paths in the file; charts go by their names in place of their numbers. */
  readonly changes: readonly Change[];
  /** The later study with this difference taken back; undefined if that is no study, since other differences need this one. */
  readonly without: Study | undefined;
}

/** Parts of a section, by names that tell them apart. */
type Parts = ReadonlyMap<string, unknown>;

/** How a section of a study falls into parts. */
interface Section {
  /** Its key. */
  readonly key: string;
  /** Whether the order of the parts counts. */
  readonly isOrdered: boolean;
  /** Its parts. */
  parts(study: Study): Parts;
  /** A study with other parts. */
  put(study: Study, parts: Parts): Study;
  /** What a part says, by paths in the file. */
  values(name: string, part: unknown): Readonly<Record<string, unknown>>;
}

/** Sections that are compared as one: their values mean something together only. */
const whole = (key: "title" | "momentum"): Section => ({
  key,
  isOrdered: false,
  parts: (study) => new Map([[key, study[key]]]),
  put: (study, parts) => ({ ...study, [key]: parts.get(key) }),
  values: (_name, part) => ({ [key]: part }),
});

/** Sections whose keys are told apart. */
const byKey = (key: "model" | "baths" | "disorder" | "observables"): Section => ({
  key,
  isOrdered: false,
  parts: (study) => new Map(Object.entries(study[key])),
  put: (study, parts) => ({ ...study, [key]: Object.fromEntries(parts) }),
  values: (name, part) => ({ [`${key}.${name}`]: part }),
});

const SECTIONS: readonly Section[] = [
  whole("title"),
  byKey("model"),
  whole("momentum"),
  byKey("baths"),
  byKey("disorder"),
  {
    key: "sweep",
    isOrdered: true,
    parts: (study) => new Map(study.sweep.map((axis) => [axis.map(({ path }) => path).join(), axis])),
    put: (study, parts) => ({ ...study, sweep: [...parts.values()] as Study["sweep"] }),
    values: (_name, axis) =>
      Object.fromEntries((axis as Study["sweep"][number]).map(({ path, values }) => [`sweep.${path}`, values])),
  },
  byKey("observables"),
  {
    key: "charts",
    isOrdered: true,
    parts: (study) => new Map(study.charts.map((chart) => [chart.name, chart])),
    put: (study, parts) => ({ ...study, charts: [...parts.values()] as Study["charts"] }),
    values: (name, chart) => ({ [`charts.${name}`]: chart }),
  },
];

/**
 * A study as its file might have it.
 *
 * @param study The study.
 * @returns What {@linkcode validateStudy} takes for the same study.
 */
export function fileForm({ sweep, ...study }: Study): Record<string, unknown> {
  const columns = (axis: Study["sweep"][number]) => Object.fromEntries(axis.map(({ path, values }) => [path, values]));
  const zip = sweep.filter((axis) => axis.length > 1).map(columns);
  return { ...study, sweep: Object.assign({}, ...sweep.map((axis) => axis.length > 1 ? { zip } : columns(axis))) };
}

/**
 * The differences between two studies of one name.
 *
 * @param before The earlier one.
 * @param after The later one.
 * @returns The differences, in the order of the sections and within them of the later study.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseStudy } from "./load.ts";
 *
 * const text = "study: a\nobservables: { gap: {} }\n";
 * const { study: before } = parseStudy(text, "a.yaml"), { study: after } = parseStudy(`${text}model: { mass: 1 }\n`, "a.yaml");
 * const [{ changes, without }] = differences(before, after);
 * assertEquals(changes, [{ path: "model.mass", old: 0, new: 1 }]);
 * assertEquals(without, before);
 * ```
 */
export function differences(before: Study, after: Study): Difference[] {
  return SECTIONS.flatMap((section) => inSection(section, before, after));
}

function inSection(section: Section, before: Study, after: Study): Difference[] {
  const old = section.parts(before), current = section.parts(after);
  const names = [...new Set([...current.keys(), ...old.keys()])];
  const withParts = (parts: Parts) => validateStudy(fileForm(section.put(after, parts))).study;
  const found = names.filter((name) => !isSame(old.get(name), current.get(name))).map((name): Difference => {
    const parts = new Map(current);
    if (old.has(name)) parts.set(name, old.get(name));
    else parts.delete(name);
    const said = (all: Parts) => all.has(name) ? section.values(name, all.get(name)) : {};
    return { changes: changesBetween(said(old), said(current)), without: withParts(parts) };
  });
  const common = (parts: Parts, others: Parts) => [...parts.keys()].filter((name) => others.has(name));
  const oldOrder = common(old, current), order = common(current, old);
  if (!section.isOrdered || isSame(oldOrder, order)) return found;
  const sorted = [...current].sort(([a], [b]) => oldOrder.indexOf(a) - oldOrder.indexOf(b));
  return [...found, {
    changes: [{ path: section.key, old: oldOrder, new: order }],
    without: withParts(new Map(sorted)),
  }];
}

/** What comes or goes as a whole is one change; that a mapping was or becomes empty is said by what comes or goes in it. */
function changesBetween(old: Readonly<Record<string, unknown>>, current: Readonly<Record<string, unknown>>): Change[] {
  return [...new Set([...Object.keys(current), ...Object.keys(old)])].flatMap((path) => {
    const was = old[path] as Json | undefined, is = current[path] as Json | undefined;
    if (was === undefined || is === undefined) return [{ path, old: was, new: is }];
    const inside = changes({ [path]: was }, { [path]: is });
    return inside.length === 1 ? inside : inside.filter((change) => change.path !== path);
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a as Json ?? null) === canonicalJson(b as Json ?? null);
}
