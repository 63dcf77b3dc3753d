import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fc from "fast-check";
import { tableOf } from "../chart/sample_tables.ts";
import { STYLE } from "./style.ts";
import { SHOWN_ROWS } from "./table_section.ts";
import { type PageElement, readPage } from "./testing/page_reader.ts";
import { CLAIM, CONTENTS, REPORT, samplePage } from "./testing/sample_report.ts";

function only(elements: readonly PageElement[], tag: string): PageElement[] {
  return elements.filter((element) => element.tag === tag);
}

/** Texts that mean something to HTML, to SVG, to style sheets, to the markup of titles or to JavaScript's `replace`. */
const HOSTILE = [
  `</title></style></svg><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onload='x`,
  `&lt;b&gt; &amp; &#0; & <`,
  `<!-- ]]> -->`,
  `a_{<b>}^"`,
  "$& $` $' $1",
  `\0\x1b\u2028\ud800`,
  `javascript:alert(1) url(http://example.org)`,
];

Deno.test("the page is whole: tags balance, ids are there once, links within it lead somewhere", () => {
  const elements = readPage(samplePage()), ids = new Set(elements.map(({ attributes }) => attributes.get("id")));
  for (const { attributes } of elements) {
    for (const key of ["href", "aria-labelledby"]) {
      const target = attributes.get(key);
      if (target !== undefined && (key !== "href" || target.startsWith("#"))) {
        assert(ids.has(target.replace("#", "")), target);
      }
    }
    for (const value of attributes.values()) {
      for (const [, id] of value.matchAll(/url\(#([^)]*)\)/g)) assert(ids.has(id), id);
    }
  }
  assertEquals(only(elements, "clipPath").map(({ attributes }) => attributes.get("id")), [
    "chart-first-clip1",
    "chart-second-clip1",
  ]);
});

Deno.test("nothing is fetched and nothing runs", () => {
  const elements = readPage(samplePage());
  const policy = elements.find(({ attributes }) => attributes.get("http-equiv") === "Content-Security-Policy")!;
  assertStringIncludes(policy.attributes.get("content")!, "default-src 'none'");
  // It counts for what comes after it.
  assert(elements.indexOf(policy) < elements.findIndex(({ tag }) => tag === "style" || tag === "link"));
  assert(!/script-src|connect-src|https?:/.test(policy.attributes.get("content")!));
  assert(!/https?:|@import|url\(/.test(STYLE));
  for (const { tag, attributes } of elements) {
    assert(!["script", "iframe", "object", "embed", "img", "base", "form"].includes(tag), tag);
    for (const [key, value] of attributes) {
      assert(!key.startsWith("on") && !["src", "srcset", "ping", "action"].includes(key), key);
      if (key === "href") assert(/^(#|data:|[a-z0-9_.-]+$)/.test(value), value);
      assert(!/https?:/.test(value), value);
    }
  }
});

Deno.test("any text stays text, wherever it stands", () => {
  const check = (text: string, other: string): void => {
    const page = samplePage({
      title: text,
      parameters: { model: { sites: text, [other]: other }, baths: {} },
      sweep: [[{ path: "baths.fermi_level", values: [text, other] }]],
      observables: [{ name: "gap", settings: { [other]: text } }],
      charts: [{ name: "first", title: other, panels: [{ title: text, layers: [other, text] }] }],
      program: other,
      packages: [text],
      tables: [{ observable: "gap", hash: text }],
      files: [{ name: "gap.csv", hash: text, from: [other] }],
    }, {
      claims: [{ ...CLAIM, claim: text, quantity: other, limits: text, source: other }],
      tables: [tableOf("gap", [`column ${other}`, "gap"], [[text, 1], [other, 2]])],
      drawings: [CONTENTS.drawings[0]],
    });
    const elements = readPage(page), shown = cleaned(text);
    assertEquals(only(elements, "h1")[0].text, shown);
    assert(only(elements, "td").some((cell) => cell.text === shown));
    // deno-fmt-ignore
    const known = ["html", "head", "meta", "link", "title", "style", "body", "header", "h1", "p", "code", "sub", "sup", "i", "b", "nav", "a",
      "main", "section", "h2", "h3", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "span", "ul", "li", "wbr", "figure", "div",
      "figcaption", "dl", "dt", "dd", "svg", "rect", "g", "path", "text", "defs", "clipPath", "linearGradient", "stop"];
    for (const { tag, attributes } of elements) {
      assert(known.includes(tag), tag);
      for (const key of attributes.keys()) assert(!/^(on|src)/.test(key), key);
    }
    assertEquals(only(elements, "a").length, only(readPage(samplePageLike()), "a").length);
  };
  for (const text of HOSTILE) HOSTILE.forEach((other) => check(text, other));
  const texts = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."<>&\"'_^{}/=-! a1") }));
  fc.assert(fc.property(texts, texts, check), { seed: 20260213, numRuns: 200 });
});

/** As the study of the test above, with nothing hostile in it. */
function samplePageLike(): string {
  return samplePage({
    observables: REPORT.observables.slice(0, 1),
    charts: REPORT.charts.slice(0, 1),
    tables: REPORT.tables.slice(0, 1),
  }, { tables: CONTENTS.tables.slice(0, 1), drawings: CONTENTS.drawings.slice(0, 1) });
}

/** A text as it is shown: control characters cannot be. */
function cleaned(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, "\ufffd");
}

Deno.test("parameters are sorted into what is swept, what is set and what is left", () => {
  const elements = readPage(samplePage());
  const cellsOf = (caption: string): string[] => {
    const start = elements.findIndex(({ tag, text }) => tag === "caption" && text === caption);
    const end = elements.findIndex(({ tag }, i) => i > start && (tag === "caption" || tag === "h2"));
    const within = elements.slice(start, end).filter(({ tag, around }) =>
      ["th", "td"].includes(tag) && around.includes("tbody")
    );
    return within.map(({ text }) => text);
  };
  assertEquals(cellsOf("Swept"), ["baths.fermi_level μF", "−1 … 1 (5 evenly spaced values) v/a"]);
  assertEquals(cellsOf("Set by the study, other than by default"), ["model.sites L", "8", "50"]);
  const left = elements.filter(({ tag, around }) => tag === "li" && around.includes("section")).map(({ text }) => text);
  assertEquals(left.slice(0, 2), ["model.mass m 0.1", "baths.inverse_temperature β0 1"]);
  assertStringIncludes(
    samplePage({ sweep: [], parameters: REPORT.defaults }),
    "All parameters have their default values",
  );
  const zipped = samplePage({ sweep: [["a.x", "a.y"].map((path) => ({ path, values: [1, 2] }))] });
  assertStringIncludes(zipped, "advances with the others of its group");
  assertStringIncludes(zipped, ": 2 points,");
});

Deno.test("of a large table the first rows are shown, with the range of all", () => {
  const elements = readPage(samplePage());
  const bands = elements.filter(({ around, tag }) => tag === "table" && around.includes("section"))
    .find(({ text }) => text.includes("branch"))!;
  const rows = CONTENTS.tables[1].columns[0].cells.length;
  assertStringIncludes(bands.text, `The first ${SHOWN_ROWS} of ${rows} rows`);
  assertStringIncludes(bands.text, "qy Momentum qy (1/a)");
  assertStringIncludes(bands.text, "1.1 × 10⁻⁷"); // its last row that is shown
  assert(!bands.text.includes("1.2 × 10⁻⁷"));
  assertStringIncludes(bands.text, "0 …19.5state 0, state 1, state 20 …3.9 × 10⁻⁷");
  const short = (count: number) =>
    samplePage({}, { tables: [tableOf("gap", ["gap"], Array(count).fill([1])), CONTENTS.tables[1]] });
  assertStringIncludes(short(0), "It has no rows");
  assertStringIncludes(short(1), "Its only row, to 6 digits");
  assertStringIncludes(short(12), "All 12 rows");
  assertEquals(short(1).length < short(12).length && short(13).length - short(12).length < 20, true);
});

Deno.test("claims show their verdicts in words", () => {
  const text = only(readPage(samplePage()), "main")[0].text;
  for (
    const part of ["holds with limits The current is even in μF.", ": 0.013; the bound is ≤ 0.05", "to leading order"]
  ) {
    assertStringIncludes(text, part);
  }
  assertStringIncludes(samplePage({}, { claims: [] }), "decide none of the paper's claims");
  const plain = samplePage({}, { claims: [{ ...CLAIM, limits: "", verdict: "holds" }] });
  assert(!plain.includes("<dt>limits</dt>"));
});

Deno.test("how it was computed names stages, code, packages and files", () => {
  const text = only(readPage(samplePage()), "main")[0].text;
  for (
    const part of ["diracflow 1.2.3 with vega@6.4.0", "expand the sweep written out", "c0de", "gap.csvtable gapc5f"]
  ) {
    assertStringIncludes(text, part);
  }
});

Deno.test("those who do not see the page find their way", () => {
  const elements = readPage(samplePage());
  assertEquals(elements[0].attributes.get("lang"), "en");
  const levels = elements.filter(({ tag }) => /^h[1-6]$/.test(tag)).map(({ tag }) => Number(tag[1]));
  levels.forEach((level, i) => assert(level === 1 ? i === 0 : level <= levels[i - 1] + 1));
  const captions = only(elements, "caption").length;
  assertEquals(captions, only(elements, "table").length);
  for (const { attributes } of only(elements, "th")) assert(attributes.has("scope"));
  for (const { attributes } of only(elements, "svg")) {
    assertEquals([attributes.get("role"), attributes.get("aria-label")], ["img", "Lines (gap): Emin"]);
  }
  // What scrolls can be reached by the keyboard, and has a name.
  for (const { attributes } of elements.filter(({ attributes }) => attributes.has("tabindex"))) {
    assertEquals(attributes.get("role"), "group");
    assert(attributes.get("aria-label") !== "");
  }
});

Deno.test("text stands out from its ground, in the light, in the dark and on paper", () => {
  const palettes = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) =>
    new Map([...block.matchAll(/--(\w+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]))
  );
  assertEquals(palettes.length, 3);
  for (const palette of palettes) {
    for (const ink of ["ink", "soft", "link", "holds", "limits", "fails"]) {
      for (const ground of ["paper", "tint"]) {
        const [dark, light] = [luminance(palette.get(ink)!), luminance(palette.get(ground)!)].sort((a, b) => a - b);
        assert((light + 0.05) / (dark + 0.05) >= 4.5, `${ink} on ${ground}`); // WCAG 2.2, 1.4.3
      }
    }
  }
});

/** The relative luminance of a colour, WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((share) => share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

Deno.test("a study without charts has a report, and the same study the same bytes", () => {
  const page = samplePage({ charts: [] }, { drawings: [] });
  assertEquals([only(readPage(page), "figure").length, page.includes("no charts")], [0, true]);
  assertEquals(samplePage(), samplePage());
});
