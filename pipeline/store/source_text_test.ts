import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { filesIn } from "../testing/temporary_folder.ts";
import { scanSource } from "./source_text.ts";
import { importedModules, normalizedSource, type Token, tokensOf } from "./testing/source_twin.ts";

const PROJECT = decodeURIComponent(new URL("../..", import.meta.url).pathname);

/** What is put before a source that counts as it is written. */
const AS_WRITTEN = "\n\n";

function scanned(source: string): { readonly normalized: string; readonly imports: readonly string[] } {
  const { normalized, imports } = scanSource(new TextEncoder().encode(source));
  return { normalized: new TextDecoder("utf-8", { fatal: true }).decode(normalized), imports };
}

function twin(source: string): { readonly normalized: string; readonly imports: readonly string[] } {
  return { normalized: normalizedSource(source), imports: importedModules(source) };
}

/** The source with other layout between its tokens: line breaks stay where there are some, and nowhere else. */
function laidOut(tokens: readonly Token[], other: (gap: string) => string): string {
  let source = "", gap = "";
  for (const { type, value } of tokens) {
    if (type === "LineTerminatorSequence" || type === "WhiteSpace" || type.endsWith("Comment")) gap += value;
    else {
      source += `${other(gap)}${value}`;
      gap = "";
    }
  }
  return source + other(gap);
}

const isBroken = (gap: string) => /[\n\r\u2028\u2029]/.test(gap);

Deno.test("a line break counts where it ends a statement, and nowhere else", () => {
  const differ = [
    ["return\n x", "return x"],
    ["return // why\n x", "return x"],
    ["return /* why\n */ x", "return x"],
    ["return // why\u2028 x", "return x"],
    ["a\n++\nb", "a++\nb"],
    ["a\n--b", "a--\nb"],
    ["continue\nloop", "continue loop"],
    ["class A { readonly\n a }", "class A { readonly a }"],
    ["type\nA = 1", "type A = 1"],
    ["f\n!(a)", "f!(a)"],
    ["f = {}\n!(a)", "f = {}!(a)"],
    ["a\nas(b)", "a as(b)"],
    // Two fields, statements, calls on two lines; one on one.
    ["class A { x: B\n[c] = 1 }", "class A { x: B[c] = 1 }"],
    ["let a: B\n[c] = d", "let a: B[c] = d"],
    ["let a: { b: C }\n[c] = d", "let a: { b: C }[c] = d"],
    ["let a: B<C>\n[c] = d", "let a: B<C>[c] = d"],
    ["a = b<C>\nd()", "a = b<C> d()"],
    ["a = b<C<D>>\n!d", "a = b<C<D>> !d"],
  ];
  for (const [a, b] of differ) assertNotEquals(scanned(a), scanned(b), a);
  const same = [
    ["return (\n  x\n)", "return (x)"],
    ["return /* why */ x", "return x"],
    ["a +\n  b", "a+b"],
    ["a\n\n\n;b", "a;b"],
    ["a\n  !== b", "a !== b"],
    ["a &&\n  !b", "a && !b"],
    ["a = b =>\n  [b]", "a = b => [b]"],
    ["type A =\n  | B<C>\n  | D", "type A = | B<C> | D"],
    ["if (a)\n  !b;", "if (a) !b;"],
    ["import {\n type\n} from 'a'", "import { type } from 'a'"],
    ["#!/usr/bin/env deno\na", "a"],
    ["\ufeff#!/usr/bin/env deno\r\na", "a"],
  ];
  for (const [a, b] of same) assertEquals(scanned(a), scanned(b), a);
});

Deno.test("layout counts in what it is a part of, and a comma where it makes a list longer", () => {
  const differ = [
    ["x = [,]", "x = []"],
    ["x = [1,,]", "x = [1,]"],
    ["`a  b`", "`a b`"],
    ["'a  b'", "'a b'"],
    ["`// a`", "`// b`"],
    ["`${`/* a */`}`", "`${`/* b */`}`"],
    ["`${{ a: '}' }}  b`", "`${{ a: '}' }} b`"],
    ["'/* a */'", "'/* b */'"],
    ["/[/*]a/", "/[/*]b/"],
    ["a = /  b/", "a = / b/"],
    ["if (a) /  b/.test(c)", "if (a) / b/.test(c)"],
    ["a = b! / '  '.length", "a = b! / ' '.length"],
    ["ab", "a b"],
    ["a + +b", "a ++b"],
    ["1 .a", "1. a"],
    ["'\\\n  a'", "'\\\n a'"],
  ];
  for (const [a, b] of differ) assertNotEquals(scanned(a), scanned(b), a);
  const same = [
    ["f(a,\n)", "f(a)"],
    ["`${ /* a */ b }`", "`${b}`"],
    ["a = b /* c */ / d / e", "a=b/d/e"],
    ["a[0]! /  b / c", "a[0]!/b/c"],
    ["a.return /  b / c", "a.return/b/c"],
    ["f(a) /  b / c", "f(a)/b/c"],
    ["`${a}` /  b / c", "`${a}`/b/c"],
    ["a++ /  b / c", "a++/b/c"],
    ["for await (const a of b) /c/.test(a);", "for await (const a of b)/c/.test(a)  ;"],
    ["a\u00a0=\u3000b // \u2029c", "a = b\n c"],
  ];
  for (const [a, b] of same) assertEquals(scanned(a), scanned(b), a);
});

