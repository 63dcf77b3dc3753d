import { assertEquals } from "@std/assert";
import { typeset } from "./typeset.ts";

const text = (role: string, content: string): string =>
  `<g class="mark-text role-${role}" pointer-events="none"><text text-anchor="middle" font-size="10px">${content}</text></g>`;

const content = (svg: string): string => svg.replace(/^.*?<text[^>]*>|<\/text><\/g>$/g, "");

Deno.test("typeset lowers an index and comes back to the baseline", () => {
  assertEquals(
    content(typeset(text("axis-title", "μ_F (v)"))),
    `<tspan font-style="italic">μ</tspan><tspan dy="2" font-size="7px">F</tspan>` +
      `<tspan dy="-2"> (</tspan><tspan font-style="italic">v</tspan>)`,
  );
});

Deno.test("typeset sets a power after an index from where the index stands", () => {
  assertEquals(
    content(typeset(text("title-text", "J_y^E"))),
    `J<tspan dy="2" font-size="7px">y</tspan><tspan dy="-5.6" font-size="7px">E</tspan>`,
  );
});

Deno.test("typeset leaves labels as they are, which are data", () => {
  const labels = text("legend-label", "run_1") + text("axis-label", "10^3");
  assertEquals(typeset(labels), labels);
});

Deno.test("typeset keeps XML's own characters and lines of several", () => {
  assertEquals(content(typeset(text("title-text", "1 &lt; 2 &amp;amp; 3"))), "1 &lt; 2 &amp;amp; 3");
  assertEquals(
    content(typeset(text("title-text", `<tspan>A_1</tspan><tspan x="0" dy="12">B</tspan>`))),
    `<tspan>A<tspan dy="2" font-size="7px">1</tspan></tspan><tspan x="0" dy="10">B</tspan>`,
  );
});
