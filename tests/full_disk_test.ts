import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { StageFailure } from "../pipeline/errors.ts";
import type { Trace } from "../pipeline/store/trace.ts";
import { TraceStore } from "../pipeline/store/trace_store.ts";
import { watchWritePoints } from "../pipeline/store/write_point.ts";
import { inTemporaryFolder } from "../pipeline/testing/temporary_folder.ts";
import { filesBelow } from "./command_line/listing.ts";
import { assertPlainWords } from "./command_line/plain_words.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";
import { resultsIn } from "./faults/processes.ts";
import { InlinePool, wholeRun } from "./faults/whole_run.ts";

/** What the file system says when the disk is full. */
const FULL = Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });

async function mounted(words: readonly string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("mount", { args: [...words], stdout: "null", stderr: "null" }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function unmount(path: string): Promise<void> {
  const { success } = await new Deno.Command("umount", { args: [path] }).output();
  if (!success) throw new Error(`Cannot unmount ${path}`);
}

/** Whether this process may mount a file system of its own, as root in a container may. */
async function canMount(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  const folder = Deno.makeTempDirSync();
  try {
    if (!await mounted(["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder])) return false;
    await unmount(folder);
    return true;
  } finally {
    Deno.removeSync(folder);
  }
}

/** Gives a test a small disk. */
async function onDisk(size: string, use: (desk: Workspace, disk: string) => Promise<void>): Promise<void> {
  using desk = new Workspace();
  const disk = `${desk.folder}/disk`;
  Deno.mkdirSync(disk);
  assert(await mounted(["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", disk]));
  try {
    await use(desk, disk);
  } finally {
    await unmount(disk);
  }
}

Deno.test("a disk that is full from any write on is an error in plain words, and the next run goes on from there", () =>
  inTemporaryFolder(async (folder) => {
    let points = 0;
    watchWritePoints(() => points++);
    try {
      await wholeRun(`${folder}/whole`, new InlinePool(`${folder}/whole/cache`));
      const expected = resultsIn(`${folder}/whole`), last = points;
      let failed = 0;
      for (let full = 1; full <= last; full++) {
        const place = `${folder}/${full}`;
        points = 0;
        watchWritePoints((point) => {
          if (++points >= full && ["made", "half", "whole"].includes(point)) throw FULL;
        });
        try {
          await wholeRun(place, new InlinePool(`${place}/cache`));
        } catch (error) {
          assert(error instanceof StageFailure, String(error));
          assertMatch(
            error.message,
            /^Cannot write (to the cache folder )?\S+: No space left on device .*--(cache|out)$/,
          );
          failed++;
        }
        watchWritePoints(undefined);
        assertEquals(filesBelow(place).filter((name) => name.endsWith(".tmp")), [], `full from write ${full} on`);
        const { damaged } = await wholeRun(place, new InlinePool(`${place}/cache`));
        assertEquals([resultsIn(place), damaged], [expected, []], `full from write ${full} on`);
        assertEquals((await wholeRun(place, new InlinePool(`${place}/cache`))).computed, 0);
      }
      assert(failed > last / 2, `${failed} of ${last} writes matter`);
    } finally {
      watchWritePoints(undefined);
    }
  }));

/** Where artifacts of folds cannot be written on another disk, while all others can: folders that a first run needs for nothing else. */
function foldersOfFolds(cache: string): string[] {
  const folder = (hash: string) => hash.slice(0, 2), traces = [...new TraceStore(cache).all()];
  const isFold = ({ task }: Trace) => task === "current/current";
  const others = new Set(traces.filter((trace) => !isFold(trace)).map(({ hash }) => folder(hash)));
  const folders = traces.filter(isFold).map(({ hash }) => folder(hash)).filter((name) => !others.has(name));
  assert(folders.length > 0, "a hash has its folder to itself");
  return folders;
}

Deno.test("what cannot be written while others already work with it ends the run as well, and nothing is published", async () => {
  const failing = edited(SMALL_STUDY, "sweep:", "sweep:\n  model.mass: [0, 1e308]");
  for (const text of [SMALL_STUDY, failing]) { // also where points failed, and what the others made is said to be kept
    using desk = new Workspace();
    const study = desk.write("small", text);
    assertEquals((await desk.run([study, "--quiet"])).code, text === failing ? 1 : 0);
    const folders = { cache: `${desk.folder}/blocked`, out: `${desk.folder}/none` };
    Deno.mkdirSync(`${folders.cache}/objects`, { recursive: true });
    const blocked = foldersOfFolds(desk.cache).map((name) => `${folders.cache}/objects/${name}`);
    blocked.forEach((path) => Deno.writeTextFileSync(path, "a file where a folder should be"));
    const { code, stderr } = await desk.run([study, "--quiet"], folders);
    assertEquals(code, 1, stderr);
    assertPlainWords(stderr);
    assertMatch(stderr, /^small: Cannot (read|write to) the cache folder \S+: .*--cache\n$/);
    assertEquals(filesBelow(folders.out), []);
    assertEquals(filesBelow(folders.cache).filter((name) => name.endsWith(".tmp")), []);
    blocked.forEach((path) => Deno.removeSync(path));
    assertEquals((await desk.run([study, "--quiet"], folders)).code, text === failing ? 1 : 0);
    if (text !== failing) assertEquals(await desk.results("small", folders.out), await desk.results("small"));
  }
});

Deno.test({
  name: "a small disk that fills up is named, and what is on it serves the next run",
  ignore: !await canMount(),
  fn: async (t) => {
    for (const size of ["16k", "64k", "160k"]) {
      await t.step(size, () =>
        onDisk(size, async (desk, disk) => {
          const study = desk.write("small", SMALL_STUDY), folders = { cache: `${disk}/cache` };
          const full = await desk.run([study, "--quiet"], folders);
          assertEquals(full.code, 1, full.stderr);
          assertPlainWords(full.stderr);
          const lines = full.stderr.trimEnd().split("\n");
          assertEquals(lines.length, 1, full.stderr);
          assertStringIncludes(
            lines[0],
            `small: Cannot write to the cache folder ${disk}/cache: No space left on device`,
          );
          assertEquals(filesBelow(`${desk.out}`), [], "no results");
          const found = filesBelow(`${disk}/cache/objects`).length;
          assert(await mounted(["-o", "remount,size=50m", disk]));
          await desk.succeed([study], folders);
          const { stages } = desk.record("small");
          const cached = Object.values(stages).reduce((sum, stage) => sum + stage.cached, 0);
          assert(cached > 0 && cached <= found, `${cached} of ${found} artifacts`);
          const straight = { out: `${desk.folder}/straight`, cache: `${desk.folder}/other` };
          await desk.succeed([study], straight);
          assertEquals(await desk.results("small"), await desk.results("small", straight.out));
        }));
    }
    await t.step("results on a full disk", () =>
      onDisk("16k", async (desk, disk) => {
        const study = desk.write("small", SMALL_STUDY), folders = { out: `${disk}/out` };
        const full = await desk.run([study, "--quiet"], folders);
        assertEquals(full.code, 1);
        assertMatch(
          full.stderr,
          /^small: Cannot write \S+: No space left on device .*; choose another folder with --out\n$/,
        );
        assert(!filesBelow(folders.out).includes("small/run.json"));
        assert(await mounted(["-o", "remount,size=50m", disk]));
        await desk.succeed([study], folders);
        assertEquals(desk.record("small", folders.out).stages.current, { computed: 0, cached: 4 });
      }));
  },
});

Deno.test({
  name: "a cache that cannot be written to serves what it has, and is named when more is computed",
  ignore: !await canMount(),
  fn: () =>
    onDisk("50m", async (desk, disk) => {
      const study = desk.write("small", SMALL_STUDY), folders = { cache: `${disk}/cache` };
      await desk.succeed([study], folders);
      const results = await desk.results("small"), files = filesBelow(disk);
      assert(await mounted(["-o", "remount,ro", disk]));
      await desk.succeed([study], folders);
      for (const out of ["again", "and-again"]) {
        await desk.succeed([study], { ...folders, out: `${desk.folder}/${out}` });
        assertEquals(await desk.results("small", `${desk.folder}/${out}`), results);
      }
      const more = await desk.run([study, "--quiet", "--set", "model.mass=0.5"], folders);
      assertEquals(more.code, 1);
      assertPlainWords(more.stderr);
      assertMatch(more.stderr, /^small: Cannot write to the cache folder \S+: Read-only file system .*--cache\n$/);
      assertEquals(await desk.results("small"), results);
      assertEquals(filesBelow(disk), files);
    }),
});
