/**
 * What a second worker is worth, and what a block costs besides its momenta: blocks of the paper's slab, diagonalized and stored by workers that are warm, without
 * the start of a program, which a study has besides. Threads that do nothing but diagonalize take turns with them: more than these no pool can give.
 *
 * @module
 */
import type { Json } from "../../pipeline/dataflow/stage.ts";
import { encodeArtifact } from "../../pipeline/store/codec.ts";
import { ObjectStore } from "../../pipeline/store/object_store.ts";
import { WorkerPool } from "../../pipeline/workers/pool.ts";
import type { ArtifactReference, MapJob } from "../../pipeline/workers/protocol.ts";
import { blockStage } from "../../stages/diagonalize/diagonalize.ts";
import { kernelName } from "../../stages/kernel/kernel.ts";
import { anyRow, benchSlab } from "./bench_slab.ts";
import type { KernelShare } from "./kernel_thread.ts";
import { least, median, print } from "./measure.ts";

const SITES = 50, MOMENTA = 4096, ROUNDS = 9, BLOCKS = [32, 64, 128] as const;

/** Microseconds a momentum: as it went by, and within the jobs. */
interface Cost {
  readonly wall: number;
  readonly inside: number;
}

/**
 * Diagonalizes all momenta in blocks that nobody has had yet, and stores them; each is removed when it is on disk, so that the next ones get its memory. A virtual
 * machine's host takes 8 µs for a page that it has not given before, ten times as long as it takes to write one: two workers would wait for that and little else.
 */
async function poolCost(
  pool: WorkerPool,
  store: ObjectStore,
  slab: ArtifactReference,
  momenta: number,
): Promise<Cost> {
  const { module, export: name } = blockStage, kernel = kernelName();
  const jobs = Array.from({ length: MOMENTA / momenta }, (): MapJob => {
    const parameters = { kernel, ...anyRow(momenta) } as unknown as Json;
    return { kind: "map", module, export: name, parameters, inputs: [slab] };
  });
  let inside = 0;
  const start = performance.now();
  await Promise.all(jobs.map(async (job) => {
    const result = await pool.run(job);
    if (result.kind !== "artifact") throw new Error(`Cannot time workers: a block came back as ${result.kind}`);
    inside += result.seconds;
    await store.admit(result);
    await Deno.remove(store.setAside(result.hash)!);
  }));
  const wall = performance.now() - start;
  return { wall: wall * 1e3 / MOMENTA, inside: inside * 1e6 / MOMENTA };
}

/** Microseconds a momentum of threads that share the same momenta. */
async function threadCost(threads: readonly Worker[], momenta: number): Promise<number> {
  const share: KernelShare = { sites: SITES, blocks: MOMENTA / momenta / threads.length, momenta };
  const start = performance.now();
  await Promise.all(threads.map((thread) => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    thread.onmessage = resolve;
    thread.onerror = reject;
    thread.postMessage(share);
    return promise;
  }));
  return (performance.now() - start) * 1e3 / MOMENTA;
}

/** Prints a line for each size of block: one worker and two, one thread and two take turns. */
export async function workers(): Promise<void> {
  const cache = await Deno.makeTempDir(), store = new ObjectStore(cache);
  const pools = [new WorkerPool(1, cache), new WorkerPool(2, cache)];
  const threads = [0, 1].map(() => new Worker(new URL("./kernel_thread.ts", import.meta.url), { type: "module" }));
  try {
    const bytes = encodeArtifact("arrays", benchSlab(SITES));
    const slab: ArtifactReference = { hash: await store.write(bytes, () => {}), format: "arrays" };
    const round = async (momenta: number): Promise<{ one: Cost; two: Cost; alone: number; both: number }> => ({
      one: await poolCost(pools[0], store, slab, momenta),
      two: await poolCost(pools[1], store, slab, momenta),
      alone: await threadCost(threads.slice(1), momenta),
      both: await threadCost(threads, momenta),
    });
    await round(BLOCKS[0]);
    for (const momenta of BLOCKS) {
      const rounds: Awaited<ReturnType<typeof round>>[] = [];
      for (let i = 0; i < ROUNDS; i++) rounds.push(await round(momenta));
      print("blocks by warm workers, stored", {
        sites: SITES,
        momenta,
        one_worker_us: median(rounds.map(({ one }) => one.wall)),
        two_workers_us: median(rounds.map(({ two }) => two.wall)),
        one_over_two: median(rounds.map(({ one, two }) => one.wall / two.wall)),
        one_over_two_at_best: least(rounds.map(({ one }) => one.wall)) / least(rounds.map(({ two }) => two.wall)),
        besides_jobs: median(rounds.map(({ one }) => one.wall / one.inside - 1)),
        kernel_in_one_thread_us: median(rounds.map(({ alone }) => alone)),
        kernel_one_over_two_threads: median(rounds.map(({ alone, both }) => alone / both)),
      });
    }
  } finally {
    for (const thread of threads) thread.terminate();
    for (const pool of pools) await pool.close();
    await Deno.remove(cache, { recursive: true });
  }
}
