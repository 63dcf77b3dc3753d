import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { StageFailure } from "../errors.ts";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { sha256 } from "./hash.ts";
import { ObjectStore } from "./object_store.ts";

const CONTENT = Uint8Array.from({ length: 24 }, (_, i) => i * 7 % 256);
const HASH = sha256(CONTENT);

const noDamage = (path: string): never => {
  throw new Error(`${path} should be sound`);
};

function pathOf(folder: string, hash: string): string {
  return `${folder}/objects/${hash.slice(0, 2)}/${hash}`;
}

/** Whether a folder without the permission to write keeps this process from writing. */
function bindsPermissions(folder: string): boolean {
  if (Deno.build.os === "windows") return false;
  Deno.chmodSync(folder, 0o555);
  try {
    Deno.writeTextFileSync(`${folder}/probe`, "");
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) return true;
    throw error;
  } finally {
    Deno.chmodSync(folder, 0o755);
  }
}

Deno.test("what was stored is read back, and nothing else", () =>
  inTemporaryFolder((folder) => {
    const store = new ObjectStore(`${folder}/not/yet/there`);
    assertEquals([store.read(HASH, noDamage), store.has(HASH)], [undefined, false]);
    assertEquals(filesIn(folder), []);
    for (const content of [CONTENT, new Uint8Array(0), new Uint8Array(3_000_000).fill(7)]) {
      const hash = store.write(content, noDamage);
      assertEquals(hash, sha256(content));
      assertEquals(store.read(hash, noDamage), content);
      assert(store.has(hash));
    }
    assertEquals(filesIn(folder).length, 3);
  }));

Deno.test("writing the same twice leaves the file alone", () =>
  inTemporaryFolder((folder) => {
    const store = new ObjectStore(folder);
    store.write(CONTENT, noDamage);
    const before = Deno.statSync(pathOf(folder, HASH));
    store.write(CONTENT, noDamage);
    const after = Deno.statSync(pathOf(folder, HASH));
    assertEquals([after.ino, after.mtime], [before.ino, before.mtime]);
  }));

Deno.test("every flipped bit is noticed once, set aside, and healed by writing again", () =>
  inTemporaryFolder((folder) => {
    const store = new ObjectStore(folder), path = pathOf(folder, HASH);
    for (let bit = 0; bit < 8 * CONTENT.length; bit++) {
      store.write(CONTENT, noDamage);
      const damaged = CONTENT.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      Deno.writeFileSync(path, damaged);
      const told: string[] = [];
      assertEquals(store.read(HASH, (damage) => told.push(damage)), undefined, `bit ${bit}`);
      assertEquals(store.read(HASH, (damage) => told.push(damage)), undefined);
      assertEquals(told, [path]);
      assertEquals(Deno.readFileSync(`${folder}/objects/damaged/${HASH}`), damaged);
    }
    store.write(CONTENT, noDamage);
    assertEquals(store.read(HASH, noDamage), CONTENT);
  }));

Deno.test("every truncation and any extension is noticed", () =>
  inTemporaryFolder((folder) => {
    const store = new ObjectStore(folder), path = pathOf(folder, HASH);
    const longer = new Uint8Array(CONTENT.length + 1);
    longer.set(CONTENT);
    const cuts = Array.from({ length: CONTENT.length }, (_, length) => CONTENT.slice(0, length));
    for (const damaged of [...cuts, longer, new Uint8Array(CONTENT.length)]) {
      store.write(CONTENT, noDamage);
      Deno.writeFileSync(path, damaged);
      let times = 0;
      assertEquals(store.read(HASH, () => times++), undefined, `${damaged.length} bytes`);
      assertEquals(times, 1);
    }
  }));

Deno.test("writing over a damaged file tells of it and heals it", () =>
  inTemporaryFolder((folder) => {
    const store = new ObjectStore(folder), path = pathOf(folder, HASH);
    store.write(CONTENT, noDamage);
    Deno.writeFileSync(path, CONTENT.slice(1));
    const told: string[] = [];
    store.write(CONTENT, (damage) => told.push(damage));
    assertEquals(told, [path]);
    assertEquals(store.read(HASH, noDamage), CONTENT);
  }));

