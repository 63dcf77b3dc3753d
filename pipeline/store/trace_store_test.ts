import { assertEquals, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { StageFailure } from "../errors.ts";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { type Trace, TraceStore } from "./trace_store.ts";

const noDamage = (path: string): never => {
  throw new Error(`${path} should be sound`);
};

function trace(name: string): Trace {
  return { key: `key of ${name}`, hash: `hash of ${name}`, task: `stage/${name}`, seconds: 0.5 };
}

/** A journal with traces, written by a store of its own; gives its path. */
function journalOf(folder: string, names: readonly string[]): string {
  const before = filesIn(folder);
  const store = new TraceStore(folder);
  names.forEach((name) => store.add(trace(name)));
  store.close();
  return `${folder}/${filesIn(folder).find((path) => !before.includes(path))}`;
}

/** The names of a known set whose traces a fresh store finds, and how often it told of damage. */
function found(folder: string, names: readonly string[]): { names: string[]; damaged: string[] } {
  const damaged: string[] = [];
  const store = new TraceStore(folder, (path) => damaged.push(path));
  const known = names.filter((name) => {
    const one = store.find(trace(name).key);
    if (one !== undefined) assertEquals(one, trace(name));
    return one !== undefined;
  });
  assertEquals(store.size, known.length);
  return { names: known, damaged };
}

Deno.test("a folder that is not there has no traces, and is not made by looking", () =>
  inTemporaryFolder((folder) => {
    const store = new TraceStore(`${folder}/cache`, noDamage);
    assertEquals([store.size, store.find("a")], [0, undefined]);
    store.close();
    assertEquals(filesIn(folder), []);
  }));

Deno.test("a trace can be found at once, and is on disk before the journal is closed", () =>
  inTemporaryFolder((folder) => {
    const store = new TraceStore(folder, noDamage);
    try {
      store.add(trace("a"));
      assertEquals(store.find("key of a"), trace("a"));
      assertEquals(found(folder, ["a"]), { names: ["a"], damaged: [] });
      store.add(trace("b ⟨μ⟩"));
      assertEquals(found(folder, ["a", "b ⟨μ⟩"]), { names: ["a", "b ⟨μ⟩"], damaged: [] });
    } finally {
      store.close();
    }
  }));

Deno.test("a store can be closed twice, and used again", () =>
  inTemporaryFolder((folder) => {
    const store = new TraceStore(folder);
    store.close();
    store.add(trace("a"));
    store.close();
    store.close();
    store.add(trace("b"));
    store.close();
    assertEquals(found(folder, ["a", "b"]).names, ["a", "b"]);
  }));

Deno.test("the journals of several processes that write at the same time are merged", () =>
  inTemporaryFolder(async (folder) => {
    const source = `
      import { TraceStore } from ${JSON.stringify(new URL("./trace_store.ts", import.meta.url).href)};
      const [cache, letter] = Deno.args, store = new TraceStore(cache, () => { throw new Error("damaged") });
      for (let i = 0; i < 100; i++) {
        const name = letter + i;
        store.add({ key: "key of " + name, hash: "hash of " + name, task: "stage/" + name, seconds: 0.5 });
      }
      if (letter === "c") Deno.kill(Deno.pid, "SIGKILL");
      store.close();
    `;
    Deno.writeTextFileSync(`${folder}/writer.ts`, source);
    const cache = `${folder}/cache`;
    const ends = await Promise.all(["a", "b", "c"].map((letter) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--no-config", "-RW", "--allow-run", `${folder}/writer.ts`, cache, letter],
      }).output()
    ));
    assertEquals(ends.map(({ code, signal }) => signal ?? code), [0, 0, "SIGKILL"]);
    assertEquals(filesIn(cache).length, 3);
    const names = ["a", "b", "c"].flatMap((letter) => Array.from({ length: 100 }, (_, i) => letter + i));
    assertEquals(found(cache, names), { names, damaged: [] }); // those of the one that was killed are there as well
  }));

