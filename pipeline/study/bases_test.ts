import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { inTemporaryFolder } from "../testing/temporary_folder.ts";
import { type LoadedStudy, loadStudy } from "./load.ts";
import { parseOverride } from "./overrides.ts";

/** Writes files into a folder, with the folders that they are in. */
function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    Deno.mkdirSync(`${folder}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.writeTextFileSync(`${folder}/${name}`, text);
  }
}

const FAMILY = {
  "base/slab.yaml": `study: slab
title: A slab
model: { sites: 8, gauge_field: { profile: constant, amplitude: 1 } }
sweep:
  baths.fermi_level: [0, 1]
  model.mass: [0, 1, 2]
observables: { gap: , bands: { qy: [0, 1, 2], qz: 0.5 } }
charts:
  - { name: a, observable: gap, mark: line, x: mass, y: gap }
`,
  "base/hot.yaml": "baths: { inverse_temperature: 0.5, chemical_potential_slope: 0.02 }\nmodel: { sites: 9 }\n",
  "member.yaml": `study: member
extends: [base/slab.yaml, base/hot.yaml]
without: [sweep.baths.fermi_level]
model: { gauge_field: { amplitude: 2 } }
baths: { inverse_temperature: 3 }
sweep: { model.velocity: [1, 2], model.mass: [5] }
observables: { bands: { qy: [7] }, current: }
`,
};

function load(folder: string, file = "member.yaml", ...changes: readonly string[]): LoadedStudy {
  return loadStudy(`${folder}/${file}`, changes.map(parseOverride));
}

Deno.test("a study holds what its bases hold, under what it says itself", () =>
  inTemporaryFolder((folder) => {
    write(folder, FAMILY);
    const { study, placeOf, bases, warnings } = load(folder);
    assertEquals([study.study, study.title], ["member", "A slab"]);
    assertEquals([study.model.sites, study.baths.inverse_temperature, study.baths.chemical_potential_slope], [
      9,
      3,
      0.02,
    ]);
    assertEquals(study.model.gauge_field, { profile: "constant", amplitude: 2, cutoff: 50 });
    // Keys of the base first, in its order; lists are replaced whole.
    assertEquals(study.sweep.flat(), [{ path: "model.mass", values: [5] }, { path: "model.velocity", values: [1, 2] }]);
    assertEquals(study.observables, { gap: {}, bands: { qy: [7], qz: [0.5] }, current: {} });
    assertEquals(study.charts.length, 1);
    assertEquals(bases.map(({ file }) => file), [`${folder}/base/slab.yaml`, `${folder}/base/hot.yaml`]);
    assertEquals(new TextDecoder().decode(bases[1].bytes), FAMILY["base/hot.yaml"]);
    assertEquals(warnings, []);
    const place = (path: string): string => {
      const { file, line } = placeOf(path)!;
      return `${file.slice(folder.length + 1)}:${line}`;
    };
    assertEquals(["model.gauge_field.amplitude", "model.gauge_field.profile", "model.sites", "charts.0.x"].map(place), [
      "member.yaml:4",
      "base/slab.yaml:3",
      "base/hot.yaml:2",
      "base/slab.yaml:9",
    ]);
    assertEquals(load(folder, "member.yaml", "model.sites=4").study.model.sites, 4);
    // A base is a study like any other.
    assertEquals(load(folder, "base/slab.yaml").study.sweep.flat().length, 2);
  }));

Deno.test("what a family gets wrong is told with the file and the line where it stands", () =>
  inTemporaryFolder((folder) => {
    const member = (text: string) => ({ "a.yaml": `study: a\n${text}\n` });
    const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
      ["a mistake of the base's own", {
        ...member("extends: base/b.yaml"),
        "base/b.yaml": "model:\n  mas: 1\nobservables: { gap: }\n",
      }, ["base/b.yaml:2:3: unknown key model.mas: did you mean mass?"]],
      ["a mistake in what goes over the base", {
        ...member("extends: b.yaml\nmodel: { mass: heavy }"),
        "b.yaml": "model: { mass: 1 }\nobservables: { gap: }\n",
      }, ['a.yaml:3:16: model.mass must be a finite number: got "heavy"']],
      ["mistakes in both, those of the study first", {
        ...member("extends: b.yaml\nmodel: { sites: 1 }"),
        "b.yaml": "momentum: { qy: 010 }\nobservables: { gpa: }\n",
      }, [
        "a.yaml:3:17: model.sites must be an integer from 2 to 1000: got 1",
        "b.yaml:1:17: 010 is 8 to some readers of YAML and 10 to others: write it in plain digits",
        "b.yaml:2:16: unknown key observables.gpa: did you mean gap?",
      ]],
      ["what is in neither", { ...member("extends: b.yaml"), "b.yaml": "study: b\n" }, [
        "a.yaml:1:1: observables is missing: every study needs it",
      ]],
      ["a name, which is nobody's but the study's", {
        "a.yaml": "extends: b.yaml\n",
        "b.yaml": "study: b\nobservables: { gap: }\n",
      }, ["a.yaml:1:1: study is missing: every study needs it"]],
      ["values of two files that do not fit", {
        ...member("extends: b.yaml\nmodel: { sites: 4 }"),
        "b.yaml": "model: { gauge_field: { profile: table, values: [1, 2] } }\nobservables: { gap: }\n",
      }, ["b.yaml:1:49: model.gauge_field.values must have one number a site: got 2 for 4 sites"]],
      ["a base that is no YAML, and another that is not there", {
        ...member("extends: [b.yaml, c.yaml]"),
        "b.yaml": "model: {\n",
        "d.yaml": "",
      }, [
        "a.yaml:2:19: extends.1 names c.yaml, which cannot be read: there is no such file: did you mean a.yaml?",
        "b.yaml:2:1: a { or [ is not closed: add the } or ] that is missing",
      ]],
      ["a base that is a folder", { ...member("extends: base"), "base/b.yaml": "" }, [
        "a.yaml:2:10: extends names base, which cannot be read: it is a directory: name a study in it, as in base/NAME.yaml",
      ]],
      ["an empty base", { ...member("extends: b.yaml\nobservables: { gap: }"), "b.yaml": "" }, [
        "b.yaml: it is empty: a study is a mapping with at least the keys study and observables",
      ]],
      ["a study that extends itself", member("extends: a.yaml"), [
        "a.yaml:2:10: extends goes round in a circle: a.yaml → a.yaml: take one of them out",
      ]],
      ["bases that go round", {
        ...member("extends: x/b.yaml"),
        "x/b.yaml": "extends: c.yaml\n",
        "x/c.yaml": "extends: ../a.yaml\n",
      }, ["x/c.yaml:1:10: extends goes round in a circle: a.yaml → b.yaml → c.yaml → a.yaml: take one of them out"]],
      ["bases that never end", {
        ...member("extends: b0.yaml"),
        ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`b${i}.yaml`, `extends: b${i + 1}.yaml\n`])),
      }, [
        "b7.yaml:1:10: extends goes more than 8 files deep: a.yaml → b0.yaml → b1.yaml → b2.yaml → b3.yaml → b4.yaml → b5.yaml → b6.yaml → b7.yaml → b8.yaml",
      ]],
      ["bases that grow like 2^n", {
        ...member("extends: [b0.yaml, b0.yaml]"),
        ...Object.fromEntries(
          Array.from(
            { length: 7 },
            (_, i) => [`b${i}.yaml`, i < 6 ? `extends: [b${i + 1}.yaml, b${i + 1}.yaml]\n` : "{}"],
          ),
        ),
      }, ["b5.yaml:1:20: extends.1 is one file too many: a study extends 32 at most"]],
      ["what is left out but not there", {
        ...member("extends: b.yaml\nwithout: [sweep.model.mas, charts.0, model.mass.x, title]"),
        "b.yaml": "sweep: { model.mass: [1] }\ncharts: []\nmodel: { mass: 1 }\n",
      }, [
        'a.yaml:3:11: without.0 must be a key of sweep of what is extended: got "sweep.model.mas": did you mean sweep.model.mass?',
        'a.yaml:3:28: without.1 must be a key of charts of what is extended: got "charts.0": lists are replaced whole, so say the whole list instead',
        'a.yaml:3:38: without.2 must be a key of model.mass of what is extended: got "model.mass.x": take it out of without',
        'a.yaml:3:52: without.3 must be a key of what is extended: got "title": the keys there are sweep, charts and model',
      ]],
    ];
    for (const [name, files, messages] of cases) {
      const place = `${folder}/${name.replace(/\W+/g, "-")}`;
      write(place, files);
      const error = assertThrows(() => load(place, "a.yaml"), UsageError);
      const short = error.problems.map((problem) => problem.replaceAll(`${place}/`, "").replace(/^Cannot read /, ""));
      assertEquals(short, messages, name);
    }
  }));

Deno.test("a value that the base sweeps is pointed out, since it is used nowhere", () =>
  inTemporaryFolder((folder) => {
    write(folder, { ...FAMILY, "a.yaml": "study: a\nextends: base/slab.yaml\nbaths: { fermi_level: 0.3 }\n" });
    assertEquals(load(folder, "a.yaml").warnings, [
      `${folder}/a.yaml:3:23: baths.fermi_level is not used, since ${folder}/base/slab.yaml:5 sweeps it: remove it, or leave the ` +
      "sweep out with without: [sweep.baths.fermi_level]",
    ]);
    assertEquals(load(folder, "base/slab.yaml", "baths.inverse_temperature=2").warnings, []);
  }));

Deno.test("bases stay in the project's folder, whatever way leads out of it", () =>
  inTemporaryFolder((folder) => {
    // The project is not the current folder here, so it is the folder that the study is in.
    write(folder, { "outside.yaml": "observables: { gap: }\n", "in/b.yaml": "observables: { gap: }\n" });
    Deno.symlinkSync(`${folder}/outside.yaml`, `${folder}/in/link.yaml`);
    Deno.symlinkSync(folder, `${folder}/in/up`);
    Deno.symlinkSync("b.yaml", `${folder}/in/fine.yaml`);
    const tried = (path: string): readonly string[] => {
      write(folder, { "in/a.yaml": `study: a\nextends: ${JSON.stringify(path)}\n` });
      try {
        load(folder, "in/a.yaml");
        return [];
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        return error.problems;
      }
    };
    for (const path of ["b.yaml", "./b.yaml", "x/../b.yaml", "../in/b.yaml", "fine.yaml"]) {
      assertEquals(tried(path), []);
    }
    const real = Deno.realPathSync(`${folder}/in`), start = `Cannot read ${folder}/in/a.yaml:2:10: extends`;
    for (
      const path of ["../outside.yaml", "link.yaml", "up/outside.yaml", "../../../../../../etc/passwd", "..", "../in2"]
    ) {
      assertEquals(tried(path), [`${start} must stay in ${real}: got ${JSON.stringify(path)}: copy the file there`]);
    }
    for (const path of [`${folder}/in/b.yaml`, "~/b.yaml", "file:///etc/passwd", "\\\\host\\b.yaml"]) {
      const [problem] = tried(path);
      assertEquals(
        problem.startsWith(`${start} must be a path seen from this file, such as base/slab.yaml: got `),
        true,
      );
    }
    assertEquals(tried("b.yaml\0x"), [`${start} must be the path of a file: got "b.yaml\\u0000x"`]);
  }));

Deno.test("what files share is for files", () =>
  inTemporaryFolder((folder) => {
    write(folder, FAMILY);
    for (
      const [change, key] of [["extends=b.yaml", "extends"], ["without=[title]", "without"], ["extends.0=b", "extends"]]
    ) {
      const error = assertThrows(() => load(folder, "member.yaml", change), UsageError);
      assertEquals(error.problems, [
        `Cannot use --set ${change}: ${key} is for files: write a file that extends the other one`,
      ]);
    }
  }));
