import { assert, assertEquals, assertNotEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { inTemporaryFolder } from "../testing/temporary_folder.ts";
import { PackageLock } from "./package_lock.ts";
import { SourceHashes, type SourceTools } from "./source_hash.ts";

const PACKAGES = {
  "fast-check": "npm:fast-check@4.10.2",
  "@std/cli/parse-args": "npm:deno-std@1.4.0/cli/parse_args.js",
};

/** A stage that reaches a helper through another, a package, and types. */
const MODULES: Readonly<Record<string, string>> = {
  "stage.ts": `// The stage.
import type { Shape } from "./shape.ts";
import { type Unit, middle } from "../shared/middle.ts";
import * as fc from "fast-check";
export const run = (shape: Shape): number => middle(shape, [1, 2]) + fc.tick;
`,
  "../shared/middle.ts": `import { base } from "./base.ts";
export type Unit = number;
export function middle(shape: unknown, list: number[]): number {
  return base(list.length);
}
`,
  "../shared/base.ts": `export const base = (n: number): number => 2 * n; // twice\n`,
  "shape.ts": `import { never } from "./never.ts";\nexport interface Shape {\n  size: number;\n}\n`,
  "unrelated.ts": `export const unrelated = 1;\n`,
};

/** The hash of the stage, when some modules are other than above. */
function hashWith(
  changed: Readonly<Record<string, string>>,
  packages: Readonly<Record<string, string>> = PACKAGES,
  place = "stages/one",
  tools: SourceTools = {},
): Promise<string> {
  return inTemporaryFolder((folder) => {
    for (const [path, source] of Object.entries({ ...MODULES, ...changed })) {
      const url = new URL(path, `file://${folder}/${place}/`);
      Deno.mkdirSync(new URL(".", url), { recursive: true });
      Deno.writeTextFileSync(url, source);
    }
    return new SourceHashes(packages, tools).hash(new URL("stage.ts", `file://${folder}/${place}/`).href);
  });
}

/** The modules with one of them edited. */
function edit(path: string, from: string | RegExp, to: string): Record<string, string> {
  const source = MODULES[path].replace(from, to);
  assertNotEquals(source, MODULES[path]);
  return { [path]: source };
}

Deno.test("the packages of a module are those that it reaches, with their versions", () =>
  inTemporaryFolder((folder) => {
    const sources: Record<string, string> = {
      "a.ts":
        `import "./b.ts";\nimport "node:buffer";\nimport font from "fast-check/font.ttf";\nimport type { T } from "unknown";\n`,
      "b.ts": `import { parseArgs } from "@std/cli/parse-args";\nimport fc from "fast-check";\n`,
    };
    for (const [name, source] of Object.entries(sources)) Deno.writeTextFileSync(`${folder}/${name}`, source);
    const hashes = new SourceHashes(PACKAGES);
    assertEquals(hashes.packages(`file://${folder}/a.ts`), [
      "npm:deno-std@1.4.0/cli/parse_args.js",
      "npm:fast-check@4.10.2",
    ]);
    assertEquals(hashes.packages(`file://${folder}/b.ts`).length, 2);
  }));

Deno.test("comments, layout, blank lines and the place of the checkout do not count", async () => {
  const hash = await hashWith({});
  const cosmetic: Record<string, string>[] = [
    edit("stage.ts", "// The stage.", "/* Another\n comment. */\n\n\n"),
    edit("stage.ts", "// The stage.\n", ""),
    edit("../shared/middle.ts", "return base(list.length);", "return base(\n    // how many\n    list.length,\n  );"),
    edit("stage.ts", "[1, 2]", "[\n  1,\n  2,\n]"),
    edit("../shared/base.ts", "// twice", "// two times"),
    edit("../shared/base.ts", "=> 2 * n", "=>\n  2 *\n  n"),
    edit("../shared/base.ts", "2 * n", "2*n"),
    edit("../shared/base.ts", "\n", "\r\n"),
  ];
  for (const change of cosmetic) assertEquals(await hashWith(change), hash, JSON.stringify(change));
  assertEquals(await hashWith({}, PACKAGES, "somewhere/else/deeper"), hash);
});

Deno.test("an edit in the module or in anything that it imports counts", async () => {
  const changes = [
    {},
    edit("stage.ts", "[1, 2]", "[1, 3]"),
    edit("stage.ts", "+ fc", "- fc"),
    edit("../shared/middle.ts", "list.length", "list[0]"),
    edit("../shared/base.ts", "2 * n", "3 * n"),
    edit("../shared/base.ts", "2 * n", "2 ** n"),
  ];
  const hashes = await Promise.all(changes.map((change) => hashWith(change)));
  assertEquals(new Set(hashes).size, changes.length);
});

Deno.test("modules that give types only, and those that nobody imports, do not count", async () => {
  const hash = await hashWith({});
  assertEquals(await hashWith(edit("shape.ts", "number", "string")), hash);
  assertEquals(await hashWith(edit("unrelated.ts", "1", "2")), hash);
});

Deno.test("the same code under another import counts", async () => {
  const moved = {
    ...edit("../shared/middle.ts", "./base.ts", "./root.ts"),
    "../shared/root.ts": MODULES["../shared/base.ts"],
  };
  assertNotEquals(await hashWith(moved), await hashWith({}));
});

Deno.test("versions of packages that are imported count, others do not", async () => {
  const hash = await hashWith({});
  assertNotEquals(await hashWith({}, { ...PACKAGES, "fast-check": "npm:fast-check@4.11.0" }), hash);
  assertEquals(await hashWith({}, { ...PACKAGES, rxjs: "npm:rxjs@7.8.2", fast: "npm:fast@1.0.0" }), hash);
  const font = edit("stage.ts", '"fast-check"', '"fonts/ttf/one.ttf" with { type: "bytes" }');
  assertNotEquals(await hashWith(font, { fonts: "npm:fonts@1" }), await hashWith(font, { fonts: "npm:fonts@2" }));
});

Deno.test("what a package brings along counts by the version that it resolves to", async () => {
  const lock = (deep: string) =>
    new PackageLock(JSON.stringify({
      specifiers: { "npm:fast-check@4.10.2": "4.10.2" },
      npm: { "fast-check@4.10.2": { integrity: "a", dependencies: ["deep"] }, [`deep@${deep}`]: { integrity: "b" } },
    }));
  const hash = await hashWith({}, PACKAGES, "stages/one", { lock: lock("1.0.0") });
  assertEquals(await hashWith({}, PACKAGES, "stages/one", { lock: lock("1.0.0") }), hash);
  assertNotEquals(await hashWith({}, PACKAGES, "stages/one", { lock: lock("1.0.1") }), hash);
});

Deno.test("the longest entry of the import map names the package", async () => {
  const deep = { ...PACKAGES, "fast-check/deep": "npm:other@1" };
  const imports = (name: string) => edit("stage.ts", "fast-check", name);
  assertEquals(
    await hashWith(imports("fast-check/deep/a.js"), deep),
    await hashWith(imports("fast-check/deep/a.js"), {
      "fast-check/deep": "npm:other@1",
    }),
  );
  assertNotEquals(
    await hashWith(imports("fast-check/deep/a.js"), deep),
    await hashWith(imports("fast-check/deep/a.js")),
  );
});

Deno.test("binaries that are imported as bytes count byte by byte", async () => {
  const kernel = (bytes: string) => ({
    ...edit("stage.ts", '"fast-check"', '"./kernel.wasm" with { type: "bytes" }'),
    "kernel.wasm": bytes,
  });
  assertEquals(await hashWith(kernel("\0asm 1")), await hashWith(kernel("\0asm 1")));
  assertNotEquals(await hashWith(kernel("\0asm 1")), await hashWith(kernel("\0asm 2")));
});

/** A bundle of two packages; what looks like code in it is none of ours. */
const BUNDLE = `// big@1.0.0 @scope/small@2.0.0 in one file, built\nimport "./gone.ts";export const tick=1; // one\n`;

Deno.test("packages in one file count byte by byte, wherever the import map says that the file is", async () => {
  const bundled = (text: string, place = "../packages/") =>
    inTemporaryFolder((folder) => {
      const root = `file://${folder}/stages/one/`, url = new URL(`${place}big.bundle.js`, root);
      const modules = { ...MODULES, ...edit("stage.ts", "fast-check", "bundled/big"), [url.href]: text };
      for (const [path, source] of Object.entries(modules)) {
        Deno.mkdirSync(new URL(".", new URL(path, root)), { recursive: true });
        Deno.writeTextFileSync(new URL(path, root), source);
      }
      const hashes = new SourceHashes({ ...PACKAGES, "bundled/big": url.href }), stage = `${root}stage.ts`;
      const before = hashes.changed(stage);
      Deno.writeTextFileSync(url, `${text}//`);
      assertEquals([before, short(hashes.changed(stage))], [[], [`${url.pathname.split("/").at(-2)}/big.bundle.js`]]);
      return { hash: hashes.hash(stage), packages: hashes.packages(stage), parts: short(hashes.parts([stage]).keys()) };
    });
  const { hash, packages, parts } = await bundled(BUNDLE);
  assertEquals(packages, ["npm:@scope/small@2.0.0", "npm:big@1.0.0"]);
  assert(parts.includes("packages/big.bundle.js") && !parts.some((part) => /gone|npm:|bundled/.test(part)));
  assertEquals((await bundled(BUNDLE)).hash, hash);
  for (const [from, to] of [["tick=1", "tick=2"], ["// one", "// two"], ["1.0.0", "1.0.1"]]) {
    assertNotEquals((await bundled(BUNDLE.replace(from, to))).hash, hash, to);
  }
  assertNotEquals((await bundled(BUNDLE, "../elsewhere/")).hash, hash);
});

Deno.test("stages of this project reach the packages that it carries, by files that the import map gives from its root", () => {
  const sources = new SourceHashes(project.imports);
  const stages = {
    "aggregate/table_files.ts": [["arquero", "hyparquet_writer"], ["arquero@", "hyparquet-writer@"]],
    "chart/renderer.ts": [["vega"], ["vega@", "vega-lite@"]],
  };
  for (const [path, [bundles, packages]] of Object.entries(stages)) {
    const module = new URL(`../../stages/${path}`, import.meta.url).href, parts = sources.parts([module]);
    for (const name of bundles) assert(parts.has(`stages/packages/${name}.bundle.js`), name);
    for (const name of packages) {
      assert(sources.packages(module).some((found) => found.startsWith(`npm:${name}`)), name);
    }
  }
});

Deno.test("modules may import each other in a circle", async () => {
  const circle = edit("../shared/base.ts", "export", 'import { middle } from "./middle.ts";\nexport');
  assertNotEquals(await hashWith(circle), await hashWith({}));
  assertNotEquals(
    await hashWith({ ...circle, ...edit("../shared/middle.ts", "list.length", "list[1]") }),
    await hashWith(circle),
  );
});

Deno.test("what is imported and is no code counts byte by byte", async () => {
  const data = (text: string) => ({
    ...edit("stage.ts", '"fast-check"', '"./data.json" with { type: "json" }'),
    "data.json": text,
  });
  const hashes = await Promise.all(['"a"//1', '"a"//2', '"a" //1'].map((text) => hashWith(data(text))));
  assertEquals(new Set(hashes).size, 3);
});

Deno.test("a helper that is imported when it is needed counts", async () => {
  for (const source of ["await import('./late.ts')", "await import(`./late.ts`)", 'await import("./late.ts")']) {
    const late = (value: number) => ({
      ...edit("stage.ts", "fc.tick", `(${source}).late`),
      "late.ts": `export const late = ${value};`,
    });
    assertNotEquals(await hashWith(late(1)), await hashWith(late(2)), source);
  }
});

/** Modules in a folder, with hashes of them as they are when they are first asked for. */
async function withModules(
  use: (sources: SourceHashes, stage: string, write: (path: string, source: string) => void) => void,
  packages: Readonly<Record<string, string>> = PACKAGES,
): Promise<void> {
  await inTemporaryFolder((folder) => {
    const root = `file://${folder}/stages/one/`;
    const write = (path: string, source: string) => {
      const url = new URL(path, root);
      Deno.mkdirSync(new URL(".", url), { recursive: true });
      Deno.writeTextFileSync(url, source);
    };
    for (const [path, source] of Object.entries(MODULES)) write(path, source);
    use(new SourceHashes(packages), `${root}stage.ts`, write);
  });
}

/** Names of parts without the way to the temporary folder. */
function short(names: Iterable<string>): string[] {
  return [...names].map((name) => name.replace(/^.*\/(?=[^/]*\/[^/]*$)/, ""));
}

Deno.test("the parts of a module are all that its hash is made of, and name what differs when hashes do", () =>
  withModules((before, stage, write) => {
    const parts = before.parts([stage]), hash = before.hash(stage);
    const own = short(parts.keys()).filter((name) => !name.startsWith("store/"));
    assertEquals(own.sort(), ["fast-check", "one/stage.ts", "runtime", "shared/base.ts", "shared/middle.ts"]);
    assert(parts.has("pipeline/store/codec.ts"));
    assertEquals(parts.get("fast-check"), PACKAGES["fast-check"]);
    const differing = (packages = PACKAGES): string[] => {
      const sources = new SourceHashes(packages), now = sources.parts([stage]);
      const names = [...now.keys()].filter((name) => now.get(name) !== parts.get(name));
      assertEquals(names.length === 0, sources.hash(stage) === hash);
      return short(names).sort();
    };
    assertEquals(differing(), []);
    write("../shared/base.ts", `${MODULES["../shared/base.ts"]}// a comment`);
    assertEquals(differing(), []);
    write("../shared/base.ts", MODULES["../shared/base.ts"].replace("2", "3"));
    assertEquals(differing(), ["shared/base.ts"]);
    assertEquals(differing({ ...PACKAGES, "fast-check": "npm:fast-check@5" }), ["fast-check", "shared/base.ts"]);
  }));

Deno.test("what has changed since it was hashed is known, comments aside", () =>
  withModules((sources, stage, write) => {
    assertEquals(sources.changed(), []); // nothing has been read
    sources.hash(stage);
    assertEquals(sources.changed(), []);
    write("../shared/base.ts", `// A comment.\n${MODULES["../shared/base.ts"]}`);
    assertEquals(sources.changed(), []);
    write("../shared/base.ts", MODULES["../shared/base.ts"].replace("2", "3"));
    write("unrelated.ts", "export const unrelated = 2;\n");
    assertEquals(short(sources.changed()), ["shared/base.ts"]);
    assertEquals(short(sources.changed(stage)), ["shared/base.ts"]);
    write("../shared/base.ts", MODULES["../shared/base.ts"]);
    assertEquals(sources.changed(stage), [], "taken back");
    Deno.removeSync(new URL("../shared/middle.ts", stage));
    assertEquals(short(sources.changed()), ["shared/middle.ts"]);
  }));

Deno.test("what changed after the program began to be loaded may be loaded in either version", () =>
  withModules((_sources, stage) => {
    const now = Date.now(), names = ["one/stage.ts", "shared/base.ts", "shared/middle.ts"];
    const changed = (loading: number): string[] => {
      const sources = new SourceHashes(PACKAGES, { loading });
      sources.hash(stage);
      // Not the codec, which is behind every stage: the project itself may have been fetched within this minute.
      return short(sources.changed(stage)).filter((name) => /^(one|shared)\//.test(name));
    };
    assertEquals(changed(now + 60_000), []);
    assertEquals(changed(now - 60_000), names);
    const clock = Date.now;
    Date.now = () => now - 30_000; // behind that of the file system, which says nothing then
    try {
      assertEquals(changed(now - 60_000), []);
    } finally {
      Date.now = clock;
    }
  }));
