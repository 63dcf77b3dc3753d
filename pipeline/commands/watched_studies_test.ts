import { assertEquals, assertMatch } from "@std/assert";
import { readArguments, type Settings } from "../arguments.ts";
import { inTemporaryFolder } from "../testing/temporary_folder.ts";
import { WatchedStudies } from "./watched_studies.ts";

const STUDY = "study: one\nobservables: { gap: {} }\n";

/** Watches studies in a folder in which files can be written, which count as written a while ago. */
function withStudies(
  names: readonly string[],
  use: (studies: WatchedStudies, write: (name: string, text: string) => string, folder: string) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const words = [...names.map((name) => `${folder}/${name}`), "--out", `${folder}/out`, "--cache", `${folder}/cache`];
    const { settings } = readArguments(words, 1) as { settings: Settings };
    const write = (name: string, text: string) => {
      const path = `${folder}/${name}`;
      Deno.writeTextFileSync(path, text);
      Deno.utimeSync(path, 1, 1);
      return path;
    };
    await use(new WatchedStudies(settings), write, folder);
  });
}

Deno.test("a look tells what is new since the last one, once", () =>
  withStudies(["one.yaml"], async (studies, write) => {
    const nothing = { saved: [], gone: [], errors: [] };
    assertEquals(await studies.look(), nothing, "it is not there yet");
    const one = write("one.yaml", STUDY);
    assertEquals(await studies.look(), { ...nothing, saved: [one] });
    assertEquals(await studies.look(), nothing);
    write("one.yaml", STUDY);
    assertEquals(await studies.look(), nothing, "the same once more");

    write("one.yaml", `${STUDY}model: { mas: 1 }\n`);
    const { saved, errors } = await studies.look();
    assertEquals(saved, [one]);
    assertMatch(errors[0].message, /unknown key model\.mas/);
    assertEquals([studies.studies, [...studies.texts]], [[], []]);
    assertEquals(await studies.look(), nothing, "wrong as before");
    write("one.yaml", STUDY);
    assertEquals((await studies.look()).saved, [one]);

    Deno.removeSync(one);
    assertEquals(await studies.look(), { ...nothing, gone: [one] });
    assertEquals(await studies.look(), nothing);
    assertEquals(studies.studies, []);
    write("one.yaml", STUDY);
    assertEquals((await studies.look()).saved, [one]);
    assertEquals(studies.studies.map(({ study }) => study.study), ["one"]);
  }));

Deno.test("a file that was written to just now is looked at later", () =>
  withStudies(["one.yaml"], async (studies, write) => {
    const one = write("one.yaml", "");
    const now = Date.now() / 1000;
    Deno.utimeSync(one, now, now);
    const clock = Date.now;
    Date.now = () => 1000 * now + 10;
    try {
      assertEquals((await studies.look()).saved, []);
      Date.now = () => 1000 * now + 1000;
      assertEquals((await studies.look()).saved, [one]);
    } finally {
      Date.now = clock;
    }
  }));

Deno.test("what a study extends counts as its own, whether the study was right before or not", () =>
  withStudies(["one.yaml"], async (studies, write, folder) => {
    const one = write("one.yaml", `${STUDY}extends: base.yaml\n`);
    assertMatch((await studies.look()).errors[0].message, /there is no such file/);
    write("base.yaml", "model: { mass: 1 }\n");
    assertEquals(await studies.look(), { saved: [one], gone: [], errors: [] });
    assertEquals(studies.studies[0].study.model.mass, 1);
    write("base.yaml", "model: { mass: 2 }\n");
    assertEquals((await studies.look()).saved, [one]);
    assertEquals(studies.studies[0].study.model.mass, 2);
    Deno.removeSync(`${folder}/base.yaml`);
    assertEquals((await studies.look()).errors.length, 1);
  }));

Deno.test("saves count in the folders of studies, of what they extend, and of what links lead to", () =>
  withStudies(["one.yaml", "link.yaml"], async (studies, write, folder) => {
    Deno.mkdirSync(`${folder}/below`);
    Deno.mkdirSync(`${folder}/elsewhere`);
    write("below/base.yaml", "title: Base\n");
    write("one.yaml", `${STUDY}extends: below/base.yaml\n`);
    write("elsewhere/two.yaml", STUDY.replace("one", "two"));
    Deno.symlinkSync(`${folder}/elsewhere/two.yaml`, `${folder}/link.yaml`);
    assertEquals((await studies.look()).saved.length, 2);
    const real = Deno.realPathSync(folder);
    const folders = new Set([...studies.folders].map((path) => path.replace(real, folder)));
    assertEquals(folders, new Set([`${folder}/`, `${folder}/below/`, `${folder}/elsewhere/`]));
    write("elsewhere/two.yaml", STUDY.replace("one", "three"));
    assertEquals((await studies.look()).saved, [`${folder}/link.yaml`]);
    assertEquals(studies.problems(), []);
    write("elsewhere/two.yaml", STUDY);
    await studies.look();
    assertMatch(studies.problems().join(), /its study is called one/);
  }));
