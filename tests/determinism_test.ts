import { assertArrayIncludes, assertEquals } from "@std/assert";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** Enough blocks that three workers finish them in another order than one. */
const STUDY = edited(
  edited(SMALL_STUDY, "sites: 8", "sites: 30"),
  "momentum: { qy: 8, qz: 8 }",
  "momentum: { qy: 24, qz: 24 }",
);

Deno.test("any number of workers, any state of the cache and any folder give the same bytes", async () => {
  using desk = new Workspace();
  const study = desk.write("small", STUDY);
  await desk.succeed([study, "--workers", "1"]);
  const results = await desk.results("small");
  const extensions = Object.keys(results).map((name) => name.slice(name.indexOf(".") + 1));
  assertArrayIncludes(extensions, ["csv", "parquet", "vl.json", "svg", "png"]);
  for (const workers of ["2", "3"]) {
    const folders = { out: `${desk.folder}/out-${workers}`, cache: `${desk.folder}/cache-${workers}` };
    await desk.succeed([study, "--workers", workers], folders);
    assertEquals(await desk.results("small", folders.out), results, `${workers} workers`);
    assertEquals(desk.record("small", folders.out).stages.diagonalize.cached, 0);
  }
  const elsewhere = { out: `${desk.folder}/deep/down/elsewhere/` };
  await desk.succeed([study], elsewhere);
  assertEquals(await desk.results("small", elsewhere.out), results, "another folder, from the cache");

  // A cache that has been filled by another study, in another order, with other points among them.
  const other = { out: `${desk.folder}/out-other`, cache: `${desk.folder}/cache-other` };
  const wider = edited(edited(STUDY, "study: small", "study: wider"), "[-0.4, 0.4]", "[0.4, 0.7, -0.4]");
  await desk.succeed([desk.write("wider", wider)], other);
  await desk.succeed([study], other);
  assertEquals(await desk.results("small", other.out), results, "a cache of another study");
  assertEquals(desk.record("small", other.out).stages.current, { computed: 0, cached: 4 });
});

Deno.test("two processes that race on one cold cache give the same bytes", async () => {
  using desk = new Workspace();
  const study = desk.write("small", STUDY);
  const alone = { out: `${desk.folder}/alone`, cache: `${desk.folder}/own-cache` };
  await desk.succeed([study], alone);
  const results = await desk.results("small", alone.out);

  const outs = ["first", "second"].map((name) => `${desk.folder}/${name}`);
  await Promise.all(outs.map((out) => desk.succeed([study], { out })));
  for (const out of outs) assertEquals(await desk.results("small", out), results);
  await desk.succeed([study]);
  assertEquals(desk.computed("small"), {}, "what the two left in the cache is sound");

  const shared = { out: `${desk.folder}/shared`, cache: `${desk.folder}/shared-cache` };
  await Promise.all([1, 2].map(() => desk.succeed([study], shared)));
  assertEquals(await desk.results("small", shared.out), results, "one output folder for both");
});
