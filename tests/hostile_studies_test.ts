import { assert, assertEquals, assertMatch } from "@std/assert";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** Everything below a folder, with what tells whether it was touched; links are not followed, and nothing is opened. */
function snapshot(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`, { size, mtime, ino } = Deno.lstatSync(path);
    return isDirectory ? [path, ...snapshot(path)] : [`${path} ${size} ${mtime?.getTime()} ${ino}`];
  }).sort();
}

/** Runs the program, expects exit code 2 and nothing written anywhere, and returns the lines on stderr. */
async function refused(desk: Workspace, words: readonly string[], cache?: string): Promise<string[]> {
  const before = snapshot(desk.folder);
  const { code, stdout, stderr } = await desk.run(words, cache === undefined ? {} : { cache });
  assertEquals([code, stdout], [2, ""], stderr);
  assertPlainWords(stderr);
  assertEquals(snapshot(desk.folder), before);
  return stderr.trimEnd().split("\n").map((line) => line.replaceAll(`${desk.folder}/`, ""));
}

Deno.test("what is no study, or means harm, is refused in words, all at once, and nothing is written", async () => {
  using desk = new Workspace();
  const file = (name: string) => `${desk.folder}/${name}.yaml`;
  const bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 12; i++) bomb.push(`a${i}: &a${i} [${Array(10).fill(`*a${i - 1}`).join(", ")}]`);
  const gap = "observables: { gap: }\n";
  const texts: Readonly<Record<string, string | Uint8Array>> = {
    bomb: bomb.join("\n"),
    deep: "[".repeat(100_000),
    huge: "#".repeat(2 ** 20 + 1),
    latin: new Uint8Array([0x73, 0xe9, 0x0a]),
    binary: new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]),
    outside: `study: ../../x\n${gap}`,
    absolute: `study: /tmp/x\n${gap}`,
    code: `study: !!js/function "function () { Deno.exit(7) }"\n${gap}`,
    prototype: `study: a\n__proto__: { polluted: 1 }\n${gap}`,
    formula: `study: a\n${gap}model: { gauge_field: { profile: expression, expression: "Deno.exit(7)" } }\n`,
    terminal: `study: a\n"\\e]0;x\\a": 1\n${gap}`,
    endless: `study: a\n${gap}sweep: { model.mass: { from: 0, to: 1, count: 1e300 } }\n`,
    nan: `study: a\n${gap}model: { mass: .nan, velocity: -.inf }\n`,
    twice: `study: a\nstudy: b\n${gap}`,
    secrets: `study: a\nextends: ../../../../../../etc/passwd\n${gap}`,
    loop: `study: a\nextends: loop.yaml\n${gap}`,
  };
  for (const [name, text] of Object.entries(texts)) {
    Deno.writeFileSync(file(name), typeof text === "string" ? new TextEncoder().encode(text) : text);
  }
  // Beside the folder whose files are compared: reading a pipe never ends.
  using other = new Workspace();
  const pipe = `${other.folder}/pipe.yaml`;
  assertEquals((await new Deno.Command("mkfifo", { args: [pipe] }).output()).code, 0);
  const words = [
    ...Object.keys(texts).map(file),
    pipe,
    "/dev/zero",
    "/dev/stdin",
    "/proc/self/environ",
    desk.folder,
  ];
  const lines = await refused(desk, words);
  const expected: readonly RegExp[] = [
    /^bomb\.yaml: it expands to more than 1000000 values: /,
    /^deep\.yaml: it is nested too deeply$/,
    /^huge\.yaml: it is larger than 1 MiB: /,
    /^latin\.yaml: it is not UTF-8 text: save it as UTF-8$/,
    /^binary\.yaml: it is no text: it has zero bytes; /,
    /^outside\.yaml:1:8: study must be a name of .*: got "\.\.\/\.\.\/x"/,
    /^absolute\.yaml:1:8: study must be a name of .*: got "\/tmp\/x"/,
    /^code\.yaml:1:\d+: the tag js\/function is not for studies: /,
    /^prototype\.yaml: the key __proto__ is not allowed: rename it$/,
    /^formula\.yaml:3:\d+: model\.gauge_field\.expression cannot be read at character 1: unknown name "Deno\.exit"/,
    /^terminal\.yaml:2:1: unknown key \\u\{1b\}\]0;x\\u\{7\}: /,
    /^endless\.yaml:3:\d+: sweep\.model\.mass\.count must be an integer from 1 to 1000000: got 1e\+300$/,
    /^nan\.yaml:3:\d+: model\.mass must be a finite number: got NaN$/,
    /^nan\.yaml:3:\d+: model\.velocity must be a finite number: got -Infinity$/,
    /^twice\.yaml:2:1: the key study appears twice: /,
    /^secrets\.yaml:2:10: extends must stay in \S+: got "\.\.\/.*passwd": copy the file there$/,
    /^loop\.yaml:2:10: extends goes round in a circle: loop\.yaml → loop\.yaml: /,
    /^\S+\/pipe\.yaml: it is no regular file but a pipe or a device: /,
    /^\/dev\/zero: it is no regular file but a pipe or a device: /,
    /^\/dev\/stdin: it (is no regular file|belongs to the system)/,
    /^\/proc\/self\/environ: it belongs to the system: /,
    /^\S+: it is a directory: /,
  ];
  assertEquals(lines.length, expected.length, lines.join("\n"));
  lines.forEach((line, i) => assertMatch(line.replace(/^Cannot read /, ""), expected[i]));
});

Deno.test("results go to folders of their own, or nowhere", async (t) => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY),
    other = desk.write("other", edited(SMALL_STUDY, "study: small", "study: other"));
  const elsewhere = `${desk.folder}/elsewhere`;
  Deno.mkdirSync(elsewhere);
  Deno.writeTextFileSync(`${elsewhere}/run.json`, "precious");
  Deno.mkdirSync(desk.out);

  await t.step("not through a link that leaves the output folder, whether its end is there or not", async () => {
    for (const target of [elsewhere, `${desk.folder}/nowhere`]) {
      Deno.symlinkSync(target, `${desk.out}/small`);
      for (const words of [[study], [study, "--plan"]]) {
        const [line, ...more] = await refused(desk, words);
        assertEquals(more, []);
        assertMatch(
          line,
          /^Cannot run small\.yaml: its results go to out\/small, which is a link to \S+; remove the link/,
        );
      }
      Deno.removeSync(`${desk.out}/small`);
    }
    assertEquals(Deno.readTextFileSync(`${elsewhere}/run.json`), "precious");
    assertEquals(filesBelow(`${desk.folder}/nowhere`), []);
  });

  await t.step("not both into one folder, by way of a link or of two spellings of a file", async () => {
    Deno.symlinkSync("other", `${desk.out}/small`);
    assertMatch((await refused(desk, [study, other]))[0], /which is a link to other; remove the link/);
    Deno.removeSync(`${desk.out}/small`);
    assertMatch(
      (await refused(desk, [study, `${desk.folder}/./small.yaml`]))[0],
      /both would write to one folder; rename one$/,
    );
  });

  await t.step("not into the cache, nor the cache into them", async () => {
    assertMatch(
      (await refused(desk, [study], `${desk.out}/small`))[0],
      /the cache folder out\/small is in out\/small, where its results go/,
    );
    assertMatch(
      (await refused(desk, [study], `${desk.out}/small/../small/cache`))[0],
      /where its results go; use another --cache$/,
    );
    assertMatch((await refused(desk, [study], desk.out))[0], /^Cannot use --out out: it is in the cache folder out, /);
  });

  await t.step("not through a link that took the folder's place after a run", async () => {
    await desk.succeed([study]);
    Deno.renameSync(`${desk.out}/small`, `${elsewhere}/small`);
    Deno.symlinkSync(`${elsewhere}/small`, `${desk.out}/small`);
    assertMatch((await refused(desk, [study]))[0], /which is a link to /);
    Deno.removeSync(`${desk.out}/small`);
  });

  await t.step("the output folder itself may be a link, and a file in it is replaced, not followed", async () => {
    Deno.symlinkSync(elsewhere, `${desk.folder}/linked`);
    const { code, stderr } = await desk.run([study, "--quiet"], { out: `${desk.folder}/linked` });
    assertEquals([code, stderr], [0, ""]);
    Deno.writeTextFileSync(`${desk.folder}/precious.csv`, "precious");
    Deno.removeSync(`${elsewhere}/small/gap.csv`);
    Deno.symlinkSync(`${desk.folder}/precious.csv`, `${elsewhere}/small/gap.csv`);
    assertEquals((await desk.run([study, "--quiet"], { out: `${desk.folder}/linked` })).code, 0);
    assertEquals(Deno.readTextFileSync(`${desk.folder}/precious.csv`), "precious");
    assert(Deno.lstatSync(`${elsewhere}/small/gap.csv`).isFile);
  });
});

Deno.test("what is odd or large is said, also when there is nothing to do, and what is too large has to be asked for twice", async () => {
  using desk = new Workspace();
  const study = desk.write(
    "idle",
    edited(edited(SMALL_STUDY, "  current: {}\n", ""), /charts:[^]*/.exec(SMALL_STUDY)![0], ""),
  );
  const warning = (path: string, line: number) =>
    `Warning: ${study}:${line}:${
      path.length + 5
    }: ${path} is swept, and nothing that this study computes depends on it: all its values give the same numbers`;
  const warnings = [warning("baths.chemical_potential_slope", 10), warning("baths.fermi_level", 11)];
  for (const run of ["cold", "warm"]) {
    const { code, stderr, stdout } = await desk.run([study, "--quiet", "--json"]);
    assertEquals([code, stderr.trimEnd().split("\n")], [0, warnings], run);
    const events = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(
      events.filter(({ event }) => event === "warning").map(({ study, message }) => [study, `Warning: ${message}`]),
      warnings.map((text) => ["small", text]),
    );
  }

  const large = [
    "model.sites=1000",
    "momentum.qy=4000",
    "momentum.qz=4000",
    "sweep.model.mass={from: 0, to: 1, count: 900}",
  ]
    .flatMap((change) => ["--set", change]);
  const [line, ...more] = await refused(desk, [study, ...large, "--workers", "2"]);
  assertEquals(more, []);
  assertMatch(
    line,
    /^Cannot run idle\.yaml: it would take about \d+ years with 2 workers, .* add --unlimited to run it all the same$/,
  );
});

Deno.test("a change in a base is a change of the study", async () => {
  using desk = new Workspace();
  const base = desk.write("base", SMALL_STUDY), study = desk.write("member", "study: member\nextends: base.yaml\n");
  await desk.succeed([study]);
  await desk.succeed([study]);
  assertEquals(desk.computed("member"), {});
  Deno.writeTextFileSync(base, edited(SMALL_STUDY, "mass: 0", "mass: 0.2"));
  const { stdout } = await desk.run([study, "--plan"]);
  assertMatch(stdout, /model\.mass: 0 → 0\.2 \(\S+base\.yaml:5\)/);
  await desk.succeed([study]);
  assertEquals(desk.computed("member").hamiltonian, 1);
  assertEquals((desk.record("member").study.model as { mass: number }).mass, 0.2);
});
