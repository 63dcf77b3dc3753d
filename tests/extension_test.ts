import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { lastValueFrom, toArray } from "bundled/rxjs";
import project from "../deno.json" with { type: "json" };
import { flowStudy } from "../pipeline/commands/studies.ts";
import { Engine } from "../pipeline/dataflow/engine.ts";
import { dataflow, STAGES } from "../pipeline/dataflow/graph.ts";
import { Tally } from "../pipeline/report/tally.ts";
import { ObjectStore } from "../pipeline/store/object_store.ts";
import { SourceHashes } from "../pipeline/store/source_hash.ts";
import { TraceStore } from "../pipeline/store/trace_store.ts";
import { parseStudy } from "../pipeline/study/load.ts";
import { inTemporaryFolder } from "../pipeline/testing/temporary_folder.ts";
import { WorkerPool } from "../pipeline/workers/pool.ts";
import { gridBlocks } from "../stages/diagonalize/grid_blocks.ts";

const SITES = 4, SOURCES = new SourceHashes(project.imports);

/** What a study is extended by. */
interface Sweep {
  readonly levels: readonly number[];
  readonly masses: readonly number[];
  readonly qz: number;
}

/** Rows of the table by what was swept, and how much was computed. */
interface Outcome {
  readonly rows: Map<string, string>;
  readonly stages: Record<string, { computed: number; cached: number }>;
}

async function run(cache: string, { levels, masses, qz }: Sweep, pool: WorkerPool): Promise<Outcome> {
  const loaded = parseStudy(
    `study: growing
model: { sites: ${SITES} }
momentum: { qy: 4, qz: ${qz} }
sweep: { model.mass: [${masses}], baths.fermi_level: [${levels}] }
observables: { current: {} }
`,
    "growing.yaml",
  );
  const tally = new Tally(STAGES), traces = new TraceStore(cache);
  try {
    const engine = new Engine({
      objects: new ObjectStore(cache),
      traces,
      sources: SOURCES,
      pool,
      tell: (event) => tally.count(event, 0),
    });
    const outputs = await lastValueFrom(dataflow(flowStudy(loaded), engine).pipe(toArray()));
    await engine.filed();
    const table = await engine.value(outputs.find(({ name }) => name === "current.csv")!.artifact) as string;
    const rows = table.trimEnd().split("\n").slice(1).map((line): [string, string] => {
      const [mass, level] = line.split(",");
      return [`${mass},${level}`, line];
    });
    return { rows: new Map(rows), stages: tally.summary() };
  } finally {
    traces.close();
  }
}

/** Numbers with two decimals, so that none is swept twice in another spelling. */
const hundredths = (count: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min: -90, max: 90 }).map((n) => n / 100), { minLength: 1, maxLength: count });

Deno.test("extending a sweep, in any order, computes what is new and leaves old rows as they are, to the last bit", () =>
  inTemporaryFolder(async (folder) => {
    let study = 0;
    const property = fc.asyncProperty(
      hundredths(3),
      hundredths(2),
      hundredths(4),
      hundredths(2),
      fc.nat(),
      async (levels, masses, moreLevels, moreMasses, turn) => {
        const cache = `${folder}/${study++}`, pool = new WorkerPool(2, cache);
        const mixed = (old: readonly number[], more: readonly number[]): number[] => {
          const all = [...new Set([...old, ...more])], at = turn % all.length;
          return [...all.slice(at), ...all.slice(0, at)];
        };
        try {
          const before = await run(cache, { levels, masses, qz: 4 }, pool);
          const grown = { levels: mixed(levels, moreLevels), masses: mixed(masses, moreMasses), qz: 4 };
          const after = await run(cache, grown, pool);
          for (const [point, row] of before.rows) assertEquals(after.rows.get(point), row);
          const points = grown.levels.length * grown.masses.length, old = levels.length * masses.length;
          assertEquals(after.rows.size, points);
          assertEquals(after.stages.current, { computed: points - old, cached: old });
          assertEquals(after.stages.hamiltonian, {
            computed: grown.masses.length - masses.length,
            cached: masses.length,
          });
        } finally {
          await pool.close();
        }
      },
    );
    await fc.assert(property, { seed: 20260105, numRuns: 8 });
  }));

Deno.test("refining the grid along q_z to an odd multiple diagonalizes what is new", () =>
  inTemporaryFolder(async (folder) => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom(3, 5),
      async (qz, multiple) => {
        const cache = `${folder}/${qz}-${multiple}`, pool = new WorkerPool(2, cache);
        try {
          const sweep = { levels: [0.1], masses: [0] }, fine = { ...sweep, qz: qz * multiple };
          const before = await run(cache, { ...sweep, qz }, pool), after = await run(cache, fine, pool);
          const blocks = (count: number) => gridBlocks({ qy: 4, qz: count }, SITES).length;
          assertEquals(before.stages.diagonalize, { computed: blocks(qz), cached: 0 });
          assertEquals(after.stages.diagonalize, { computed: blocks(fine.qz) - blocks(qz), cached: blocks(qz) });
          assert(blocks(qz) > 0);
          // What reuses old blocks is what a cold run gives.
          const cold = `${cache}-cold`, other = new WorkerPool(1, cold);
          try {
            assertEquals((await run(cold, fine, other)).rows, after.rows);
          } finally {
            await other.close();
          }
        } finally {
          await pool.close();
        }
      },
    );
    await fc.assert(property, { seed: 20260106, numRuns: 4 });
  }));
