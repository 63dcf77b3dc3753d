/**
 * What a second worker is worth, and what a block costs besides its momenta: blocks of the paper's slab, diagonalized and stored by workers that are warm, without
 * the start of a program, which a study has besides.
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
import { benchSlab } from "./bench_slab.ts";
import { median, print } from "./measure.ts";

const SITES = 50, MOMENTA = 2048, ROUNDS = 9, BLOCKS = [32, 64, 128] as const;

/** Microseconds a momentum: as it went by, and within the jobs. */
interface Cost {
  readonly wall: number;
  readonly inside: number;
}

/** Diagonalizes all momenta in blocks that nobody has had yet, and stores them. */
async function cost(pool: WorkerPool, store: ObjectStore, slab: ArtifactReference, momenta: number): Promise<Cost> {
  const { module, export: name } = blockStage, kernel = kernelName();
  const jobs = Array.from({ length: MOMENTA / momenta }, (): MapJob => {
    const qz = Math.random();
    const qy = Array.from({ length: momenta }, (_, i) => (i + 0.5) * Math.PI / 2 / momenta);
    const parameters = { kernel, qy, qz: qy.map(() => qz) } as unknown as Json;
    return { kind: "map", module, export: name, parameters, inputs: [slab] };
  });
  let inside = 0;
  const start = performance.now();
  await Promise.all(jobs.map(async (job) => {
    const result = await pool.run(job);
    if (result.kind !== "artifact") throw new Error(`Cannot time workers: a block came back as ${result.kind}`);
    inside += result.seconds;
    await store.admit(result);
  }));
  return { wall: (performance.now() - start) * 1e3 / MOMENTA, inside: inside * 1e6 / MOMENTA };
}

/** Prints a line for each size of block: one worker and two take turns. */
export async function workers(): Promise<void> {
  const cache = await Deno.makeTempDir(), store = new ObjectStore(cache);
  const pools = [new WorkerPool(1, cache), new WorkerPool(2, cache)];
  try {
    const bytes = encodeArtifact("arrays", benchSlab(SITES));
    const slab: ArtifactReference = { hash: await store.write(bytes, () => {}), format: "arrays" };
    for (const pool of pools) await cost(pool, store, slab, BLOCKS[0]);
    for (const momenta of BLOCKS) {
      const costs: [Cost[], Cost[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        for (const [i, pool] of pools.entries()) costs[i].push(await cost(pool, store, slab, momenta));
      }
      const [one, two] = costs;
      print("blocks by warm workers, stored", {
        sites: SITES,
        momenta,
        one_worker_us: median(one.map(({ wall }) => wall)),
        two_workers_us: median(two.map(({ wall }) => wall)),
        one_over_two: median(one.map(({ wall }, round) => wall / two[round].wall)),
        besides_jobs: median(one.map(({ wall, inside }) => wall / inside - 1)),
      });
    }
  } finally {
    for (const pool of pools) await pool.close();
    await Deno.remove(cache, { recursive: true });
  }
}
