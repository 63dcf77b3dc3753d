import { assert, assertEquals, assertMatch } from "@std/assert";
import type { StudyPlan } from "../pipeline/report/study_plan.ts";
import { filesBelow } from "./command_line/listing.ts";
import { steadyPlan } from "./command_line/plan_text.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** Plans the study of a text; a plan computes and writes nothing. */
async function planned(desk: Workspace, text: string, words: readonly string[] = []): Promise<string> {
  const study = desk.write("small", text), before = filesBelow(desk.folder);
  const { code, stdout, stderr } = await desk.run([study, "--plan", ...words]);
  assertEquals([code, stderr], [0, ""]);
  assertEquals(filesBelow(desk.folder), before);
  return `\n${steadyPlan(stdout, desk)}`;
}

const NOTHING = "\nsmall: nothing to compute\n";

Deno.test("a plan says why each stage runs, in words for people", async (t) => {
  using desk = new Workspace();

  await t.step("a study that has never been run", async () => {
    assertEquals(
      await planned(desk, SMALL_STUDY),
      `
small: 25 of 25 tasks to compute, at 4 of 4 points
  stage        compute  cached     time  why
  expand             1       0        ?  never computed
  hamiltonian        1       0        ?  never computed
  diagonalize        6       0        ?  never computed
  current            4       0        ?  never computed
  aggregate          7       0        ?  never computed
  chart              6       0        ?  never computed
`,
    );
  });

  await desk.succeed([desk.write("small", SMALL_STUDY)]);
  const record = Deno.readTextFileSync(`${desk.out}/small/run.json`);

  await t.step("nothing to do", async () => {
    assertEquals(await planned(desk, SMALL_STUDY), NOTHING);
    assertEquals(await planned(desk, edited(SMALL_STUDY, "title:", "# a comment\ntitle:")), NOTHING);
  });

  await t.step("a Fermi level is added", async () => {
    assertEquals(
      await planned(desk, edited(SMALL_STUDY, "[-0.4, 0.4]", "[-0.4, 0.1, 0.4]")),
      `
small: 16 of 27 tasks to compute, at 2 of 6 points, about N s
  stage        compute  cached     time  why
  expand             1       0      N s  sweep.baths.fermi_level: [-0.4,0.4] → [-0.4,0.1,0.4] (small.yaml:11)
  hamiltonian        0       1
  diagonalize        0       6
  current            2       4      N s  sweep.baths.fermi_level
  aggregate          7       0      N s  4 of them: new results of current
                                         4 of them: sweep.baths.fermi_level
  chart              6       0      N s  new results of aggregate
`,
    );
  });

  await t.step("the mass is changed", async () => {
    const text = (why: string) => `
small: 25 of 25 tasks to compute, at 4 of 4 points, about N s
  stage        compute  cached     time  why
  expand             1       0      N s  model.mass: 0 → 0.1 (${why})
  hamiltonian        1       0      N s  model.mass
  diagonalize        6       0      N s  new results of hamiltonian
  current            4       0      N s  new results of diagonalize
  aggregate          7       0      N s  4 of them: new results of current
                                         4 of them: new results of diagonalize
  chart              6       0      N s  new results of aggregate
`;
    assertEquals(await planned(desk, edited(SMALL_STUDY, "mass: 0", "mass: 0.1")), text("small.yaml:5"));
    assertEquals(await planned(desk, SMALL_STUDY, ["--set", "model.mass=0.1"]), text("--set model.mass=0.1"));
  });

  await t.step("two changes that enter at different stages", async () => {
    const cold = edited(SMALL_STUDY, "inverse_temperature: 1", "inverse_temperature: 2");
    assertEquals(
      await planned(desk, edited(cold, "mass: 0", "mass: 0.1")),
      `
small: 25 of 25 tasks to compute, at 4 of 4 points, about N s
  stage        compute  cached     time  why
  expand             1       0      N s  model.mass: 0 → 0.1 (small.yaml:5)
                                         baths.inverse_temperature: 1 → 2 (small.yaml:8)
  hamiltonian        1       0      N s  model.mass
  diagonalize        6       0      N s  new results of hamiltonian
  current            4       0      N s  baths.inverse_temperature
                                         new results of diagonalize
  aggregate          7       0      N s  4 of them: new results of current
                                         4 of them: new results of diagonalize
  chart              6       0      N s  new results of aggregate
`,
    );
  });

  await t.step("a title and a chart are changed", async () => {
    const head = `
small: 6 of 25 tasks to compute, about N s
  stage        compute  cached     time  why
  expand             0       1
  hamiltonian        0       1
  diagonalize        0       6
  current            0       4
  aggregate          0       7
`;
    assertEquals(
      await planned(desk, edited(SMALL_STUDY, "A small study", "Another")),
      `${head}  chart              6       0      N s  title: "A small study" → "Another" (small.yaml:2)\n`,
    );
    assertEquals(
      await planned(desk, edited(SMALL_STUDY, "    mark: line", "    title: Currents\n    mark: line")),
      `${head}  chart              6       0      N s  charts.against-level.title: nothing → "Currents" (small.yaml:18)\n`,
    );
  });

  await t.step("a value goes back to its default, and a chart and an observable go", async () => {
    const warm = edited(
      SMALL_STUDY,
      "baths:\n  inverse_temperature: 1\n",
      "baths: { inverse_temperature_slope: 0.5 }\n",
    );
    const { code } = await desk.run([desk.write("small", warm), "--quiet"]);
    assertEquals(code, 0);
    const [plain] = edited(SMALL_STUDY, "  gap: {}\n", "").split("charts:");
    assertEquals(
      await planned(desk, plain),
      `
small: 2 of 15 tasks to compute, about N s
  stage        compute  cached     time  why
  expand             0       1
  hamiltonian        0       1
  diagonalize        0       4
  current            0       4
  aggregate          1       3      N s  observables.gap is gone
                                         baths.inverse_temperature_slope: 0.5 → 0 (default)
  chart              1       0      N s  charts.against-level is gone
                                         new results of aggregate
`,
    );
    Deno.writeTextFileSync(`${desk.out}/small/run.json`, record);
  });

  await t.step("a value that the study takes from another file", async () => {
    desk.write("slab", "model:\n  sites: 8\n  mass: 0.2\n");
    const plan = await planned(desk, edited(SMALL_STUDY, "model:\n  sites: 8\n  mass: 0\n", "extends: slab.yaml\n"));
    assertMatch(plan, /\n {2}expand +1 +0 +N s {2}model\.mass: 0 → 0\.2 \(slab\.yaml:3\)\n {2}hamiltonian +1 +0 /);
  });

  await t.step("the same as data", async () => {
    const study = desk.write("small", edited(SMALL_STUDY, "[-0.4, 0.4]", "[-0.4, 0.1, 0.4]"));
    const { stdout } = await desk.run([study, "--plan", "--json"]);
    const { event, ...plan } = JSON.parse(stdout) as StudyPlan & { event: string };
    assertEquals([event, plan.study, plan.compute, plan.cached], ["plan", "small", 16, 11]);
    assertEquals([plan.points, plan.write], [{ all: 6, compute: 2 }, []]);
    assert(plan.seconds! > 0);
    const { seconds, ...current } = plan.stages[3];
    assert(seconds! > 0 && seconds! < plan.seconds!);
    const place = { file: study, line: 11 };
    const change = { path: "sweep.baths.fermi_level", old: [-0.4, 0.4], new: [-0.4, 0.1, 0.4], place };
    const text = `sweep.baths.fermi_level: [-0.4,0.4] → [-0.4,0.1,0.4] (${study}:11)`;
    const reasons = [{ tasks: 2, text, kind: "parameter" as const, changes: [change] }];
    assertEquals(current, { stage: "current", compute: 2, atLeast: false, cached: 4, reasons });
  });
});
