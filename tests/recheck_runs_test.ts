import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { decodeArtifact, encodeArtifact } from "../pipeline/store/codec.ts";
import { ObjectStore } from "../pipeline/store/object_store.ts";
import { TraceStore } from "../pipeline/store/trace_store.ts";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** Changes the last digit of a number in an artifact that a task made, so that its checksum is right and its content is not. */
async function forge({ cache }: Workspace, task: string): Promise<{ kept: string; made: string }> {
  const traces = new TraceStore(cache), objects = new ObjectStore(cache), ignore = () => {};
  const { key, hash, seconds } = [...traces.all()].find((trace) => trace.task === task)!;
  const value = decodeArtifact("arrays", objects.read(hash, ignore)!) as Record<string, unknown>;
  const array = Object.values(value).find((item) => item instanceof Float64Array && item[0] !== 0) as Float64Array;
  array[0] *= 1 + 2 ** -50;
  const kept = await objects.write(encodeArtifact("arrays", value), ignore);
  traces.forget((trace) => trace.key === key);
  traces.add({ key, hash: kept, task, seconds });
  traces.close();
  return { kept, made: hash };
}

Deno.test("an artifact that is not what the program computes fails the run, and is computed anew by the next one", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  await desk.succeed([study]);
  const results = await desk.results("small"), record = desk.record("small");
  assertEquals(record.recheck, { ...record.recheck, run: 1, cached: 0, checked: 0 });
  const { kept, made } = await forge(desk, "diagonalize/block");

  // Something to do, so that the run is no repetition; without the sample it would build on the forgery.
  desk.write("small", edited(SMALL_STUDY, "[-0.4, 0.4]", "[-0.4, 0.1, 0.4]"));
  const { code, stdout, stderr } = await desk.run([study, "--recheck", "100", "--json"]);
  assertEquals(code, 1);
  assertPlainWords(stderr);
  assertMatch(stderr, /^small: Cannot trust the cache: an artifact of a sample .* so nothing is written$/m);
  assertMatch(stderr, /^ {2}- diagonalize\/block of \{"/m);
  for (const part of [kept, made, `${desk.cache}/objects/damaged/${kept}`]) assertStringIncludes(stderr, part);
  const failed = stdout.trimEnd().split("\n").map((line) => JSON.parse(line)).find(({ event }) => event === "failed");
  const [{ task, parameters, ...difference }] = failed.differences;
  assertEquals([failed.differences.length, task, difference.kept, difference.made], [
    1,
    "diagonalize/block",
    kept,
    made,
  ]);
  assert(parameters.qy.length > 0);
  assertEquals([await desk.results("small"), desk.record("small")], [results, record], "nothing is written");
  assertEquals(filesBelow(`${desk.cache}/objects/damaged`), [kept]);

  await desk.succeed([study, "--recheck", "100"]);
  const straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/cold` };
  await desk.succeed([study], straight);
  assertEquals(await desk.results("small"), await desk.results("small", straight.out));
});

Deno.test("each run draws others, by a seed that run.json has; a run with nothing to do draws none", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  await desk.succeed([study]);
  const seeds = new Set<string>();
  for (let run = 2; run < 5; run++) {
    await desk.succeed([study, "--set", `title=Run ${run}`]);
    const { recheck } = desk.record("small");
    assertEquals([recheck.run, recheck.checked >= 1, recheck.cached > 10], [run, true, true]);
    assertMatch(recheck.seed, new RegExp(`^small \\d{4}-\\d\\d-\\d\\d ${run}$`));
    seeds.add(recheck.seed);
  }
  assertEquals(seeds.size, 3);
  const words = [study, "--set", "title=Run 4"];
  await desk.succeed(words);
  assertEquals(desk.record("small").recheck.run, 4, "nothing to do: nothing is used, and nothing drawn");
  Deno.removeSync(`${desk.out}/small/current.csv`);
  await desk.succeed([...words, "--recheck", "100"]);
  const { cached, checked } = desk.record("small").recheck;
  assertEquals(checked, cached, "all of them, the drawings included, whose place is the main thread");
  Deno.removeSync(`${desk.out}/small/current.csv`);
  await desk.succeed([...words, "--recheck", "0"]);
  assertEquals(desk.record("small").recheck, { ...desk.record("small").recheck, run: 6, cached: 0, checked: 0 });
});

Deno.test("a percentage that is none is refused", async () => {
  using desk = new Workspace();
  for (const percent of ["101", "-1", "some", "1e1"]) {
    const { code, stderr } = await desk.run([desk.write("small", SMALL_STUDY), `--recheck=${percent}`]);
    assertEquals([code, stderr], [
      2,
      `Cannot read the arguments: --recheck must be a number from 0 to 100: got "${percent}"\n`,
    ]);
  }
});
