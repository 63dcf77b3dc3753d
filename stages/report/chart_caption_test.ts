import { assertEquals } from "@std/assert";
import { captionOf } from "./chart_caption.ts";

const CURRENT = { observable: "current", mark: "line", x: "fermi_level", y: "charge_current" } as const;

Deno.test("a chart is told as what it shows against what, in the words of its axes", () => {
  const [{ title, layers }] = captionOf({ ...CURRENT, name: "a", theme: "slide", color: "mass", title: "Current" });
  assertEquals(title, "Current");
  assertEquals(layers, [
    "Lines (current): Current ⟨J_y⟩ (e v/ħa²) against Fermi level μ_F (v/a); in colour Mass m (v/a)",
  ]);
});

Deno.test("layers, panels, rules, errors and filters have their words", () => {
  const panels = captionOf({
    name: "a",
    theme: "slide",
    columns: 1,
    panels: [
      {
        ...CURRENT,
        x: { expression: "2*mass", title: "Splitting (v/a)" },
        filter: { mass: [0, 0.1], sites: { from: 4, to: 8 } },
        layers: [{ observable: "formula", mark: "rule", x: { expression: "-cutoff" }, label: "−Λ" }],
      },
      { observable: "formula", mark: "point", x: { expression: "2*mass" }, y: "cutoff", error: "cutoff_error" },
    ],
  });
  assertEquals(panels.map(({ layers }) => layers), [
    [
      "Lines (current): Current ⟨J_y⟩ (e v/ħa²) against Splitting (v/a); for m = 0, 0.1, L = 4 … 8",
      "Dashed lines (formula): at −Λ",
    ],
    ["Points (formula): Momentum cutoff Λ (1/a) against 2*mass; bars ± Error of cutoff δΛ (1/a)"],
  ]);
  assertEquals(captionOf({ name: "a", theme: "slide", observable: "gap", mark: "rule", y: "gap" })[0].layers, [
    "Dashed lines (gap): at Lowest energy E_{min} (v/a)",
  ]);
});
