import { assert, assertArrayIncludes, assertEquals } from "@std/assert";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

Deno.test("output files are restored from the cache, and nobody else's are touched", async (t) => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY), folder = `${desk.out}/small`;
  await desk.succeed([study]);
  const results = await desk.results("small");
  const names = Object.keys(results), charts = names.filter((name) => name.startsWith("against-level."));
  const tables = ["current.csv", "current.parquet", "gap.csv", "gap.parquet"];
  assertEquals(names, [...charts, "claims.json", ...tables, "report.html", "tasks.json"]);
  assertArrayIncludes(charts, ["png", "svg", "vl.json"].map((extension) => `against-level.${extension}`));

  await t.step("what is right is left alone", async () => {
    const dates = () => names.map((name) => Deno.statSync(`${folder}/${name}`).mtime!.getTime());
    const before = dates();
    await desk.succeed([study]);
    assertEquals(dates(), before);
  });

  await t.step("what was deleted comes back, what was changed is put right", async () => {
    for (const name of names) Deno.removeSync(`${folder}/${name}`);
    await desk.succeed([study]);
    assertEquals(desk.computed("small"), {});
    assertEquals(await desk.results("small"), results);
    for (const name of names) Deno.writeTextFileSync(`${folder}/${name}`, "tampered", { append: name.endsWith("csv") });
    await desk.succeed([study]);
    assertEquals(desk.computed("small"), {});
    assertEquals(await desk.results("small"), results);
    Deno.removeSync(desk.out, { recursive: true });
    await desk.succeed([study]);
    assertEquals(desk.computed("small"), {});
    assertEquals(await desk.results("small"), results);
  });

  await t.step("a run.json that is damaged or somebody else's is replaced", async () => {
    const others = ['{"outputs": {"gap.csv": null}}', '{"outputs": null}', "[1]", "null", '{"study": {', ""];
    for (const text of others) {
      Deno.writeTextFileSync(`${folder}/run.json`, text);
      await desk.succeed([study]);
      assertEquals(Object.keys(desk.record("small").outputs), names);
      assertEquals(await desk.results("small"), results);
    }
  });

  await t.step("files of a chart that is no longer in the study go, those that somebody changed stay", async () => {
    const chart = SMALL_STUDY.slice(SMALL_STUDY.indexOf("charts:"));
    Deno.writeTextFileSync(`${folder}/notes.txt`, "mine");
    Deno.writeTextFileSync(`${folder}/against-level.svg`, "drawn by hand");
    desk.write("small", edited(SMALL_STUDY, chart, ""));
    await desk.succeed([study]);
    assertEquals(desk.computed("small"), { chart: 1 }); // the report, which shows charts no more
    const left = Object.keys(await desk.results("small"));
    assertEquals(left, ["against-level.svg", "claims.json", ...tables, "notes.txt", "report.html", "tasks.json"]);
    assertEquals(Deno.readTextFileSync(`${folder}/against-level.svg`), "drawn by hand");
    // The run after that has forgotten them, and still does not touch them.
    await desk.succeed([study]);
    assertEquals(Object.keys(await desk.results("small")), left);
    assert(!Object.keys(desk.record("small").outputs).includes("against-level.svg"));
  });

  await t.step("files of an observable and a chart that were renamed go", async () => {
    Deno.removeSync(folder, { recursive: true });
    desk.write("small", SMALL_STUDY);
    await desk.succeed([study]);
    desk.write("small", edited(edited(SMALL_STUDY, "against-level", "level"), "  gap: {}\n", ""));
    await desk.succeed([study]);
    const renamed = charts.map((name) => name.replace("against-level", "level"));
    assertEquals(Object.keys(await desk.results("small")), [
      "claims.json",
      "current.csv",
      "current.parquet",
      ...renamed,
      "report.html",
      "tasks.json",
    ]);
  });
});

Deno.test("temporary files that a kill left beside results are removed when they are an hour old", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY), folder = `${desk.out}/small`;
  await desk.succeed([study]);
  const [old, young] = [1, 2].map(() => `${folder}/current.csv.${crypto.randomUUID()}.tmp`);
  for (const path of [old, young, `${folder}/notes.tmp`]) Deno.writeTextFileSync(path, "half of it");
  const then = Date.now() / 1000 - 4000;
  for (const path of [old, `${folder}/notes.tmp`]) Deno.utimeSync(path, then, then);
  await desk.succeed([study, "--set", "title=Another"]);
  const left = [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`);
  assertEquals([left.includes(old), left.includes(young), left.includes(`${folder}/notes.tmp`)], [false, true, true]);
});

Deno.test("run.json says what each file is and what it came from", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  await desk.succeed([study, "--workers", "1"]);
  const record = desk.record("small");
  const hashes = Object.fromEntries(Object.entries(record.outputs).map(([name, { hash }]) => [name, hash]));
  assertEquals(hashes, await desk.results("small"));
  const from = (name: string): readonly string[] => record.outputs[name].from;
  const spec = JSON.parse(Deno.readTextFileSync(`${desk.out}/small/against-level.vl.json`));
  assertEquals(from("against-level.svg"), [spec.usermeta.diracflow.spec]);
  assertEquals(from("against-level.png"), [hashes["against-level.svg"]]);
  assertEquals(from("current.csv"), from("current.parquet"));
  assertEquals(from("current.csv"), from("against-level.vl.json"));
  assertEquals(from("report.html"), [
    hashes["claims.json"],
    ...from("current.csv"),
    ...from("gap.csv"),
    hashes["against-level.svg"],
  ]);
  for (const hash of Object.values(record.outputs).flatMap((output) => output.from)) {
    assert(Deno.statSync(`${desk.cache}/objects/${hash.slice(0, 2)}/${hash}`).isFile);
  }
  assertEquals(record.study.model.sites, 8);
  assertEquals(record.study.disorder.scheme, "none"); // defaults are written out
  assertEquals([record.file, record.machine.workers], [study, 1]);
  assertEquals(record.versions.deno, Deno.version.deno);
  assert(Math.abs(Date.now() - Date.parse(record.started)) < 600_000);
});
