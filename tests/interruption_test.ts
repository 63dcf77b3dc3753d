import { assert, assertEquals, assertLess, assertMatch } from "@std/assert";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** Seconds of work: the grid of the paper's figures and more, at their 50 sites. */
const LONG_STUDY = edited(
  edited(SMALL_STUDY, "sites: 8", "sites: 50"),
  "momentum: { qy: 8, qz: 8 }",
  "momentum: { qy: 100, qz: 100 }",
);

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function temporaryFiles(desk: Workspace): string[] {
  return filesBelow(desk.folder).filter((path) => path.endsWith(".tmp"));
}

/** Waits until so many artifacts are there. */
async function artifacts(desk: Workspace, count: number): Promise<void> {
  const end = performance.now() + 30_000;
  while (filesBelow(`${desk.cache}/objects`).length < count) {
    assert(performance.now() < end, `no ${count} artifacts within 30 seconds`);
    await wait(5);
  }
}

Deno.test("Ctrl-C in the middle of a run stops it at once and keeps what is done", async () => {
  using desk = new Workspace();
  const study = desk.write("small", LONG_STUDY);
  const run = desk.start([study, "--json"]);
  await artifacts(desk, 8);
  run.kill("SIGINT");
  const clock = performance.now();
  const { code, stdout, stderr } = await run.outcome;
  assertLess((performance.now() - clock) / 1000, 2);
  assertEquals(code, 130);
  assertPlainWords(stderr);
  assertMatch(stderr, /^Stopped\. What is done is kept: .*\n$/);
  const events = stdout.trimEnd().split("\n").map((line) => JSON.parse(line).event);
  assertEquals([events[0], events[events.length - 1]], ["started", "stopped"]);
  assertEquals(temporaryFiles(desk), []);
  assertEquals(filesBelow(desk.out), [], "no half-made results");

  await desk.succeed([study]);
  const { diagonalize, current } = desk.record("small").stages;
  assert(diagonalize.cached >= 4, `${diagonalize.cached} cached`);
  assert(diagonalize.computed > 0, "the run was over before it was stopped");
  assertEquals(current, { computed: 4, cached: 0 });
  const resumed = await desk.results("small");

  const straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/cold` };
  await desk.succeed([study], straight);
  assertEquals(await desk.results("small", straight.out), resumed);
});

Deno.test("Ctrl-C at any other moment leaves no temporary file either", async () => {
  using desk = new Workspace();
  const study = desk.write("small", LONG_STUDY);
  for (const count of [1, 3, 12, 20, 28]) {
    const run = desk.start([study]);
    await artifacts(desk, count);
    await wait(Math.random() * 30);
    run.kill("SIGINT");
    const { code, stderr } = await run.outcome;
    assertEquals(code, 130, stderr);
    assertEquals(temporaryFiles(desk), [], `stopped with ${count} artifacts`);
  }
});

Deno.test("a run that is killed at any moment can be finished, with the same bytes", async () => {
  using desk = new Workspace();
  const text = edited(LONG_STUDY, "momentum: { qy: 100, qz: 100 }", "momentum: { qy: 40, qz: 40 }");
  const study = desk.write("small", text);
  const straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/cold` };
  const { seconds } = await desk.succeed([study], straight);

  const delays: number[] = [];
  let killed = 0;
  for (let i = 0; i < 5; i++) {
    // After each kill there is less left to do, so the first ones are the ones that hit computing.
    delays.push(Math.round(1000 * seconds * (0.15 + 0.7 * Math.random())));
    const run = desk.start([study]);
    await wait(delays[i]);
    try {
      run.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it was done by then
    }
    const { code, stderr } = await run.outcome;
    assert(code === 137 || code === 0, `killed after ${delays} ms, it said ${stderr}`);
    if (code === 137) killed++;
  }
  assert(killed > 0, `no run was caught within ${delays} ms`);
  const { code, stderr } = await desk.run([study, "--quiet"]);
  assertEquals([code, stderr], [0, ""], `after kills at ${delays} ms`);
  // What a kill left of a file that was being written stays for an hour: it might be another run's.
  const results = Object.entries(await desk.results("small")).filter(([name]) => !name.endsWith(".tmp"));
  assertEquals(
    Object.fromEntries(results),
    await desk.results("small", straight.out),
    `after kills at ${delays} ms`,
  );
});
