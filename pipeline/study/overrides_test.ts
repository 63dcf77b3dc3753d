import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { parseStudy } from "./load.ts";
import { parseOverride, pathOf } from "./overrides.ts";
import type { Study } from "./schema.ts";

const BASE = `study: a
observables: { gap: }
sweep: { model.mass: [0, 1], zip: [{ model.velocity: [1], momentum.qy: [8] }] }
charts: [{ name: a, observable: gap, mark: line, x: mass, y: gap }]
`;

const withSet = (...arguments_: string[]): Study => parseStudy(BASE, "a.yaml", arguments_.map(parseOverride)).study;

const problems = (...arguments_: string[]): readonly string[] =>
  assertThrows(() => withSet(...arguments_), UsageError).problems;

Deno.test("a path is split at its dots, but a swept path is one key", () => {
  assertEquals(pathOf("model.gauge_field.amplitude"), ["model", "gauge_field", "amplitude"]);
  assertEquals(pathOf("charts.0.title"), ["charts", "0", "title"]);
  assertEquals(pathOf("sweep"), ["sweep"]);
  assertEquals(pathOf("sweep.baths.fermi_level"), ["sweep", "baths.fermi_level"]);
  assertEquals(pathOf("sweep.zip"), ["sweep", "zip"]);
  assertEquals(pathOf("sweep.zip.model.mass"), ["sweep", "zip", "model.mass"]);
  assertEquals(pathOf("sweep.zip.1.model.mass"), ["sweep", "zip", "1", "model.mass"]);
});

Deno.test("a value is set as if the file said so, the last one winning", () => {
  assertEquals(withSet("baths.fermi_level=0.5").baths.fermi_level, 0.5);
  assertEquals(withSet("baths.fermi_level=0.5", "baths.fermi_level=1").baths.fermi_level, 1);
  assertEquals(withSet("model.gauge_field={profile: constant, amplitude: 2}").model.gauge_field.amplitude, 2);
  assertEquals(withSet("charts.0.title=Gap: closed?").charts[0].title, "Gap: closed?");
  assertEquals(withSet('title="Run #2"').title, "Run #2");
  assertEquals(withSet("observables.bands.qy={from: -1, to: 1, count: 3}").observables.bands?.qy, [-1, 0, 1]);
  assertEquals(Object.keys(withSet("observables.current=").observables), ["current", "gap"]);
  assertEquals(withSet("charts.0.vega_lite.width=300").charts[0].vega_lite, { width: 300 });
});

Deno.test("a sweep is replaced or removed", () => {
  assertEquals(withSet("sweep.model.mass=[3]").sweep[0], [{ path: "model.mass", values: [3] }]);
  assertEquals(withSet("sweep.zip.0.model.velocity=[2]").sweep[1][0].values, [2]);
  assertEquals(withSet("sweep.baths.fermi_level={from: 0, to: 1, count: 2}").sweep.length, 3);
  assertEquals(withSet("sweep={model.mass: [1]}", "model.velocity=2").sweep.length, 1);
});

Deno.test("the same arguments serve several studies", () => {
  const overrides = ["sweep={model.mass: [1]}", "sweep.model.velocity=[2]"].map(parseOverride);
  const before = structuredClone(overrides);
  const [one, other] = [1, 2].map(() => parseStudy(BASE, "a.yaml", overrides).study);
  assertEquals(one, other);
  assertEquals(overrides, before);
});

Deno.test("a bad argument is answered in terms of the argument", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["momentum.qz=abc", 'momentum.qz must be an integer from 2 to 4000: got "abc"'],
    ["model.mass=1", "the study sweeps model.mass, so this value would not be used: set sweep.model.mass=[1] instead"],
    [
      "momentum.qy=9",
      "the study sweeps momentum.qy, so this value would not be used: set sweep.zip.0.momentum.qy=[9] instead",
    ],
    ["modle.sites=9", "unknown key modle: did you mean model?"],
    ["model.fermi_level=1", "unknown key model.fermi_level: did you mean baths.fermi_level?"],
    ["observables.curent=", "unknown key observables.curent: did you mean current?"],
    ["sweep.mass=[1]", "sweep: mass cannot be swept: did you mean model.mass?"],
    ["sweep.model.mass=[0, x]", 'sweep.model.mass.1 must be a finite number: got "x"'],
    ["charts.0.title=2", 'charts.0.title must be text: got 2 (put it in quotes: "2")'],
    ["charts.0.x=mas", 'charts.0.x must be a column of gap (mass, velocity, qy, gap): got "mas", did you mean mass?'],
    ["charts.1.title=x", "charts is a list without 1: it has 0 to 0"],
    ["study.x=3", "study is a single value here and has no x"],
    ["model=5", "model must be a mapping: got 5"],
    [
      "baths.inverse_temperature_slope=-3",
      "baths.inverse_temperature + inverse_temperature_slope*l/L must be above 0 at every site: " +
      "got 1 + (-3)*49/50 = -1.94 at the last site",
    ],
    ["momentum.qz=010", "010 is 8 to some readers of YAML and 10 to others: write it in plain digits"],
    ["title=a #b", "# starts a comment in YAML: put the value in quotes"],
    [
      "title=[1",
      "a { or [ is not closed: add the } or ] that is missing",
    ],
    ["title", "it must be PATH=VALUE, for example --set model.mass=0.1"],
    ["=3", "it must be PATH=VALUE, for example --set model.mass=0.1"],
    ["a..b=3", "its path has an empty part: write it as in model.mass"],
    ["__proto__.x=3", "the key __proto__ is not allowed"],
    ["sweep.constructor.x=3", "the key constructor is not allowed"],
    ["model={__proto__: 1}", "the key __proto__ is not allowed: rename it"],
  ];
  for (const [argument, reason] of cases) {
    assertEquals(problems(argument), [`Cannot use --set ${argument}: ${reason}`]);
  }
});

Deno.test("mistakes of the file and of the arguments come together, the file's first", () => {
  const source = "study: A\nobservables: { gap: }\n";
  const error = assertThrows(
    () => parseStudy(source, "a.yaml", ["momentum.qy=1", "model.sites=x"].map(parseOverride)),
    UsageError,
  );
  assertEquals(error.problems.map((problem) => problem.split(": ")[0]), [
    "Cannot read a.yaml:1:8",
    "Cannot use --set model.sites=x",
    "Cannot use --set momentum.qy=1",
  ]);
});

Deno.test("setting a value never reaches JavaScript's own objects", () => {
  for (const path of ["__proto__.polluted", "constructor.prototype.polluted", "model.__proto__.polluted"]) {
    assertThrows(() => withSet(`${path}=1`), UsageError);
  }
  assertEquals(({} as Record<string, unknown>).polluted, undefined);
});
