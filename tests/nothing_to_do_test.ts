import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { ProjectCopy } from "./command_line/project_copy.ts";
import { SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** A desk with a finished study, and an index of no worth, of which every run says a word that reads what was computed before. */
async function finishedDesk(): Promise<
  { desk: Workspace; study: string; ordinary: (words: string[]) => Promise<boolean> }
> {
  const desk = new Workspace(), study = desk.write("small", SMALL_STUDY);
  await desk.succeed([study]);
  Deno.writeTextFileSync(`${desk.cache}/traces/worthless.traces`, "garbage");
  const ordinary = async (words: string[]): Promise<boolean> => {
    const { code, stderr } = await desk.run([...words, "--quiet"]);
    assertEquals(code, 0, stderr);
    if (stderr !== "") assertStringIncludes(stderr, "worthless.traces has parts that cannot be read");
    return stderr !== "";
  };
  return { desk, study, ordinary };
}

Deno.test("a run with nothing to do looks at nothing but the program, the study and its results, and says the same", async () => {
  const { desk, study, ordinary } = await finishedDesk();
  using _ = desk;
  const results = await desk.results("small"), { started, seconds: _s, stages, ...cold } = desk.record("small");
  assertEquals(await ordinary([study]), false);
  assertEquals(await desk.results("small"), results);
  const { started: again, seconds: _t, stages: warm, ...same } = desk.record("small");
  assertEquals(same, cold);
  assert(again > started);
  for (const [name, { computed, cached }] of Object.entries(stages)) {
    assertEquals(warm[name], { computed: 0, cached: computed + cached });
  }
  // Objects and traces may be gone.
  Deno.renameSync(`${desk.cache}/objects`, `${desk.folder}/objects`);
  assertEquals(await ordinary([study]), false);
});

Deno.test("whatever is not as it was leads to an ordinary run, which leaves what is right", async (t) => {
  const { desk, study, ordinary } = await finishedDesk();
  using _ = desk;
  const results = await desk.results("small"), folder = `${desk.out}/small`;
  const kept = () =>
    [...Deno.readDirSync(`${desk.cache}/finished`)].map(({ name }) => `${desk.cache}/finished/${name}`);
  const spoil = (path: string) => {
    const bytes = Deno.readFileSync(path);
    bytes[bytes.length >> 1] ^= 1;
    Deno.writeFileSync(path, bytes);
  };
  const cases: Record<string, () => void> = {
    "a comment in the study": () => desk.write("small", `${SMALL_STUDY}# again\n`),
    "a result that is gone": () => Deno.removeSync(`${folder}/current.csv`),
    "a report that is gone": () => Deno.removeSync(`${folder}/report.html`),
    "a report with another bit": () => spoil(`${folder}/report.html`),
    "claims with another bit": () => spoil(`${folder}/claims.json`),
    "a result with another bit": () => spoil(`${folder}/against-level.svg`),
    "a result with another bit and the old time": () => {
      const path = `${folder}/current.csv`, { mtime, atime } = Deno.statSync(path);
      spoil(path);
      Deno.utimeSync(path, atime!, mtime!);
    },
    "a record that is gone": () => Deno.removeSync(`${folder}/run.json`),
    "a record of other results": () => {
      const record = JSON.parse(Deno.readTextFileSync(`${folder}/run.json`));
      delete record.outputs["gap.csv"];
      Deno.writeTextFileSync(`${folder}/run.json`, JSON.stringify(record));
    },
    "a memory of it that is damaged": () => kept().forEach(spoil),
    "a memory of it that is gone": () => Deno.removeSync(`${desk.cache}/finished`, { recursive: true }),
    "a memory of sources that is damaged": () => spoil(`${desk.cache}/sources.json`),
  };
  for (const [name, change] of Object.entries(cases)) {
    await t.step(name, async () => {
      change();
      assertEquals(await ordinary([study]), true);
      assertEquals(await desk.results("small"), results);
      assertEquals(desk.computed("small"), {});
      assertEquals(await ordinary([study]), false, "and once more there is nothing to do");
      assertEquals(await desk.results("small"), results);
    });
  }

  await t.step("another value by --set, and back", async () => {
    await desk.run([study, "--quiet", "--set", "title=Another"]);
    assertNotEquals(await desk.results("small"), results);
    await desk.run([study, "--quiet"]);
    assertEquals(await desk.results("small"), results);
    assertEquals(desk.computed("small"), {});
  });

  await t.step("a study named twice, or not there, is refused as ever", async () => {
    for (const words of [[study, study], [study, `${desk.folder}/none.yaml`]]) {
      assertEquals((await desk.run(words)).code, 2);
    }
  });
});

Deno.test("an edit of the program leads to an ordinary run, and to work only where results may change", async (t) => {
  using desk = new Workspace();
  const project = new ProjectCopy(desk), copy = project.folder;
  const study = desk.write("small", SMALL_STUDY);
  const run = async (): Promise<Record<string, number>> => {
    const { code, stderr } = await project.run([study, "--quiet"]);
    assertEquals(code, 0, stderr);
    return desk.computed("small");
  };
  await new Promise((resume) => setTimeout(resume, 2100)); // what was copied just now is not remembered
  const cold = await run();
  assertEquals(await run(), {});

  await t.step("a comment", async () => {
    project.edit("stages/diagonalize/gap.ts", "/**\n", "/**\n * A word more.\n");
    assertEquals(await run(), {});
  });
  await t.step("a number in a helper of one stage", async () => {
    project.edit("stages/chart/theme.ts", "labelSize: 7.5", "labelSize: 7.6");
    assertEquals(Object.keys(await run()), ["chart"]);
  });
  await t.step("the same once more, with the old size and time, right after the last run", async () => {
    const path = `${copy}/stages/chart/theme.ts`, { mtime, atime } = Deno.statSync(path);
    project.edit("stages/chart/theme.ts", "labelSize: 7.6", "labelSize: 7.7");
    Deno.utimeSync(path, atime!, mtime!);
    assertEquals(Object.keys(await run()), ["chart"]);
  });
  await t.step("a number in a helper of a helper", async () => {
    project.edit("stages/current/momentum_error.ts", "charge: 0.45", "charge: 0.46");
    const { chart, ...others } = await run();
    assertEquals(others, { current: cold.current, aggregate: 4 });
    assert(chart < cold.chart, "a chart that shows no errors looks the same, and is not drawn again");
  });
  await t.step("a compiled kernel", async () => {
    const path = `${copy}/stages/kernel/eigensolver.wasm`, bytes = Deno.readFileSync(path);
    // A section of its own name, `x`, which does nothing.
    Deno.writeFileSync(path, Uint8Array.of(...bytes, 0, 2, 1, 0x78));
    const { diagonalize, ...others } = await run();
    assert(diagonalize > 0);
    assertEquals(others, { chart: 1 }, "the same bytes, so that the wave ends there; but the report names the code");
  });
  await t.step("the lock file's layout", async () => {
    const lock = Deno.readTextFileSync(`${copy}/deno.lock`);
    Deno.writeTextFileSync(`${copy}/deno.lock`, `${lock.trimEnd()}\n\n`);
    assertEquals(await run(), {});
  });
  assert(cold.chart > 0);
});
