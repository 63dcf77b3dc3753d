import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { StageFailure } from "../errors.ts";
import { inTemporaryFolder } from "../testing/temporary_folder.ts";
import { readRunRecord, versions } from "./run_record.ts";

Deno.test("versions name the project, the runtime and every package with its version", () => {
  const known = versions();
  assertEquals(known.deno, Deno.version.deno);
  assertMatch(known.diracflow, /^\d+\.\d+\.\d+$/);
  assertMatch(known.rxjs, /^rxjs@7\./);
  for (const [name, version] of Object.entries(known)) {
    assert(/\d+\.\d+/.test(version) && !version.includes("npm:"), name);
  }
});

Deno.test("a record is read back; without one, or with a file of somebody else's, there is nothing to compare with", () =>
  inTemporaryFolder((folder) => {
    const path = `${folder}/run.json`;
    assertEquals(readRunRecord(path), undefined);
    const record = { study: {}, sources: {}, outputs: { "current.csv": { hash: "a", from: [] } } };
    Deno.writeTextFileSync(path, JSON.stringify(record));
    assertEquals<unknown>(readRunRecord(path), record);
    const foreign = ["", "{", "[]", "null", "3", '"text"', "{}", '{"outputs":{}}'].concat(
      ["study", "sources", "outputs"].map((key) => JSON.stringify({ ...record, [key]: null })),
      [null, 3, {}, { hash: 3 }].map((output) => JSON.stringify({ ...record, outputs: { a: output } })),
    );
    for (const text of foreign) {
      Deno.writeTextFileSync(path, text);
      assertEquals(readRunRecord(path), undefined, text);
    }
  }));

Deno.test("a record that the file system keeps from being read is an error that says what to do", () =>
  inTemporaryFolder((folder) => {
    Deno.mkdirSync(`${folder}/run.json`);
    assertThrows(() => readRunRecord(`${folder}/run.json`), StageFailure, "choose another folder with --out");
  }));
