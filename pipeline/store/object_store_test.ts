import { crc32 } from "node:zlib";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { StageFailure } from "../errors.ts";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { sha256 } from "./hash.ts";
import { ObjectStore } from "./object_store.ts";
import { HeldStore } from "./testing/held_store.ts";
import { watchWritePoints } from "./write_point.ts";

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
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(`${folder}/not/yet/there`);
    assertEquals([store.read(HASH, noDamage), store.has(HASH)], [undefined, false]);
    assertEquals(filesIn(folder), []);
    for (const content of [CONTENT, new Uint8Array(0), new Uint8Array(3_000_000).fill(7)]) {
      const hash = await store.write(content, noDamage);
      assertEquals(hash, sha256(content));
      assertEquals(store.read(hash, noDamage), content);
      assert(store.has(hash));
    }
    assertEquals(filesIn(folder).length, 3);
  }));

Deno.test("writing the same twice leaves the file alone", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder);
    await store.write(CONTENT, noDamage);
    const before = Deno.statSync(pathOf(folder, HASH));
    await store.write(CONTENT, noDamage);
    const after = Deno.statSync(pathOf(folder, HASH));
    assertEquals([after.ino, after.mtime], [before.ino, before.mtime]);
  }));

Deno.test("every flipped bit is noticed once, set aside, and healed by writing again", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), path = pathOf(folder, HASH);
    for (let bit = 0; bit < 8 * CONTENT.length; bit++) {
      await store.write(CONTENT, noDamage);
      const damaged = CONTENT.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      Deno.writeFileSync(path, damaged);
      const told: string[] = [];
      assertEquals(store.read(HASH, (damage) => told.push(damage)), undefined, `bit ${bit}`);
      assertEquals(store.read(HASH, (damage) => told.push(damage)), undefined);
      assertEquals(told, [path]);
      assertEquals(Deno.readFileSync(`${folder}/objects/damaged/${HASH}`), damaged);
    }
    await store.write(CONTENT, noDamage);
    assertEquals(store.read(HASH, noDamage), CONTENT);
  }));

Deno.test("every truncation and any extension is noticed", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), path = pathOf(folder, HASH);
    const longer = new Uint8Array(CONTENT.length + 1);
    longer.set(CONTENT);
    const cuts = Array.from({ length: CONTENT.length }, (_, length) => CONTENT.slice(0, length));
    for (const damaged of [...cuts, longer, new Uint8Array(CONTENT.length)]) {
      await store.write(CONTENT, noDamage);
      Deno.writeFileSync(path, damaged);
      let times = 0;
      assertEquals(store.read(HASH, () => times++), undefined, `${damaged.length} bytes`);
      assertEquals(times, 1);
    }
  }));

Deno.test("writing over a damaged file tells of it and heals it", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), path = pathOf(folder, HASH);
    await store.write(CONTENT, noDamage);
    Deno.writeFileSync(path, CONTENT.slice(1));
    const told: string[] = [];
    await store.write(CONTENT, (damage) => told.push(damage));
    assertEquals(told, [path]);
    assertEquals(store.read(HASH, noDamage), CONTENT);
  }));

Deno.test("whatever else lies in the place of an artifact is set aside and replaced", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), path = pathOf(folder, HASH), told: string[] = [];
    const foreign: readonly (() => void)[] = [
      () => Deno.mkdirSync(`${path}/inner`, { recursive: true }),
      () => Deno.mkdirSync(`${path}/inner`, { recursive: true }),
      () => Deno.writeTextFileSync(path, "notes of somebody"),
      () => Deno.writeFileSync(path, new Uint8Array(0)),
    ];
    for (const put of foreign) {
      await store.write(CONTENT, noDamage);
      Deno.removeSync(path);
      put();
      assertEquals(store.read(HASH, (damage) => told.push(damage)), undefined);
      assertEquals(told.splice(0), [path]);
      await store.write(CONTENT, noDamage);
      assertEquals(store.read(HASH, noDamage), CONTENT);
    }
  }));

