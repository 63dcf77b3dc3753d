import { assertEquals, assertThrows } from "@std/assert";
import { ownColumns } from "../../pipeline/study/columns.ts";
import type { BathResponse } from "../current/bath_response.ts";
import type { Current } from "../current/current.ts";
import type { CurrentProfile } from "../current/current_profile.ts";
import type { BandList } from "../diagonalize/bands.ts";
import { observables } from "../observables.ts";
import { bandTable, branchTable, currentTable, gapTable, profileTable, responseTable } from "./observable_tables.ts";
import type { Table } from "./table.ts";

function current(charge: number): Current & CurrentProfile {
  return {
    charge,
    chargeError: charge / 10,
    energy: -charge,
    energyError: charge / 100,
    chargeProfile: Float64Array.of(charge + 1, charge + 2),
    energyProfile: new Float64Array(2),
    magnitude: 1,
  };
}

const response: BathResponse = {
  chargeByPotential: Float64Array.of(1, 2),
  chargeByTemperature: Float64Array.of(3, 4),
  energyByPotential: Float64Array.of(5, 6),
  energyByTemperature: Float64Array.of(7, 8),
  magnitude: 9,
};

/** Two sites would have 8 states; two are enough to tell them apart. */
function bandsAt(qy: readonly number[], first: number): BandList {
  const states = Float64Array.from({ length: 2 * qy.length }, (_, i) => first + i);
  return {
    qy: Float64Array.from(qy),
    qz: Float64Array.from(qy, () => 0.5),
    energy: states,
    meanPosition: states.map((value) => value / 10),
    chirality: states.map((_, i) => (-1) ** i),
  };
}

/** One momentum, two sites. */
const densities = {
  qy: Float64Array.of(0.8),
  qz: Float64Array.of(0),
  branch: ["cll", "fa"],
  energy: Float64Array.of(-1, 1),
  density: Float64Array.of(0.1, 0.9, 0.8, 0.2),
};

const parameters = {
  observable: "x",
  swept: [{ name: "mass", values: [0.1, 0.2] }],
  artifacts: [1, 1],
};

function rowsOf({ columns }: Table): unknown[][] {
  return columns[0].cells.map((_, row) => columns.map(({ cells }) => cells[row]));
}

Deno.test("a current is a row, its profile a row a site", async () => {
  const artifacts = [current(1), current(2)];
  assertEquals(rowsOf(await currentTable.run(parameters, artifacts, () => {})), [
    [0.1, 1, 0.1, -1, 0.01],
    [0.2, 2, 0.2, -2, 0.02],
  ]);
  assertEquals(rowsOf(await profileTable.run(parameters, artifacts, () => {})), [
    [0.1, 0, 2],
    [0.1, 1, 3],
    [0.2, 0, 3],
    [0.2, 1, 4],
  ]);
});

Deno.test("a current by branch is a row a branch, in the order of the contract", async () => {
  const artifacts = [{ charge: [1, 2, 3, 4], magnitude: 9 }, { charge: [5, 6, 7, 8], magnitude: 9 }];
  assertEquals(rowsOf(await branchTable.run(parameters, artifacts, () => {})), [
    ...["fa", "cll", "landau", "other"].map((branch, i) => [0.1, branch, 1 + i]),
    ...["fa", "cll", "landau", "other"].map((branch, i) => [0.2, branch, 5 + i]),
  ]);
});

Deno.test("a response is a row a site", async () => {
  assertEquals(rowsOf(await responseTable.run(parameters, [response, response], () => {})), [
    [0.1, 0, 1, 3, 5, 7],
    [0.1, 1, 2, 4, 6, 8],
    [0.2, 0, 1, 3, 5, 7],
    [0.2, 1, 2, 4, 6, 8],
  ]);
});

Deno.test("bands are a row a momentum and state, however they were cut into artifacts", async () => {
  const artifacts = [bandsAt([1, 2], 0), bandsAt([3], 10), bandsAt([1], 20)];
  const table = await bandTable.run({ ...parameters, artifacts: [2, 1] }, artifacts, () => {});
  assertEquals(rowsOf(table), [
    [0.1, 1, 0.5, 0, 0, 0, 1],
    [0.1, 1, 0.5, 1, 1, 0.1, -1],
    [0.1, 2, 0.5, 0, 2, 0.2, 1],
    [0.1, 2, 0.5, 1, 3, 0.3, -1],
    [0.1, 3, 0.5, 0, 10, 1, 1],
    [0.1, 3, 0.5, 1, 11, 1.1, -1],
    [0.2, 1, 0.5, 0, 20, 2, 1],
    [0.2, 1, 0.5, 1, 21, 2.1, -1],
  ]);
});

Deno.test("a gap is a row", async () => {
  assertEquals(rowsOf(await gapTable.run(parameters, [{ gap: 0.25 }, { gap: 0 }], () => {})), [[0.1, 0.25], [0.2, 0]]);
});

Deno.test("densities are a row a state and site, with the form before it where there are several", async () => {
  const one = { observable: "x", swept: [], artifacts: [1] };
  const rows = [
    ["cll", 0.8, 0, -1, 0, 0.1],
    ["cll", 0.8, 0, -1, 1, 0.9],
    ["fa", 0.8, 0, 1, 0, 0.8],
    ["fa", 0.8, 0, 1, 1, 0.2],
  ];
  const { table } = observables.density, { table: continuum } = observables.continuum_density;
  assertEquals(rowsOf(await table.run(one, [densities], () => {}) as Table), rows);
  assertEquals(
    rowsOf(await continuum.run(one, [{ ...densities, form: "lattice" }], () => {}) as Table),
    rows.map((row) => ["lattice", ...row]),
  );
});

Deno.test("a table whose columns differ in length is not accepted", () => {
  const table: Table = {
    observable: "gap",
    columns: [{ name: "mass", cells: [1, 2] }, { name: "gap", cells: [1] }],
  };
  assertThrows(() => gapTable.audit!(table, parameters, []), Error, "its columns have 2, 1 rows");
  gapTable.audit!({ ...table, columns: table.columns.slice(1) }, parameters, []);
});

Deno.test("the columns are those by which studies are checked", async () => {
  const samples = {
    bands: bandsAt([1], 0),
    continuum: { branch: ["fa"], level: [0], qy: [1], energy: [1] },
    continuum_density: { ...densities, form: "printed" },
    current: current(1),
    current_by_branch: { charge: [1, 2, 3, 4], magnitude: 9 },
    current_profile: current(1),
    density: densities,
    gap: { gap: 1 },
    response,
  };
  assertEquals(Object.keys(ownColumns).sort(), Object.keys(observables).sort());
  for (const [name, sample] of Object.entries(samples)) {
    const { table } = observables[name];
    const { columns } = await table.run({ observable: name, swept: [], artifacts: [1] }, [sample], () => {}) as Table;
    assertEquals(columns.map((column) => column.name), [...ownColumns[name as keyof typeof ownColumns]]);
    assertEquals([table.name, table.task], ["aggregate", name]);
  }
});
