import { assertEquals, assertThrows } from "@std/assert";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { writeWhole } from "./whole_file.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

Deno.test("a file is written whole, and replaced whole", () =>
  inTemporaryFolder((folder) => {
    writeWhole(`${folder}/a`, bytes("old"));
    writeWhole(`${folder}/a`, bytes(""));
    assertEquals(Deno.readTextFileSync(`${folder}/a`), "");
    const large = new Uint8Array(5_000_000).map((_, i) => i % 251);
    writeWhole(`${folder}/a`, large);
    assertEquals(Deno.readFileSync(`${folder}/a`), large);
    assertEquals(filesIn(folder), ["a"]);
  }));

Deno.test("no temporary file stays behind when the last step fails", () =>
  inTemporaryFolder((folder) => {
    Deno.mkdirSync(`${folder}/a/b`, { recursive: true }); // a folder cannot be replaced by a file
    assertThrows(() => writeWhole(`${folder}/a`, bytes("new")));
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a"]);
  }));

Deno.test("no temporary file stays behind when writing fails", () =>
  inTemporaryFolder((folder) => {
    writeWhole(`${folder}/a`, bytes("old"));
    const full = new Proxy(bytes("new"), {
      get(target, name) {
        if (name === "subarray") throw new Error("No space left on device");
        return Reflect.get(target, name, target);
      },
    });
    assertThrows(() => writeWhole(`${folder}/a`, full), Error, "No space left");
    assertEquals(filesIn(folder), ["a"]);
    assertEquals(Deno.readTextFileSync(`${folder}/a`), "old");
  }));

Deno.test("a folder that is not there is an error, and is not made", () =>
  inTemporaryFolder((folder) => {
    assertThrows(() => writeWhole(`${folder}/no/a`, bytes("x")), Deno.errors.NotFound);
    assertEquals(filesIn(folder), []);
  }));

Deno.test("whoever reads while others write sees one of the files, whole", () =>
  inTemporaryFolder(async (folder) => {
    const source = `
      import { writeWhole } from ${JSON.stringify(new URL("./whole_file.ts", import.meta.url).href)};
      const letter = Deno.args[1];
      for (let i = 0; i < 60; i++) writeWhole(Deno.args[0], new Uint8Array(200_000).fill(letter.charCodeAt(0)));
    `;
    Deno.writeTextFileSync(`${folder}/writer.ts`, source);
    Deno.mkdirSync(`${folder}/target`);
    const path = `${folder}/target/file`;
    writeWhole(path, new Uint8Array(200_000).fill(97));
    const writers = ["a", "b"].map((letter) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--no-config", "-RW", `${folder}/writer.ts`, path, letter],
        stderr: "inherit",
      }).output()
    );
    let running = true;
    const done = Promise.all(writers).finally(() => running = false);
    while (running) {
      const read = Deno.readFileSync(path);
      assertEquals([read.length, read.every((byte) => byte === read[0])], [200_000, true]);
      await new Promise((resume) => setTimeout(resume, 1));
    }
    assertEquals((await done).map(({ success }) => success), [true, true]);
    assertEquals(filesIn(`${folder}/target`), ["file"]);
  }));
