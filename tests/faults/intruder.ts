/**
 * A stage that tries what no stage may do, and a program that hands it to a worker as any other: to be started with the words of the task.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import { ObjectStore } from "../../pipeline/store/object_store.ts";
import { WorkerPool } from "../../pipeline/workers/pool.ts";

/** What was tried, and what came of it: the name of the error, or `done`. */
export type Attempts = Readonly<Record<string, string>>;

async function attempted(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
    return "done";
  } catch (error) {
    return (error as Error).name;
  }
}

/** Tries what no stage may do. */
async function intrude(): Promise<Attempts> {
  return {
    net: await attempted(() => fetch("http://127.0.0.1:8000/")),
    connect: await attempted(() => Deno.connect({ hostname: "127.0.0.1", port: 8000 })),
    listen: await attempted(() => Deno.listen({ port: 0 }).close()),
    env: await attempted(() => Deno.env.get("HOME")),
    setEnv: await attempted(() => Deno.env.set("HOME", "/")),
    run: await attempted(() => new Deno.Command(Deno.execPath()).outputSync()),
    shell: await attempted(() => new Deno.Command("true").outputSync()),
    ffi: await attempted(() => Deno.dlopen("libc.so.6", {})),
    sys: await attempted(() => Deno.hostname()),
    memory: await attempted(() => Deno.readTextFileSync("/proc/self/environ")),
  };
}

/** The stage. */
export const intruderStage: Stage<null, [], Attempts> = {
  kind: "map",
  name: "intruder",
  task: "intruder",
  module: import.meta.url,
  export: "intruderStage",
  format: "json",
  place: "worker",
  run: intrude,
};

/** Runs the stage in a worker, with its cache in a folder, and prints the artifact. */
async function main(folder: string): Promise<void> {
  const pool = new WorkerPool(1, folder);
  try {
    const { module, export: name } = intruderStage;
    const result = await pool.run({ kind: "map", module, export: name, parameters: null, inputs: [] });
    if (result.kind !== "artifact") throw new Error(JSON.stringify(result));
    const { hash } = result;
    await new ObjectStore(folder).admit(result);
    await Deno.stdout.write(Deno.readFileSync(`${folder}/objects/${hash.slice(0, 2)}/${hash}`));
  } finally {
    await pool.close();
  }
}

if (import.meta.main) void main(Deno.args[0]);
