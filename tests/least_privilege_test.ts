import { assert, assertEquals } from "@std/assert";
import { copyFolder, listing } from "./command_line/listing.ts";
import { REPOSITORY, runProgram, taskWords } from "./command_line/program.ts";
import { SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";
import type { Attempts } from "./faults/intruder.ts";

Deno.test("the task may read and write files, and nothing else", () => {
  const flags = taskWords().filter((word) => word.startsWith("-"));
  const granted = flags.filter((flag) => /^(-[A-Z]|--allow-|--permission)/.test(flag) || flag === "-P");
  assertEquals(granted.sort(), ["--allow-read", "--allow-write"]);
  assert(flags.includes("--frozen"), "the lock file holds");
});

Deno.test("a stage reaches neither the network, nor the environment, nor other programs", async () => {
  using desk = new Workspace();
  const intruder = new URL("./faults/intruder.ts", import.meta.url).href;
  const task = taskWords().map((word) => word.endsWith("main.ts") ? intruder : word);
  assert(task.includes(intruder));
  const { code, stdout, stderr } = await runProgram([desk.folder], { task });
  assertEquals([code, stderr], [0, ""]);
  const attempts = JSON.parse(stdout) as Attempts;
  assertEquals(attempts, Object.fromEntries(Object.keys(attempts).map((name) => [name, "NotCapable"])));
  assert(Object.keys(attempts).length >= 10);
});

Deno.test("a run writes below its two folders only", async () => {
  using desk = new Workspace();
  const study = desk.write("small", SMALL_STUDY);
  // With the permission to write anywhere else taken away, it does all the same.
  const task = taskWords().map((word) => word === "--allow-write" ? `--allow-write=${desk.out},${desk.cache}` : word);
  const words = [study, "--out", desk.out, "--cache", desk.cache, "--quiet"];
  for (const run of ["cold", "warm"]) {
    const { code, stderr } = await runProgram(words, { task });
    assertEquals([code, stderr], [0, ""], run);
  }
  assert(Object.keys(await desk.results("small")).length >= 7);
});

Deno.test("a run without options writes below outputs/ only, and runs every study of configs/", async () => {
  using desk = new Workspace();
  // In a copy, since others may be at work in the repository.
  const copy = `${desk.folder}/copy`, repository = decodeURIComponent(REPOSITORY.pathname);
  for (const name of ["pipeline", "stages"]) copyFolder(repository + name, `${copy}/${name}`);
  Deno.mkdirSync(`${copy}/configs`);
  const studies = ["fig3a", "fig3b"], files = studies.map((study) => `configs/${study}.yaml`);
  for (const name of ["deno.json", "deno.lock", ...files]) Deno.copyFileSync(repository + name, `${copy}/${name}`);
  const before = await listing(copy);
  const words = ["--set", "momentum.qy=4", "--set", "momentum.qz=4"];
  const { code, stderr } = await runProgram([...words, "--quiet"], { folder: copy });
  assertEquals([code, stderr], [0, ""]);
  const after = await listing(copy), others: Record<string, string> = {};
  for (const [path, hash] of Object.entries(after)) if (!path.startsWith("outputs/")) others[path] = hash;
  assertEquals(others, before);
  assertEquals(
    [...Deno.readDirSync(`${copy}/outputs`)].map(({ name }) => name).sort(),
    [".artifacts", ...studies].sort(),
  );
});
