import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Diff } from "../pipeline/commands/diff.ts";
import type { TableDifference } from "../pipeline/report/table_difference.ts";
import { keyColumnsOf } from "../pipeline/study/columns.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { runProgram } from "./command_line/program.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

async function diff(desk: Workspace, a: string, b: string): Promise<Diff> {
  const { code, stdout, stderr } = await runProgram(["diff", a, b, "--cache", desk.cache, "--json"]);
  assertEquals([code, stderr], [0, ""]);
  return JSON.parse(stdout);
}

Deno.test("runs and studies are compared by what was set, made and found", async (t) => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY), folder = `${desk.out}/small`;
  await desk.succeed([study]);
  const warm = edited(
    edited(SMALL_STUDY, "inverse_temperature: 1", "inverse_temperature: 3"),
    "[-0.4, 0.4]",
    "[0.4, 0.7]",
  );
  const other = desk.write("warm", edited(warm, "study: small", "study: warm"));

  await t.step("a study and its run", async () => {
    const { parameters, artifacts, tables, code, kernels } = await diff(desk, study, folder);
    assertEquals([parameters, code, kernels], [[], [], null]);
    for (const { a, b, both } of Object.values(artifacts!)) assertEquals([a, b], [both, both]);
    for (const table of Object.values(tables) as TableDifference[]) {
      assertEquals([table.both, table.onlyFirst, table.onlySecond], [4, 0, 0]);
      assertEquals(table.columns.map(({ rows }) => rows), table.columns.map(() => 0));
    }
  });

  await t.step("a study that has not been computed", async () => {
    const { parameters, artifacts, tables } = await diff(desk, study, other);
    const line = (text: string, words: string) => text.split("\n").findIndex((line) => line.includes(words)) + 1;
    assertEquals(parameters.map(({ path, old, new: now }) => [path, old, now]), [
      ["study", "small", "warm"],
      ["baths.inverse_temperature", 1, 3],
      ["sweep.baths.fermi_level", [-0.4, 0.4], [0.4, 0.7]],
    ]);
    assertEquals([parameters[1].oldPlace, parameters[1].newPlace], [
      { file: study, line: line(SMALL_STUDY, "inverse_temperature") },
      { file: other, line: line(warm, "inverse_temperature") },
    ]);
    const { both, a } = artifacts!.diagonalize;
    assertEquals([both, artifacts!.current.both], [a, 0]);
    assertMatch(tables.current as string, /warm\.yaml has not been computed as it is now/);
  });

  await t.step("two runs, and the same as text", async () => {
    await desk.succeed([other]);
    const { tables } = await diff(desk, folder, `${desk.out}/warm/`), current = tables.current as TableDifference;
    assertEquals([current.both, current.onlyFirst, current.onlySecond], [2, 2, 2]);
    // Worked out from the files.
    const rows = ["small", "warm"].map((name) =>
      desk.table(name, "current").rows.filter((row) => row.fermi_level === "0.4").map((row) =>
        Number(row.charge_current)
      )
    );
    const differences = rows[0].map((value, i) => Math.abs(value - rows[1][i]));
    const charge = current.columns.find(({ column }) => column === "charge_current")!;
    assertEquals([charge.rows, charge.absolute], [2, Math.max(...differences)]);
    assertEquals(charge.at!["baths.fermi_level"], "0.4");
    assertEquals((tables.gap as TableDifference).columns, [{ column: "gap", rows: 0, absolute: 0, relative: 0 }]);

    const { stdout } = await runProgram(["diff", folder, other, "--cache", desk.cache]);
    assertPlainWords(stdout);
    assertStringIncludes(stdout, `\n  baths.inverse_temperature: 1 → 3   (${other}:`);
    assertMatch(stdout, /\n {2}diagonalize +(\d+) +\1 +\1\n/);
    assertMatch(stdout, /\n {2}current: 2 rows in both, by .*; 2 only in \S+small; 2 only in \S+warm\.yaml\n/);
    assertMatch(stdout, /\n {4}charge_current: up to \S+, relative \S+, in 2 rows; largest at .*fermi_level 0\.4/);
  });

  await t.step("what one sweeps and the other one fixes", async () => {
    const slopes = "  baths.chemical_potential_slope: [0.01, 0.02]\n",
      [unswept] = edited(SMALL_STUDY, slopes, "").split("charts:");
    const fixed = edited(unswept, "baths:\n", "baths:\n  chemical_potential_slope: 0.02\n");
    const { tables } = await diff(desk, folder, await computed(desk, fixed));
    const { both, onlyFirst, columns } = tables.current as TableDifference;
    assertEquals([both, onlyFirst, columns[0].rows], [2, 2, 0]);
  });

  await t.step("a file that was changed since its run is no result", async () => {
    Deno.writeTextFileSync(`${folder}/gap.csv`, "fermi_level,gap\n1,2\n");
    Deno.removeSync(`${folder}/current.csv`);
    const { tables } = await diff(desk, folder, study);
    assertMatch(tables.gap as string, /gap\.csv was changed since its run$/);
    assertMatch(tables.current as string, /current\.csv is not there$/);
  });
});

