import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

const POINTS = 4;

Deno.test("after an edit only what depends on it is computed", async (t) => {
  using desk = new Workspace();
  /** Runs the small study with a new text; returns what was computed, stage by stage. */
  const after = async (text: string): Promise<Record<string, number>> => {
    await desk.succeed([desk.write("small", text)]);
    return desk.computed("small");
  };
  const cold = await after(SMALL_STUDY);
  const lines = desk.table("small", "current").lines;
  const results = await desk.results("small");
  const { diagonalize, chart, ...others } = cold;
  assertEquals(others, { expand: 1, hamiltonian: 1, current: POINTS, aggregate: 7 }); // two tables of three artifacts each, and a ledger
  assert(diagonalize > 0 && chart >= 3, "a chart is a spec, a drawing and images");

  await t.step("nothing, when nothing was edited", async () => {
    assertEquals(await after(SMALL_STUDY), {});
    assertEquals(await desk.results("small"), results);
  });

  await t.step("nothing, when only comments, the order of keys or the spelling of numbers were edited", async () => {
    const mass = "  sites: 8\n  mass: 0\n", levels = "[-0.4, 0.4]";
    assertEquals(await after(edited(SMALL_STUDY, "title:", "# a comment\ntitle:")), {});
    assertEquals(await after(edited(SMALL_STUDY, mass, "  mass: 0\n  sites: 8\n")), {});
    assertEquals(await after(edited(SMALL_STUDY, levels, "{ from: -4e-1, to: 0.40, count: 2 }")), {});
    const [head, tail] = SMALL_STUDY.split("model:\n");
    const [model, rest] = tail.split("momentum:");
    assertEquals(await after(`${head}momentum:${rest}model:\n${model}`), {});
    assertEquals(await after(edited(SMALL_STUDY, "baths:\n", "baths:\n  fermi_level: 0\n")), {}); // the default
    assertEquals(await desk.results("small"), results);
  });

  await t.step("the new points' currents, when a Fermi level is added", async () => {
    const computed = await after(edited(SMALL_STUDY, "[-0.4, 0.4]", "[-0.4, 0.1, 0.4]"));
    assertEquals(computed, { expand: 1, current: 2, aggregate: 7, chart });
    const table = desk.table("small", "current");
    assertEquals(table.rows.length, 6);
    assertEquals(table.lines.filter((_, row) => table.rows[row].fermi_level !== "0.1"), lines);
  });

  await t.step("currents, when a slope or the temperature is edited", async () => {
    assertEquals(await after(edited(SMALL_STUDY, "[0.01, 0.02]", "[0.01, 0.03]")), {
      expand: 1,
      current: 2,
      aggregate: 7,
      chart,
    });
    const temperature = "inverse_temperature: 1\n";
    const colder = await after(edited(SMALL_STUDY, temperature, "inverse_temperature: 5\n"));
    // The gap's table has no temperature in it and stays as it is.
    assertEquals(colder, { expand: 1, current: POINTS, aggregate: 4, chart });
    const gradient = edited(SMALL_STUDY, temperature, `${temperature}  inverse_temperature_slope: 0.5\n`);
    assertEquals(await after(gradient), { expand: 1, current: POINTS, aggregate: 4, chart });
  });

  await t.step("the chart, when the title or the chart is edited", async () => {
    const title = await after(edited(SMALL_STUDY, "A small study", "A study that is small"));
    assertEquals(Object.keys(title), ["chart"]);
    assert((await Deno.readTextFile(`${desk.out}/small/against-level.vl.json`)).includes("A study that is small"));
    assertEquals(await after(edited(SMALL_STUDY, "mark: line", "mark: point")), { chart });
    const drawn = await desk.results("small");
    for (const [name, hash] of Object.entries(results)) {
      if (/^against-level\.|^report\.html$|^tasks\.json$/.test(name)) assertNotEquals(drawn[name], hash);
      else assertEquals(drawn[name], hash);
    }
  });

  await t.step("what names all parameters, when one is edited that nothing else shows", async () => {
    const edit = edited(SMALL_STUDY, "baths:\n", "disorder: { strength: 0.5 }\nbaths:\n");
    assertEquals(await after(edit), { expand: 1, chart: 2 }); // the report, and what the chart's spec says it came from
    const unlike = Object.entries(await desk.results("small")).filter(([name, hash]) => results[name] !== hash);
    assertEquals(unlike.map(([name]) => name), ["against-level.vl.json", "report.html", "tasks.json"]);
  });

  await t.step("all of the physics, when the mass is edited", async () => {
    const massive = await after(edited(SMALL_STUDY, "mass: 0", "mass: 0.1"));
    assertEquals(massive, { ...cold, hamiltonian: 1, diagonalize, current: POINTS });
    assertNotEquals(desk.table("small", "current").lines[0], lines[0]);
  });

  await t.step("the contraction, when an observable is added whose blocks are there", async () => {
    assertEquals(await after(edited(SMALL_STUDY, "  gap: {}", "  gap: {}\n  current_profile: {}")), {
      current: POINTS,
      aggregate: 4,
      chart: 1, // the report
    });
  });

  await t.step("what names the study, for one of another name that asks for the same", async () => {
    const twin = edited(SMALL_STUDY, "study: small", "study: twin");
    await desk.succeed([desk.write("twin", twin)]);
    assertEquals(desk.computed("twin"), { chart: 2 });
    const unlike = Object.entries(await desk.results("twin")).filter(([name, hash]) => results[name] !== hash);
    assertEquals(unlike.map(([name]) => name), ["against-level.vl.json", "report.html", "tasks.json"]);
  });

  await t.step("nothing, when all edits are taken back", async () => {
    assertEquals(await after(SMALL_STUDY), {});
    assertEquals(await desk.results("small"), results);
  });

  await t.step("the same through --set as through the file", async () => {
    const study = desk.write("small", SMALL_STUDY);
    await desk.succeed([study, "--set", "model.mass=0.1"]);
    assertEquals(desk.computed("small"), {});
    await desk.succeed([study, "--set", "baths.inverse_temperature=5"]);
    assertEquals(desk.computed("small"), {});
    await desk.succeed([study, "--set", "momentum.qz=4"]);
    assertEquals(desk.computed("small").current, POINTS);
  });
});

Deno.test("--plan computes and writes nothing, and says what the run then computes", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  const planned = async (): Promise<Record<string, number>> => {
    const { code, stdout, stderr } = await desk.run([study, "--plan", "--json"]);
    assertEquals([code, stderr], [0, ""]);
    const plan = JSON.parse(stdout) as { study: string; stages: { stage: string; compute: number }[] };
    assertEquals(plan.study, "small");
    return Object.fromEntries(plan.stages.filter(({ compute }) => compute > 0).map((p) => [p.stage, p.compute]));
  };
  const cold = await planned();
  assertEquals([...Deno.readDirSync(desk.folder)].map(({ name }) => name), ["small.yaml"]);
  await desk.succeed([study]);
  assertEquals(desk.computed("small"), cold);
  assertEquals(await planned(), {});

  desk.write("small", edited(SMALL_STUDY, "[-0.4, 0.4]", "[-0.4, 0.1, 0.4]"));
  const before = await desk.results("small");
  const edit = await planned();
  assertEquals(await desk.results("small"), before);
  await desk.succeed([study]);
  assertEquals(desk.computed("small"), edit);
  assertEquals(edit.current, 2);
});
