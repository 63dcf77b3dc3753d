import { parse } from "@std/yaml";
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { loadStudy, parseStudy } from "./load.ts";
import { valueElsewhere } from "./positions.ts";
import type { Study } from "./schema.ts";

const FULL = `# yaml-language-server: $schema=../configs/study.schema.json
study: fig3a
title: Anomalous current against the Fermi level
model:
  sites: 50
  velocity: 1
  mass: 0
  hopping: -1
  gauge_field: { profile: linear, amplitude: 1.6, cutoff: 50 }
momentum: { qy: 64, qz: 64 }
baths:
  coupling: 0
  fermi_level: 0
  chemical_potential_slope: 0.01
  inverse_temperature: 1
  inverse_temperature_slope: 0
disorder: { strength: 0.02, broadening: 0.05, scheme: none, normalisation: printed }
sweep:
  baths.fermi_level: { from: -1, to: 1, count: 41 }
  baths.chemical_potential_slope: [0.005, 0.01, 0.02]
observables:
  current: {}
charts:
  - { name: current, observable: current, mark: line, x: fermi_level, y: charge_current, color: chemical_potential_slope }
`;

const SMALL = "study: a\nobservables: { gap: }\n";

Deno.test("the study of the manual is read as it says", () => {
  const { study, file, placeOf } = parseStudy(FULL, "configs/fig3a.yaml");
  assertEquals(file, "configs/fig3a.yaml");
  const { sweep, ...rest } = study;
  const expected: Omit<Study, "sweep"> = {
    study: "fig3a",
    title: "Anomalous current against the Fermi level",
    model: {
      sites: 50,
      velocity: 1,
      mass: 0,
      hopping: -1,
      gauge_field: { profile: "linear", amplitude: 1.6, cutoff: 50 },
    },
    momentum: { qy: 64, qz: 64, rule: "midpoint" },
    baths: {
      coupling: 0,
      fermi_level: 0,
      chemical_potential_slope: 0.01,
      inverse_temperature: 1,
      inverse_temperature_slope: 0,
    },
    disorder: { strength: 0.02, broadening: 0.05, scheme: "none", normalisation: "printed" },
    observables: { current: {} },
    charts: [{
      name: "current",
      observable: "current",
      mark: "line",
      x: "fermi_level",
      y: "charge_current",
      color: "chemical_potential_slope",
      theme: "aps-single",
    }],
  };
  assertEquals(rest, expected);
  assertEquals(sweep.map((axis) => axis.map(({ path, values }) => [path, values.length])), [
    [["baths.fermi_level", 41]],
    [["baths.chemical_potential_slope", 3]],
  ]);
  assertEquals(placeOf("model.mass")?.line, 7);
  assertEquals(placeOf("sweep.baths.chemical_potential_slope")?.line, 20);
  assertEquals(placeOf("charts.0.x")?.line, 24);
  assertEquals(placeOf("charts.0.theme")?.line, undefined);
  assertEquals(placeOf("nothing.of.that.name")?.line, undefined);
});

Deno.test("the defaults are the manual's values, so the shortest study differs in nothing else", () => {
  const short = parseStudy("study: fig3a\nobservables: { current: }\n", "a.yaml").study;
  const full = parseStudy(FULL, "a.yaml").study;
  assertEquals(short, { ...full, title: "fig3a", sweep: [], charts: [] });
});

Deno.test("the order of the keys of a file changes nothing but the order of the sweep", () => {
  const one = "study: a\nmodel: { mass: 1, sites: 9 }\nobservables: { gap: , current: }\n";
  const other = "observables: { current: , gap: {} }\nmodel: { sites: 9, mass: 1 }\nstudy: a\n";
  assertEquals(JSON.stringify(parseStudy(one, "a").study), JSON.stringify(parseStudy(other, "a").study));
  const paths = (sweep: string): string[][] =>
    parseStudy(`${SMALL}sweep: ${sweep}\n`, "a").study.sweep.map((axis) => axis.map(({ path }) => path));
  assertEquals(paths("{ momentum.qy: [8], model.mass: [0] }"), [["momentum.qy"], ["model.mass"]]);
  assertEquals(paths("{ model.mass: [0], momentum.qy: [8] }"), [["model.mass"], ["momentum.qy"]]);
  assertEquals(
    paths(
      "{ momentum.qy: [8], zip: [{ model.sites: [4], model.mass: [0] }, { momentum.qz: [8] }], model.velocity: [1] }",
    ),
    [["momentum.qy"], ["model.sites", "model.mass"], ["momentum.qz"], ["model.velocity"]],
  );
});

Deno.test("tables, formulas, words and fragments are kept", () => {
  const source = `study: a-1
model: { sites: 3, gauge_field: { profile: table, values: [1, 0.5, -0.0] } }
observables: { bands: { qy: [0, 1], qz: 0.5 }, gap: }
sweep: { model.gauge_field.profile: [table, linear] }
charts:
  - { name: a_1, observable: bands, mark: point, x: qy, y: energy, theme: slide, vega_lite: { width: 300, data: { a: [1] } } }
`;
  const { study } = parseStudy(source, "a.yaml");
  assertEquals(study.model.gauge_field.values, [1, 0.5, 0]);
  assertEquals(study.observables, { bands: { qy: [0, 1], qz: [0.5] }, gap: {} });
  assertEquals(study.sweep, [[{ path: "model.gauge_field.profile", values: ["table", "linear"] }]]);
  assertEquals(study.charts[0].vega_lite, { width: 300, data: { a: [1] } });
  const formula =
    "study: a\nmodel: { gauge_field: { profile: expression, expression: 1.6*exp(-x/10) } }\nobservables: { gap: }\n";
  assertEquals(parseStudy(formula, "a.yaml").study.model.gauge_field.expression, "1.6*exp(-x/10)");
});

