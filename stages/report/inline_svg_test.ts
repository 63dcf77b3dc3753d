import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { specStage } from "../chart/stages.ts";
import { evenCurrent } from "../chart/sample_tables.ts";
import { renderSvg } from "../chart/svg.ts";
import { inlineSvg } from "./inline_svg.ts";
import { DRAWING } from "./testing/sample_report.ts";

const HEAD = `<svg xmlns="http://www.w3.org/2000/svg" width="9.5" height="1">`;

Deno.test("ids, and what refers to them, begin with the chart's name", () => {
  const { text } = inlineSvg(DRAWING, "chart-a", "Words");
  assertEquals([...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id), ["chart-a-clip1", "chart-a-gradient_0"]);
  assertEquals([...text.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id), ["chart-a-clip1", "chart-a-gradient_0"]);
  assertStringIncludes(inlineSvg(`${HEAD}<use xlink:href="#b"/></svg>`, "a", "").text, `<use href="#a-b"/>`);
  assertStringIncludes(text, "<text>a &amp; b</text>");
});

Deno.test("a drawing is one image with a description, and says how wide it is", () => {
  const { text } = inlineSvg(`${HEAD}</svg>`, "a", `"x" $& <y>`);
  assertEquals(
    text,
    `<svg role="img" aria-label="&quot;x&quot; $&amp; &lt;y&gt;" style="--width: 9.5" width="9.5" height="1"></svg>`,
  );
  assertThrows(() => inlineSvg("<p></p>", "a", ""), Error, "Cannot put the chart a into the report");
});

Deno.test("nothing outside the drawing is referred to", () => {
  const inside = `<image xlink:href="data:image/png;base64,AAAA" width="1"/>`;
  const outside = [
    `<a xlink:href="https://example.org/" href="javascript:alert(1)">`,
    `<image href="http://example.org/a.png"/>`,
    `<image xlink:href="//example.org/a.png"/>`,
    `<path fill="url(http://example.org/(a)#b)" d="M0,0"/>`,
    `<path fill="url(&quot;http://example.org/&quot;)" style="x: url(#a); y: URL( http://example.org )"/>`,
    `</a>`,
  ];
  const { text } = inlineSvg(`${HEAD}${inside}${outside.join("")}</svg>`, "a", "");
  assertStringIncludes(text, inside.replace("xlink:", ""));
  assert(!/example|javascript|xmlns/.test(text), text);
  assertStringIncludes(text, `<a><image/><image/><path d="M0,0"/><path/></a>`);
});

Deno.test("a fragment of Vega-Lite with links and images leaves the drawing whole and nothing to fetch", async () => {
  const chart = {
    name: "a",
    theme: "aps-single",
    observable: "current",
    mark: "point",
    x: "fermi_level",
    y: "charge_current",
    vega_lite: {
      mark: { type: "image", width: 4, height: 4 },
      encoding: { url: { value: "http://example.org/a.png" }, href: { value: "http://example.org/" } },
    },
  } as const;
  const spec = await specStage.run({ chart, title: "" }, [evenCurrent], () => {});
  const svg = await renderSvg(JSON.parse(spec));
  assertStringIncludes(svg, "example.org", "the fragment takes effect");
  const { text } = inlineSvg(svg, "a", "");
  assert(!text.includes("example.org"));
  const tags = (drawing: string) => [...drawing.matchAll(/<\/?[a-zA-Z]+/g)].map(([tag]) => tag);
  assertEquals(tags(text), tags(svg));
});
