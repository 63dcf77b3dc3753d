import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { scheme } from "vega";
import type { Table } from "../aggregate/table.ts";
import { decodedPng } from "./decoded_png.ts";
import type { ChartDefinition } from "./definition.ts";
import { viridis } from "./heat_map.ts";
import { CLEAR, indexedPng } from "./indexed_png.ts";
import { renderPdf } from "./pdf.ts";
import { renderPng } from "./png.ts";
import { selectedRows } from "./rows.ts";
import { range, tableOf } from "./sample_tables.ts";
import { chartSpec } from "./spec.ts";
import { specErrors } from "./spec_schema.ts";
import { renderSvg } from "./svg.ts";

/** A spectral function with a crossing, on so many frequencies and momenta. */
function crossing(frequencies: number, momenta: number): Table {
  return tableOf(
    "spectral",
    ["omega", "qy", "intensity"],
    range(-1, 1, frequencies).flatMap((omega) =>
      range(-1.2, 1.2, momenta).map((q) => [
        omega,
        q,
        0.02 / ((omega - q) ** 2 + 0.004) + 0.01 / ((omega + Math.sin(q)) ** 2 + 0.002),
      ])
    ),
  );
}

const map: ChartDefinition = {
  name: "map",
  observable: "spectral",
  mark: "rect",
  x: "qy",
  y: "omega",
  color: "intensity",
  theme: "aps-single",
};

const large = crossing(200, 201);

Deno.test("a map of 40 000 cells is valid, draws without a warning, and takes less than 300 kB in any form", async () => {
  for (const theme of ["aps-single", "aps-double"] as const) {
    const layers = [{
      observable: "spectral",
      mark: "line",
      x: "qy",
      y: { expression: "qy" },
      filter: { omega: -1 },
    }] as const;
    for (const definition of [{ ...map, theme }, { ...map, theme, layers }]) {
      const spec = chartSpec(definition, large);
      assertEquals(specErrors(spec), "");
      const svg = await renderSvg(spec);
      assert(svg.length < 300_000 && JSON.stringify(spec).length < 300_000, `${svg.length}`);
      assertEquals(await renderSvg(chartSpec(definition, large)), svg);
      assertEquals(svg.match(/<image /g)?.length, 1);
      assertEquals(svg.match(/role-legend"/g)?.length, 1);
      const pdf = await renderPdf(svg);
      assert(pdf.length < 300_000);
      assertEquals(await renderPdf(svg), pdf);
      assert((await renderPng(svg)).length > 1000);
    }
  }
});

Deno.test("a large map has the axes and the colour scale that a small one has", () => {
  const small = selectedRows(large, { qy: [-1.2, 1.2] });
  const axes = (table: Table): unknown => {
    const { encoding } = chartSpec(map, table) as unknown as { encoding: { y: { scale: unknown; axis: unknown } } };
    return [encoding.y.scale, encoding.y.axis];
  };
  assertEquals(axes(large), axes(small));
  const [, legend] = chartSpec(map, large).layer as { encoding: { color: { scale: unknown; type: string } } }[];
  const values = large.columns[2].cells.map(Number);
  const domain = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  assertEquals(legend.encoding.color.scale, { scheme: "viridis", domain, nice: false, zero: false });
});

Deno.test("cells of a picture stand where their values say, whatever the order of the rows; gaps are clear", () => {
  const rows = range(0, 69, 70).flatMap((x) =>
    range(0, 69, 70).map((y) => [x, y, x === 2 && y === 5 ? NaN : x + 100 * y])
  );
  rows.reverse();
  const spec = chartSpec({ ...map, x: "x", y: "y", color: "c" }, tableOf("spectral", ["x", "y", "c"], rows));
  const [{ mark: { url } }] = spec.layer as { mark: { url: string } }[];
  const indices = decodedPng(Uint8Array.fromBase64(url.replace("data:image/png;base64,", ""))).samples;
  const at = (x: number, y: number): number => indices[(69 - y) * 70 + x];
  assertEquals([at(0, 0), at(69, 69), at(2, 5)], [0, 254, CLEAR]);
  assertEquals(at(10, 40), Math.round(4010 / 6969 * 254));
});

Deno.test("a fragment that moves or colours cells has them drawn one by one, one that cuts the map off does not", () => {
  const marks = (vega_lite: Record<string, unknown>): unknown => {
    const spec = chartSpec({ ...map, vega_lite }, large);
    return (spec.layer as { mark: { type: string; clip?: boolean } }[] | undefined)?.[0].mark ?? spec.mark;
  };
  const type = (vega_lite: Record<string, unknown>): unknown => (marks(vega_lite) as { type: string }).type;
  assertEquals(type({ encoding: { color: { scale: { scheme: "magma" } } } }), "rect");
  assertEquals(type({ encoding: { x: { scale: { type: "pow" } } } }), "rect");
  assertEquals(type({ encoding: { y: { scale: { domain: [1, -1] } } } }), "rect");
  assertEquals(type({ height: 300, encoding: { y: { axis: { title: "E" } } } }), "image");
  const cut = marks({ encoding: { y: { scale: { domain: [0, 1] } } } }) as { type: string; clip: boolean };
  assertEquals([cut.type, cut.clip], ["image", true]);
});

Deno.test("pixels stay sharp in the PNG", async () => {
  const svg = await renderSvg(chartSpec(map, large));
  const style = `style="image-rendering: optimizeSpeed; image-rendering: pixelated;"`;
  assertStringIncludes(svg, style);
  const sharp = await renderPng(svg.replace(style, `image-rendering="optimizeSpeed"`));
  assertEquals(await renderPng(svg), sharp);
  assertNotEquals(await renderPng(svg.replace(style, "")), sharp);
});

Deno.test("the picture has the colours of the legend", () => {
  const vegas = scheme("viridis") as unknown as (part: number) => string;
  for (let i = 0; i <= 254; i++) assertEquals(`rgb(${viridis(i / 254).join(", ")})`, vegas(i / 254));
});

Deno.test("indexedPng is read by others", async () => {
  const png = indexedPng(2, 1, Uint8Array.of(0, CLEAR), [[255, 0, 0]]);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="2" height="1">` +
    `<image width="2" height="1" style="image-rendering:pixelated" xlink:href="data:image/png;base64,${png.toBase64()}"/></svg>`;
  const { width, pixels } = decodedPng(await renderPng(svg));
  assertEquals([...decodedPng(png).samples], [0, CLEAR]);
  // Four times as large, and what is clear is white on white.
  assertEquals([width, ...pixels.subarray(0, 4), ...pixels.subarray(-4)], [8, 255, 0, 0, 255, 255, 255, 255, 255]);
});
