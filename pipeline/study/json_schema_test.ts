import { Ajv } from "ajv";
import { parse } from "@std/yaml";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { eachProperty, EXAMPLES, type SchemaPart } from "./annotations.ts";
import { studyJsonSchema, studyJsonSchemaText } from "./json_schema.ts";
import { parseStudy } from "./load.ts";
import { studyReference, unitOf } from "./reference.ts";

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

Deno.test("a study that extends another one may leave the rest to it", () => {
  const accepts = (study: string) => validate(parse(study, { schema: "core" }));
  assert(accepts("study: a\nextends: b.yaml\nwithout: [charts]"));
  assert(accepts("study: a\nextends: [b.yaml, c.yaml]\nmodel: { mass: 1 }"));
  assert(!accepts("study: a\nextends: []"));
  assert(!accepts("extends: b.yaml"));
});

/** Every key of the schema, by path. */
function properties(): Map<string, SchemaPart[]> {
  const found = new Map<string, SchemaPart[]>();
  const visit = (part: SchemaPart, path: string): void => void found.set(path, [...found.get(path) ?? [], part]);
  const { definitions, ...root } = studyJsonSchema() as { definitions: Record<string, SchemaPart> };
  eachProperty(root, visit);
  for (const [name, definition] of Object.entries(definitions)) eachProperty(definition, visit, name);
  return found;
}

Deno.test("every key has a description and examples that are allowed, and every example is of a key", () => {
  const { definitions } = studyJsonSchema(), found = properties();
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  for (const [path, parts] of found) {
    for (const part of parts) {
      assert(typeof part.description === "string" && part.description.length > 5, `${path} has no description`);
      const examples = part.examples as unknown[] | undefined;
      assert(examples !== undefined && examples.length > 0, `${path} has no example: add one to annotations.ts`);
      const isAllowed = ajv.compile({ ...part, definitions });
      for (const example of examples) assert(isAllowed(example), `${path}: ${JSON.stringify(example)}`);
    }
  }
  const known = new Set(found.keys());
  assertEquals(Object.keys(EXAMPLES).filter((path) => !known.has(path)), []);
});

Deno.test("every number of the physics has a unit", () => {
  const isNumber = ({ type, anyOf, items }: SchemaPart): boolean =>
    type === "number" ||
    [...(anyOf as SchemaPart[] | undefined) ?? [], ...items === undefined ? [] : [items as SchemaPart]].some(isNumber);
  for (const [path, [part]] of properties()) {
    if (!isNumber(part) || !/^(model|momentum|baths|disorder|observables)\./.test(path)) continue;
    assert(unitOf(String(part.description)) !== undefined, `${path} has no unit: ${part.description}`);
  }
});

Deno.test("docs/study-reference.md is what the schema says: run pipeline/study/reference.ts to renew it", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/study-reference.md", import.meta.url));
  assertEquals(text, studyReference());
  for (const path of properties().keys()) {
    if (!/^(sweep\..*\.|zip|range)/.test(path)) assert(text.includes(`\n| \`${path}\` |`), path);
  }
});
