import { assert, assertEquals, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { StageFailure } from "../errors.ts";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { sha256 } from "./hash.ts";
import { type Trace, TraceStore } from "./trace_store.ts";

const noDamage = (path: string): never => {
  throw new Error(`${path} should be sound`);
};

function trace(name: string): Trace {
  return { key: sha256(`key of ${name}`), hash: sha256(`hash of ${name}`), task: "stage/task ⟨μ⟩", seconds: 0.5 };
}

/** Adds traces to a new store; gives the path of its journal, as it is when the process is killed now, and closes nothing. */
function journalOf(folder: string, names: readonly string[]): string {
  const before = filesIn(folder), store = new TraceStore(folder);
  names.forEach((name) => store.add(trace(name)));
  const path = `${folder}/${filesIn(folder).find((name) => !before.includes(name))}`;
  const bytes = Deno.readFileSync(path);
  // Closed elsewhere, so that the file system keeps no handle, and put back as a kill leaves it.
  const there = filesIn(folder).map((name) => [name, Deno.readFileSync(`${folder}/${name}`)] as const);
  store.close();
  for (const name of filesIn(folder)) Deno.removeSync(`${folder}/${name}`);
  for (const [name, content] of there) Deno.writeFileSync(`${folder}/${name}`, content);
  Deno.writeFileSync(path, bytes);
  return path;
}

/** Adds traces to a new store and closes it, as a run that ends does. */
function runOf(folder: string, names: readonly string[]): void {
  const store = new TraceStore(folder, noDamage);
  names.forEach((name) => store.add(trace(name)));
  store.close();
}

/** The names of a known set whose traces a fresh store finds, and which files it told to be damaged. */
function found(folder: string, names: readonly string[]): { names: string[]; damaged: string[] } {
  const damaged: string[] = [];
  const store = new TraceStore(folder, (path) => damaged.push(path));
  const known = names.filter((name) => {
    const one = store.find(trace(name).key);
    if (one !== undefined) assertEquals(one, trace(name));
    return one !== undefined;
  });
  assertEquals([...store.all()].map(({ key }) => key).sort(), known.map((name) => trace(name).key).sort());
  return { names: known, damaged };
}

/** Makes a file old. */
function age(path: string, hours: number): void {
  const then = Date.now() / 1000 - 3600 * hours;
  Deno.utimeSync(path, then, then);
}

Deno.test("a folder that is not there has no traces, and is not made by looking", () =>
  inTemporaryFolder((folder) => {
    const store = new TraceStore(`${folder}/cache`, noDamage);
    assertEquals([[...store.all()], store.find(trace("a").key)], [[], undefined]);
    store.close();
    assertEquals(filesIn(folder), []);
  }));

Deno.test("a trace can be found at once, and is on disk before the journal is closed", () =>
  inTemporaryFolder((folder) => {
    const store = new TraceStore(folder, noDamage);
    try {
      store.add(trace("a"));
      assertEquals(store.find(trace("a").key), trace("a"));
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
    assertEquals(store.find(trace("a").key), trace("a"));
    store.add(trace("b"));
    store.close();
    assertEquals(found(folder, ["a", "b"]).names, ["a", "b"]);
  }));

Deno.test("what tasks took is added up over indexes and journals", () =>
  inTemporaryFolder((folder) => {
    assertEquals([...new TraceStore(folder).costs()], []);
    runOf(folder, ["a", "b"]);
    const store = new TraceStore(folder);
    store.add({ ...trace("c"), task: "stage/other", seconds: 2 });
    store.close();
    journalOf(folder, ["d"]);
    assertEquals([...new TraceStore(folder).costs()].sort(), [
      ["stage/other", { tasks: 1, seconds: 2 }],
      ["stage/task ⟨μ⟩", { tasks: 3, seconds: 1.5 }],
    ]);
  }));

Deno.test("many runs leave few files, and those that only look leave none", () =>
  inTemporaryFolder((folder) => {
    const names = Array.from({ length: 200 }, (_, i) => `run ${i}`);
    for (const name of names) {
      runOf(folder, [name]);
      new TraceStore(folder).close();
    }
    assertEquals(found(folder, names), { names, damaged: [] });
    const files = filesIn(`${folder}/traces`);
    assert(files.length <= 10 && files.every((name) => name.endsWith(".traces")), files.join());
  }));

Deno.test("the journal of a process that was killed is read, and merged when it is a day old", () =>
  inTemporaryFolder((folder) => {
    const killed = journalOf(folder, ["a", "b"]);
    runOf(folder, ["c"]);
    assertEquals(filesIn(`${folder}/traces`).length, 2);
    age(killed, 23);
    runOf(folder, ["d"]);
    assertEquals(found(folder, ["a", "b", "c", "d"]).names, ["a", "b", "c", "d"]);
    assert(filesIn(`${folder}/traces`).some((name) => killed.endsWith(name)));
    age(killed, 25);
    runOf(folder, ["e"]);
    assertEquals(filesIn(`${folder}/traces`).length, 1);
    assertEquals(found(folder, ["a", "b", "c", "d", "e"]), { names: ["a", "b", "c", "d", "e"], damaged: [] });
  }));

Deno.test("a process whose journal was merged away while it slept loses nothing", () =>
  inTemporaryFolder((folder) => {
    const store = new TraceStore(folder, noDamage);
    store.add(trace("a"));
    age(`${folder}/${filesIn(folder)[0]}`, 30);
    runOf(folder, ["b"]);
    assertEquals(filesIn(`${folder}/traces`).length, 1);
    store.add(trace("c"));
    store.close();
    assertEquals(found(folder, ["a", "b", "c"]), { names: ["a", "b", "c"], damaged: [] });
  }));

Deno.test("processes that write, merge and read at the same time lose nothing, even if one is killed", () =>
  inTemporaryFolder(async (folder) => {
    const source = `
      import { TraceStore } from ${JSON.stringify(new URL("./trace_store.ts", import.meta.url).href)};
      import { sha256 } from ${JSON.stringify(new URL("./hash.ts", import.meta.url).href)};
      const [cache, letter] = Deno.args;
      for (let round = 0; round < 20; round++) {
        const store = new TraceStore(cache, (path) => { throw new Error(path + " is damaged") });
        for (let past = 0; past < round; past++) {
          if (store.find(sha256("key of " + letter + 5 * past)) === undefined) throw new Error("lost");
        }
        for (let i = 5 * round; i < 5 * round + 5; i++) {
          const name = letter + i;
          store.add({ key: sha256("key of " + name), hash: sha256("hash of " + name), task: "stage/task ⟨μ⟩", seconds: 0.5 });
        }
        if (letter === "c" && round === 19) Deno.kill(Deno.pid, "SIGKILL");
        store.close();
      }
    `;
    Deno.writeTextFileSync(`${folder}/writer.ts`, source);
    const cache = `${folder}/cache`;
    const ends = await Promise.all(["a", "b", "c"].map(async (letter) => {
      const args = ["run", "--no-check", "--no-config", "-RW", "--allow-run", `${folder}/writer.ts`, cache, letter];
      const { code, signal, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
      return signal ?? `${code}${new TextDecoder().decode(stderr)}`;
    }));
    assertEquals(ends, ["0", "0", "SIGKILL"]);
    const names = ["a", "b", "c"].flatMap((letter) => Array.from({ length: 100 }, (_, i) => letter + i));
    assertEquals(found(cache, names), { names, damaged: [] }); // those of the one that was killed are there as well
    assert(filesIn(cache).length < 12, filesIn(cache).join());
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

Deno.test("each journal with damaged lines is reported once, and set aside by the next run that has something to note", () =>
  inTemporaryFolder((folder) => {
    const paths = [["a", "b"], ["c", "d"], ["e"]].map((names) => journalOf(folder, names));
    for (const path of paths.slice(0, 2)) {
      const text = Deno.readTextFileSync(path);
      Deno.writeTextFileSync(path, `garbage\n${text.replace('"key"', '"KEY"')}\u0000\u0000\nmore\n\n`);
    }
    const { names, damaged } = found(folder, ["a", "b", "c", "d", "e"]);
    assertEquals(names, ["b", "d", "e"]);
    assertEquals(damaged.toSorted(), paths.slice(0, 2).toSorted());
    const store = new TraceStore(folder);
    store.add(trace("f"));
    store.close();
    assertEquals(found(folder, ["b", "d", "e", "f"]), { names: ["b", "d", "e", "f"], damaged: [] });
    assertEquals(filesIn(`${folder}/traces/damaged`).length, 2);
  }));

Deno.test("damage to an index is reported once, costs a block at most, and heals", () =>
  inTemporaryFolder((folder) => {
    const names = Array.from({ length: 1100 }, (_, i) => `n${i}`); // three blocks
    runOf(folder, names);
    const path = `${folder}/${filesIn(folder)[0]}`, whole = Deno.readFileSync(path);
    const damages: readonly ((bytes: Uint8Array<ArrayBuffer>) => Uint8Array)[] = [
      (bytes) => bytes.slice(0, bytes.length >> 1),
      (bytes) => bytes.slice(0, -1),
      (bytes) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1] ^ 4),
      (bytes) => bytes.with(bytes.length - 1, bytes[bytes.length - 1] ^ 1),
      (bytes) => Uint8Array.of(...bytes, 0),
    ];
    for (const [i, damage] of damages.entries()) {
      Deno.writeFileSync(path, damage(whole));
      const { names: left, damaged } = found(folder, names);
      assert(left.length >= [512, 1024, 588, 1024, 1100][i], `${left.length} are left`);
      assertEquals(damaged, [path]);
    }
    for (const header of [new Uint8Array(0), whole.slice(0, 10), whole.slice(0, 25), whole.with(30, whole[30] ^ 2)]) {
      Deno.writeFileSync(path, header);
      assertEquals(found(folder, names), { names: [], damaged: [path] });
    }
    Deno.writeFileSync(path, whole.with(whole.length >> 1, whole[whole.length >> 1] ^ 4));
    const store = new TraceStore(folder);
    names.filter((name) => store.find(trace(name).key) === undefined).forEach((name) => store.add(trace(name)));
    store.close();
    assertEquals(found(folder, names), { names, damaged: [] });
    assertEquals(filesIn(`${folder}/traces`).length, 2); // the whole one, and the damaged one aside
  }));

Deno.test("an empty line in the middle is damage too", () =>
  inTemporaryFolder((folder) => {
    const path = journalOf(folder, ["a", "b"]);
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("\n", "\n\n"));
    assertEquals(found(folder, ["a", "b"]), { names: ["a", "b"], damaged: [path] });
  }));

Deno.test("only journals and indexes are read", () =>
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
