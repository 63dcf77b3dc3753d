import project from "../deno.json" with { type: "json" };
import { assert, assertEquals, assertMatch } from "@std/assert";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { runProgram, taskWordsElsewhere } from "./command_line/program.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** An event of `--json`. */
type Event = Readonly<Record<string, unknown>> & { readonly event: string };

function eventsIn(stdout: string): Event[] {
  assert(stdout.endsWith("\n"));
  return stdout.slice(0, -1).split("\n").map((line) => {
    const event = JSON.parse(line) as Event;
    assertEquals(typeof event.event, "string", line);
    return event;
  });
}

Deno.test("--help and --version answer on stdout and do nothing else", async () => {
  using desk = new Workspace();
  const help = await desk.run(["--help"]);
  assertEquals([help.code, help.stderr], [0, ""]);
  for (const option of ["out", "cache", "workers", "set", "plan", "watch", "json", "quiet", "help", "version"]) {
    assertMatch(help.stdout, new RegExp(`^  --${option} `, "m"));
  }
  assertMatch(help.stdout, /^Exit codes: 0 .*1 .*2 .*130 /m);
  const version = await desk.run(["--version"]);
  assertEquals([version.code, version.stdout, version.stderr], [0, `diracflow ${project.version}\n`, ""]);
  assertEquals(filesBelow(desk.folder), []);
});

Deno.test("a run says on stderr what it did, and nothing on stdout", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  const cold = await desk.run([study]);
  assertEquals([cold.code, cold.stdout], [0, ""]);
  assertPlainWords(cold.stderr);
  assertMatch(
    cold.stderr,
    /^small: done in [\d.]+ s, computed expand 1, .*diagonalize \d+, .*; \d+ files in \S+\/small\/, report.html shows them all\n$/,
  );
  const warm = await desk.run([study]);
  assertPlainWords(warm.stderr);
  assertMatch(
    warm.stderr,
    /^small: done in [\d.]+ s, nothing to compute; \d+ files in \S+, report.html shows them all\n$/,
  );
  const quiet = await desk.run([study, "--quiet"]);
  assertEquals([quiet.code, quiet.stdout, quiet.stderr], [0, "", ""]);
});

Deno.test("--json gives one JSON object a line, from started to finished", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  const cold = await desk.run([study, "--json", "--quiet"]);
  assertEquals([cold.code, cold.stderr], [0, ""]);
  const events = eventsIn(cold.stdout);
  assertEquals(events[0], { event: "started", study: "small" });
  const finished = events[events.length - 1];
  assertEquals([finished.event, finished.study, finished.folder], ["finished", "small", `${desk.out}/small`]);
  assertEquals(finished.stages, desk.record("small").stages);
  const files = filesBelow(`${desk.out}/small`);
  assertEquals([...finished.files as string[]].sort(), files);
  const outputs = events.filter(({ event }) => event === "output");
  assert(outputs.every(({ study, written }) => study === "small" && written === true));
  assertEquals(
    outputs.map(({ file }) => file as string).sort(),
    files.filter((name) => name !== "run.json").map((name) => `${desk.out}/small/${name}`),
  );
  const kinds = new Set(events.map(({ event }) => event));
  assertEquals([...kinds].filter((kind) => kind !== "progress"), ["started", "output", "rechecked", "finished"]);

  const warm = eventsIn((await desk.run([study, "--json"])).stdout);
  assert(warm.filter(({ event }) => event === "output").every(({ written }) => written === false));
});

Deno.test("a stage that fails leaves with 1 and does not keep other studies from running", async () => {
  using desk = new Workspace();
  const fragment = "\n    vega_lite: { encoding: { x: { scale: { type: nonsense } } } }";
  const failing = edited(edited(SMALL_STUDY, "study: small", "study: failing"), "mark: line", `mark: line${fragment}`);
  const studies = [desk.write("failing", failing), desk.write("small", SMALL_STUDY)];
  const { code, stdout, stderr } = await desk.run([...studies, "--json"]);
  assertEquals(code, 1, stderr);
  assertPlainWords(stderr);
  const [first, second, sum, ...more] = stderr.trimEnd().split("\n");
  assertEquals(more, []);
  assertMatch(sum, /^1 of 2 studies done in [\d.]+ s, results in \S+\/out\/; failed: failing$/);
  assertMatch(first, /^failing: Stage chart \(svg\) failed: .*nonsense/);
  assertMatch(second, /^small: done in /);
  const events = eventsIn(stdout);
  const failed = events.filter(({ event }) => event === "failed");
  assertEquals(failed.map(({ study }) => study), ["failing"]);
  assertEquals(`failing: ${failed[0].message}`, first);
  assertEquals(events.filter(({ event }) => event === "finished").map(({ study }) => study), ["small"]);
  assertEquals(filesBelow(`${desk.out}/small`).filter((name) => name.endsWith(".svg")), ["against-level.svg"]);
  assert(!filesBelow(desk.out).includes("failing/run.json"), "a study that failed leaves no record of a run");
});

Deno.test("folders that cannot be used are named, with the option that chooses others", async (t) => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY), below = `${study}/below`;
  const cases: readonly (readonly [string, { out?: string; cache?: string }, string])[] = [
    ["results below a file", { out: below }, "--out"],
    ["results in a file", { out: study }, "--out"],
    ["a cache below a file", { cache: below }, "--cache"],
    ["a cache in a file", { cache: study }, "--cache"],
  ];
  for (const [name, folders, option] of cases) {
    await t.step(name, async () => {
      for (const words of [[study], [study, "--plan"]]) {
        const { code, stdout, stderr } = await desk.run(words, folders);
        assertEquals([code, stdout], [1, ""], stderr);
        assertPlainWords(stderr);
        assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
        assert(stderr.includes(folders.out ?? folders.cache!) && stderr.includes(option), stderr);
      }
    });
  }

  await t.step("a folder where a result should be", async () => {
    for (const name of ["current.csv", "run.json"]) {
      Deno.mkdirSync(`${desk.out}/small/${name}`, { recursive: true });
      const { code, stderr } = await desk.run([study]);
      assertEquals(code, 1);
      assertPlainWords(stderr);
      assert(stderr.includes(`${desk.out}/small/${name}`), stderr);
      Deno.removeSync(`${desk.out}/small/${name}`, { recursive: true });
    }
    await desk.succeed([study]);
  });

  await t.step("a cache whose inside is not one", async () => {
    for (const name of ["objects", "traces"]) {
      const cache = `${desk.folder}/no-${name}`;
      Deno.mkdirSync(cache);
      Deno.writeTextFileSync(`${cache}/${name}`, "");
      const { code, stderr } = await desk.run([study], { cache });
      assertEquals(code, 1);
      assertPlainWords(stderr);
      assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    }
  });
});

Deno.test("a folder without studies says so", async () => {
  using desk = new Workspace();
  const { code, stdout, stderr } = await runProgram([], { folder: desk.folder, task: taskWordsElsewhere() });
  assertEquals([code, stdout], [2, ""]);
  assertMatch(stderr, /^Cannot find a study: configs\/ has no \.yaml file; /);
  assertEquals(filesBelow(desk.folder), []);
});