Deno.test("a last line that was cut short anywhere is left out without a word", () =>
  inTemporaryFolder((folder) => {
    const path = journalOf(folder, ["a", "b"]), whole = Deno.readFileSync(path);
    const firstEnd = whole.indexOf(10) + 1;
    for (let length = firstEnd; length < whole.length - 1; length++) {
      Deno.writeFileSync(path, whole.slice(0, length));
      assertEquals(found(folder, ["a", "b"]), { names: ["a"], damaged: [] }, `${length} bytes`);
    }
    Deno.writeFileSync(path, whole.slice(0, -1)); // only the line feed is missing
    assertEquals(found(folder, ["a", "b"]), { names: ["a", "b"], damaged: [] });
    for (const length of [0, 1, firstEnd - 2]) {
      Deno.writeFileSync(path, whole.slice(0, length));
      assertEquals(found(folder, ["a", "b"]), { names: [], damaged: [] });
    }
  }));

Deno.test("any damaged byte of a line elsewhere is reported once, and costs that line only", () =>
  inTemporaryFolder((folder) => {
    const path = journalOf(folder, ["a", "b", "c"]), whole = Deno.readFileSync(path);
    const start = whole.indexOf(10) + 1, end = whole.indexOf(10, start);
    for (let at = start; at < end; at++) {
      const damaged = whole.slice();
      damaged[at] ^= 1 << (at & 3);
      if (damaged[at] === 10 || at === start + 8) continue; // a line more, or the space that nobody reads
      Deno.writeFileSync(path, damaged);
      assertEquals(found(folder, ["a", "b", "c"]), { names: ["a", "c"], damaged: [path] }, `byte ${at - start}`);
    }
  }));

Deno.test("each journal with damaged lines is reported once, however many there are", () =>
  inTemporaryFolder((folder) => {
    const paths = [["a", "b"], ["c", "d"], ["e"]].map((names) => journalOf(folder, names));
    for (const path of paths.slice(0, 2)) {
      const text = Deno.readTextFileSync(path);
      Deno.writeTextFileSync(path, `garbage\n${text.replace("key of", "KEY of")}\u0000\u0000\nmore\n\n`);
    }
    const { names, damaged } = found(folder, ["a", "b", "c", "d", "e"]);
    assertEquals(names, ["b", "d", "e"]);
    assertEquals(damaged.toSorted(), paths.slice(0, 2).toSorted());
  }));

Deno.test("an empty line in the middle is damage too", () =>
  inTemporaryFolder((folder) => {
    const path = journalOf(folder, ["a", "b"]);
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("\n", "\n\n"));
    assertEquals(found(folder, ["a", "b"]), { names: ["a", "b"], damaged: [path] });
  }));

Deno.test("only journals are read", () =>
  inTemporaryFolder((folder) => {
    const path = journalOf(folder, ["a"]);
    Deno.copyFileSync(path, `${folder}/traces/notes.txt`);
    Deno.mkdirSync(`${folder}/traces/folder.jsonl`);
    assertEquals(found(folder, ["a"]), { names: ["a"], damaged: [] });
  }));

Deno.test("a trace that cannot be written spoils none of the next ones", () =>
  inTemporaryFolder((folder) => {
    const store = new TraceStore(folder, noDamage);
    store.add(trace("a"));
    const cyclic: Record<string, unknown> = { ...trace("b") };
    cyclic.self = cyclic;
    assertThrows(() => store.add(cyclic as unknown as Trace), TypeError);
    store.add(trace("c"));
    store.close();
    assertEquals(found(folder, ["a", "b", "c"]), { names: ["a", "c"], damaged: [] });
  }));

Deno.test("a cache folder that cannot be used is an error that says so and what to do", () =>
  inTemporaryFolder((folder) => {
    const file = `${folder}/cache`;
    Deno.writeTextFileSync(file, "");
    const reading = assertThrows(() => new TraceStore(file), StageFailure, `Cannot read the cache folder ${file}: `);
    const store = new TraceStore(`${folder}/other`);
    Deno.writeTextFileSync(`${folder}/other`, "");
    const writing = assertThrows(() => store.add(trace("a")), StageFailure);
    store.close();
    assertStringIncludes(writing.message, `Cannot write to the cache folder ${folder}/other: `);
    for (const { message } of [reading, writing]) assertStringIncludes(message, "--cache");
    assertNotEquals(writing.cause, undefined);
  }));
