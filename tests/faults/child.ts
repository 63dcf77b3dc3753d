/**
 * A process for tests to end: runs in miniature, and kills itself at a write point if it is given the number of one.
 *
 * Words: the folder; the write point from 1, or 0 for none; workers, or 0 for the main thread; milliseconds that each map takes.
 *
 * @module
 */
import { watchWritePoints } from "../../pipeline/store/write_point.ts";
import { WorkerPool } from "../../pipeline/workers/pool.ts";
import { InlinePool, wholeRun } from "./whole_run.ts";

const [folder, last, workers, delay] = Deno.args;
let point = 0;
watchWritePoints(() => {
  if (++point === Number(last)) Deno.kill(Deno.pid, "SIGKILL");
});
const cache = `${folder}/cache`,
  pool = Number(workers) === 0 ? new InlinePool(cache) : new WorkerPool(Number(workers), cache);
const { damaged } = await wholeRun(folder, pool, Number(delay));
console.log(JSON.stringify({ points: point, damaged }));
