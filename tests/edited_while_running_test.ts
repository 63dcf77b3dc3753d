import { assertEquals, assertMatch } from "@std/assert";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { ProjectCopy } from "./command_line/project_copy.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

Deno.test("a run whose sources are edited before they are loaded ends, and files nothing of the other version", async () => {
  using desk = new Workspace();
  const program = new ProjectCopy(desk);
  const larger = edited(SMALL_STUDY, "sites: 8", "sites: 60");
  const study = desk.write("small", edited(larger, "momentum: { qy: 8, qz: 8 }", "momentum: { qy: 96, qz: 96 }"));
  {
    await using run = program.converse([study, "--workers", "1", "--json"]);
    await run.event("started");
    await run.until("some blocks are done", () => filesBelow(`${desk.cache}/objects`).length > 4);
    // Currents are computed when all blocks are done: nobody has loaded them yet.
    program.edit("stages/current/momentum_error.ts", "charge: 0.45", "charge: 0.46");
    const message = await run.hears(/^Cannot/);
    assertPlainWords(`${message}\n`);
    assertMatch(
      message,
      /^Cannot go on: stages\/current\/momentum_error\.ts changed while the program was running, .*; run again$/,
    );
    assertEquals(await run.code, 1);
  }
  assertEquals(filesBelow(desk.out), []);

  const finish = async (): Promise<Record<string, number>> => {
    const { code, stderr } = await program.run([study, "--quiet"]);
    assertEquals([code, stderr], [0, ""]);
    return desk.computed("small");
  };
  assertEquals((await finish()).current, 4);
  const after = await desk.results("small");
  program.edit("stages/current/momentum_error.ts", "charge: 0.46", "charge: 0.45");
  assertEquals((await finish()).current, 4, "nothing had been filed under the version that keys were made of");
  const before = await desk.results("small");
  assertEquals(before["current.csv"] === after["current.csv"], false);
});
