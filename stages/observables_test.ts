import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Json, MapStep, Point } from "../pipeline/dataflow/stage.ts";
import { pointsInBlock } from "./diagonalize/grid_blocks.ts";
import { foldedAxis } from "./diagonalize/midpoint_grid.ts";
import { momentumAxes } from "./diagonalize/momentum_grid.ts";
import { kernelName } from "./kernel/kernel.ts";
import { observableOf, observables } from "./observables.ts";

const parameters = {
  model: { sites: 4, velocity: 1, mass: 0, hopping: -1, gauge_field: { profile: "linear", amplitude: 1.6, cutoff: 4 } },
  momentum: { qy: 6, qz: 5 },
  baths: {
    coupling: 0,
    fermi_level: 0,
    chemical_potential_slope: 0.01,
    inverse_temperature: 1,
    inverse_temperature_slope: 0,
  },
  disorder: { strength: 0.02, broadening: 0.05, scheme: "none", normalisation: "printed" },
};

const SETTINGS: Readonly<Record<string, Json>> = {
  current: { method: "limit" },
  current_by_branch: {},
  current_limit: {},
  current_profile: {},
  response: {},
  bands: { qy: [0, 1, 2], qz: [0, 0.5] },
  continuum: { qy: [0, 1], levels: 2 },
  continuum_density: { qy: [0.8], qz: [0, 0.5], form: ["printed"] },
  gap: {},
  self_energy: { omega: [0.1] },
  spectral: { omega: [0.1], qy: [0.2], qz: "integrated" },
};

/** A point of the study above with one number replaced. */
function pointWith(path = "", value: Json = 0): Point {
  const changed = structuredClone(parameters) as Record<string, Record<string, Json>>;
  const [section, key] = path.split(".");
  if (path !== "") changed[section][key] = value;
  return { swept: {}, parameters: changed };
}

/** What each step of an observable reads and asks for at a point. */
function asked(observable: string, point: Point): unknown[] {
  return observables[observable].steps.map((step) => {
    const read = step.reads(point, SETTINGS[observable]);
    return step.kind === "map"
      ? [read, step.tasks(read).map(({ stage, parameters }) => [stage.task, parameters])]
      : read;
  });
}

function requests(observable: string, name: string, point = pointWith(), settings = SETTINGS[observable]) {
  const step = observables[observable].steps.find((step) => step.name === name) as MapStep;
  return step.tasks(step.reads(point, settings)).map(({ stage, parameters }) => ({
    task: stage.task,
    ...parameters as unknown as { qy: number[]; qz: number[]; kernel: string },
  }));
}

Deno.test("what an observable does not read makes no difference to it", () => {
  const unread: Readonly<Record<string, readonly string[]>> = {
    current: ["disorder.strength", "disorder.scheme", "baths.coupling"],
    current_limit: ["disorder.strength", "baths.coupling"],
    current_by_branch: ["disorder.strength", "baths.coupling"],
    current_profile: ["disorder.strength"],
    response: ["disorder.strength"],
    bands: ["disorder.strength", "baths.fermi_level", "momentum.qy"],
    continuum: ["model.sites", "model.mass", "model.hopping", "momentum.qy", "baths.fermi_level"],
    continuum_density: ["model.mass", "model.hopping", "momentum.qy", "disorder.strength"],
    gap: ["disorder.strength", "baths.fermi_level", "baths.inverse_temperature"],
  };
  for (const [observable, paths] of Object.entries(unread)) {
    for (const path of paths) {
      assertEquals(asked(observable, pointWith(path, 7)), asked(observable, pointWith()), `${observable}: ${path}`);
    }
  }
});