/** The folder of another study's run. */
async function computed(desk: Workspace, text: string): Promise<string> {
  await desk.succeed([desk.write("fixed", edited(text, "study: small", "study: fixed"))]);
  return `${desk.out}/fixed`;
}

Deno.test("the key columns of every observable tell its rows apart", async () => {
  using desk = new Workspace();
  const text = `study: all
model: { sites: 8 }
momentum: { qy: 8, qz: 8 }
disorder: { scheme: fba }
sweep:
  baths.fermi_level: [0, 0.2]
  model.mass: { from: -3, to: 0, count: 7 }
observables:
  bands: { qy: [0, 0.5], qz: [0, 1] }
  continuum: { qy: [0, 0.5], levels: 2 }
  continuum_density: { qy: [0.1, 0.2], qz: [0, 0.1] }
  current: {}
  current_by_branch: {}
  current_limit: {}
  current_profile: {}
  density: { qy: [0.1, 0.2], qz: [0, 0.1] }
  formula: { cutoff: 1, order: [exact, first] }
  gap: {}
  gap_opening: { along: model.mass }
  response: {}
  self_energy: { omega: [0, 0.5] }
  spectral: { omega: [0, 0.5], qy: [0, 0.5], qz: 0 }
`;
  await desk.succeed([desk.write("all", text)]);
  const { study } = desk.record("all"), observables = Object.keys(study.observables);
  for (const observable of observables) {
    const { columns, rows } = desk.table("all", observable), keys = keyColumnsOf(study, observable);
    const names = [...keys.swept.map(([, column]) => column), ...keys.own];
    for (const name of names) assert(columns.includes(name), `${observable} has no ${name}`);
    const distinct = new Set(rows.map((row) => names.map((name) => row[name]).join()));
    assertEquals(distinct.size, rows.length, observable);
  }
});

Deno.test("what cannot be compared is refused, all of it at once", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY), wrong = desk.write("wrong", edited(SMALL_STUDY, "mass: 0", "mas: 0"));
  await desk.succeed([study]);
  const refused = async (a: string, b: string): Promise<string[]> => {
    const { code, stdout, stderr } = await runProgram(["diff", a, b]);
    assertEquals([code, stdout], [2, ""]);
    assertPlainWords(stderr);
    return stderr.trimEnd().split("\n");
  };
  const [first, second, ...none] = await refused(desk.out, wrong);
  assertMatch(first, /^Cannot compare \S+: it has no run\.json .*: did you mean \S+\/small\?$/);
  assertMatch(second, /wrong\.yaml:\d+:\d+: unknown key model\.mas: did you mean mass\?$/);
  assertEquals(none, []);
  assertMatch((await refused(study, `${desk.folder}/none`))[0], /^Cannot read \S+: there is no such file/);
});
