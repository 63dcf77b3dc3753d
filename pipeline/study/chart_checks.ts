/**
 * A chart names observables and columns that its study will have, or it is refused before anything is computed.
 *
 * @module
 */
import type { AxesDefinition, LayerDefinition } from "../../stages/chart/definition.ts";
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

/** The tables of one pair of axes. */
function axesProblems(study: Sections, axes: AxesDefinition, place: Path): Problem[] {
  const { layers = [] } = axes;
  return [
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
  const columns = columnsOf(study, observable);
  const columnProblems = (name: string, path: Path, at: "key" | "value"): Problem[] => {
    if (columns.includes(name)) return [];
    const nearest = nearestKey(name.slice(name.lastIndexOf(".") + 1), columns, []);
    return [{ path, at, reason: noColumn(path.join("."), name, observable, columns, nearest) }];
  };
  return [
    ...(["x", "y", "color", "detail"] as const).flatMap((key): Problem[] => {
      const source = layer[key];
      if (source === undefined) return [];
      if (typeof source === "string") return columnProblems(source, [...place, key], "value");
      return formulaProblems(source.expression, numericColumnsOf(study, observable), [...place, key, "expression"]);
    }),
    ...Object.keys(layer.filter ?? {}).flatMap((name) => columnProblems(name, [...place, "filter", name], "key")),
  ];
}

/** A formula is one of the columns that have numbers. */
function formulaProblems(formula: string, columns: readonly string[], path: Path): Problem[] {
  const fault = formulaFault(formula, columns, () => `the columns with numbers are ${columns.join(", ")}`);
  return fault === undefined ? [] : [{ path, at: "value", reason: `${path.join(".")} ${fault}` }];
}
