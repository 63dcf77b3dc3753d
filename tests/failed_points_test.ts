import { assert, assertEquals, assertMatch } from "@std/assert";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { edited } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** At the second mass no eigenvalue is finite. */
const STUDY = `study: steep
model: { sites: 6 }
momentum: { qy: 4, qz: 4 }
sweep:
  model.mass: [0, 1e308, 0.2]
  baths.fermi_level: [-0.4, 0.4]
observables: { current: {}, gap: {} }
`;

Deno.test("points that fail leave the results of the last complete run alone, and what the others made is kept", async () => {
  using desk = new Workspace();
  await desk.succeed([desk.write("steep", edited(STUDY, "1e308", "0.1"))]);
  const results = await desk.results("steep"), record = desk.record("steep");

  const study = desk.write("steep", STUDY), bad = await desk.run([study, "--json", "--set", "momentum.qz=6"]);
  assertEquals(bad.code, 1);
  assertPlainWords(bad.stderr);
  const [head, ...lines] = bad.stderr.trimEnd().split("\n");
  assertMatch(
    head,
    /^steep: Cannot finish the study: 2 of its 6 points failed, and no tables are written without them; /,
  );
  assertEquals(lines.length, 1);
  assertMatch(
    lines[0],
    /^ {2}- model\.mass = 1e\+308, baths\.fermi_level = -0\.4; model\.mass = 1e\+308, baths\.fermi_level = 0\.4: Stage diagonalize \(block\) failed: Cannot find the eigenvalues/,
  );
  const events = bad.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  const { points } = events.find(({ event }) => event === "failed");
  assertEquals(points.map(({ index, swept }: { index: number; swept: unknown }) => [index, swept]), [
    [2, { "model.mass": 1e308, "baths.fermi_level": -0.4 }],
    [3, { "model.mass": 1e308, "baths.fermi_level": 0.4 }],
  ]);
  assert(!events.some(({ event }) => event === "output"));
  assertEquals(await desk.results("steep"), results);
  assertEquals(desk.record("steep"), record);

  await desk.succeed([desk.write("steep", edited(STUDY, "1e308", "0.1")), "--set", "momentum.qz=6"]);
  assertEquals(desk.record("steep").stages.current, { computed: 2, cached: 4 });
  const fresh = { out: `${desk.folder}/fresh`, cache: `${desk.folder}/cold` };
  await desk.succeed([study, "--set", "momentum.qz=6"], fresh);
  assertEquals(await desk.results("steep", fresh.out), await desk.results("steep"));
  assertEquals(filesBelow(desk.folder).filter((path) => path.endsWith(".tmp")), []);
});