Deno.test("an artifact is on disk before it has its name, whoever waits for that, and many at a time", () =>
  inTemporaryFolder(async (folder) => {
    const points: string[] = [], writer = new ObjectStore(folder), store = new ObjectStore(folder);
    const contents = Array.from({ length: 100 }, (_, i) => Uint8Array.of(i, 1, 2));
    watchWritePoints((point, path) => points.push(`${point} ${path.slice(0, path.indexOf(".") + 1 || undefined)}`));
    try {
      const unnamed = contents.map((content) => writer.begin(content, noDamage));
      assertEquals(contents.map((content) => store.read(sha256(content), noDamage)), contents.map(() => undefined));
      assertEquals(points.filter((point) => /^(synced|named)/.test(point)), []);
      assertEquals(await Promise.all(unnamed.map((one) => store.admit(one))), contents.map(() => true));
      for (const content of contents) {
        const path = pathOf(folder, sha256(content));
        const synced = points.indexOf(`synced ${path}.`), named = points.indexOf(`named ${path}`);
        assert(synced >= 0 && named > synced, `${synced} ${named}`);
        assertEquals(store.read(sha256(content), noDamage), content);
      }
    } finally {
      watchWritePoints(undefined);
    }
    assertEquals(filesIn(folder).length, 100);
    assertEquals(await store.admit(writer.begin(contents[0], noDamage)), true, "what is there needs no admission");
  }));

Deno.test("an artifact whose temporary file was swept away is not admitted, and written once more", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), lost = store.begin(CONTENT, noDamage);
    Deno.removeSync(lost.temporary!);
    assertEquals(await store.admit(lost), false);
    let sweeps = 2;
    watchWritePoints((point, path) => {
      if (point === "synced" && sweeps-- > 0) Deno.removeSync(path);
    });
    try {
      assertEquals(await store.write(CONTENT, noDamage), HASH);
    } finally {
      watchWritePoints(undefined);
    }
    assertEquals(store.read(HASH, noDamage), CONTENT);
    assertEquals(filesIn(folder).length, 1);
  }));

Deno.test("a disk that fails while it is waited for is an error, and leaves no temporary file", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder);
    watchWritePoints((point) => {
      if (point === "synced") throw new Error("Input/output error");
    });
    try {
      const writes = Array.from({ length: 50 }, (_, i) => store.write(Uint8Array.of(i), noDamage));
      const ends = await Promise.allSettled(writes);
      for (const end of ends) {
        assertStringIncludes(String((end as PromiseRejectedResult).reason.message), "Input/output error; mend that");
      }
    } finally {
      watchWritePoints(undefined);
    }
    assertEquals(filesIn(folder), []);
    assertEquals(await store.write(CONTENT, noDamage), HASH); // a failure gives its turn back
  }));

Deno.test("what is stored later is known at once, read from memory until it is on disk, and from there after that", () =>
  inTemporaryFolder(async (folder) => {
    const store = new HeldStore(folder), other = new ObjectStore(folder), content = CONTENT.slice();
    const { hash, stored } = store.storeLater(content, noDamage);
    assertEquals([hash, filesIn(folder)], [HASH, []]);
    assertEquals([store.read(HASH, noDamage), other.read(HASH, noDamage)], [CONTENT, undefined]);
    let waited = 0;
    const waiting = [store.stored([HASH]), store.stored([sha256("else"), HASH]), store.settled(), stored];
    for (const wait of waiting) void wait.then(() => waited++);
    await store.stored([]);
    await store.stored([sha256("else")]);
    assertEquals([store.has(HASH), waited, store.read(HASH, noDamage)], [false, 0, CONTENT]);
    store.release();
    await Promise.all(waiting);
    assertEquals(other.read(HASH, noDamage), CONTENT);
    assertEquals(filesIn(folder).length, 1);
    content.fill(0); // it is not looked at any more
    assertEquals(store.read(HASH, noDamage), CONTENT);
    Deno.removeSync(pathOf(folder, HASH));
    assertEquals(store.read(HASH, noDamage), undefined);
    await Promise.all([store.settled(), store.stored([HASH])]); // nothing is on its way
  }));

