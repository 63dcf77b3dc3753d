import { assert, assertEquals, assertMatch } from "@std/assert";
import type { StudyPlan } from "../pipeline/report/study_plan.ts";
import { TraceStore } from "../pipeline/store/trace_store.ts";
import { filesBelow } from "./command_line/listing.ts";
import { steadyPlan } from "./command_line/plan_text.ts";
import { ProjectCopy } from "./command_line/project_copy.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

const NOTHING = "\nsmall: nothing to compute\n";

/** A desk with a program of its own, which has run the small study. */
async function withProgram(
  use: (desk: Workspace, program: ProjectCopy, study: string) => Promise<void>,
): Promise<void> {
  using desk = new Workspace();
  const program = new ProjectCopy(desk), study = desk.write("small", SMALL_STUDY);
  const { code, stderr } = await program.run([study, "--quiet"]);
  assertEquals([code, stderr], [0, ""]);
  await use(desk, program, study);
}

Deno.test("a plan names the source file that changed, and passes comments by", async (t) => {
  await withProgram(async (desk, program, study) => {
    const planned = async (): Promise<string> => {
      const { code, stdout, stderr } = await program.run([study, "--plan"]);
      assertEquals([code, stderr], [0, ""]);
      return `\n${steadyPlan(stdout, desk)}`;
    };

    await t.step("a comment in a stage", async () => {
      program.edit("stages/diagonalize/gap.ts", "/**\n", "/**\n * A word more.\n");
      assertEquals(await planned(), NOTHING);
    });

    await t.step("a constant in a helper", async () => {
      program.edit("stages/current/momentum_error.ts", "charge: 0.45", "charge: 0.46");
      assertEquals(
        await planned(),
        `
small: 14 of 25 tasks to compute, at 4 of 4 points, about N s
  stage        compute  cached     time  why
  expand             0       1
  hamiltonian        0       1
  diagonalize        0       6
  current            4       0      N s  stages/current/momentum_error.ts changed
  aggregate          4       3      N s  new results of current
  chart              6       0      N s  new results of aggregate
`,
      );
    });

    await t.step("and a table's file, the version of a package, one that is carried, and what asks", async () => {
      program.edit("stages/current/momentum_error.ts", "charge: 0.46", "charge: 0.45");
      program.edit(
        "stages/aggregate/table_files.ts",
        "export const csvStage",
        "const idle = 1;\nexport const csvStage",
      );
      const lock = Deno.readTextFileSync(`${program.folder}/deno.lock`);
      Deno.writeTextFileSync(`${program.folder}/deno.lock`, lock.replace(/("pdfkit@0[^]*?"integrity": ")/, "$1x"));
      const plan = await planned();
      assertMatch(plan, / +aggregate +4 +3 +N s {2}stages\/aggregate\/table_files.ts changed\n/);
      assertMatch(
        plan,
        / +chart +6 +0 +N s {2}.*package pdfkit changed: pdfkit@0[\d.]* \(\w{6}\) → pdfkit@0[\d.]* \(\w{6}\)\n/,
      );
      Deno.writeTextFileSync(`${program.folder}/deno.lock`, lock);
      program.edit("stages/aggregate/table_files.ts", "const idle = 1;\n", "");

      program.edit("stages/packages/vega.bundle.js", "do not edit\n", "do not edit.\n");
      assertMatch(await planned(), / +chart +6 +0 +N s {2}stages\/packages\/vega.bundle.js changed\n/);
      program.edit("stages/packages/vega.bundle.js", "do not edit.\n", "do not edit\n");

      program.edit("stages/observables.ts", "kernel: kernelName() },", 'kernel: kernelName(), idle: "" },');
      assertMatch(
        await planned(),
        / +diagonalize +\d+ +0 +N s {2}asked for in another way: stages\/observables.ts changed\n/,
      );
    });
  });
});

