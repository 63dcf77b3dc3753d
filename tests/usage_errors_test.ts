import { assert, assertEquals, assertLess, assertMatch } from "@std/assert";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** Runs the program, expects exit code 2 with nothing written anywhere, and returns the lines on stderr. */
async function refused(desk: Workspace, words: readonly string[]): Promise<string[]> {
  const before = filesBelow(desk.folder);
  const { code, stdout, stderr } = await desk.run(words);
  assertEquals([code, stdout], [2, ""], `${words.join(" ")}: ${stderr}`);
  assertPlainWords(stderr);
  assertEquals(filesBelow(desk.folder), before);
  assertEquals([...Deno.readDirSync(desk.folder)].filter(({ isDirectory }) => isDirectory), [], "an empty folder");
  return stderr.trimEnd().split("\n");
}

Deno.test("wrong arguments are refused with what to do about them", async (t) => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  const cases: readonly (readonly [string, readonly string[], readonly RegExp[]])[] = [
    ["an unknown option", [study, "--worker", "2"], [/unknown option --worker: did you mean --workers\?$/]],
    ["two unknown options", [study, "--frobnicate", "-x"], [/option --frobnicate: --help/, /option -x: --help/]],
    ["no number of workers", [study, "--workers", "many"], [
      /--workers must be a whole number from 1 to 256: got "many"$/,
    ]],
    ["no workers", [study, "--workers=0"], [/--workers must be a whole number from 1 to 256: got "0"$/]],
    ["a plan that is watched", [study, "--plan", "--watch"], [/--watch runs studies and --plan does not: leave one/]],
    ["an executor that is not there", [study, "--executor", "slurm"], [/--executor must be local.*: got "slurm"$/]],
    ["a change without a value", [study, "--set", "model.mass"], [/^Cannot use --set model\.mass: /]],
    ["a change of nothing", [study, "--set", "model.mas=1"], [
      /^Cannot use --set model\.mas=1: .*did you mean mass\?$/,
    ]],
    ["a change to a wrong value", [study, "--set", "model.sites=1.5"], [
      /^Cannot use --set model\.sites=1\.5: .*integer/,
    ]],
    ["no such study", [`${desk.folder}/smal.yaml`], [/^Cannot read \S+\/smal\.yaml: there is no such file: /]],
    ["a folder as a study", [desk.folder], [/^Cannot read \S+: it is a directory: /]],
    ["everything at once", [study, "--worker=2", "--workers=-1"], [/unknown option --worker:/, /--workers must be/]],
  ];
  for (const [name, words, patterns] of cases) {
    await t.step(name, async () => {
      const lines = await refused(desk, words);
      assertEquals(lines.length, patterns.length, lines.join("\n"));
      patterns.forEach((pattern, i) => assertMatch(lines[i], pattern));
    });
  }
});

Deno.test("all mistakes in all studies are told at once, with their places", async (t) => {
  using desk = new Workspace();

  await t.step("three in one file", async () => {
    const [mass, level, mark] = [["mass: 0", 'mass: "heavy"'], ["baths.fermi_level:", "baths.fermi_levels:"], [
      "line",
      "lin",
    ]];
    const wrong = [mass, level, mark].reduce((text, [from, to]) => edited(text, from, to), SMALL_STUDY);
    const study = desk.write("wrong", wrong);
    const place = (words: string): string => {
      const line = wrong.split("\n").findIndex((text) => text.includes(words));
      return `${line + 1}:${wrong.split("\n")[line].indexOf(words) + 1}`;
    };
    const lines = await refused(desk, [study]);
    assertEquals(lines.map((line) => line.split(": ")[0]), [
      `Cannot read ${study}:${place('"heavy"')}`,
      `Cannot read ${study}:${place("baths.fermi_levels")}`,
      `Cannot read ${study}:${place("lin\n".trim())}`,
    ]);
    assertMatch(lines[0], /model\.mass must be a finite number: got "heavy"$/);
    assertMatch(lines[1], /did you mean baths\.fermi_level\?$/);
    assertMatch(lines[2], /mark must be line, .*: got "lin"/);
  });

  await t.step("in two files, one of which is no YAML, while a third is fine", async () => {
    const files = [
      desk.write("fine", SMALL_STUDY),
      desk.write("open", "study: open\nobservables: { gap:\n"),
      desk.write("unknown", "study: unknown\nobservables: { gapp: {} }\n"),
    ];
    const lines = await refused(desk, files);
    assertEquals(lines.length, 2);
    assertMatch(lines[0], /open\.yaml:\d+:\d+: a \{ or \[ is not closed/);
    assertMatch(lines[1], /unknown\.yaml:2:16: unknown key observables\.gapp: did you mean gap\?$/);
  });

  await t.step("two studies of one name, which would write to one folder", async () => {
    const files = [desk.write("one", SMALL_STUDY), desk.write("two", SMALL_STUDY)];
    const lines = await refused(desk, files);
    assertEquals(lines.length, 1);
    assert(lines[0].includes(files[0]) && lines[0].includes(files[1]), lines[0]);
    assertMatch(lines[0], /its study is called small, .*rename one$/);
  });

  await t.step("one file named twice", async () => {
    const study = desk.write("one", SMALL_STUDY);
    assertEquals((await refused(desk, [study, study])).length, 1);
  });

  await t.step("under --plan, --json and --quiet alike", async () => {
    const study = desk.write("wrong", edited(SMALL_STUDY, "mass: 0", "mas: 0"));
    for (const option of ["--plan", "--json", "--quiet"]) {
      const lines = await refused(desk, [study, option]);
      assertEquals(lines.length, 1);
      assertMatch(lines[0], /wrong\.yaml:5:3: unknown key model\.mas: did you mean mass\?$/);
    }
  });

  await t.step("before anything slow happens", async () => {
    const { seconds, code } = await desk.run([`${desk.folder}/nothing.yaml`]);
    assertEquals(code, 2);
    assertLess(seconds, 5);
  });
});