Deno.test("what is stored later is written once, however often it is asked for", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), made: string[] = [];
    watchWritePoints((point, path) => void (point === "made" && made.push(path)));
    try {
      const twice = [store.storeLater(CONTENT, noDamage), store.storeLater(CONTENT.slice(), noDamage)];
      await Promise.all(twice.map(({ stored }) => stored));
      await store.storeLater(CONTENT, noDamage).stored;
      assertEquals(made.length, 1);
    } finally {
      watchWritePoints(undefined);
    }
    assertEquals(filesIn(folder).length, 1);
  }));

Deno.test("many that are stored later are all there in the end, and wait for the disk a few at a time", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), contents = Array.from({ length: 200 }, (_, i) => Uint8Array.of(i, 3));
    let underWay = 0, most = 0;
    watchWritePoints((point) => {
      if (point === "made") most = Math.max(most, ++underWay);
      if (point === "named") underWay--;
    });
    try {
      for (const [i, content] of contents.entries()) {
        void store.storeLater(content, noDamage);
        if (i % 50 === 49) await new Promise((resume) => setTimeout(resume, 2)); // writers may be at work, or at rest again
      }
      assertEquals(contents.map((content) => store.read(sha256(content), noDamage)), contents);
      await store.settled();
    } finally {
      watchWritePoints(undefined);
    }
    assert(most > 1 && most <= 8, `${most} at a time`);
    assertEquals(filesIn(folder).length, contents.length);
    for (const content of contents) assertEquals(new ObjectStore(folder).read(sha256(content), noDamage), content);
  }));

Deno.test("what is stored later takes the place of a damaged file, and is written again if it is swept away", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), path = pathOf(folder, HASH), told: string[] = [];
    await store.write(CONTENT, noDamage);
    Deno.writeFileSync(path, CONTENT.slice(1));
    let sweeps = 2;
    watchWritePoints((point, path) => {
      if (point === "synced" && sweeps-- > 0) Deno.removeSync(path);
    });
    try {
      const { stored } = store.storeLater(CONTENT, (damage) => told.push(damage));
      assertEquals(store.read(HASH, noDamage), CONTENT, "whatever is on disk");
      await stored;
    } finally {
      watchWritePoints(undefined);
    }
    assertEquals([told, sweeps], [[path], -1]);
    assertEquals(store.read(HASH, noDamage), CONTENT);
    assertEquals(filesIn(folder).length, 2); // with the damaged one
  }));

Deno.test("what cannot be stored later is an error for all who wait for it, and ends nothing else", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), contents = Array.from({ length: 20 }, (_, i) => Uint8Array.of(i, 4));
    const hashes = contents.map((content) => sha256(content));
    for (const at of ["made", "synced"]) {
      watchWritePoints((point, path) => {
        if (point === at && !path.startsWith(pathOf(folder, hashes[13]))) throw new Error("No space left on device");
      });
      try {
        const storing = contents.map((content) => store.storeLater(content, noDamage));
        const nobodyWaits = storing.slice(0, 10), others = storing.slice(10);
        const ends = await Promise.allSettled([
          ...others.map(({ stored }) => stored),
          ...others.map(({ hash }) => store.stored([hash])),
          store.stored(nobodyWaits.map(({ hash }) => hash)),
        ]);
        for (const [i, end] of ends.entries()) {
          if (i === 3 || i === 13) assertEquals(end.status, "fulfilled");
          else {
            assert(end.status === "rejected" && end.reason instanceof StageFailure);
            assertStringIncludes(end.reason.message, `Cannot write to the cache folder ${folder}: No space left`);
          }
        }
        await store.settled(); // which is no error: nothing is under way
      } finally {
        watchWritePoints(undefined);
      }
      assertEquals(filesIn(`${folder}/objects`), [pathOf(folder, hashes[13]).slice(folder.length + 9)]);
      assertEquals(store.read(hashes[12], noDamage), undefined, "it is kept nowhere");
    }
    await Promise.all(contents.map((content) => store.storeLater(content, noDamage).stored));
    assertEquals(filesIn(folder).length, contents.length);
    const cache = `${folder}/file`;
    Deno.writeTextFileSync(cache, "a file where the folder should be");
    await assertRejects(() => new ObjectStore(cache).storeLater(CONTENT, noDamage).stored, StageFailure, cache);
  }));