Deno.test("a plan knows artifacts that are gone and would be missed, and no others", async (t) => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  await desk.succeed([study]);
  const outputs = Object.entries(desk.record("small").outputs);
  const planned = async (): Promise<string> => {
    const { code, stdout, stderr } = await desk.run([study, "--plan"]);
    assertEquals([code, stderr], [0, ""]);
    return `\n${steadyPlan(stdout, desk)}`;
  };
  const objects = `${desk.cache}/objects`;
  const remove = (wanted: (hash: string) => boolean) => {
    const gone = filesBelow(objects).filter((path) => wanted(path.slice(3)));
    assert(gone.length > 0);
    for (const path of gone) Deno.removeSync(`${objects}/${path}`);
  };
  const computed = async (): Promise<Record<string, number>> => {
    await desk.succeed([study]);
    return desk.computed("small");
  };

  await t.step("a table that is where it should be, but not in the cache", async () => {
    const { hash } = desk.record("small").outputs["current.csv"];
    remove((name) => name === hash);
    assertEquals(await planned(), NOTHING);
    Deno.removeSync(`${desk.out}/small/current.csv`);
    assertEquals(
      await planned(),
      `
small: 1 of 25 tasks to compute, about N s
  stage        compute  cached     time  why
  expand             0       1
  hamiltonian        0       1
  diagonalize        0       6
  current            0       4
  aggregate          1       6      N s  artifact deleted
  chart              0       6
`,
    );
    assertEquals(await computed(), { aggregate: 1 });
    Deno.removeSync(`${desk.out}/small/current.csv`);
    assertEquals(await planned(), "\nsmall: nothing to compute; to be written: current.csv\n");
    assertEquals(await computed(), {});
  });

  await t.step("all that a new Fermi level needs", async () => {
    desk.write("small", edited(SMALL_STUDY, "[-0.4, 0.4]", "[-0.4, 0.1, 0.4]"));
    const kept = new Set(outputs.map(([, { hash }]) => hash));
    remove((name) => !kept.has(name));
    assertEquals(
      await planned(),
      `
small: 27 of 27 tasks to compute, at 2 of 6 points, about N s
  stage        compute  cached     time  why
  expand             1       0      N s  sweep.baths.fermi_level: [-0.4,0.4] → [-0.4,0.1,0.4] (small.yaml:11)
  hamiltonian        1       0      N s  artifact deleted
  diagonalize        6       0      N s  artifact deleted
  current            6       0      N s  4 of them: artifact deleted
                                         2 of them: sweep.baths.fermi_level
  aggregate          7       0      N s  4 of them: new results of current
                                         4 of them: sweep.baths.fermi_level
  chart              6       0      N s  new results of aggregate
`,
    );
    const { stdout } = await desk.run([study, "--plan", "--json"]);
    const { stages } = JSON.parse(stdout) as StudyPlan;
    const expected = stages.filter(({ compute }) => compute > 0).map(({ stage, compute }) => [stage, compute]);
    assertEquals(await computed(), Object.fromEntries(expected));
  });

  await t.step("the slab is not needed where its blocks are", async () => {
    desk.write("small", SMALL_STUDY);
    await desk.succeed([study]);
    const slab = [...new TraceStore(desk.cache).all()].filter(({ task }) => task === "hamiltonian/slab");
    remove((name) => slab.some(({ hash }) => hash === name));
    desk.write("small", edited(SMALL_STUDY, "[-0.4, 0.4]", "[-0.4, 0.2, 0.4]"));
    assertMatch(await planned(), /\n {2}hamiltonian +0 +1\n/);
    const { current, hamiltonian } = await computed();
    assertEquals([current, hamiltonian], [2, undefined]);
  });

  await t.step("a cache that is gone", async () => {
    Deno.removeSync(desk.cache, { recursive: true });
    assertMatch(
      await planned(),
      /\nsmall: 27 of 27 .*\n.*\n {2}expand +1 +0 +N s {2}not in the cache folder \(any more\)\n/,
    );
  });
});
