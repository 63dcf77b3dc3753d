import { Ajv } from "ajv";
import { parse } from "@std/yaml";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { studyJsonSchema, studyJsonSchemaText } from "./json_schema.ts";
import { parseStudy } from "./load.ts";

Deno.test("configs/study.schema.json is what the schema says: run pipeline/study/json_schema.ts to renew it", async () => {
  const committed = await Deno.readTextFile(new URL("../../configs/study.schema.json", import.meta.url));
  assertEquals(committed, studyJsonSchemaText());
});

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(studyJsonSchema());

Deno.test("editors accept what the program accepts", () => {
  const studies = [
    "study: a\nobservables: { gap: }",
    "study: a\nobservables: { bands: { qy: { from: 0, to: 1, count: 3 }, qz: [0, 1] }, current: { method: limit } }",
    "study: a\nobservables: { bands: { qy: 1 } }\nsweep: { zip: { model.mass: [0, 1], momentum.qy: [8, 9] } }",
    "study: a\nobservables: { gap: }\nsweep: { model.mass: { from: 0, to: 1, count: 3 }, zip: [{ momentum.qy: [8] }] }",
    "study: a\nobservables: { gap: }\nmodel: { sites: 2, gauge_field: { profile: table, values: [1, 2] } }",
    "study: a\nobservables: { gap: }\nsweep: { model.gauge_field.profile: [linear, constant] }",
    "study: a\nobservables: { gap: }\ncharts: [{ name: a, observable: gap, mark: bar, x: gap, y: gap, vega_lite: { a: 1 } }]",
    "study: a\nobservables: { gap: }\ncharts: [{ name: a, observable: gap, mark: line, x: { expression: 2*gap }, y: gap, layers: [{ observable: gap, mark: point, x: gap, y: gap, filter: { gap: { from: 0, to: 1 } } }] }]",
    "study: a\nobservables: { gap: }\ncharts: [{ name: a, observable: gap, mark: line, x: gap, y: gap }, { name: b, columns: 2, panels: [a, { observable: gap, mark: bar, x: gap, y: gap, filter: { gap: [1, 2] } }] }]",
    "study: a\nobservables: { continuum: { qy: 1, levels: 0 }, continuum_density: { form: [printed, lattice] }, gap: }\ncharts: [{ name: a, observable: continuum, mark: line, x: qy, y: energy, detail: level }]",
    "study: a\nobservables: { continuum_density: { form: lattice } }",
    "study: a\nobservables: { gap: }\ncharts: [{ name: a, observable: gap, mark: point, x: gap, y: gap, error: gap, labels: { expression: 2*gap }, shape: star, layers: [{ observable: gap, mark: rule, x: gap, label: E }, { observable: gap, mark: rule, y: { expression: -gap }, color: gap }] }]",
    "study: a\nobservables: { gap: }\ncharts: [{ name: a, observable: gap, mark: rule, x: gap, layers: [{ observable: gap, mark: line, x: gap, y: gap, error: gap, color: gap }] }]",
  ];
  for (const study of studies) {
    parseStudy(study, "a.yaml");
    assert(validate(parse(study, { schema: "core" })), `${study}\n${JSON.stringify(validate.errors)}`);
  }
});

Deno.test("editors mark the keys that a mark misses or does not use, as the program does", () => {
  const layers = [
    "mark: rule",
    "mark: rule, x: gap, y: gap",
    "mark: rule, x: gap, error: gap",
    "mark: point, x: gap",
    "mark: line, y: gap",
    "mark: line, x: gap, y: gap, labels: gap",
    "mark: line, x: gap, y: gap, shape: star",
    "mark: bar, x: gap, y: gap, error: gap",
    "mark: point, x: gap, y: gap, label: E",
    "mark: point, x: gap, y: gap, shape: heart",
    "mark: point, x: gap, y: gap, shape: star, color: gap",
  ];
  for (const layer of layers) {
    const gap = "observable: gap, mark: line, x: gap, y: gap";
    const charts = [
      `{ name: a, observable: gap, ${layer}, layers: [{ ${gap} }] }`,
      `{ name: a, ${gap}, layers: [{ observable: gap, ${layer} }] }`,
      `{ name: a, panels: [{ ${gap} }, { observable: gap, ${layer}, layers: [{ ${gap} }] }] }`,
    ];
    for (const chart of charts) {
      const study = `study: a\nobservables: { gap: }\ncharts: [${chart}]`;
      assertThrows(() => parseStudy(study, "a.yaml"), UsageError);
      assert(!validate(parse(study, { schema: "core" })), study);
    }
  }
});

Deno.test("editors mark what is wrong with a value or a key", () => {
  const studies = [
    "study: A\nobservables: { gap: }",
    "study: a",
    "study: a\nobservables: { current_by_branches: }",
    "study: a\nobservables: { gap: }\nmodel: { masss: 1 }",
    "study: a\nobservables: { gap: }\nmodel: { sites: 1 }",
    "study: a\nobservables: { gap: }\nbaths: { coupling: -0.1 }",
    "study: a\nobservables: { gap: }\nsweep: { model.mass: 1 }",
    "study: a\nobservables: { gap: }\nsweep: { model.masss: [1] }",
    "study: a\nobservables: { gap: }\nsweep: { zip: [{ model.mass: {} }] }",
    "study: a\nobservables: { gap: }\ncharts: [{ name: a }]",
    "study: a\nobservables: { gap: }\ncharts: [{ name: a, panels: [] }]",
    "study: a\nobservables: { gap: }\ncharts: [{ name: a, panels: [b, c], mark: line }]",
    "study: a\nobservables: { gap: }\ncharts: [{ name: a, observable: gap, mark: line, x: { formula: gap }, y: gap }]",
  ];
  for (const study of studies) assert(!validate(parse(study, { schema: "core" })), study);
});

Deno.test("every key has a description", () => {
  const bare: string[] = [];
  const visit = (schema: Record<string, unknown>, path: string): void => {
    for (const [key, value] of Object.entries(schema.properties ?? {})) {
      const inner = value as Record<string, unknown> & { anyOf?: Record<string, unknown>[] };
      const described = [inner, ...inner.anyOf ?? []].some((part) => typeof part.description === "string");
      // A swept path is described where it is defined.
      if (!described && !path.startsWith("sweep") && !path.startsWith("zip")) bare.push(`${path}${key}`);
      visit(inner, `${path}${key}.`);
      for (const part of inner.anyOf ?? []) visit(part, `${path}${key}.`);
    }
  };
  const { definitions, ...root } = studyJsonSchema() as { definitions: Record<string, Record<string, unknown>> };
  visit(root, "");
  for (const [name, definition] of Object.entries(definitions)) visit(definition, `${name}.`);
  assertEquals(bare, []);
});
