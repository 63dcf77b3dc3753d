import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Verdict } from "../pipeline/commands/verify.ts";
import { copyFolder } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { runProgram } from "./command_line/program.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

Deno.test("a chart follows from its study until one of the two, or what is between them, is changed", async (t) => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY),
    folder = `${desk.out}/small`,
    chart = `${folder}/against-level.vl.json`;
  await desk.succeed([study]);
  const original = Deno.readTextFileSync(chart);
  const verify = async (path: string, ...words: string[]): Promise<Verdict & { no: string[]; code: number }> => {
    const { code, stdout, stderr } = await runProgram(["verify", path, "--cache", desk.cache, "--json", ...words]);
    assertEquals(stderr, "");
    const verdict = JSON.parse(stdout) as Verdict;
    assertEquals(code, verdict.follows ? 0 : 1);
    return { ...verdict, code, no: verdict.findings.filter(({ holds }) => !holds).map(({ check }) => check) };
  };
  const withSpec = async (edit: (spec: Record<string, unknown>) => unknown): Promise<string[]> => {
    Deno.writeTextFileSync(chart, JSON.stringify(edit(JSON.parse(original))));
    try {
      return (await verify(chart)).no;
    } finally {
      Deno.writeTextFileSync(chart, original);
    }
  };

  await t.step("as it was made", async () => {
    const { code, findings, provenance } = await verify(chart);
    assertEquals([code, findings.map(({ check }) => check)], [0, ["data", "drawing", "record", "study"]]);
    const { outputs } = desk.record("small");
    assertEquals(provenance!.tables, { current: outputs["current.csv"].from[0] });
    assertEquals([provenance!.study, provenance!.chart], ["small", "against-level"]);
    const { stdout } = await runProgram(["verify", chart, "--cache", desk.cache]);
    assertPlainWords(stdout);
    assertMatch(stdout, /^\S+against-level\.vl\.json follows from its study\n( {2}yes {2}.*\.\n){4}$/);
  });

  await t.step("laid out otherwise, and under another name", async () => {
    assertEquals(await withSpec((spec) => spec), []);
    Deno.copyFileSync(chart, `${folder}/renamed.vl.json`);
    assertEquals((await verify(`${folder}/renamed.vl.json`)).no, []);
  });

  await t.step("another number, another look, other hashes", async () => {
    type Row = Record<string, number>;
    const data = (spec: Record<string, unknown>) => (spec.data as { values: Row[] }).values;
    assertEquals(
      await withSpec((spec) => {
        data(spec)[1].charge_current += 1e-9;
        return spec;
      }),
      ["data", "drawing"],
    );
    assertEquals(await withSpec((spec) => ({ ...spec, width: 500 })), ["drawing"]);
    const hashes = (spec: Record<string, unknown>, change: Record<string, unknown>) => {
      const { diracflow } = spec.usermeta as { diracflow: Record<string, unknown> };
      return { ...spec, usermeta: { diracflow: { ...diracflow, ...change } } };
    };
    const [hash] = original.match(/[0-9a-f]{64}/)!;
    assertEquals(await withSpec((spec) => hashes(spec, { parameters: hash.replace(/./g, "0") })), ["record"]);
    assertEquals(await withSpec((spec) => hashes(spec, { tables: { current: hash } })), ["record"]);
    assertEquals(await withSpec(({ usermeta: _, ...spec }) => spec), ["provenance"]);
  });

  await t.step("with the study edited: what matters to it, and what does not", async () => {
    const after = async (from: string, to: string) => {
      desk.write("small", edited(SMALL_STUDY, from, to));
      const { no, findings } = await verify(chart);
      return [no, findings.find(({ check }) => check === "study")!.text] as const;
    };
    const [mass, why] = await after("mass: 0", "mass: 0.1");
    assertEquals(mass, ["study"]);
    assertMatch(why, /does not lead to it without computing .* of diagonalize, .* anew: model\.mass: 0 → 0\.1$/);
    const [title, other] = await after("mark: line", "mark: point");
    assertEquals(title, ["study"]);
    assertMatch(other, /without computing 1 of chart anew: charts\.against-level\.mark: "line" → "point"$/);
    const [idle, although] = await after("baths:\n", "disorder: { strength: 0.5 }\nbaths:\n");
    assertEquals(idle, []);
    assertStringIncludes(although, "whatever else has changed in it (disorder.strength: 0.02 → 0.5");
    const [gone, none] = await after("name: against-level", "name: level");
    assertEquals([gone, none], [["study"], `${study} has no chart that is called against-level`]);
    desk.write("small", SMALL_STUDY);
  });

  await t.step("by --set what the run had set, or what is asked", async () => {
    const words = ["--set", "baths.inverse_temperature=2"], out = `${desk.folder}/set`;
    await desk.succeed([study, ...words], { out });
    const path = `${out}/small/against-level.vl.json`, { no, findings } = await verify(path);
    assertEquals(no, []);
    assertStringIncludes(findings[3].text, "small.yaml with --set baths.inverse_temperature=2 leads to it");
    assertEquals((await verify(path, "--study", study)).no, ["study"]);
    assertEquals((await verify(path, "--study", study, ...words)).no, []);
  });

  await t.step("without the cache, the study's file, or the folder", async () => {
    const path = `${desk.folder}/kept/against-level.vl.json`;
    copyFolder(folder, `${desk.folder}/kept`);
    Deno.renameSync(desk.cache, `${desk.folder}/away`);
    assertEquals((await verify(path)).no, [], "the list of tasks beside it is enough");
    Deno.renameSync(study, `${desk.folder}/moved.yaml`);
    const { no, findings } = await verify(path);
    assertEquals(no, []);
    assertMatch(findings[3].text, /^The study in \S+kept\/run\.json \(its file \S+ is not there\) leads to it/);
    Deno.removeSync(`${desk.folder}/kept/tasks.json`);
    const { findings: [, , , forgotten] } = await verify(path);
    assertMatch(forgotten.text, /anew: neither run\.json nor the cache knows its tasks$/);

    const alone = `${desk.folder}/alone.vl.json`;
    Deno.copyFileSync(chart, alone);
    const refused = await runProgram(["verify", alone]);
    assertEquals(refused.code, 2);
    assertMatch(refused.stderr, /^Cannot verify \S+: there is no run\.json of the study small beside it: .* --study$/m);
    Deno.renameSync(`${desk.folder}/away`, desk.cache);
    assertEquals((await verify(alone, "--study", `${desk.folder}/moved.yaml`)).no, []);
  });

  await t.step("what is no chart is refused", async () => {
    for (const path of [`${folder}/current.csv`, `${folder}/none.vl.json`, folder]) {
      const { code, stdout, stderr } = await runProgram(["verify", path]);
      assertEquals([code, stdout], [2, ""]);
      assertPlainWords(stderr);
      assertMatch(stderr, /^Cannot verify \S+: .*: name the \.vl\.json file of a chart\n$/);
    }
  });
});