Deno.test("aliases stand for copies", () => {
  const { study } = parseStudy(`${SMALL}sweep: { model.mass: &m [0, 1], model.velocity: *m }\n`, "a.yaml");
  assertEquals(study.sweep[1][0].values, [0, 1]);
});

Deno.test("an alias bomb, a huge file and a pasted table end quickly, with a message", () => {
  const bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 12; i++) bomb.push(`a${i}: &a${i} [${Array(10).fill(`*a${i - 1}`).join(", ")}]`);
  const rows = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join("\n");
  const cases: readonly (readonly [string, string])[] = [
    [bomb.join("\n"), "Cannot read a.yaml: it expands to more than 1000000 values: use fewer aliases (*name)"],
    [
      "#".repeat(2 ** 20 + 1),
      "Cannot read a.yaml: it is larger than 1 MiB: a study is a short text, so check that this is one",
    ],
    ["[".repeat(2 ** 20), "Cannot read a.yaml: it is nested too deeply"],
    [rows(20_000, (i) => `k${i}: 1`), "… and 19952 more problems"],
    [`${SMALL}sweep: { model.mass: [${"x, ".repeat(60_000)}] }`, "… and 59950 more problems"],
    [rows(100_000, () => "a: 1"), "Cannot read a.yaml:2:1: a key appears twice: keep one of the two"],
  ];
  for (const [source, message] of cases) {
    const start = performance.now();
    const error = assertThrows(() => parseStudy(source, "a.yaml"), UsageError);
    assertEquals(error.problems.at(-1), message);
    assertLess(performance.now() - start, 10_000, `${message}: milliseconds`);
  }
});

Deno.test("both YAML parsers agree about the manual's study and those in configs/", async () => {
  const sources = [FULL, SMALL];
  const folder = new URL("../../configs/", import.meta.url);
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".yaml")) sources.push(await Deno.readTextFile(new URL(name, folder)));
  }
  for (const source of sources) assertEquals(parse(source, { schema: "core" }), valueElsewhere(source));
});

Deno.test("a file that cannot be read is named, with what to do", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/study.yaml`;
    await Deno.writeTextFile(file, SMALL);
    const loaded = loadStudy(file);
    assertEquals([loaded.study.study, loaded.file, loaded.placeOf("study")?.line], ["a", file, 1]);

    await Deno.writeFile(`${folder}/latin.yaml`, new Uint8Array([0x73, 0xe9, 0x0a]));
    await Deno.writeFile(`${folder}/large.yaml`, new Uint8Array(2 ** 20 + 1).fill(35));
    await Deno.writeFile(`${folder}/utf16.yaml`, new Uint8Array([0xff, 0xfe, 0x73, 0, 0x3a, 0]));
    await Deno.writeFile(`${folder}/binary.yaml`, new Uint8Array([0x73, 0x3a, 0]));
    Deno.symlinkSync(`${folder}/loop.yaml`, `${folder}/loop.yaml`);
    Deno.symlinkSync(`${folder}/gone.yaml`, `${folder}/dangling.yaml`);
    const pipe = await new Deno.Command("mkfifo", { args: [`${folder}/pipe.yaml`] }).output();
    assertEquals(pipe.code, 0);
    const noFile = "it is no regular file but a pipe or a device: name a study's YAML file";
    const reasons: readonly (readonly [string, string])[] = [
      ["/dev/zero", noFile],
      [`${folder}/pipe.yaml`, noFile],
      [`${folder}/utf16.yaml`, "it is UTF-16 text: save it as UTF-8"],
      [`${folder}/binary.yaml`, "it is no text: it has zero bytes; name a study's YAML file"],
      [`${folder}/loop.yaml`, "its links go round in a circle: name the file itself"],
      [`${folder}/dangling.yaml`, "there is no such file: check its name and the folder you are in"],
      [`${file}/x.yaml`, "there is no such file: check its name and the folder you are in"],
      ["fig3a", "there is no such file: did you mean configs/fig3a.yaml?"],
      [`${folder}/none.yaml`, "there is no such file: check its name and the folder you are in"],
      [folder, `it is a directory: name a study in it, as in ${folder}/NAME.yaml`],
      [`${folder}/latin.yaml`, "it is not UTF-8 text: save it as UTF-8"],
      [`${folder}/large.yaml`, "it is larger than 1 MiB: a study is a short text, so check that this is one"],
    ];
    for (const [path, reason] of reasons) {
      const error = assertThrows(() => loadStudy(path), UsageError);
      assertEquals(error.problems, [`Cannot read ${path}: ${reason}`]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a byte order mark and Windows line ends are no problem", async () => {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  try {
    await Deno.writeTextFile(file, `\ufeff${FULL.replaceAll("\n", "\r\n")}`);
    const { study, placeOf } = loadStudy(file);
    assertEquals(study, parseStudy(FULL, file).study);
    assertEquals(placeOf("model.mass")?.line, 7);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("a title is short enough for a heading", () => {
  const titled = (length: number) => `${SMALL}title: ${"x".repeat(length)}\n`;
  assertEquals(parseStudy(titled(1000), "a.yaml").study.title.length, 1000);
  const error = assertThrows(() => parseStudy(titled(1001), "a.yaml"), UsageError);
  assertEquals(error.problems, [
    `Cannot read a.yaml:3:8: title must be text of at most 1000 characters: got "${"x".repeat(57)}..."`,
  ]);
});
