import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { LEAVES } from "../pipeline/study/schema.ts";
import { parseStudy } from "../pipeline/study/load.ts";
import { startingStudy } from "../pipeline/study/starting_study.ts";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { type Outcome, REPOSITORY, runProgram, taskWords } from "./command_line/program.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** Runs the program in a folder of its own, as in a project without studies. */
function inFolder(folder: string, words: readonly string[]): Promise<Outcome> {
  const main = decodeURIComponent(new URL("pipeline/main.ts", REPOSITORY).pathname);
  return runProgram(words, { folder, task: taskWords().map((word) => word === "pipeline/main.ts" ? main : word) });
}

function without(text: string, desk: Workspace): string {
  return text.replaceAll(`${desk.folder}/`, "");
}

Deno.test("init writes a study that says everything, and can be run", async (t) => {
  using desk = new Workspace();

  await t.step("by its name, to configs/", async () => {
    const { code, stdout, stderr } = await inFolder(desk.folder, ["init", "my-slab"]);
    assertEquals([code, stderr], [0, ""]);
    assertEquals(stdout.split("\n").slice(0, 3), [
      "Wrote configs/my-slab.yaml. Next:",
      "  deno task pipeline configs/my-slab.yaml",
      "      computes and draws it, in a few seconds; then open outputs/my-slab/report.html",
    ]);
    assertEquals(filesBelow(desk.folder), ["configs/my-slab.yaml"]);
  });

  await t.step("to a path, with the way to the schema", async () => {
    const path = `${desk.folder}/thicker.yaml`, { code } = await desk.run(["init", path]);
    assertEquals(code, 2); // init has no --out, which a desk always gives
    assertEquals((await runProgram(["init", path])).code, 0);
    const schema = decodeURIComponent(new URL("configs/study.schema.json", REPOSITORY).pathname);
    assertStringIncludes(Deno.readTextFileSync(path), `# yaml-language-server: $schema=${schema}\n`);
  });

  await t.step("which names every parameter, and is fine as it is", () => {
    const text = startingStudy("a", "study.schema.json", "configs/a.yaml");
    const { study, warnings } = parseStudy(text, "a.yaml");
    assertEquals([study.study, warnings], ["a", []]);
    for (const { path } of LEAVES) {
      assertMatch(text, new RegExp(`^ +(# )?${path.slice(path.lastIndexOf(".") + 1)}:.*#`, "m"), path);
    }
  });

  await t.step("and draws a figure", async () => {
    const small = ["model.sites=8", "momentum.qy=8", "momentum.qz=8"].flatMap((set) => ["--set", set]);
    await desk.succeed([`${desk.folder}/configs/my-slab.yaml`, ...small]);
    assert(Deno.statSync(`${desk.out}/my-slab/current.svg`).size > 1000);
  });
});

Deno.test("init refuses what is in its way, with what to do", async (t) => {
  using desk = new Workspace();
  const there = desk.write("there", SMALL_STUDY);
  Deno.mkdirSync(`${desk.folder}/configs`);
  Deno.writeTextFileSync(`${desk.folder}/configs/mine.yaml`, SMALL_STUDY);
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /needs a name, as in deno task pipeline init my-slab$/],
    [["My Slab"], /called "My Slab": that must be a name of at most 64 lower-case .*; try my-slab$/],
    [["Überlauf.yaml"], /called "Überlauf": .*; try uberlauf\.yaml$/],
    [["???"], /called "\?\?\?": .* a letter or a digit$/],
    [["my", "slab"], /one name at a time: got "my" and "slab"; for one name write my-slab$/],
    [["studies/mine"], /a path ends with \.yaml: write studies\/mine\.yaml$/],
    [["studies/new.yaml"], /there is no folder studies: make it first, or check the path$/],
    [["there.yaml"], /there\.yaml is there already, and is left alone: choose another name/],
    [["mine"], /configs\/mine\.yaml is there already/],
    [["mine.yaml"], /configs\/mine\.yaml is a study of this name, and both would write to outputs\/mine\/: choose/],
    [["mine", "--out", "x"], /unknown option --out: --help lists the options$/],
  ];
  for (const [words, message] of cases) {
    await t.step(words.join(" ") || "nothing", async () => {
      const before = filesBelow(desk.folder),
        { code, stdout, stderr } = await inFolder(desk.folder, ["init", ...words]);
      assertEquals([code, stdout], [2, ""]);
      assertPlainWords(stderr);
      assertMatch(stderr.split("\n")[0], /^Cannot (start a study|read the arguments)/);
      assertMatch(stderr.split("\n")[0], message);
      assertEquals(filesBelow(desk.folder), before);
    });
  }
  assertEquals(Deno.readTextFileSync(there), SMALL_STUDY);
});

