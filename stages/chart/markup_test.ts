import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { estimateWidth, parseMarkup } from "./markup.ts";

/** Runs in short: slanted in stars, lowered in [], raised in {}. */
function shorthand(text: string, slant = true): string {
  return parseMarkup(text, { slant }).map((run) => {
    const body = run.italic ? `*${run.text}*` : run.text;
    return run.shift === "sub" ? `[${body}]` : run.shift === "super" ? `{${body}}` : body;
  }).join("");
}

Deno.test("markup lowers and raises what it marks", () => {
  assertEquals(shorthand("A^5", false), "A{5}");
  assertEquals(shorthand("E_{min} and", false), "E[min] and");
  assertEquals(shorthand("J_y^E", false), "J[y]{E}");
});

Deno.test("a mark without anything to mark is a character", () => {
  for (const text of ["a_", "^ b", "x _ y", "{}", "_{}"]) assertEquals(shorthand(text, false), text);
});

Deno.test("variables slant as in print, words, digits and labels do not", () => {
  assertEquals(shorthand("Fermi level μ_F (v/a)"), "Fermi level *μ*[F] (*v*/*a*)");
  assertEquals(shorthand("Current ⟨J_y⟩ (10⁻³ e v/ħa²)"), "Current ⟨*J*[*y*]⟩ (10⁻³ *e* *v*/*ħa*²)");
  assertEquals(shorthand("Δμ/Δx (v/a²)"), "Δ*μ*/Δ*x* (*v*/*a*²)");
  assertEquals(shorthand("Im Σ^R"), "Im Σ{R}");
  assertEquals(shorthand("β_{FA}, E_{min}"), "*β*[FA], *E*[min]");
  assertEquals(shorthand("A slab of a metal that doesn't conduct"), "A slab of a metal that doesn't conduct");
  assertEquals(shorthand("Spectral function A (a/v)"), "Spectral function *A* (*a*/*v*)");
});

Deno.test("parseMarkup keeps every character of a text without marks, in order", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }).filter((text) => !/[_^]/.test(text)), fc.boolean(), (text, slant) => {
      assertEquals(parseMarkup(text, { slant }).map((run) => run.text).join(""), text);
    }),
    { seed: 4, numRuns: 500 },
  );
});

Deno.test("estimateWidth counts marks as nothing and indices as small", () => {
  assertEquals(estimateWidth("", 8), 0);
  assert(estimateWidth("μ_F", 8) < estimateWidth("μF", 8));
});
