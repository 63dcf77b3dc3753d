/**
 * What the bundles compute, against the packages that they were made of.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import * as arquero from "arquero";
import * as rxjs from "rxjs";
import * as writer from "hyparquet-writer";
import * as vega from "vega";
import * as vegaLite from "vega-lite";
import * as bundledRxjs from "bundled/rxjs";
import { aggregate } from "../../stages/aggregate/aggregate.ts";
import type { Cell } from "../../stages/aggregate/table.ts";
import { csv, parquet } from "../../stages/aggregate/table_files.ts";
import { render } from "../../stages/chart/renderer.ts";
import { bands, evenCurrent, lineChart, spectrum } from "../../stages/chart/sample_tables.ts";
import { chartSpec } from "../../stages/chart/spec.ts";
import { textWidth } from "../../stages/chart/text_metrics.ts";
import { tidySvg } from "../../stages/chart/tidy.ts";
import { typeset } from "../../stages/chart/typeset.ts";

const SWEPT = [{ name: "mass", values: [0.1, -1, 3] }, { name: "case", values: ["a, b", 'c "d"', ""] }];
const ROWS = { point: [2, 0, 0, 1, 2], columns: { site: [0, 1, 2, 3, 4], energy: [1 / 3, 1e-300, -5e22, 0.1, -0.25] } };

Deno.test("tables are joined and written as arquero and hyparquet-writer do it", async () => {
  const table = await aggregate({ observable: "o", swept: SWEPT, artifacts: [2, 1, 2] }, ROWS);
  const points = arquero.table([
    ["p", [0, 1, 2]],
    ...SWEPT.map(({ name, values }) => [name, values] as [string, Cell[]]),
  ]);
  const own = arquero.table([["p", ROWS.point], ["row", [0, 1, 2, 3, 4]], ...Object.entries(ROWS.columns)]);
  const joined = own.join_left(points, "p").orderby("row").select("mass", "case", "site", "energy");
  assertEquals(table.columns.map(({ name, cells }) => [name, [...cells]]), [
    ...joined.columnNames().map((name) => [name, Array.from(joined.array(name) as Cell[])] as [string, Cell[]]),
  ]);
  assertEquals(
    await csv(table),
    joined.toCSV({ format: { mass: String, case: String, site: String, energy: String } }),
  );
  const types = { mass: "DOUBLE", case: "STRING", site: "INT32", energy: "DOUBLE" } as const;
  const columnData = table.columns.map(({ name, cells }) => {
    return { name, data: [...cells], type: types[name as keyof typeof types] };
  });
  assertEquals(await parquet(table), new Uint8Array(writer.parquetWriteBuffer({ columnData })));
});

Deno.test("charts are drawn as Vega and Vega-Lite draw them, to the byte", async () => {
  const specs = [
    chartSpec({ ...lineChart, color: "chemical_potential_slope", title: "Even in μ_F" }, evenCurrent),
    chartSpec({ ...lineChart, mark: "point", x: "qy", y: "energy", color: "mean_position" }, bands),
    chartSpec({ ...lineChart, mark: "rect", x: "qy", y: "omega", color: "intensity" }, spectrum),
  ];
  const { textMetrics } = vega as unknown as { textMetrics: { width: typeof textWidth } };
  textMetrics.width = textWidth;
  for (const spec of specs) {
    const { spec: compiled } = vegaLite.compile(spec as unknown as vegaLite.TopLevelSpec);
    const view = new vega.View(vega.parse(compiled), { renderer: "none" });
    vega.resetSVGDefIds();
    const svg = typeset(tidySvg(await view.toSVG()));
    view.finalize();
    assert(svg.length > 2000);
    assertEquals(await render(spec), svg);
  }
});

Deno.test("streams of RxJS and of its bundle understand each other, whichever made them", async () => {
  const one = bundledRxjs.from([3, 1, 2]).pipe(rxjs.mergeMap((n) => bundledRxjs.of(n, n)), bundledRxjs.toArray());
  const other = rxjs.from([3, 1, 2]).pipe(bundledRxjs.mergeMap((n) => rxjs.of(n, n)), rxjs.toArray());
  for (const stream of [one, other]) {
    assertEquals(await rxjs.lastValueFrom(stream), [3, 3, 1, 1, 2, 2]);
    assertEquals(await bundledRxjs.lastValueFrom(stream), [3, 3, 1, 1, 2, 2]);
  }
});