Deno.test("list tells how results stand, by what a run would do", async () => {
  using desk = new Workspace();
  const named = (name: string, text = SMALL_STUDY) => desk.write(name, edited(text, "study: small", `study: ${name}`));
  const fresh = named("fresh"), stale = named("stale"), lost = named("lost"), never = named("never");
  await desk.succeed([fresh, stale, lost]);
  named("stale", edited(SMALL_STUDY, "mass: 0", "mass: 0.1"));
  named("fresh", edited(SMALL_STUDY, "title:", "# a comment changes nothing\ntitle:"));
  Deno.removeSync(`${desk.out}/lost/gap.csv`);
  const wrong = named("wrong", edited(SMALL_STUDY, "mass: 0", "mas: 0")),
    twin = desk.write("twin", SMALL_STUDY.replace("small", "never"));
  const before = filesBelow(desk.folder);

  const { code, stdout, stderr } = await desk.run(["list", fresh, stale, lost, never, wrong, twin]);
  assertEquals([code, stderr], [2, ""]);
  const margin = " ".repeat(`${desk.folder}/stale.yaml  never run  `.length);
  const line = (name: string, state: string, title: string) =>
    `${`${desk.folder}/${name}.yaml`.padEnd(`${desk.folder}/stale.yaml`.length)}  ${state.padEnd(9)}  ${title}`
      .trimEnd();
  assertEquals(stdout.split("\n").slice(1), [
    line("fresh", "fresh", "A small study"),
    line("stale", "stale", "A small study"),
    `${margin}model.mass: 0 → 0.1 (${stale}:5)`,
    line("lost", "stale", "A small study"),
    `${margin}to be written: gap.csv`,
    line("never", "never run", "A small study"),
    line("wrong", "wrong", ""),
    `${margin}Cannot read ${wrong}:5:3: unknown key model.mas: did you mean mass?`,
    line("twin", "wrong", "A small study"),
    `${margin}Cannot run ${twin}: its study is called never, as that of ${never} is, and both would write to one folder; rename one`,
    "",
    "6 studies: 1 fresh, 2 stale, 1 never run, 2 wrong. Runs refuse what is wrong: correct it first.",
    "",
  ]);

  const told = await desk.run(["list", fresh, "--json"]);
  const { studies } = JSON.parse(told.stdout) as { studies: Record<string, unknown>[] };
  const { started } = desk.record("fresh");
  assertEquals(studies, [{
    file: fresh,
    study: "fresh",
    title: "A small study",
    state: "fresh",
    why: [],
    run: started,
  }]);
  assertEquals(filesBelow(desk.folder), before, "list writes nothing");

  // What list calls fresh, a run has nothing to do for.
  const { stdout: plan } = await desk.run([fresh, "--plan"]);
  assertEquals(plan, "fresh: nothing to compute\n");
});

Deno.test("list has the studies of configs/, and says where studies would be if there are none", async () => {
  using desk = new Workspace();
  const none = await inFolder(desk.folder, ["list"]);
  assertEquals([none.code, none.stdout], [2, ""]);
  assertMatch(none.stderr, /^Cannot find a study: configs\/ has no \.yaml file; /);
  await inFolder(desk.folder, ["init", "one"]);
  const one = await inFolder(desk.folder, ["list"]);
  assertEquals(one.stdout.split("\n"), [
    "study  state      title",
    "one    never run  Current of one against the Fermi level",
    "",
    "1 study: never run. To compute what is missing: deno task pipeline",
    "",
  ]);
});

