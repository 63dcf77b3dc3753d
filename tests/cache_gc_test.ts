import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import type { GcReport } from "../pipeline/commands/cache_gc.ts";
import type { TaskList } from "../pipeline/dataflow/task_list.ts";
import { copyFolder, filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import type { Outcome } from "./command_line/program.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

const HOUR = 3_600_000;

/** Makes all files of a folder so old. */
function age(folder: string, hours: number, isMeant: (path: string) => boolean = () => true): void {
  const then = (Date.now() - hours * HOUR) / 1000;
  for (const path of filesBelow(folder)) if (isMeant(path)) Deno.utimeSync(`${folder}/${path}`, then, then);
}

function objects(desk: Workspace): string[] {
  return filesBelow(`${desk.cache}/objects`).filter((path) => !path.startsWith("damaged/"));
}

async function gc(desk: Workspace, ...words: string[]): Promise<GcReport> {
  const { code, stdout, stderr } = await desk.run(["cache", "gc", "--json", ...words]);
  assertEquals([code, stderr], [0, ""]);
  return JSON.parse(stdout);
}

const OTHER = edited(edited(SMALL_STUDY, "study: small", "study: other"), "mass: 0", "mass: 0.3");

Deno.test("gc removes what no output refers to, and nothing that a next run of the others could use", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY), other = desk.write("other", OTHER);
  await desk.succeed([study]);
  const needed = objects(desk), results = await desk.results("small");
  await desk.succeed([other]);
  age(desk.cache, 2);
  assertEquals((await gc(desk)).removed.artifacts, 0, "both are referred to");

  Deno.removeSync(`${desk.out}/other`, { recursive: true });
  const all = objects(desk), planned = await gc(desk, "--dry-run");
  assertEquals([planned.removed.artifacts, planned.kept.needed], [all.length - needed.length, needed.length]);
  assertEquals(objects(desk), all, "a dry run removes nothing");
  const text = await desk.run(["cache", "gc", "--dry-run"]);
  assertPlainWords(text.stdout);
  assertMatch(text.stdout, /: would remove \d+ artifacts \(.*\n {2}kept: \d+ artifacts of 1 run .*\n {4}\S+\/small\n/);

  const done = await gc(desk);
  assertEquals([done.removed, done.kept.needed, done.runs], [
    planned.removed,
    needed.length,
    [`${desk.out}/small`],
  ]);
  assertEquals(objects(desk), needed);

  // What is left is all that it was: for the same study, and for one with another Fermi level.
  Deno.removeSync(desk.out, { recursive: true });
  await desk.succeed([study]);
  assertEquals([desk.computed("small"), await desk.results("small")], [{}, results]);
  const more = desk.write("small", edited(SMALL_STUDY, "[-0.4, 0.4]", "[-0.4, 0.1, 0.4]"));
  await desk.succeed([more]);
  const { current, diagonalize } = desk.record("small").stages;
  assertEquals([current.computed, diagonalize.computed], [2, 0]);

  // What was removed is not known any more, and is made again, with the same bytes.
  const straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/cold` };
  await desk.succeed([other], straight);
  await desk.succeed([other]);
  assertEquals(await desk.results("other"), await desk.results("other", straight.out));
  assert(desk.record("other").stages.diagonalize.computed > 0);
});

Deno.test("young files are not touched; age and size choose what goes", async () => {
  using desk = new Workspace();
  await desk.succeed([desk.write("other", OTHER)]);
  await desk.succeed([desk.write("small", SMALL_STUDY)]);
  Deno.removeSync(`${desk.out}/other`, { recursive: true });
  const all = objects(desk);
  assertEquals((await gc(desk)).removed.artifacts, 0, "all is young");
  age(desk.cache, 10 * 24);
  assertEquals((await gc(desk, "--older-than", "11d")).removed.artifacts, 0);
  const { removed: { artifacts: garbage }, bytes: [size] } = await gc(desk, "--dry-run");
  assert(garbage > 5);
  assertEquals((await gc(desk, "--max-size", "1GB")).removed.artifacts, 0);

  // The oldest first, and no more than it takes.
  const isOldest = (path: string) => path === unneeded[0];
  const unneeded = all.filter((path) => !needsOf(desk).has(path.slice(3)));
  assertEquals(unneeded.length, garbage);
  age(`${desk.cache}/objects`, 20 * 24, isOldest);
  const one = await gc(desk, "--max-size", String(size - 1));
  assertEquals(one.removed.artifacts, 1);
  assertEquals(objects(desk), all.filter((path) => !isOldest(path)));
  const rest = await desk.run(["cache", "gc", "--max-size", "1", "--older-than", "9d"]);
  assertEquals(rest.code, 0);
  assertStringIncludes(rest.stdout, "still more than 1 B");
  assertEquals(objects(desk), all.filter((path) => !unneeded.includes(path)));
});

/** Hashes that the last run of the small study was made of. */
function needsOf(desk: Workspace): Set<string> {
  const tasks = JSON.parse(Deno.readTextFileSync(`${desk.out}/small/tasks.json`)) as TaskList;
  return new Set(Object.values(tasks).flatMap((hashes) => Object.values(hashes)));
}

Deno.test("what refinements asked about is kept, also for runs that found their result in the cache", async () => {
  using desk = new Workspace();
  const adaptive = edited(
    edited(SMALL_STUDY, "  gap: {}\n", ""),
    "momentum: { qy: 8, qz: 8 }",
    "momentum: { qy: 16, qz: 16, rule: adaptive, tolerance: 1e-4 }",
  );
  const study = desk.write("small", adaptive), folder = `${desk.folder}/elsewhere`;
  await desk.succeed([study]);
  const cold = Deno.readTextFileSync(`${desk.out}/small/tasks.json`);
  await desk.succeed([study], { out: folder });
  assertEquals(Deno.readTextFileSync(`${folder}/small/tasks.json`), cold, "whether it was computed or there");
  Deno.removeSync(desk.out, { recursive: true });
  age(desk.cache, 2);
  const before = objects(desk);
  assertEquals([(await gc(desk, "--out", folder)).removed.artifacts, objects(desk)], [0, before]);
  assert(before.length > 20, "cells, each an artifact");
  desk.write("small", edited(adaptive, "[0.01, 0.02]", "[0.01, 0.0199]"));
  await desk.succeed([study]);
  const { computed, cached } = desk.record("small").stages.diagonalize;
  assert(computed < cached / 4, `${computed} computed, ${cached} there`);
});

Deno.test("all output folders count to which runs with this cache have written, as long as they are there", async () => {
  using desk = new Workspace();
  const other = desk.write("other", OTHER), elsewhere = `${desk.folder}/elsewhere`;
  await desk.succeed([desk.write("small", SMALL_STUDY)]);
  await desk.succeed([other], { out: elsewhere });
  age(desk.cache, 2);
  const kept = await gc(desk);
  assertEquals([kept.removed.artifacts, kept.runs], [0, [`${desk.out}/small`, `${elsewhere}/other`]]);
  // A folder that was moved is found where --out says that it is.
  Deno.renameSync(elsewhere, `${desk.folder}/moved`);
  assertEquals((await gc(desk, "--out", `${desk.folder}/moved`)).removed.artifacts, 0);
  assert((await gc(desk)).removed.artifacts > 0);
});

Deno.test("where it cannot be told what is needed nothing is removed", async (t) => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY), folder = `${desk.out}/small`;
  await desk.succeed([study]);
  age(desk.cache, 2);
  const all = filesBelow(desk.cache);
  const refused = ({ code, stdout, stderr }: Outcome, pattern: RegExp) => {
    assertEquals([code, stdout], [1, ""]);
    assertPlainWords(stderr);
    assertMatch(stderr, pattern);
    assertEquals(filesBelow(desk.cache), all);
  };
  await t.step("a run without its list of tasks", async () => {
    const tasks = Deno.readTextFileSync(`${folder}/tasks.json`);
    for (const text of [undefined, "{}\n", tasks.slice(1)]) {
      if (text === undefined) Deno.removeSync(`${folder}/tasks.json`);
      else Deno.writeTextFileSync(`${folder}/tasks.json`, text);
      refused(await desk.run(["cache", "gc"]), /^Cannot tidy up \S+: \S+\/small does not say what was needed/);
    }
    Deno.writeTextFileSync(`${folder}/tasks.json`, tasks);
  });
  await t.step("a record that is damaged", async () => {
    const record = Deno.readTextFileSync(`${folder}/run.json`);
    Deno.writeTextFileSync(`${folder}/run.json`, record.slice(0, 300));
    refused(await desk.run(["cache", "gc"]), /^Cannot tidy up \S+: \S+\/small does not say what was needed/);
    Deno.writeTextFileSync(`${folder}/run.json`, record);
  });
  await t.step("no results at all", async () => {
    Deno.renameSync(desk.out, `${desk.folder}/away`);
    refused(await desk.run(["cache", "gc"]), /^Cannot tidy up \S+: nothing would be left, since no output folder/);
  });
});

Deno.test("what was set aside, left over or finished goes with age, what is nobody's of ours stays", async () => {
  using desk = new Workspace();
  await desk.succeed([desk.write("small", SMALL_STUDY)]);
  await desk.succeed([desk.write("other", OTHER)]);
  Deno.removeSync(`${desk.out}/other`, { recursive: true });
  const write = (path: string) => {
    Deno.mkdirSync(path.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.writeTextFileSync(path, "garbage");
  };
  const temporary = `x.${crypto.randomUUID()}.tmp`;
  const gone = [
    `${desk.cache}/objects/damaged/${"ab".repeat(32)}`,
    `${desk.cache}/traces/damaged/some.traces`,
    `${desk.cache}/objects/ab/${temporary}`,
    `${desk.cache}/traces/${temporary}`,
    `${desk.out}/small/${temporary}`,
  ];
  const foreign = [`${desk.cache}/notes.txt`, `${desk.cache}/objects/ab/readme`, `${desk.out}/small/notes.tmp`];
  for (const path of [...gone, ...foreign]) write(path);
  const finished = () => filesBelow(`${desk.cache}/finished`).length,
    notes = () => filesBelow(`${desk.cache}/runs`).length;
  assertEquals([finished(), notes()], [2, 2]);
  await gc(desk);
  for (const path of [...gone, ...foreign]) assert(Deno.statSync(path).isFile, `${path} is young`);
  age(desk.folder, 2);
  const report = await gc(desk);
  assertEquals([report.damaged.files, report.leftovers], [2, 3]);
  const left = filesBelow(desk.folder).map((path) => `${desk.folder}/${path}`);
  assertEquals([gone.filter((path) => left.includes(path)), foreign.filter((path) => !left.includes(path))], [[], []]);
  assertEquals([finished(), notes()], [1, 1]);
});

Deno.test("gc beside a run takes the ground from under it, and the run still ends with the same bytes", async () => {
  using desk = new Workspace();
  const text = edited(edited(SMALL_STUDY, "sites: 8", "sites: 40"), "{ qy: 8, qz: 8 }", "{ qy: 40, qz: 40 }");
  const study = desk.write("small", text), straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/cold` };
  await desk.succeed([study], straight);
  // A cache with all that the study needs, but nothing that refers to it, since it is another one that has run here.
  await desk.succeed([desk.write("other", OTHER)]);
  copyFolder(straight.cache, desk.cache);
  Deno.removeSync(`${desk.cache}/runs`, { recursive: true });
  const before = objects(desk).length;
  const run = desk.start([study, "--quiet", "--recheck", "0", "--set", "baths.inverse_temperature=2"]);
  let isOver = false, removed = 0;
  const ended = run.outcome.finally(() => isOver = true);
  while (!isOver) {
    age(desk.cache, 2, (path) => !path.startsWith("traces/") && !path.endsWith(".tmp"));
    removed += (await gc(desk)).removed.artifacts;
  }
  const { code, stderr } = await ended;
  assertEquals([code, stderr], [0, ""]);
  assert(removed > 0 && before > 0);
  await desk.succeed([study, "--set", "baths.inverse_temperature=2"], straight);
  assertEquals(await desk.results("small"), await desk.results("small", straight.out));
  assertNotEquals(objects(desk).length, 0);
});