Deno.test("what an observable reads makes a difference to it", () => {
  const read: Readonly<Record<string, readonly string[]>> = {
    current: [
      ...["model.sites", "model.velocity", "model.mass", "model.hopping", "momentum.qy", "momentum.qz"],
      ...["baths.fermi_level", "baths.chemical_potential_slope", "baths.inverse_temperature"],
      "baths.inverse_temperature_slope",
    ],
    current_by_branch: ["model.mass", "momentum.qz", "baths.fermi_level"],
    current_limit: ["model.mass", "momentum.qz", "baths.fermi_level"],
    current_profile: ["model.mass", "momentum.qz", "baths.fermi_level", "baths.coupling"],
    response: ["model.mass", "momentum.qz", "baths.fermi_level", "baths.coupling"],
    bands: ["model.sites", "model.mass", "model.hopping"],
    continuum: ["model.velocity"],
    continuum_density: ["model.sites", "model.velocity"],
    gap: ["model.mass", "momentum.qy", "momentum.qz"],
  };
  for (const [observable, paths] of Object.entries(read)) {
    for (const path of paths) {
      assertNotEquals(asked(observable, pointWith(path, 9)), asked(observable, pointWith()), `${observable}: ${path}`);
    }
  }
});

Deno.test("profiles of the baths are read by what they drive, and are not there where none is stated", () => {
  const settings = { cutoff: 0.5, order: "exact" }, uniform = pointWith("baths.chemical_potential_slope", 0);
  const profiled = structuredClone(uniform) as { parameters: Record<string, Record<string, Json>> };
  profiled.parameters.baths.chemical_potential = { profile: "expression", expression: "0.1*x" };
  for (const observable of ["current", "current_by_branch", "current_profile", "response", "formula"]) {
    const read = (point: unknown) =>
      JSON.stringify(observables[observable].steps.map((step) => step.reads(point as Point, settings)));
    assertNotEquals(read(profiled), read(uniform), observable);
    assert(!read(uniform).includes('chemical_potential"'), observable);
  }
});

Deno.test("κ scales the first Born approximation afterwards, and stands inside the self-consistent one", () => {
  const under = (scheme: string, strength: number): unknown[] => {
    const point = pointWith();
    Object.assign(point.parameters.disorder as object, { scheme, strength });
    return asked("self_energy", point);
  };
  assertEquals(under("fba", 0.1).slice(0, -1), under("fba", 0.2).slice(0, -1));
  assertNotEquals(under("fba", 0.1).at(-1), under("fba", 0.2).at(-1));
  assertNotEquals(under("scba", 0.1)[1], under("scba", 0.2)[1]);
  assertEquals(under("scba", 0.1).at(-1), under("scba", 0.2).at(-1));
  assertEquals(under("none", 0.1), under("none", 0.2));
});

Deno.test("points that differ in the baths alone share everything before the fold", () => {
  for (const observable of ["current", "current_by_branch", "current_limit", "current_profile", "response"]) {
    assertEquals(
      asked(observable, pointWith("baths.fermi_level", 1)).slice(0, -1),
      asked(observable, pointWith()).slice(0, -1),
    );
  }
});

Deno.test("the blocks of the grid cover its quarter once, row by row", () => {
  for (const [qy, qz, sites] of [[6, 5, 4], [7, 8, 4], [2, 2, 2], [300, 3, 20], [129, 4, 200]]) {
    const point = pointWith();
    Object.assign(point.parameters.momentum as object, { qy, qz });
    Object.assign(point.parameters.model as object, { sites });
    const blocks = requests("current", "diagonalize", point);
    const points = blocks.flatMap((block) => block.qy.map((y, i) => [y, block.qz[i]]));
    assertEquals(points, [...foldedAxis(qz)].flatMap((z) => [...foldedAxis(qy)].map((y) => [y, z])));
    for (const block of blocks) {
      assertEquals(new Set(block.qz).size, 1);
      assert(block.qy.length <= pointsInBlock(sites) && block.qy.length === block.qz.length);
    }
  }
});

