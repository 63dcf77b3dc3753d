import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Census } from "../pipeline/commands/cache_census.ts";
import type { Verified } from "../pipeline/commands/cache_verify.ts";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { runProgram } from "./command_line/program.ts";
import { SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

Deno.test("cache says what there is, by stage", async () => {
  using desk = new Workspace();
  const census = async (): Promise<Census> => {
    const { code, stdout, stderr } = await runProgram(["cache", "--cache", desk.cache, "--json"]);
    assertEquals([code, stderr], [0, ""]);
    return JSON.parse(stdout);
  };
  assertEquals((await census()).bytes, 0);
  assertEquals(filesBelow(desk.folder), [], "looking makes nothing");
  const nothing = await runProgram(["cache", "--cache", desk.cache]);
  assertEquals(nothing.stdout, `${desk.cache}: empty, or not there\n`);

  await desk.succeed([desk.write("small", SMALL_STUDY)]);
  const { artifacts, stages, tasks, bytes, foreign, leftovers, damaged } = await census();
  const files = filesBelow(desk.cache), objects = files.filter((path) => path.startsWith("objects/"));
  assertEquals(artifacts.count, objects.length);
  assertEquals(bytes, files.reduce((sum, path) => sum + Deno.statSync(`${desk.cache}/${path}`).size, 0));
  assertEquals([foreign.count, leftovers.count, damaged.count], [0, 0, 0]);
  const computed = desk.computed("small");
  assertEquals(Object.keys(stages), Object.keys(computed));
  // Two points have the same gap, and it may be that other tasks come to the same bytes too.
  for (const [stage, { count }] of Object.entries(stages)) assert(count <= computed[stage], stage);
  assertEquals(Object.values(stages).reduce((sum, { count }) => sum + count, 0), artifacts.count);
  assertEquals(tasks, Object.values(computed).reduce((sum, count) => sum + count, 0));

  Deno.writeTextFileSync(`${desk.cache}/notes.txt`, "mine");
  Deno.removeSync(`${desk.cache}/traces`, { recursive: true });
  const after = await census();
  assertEquals([Object.keys(after.stages), after.tasks, after.foreign.count], [["unknown"], 0, 1]);
  const { stdout } = await runProgram(["cache", "--cache", desk.cache]);
  assertPlainWords(stdout);
  assertMatch(stdout, /^\S+: \d+ artifacts, .*\n.*\n {2}unknown +\d+ .*no trace says what made them/);
});

Deno.test("cache verify finds what a disk has changed, before a run does, and sets it aside", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  await desk.succeed([study]);
  const results = await desk.results("small");
  const verify = async (): Promise<Verified & { code: number; text: string }> => {
    // Read-only first: the text; the second time what was damaged has been set aside.
    const { code, stdout, stderr } = await runProgram(["cache", "verify", "--cache", desk.cache, "--json"]);
    assertEquals(stderr, "");
    return { code, ...JSON.parse(stdout) };
  };
  const sound = await verify(), objects = filesBelow(`${desk.cache}/objects`);
  assertEquals([sound.code, sound.damaged, sound.artifacts], [0, [], objects.length]);

  const [index] = filesBelow(`${desk.cache}/traces`), table = desk.record("small").outputs["current.csv"].hash;
  const paths = [`objects/${table.slice(0, 2)}/${table}`, `traces/${index}`].map((path) => `${desk.cache}/${path}`);
  for (const path of paths) {
    const bytes = Deno.readFileSync(path);
    bytes[bytes.length - 20] ^= 1;
    Deno.writeFileSync(path, bytes);
  }
  const { stdout, code } = await runProgram(["cache", "verify", "--cache", desk.cache]);
  assertEquals(code, 1);
  assertPlainWords(stdout);
  for (const path of paths) assertStringIncludes(stdout, path);
  const found = filesBelow(desk.cache).filter((path) => path.includes("/damaged/"));
  assertEquals(found, [`objects/damaged/${table}`, `traces/damaged/${index}`]);
  const again = await verify();
  assertEquals([again.code, again.damaged, again.artifacts], [0, [], objects.length - 1]);

  Deno.removeSync(desk.out, { recursive: true });
  await desk.succeed([study]);
  assertEquals(await desk.results("small"), results);
});

Deno.test("commands are told from studies, mistyped ones are recognised, and each has its help", async (t) => {
  const refused = async (words: string[], ...patterns: RegExp[]) => {
    const { code, stdout, stderr } = await runProgram(words);
    assertEquals([code, stdout], [2, ""], words.join(" "));
    assertPlainWords(stderr);
    const lines = stderr.trimEnd().split("\n");
    assertEquals(lines.length, patterns.length, stderr);
    patterns.forEach((pattern, i) => assertMatch(lines[i], pattern));
  };
  await t.step("what is nearly a command", async () => {
    await refused(["cahce"], /^Cannot run cahce: it is no command, .*\.yaml: did you mean cache\?$/);
    await refused(["cache", "verfy"], /^Cannot run cache verfy: .*: did you mean cache verify\?$/);
    await refused(["cache", "clean"], /^Cannot run cache clean: .*: it is cache, cache verify or cache gc$/);
    await refused(["cache", "gc", "--older-then", "1d", "all"], /did you mean --older-than\?$/, /takes no "all"$/);
    await refused(["cache", "gc", "--older-than", "1y"], /must be such as 30d, 12h or 90m: got "1y"$/);
    await refused(["cache", "gc", "--max-size=-1"], /--max-size must be such as 2GB or 500MB: got "-1"$/);
    await refused(["diff", "a.yaml"], /two studies or folders .* are needed, .*: got a\.yaml$/);
    await refused(["verify"], /one chart is needed, .*: got none$/);
  });
  await t.step("what is no command names a study", async () => {
    await refused(["nothing"], /^Cannot read nothing: there is no such file/);
    await refused(["./cahce"], /^Cannot read \.\/cahce: there is no such file/);
    await refused(["cache.yaml"], /^Cannot read cache\.yaml: there is no such file/);
  });
  await t.step("help", async () => {
    for (const command of ["cache", "diff", "verify"]) {
      for (const option of ["--help", "-h"]) {
        const { code, stdout, stderr } = await runProgram([command, option]);
        assertEquals([code, stderr], [0, ""]);
        assertMatch(stdout, new RegExp(`^Usage: deno task pipeline ${command} `));
        for (const line of stdout.split("\n")) assert(line.length <= 120, line);
      }
    }
  });
});
