/**
 * A chart names observables and columns that its study will have, or it is refused before anything is computed.
 *
 * @module
 */
import { type AxesDefinition, type LayerDefinition, layersOf } from "../../stages/chart/definition.ts";
import { noColumn, noObservable, shown } from "../errors.ts";
import { columnsOf, numericColumnsOf } from "./columns.ts";
import { formulaFault } from "./formula_fault.ts";
import { nearestKey, nearestName } from "./nearest_name.ts";
import type { Path, Problem } from "./problem.ts";
import type { Study } from "./schema.ts";

type Sections = Pick<Study, "sweep" | "observables" | "charts">;

/** Returns what is wrong with the observables, columns and panels that the charts of a study name. */
export function chartProblems(study: Sections): Problem[] {
  return study.charts.flatMap((chart, index) => {
    const place = ["charts", String(index)];
    if (!("panels" in chart)) return axesProblems(study, chart, place);
    return chart.panels.flatMap((panel, i) => {
      const path = [...place, "panels", String(i)];
      return typeof panel === "string" ? panelProblems(study, panel, path) : axesProblems(study, panel, path);
    });
  });
}

/** A panel that is a name is that of another chart. */
function panelProblems(study: Sections, name: string, path: Path): Problem[] {
  const names = study.charts.flatMap((chart) => "panels" in chart ? [] : [chart.name]);
  if (names.includes(name)) return [];
  const nearest = nearestName(name, names);
  const there = names.length === 0 ? "it has none without panels" : names.join(", ");
  const hint = nearest === undefined ? "" : `, did you mean ${nearest}?`;
  const reason = `${path.join(".")} must be another chart of this study (${there}): got ${shown(name)}${hint}`;
  return [{ path, at: "value", reason }];
}

/** The tables of one pair of axes, of which lines across the plot would have but one. */
function axesProblems(study: Sections, axes: AxesDefinition, place: Path): Problem[] {
  const { layers = [] } = axes;
  const reason = `${place.join(".")} has rules alone: lay them over or under a table that has x and y`;
  const isRulesAlone = layersOf(axes).every(({ mark }) => mark === "rule");
  return [
    ...isRulesAlone ? [{ path: place, at: "value", reason } as const] : [],
    ...layerProblems(study, axes, place),
    ...layers.flatMap((layer, i) => layerProblems(study, layer, [...place, "layers", String(i)])),
  ];
}

/** One table of a chart: its observable is computed, and what it reads are columns of that. */
function layerProblems(study: Sections, layer: LayerDefinition, place: Path): Problem[] {
  const observables = Object.keys(study.observables);
  const { observable } = layer;
  if (!Object.hasOwn(study.observables, observable)) {
    const path = [...place, "observable"];
    const nearest = nearestName(observable, observables);
    return [{ path, at: "value", reason: noObservable(path.join("."), observable, observables, nearest) }];
  }
  const columns = columnsOf(study, observable), numeric = numericColumnsOf(study, observable);
  const columnProblems = (name: string, path: Path, at: "key" | "value"): Problem[] => {
    if (columns.includes(name)) return [];
    const nearest = nearestKey(name.slice(name.lastIndexOf(".") + 1), columns, []);
    return [{ path, at, reason: noColumn(path.join("."), name, observable, columns, nearest) }];
  };
  return [
    ...(["x", "y", "color", "detail", "labels"] as const).flatMap((key): Problem[] => {
      const source = layer[key];
      if (source === undefined) return [];
      if (typeof source === "string") return columnProblems(source, [...place, key], "value");
      return formulaProblems(source.expression, numeric, [...place, key, "expression"]);
    }),
    ...errorProblems(layer, columns, numeric, place),
    ...Object.keys(layer.filter ?? {}).flatMap((name) => columnProblems(name, [...place, "filter", name], "key")),
  ];
}

/** Error bars are numbers about numbers. */
function errorProblems(
  { observable, error, y }: LayerDefinition,
  columns: readonly string[],
  numeric: readonly string[],
  place: Path,
): Problem[] {
  if (error === undefined) return [];
  const path = [...place, "error"], key = path.join(".");
  if (!numeric.includes(error)) {
    const nearest = nearestKey(error.slice(error.lastIndexOf(".") + 1), numeric, []);
    return [{ path, at: "value", reason: noColumn(key, error, observable, numeric, nearest, " with numbers") }];
  }
  const isWords = typeof y === "string" && columns.includes(y) && !numeric.includes(y);
  return isWords ? [{ path, at: "value", reason: `${key} needs a y with numbers: ${y} has labels` }] : [];
}

/** A formula is one of the columns that have numbers. */
function formulaProblems(formula: string, columns: readonly string[], path: Path): Problem[] {
  const fault = formulaFault(formula, columns, () => `the columns with numbers are ${columns.join(", ")}`);
  return fault === undefined ? [] : [{ path, at: "value", reason: `${path.join(".")} ${fault}` }];
}