Deno.test("whatever else lies in the place of an artifact is set aside and replaced", () =>
  inTemporaryFolder((folder) => {
    const store = new ObjectStore(folder), path = pathOf(folder, HASH), told: string[] = [];
    const foreign: readonly (() => void)[] = [
      () => Deno.mkdirSync(`${path}/inner`, { recursive: true }),
      () => Deno.mkdirSync(`${path}/inner`, { recursive: true }),
      () => Deno.writeTextFileSync(path, "notes of somebody"),
      () => Deno.writeFileSync(path, new Uint8Array(0)),
    ];
    for (const put of foreign) {
      store.write(CONTENT, noDamage);
      Deno.removeSync(path);
      put();
      assertEquals(store.read(HASH, (damage) => told.push(damage)), undefined);
      assertEquals(told.splice(0), [path]);
      store.write(CONTENT, noDamage);
      assertEquals(store.read(HASH, noDamage), CONTENT);
    }
  }));

Deno.test("several processes may write the same content at the same time", () =>
  inTemporaryFolder(async (folder) => {
    const source = `
      import { ObjectStore } from ${JSON.stringify(new URL("./object_store.ts", import.meta.url).href)};
      for (let i = 0; i < 40; i++) {
        const content = new Uint8Array(50_000).fill(i), store = new ObjectStore(Deno.args[0]);
        const fail = () => { throw new Error("damaged") };
        const hash = store.write(content, fail);
        if (store.read(hash, fail)?.length !== content.length) throw new Error("gone");
      }
    `;
    Deno.writeTextFileSync(`${folder}/writer.ts`, source);
    const cache = `${folder}/cache`;
    const ends = await Promise.all([1, 2, 3].map(() =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--no-config", "-RW", `${folder}/writer.ts`, cache],
      }).output()
    ));
    for (const { success, stderr } of ends) assertEquals([success, new TextDecoder().decode(stderr)], [true, ""]);
    const store = new ObjectStore(cache);
    assertEquals(filesIn(cache).length, 40);
    for (let i = 0; i < 40; i++) {
      const content = new Uint8Array(50_000).fill(i);
      assertEquals(store.read(sha256(content), noDamage), content);
    }
  }));

Deno.test("a cache folder that cannot be written to is an error that says so and what to do", () =>
  inTemporaryFolder((folder) => {
    const cache = `${folder}/cache`;
    Deno.writeTextFileSync(cache, "a file where the folder should be");
    const error = assertThrows(() => new ObjectStore(cache).write(CONTENT, noDamage), StageFailure);
    assertStringIncludes(error.message, `the cache folder ${cache}: `);
    assertStringIncludes(error.message, "choose another folder with --cache");
  }));

Deno.test({
  name: "a read-only cache folder gives what it has, and says that it is read-only when more is stored",
  ignore: !await inTemporaryFolder(bindsPermissions), // root may write everywhere
  fn: () =>
    inTemporaryFolder((folder) => {
      new ObjectStore(folder).write(CONTENT, noDamage);
      Deno.chmodSync(`${folder}/objects`, 0o555);
      try {
        const store = new ObjectStore(folder), other = Uint8Array.of(1);
        assertEquals(store.read(store.write(CONTENT, noDamage), noDamage), CONTENT);
        const error = assertThrows(
          () => store.write(other, noDamage),
          StageFailure,
          "Cannot write to the cache folder",
        );
        assertStringIncludes(error.message, "Permission denied");
      } finally {
        Deno.chmodSync(`${folder}/objects`, 0o755);
      }
    }),
});

Deno.test({
  name: "a folder outside of the permissions of the process is an error that says so",
  permissions: { read: true, write: [Deno.cwd()] },
  fn: () => {
    const error = assertThrows(() => new ObjectStore("/not-allowed").write(CONTENT, noDamage), StageFailure);
    assertStringIncludes(error.message, "Cannot write to the cache folder /not-allowed: ");
  },
});
