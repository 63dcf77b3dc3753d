import { assert, assertEquals, assertGreater, assertLess, assertMatch } from "@std/assert";
import { filesBelow } from "./command_line/listing.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** The small study without the gap, which needs a grid, so rough that its settings refine differently. */
const STUDY = edited(
  edited(
    edited(SMALL_STUDY, "  gap: {}\n", "  current_profile: {}\n"),
    "inverse_temperature: 1\n",
    "inverse_temperature: 20\n",
  ),
  "momentum: { qy: 8, qz: 8 }",
  "momentum: { qy: 16, qz: 16, rule: adaptive, tolerance: 1e-4 }",
);

const TIGHT = edited(STUDY, "tolerance: 1e-4", "tolerance: 1e-5");

Deno.test("the tolerance is kept in the table, and the same bytes come from any workers, cache and interruption", async () => {
  using desk = new Workspace();
  const study = desk.write("small", TIGHT);
  await desk.succeed([study, "--workers", "1"]);
  const results = await desk.results("small"), table = desk.table("small", "current");
  for (const row of table.rows) assert(Number(row.charge_current_error) <= 1e-5);
  const { diagonalize, current } = desk.record("small").stages;
  assertEquals(current, { computed: 4, cached: 0 });

  const parallel = { out: `${desk.folder}/parallel`, cache: `${desk.folder}/parallel-cache` };
  await desk.succeed([study, "--workers", "3"], parallel);
  assertEquals(await desk.results("small", parallel.out), results);

  // Blocks of another study, some of them the same; settings of which some are there.
  const other = { out: `${desk.folder}/other`, cache: `${desk.folder}/other-cache` };
  const wider = edited(edited(STUDY, "study: small", "study: wider"), "[-0.4, 0.4]", "[0.4, 0.7]");
  await desk.succeed([desk.write("wider", wider)], other);
  await desk.succeed([study], other);
  assertEquals(await desk.results("small", other.out), results);
  assertGreater(desk.record("small", other.out).stages.diagonalize.cached, 0);

  const stopped = { out: `${desk.folder}/stopped`, cache: `${desk.folder}/stopped-cache` };
  const run = desk.start([study], stopped);
  const end = performance.now() + 30_000;
  while (filesBelow(`${stopped.cache}/objects`).length < 12) {
    assert(performance.now() < end, "no 12 artifacts within 30 seconds");
    await new Promise((resume) => setTimeout(resume, 2));
  }
  run.kill("SIGINT");
  await run.outcome;
  await desk.succeed([study], stopped);
  assertEquals(await desk.results("small", stopped.out), results);
  const resumed = desk.record("small", stopped.out).stages.diagonalize;
  assertLess(resumed.computed, diagonalize.computed);
});

Deno.test("a tighter tolerance diagonalizes only what is new, a wider one nothing", async () => {
  using desk = new Workspace();
  await desk.succeed([desk.write("small", STUDY)]);
  const first = desk.computed("small"), results = await desk.results("small");
  await desk.succeed([desk.write("small", TIGHT)]);
  const more = desk.computed("small");
  assertEquals(more.current, 4);
  assertGreater(more.diagonalize, 0);
  const straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/cold` };
  await desk.succeed([desk.write("small", TIGHT)], straight);
  assertEquals(first.diagonalize + more.diagonalize, desk.record("small", straight.out).stages.diagonalize.computed);
  assertEquals(await desk.results("small"), await desk.results("small", straight.out));
  await desk.succeed([desk.write("small", edited(TIGHT, "1e-5", "5e-5"))]);
  assertEquals(desk.computed("small").diagonalize, undefined);
  await desk.succeed([desk.write("small", STUDY)]);
  assertEquals(desk.computed("small"), {});
  assertEquals(await desk.results("small"), results);
});

Deno.test("--plan says what is certain and that it may be more; afterwards nothing", async () => {
  using desk = new Workspace();
  const study = desk.write("small", STUDY);
  const plan = async (): Promise<{ stage: string; compute: number; atLeast: boolean }[]> => {
    const { code, stdout } = await desk.run([study, "--plan", "--json"]);
    assertEquals(code, 0);
    return JSON.parse(stdout).stages;
  };
  const diagonalize = (await plan()).find(({ stage }) => stage === "diagonalize")!;
  assert(diagonalize.atLeast && diagonalize.compute > 0);
  const text = await desk.run([study, "--plan"]);
  assertMatch(text.stdout + text.stderr, new RegExp(`diagonalize +at least ${diagonalize.compute} +0 `));
  await desk.succeed([study]);
  assertGreater(desk.computed("small").diagonalize, diagonalize.compute);
  assertEquals((await plan()).filter(({ compute, atLeast }) => compute > 0 || atLeast), []);
});

Deno.test("a tolerance out of reach is a failure that says how far it came", async () => {
  using desk = new Workspace();
  const study = desk.write(
    "small",
    edited(edited(STUDY, "sites: 8", "sites: 3"), "tolerance: 1e-4", "tolerance: 1e-30"),
  );
  const { code, stderr } = await desk.run([study]);
  assertEquals(code, 1);
  assertMatch(
    stderr,
    /Stage current \(adaptive\) failed: the momentum integral does not meet the tolerance 1e-30: its error is [\d.e-]+ with \d+ momenta, and 16384 are the most; set a larger momentum\.tolerance/,
  );
});
