import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { changeWords } from "../report/changes.ts";
import { differences, fileForm } from "./differences.ts";
import { parseStudy } from "./load.ts";
import type { Study } from "./schema.ts";
import { validateStudy } from "./validate.ts";

const TEXT = `study: tiny
title: Tiny
model: { sites: 6, gauge_field: { profile: constant, amplitude: 1 } }
sweep:
  baths.fermi_level: [0, 1]
  zip: { model.mass: [0, 1, 2], baths.inverse_temperature: [1, 2, 3] }
observables: { current: {}, gap: {} }
charts:
  - { name: one, observable: current, mark: line, x: mass, y: charge_current }
  - { name: two, observable: gap, mark: point, x: mass, y: gap }
`;

/** The study of a text with some of its words replaced. */
function study(...edits: readonly (readonly [string, string])[]): Study {
  const text = edits.reduce((current, [from, to]) => {
    assert(current.includes(from), from);
    return current.replace(from, to);
  }, TEXT);
  return parseStudy(text, "tiny.yaml").study;
}

/** The differences in words, and whether each can be taken back alone. */
function told(before: Study, after: Study): [string, boolean][] {
  return differences(before, after).map((
    { changes, without },
  ) => [changes.map(changeWords).join("; "), without !== undefined]);
}

const CHART_TWO = "  - { name: two, observable: gap, mark: point, x: mass, y: gap }\n";

Deno.test("every kind of difference is told in the user's words, and can be taken back", () => {
  const cases: [[string, string][], string][] = [
    [[["Tiny", "Small"]], 'title: "Tiny" → "Small"'],
    [[["sites: 6", "sites: 7"]], "model.sites: 6 → 7"],
    [
      [["profile: constant, amplitude: 1", "amplitude: 2, cutoff: 3"]],
      'model.gauge_field.profile: "constant" → "linear"; model.gauge_field.amplitude: 1 → 2; model.gauge_field.cutoff: 50 → 3',
    ],
    [[["sweep:", "momentum: { qy: 8, qz: 16 }\nsweep:"]], "momentum.qy: 64 → 8; momentum.qz: 64 → 16"],
    [[["sweep:", "baths: { coupling: [1, 1, 1, 1, 1, 2] }\nsweep:"]], "baths.coupling: 0 → [1, 1, … 2] (6 values)"],
    [[["sweep:", "disorder: { scheme: fba }\nsweep:"]], 'disorder.scheme: "none" → "fba"'],
    [[["[0, 1]", "[0, 1, 2]"]], "sweep.baths.fermi_level: [0,1] → [0,1,2]"],
    [
      [["[0, 1, 2]", "[0, 1]"], ["[1, 2, 3]", "[1, 2]"]],
      "sweep.model.mass: [0,1,2] → [0,1]; sweep.baths.inverse_temperature: [1,2,3] → [1,2]",
    ],
    [[["  baths.fermi_level: [0, 1]\n", ""]], "sweep.baths.fermi_level is gone"],
    [[["gap: {}", "gap: {}, current_profile: {}"]], "observables.current_profile is new"],
    [[["current: {}", "current: { method: limit }"]], 'observables.current.method: nothing → "limit"'],
    [[["current: {}, gap: {}", "gap: {}, current: {}"]], ""],
    [[["mark: point", "mark: line"]], 'charts.two.mark: "point" → "line"'],
    [[["name: two", "name: three"]], "charts.three is new; charts.two is gone"],
  ];
  for (const [edits, words] of cases) {
    const before = study(), after = study(...edits), found = told(before, after);
    assertEquals(found.map(([text]) => text).join("; "), words);
    assert(found.every(([, isStudy]) => isStudy), words);
    assertEquals(differences(after, before).length, found.length, words);
    // With all differences taken back one after the other, it is the study before; with a single one, at once.
    let current = after;
    for (let [first] = differences(before, current); first !== undefined; [first] = differences(before, current)) {
      current = first.without!;
    }
    assertEquals(sorted(current), sorted(before), words);
    assertEquals(differences(before, before), []);
  }
});

Deno.test("what comes before other charts changes their numbers, not them", () => {
  const after = study([CHART_TWO, ""], ["  - { name: one", `${CHART_TWO.replace("two", "zero")}  - { name: one`]);
  assertEquals(told(study(), after).map(([words]) => words), ["charts.zero is new", "charts.two is gone"]);
  const swapped = study([CHART_TWO, ""], ["  - { name: one", `${CHART_TWO}  - { name: one`]);
  assertEquals(told(study(), swapped), [['charts: ["one","two"] → ["two","one"]', true]]);
});

Deno.test("a difference that others need cannot be taken back alone", () => {
  const list = study(["sites: 6", "sites: 3"], ["sweep:", "baths: { coupling: [1, 1, 2] }\nsweep:"]);
  const before = study(["sweep:", "baths: { coupling: [1, 1, 1, 1, 1, 1] }\nsweep:"]);
  assertEquals(told(before, list), [
    ["model.sites: 6 → 3", false],
    ["baths.coupling: 6 → 3 values, 2 is new", false],
  ]);
});

Deno.test("a study in the form of its file is the same study", async () => {
  for (const { name } of Deno.readDirSync("configs")) {
    if (!name.endsWith(".yaml")) continue;
    const { study } = parseStudy(await Deno.readTextFile(`configs/${name}`), name);
    // As run.json keeps it.
    assertEquals(validateStudy(fileForm(JSON.parse(JSON.stringify(study)))).study, study, name);
  }
});

Deno.test("changes at random are found, all of them and no others", () => {
  const values = fc.record({
    "Tiny": fc.constantFrom("Tiny", "Small"),
    "sites: 6": fc.constantFrom("sites: 6", "sites: 7", "sites: 8, velocity: 2"),
    "[0, 1]": fc.constantFrom("[0, 1]", "[0, 2]", "[3]"),
    "[1, 2, 3]": fc.constantFrom("[1, 2, 3]", "[1, 2, 4]"),
    "mark: line": fc.constantFrom("mark: line", "mark: point"),
  });
  fc.assert(
    fc.property(values, values, (a, b) => {
      const before = study(...Object.entries(a)), after = study(...Object.entries(b));
      const keys = (Object.keys(a) as (keyof typeof a)[]).filter((key) => a[key] !== b[key]);
      const velocity = a["sites: 6"] !== b["sites: 6"] &&
        [a, b].some((edits) => edits["sites: 6"].includes("velocity"));
      const found = differences(before, after);
      assertEquals(found.length, keys.length + (velocity ? 1 : 0));
      for (const { without } of found) assertEquals(differences(before, without!).length, found.length - 1);
    }),
    { seed: 20260105, numRuns: 100 },
  );
});

/** The order of keys means nothing; that of lists does, but for lists that are taken back piece by piece. */
function sorted(study: Study): unknown {
  const { sweep, charts, observables, ...rest } = study;
  const byText = (list: readonly unknown[]) => list.map((item) => JSON.stringify(item)).sort();
  return [rest, byText(sweep), byText(charts), byText(Object.entries(observables))];
}