Deno.test("the rule of the grid is read where it is not the midpoint rule, by everything that has a grid", () => {
  const named = (rule: string | undefined): Point => {
    const point = pointWith();
    Object.assign(point.parameters.disorder as object, { scheme: "fba" });
    Object.assign(point.parameters.momentum as object, { qy: 6, qz: 8, ...rule === undefined ? {} : { rule } });
    return point;
  };
  for (const observable of ["current", "current_profile", "current_by_branch", "gap", "self_energy", "spectral"]) {
    const unnamed = asked(observable, named(undefined));
    assertEquals(asked(observable, named("midpoint")), unnamed);
    assertNotEquals(asked(observable, named("gauss-legendre")), unnamed, observable);
  }
  const blocks = requests("current", "diagonalize", named("gauss-legendre"));
  const { y, z } = momentumAxes({ qy: 6, qz: 8, rule: "gauss-legendre" });
  assertEquals(blocks.map(({ qz }) => qz), [...z.point].map((q) => [q, q, q]));
  for (const { qy } of blocks) assertEquals(qy, [...y.point]);
});

Deno.test("adaptive integration goes from the slab to the current; what has no such integral goes its own way", () => {
  const kinds = (name: string, settings: Json): string[] =>
    observableOf(name, settings, { rule: "adaptive", isDisordered: false }).steps.map((step) =>
      `${step.name} ${step.kind}`
    );
  for (const [name, settings] of [["current", {}], ["current_profile", {}], ["formula", { cutoff: "fit" }]] as const) {
    assertEquals(kinds(name, settings), ["hamiltonian map", "current refine"]);
    assertNotEquals(
      observableOf(name, settings, { rule: "midpoint", isDisordered: false }).steps,
      observableOf(name, settings, { rule: "adaptive", isDisordered: false }).steps,
    );
  }
  assertEquals(kinds("formula", { cutoff: 0.5 }), ["current map"]);
  assertEquals(observableOf("bands", {}, { rule: "adaptive", isDisordered: false }), observables.bands);
  const [, step] = observableOf("current", {}, { rule: "adaptive", isDisordered: false }).steps, point = pointWith();
  Object.assign(point.parameters.momentum as object, { rule: "adaptive", tolerance: 1e-6 });
  const { coupling: _, ...baths } = parameters.baths;
  assertEquals(step.reads(point, {}), {
    sites: 4,
    kernel: kernelName(),
    momentum: { qy: 6, qz: 5, tolerance: 1e-6 },
    baths,
  });
});

Deno.test("the gap looks at the grid and at the line q_y = 0, centre and edge included", () => {
  const tasks = requests("gap", "diagonalize"), grid = requests("current", "diagonalize");
  assertEquals(tasks.slice(0, grid.length), grid); // shared with the current
  const line = tasks.slice(grid.length);
  assertEquals(line.flatMap(({ qy }) => qy), Array(5).fill(0));
  assertEquals(line.flatMap(({ qz }) => qz), [0, ...foldedAxis(5), Math.PI]);
});

Deno.test("bands are asked for at every pair of the lists, q_y varying fastest, in tasks of limited size", () => {
  assertEquals(requests("bands", "diagonalize"), [
    { task: "bands", qy: [0, 1, 2, 0, 1, 2], qz: [0, 0, 0, 0.5, 0.5, 0.5], kernel: kernelName() },
  ]);
  const many = Array.from({ length: 101 }, (_, i) => i / 10);
  const tasks = requests("bands", "diagonalize", pointWith(), { qy: many, qz: [1, 2] });
  assert(tasks.length > 3 && tasks.every(({ qy }) => qy.length <= 32));
  assertEquals(tasks.flatMap(({ qy }) => qy), [...many, ...many]);
  assertEquals(tasks.flatMap(({ qz }) => qz), [...many.map(() => 1), ...many.map(() => 2)]);
});