Deno.test("where only a parser knows what a slash means, and where there is no program, a source counts as it is written", () => {
  const unclear = [
    "case 1: {} /  a/.test(b)",
    "a = {} /  b",
    "a as Array<number> /  b",
    "<b>a  b</b>",
    "let a\n/  b/.test(c)",
    "for (a of /  b/) c",
    "case 1: {} !/  a/.test(b)",
    ...["'a", "`a", "`${a", "/a", "a = /[/", "/* a", "(a", "a)", "a}", "(a}", "{a)", "#", "\\", "017", "1a", "a\0b"],
  ];
  for (const source of unclear) assertEquals(scanned(source).normalized, AS_WRITTEN + source, source);
  assertEquals(scanned('import "./a.ts";\n{} /  a/').imports, ["./a.ts"]);
  assertNotEquals(scanned("\n\n++a").normalized.slice(0, 2), AS_WRITTEN);
});

Deno.test("what was read before, larger or smaller, leaves nothing behind", () => {
  const long = "a+/* b */`c`;\n".repeat(20_000), found = scanned(long);
  assertEquals(found.normalized, "a + `c` ; ".repeat(20_000).trimEnd());
  assertEquals(scanned("a // b").normalized, "a");
  assertEquals(scanned("'a").normalized, `${AS_WRITTEN}'a`);
  assertEquals(scanned("").normalized, "");
  assertEquals(scanned(long), found);
});

Deno.test("every way to import is seen, and what looks like one is not", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['import { a } from "./a.ts";', ["./a.ts"]],
    ["import a, { type B } from './a.ts';", ["./a.ts"]],
    ['import "./a.ts";', ["./a.ts"]],
    ['import * as a from "a"; import b from "b";', ["a", "b"]],
    ['export { a } from "./a.ts"; export * from "./b.ts"; export * as c from "./c.ts";', [
      "./a.ts",
      "./b.ts",
      "./c.ts",
    ]],
    ['import d from "./d.json" with { type: "json" };', ["./d.json"]],
    ['const { a } = await import("./a.ts");', ["./a.ts"]],
    ["const { a } = await import(/* what */ `./é.ts`);", ["./é.ts"]],
    ["const { a } = await import(`./${name}.ts`);", []],
    ['import { a } from "./a.ts"; import { b } from "./a.ts";', ["./a.ts"]],
    ['import type { A } from "./a.ts";', []],
    ['import type A from "./a.ts";', []],
    ['import type * as a from "./a.ts";', []],
    ['import /* of types */ type\n{ A } from "./a.ts";', []],
    ['export type { A } from "./a.ts"; export type * from "./b.ts";', []],
    ['import type { A } from "./a.ts"; import { b } from "./b.ts";', ["./b.ts"]],
    ['import { b } from "./b.ts"; import type { A } from "./a.ts";', ["./b.ts"]],
    ['import type from "./a.ts";', ["./a.ts"]],
    ['import type\nfrom "./a.ts";', ["./a.ts"]],
    ['import type, { b } from "./a.ts";', ["./a.ts"]],
    ['import typed from "./a.ts";', ["./a.ts"]],
    ['// import { a } from "./a.ts";', []],
    ["const text = 'import { a } from \"./a.ts\"';", []],
    ['Array.from("abc"); const o = { from: "abc", import: "d" };', []],
  ];
  for (const [source, expected] of cases) assertEquals(scanned(source).imports, [...expected], source);
});

Deno.test("of every file of the repository the same counts as for js-tokens, whatever comments are put in", () => {
  for (const folder of ["pipeline", "stages", "tests"]) {
    for (const file of filesIn(`${PROJECT}/${folder}`).filter((name) => name.endsWith(".ts"))) {
      const source = Deno.readTextFileSync(`${PROJECT}/${folder}/${file}`), found = scanned(source);
      assertEquals(found, twin(source), file);
      const commented = laidOut(tokensOf(source), (gap) => isBroken(gap) ? " // `'\n/* { */" : " /* `'{ // */ ");
      assertEquals(scanned(commented), found, file);
      assertEquals(scanned(found.normalized).normalized, found.normalized, file);
    }
  }
});