Deno.test("describe tells what a study comes to, and computes nothing", async (t) => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);

  await t.step("of a study that has never been run", async () => {
    const { code, stdout, stderr } = await desk.run(["describe", study, "--workers", "2"]);
    assertEquals([code, stderr, filesBelow(desk.folder)], [0, "", ["small.yaml"]]);
    const text = without(stdout, desk);
    assertMatch(
      text,
      /^small: A small study\nsmall\.yaml; results: never run\n\nParameters\n {2}\* {2}model\.sites +8 {2}\(default 50\)\n/,
    );
    assertMatch(text, /^ {5}model\.velocity +1$/m);
    assertMatch(text, /^ {2}~ {2}baths\.fermi_level +see the sweep$/m);
    assertMatch(text, /^Sweep: 4 points = 2 × 2\n {2}baths\.chemical_potential_slope {2}0\.01, 0\.02\n/m);
    assertMatch(text, /^ {2}gap {6}chemical_potential_slope, fermi_level, gap$/m);
    assertMatch(text, /^ {2}diagonalize +6 +0 +\?$/m);
    // 4 × 4 of the grid by symmetry, and q_y = 0 with q_z = 0, the grid's four, and π.
    assertMatch(text, /^ {2}22 momenta are diagonalized; /m);
    assertMatch(text, /^ {2}from nothing {2}not known: .*\n {2}by a model .*\n {2}left {10}\d+ tasks$/m);
    assertMatch(
      text,
      /^ {2}against-level {2}line of current: charge_current against fermi_level, by chemical_potential_slope$/m,
    );
    assertMatch(text, /^Files in out\/small\/: against-level\.pdf, .*, tasks\.json$/m);
  });

  await desk.succeed([study]);

  await t.step("of a study that has been run, as a run would find it", async () => {
    const { stdout } = await desk.run(["describe", study, "--json"]);
    const described = JSON.parse(stdout) as Record<string, unknown>, record = desk.record("small");
    assertEquals(described.state, "fresh");
    assertEquals([...described.files as string[]].sort(), filesBelow(`${desk.out}/small`));
    const stages = described.stages as { stage: string; tasks: number; cached: number; bytes: number }[];
    for (const { stage, tasks, cached, bytes } of stages) {
      const { computed, cached: found } = record.stages[stage];
      assertEquals([stage, tasks, cached], [stage, computed + found, computed + found]);
      assertEquals(bytes > 0, tasks > 0, stage);
    }
    // One worker takes what all tasks took together.
    const alone = JSON.parse((await desk.run(["describe", study, "--json", "--workers", "1"])).stdout);
    const labour = Object.values(record.costs!).reduce((sum, { seconds }) => sum + seconds, 0);
    assert(Math.abs(alone.cost.recorded - labour) < 1e-9 * labour, `${alone.cost.recorded} and ${labour}`);
  });

  await t.step("of a study with values changed", async () => {
    const { stdout } = await desk.run(["describe", study, "--set", "model.mass=0.1"]);
    assertMatch(stdout, /; results: stale\n/);
    assertMatch(stdout, /^ {2}\* {2}model\.mass +0\.1 {2}\(default 0\)$/m);
  });

  await t.step("and refuses what is none", async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /^Cannot describe a study: name its file, as in /],
      [[study, study], /one study at a time/],
      [[`${desk.folder}/smal.yaml`], /smal\.yaml: there is no such file: /],
      [[study, "--plan"], /unknown option --plan: /],
      [[study, "--wrokers", "1"], /unknown option --wrokers: did you mean --workers\?/],
      [[study, "--set", "model.mas=1"], /^Cannot use --set model\.mas=1: .*did you mean mass\?/],
    ];
    for (const [words, message] of cases) {
      const { code, stdout, stderr } = await desk.run(["describe", ...words]);
      assertEquals([code, stdout], [2, ""]);
      assertMatch(stderr, message);
    }
  });
});

Deno.test("a mistyped command is told the one that was meant", async () => {
  for (
    const [word, meant] of [["lst", "list"], ["descibe", "describe"], ["int", "init"], ["completions", "completion"]]
  ) {
    const { code, stdout, stderr } = await runProgram([word]);
    assertEquals([code, stdout], [2, ""]);
    assertEquals(
      stderr,
      `Cannot run ${word}: it is no command, and a study is a file whose name ends with .yaml: did you mean ${meant}?\n`,
    );
  }
});