Deno.test("densities of the continuum are asked for form by form, and that of the lattice reads mass and hopping", () => {
  const settings = { qy: [0.1, 0.2], qz: [0], form: ["printed", "lattice"] };
  const tasks = requests("continuum_density", "diagonalize", pointWith(), settings) as unknown as { model: Json }[];
  const { mass, hopping, ...printed } = parameters.model;
  assertEquals(tasks.map(({ model }) => model), [
    { form: "printed", ...printed },
    { form: "lattice", ...printed, mass, hopping },
  ]);
});

Deno.test("whatever solves is told with which kernel, so that keys tell kernels apart", () => {
  for (
    const [observable, step] of [["current", "diagonalize"], ["current_by_branch", "diagonalize"], [
      "bands",
      "diagonalize",
    ], ["gap", "diagonalize"]]
  ) {
    const tasks = requests(observable, step);
    assert(tasks.length > 0 && tasks.every(({ kernel }) => kernel === kernelName()), observable);
  }
});

Deno.test("observables are known by their own names, and a fold is the last step", () => {
  for (const [name, definition] of Object.entries(observables)) {
    assertEquals(definition.name, name);
    const folds = definition.steps.map(({ kind }) => kind).indexOf("fold");
    assert(folds < 0 || folds === definition.steps.length - 1);
  }
});

Deno.test("at a finite coupling the current is exact unless the limit is asked for, and each coupling has its own blocks", () => {
  const tasks = (coupling: Json, settings: Json) =>
    requests("current", "diagonalize", pointWith("baths.coupling", coupling), settings).map(({ task }) => task);
  assertEquals(new Set(tasks(0, {})), new Set(["block"]));
  assertEquals(new Set(tasks(0.1, {})), new Set(["response"]));
  assertEquals(new Set(tasks(0.1, { method: "exact" })), new Set(["response"]));
  assertEquals(new Set(tasks(0.1, { method: "limit" })), new Set(["block"]));
  const asks = (coupling: Json) => requests("current", "diagonalize", pointWith("baths.coupling", coupling), {});
  assertNotEquals(asks(0.1), asks(0.2));
  assertEquals(asks(0), requests("gap", "diagonalize").slice(0, asks(0).length)); // shared with the gap
});

Deno.test("currents with disorder go from the slab by frequencies, unless the limit is asked for, and read what bears on them", () => {
  const way = { rule: "midpoint", isDisordered: true };
  const kinds = (name: string, settings: Json): string[] =>
    observableOf(name, settings, way).steps.map((step) => `${step.name} ${step.kind}`);
  for (const name of ["current", "current_profile"]) {
    assertEquals(kinds(name, {}), ["hamiltonian map", "current refine"]);
    assertEquals(observableOf(name, { method: "limit" }, way), observables[name]);
  }
  assertEquals(observableOf("current_limit", {}, way), observables.current_limit);
  const [, step] = observableOf("current", {}, way).steps;
  const read = (changes: Record<string, Json>, baths: Record<string, Json> = {}): Json => {
    const point = pointWith();
    Object.assign(point.parameters.disorder as object, { scheme: "scba", ...changes });
    Object.assign(point.parameters.baths as object, { coupling: 0.2, ...baths });
    return step.reads(point, {});
  };
  const { coupling: _, ...baths } = parameters.baths;
  assertEquals(read({}), {
    sites: 4,
    momentum: { qy: 6, qz: 5 },
    coupling: [0.2, 0.2, 0.2, 0.2],
    disorder: { scheme: "scba", strength: 0.02, normalisation: "printed" },
    baths,
    profile: false,
  });
  // The baths broaden; η is of the self-energies that are computed without them.
  assertEquals(read({ broadening: 7 }), read({}));
  assertEquals(read({ scheme: "none", strength: 7 }), read({ scheme: "none" }));
  for (const [changes, own] of [[{ strength: 7 }], [{ scheme: "fba" }], [{}, { coupling: "0.1*x" }]]) {
    assertNotEquals(read(changes as Record<string, Json>, own as Record<string, Json>), read({}));
  }
});
