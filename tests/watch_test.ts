import { assertEquals, assertGreater, assertMatch } from "@std/assert";
import { Conversation } from "./command_line/conversation.ts";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** Starts to watch. */
function watching(desk: Workspace, words: readonly string[]): Conversation {
  return new Conversation([...words, "--watch", "--out", desk.out, "--cache", desk.cache]);
}

const WATCHING = /^Watching .*: what is saved is run; Ctrl-C ends$/;

Deno.test("what is saved is run at once, as far as it depends on the change", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  await using watch = watching(desk, [study]);
  assertMatch(await watch.hears(/done in/), /^small: done in .*, computed expand 1, .*chart \d; \d+ files in /);
  assertEquals(await watch.hears(/^Watching/), `Watching ${study}: what is saved is run; Ctrl-C ends`);
  const saves: [string, RegExp][] = [
    [edited(SMALL_STUDY, "A small study", "Another"), /done in .*, computed chart \d \(\d+ cached\); /],
    [
      edited(SMALL_STUDY, "[-0.4, 0.4]", "[-0.4, 0.1, 0.4]"),
      /done in .*, computed expand 1, current 2, aggregate 7, chart \d \(\d+ cached\); /,
    ],
    [edited(SMALL_STUDY, "title:", "# a comment\ntitle:"), /done in .*, nothing to compute; /],
  ];
  for (const [text, expected] of saves) {
    desk.write("small", text);
    assertEquals(await watch.hears(/saved$/), `${study} saved`);
    assertMatch(await watch.hears(/done in/), expected);
    await watch.hears(WATCHING);
  }
  const said = await watch.interrupt();
  assertPlainWords(`${said.join("\n")}\n`);
  assertEquals(said.at(-1), "Stopped. What is done is kept: run the same command again to go on.");

  // What it left is what a run leaves, and known to be complete.
  const results = await desk.results("small");
  const { stderr } = await desk.run([study]);
  assertMatch(stderr, /nothing to compute/);
  const straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/cold` };
  await desk.succeed([study], straight);
  assertEquals(await desk.results("small", straight.out), results);
});

Deno.test("a save that is wrong is said so, and the next one is run", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  await using watch = watching(desk, [study, "--json", "--quiet", "--set", "model.mass=0.3"]);
  assertEquals(await watch.event("watching"), { event: "watching", files: [study] });
  const wrong: [string, RegExp][] = [
    [
      edited(SMALL_STUDY, "sites: 8", "sites: 8.5"),
      /^Cannot read \S+small\.yaml:4:10: model\.sites must be an integer/,
    ],
    [edited(SMALL_STUDY, "sweep:", "sweep: ["), /^Cannot read \S+small\.yaml:\d+:\d+: /],
    ["", /^Cannot read \S+small\.yaml: it is empty: /],
    [
      edited(SMALL_STUDY, "  mass: 0\n", "  mas: 0\n"),
      /^Cannot read \S+small\.yaml:5:3: unknown key model\.mas: did you mean mass\?$/,
    ],
  ];
  for (const [text, expected] of wrong) {
    desk.write("small", text);
    assertEquals(await watch.event("saved"), { event: "saved", files: [study] });
    const { problems } = await watch.event("invalid");
    assertMatch((problems as string[])[0], expected);
    assertMatch(await watch.hears(/^Cannot/), expected);
    await watch.event("watching");
  }
  desk.write("small", edited(SMALL_STUDY, "A small study", "Mended"));
  const { stages } = await watch.event("finished") as { stages: Record<string, { computed: number }> };
  assertEquals([stages.expand.computed, stages.diagonalize.computed], [0, 0]);
  assertGreater(stages.chart.computed, 0);
  await watch.event("watching");
  assertEquals(desk.record("small").study.model.mass, 0.3, "as --set says");
  const said = await watch.interrupt();
  assertEquals(said.filter((line) => !line.startsWith("Cannot read")).length, 1, said.join("\n"));
  await watch.event("stopped");
});

Deno.test("what is wrong at the start ends it before anything is computed", async () => {
  using desk = new Workspace();
  const wrong = desk.write("wrong", edited(SMALL_STUDY, "mass: 0", "mas: 0"));
  for (
    const words of [[wrong], [`${desk.folder}/none.yaml`], [desk.write("small", SMALL_STUDY), "--set", "model.mas=1"]]
  ) {
    const { code, stdout, stderr } = await desk.run([...words, "--watch"]);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /^Cannot .*\n$/);
  }
  assertEquals(filesBelow(desk.folder), ["small.yaml", "wrong.yaml"]);
});

/** Seconds of work for the one worker that it is given: nobody waits for its end. */
const LONG_STUDY = edited(
  edited(SMALL_STUDY, "sites: 8", "sites: 60"),
  "momentum: { qy: 8, qz: 8 }",
  "momentum: { qy: 400, qz: 400 }",
);

Deno.test("a save cancels what is under way, and what is done by then is kept", async () => {
  using desk = new Workspace();
  const study = desk.write("small", LONG_STUDY);
  await using watch = watching(desk, [study, "--json", "--workers", "1"]);
  await watch.event("started");
  await watch.until("some artifacts are there", () => filesBelow(`${desk.cache}/objects`).length > 8);
  desk.write("small", edited(LONG_STUDY, "A small study", "Another"));
  assertEquals(await watch.event("saved"), { event: "saved", files: [study] });
  assertEquals(await watch.event("cancelled"), { event: "cancelled", files: [study] });
  await watch.event("started");
  await watch.until("more artifacts are there", () => filesBelow(`${desk.cache}/objects`).length > 16);
  const small = edited(LONG_STUDY, "qy: 400, qz: 400", "qy: 8, qz: 8");
  desk.write("small", small);
  await watch.event("cancelled");
  const finished = await watch.event("finished") as { stages: Record<string, { cached: number }> };
  assertEquals(finished.stages.hamiltonian.cached, 1, "it was made by the first run");
  await watch.event("watching");
  await watch.interrupt();
  assertEquals(filesBelow(desk.folder).filter((path) => path.endsWith(".tmp")), []);

  const results = await desk.results("small");
  const straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/cold` };
  await desk.succeed([study], straight);
  assertEquals(await desk.results("small", straight.out), results);
});

Deno.test("Ctrl-C in the middle of a run ends all of it", async () => {
  using desk = new Workspace();
  const study = desk.write("small", LONG_STUDY);
  await using watch = watching(desk, [study, "--json", "--workers", "1"]);
  await watch.event("started");
  await watch.until("an artifact is there", () => filesBelow(`${desk.cache}/objects`).length > 4);
  assertEquals((await watch.interrupt()).at(-1), "Stopped. What is done is kept: run the same command again to go on.");
  await watch.event("stopped");
  assertEquals(filesBelow(desk.out), []);
});
