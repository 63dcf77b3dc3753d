import { assert, assertEquals, assertMatch } from "@std/assert";
import { copyFolder, filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { edited } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** As few artifacts as a chart can be made of. */
const STUDY = `study: first
title: One title for all
model: { sites: 4 }
momentum: { qy: 2, qz: 2 }
sweep: { baths.fermi_level: [-0.2, 0.3] }
observables: { current: {} }
charts:
  - { name: level, observable: current, mark: line, x: fermi_level, y: charge_current }
`;

/** Files that hold nothing that could not be found out again. */
const savesTime = (path: string): boolean => path === "sources.json" || /^(finished|runs)\//.test(path);

/** Ways in which disks and people damage files. */
const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  "a flipped bit": (path) => {
    const bytes = Deno.readFileSync(path);
    bytes[bytes.length >> 1] ^= 4;
    Deno.writeFileSync(path, bytes);
  },
  "a cut": (path) => Deno.truncateSync(path, Deno.statSync(path).size >> 1),
  "a loss": (path) => Deno.removeSync(path),
};

Deno.test("no damage to a file of the cache reaches the results, or stops a run", async (t) => {
  using desk = new Workspace();
  const first = desk.write("first", STUDY);
  // Three studies that together read every artifact of the first: the second its physics, the third its table, for a spec that says the same.
  const level = edited(edited(STUDY, "[-0.2, 0.3]", "[-0.2, 0.3, 0.6]"), "{ current: {} }", "{ current: {}, gap: {} }");
  const second = desk.write("second", edited(level, "study: first", "study: second").split("charts:")[0]);
  const third = desk.write(
    "third",
    edited(edited(STUDY, "study: first", "study: third"), "name:", "vega_lite: {}, name:"),
  );
  const names = ["first", "second", "third"], all = [first, second, third];

  const sound = `${desk.folder}/sound`, straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/cold` };
  await desk.succeed([first], { cache: sound });
  await desk.succeed(all, straight);
  const results = await Promise.all(names.map((name) => desk.results(name, straight.out)));
  const files = filesBelow(sound).filter((path) => path !== "swept"); // an empty file, whose time alone is read
  assertEquals(files.filter((path) => path.startsWith("traces/")).length, 1);
  assert(files.length >= 12); // points, slab, block, two currents, table, CSV, Parquet, spec, SVG, PNG; the journal

  for (const [damage, inflict] of Object.entries(DAMAGES)) {
    await t.step(damage, async () => {
      let warnings = 0;
      for (const path of files) {
        const folders = { out: `${desk.folder}/damaged-out`, cache: `${desk.folder}/damaged` };
        copyFolder(sound, folders.cache);
        inflict(`${folders.cache}/${path}`);
        // Without the sample, which would take as long as the rest, and read nothing that is not read anyway.
        const { code, stderr } = await desk.run([...all, "--quiet", "--workers", "1", "--recheck", "0"], folders);
        const where = `${damage} in ${path}`;
        assertEquals(code, 0, `${where}: ${stderr}`);
        assertPlainWords(stderr);
        if (stderr !== "") {
          assertMatch(
            stderr,
            /^Warning: \S+ (was damaged|has parts that cannot be read).*\n$/,
            `${where}: one warning`,
          );
          assert(stderr.includes(path), `${where}: the warning names the file: ${stderr}`);
          warnings++;
        }
        for (const [i, name] of names.entries()) {
          assertEquals(await desk.results(name, folders.out), results[i], `${where}: ${name}`);
        }
        Deno.removeSync(folders.out, { recursive: true });
        Deno.removeSync(folders.cache, { recursive: true });
      }
      // What only saves time is made again without a word. Every other file was read, and every damage seen; of a lost file nothing can be said.
      assertEquals(warnings, damage === "a loss" ? 0 : files.filter((path) => !savesTime(path)).length);
    });
  }
});
