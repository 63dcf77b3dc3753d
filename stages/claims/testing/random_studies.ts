/**
 * Tables of studies that make no sense: any parameters, any sweep, any numbers, tables that are missing, empty or of one row.
 *
 * @module
 */
import fc from "fast-check";
import type { Cell } from "../../aggregate/table.ts";
import { ownColumns } from "../../../pipeline/study/columns.ts";
import { type MadeUp, type MadeUpRow, madeUpStudy, PAPER } from "./made_up.ts";

/** Few different numbers, so that zeros, opposites and equals come up, and some that are extreme. */
const NUMBERS = [0, 0, 1, -1, 0.1, -0.1, 0.01, -0.01, 0.5, 2, -1.2, -2, 1e-17, 1e-300, 1e12, -1e12, Math.PI];

const LABELS: Readonly<Record<string, readonly string[]>> = {
  branch: ["fa", "cll", "landau", "other"],
  state: ["fa", "cll"],
  orbital: ["L↑"],
  order: ["exact", "first", "ultraviolet"],
};

const PROFILES = ["linear", "linear", "constant", "table", "expression"];

/** What a study may say of a parameter, beside the paper's value. */
function valueOf(path: string): fc.Arbitrary<Cell> {
  if (path === "model.gauge_field.profile") return fc.constantFrom(...PROFILES);
  if (path === "model.sites") return fc.constantFrom(2, 3, 7, 40, 50);
  if (path === "model.gauge_field.cutoff" || path === "baths.inverse_temperature") {
    return fc.constantFrom(0.01, 1, 10, 50, 1e6);
  }
  return fc.constantFrom(...NUMBERS);
}

function cellOf(column: string): fc.Arbitrary<Cell> {
  if (column in LABELS) return fc.constantFrom(...LABELS[column]);
  if (column === "site" || column === "band") return fc.integer({ min: 0, max: 7 });
  if (column === "cutoff") return fc.constantFrom(1e-6, 0.5, 3, 1e9);
  return fc.constantFrom(...NUMBERS);
}

/** A table: its swept paths as the study has them, its own columns, and any rows. */
function rowsOf(observable: string, swept: readonly string[], isListed: boolean): fc.Arbitrary<MadeUpRow[]> {
  const own = ownColumns[observable as keyof typeof ownColumns];
  const columns = observable === "formula" && isListed ? ["order", ...own] : own;
  const row = fc.record(
    Object.fromEntries([
      ...swept.map((path) => [path, valueOf(path)] as const),
      ...columns.map((column) => [column, cellOf(column)] as const),
    ]),
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: row.map((one) => [one]) },
    { weight: 6, arbitrary: fc.array(row, { minLength: 2, maxLength: 30, size: "max" }) },
  ) as fc.Arbitrary<MadeUpRow[]>;
}

/**
 * Random studies.
 *
 * @returns Their tables and facts.
 */
export function studies(): fc.Arbitrary<MadeUp> {
  const paths = Object.keys(PAPER), names = Object.keys(ownColumns);
  return fc.record({
    swept: fc.subarray(paths, { maxLength: 3 }),
    changed: fc.subarray(paths, { maxLength: 2 }),
    isListed: fc.boolean(),
    observables: fc.subarray(names, { minLength: 1 }),
  }).chain(({ swept, changed, isListed, observables }) =>
    fc.record({
      parameters: fc.record(Object.fromEntries(changed.map((path) => [path, valueOf(path)]))),
      tables: fc.record(Object.fromEntries(observables.map((name) => [name, rowsOf(name, swept, isListed)]))),
      along: fc.constantFrom("model.mass", "model.velocity"),
      order: fc.constantFrom("exact", "first", "ultraviolet"),
      qz: fc.constantFrom(0, 1, "integrated"),
    })
      .map(({ parameters, tables, along, order, qz }) =>
        madeUpStudy(tables as Record<string, MadeUpRow[]>, {
          parameters: parameters as Record<string, Cell>,
          settings: {
            formula: { cutoff: 1, order: isListed ? ["exact", "first", "ultraviolet"] : order },
            gap_opening: { along },
            linewidth: { qz: qz === "integrated" ? 0 : qz },
            spectral: { qz },
          },
        })
      )
  );
}
