import { assertEquals } from "@std/assert";
import type { Settings } from "../arguments.ts";
import { drawingStages } from "../dataflow/drawing.ts";
import { inTemporaryFolder } from "../testing/temporary_folder.ts";
import { WorkerPool } from "../workers/pool.ts";
import { startedFor } from "./workers.ts";

const STUDY = "study: a\nobservables: { current: {} }\n";
const LIST = "\n  - { name: a, observable: current, mark: line, x: qy, y: charge_current }\n";

/** What is done with the workers of studies: whether they start, and how many stages they load. */
async function begun(folder: string, texts: readonly (string | Uint8Array | undefined)[]): Promise<[boolean, number]> {
  const files = texts.map((text, i) => {
    const file = `${folder}/${i}.yaml`;
    if (typeof text === "string") Deno.writeTextFileSync(file, text);
    else if (text !== undefined) Deno.writeFileSync(file, text);
    return file;
  });
  const { start, prepare } = WorkerPool.prototype, asked: string[] = [];
  let started = false;
  WorkerPool.prototype.start = () => void (started = true);
  WorkerPool.prototype.prepare = (stage) => void asked.push(stage.export);
  try {
    await startedFor({ workers: 2, cache: `${folder}/cache` } as Settings, files).close();
  } finally {
    Object.assign(WorkerPool.prototype, { start, prepare });
  }
  return [started, asked.length];
}

Deno.test("workers load what draws if a study has a list of charts", () =>
  inTemporaryFolder(async (folder) => {
    const all = drawingStages.length;
    for (const key of ["charts:", "charts: # as in the paper", "charts:\t", "charts:\r"]) {
      assertEquals(await begun(folder, [STUDY + key + LIST]), [true, all], JSON.stringify(key));
    }
    assertEquals(await begun(folder, [STUDY, `${STUDY}charts:${LIST}`]), [true, all]);
    for (const text of [STUDY, `${STUDY}charts: []\n`, `# charts:\n${STUDY}`, `${STUDY}title: |\n  charts:\n`]) {
      assertEquals(await begun(folder, [text]), [true, 0], text);
    }
  }));

Deno.test("workers do not start for what cannot be read, which is not read either", () =>
  inTemporaryFolder(async (folder) => {
    const none: [boolean, number] = [false, 0], drawn = `${STUDY}charts:${LIST}`;
    assertEquals(await begun(folder, [drawn, undefined]), none);
    assertEquals(await begun(folder, [Uint8Array.of(0xff, 0xfe, 0x20)]), none);
    assertEquals(await begun(folder, [drawn + " ".repeat(2 ** 20)]), none);
    const settings = { workers: 2, cache: `${folder}/cache` } as Settings;
    for (const file of [folder, "/dev/zero"]) await startedFor(settings, [file]).close();
    const { success } = await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
    if (success) await startedFor(settings, [`${folder}/pipe`]).close(); // and does not hang
  }));
