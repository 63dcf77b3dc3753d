import { assertEquals, assertNotEquals } from "@std/assert";
import { inTemporaryFolder } from "../testing/temporary_folder.ts";
import { isSettled, stampOf } from "./file_stamp.ts";
import { SourceHashes } from "./source_hash.ts";
import { SourceMemory, urlOf } from "./source_memory.ts";

const SOURCE = "export const a = 1;\n";

/** Sets the time of modification; that of change becomes now, whatever one wishes. */
function touch(path: string, milliseconds: number): void {
  Deno.utimeSync(path, milliseconds / 1000, milliseconds / 1000);
}

/** The hash of a module, found with what is remembered in a cache; and whether the module was remembered. */
async function hashOf(cache: string, path: string): Promise<{ hash: string; known: boolean }> {
  const memory = await SourceMemory.open(cache), known = memory.find(path) !== undefined;
  const hash = new SourceHashes({}, { memory }).hash(`file://${path}`);
  await memory.save();
  return { hash, known };
}

/** A memory that believes that its files have been left alone for a minute. */
async function remember(cache: string, path: string): Promise<void> {
  const now = Date.now;
  Date.now = () => now() + 60_000;
  try {
    await hashOf(cache, path);
  } finally {
    Date.now = now;
  }
}

async function inFolders(use: (cache: string, path: string) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const path = `${folder}/module.ts`;
    Deno.writeTextFileSync(path, SOURCE);
    await use(`${folder}/cache`, path);
  });
}

Deno.test("what has been left alone is remembered, and gives the same hash", () =>
  inFolders(async (cache, path) => {
    const plain = new SourceHashes({}).hash(`file://${path}`);
    await remember(cache, path);
    assertEquals(await hashOf(cache, path), { hash: plain, known: true });
  }));

Deno.test("what has changed within two seconds is read again, each time", () =>
  inFolders(async (cache, path) => {
    const { hash } = await hashOf(cache, path);
    assertEquals(await hashOf(cache, path), { hash, known: false });
    const stamp = stampOf(path)!;
    assertEquals([1999, 2000, 3500].map((later) => isSettled(stamp, Math.max(stamp[1], stamp[2]) + later)), [
      false,
      false,
      true,
    ]);
    assertEquals(isSettled(stamp, stamp[1] - 3_600_000), false); // a clock that is behind
  }));

Deno.test("no edit goes unnoticed, of whatever size, with whatever time of modification, in place or by another file", () =>
  inFolders(async (cache, path) => {
    const { mtime } = Deno.statSync(path);
    const edits: Record<string, () => void> = {
      "same size": () => Deno.writeTextFileSync(path, SOURCE.replace("1", "2")),
      "same size, same time": () => {
        Deno.writeTextFileSync(path, SOURCE.replace("1", "3"));
        touch(path, mtime!.getTime());
      },
      "another file with the same size and time": () => {
        Deno.writeTextFileSync(`${path}.new`, SOURCE.replace("1", "4"));
        touch(`${path}.new`, mtime!.getTime());
        Deno.renameSync(`${path}.new`, path);
      },
      "longer": () => Deno.writeTextFileSync(path, `${SOURCE}export const b = 1;\n`),
    };
    for (const [name, edit] of Object.entries(edits)) {
      await remember(cache, path);
      const before = await hashOf(cache, path);
      assertEquals(before.known, true);
      await new Promise((resume) => setTimeout(resume, 1100)); // times of change may count whole seconds; nothing younger is remembered
      edit();
      const after = await hashOf(cache, path);
      assertEquals(after.known, false, name);
      assertNotEquals(after.hash, before.hash, name);
    }
  }));

Deno.test("a memory that is damaged, cut, of other readers, or not writable is as good as none", () =>
  inFolders(async (cache, path) => {
    await remember(cache, path);
    const { hash } = await hashOf(cache, path), file = `${cache}/sources.json`, whole = Deno.readFileSync(file);
    const text = new TextDecoder().decode(whole);
    for (let at = 0; at < whole.length; at += 7) {
      Deno.writeFileSync(file, whole.with(at, whole[at] ^ 1));
      assertEquals(await hashOf(cache, path), { hash, known: false });
      Deno.writeFileSync(file, whole.slice(0, at));
      assertEquals(await hashOf(cache, path), { hash, known: false });
    }
    Deno.writeTextFileSync(file, text.replace("source_hash", "source_hush"));
    assertEquals(await hashOf(cache, path), { hash, known: false });
    Deno.removeSync(file);
    Deno.mkdirSync(file);
    await remember(cache, path);
    assertEquals(await hashOf(cache, path), { hash, known: false });
  }));

Deno.test("what is reached from memory includes files that the import map has, and changes with them", () =>
  inFolders(async (cache, path) => {
    const bundle = `${path.slice(0, path.lastIndexOf("/"))}/big.bundle.js`, module = `file://${path}`;
    Deno.writeTextFileSync(path, 'import "bundled/big";\n');
    const remembered = async (text: string) => {
      Deno.writeTextFileSync(bundle, text);
      const memory = await SourceMemory.open(cache), now = Date.now;
      Date.now = () => now() + 60_000;
      try {
        new SourceHashes({ "bundled/big": `file://${bundle}` }, { memory }).hash(module);
      } finally {
        Date.now = now;
      }
      return memory;
    };
    const one = (await remembered("1")).reach([module]), memory = await remembered("22"), two = memory.reach([module]);
    assertEquals(
      [one, two].map((reached) => reached?.map(([url]) => url)),
      Array(2).fill([`file://${bundle}`, module]),
    );
    assertNotEquals(one, two);
    Deno.writeTextFileSync(bundle, "333");
    assertEquals(memory.reach([module]), undefined, "has to be read");
  }));

Deno.test("the URL of an import is what URL makes of it", () => {
  const specifiers = [
    "./a.ts",
    "../a.ts",
    "../../b/c.d.ts",
    "../../../x-y.wasm",
    "../../../../../x.ts",
    "./a/../b.ts",
    "./",
  ]
    .concat([
      "./é.ts",
      "./a b.ts",
      "./%20.ts",
      "/a.ts",
      "./a",
      "../a//b.ts",
      "../..",
      "./.a",
      "./a.ts?x#y",
      "file:///q/../r.ts",
    ]);
  const modules = ["file:///p/q/r/s.ts", "file:///s.ts", "file:///p/s.ts?x=/../y", "file:///a%20b/c/d.ts"];
  for (const module of modules) {
    for (const specifier of specifiers) assertEquals(urlOf(specifier, module), new URL(specifier, module).href);
  }
});
