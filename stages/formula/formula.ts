/**
 * The transport formulas as stages: at each point of a study from a cutoff that is given, or for all of them with the cutoff that fits the lattice best.
 *
 * The best cutoff depends on temperature and on everything else but what drives the current. A fit is therefore made for each combination of the swept parameters
 * other than the Fermi level and the two slopes, over all points that share it.
 *
 * @module
 */
import type { Point, Stage } from "../../pipeline/dataflow/stage.ts";
import { aggregate, byPoint, type TableParameters } from "../aggregate/aggregate.ts";
import type { Cell, Table } from "../aggregate/table.ts";
import type { BathParameters } from "../current/baths.ts";
import type { Current } from "../current/current.ts";
import { chiralGaugeField } from "../hamiltonian/gauge_field.ts";
import type { Model } from "../hamiltonian/hamiltonian.ts";
import { type BranchBaths, branchBaths, type BranchBathSettings } from "./branch_baths.ts";
import type { FormulaOrder } from "./branch_integrals.ts";
import { type CutoffFit, fitCutoff } from "./cutoff_fit.ts";
import {
  chargeCurrent,
  energyCurrent,
  type TwoBandModel,
  ultravioletChargeCurrent,
  ultravioletEnergyCurrent,
} from "./transport_formula.ts";

/** A form of the formulas: an order in μ at a cutoff, or the limit Λ → ∞, in which the orders agree. */
export type FormulaForm = FormulaOrder | "ultraviolet";

/** What a study asks of the formulas. */
export interface FormulaSettings extends BranchBathSettings {
  /** Λ, or that it is fitted to the lattice's charge currents. */
  readonly cutoff: number | "fit";
  /** One form, or several side by side, which the table then names. */
  readonly order: FormulaForm | readonly FormulaForm[];
}

/** What the formulas read at a point. */
export interface FormulaPoint {
  /** A⁵ at the surface and |v|. */
  readonly model: TwoBandModel;
  /** The baths of the branches. */
  readonly baths: BranchBaths;
  /** Which points share a cutoff that is fitted. */
  readonly group: string;
}

/** What one form of the formulas gives at a point. */
export interface FormulaCurrents {
  /** The form. */
  readonly order: FormulaForm;
  /** ⟨J_y⟩ of Eqs. (7)–(9). */
  readonly charge: number;
  /** ⟨J_y^E⟩ of (B1). */
  readonly energy: number;
  /** Λ; of the ultraviolet limit, the one that it lets go to infinity. */
  readonly cutoff: number;
  /** Its standard error; 0 if it was given. */
  readonly cutoffError: number;
}

/** What drives currents: points that differ in nothing else share a cutoff. */
const DRIVES = new Set([
  "baths.fermi_level",
  "baths.chemical_potential.profile",
  "baths.chemical_potential.expression",
  "baths.chemical_potential_slope",
  "baths.inverse_temperature_slope",
]);

/**
 * What the formulas read at a point of a study.
 *
 * @param point The point.
 * @param settings What overrides the rule for the baths.
 * @returns The two-band model, for which only |v| matters, and its baths.
 */
export function formulaPoint(point: Point, settings: BranchBathSettings): FormulaPoint {
  const { model, baths } = point.parameters as unknown as { model: Model; baths: BathParameters };
  const [gaugeField] = chiralGaugeField(model.gauge_field, model.sites);
  return {
    model: { gaugeField, velocity: Math.abs(model.velocity) },
    baths: branchBaths(baths, model.sites, settings),
    group: JSON.stringify(Object.entries(point.swept).filter(([path]) => !DRIVES.has(path))),
  };
}

/** What the stage with a given cutoff reads. */
export interface FormulaParameters extends Omit<FormulaPoint, "group"> {
  /** Λ. */
  readonly cutoff: number;
  /** One form, or several. */
  readonly order: FormulaSettings["order"];
}

