/**
 * The studies of the repository, run once from a cold cache as a user runs them: what they draw, and what the README says that they show.
 *
 * @module
 */
import { assert, assertArrayIncludes, assertEquals } from "@std/assert";
import { Ajv } from "ajv";
import schema from "vega-lite/vega-lite-schema.json" with { type: "json" };
import { drawnChart } from "../pipeline/study/charts.ts";
import { layersOf } from "../stages/chart/definition.ts";
import { readPage } from "../stages/report/testing/page_reader.ts";
import { REPOSITORY } from "./command_line/program.ts";
import { Workspace } from "./command_line/workspace.ts";
import { ledgerTable, readLedgers, repositoryStudies, splitAtTable } from "./ledger_table.ts";

/** What is read of a view of a spec, once the spec is known to be valid. */
interface View {
  readonly name?: string;
  readonly data?: { readonly values: readonly Readonly<Record<string, unknown>>[] };
  readonly layer?: readonly View[];
  readonly concat?: readonly View[];
}

/** The tables that a spec draws, in their order; a letter of a panel has no row with columns, and texts have names. */
function drawnRows(view: View): Readonly<Record<string, unknown>>[][] {
  if (view.layer?.[0]?.name?.includes("_text")) return [];
  const own = (view.data?.values ?? []).filter((row) => Object.keys(row).length > 0);
  return [...own.length > 0 ? [own] : [], ...[...view.layer ?? [], ...view.concat ?? []].flatMap(drawnRows)];
}

/** Every object inside a value. */
function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const item of Object.values(value)) yield* objectsIn(item);
}

Deno.test("the repository's studies", async (t) => {
  using desk = new Workspace();
  const studies = repositoryStudies();
  await desk.succeed(studies.map((study) => `configs/${study}.yaml`));
  assertEquals([...Deno.readDirSync(desk.out)].map(({ name }) => name).sort(), studies);

  await t.step("the README's table of claims is what they give", () => {
    const [, table] = splitAtTable(Deno.readTextFileSync(new URL("README.md", REPOSITORY)));
    const remedy = "run deno task pipeline, then deno run --allow-read --allow-write tests/ledger_table.ts --write";
    assertEquals(table, ledgerTable(readLedgers(desk.out, studies)), remedy);
  });

  await t.step("their charts are valid Vega-Lite with their data inside", () => chartsAreRight(desk));

  await t.step("their reports are sound pages that show every chart and table", () => reportsAreRight(desk));
});

function reportsAreRight(desk: Workspace): void {
  for (const { name: study } of Deno.readDirSync(desk.out)) {
    const page = Deno.readTextFileSync(`${desk.out}/${study}/report.html`), elements = readPage(page);
    const { charts, observables, title } = desk.record(study).study;
    const numberOf = (tag: string) => elements.filter((element) => element.tag === tag).length;
    assertEquals([numberOf("svg"), numberOf("tfoot") <= Object.keys(observables).length], [charts.length, true]);
    assertEquals(elements.find(({ tag }) => tag === "h1")!.text, title);
    const headings = elements.filter(({ tag }) => tag === "h3").map(({ text }) => text);
    assertArrayIncludes(headings, Object.keys(observables));
    for (const { attributes } of elements) {
      const target = attributes.get("href") ?? "#";
      if (!/^(#|data:)/.test(target)) assert(Deno.statSync(`${desk.out}/${study}/${target}`).isFile, target);
    }
    // Where, when and on what it was made is in run.json alone.
    assert(!/https?:|\/tmp\/|20\d\d-\d\d-\d\d/.test(page), study);
  }
}

function chartsAreRight(desk: Workspace): void {
  const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false, strictTuples: false });
  for (const format of ["color-hex", "uri", "uri-reference"]) ajv.addFormat(format, () => true);
  const validate = ajv.compile(schema);
  let specs = 0;
  for (const { name: study } of Deno.readDirSync(desk.out)) {
    const { charts } = desk.record(study).study;
    for (const chart of charts) {
      specs++;
      const { name } = chart;
      const spec = JSON.parse(Deno.readTextFileSync(`${desk.out}/${study}/${name}.vl.json`)) as View;
      const valid: boolean = validate(spec);
      assert(valid, `${study}/${name}: ${ajv.errorsText(validate.errors).slice(0, 500)}`);
      for (const object of objectsIn(spec)) {
        assert(!("url" in object) || String(object.url).startsWith("data:"), `${study}/${name} fetches ${object.url}`);
      }
      // What it draws are the numbers of the tables, digit for digit and in their order; a chart that is cut off may leave rows out.
      const drawn = drawnChart(chart, charts);
      const layers = ("panels" in drawn ? drawn.panels : [drawn]).flatMap((axes) =>
        layersOf(axes).map((layer) => ({
          ...layer,
          // A rule is drawn once however many rows have it.
          isWhole: axes.vega_lite === undefined && layer.filter === undefined && layer.mark !== "rule",
        }))
      );
      const tables = drawnRows(spec);
      // A large map is one picture, with tests of its own: its data are its corners, and those of its legend.
      const isPicture = layers.length === 1 && layers[0].mark === "rect" && tables.length === 2;
      assert(isPicture || tables.length === layers.length, `${study}/${name}`);
      for (const [i, { observable, mark, x, y, color, shape, isWhole }] of isPicture ? [] : layers.entries()) {
        // Formulas of columns have tests of their own.
        const columns = [x, y, color].filter((column) => typeof column === "string");
        const rows = desk.table(study, observable).rows.map((row) => columns.map((column) => row[column]).join());
        let next = 0;
        for (const value of tables[i]) {
          const row = rows.indexOf(columns.map((column) => String(value[column])).join(), next);
          assert(row >= next, `${study}/${name} draws ${JSON.stringify(value)}, which is not in the table`);
          next = row + 1;
        }
        // One line across the plot, or one special place, is enough.
        assert(tables[i].length > (mark === "rule" || shape !== undefined ? 0 : 1), `${study}/${name} draws nothing`);
        if (isWhole) assertEquals(tables[i].length, rows.length, `${study}/${name}`);
      }
      const svg = Deno.readTextFileSync(`${desk.out}/${study}/${name}.svg`);
      assert(svg.startsWith("<svg") && svg.trimEnd().endsWith("</svg>"));
      assert(!/NaN|undefined|null/.test(svg), `${study}/${name}.svg draws nothing where a number should be`);
      const png = Deno.readFileSync(`${desk.out}/${study}/${name}.png`);
      assertEquals([...png.slice(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    }
  }
  assert(specs >= 2, `${specs} charts`);
}
