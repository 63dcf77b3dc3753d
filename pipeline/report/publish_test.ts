import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { StageFailure } from "../errors.ts";
import { sha256 } from "../store/hash.ts";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { isPublished, publish, retract, writeOutput } from "./publish.ts";

const BYTES = new TextEncoder().encode("a,b\n1,2\n");
const HASH = sha256(BYTES);
const give = () => Promise.resolve(BYTES);
const unneeded = () => Promise.reject(new Error("nobody should have asked"));

Deno.test("a file is written if it is not there or not right, and left alone otherwise", () =>
  inTemporaryFolder(async (folder) => {
    const study = `${folder}/outputs/study`, path = `${study}/current.csv`;
    assertEquals(isPublished(study, "current.csv", HASH), false);
    assertEquals(await publish(study, "current.csv", HASH, give), true);
    assertEquals(isPublished(study, "current.csv", HASH), true);
    assertEquals(Deno.readFileSync(path), BYTES);
    const before = Deno.statSync(path);
    assertEquals(await publish(study, "current.csv", HASH, unneeded), false);
    assertEquals(Deno.statSync(path).mtime, before.mtime);
    assertEquals(Deno.statSync(path).ino, before.ino);
    Deno.writeTextFileSync(path, "edited");
    assertEquals(isPublished(study, "current.csv", HASH), false);
    assertEquals(await publish(study, "current.csv", HASH, give), true);
    assertEquals(Deno.readFileSync(path), BYTES);
    assertEquals(filesIn(folder), ["outputs/study/current.csv"]);
  }));

Deno.test("what keeps the content from being read is not covered up", () =>
  inTemporaryFolder(async (folder) => {
    await assertRejects(() => publish(folder, "a.csv", HASH, unneeded), Error, "nobody should have asked");
    assertEquals(filesIn(folder), []);
  }));

Deno.test("a place that cannot be written is an error that says where and what to do", () =>
  inTemporaryFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    Deno.mkdirSync(`${folder}/study/current.csv`, { recursive: true });
    const errors = [
      assertThrows(() => writeOutput(`${folder}/file/study`, "a.csv", BYTES), StageFailure, "Cannot write "),
      assertThrows(() => writeOutput(`${folder}/study`, "current.csv", BYTES), StageFailure, "Cannot write "),
      await assertRejects(() => publish(`${folder}/study`, "current.csv", HASH, give), StageFailure, "Cannot read "),
    ];
    for (const { message } of errors) {
      assertStringIncludes(message, folder);
      assertStringIncludes(message, "choose another folder with --out");
    }
    assertEquals(filesIn(folder), ["file"]);
  }));

Deno.test("only what an earlier run left, unchanged, is removed", () =>
  inTemporaryFolder((folder) => {
    writeOutput(folder, "old.csv", BYTES);
    writeOutput(folder, "edited.csv", BYTES);
    Deno.writeTextFileSync(`${folder}/edited.csv`, "by hand");
    Deno.mkdirSync(`${folder}/sub`);
    writeOutput(`${folder}/sub`, "elsewhere.csv", BYTES);
    assertEquals(retract(folder, "old.csv", HASH), true);
    assertEquals(retract(folder, "old.csv", HASH), false);
    assertEquals(retract(folder, "edited.csv", HASH), false);
    assertEquals(retract(folder, "sub/elsewhere.csv", HASH), false);
    assertEquals(retract(`${folder}/sub`, "../sub/elsewhere.csv", HASH), false);
    assertEquals(filesIn(folder), ["edited.csv", "sub/elsewhere.csv"]);
  }));

Deno.test("an empty file is a file", () =>
  inTemporaryFolder(async (folder) => {
    const none = new Uint8Array(0);
    assert(await publish(folder, "empty.csv", sha256(none), () => Promise.resolve(none)));
    assertEquals(await publish(folder, "empty.csv", sha256(none), unneeded), false);
  }));
