import { assert, assertEquals, assertMatch } from "@std/assert";
import { Conversation } from "./command_line/conversation.ts";
import { filesBelow } from "./command_line/listing.ts";
import { taskWordsElsewhere } from "./command_line/program.ts";
import { ProjectCopy } from "./command_line/project_copy.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

Deno.test("of several studies the one that is saved is run, by a rename too, and one that is gone when it is back", async () => {
  using desk = new Workspace();
  const named = (name: string, mass = 0) =>
    edited(edited(SMALL_STUDY, "study: small", `study: ${name}`), "mass: 0", `mass: ${mass}`);
  const one = desk.write("one", named("one")), two = desk.write("two", named("two"));
  const words = ["--watch", "--json", "--out", desk.out, "--cache", desk.cache];
  await using watch = new Conversation([one, two, ...words]);
  assertEquals((await watch.event("finished")).study, "one");
  assertEquals((await watch.event("finished")).study, "two");
  assertEquals((await watch.event("watching")).files, [one, two]);

  // As editors do it: a new file beside the old one, which takes its name.
  Deno.renameSync(desk.write("two.new", named("two", 0.1)), two);
  assertEquals((await watch.event("saved")).files, [two]);
  assertEquals((await watch.event("started")).study, "two");
  await watch.event("watching");

  Deno.removeSync(one);
  assertEquals((await watch.event("gone")).files, [one]);
  desk.write("two", named("two", 0.2));
  assertEquals((await watch.event("started")).study, "two");
  assertEquals((await watch.event("watching")).files, [two]);
  desk.write("one", named("one", 0.3));
  assertEquals((await watch.event("saved")).files, [one]);
  assertEquals((await watch.event("started")).study, "one");
  assertEquals((await watch.event("watching")).files, [one, two]);

  // Two of one name would write to one folder: neither is run until that is mended.
  desk.write("two", named("one", 0.4));
  assertMatch(String((await watch.event("invalid")).problems), /its study is called one, as that of \S+one\.yaml is/);
  desk.write("two", named("two", 0.4));
  assertEquals((await watch.event("started")).study, "two");
  await watch.event("watching");
  assertEquals(watch.events.filter(({ event }) => event === "started").length, 6);
  await watch.interrupt();
});

Deno.test("of all studies in configs/ those that are saved are run, new ones and those that extend what is saved too", async () => {
  using desk = new Workspace();
  const configs = `${desk.folder}/configs`;
  Deno.mkdirSync(`${configs}/base`, { recursive: true });
  const write = (name: string, text: string) => Deno.writeTextFileSync(`${configs}/${name}`, text);
  write("one.yaml", edited(SMALL_STUDY, "study: small", "study: one"));
  const words = ["--watch", "--json", "--out", desk.out, "--cache", desk.cache];
  await using watch = new Conversation(words, { folder: desk.folder, task: taskWordsElsewhere() });
  assertEquals((await watch.event("watching")).files, ["configs/one.yaml"]);
  assertMatch(await watch.hears(/^Watching/), /^Watching configs\/: /);

  const [head] = edited(SMALL_STUDY, "study: small\n", "").split("charts:");
  write("base/slab.yaml", head);
  write("two.yaml", "study: two\nextends: base/slab.yaml\n");
  assertEquals((await watch.event("saved")).files, ["configs/two.yaml"]);
  assertEquals((await watch.event("finished")).study, "two");
  assertEquals((await watch.event("watching")).files, ["configs/one.yaml", "configs/two.yaml"]);

  write("base/slab.yaml", edited(head, "mass: 0", "mass: heavy"));
  assertEquals((await watch.event("saved")).files, ["configs/two.yaml"]);
  assertMatch(String((await watch.event("invalid")).problems), /configs\/base\/slab\.yaml:4:9: model\.mass must be/);
  write("base/slab.yaml", edited(head, "mass: 0", "mass: 0.5"));
  assertEquals((await watch.event("finished")).study, "two");
  await watch.event("watching");
  assertEquals(desk.record("two").study.model.mass, 0.5);

  for (const name of ["one.yaml", "two.yaml"]) Deno.removeSync(`${configs}/${name}`);
  const gone: string[] = [];
  while (gone.length < 2) gone.push(...(await watch.event("gone")).files as string[]);
  assertEquals(gone.sort(), ["configs/one.yaml", "configs/two.yaml"]);
  write("three.yaml", edited(SMALL_STUDY, "study: small", "study: three"));
  assertEquals((await watch.event("finished")).study, "three");
  await watch.interrupt();
  assert(filesBelow(desk.out).includes("two/current.csv"), "results of a study that is gone stay");
});

Deno.test("sources that were edited are told, nothing is run with them, and it goes on when they are as they were", async () => {
  using desk = new Workspace();
  const program = new ProjectCopy(desk), study = desk.write("small", SMALL_STUDY);
  await using watch = program.converse([study, "--watch", "--json"]);
  await watch.event("watching");

  program.edit("stages/diagonalize/gap.ts", "/**\n", "/**\n * A word more.\n");
  desk.write("small", edited(SMALL_STUDY, "A small study", "Another"));
  await watch.event("finished");
  await watch.event("watching");

  program.edit("stages/chart/theme.ts", "labelSize: 7.5", "labelSize: 7.6");
  assertEquals((await watch.event("outdated")).files, ["stages/chart/theme.ts"]);
  assertMatch(
    await watch.hears(/changed/),
    /^stages\/chart\/theme\.ts changed, .*: nothing is run any more; end it with Ctrl-C and start it again$/,
  );
  desk.write("small", edited(SMALL_STUDY, "A small study", "A third one"));
  await watch.event("saved");
  await watch.event("outdated");
  const started = () => watch.events.filter(({ event }) => event === "started").length;
  assertEquals(started(), 2);
  program.edit("stages/chart/theme.ts", "labelSize: 7.6", "labelSize: 7.5");
  await watch.event("finished");
  assertEquals([started(), desk.record("small").study.title], [3, "A third one"]);
  await watch.interrupt();
});
