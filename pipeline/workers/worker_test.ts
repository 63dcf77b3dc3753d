/**
 * What a worker answers to messages of several jobs, without the pool that thinks them out.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { encodeArtifact } from "../store/codec.ts";
import { ObjectStore } from "../store/object_store.ts";
import { inTemporaryFolder } from "../testing/temporary_folder.ts";
import type { Errand, JobResult } from "./protocol.ts";

const MODULE = new URL("../dataflow/testing/fake_stages.ts", import.meta.url).href;

/** Tells a worker some messages at once, and gives its answers. */
async function answers(cache: string, messages: readonly (readonly Errand[])[]): Promise<JobResult[][]> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }), heard: JobResult[][] = [];
  try {
    await new Promise<void>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<JobResult[]>) => {
        if (heard.push(data) === messages.length) resolve();
      };
      worker.postMessage({ cache, signals: new Int32Array(new SharedArrayBuffer(8)) });
      for (const message of messages) worker.postMessage(message);
    });
    return heard;
  } finally {
    worker.terminate();
  }
}

function add(value: number, delay: number): Errand {
  return { kind: "map", module: MODULE, export: "addStage", parameters: { value, delay }, inputs: [], yields: false };
}

Deno.test("jobs that came with one that takes long are not begun, and those of the next message have what was said to them", () =>
  inTemporaryFolder(async (cache) => {
    const bytes = encodeArtifact("arrays", { value: Float64Array.of(3) });
    const hash = await new ObjectStore(cache).write(bytes, () => {}), inputs = [{ hash, format: "arrays" as const }];
    const share = (parameters: "as before" | { value: number }[], index: number): Errand =>
      ({ kind: "fold", module: MODULE, export: "foldStage", parameters, inputs, index, yields: false }) as Errand;
    const heard = await answers(cache, [
      [add(1, 0), share([{ value: 1 }], 0), share("as before", 1)],
      [add(2, 600), share([{ value: 2 }], 2), add(3, 0)],
      [share("as before", 3), add(4, 0)],
    ]);
    assertEquals(heard.map((results) => results.map(({ kind }) => kind)), [
      ["artifact", "partial", "partial"],
      ["artifact"],
      ["partial", "artifact"],
    ]);
    const partials = heard.flat().flatMap((result) => result.kind === "partial" ? [...result.partial] : []);
    assertEquals(partials, [Math.sin(3), Math.sin(3 + 1), Math.sin(2 * 3 + 3)]);
  }));