/** Tokens of all kinds, and pairs of them in which a slash, a brace or a line break is not what it is elsewhere. */
const ATOMS = [
  ..."a $b _c é x1 #p this type async of from readonly \\u0061b 𝑥".split(" "),
  ..."0 1 16 1.5 .5 5. 1e-3 1_000 2n 0xFf 0b10n 0o17".split(" "),
  ..."'' 'a//b' \"/*\" '\\'' \"\\\\\" 'a\\\nb' '}'".replaceAll("\\\n", "\\n").split(" "),
  ..."/ / / + - * ** = == === => ! ! !== ++ -- < > >> >>> >>>= && ||= ?? ??= ? : , ; . ?. ... @ ~ & |".split(" "),
  ..."/a/ /[/]/g /\\// /[\\]/*'`]/u /=/ /}/v".split(" "),
  ..."return throw yield break continue if for while do else in instanceof typeof await new case default as satisfies"
    .split(" "),
  "import 'm'",
  "import { a, type B } from 'm'",
  "import type { A } from 't'",
  "import type from 'm'",
  'export * from "m"',
  "export type * from 't'",
  "import('m')",
  "import(`m`)",
  "import.meta",
  "a!",
  "a! / b",
  ".return / a",
  "if (a) /b/",
  "for await (a of b) /c/",
  "while (a) !b",
  "() => /a/",
  "return /a/",
  "`a//b`",
  "`\\`\\${`",
];

const LAYOUTS = [
  " ",
  "  ",
  "\t",
  "\n",
  "\n\n  ",
  "\r\n",
  "\u00a0",
  "\u2028",
  "/* a */",
  "/*\n*/",
  "// b`'\n",
  "/**/",
  "/* // */",
];

const { list } = fc.letrec<{ list: string; piece: string; template: string }>((tie) => ({
  list: fc.array(fc.tuple(tie("piece"), fc.constantFrom(...LAYOUTS)), { maxLength: 6 })
    .map((pieces) => pieces.flat().join("")),
  piece: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 8, arbitrary: fc.constantFrom(...ATOMS) },
    { weight: 1, arbitrary: tie("list").map((inner) => `(${inner})`) },
    { weight: 1, arbitrary: tie("list").map((inner) => `[${inner}]`) },
    { weight: 1, arbitrary: tie("list").map((inner) => `{${inner}}`) },
    { weight: 1, arbitrary: tie("list").map((inner) => `(${inner},)`) },
    { weight: 1, arbitrary: tie("list").map((inner) => `[${inner},\n]`) },
    { weight: 1, arbitrary: tie("list").map((inner) => `if (${inner})`) },
    { weight: 1, arbitrary: tie("template") },
  ),
  template: fc.tuple(tie("list"), tie("list")).map(([a, b]) => `\`a  \${${a}}//\${${b}\n} \\\`\``),
}));

Deno.test("of whatever tokens in whatever layout the same counts as for js-tokens, or the source as it is written", () => {
  let clear = 0;
  const property = fc.property(list, (source) => {
    const found = scanned(source);
    if (found.normalized.startsWith(AS_WRITTEN)) return assertEquals(found.normalized, AS_WRITTEN + source);
    clear++;
    assertEquals(found, twin(source));
    assertEquals(scanned(found.normalized).normalized, found.normalized);
  });
  fc.assert(property, { seed: 20260301, numRuns: 3000 });
  assert(clear > 1000, `${clear}`);
});

Deno.test("comments and layout between tokens change nothing, nor does a line break that ends no statement", () => {
  let clear = 0, plain = 0;
  const property = fc.property(list, fc.infiniteStream(fc.constantFrom(...LAYOUTS)), (source, layouts) => {
    const found = scanned(source);
    if (found.normalized.startsWith(AS_WRITTEN)) return;
    clear++;
    const next = (isWanted: (layout: string) => boolean) => {
      let layout: string;
      do layout = layouts.next().value!; while (!isWanted(layout));
      return ` ${layout}`;
    };
    const tokens = tokensOf(source);
    assertEquals(scanned(laidOut(tokens, (gap) => next((layout) => isBroken(layout) === isBroken(gap)))), found);
    if (found.normalized.includes("\n")) return;
    plain++;
    assertEquals(scanned(laidOut(tokens, () => next((layout) => !isBroken(layout)))), found);
  });
  fc.assert(property, { seed: 20260302, numRuns: 2000 });
  assert(clear > 700 && plain > 200, `${clear}, ${plain}`);
});