/** The stage `current`, as far as it is in closed form; what each form gives. */
export const formulaStage: Stage<FormulaParameters, [], FormulaCurrents[]> = {
  kind: "map",
  name: "current",
  task: "formula",
  module: import.meta.url,
  export: "formulaStage",
  format: "json",
  place: "main",
  run: ({ model, baths, cutoff, order }) => formsOf(order).map((form) => currents(model, baths, cutoff, 0, form)),
};

/** What the table with given cutoffs reads. */
export interface FormulaTableParameters extends TableParameters {
  /** What the study asks of the formulas. */
  readonly settings: Pick<FormulaSettings, "order">;
}

/** The table of `formula` with a given cutoff, a row a point and form. */
export const formulaTable: Stage<FormulaTableParameters, FormulaCurrents[][], Table> = {
  kind: "map",
  name: "aggregate",
  task: "formula",
  module: import.meta.url,
  export: "formulaTable",
  format: "json",
  place: "main",
  run(parameters, artifacts) {
    const found = [...byPoint(parameters, artifacts)].flatMap(([point, forms]) =>
      forms.map((form): Found => [point, form])
    );
    return aggregate(parameters, rows(found, parameters.settings));
  },
};

/** What the table with fitted cutoffs reads. */
export interface FittedTableParameters extends TableParameters {
  /** What the formulas read, point by point. */
  readonly points: readonly FormulaPoint[];
  /** What the study asks of the formulas. */
  readonly settings: FormulaSettings;
}

/** The table of `formula` with cutoffs fitted to the lattice's charge currents, a row a point and form. */
export const fittedFormulaTable: Stage<FittedTableParameters, Current[], Table> = {
  kind: "map",
  name: "aggregate",
  task: "fitted_formula",
  module: import.meta.url,
  export: "fittedFormulaTable",
  format: "json",
  place: "main",
  run(parameters, artifacts) {
    const { points, settings } = parameters;
    const charge = new Map([...byPoint(parameters, artifacts)].map(([point, current]) => [point, current.charge]));
    const groups = Map.groupBy(points.keys(), (point) => points[point].group);
    const found: Found[] = [];
    for (const members of groups.values()) {
      const data = members.map((point) => ({ ...points[point], charge: charge.get(point)! }));
      const fits = new Map<FormulaOrder, CutoffFit>();
      for (const form of formsOf(settings.order)) {
        // The limit has no cutoff: it stands beside the exact formula's, whose limit it is.
        const order = form === "ultraviolet" ? "exact" : form, fit = fits.get(order) ?? fitCutoff(data, order);
        fits.set(order, fit);
        members.forEach((point) =>
          found.push([point, currents(points[point].model, points[point].baths, fit.cutoff, fit.error, form)])
        );
      }
    }
    // Sorting is stable: the forms of a point stay in their order.
    return aggregate(parameters, rows(found.sort(([a], [b]) => a - b), settings));
  },
};

/** A point's index, and what one form gives there. */
type Found = readonly [number, FormulaCurrents];

function formsOf(order: FormulaSettings["order"]): readonly FormulaForm[] {
  return typeof order === "string" ? [order] : order;
}

function currents(
  model: TwoBandModel,
  baths: BranchBaths,
  cutoff: number,
  cutoffError: number,
  order: FormulaForm,
): FormulaCurrents {
  const cut = { ...model, cutoff };
  const [charge, energy] = order === "ultraviolet"
    ? [ultravioletChargeCurrent(model, baths), ultravioletEnergyCurrent(model, baths)]
    : [chargeCurrent(cut, baths, order), energyCurrent(cut, baths, order)];
  return { order, charge, energy, cutoff, cutoffError };
}

function rows(
  found: readonly Found[],
  { order }: Pick<FormulaSettings, "order">,
): { point: number[]; columns: Record<string, Cell[]> } {
  return {
    point: found.map(([point]) => point),
    columns: {
      ...typeof order === "string" ? {} : { order: found.map(([, { order }]) => order) },
      charge_current: found.map(([, { charge }]) => charge),
      energy_current: found.map(([, { energy }]) => energy),
      cutoff: found.map(([, { cutoff }]) => cutoff),
      cutoff_error: found.map(([, { cutoffError }]) => cutoffError),
    },
  };
}
