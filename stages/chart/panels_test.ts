import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import type { AxesDefinition, PanelsDefinition } from "./definition.ts";
import type { JsonObject } from "./merge.ts";
import { panelsSpec } from "./panels.ts";
import { bands, evenCurrent, range, spectrum, tableOf } from "./sample_tables.ts";
import { specErrors } from "./spec_schema.ts";
import { renderSvg } from "./svg.ts";

const masses = range(-2.5, 1.5, 41);
const current = tableOf("current", ["mass", "charge_current"], masses.map((m) => [m, 5e-3 * (1 + Math.tanh(m + 1))]));
const gap = tableOf("gap", ["mass", "gap"], masses.map((m) => [m, Math.max(0, -m - 1.2)]));

const currentPanel: AxesDefinition = { observable: "current", mark: "line", x: "mass", y: "charge_current" };
const gapPanel: AxesDefinition = { observable: "gap", mark: "line", x: "mass", y: "gap" };

/** Fig. 3(d): current and gap over one axis. */
const fig3d: PanelsDefinition = { name: "fig3d", theme: "aps-single", columns: 1, panels: [currentPanel, gapPanel] };

const mixed: PanelsDefinition = {
  name: "mixed",
  theme: "aps-double",
  columns: 2,
  title: "Three panels",
  panels: [
    { observable: "bands", mark: "point", x: "qy", y: "energy", color: "mean_position", title: "Bands" },
    {
      observable: "spectral",
      mark: "rect",
      x: "qy",
      y: "omega",
      color: "intensity",
      layers: [{ observable: "bands", mark: "line", x: "qy", y: { expression: "sin(qy)" }, filter: { band: 0 } }],
    },
    { observable: "current", mark: "line", x: "fermi_level", y: "charge_current", color: "chemical_potential_slope" },
  ],
};

const widths = { "aps-single": 243, "aps-double": 504, slide: 960 };

Deno.test("panels are valid Vega-Lite and exactly as wide as the page, without a warning, in the same bytes twice", async () => {
  for (const theme of ["aps-single", "aps-double", "slide"] as const) {
    for (const columns of [1, 2] as const) {
      const cases = [[{ ...fig3d, theme, columns }, [current, gap]], [{ ...mixed, theme, columns }, [
        bands,
        spectrum,
        evenCurrent,
      ]]] as const;
      for (const [definition, tables] of cases) {
        // Three panels one under the other are more than a slide can hold.
        if (theme === "slide" && columns === 1 && definition.name === "mixed") continue;
        const spec = await panelsSpec(definition, ...tables);
        assertEquals(specErrors(spec), "");
        const svg = await renderSvg(spec);
        const [, width, height] = svg.match(/^<svg [^>]*width="([0-9.]+)" height="([0-9.]+)"/) ?? [];
        assertEquals([definition.name, theme, columns, Number(width)], [
          definition.name,
          theme,
          columns,
          widths[theme],
        ]);
        if (theme === "slide") assertEquals(Number(height), 540);
        assertEquals(JSON.stringify(await panelsSpec(definition, ...tables)), JSON.stringify(spec));
      }
    }
  }
});

Deno.test("panels are lettered in their order", async () => {
  const svg = await renderSvg(await panelsSpec(mixed, bands, spectrum, evenCurrent));
  assertEquals(svg.match(/>\([a-z]\)</g), [">(a)<", ">(b)<", ">(c)<"]);
});

Deno.test("plots have one size and ticks at both ends of it", async () => {
  const spec = await panelsSpec(fig3d, current, gap);
  const views = spec.concat as JsonObject[];
  assertEquals([views[0].width, views[0].height], [views[1].width, views[1].height]);
  const texts = JSON.stringify(spec).match(/"expr":"[^"]*"/g) ?? [];
  assert(texts.length > 0 && texts.every((text) => !/\b(width|height)\b/.test(text)), texts.join());
});

Deno.test("panels above one another share the labels of an axis that is the same, and only then", async () => {
  const labels = async (definition: PanelsDefinition): Promise<unknown[]> => {
    const spec = await panelsSpec(definition, current, gap);
    return (spec.concat as { encoding: { x: { axis: { labels?: boolean } } } }[]).map(({ encoding }) =>
      encoding.x.axis.labels
    );
  };
  assertEquals(await labels(fig3d), [false, undefined]);
  assertEquals(await labels({ ...fig3d, columns: 2 }), [undefined, undefined]);
  const part = { ...gapPanel, filter: { mass: { from: -2, to: 0 } } };
  assertEquals(await labels({ ...fig3d, panels: [currentPanel, part] }), [undefined, undefined]);
});

Deno.test("panels do not share their colours", async () => {
  const svg = await renderSvg(await panelsSpec(mixed, bands, spectrum, evenCurrent));
  assertEquals(svg.match(/role-legend"/g)?.length, 3);
});

Deno.test("a fragment reaches its panel and the figure's the whole", async () => {
  const clipped = { ...gapPanel, vega_lite: { mark: { strokeWidth: 3 }, config: { font: "Arial" } } };
  const spec = await panelsSpec(
    { ...fig3d, panels: [currentPanel, clipped], vega_lite: { background: "#eeeeee" } },
    current,
    gap,
  );
  const [above, below] = spec.concat as { layer: { mark: { strokeWidth: number } }[] }[];
  assertEquals(below.layer[0].mark.strokeWidth, 3);
  assertNotEquals(above.layer[0].mark.strokeWidth, 3);
  assertEquals([spec.background, (spec.config as JsonObject).font], ["#eeeeee", "Arial"]);
});

Deno.test("panels that cannot be fitted are refused", async () => {
  const wide = { ...fig3d, panels: [{ ...currentPanel, vega_lite: { width: 400 } }, gapPanel] };
  await assertRejects(() => panelsSpec(wide, current, gap), Error, "cannot be set to the 243 px of aps-single");
});