Deno.test("a file is sound if it fits its checksum, or else its name", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder, crc32), unnamed = store.begin(CONTENT, noDamage), { checksum } = unnamed;
    assertEquals(checksum, crc32(CONTENT));
    assert(await store.admit(unnamed));
    assertEquals(store.begin(CONTENT, noDamage), { hash: HASH }, "what was there already may be older than this run");
    assertEquals(new ObjectStore(`${folder}/plain`).begin(CONTENT, noDamage).checksum, undefined);
    const plain = new ObjectStore(folder);
    for (const given of [checksum, checksum! ^ 1, 0, undefined]) {
      assertEquals(store.read(HASH, noDamage, undefined, given), CONTENT, `${given}`);
      assertEquals(plain.read(HASH, noDamage, undefined, given), CONTENT, `${given}, by a store that takes none`);
    }
    for (let bit = 0; bit < 8 * CONTENT.length; bit++) {
      const damaged = CONTENT.slice(), told: string[] = [];
      damaged[bit >> 3] ^= 1 << (bit & 7);
      Deno.writeFileSync(pathOf(folder, HASH), damaged);
      assertEquals(store.read(HASH, (path) => told.push(path), undefined, checksum), undefined, `bit ${bit}`);
      assertEquals(told, [pathOf(folder, HASH)]);
      await store.write(CONTENT, noDamage);
    }
  }));

Deno.test("several processes may write the same content at the same time", () =>
  inTemporaryFolder(async (folder) => {
    const source = `
      import { ObjectStore } from ${JSON.stringify(new URL("./object_store.ts", import.meta.url).href)};
      for (let i = 0; i < 40; i++) {
        const content = new Uint8Array(50_000).fill(i), store = new ObjectStore(Deno.args[0]);
        const fail = () => { throw new Error("damaged") };
        const hash = await store.write(content, fail);
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
  inTemporaryFolder(async (folder) => {
    const cache = `${folder}/cache`;
    Deno.writeTextFileSync(cache, "a file where the folder should be");
    const error = await assertRejects(() => new ObjectStore(cache).write(CONTENT, noDamage), StageFailure);
    assertStringIncludes(error.message, `the cache folder ${cache}: `);
    assertStringIncludes(error.message, "choose another folder with --cache");
  }));

Deno.test({
  name: "a read-only cache folder gives what it has, and says that it is read-only when more is stored",
  ignore: !await inTemporaryFolder(bindsPermissions), // root may write everywhere
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await new ObjectStore(folder).write(CONTENT, noDamage);
      Deno.chmodSync(`${folder}/objects`, 0o555);
      try {
        const store = new ObjectStore(folder), other = Uint8Array.of(1);
        assertEquals(store.read(await store.write(CONTENT, noDamage), noDamage), CONTENT);
        const error = await assertRejects(
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
  fn: async () => {
    const error = await assertRejects(() => new ObjectStore("/not-allowed").write(CONTENT, noDamage), StageFailure);
    assertStringIncludes(error.message, "Cannot write to the cache folder /not-allowed: ");
  },
});
