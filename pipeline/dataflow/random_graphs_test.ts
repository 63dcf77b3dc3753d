import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { WorkerPool } from "../workers/pool.ts";
import type { Artifact } from "./engine.ts";
import type { Json } from "./stage.ts";
import {
  addStage,
  copyStage,
  type FakeArtifact,
  type FakeParameters,
  foldStage,
  mainAddStage,
  roundStage,
} from "./testing/fake_stages.ts";
import { inLaboratory, type Laboratory, type Run } from "./testing/laboratory.ts";

const MAPS = { add: addStage, main: mainAddStage, round: roundStage, copy: copyStage };

/** One place in a graph: a stage, its parameter sets (maps have one), and where its inputs come from among all that is before it. */
interface Node {
  readonly stage: keyof typeof MAPS | "fold";
  readonly sets: readonly FakeParameters[];
  readonly picks: readonly number[];
}

/** Layers of nodes: inputs come from earlier layers. */
type Graph = readonly (readonly Node[])[];

/** What happens between two runs. */
interface Edit {
  readonly layer: number;
  readonly node: number;
  readonly sets: readonly FakeParameters[];
  /** Which of the stored artifacts are spoiled, and how. */
  readonly spoiled: readonly { readonly pick: number; readonly how: "remove" | "damage" }[];
  readonly workers: number;
}

const set: fc.Arbitrary<FakeParameters> = fc.record({ value: fc.integer({ min: -6, max: 6 }) });
const sets = fc.array(set, { minLength: 1, maxLength: 5 });

const node: fc.Arbitrary<Node> = fc.record({
  stage: fc.constantFrom<Node["stage"]>("add", "main", "round", "copy", "fold", "fold"),
  sets,
  picks: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
});

const graph: fc.Arbitrary<Graph> = fc.array(fc.array(node, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 4,
});

const edit: fc.Arbitrary<Edit> = fc.record({
  layer: fc.nat(),
  node: fc.nat(),
  sets,
  spoiled: fc.array(fc.record({ pick: fc.nat(), how: fc.constantFrom("remove" as const, "damage" as const) }), {
    maxLength: 3,
  }),
  workers: fc.integer({ min: 1, max: 4 }),
});

function edited(before: Graph, { layer, node, sets }: Edit): Graph {
  const inLayer = before[layer % before.length], at = node % inLayer.length;
  return before.map((nodes) => nodes === inLayer ? nodes.with(at, { ...nodes[at], sets }) : nodes);
}

/** Every artifact of a graph in its order, made by whatever computes maps and folds. */
async function evaluate<A>(
  graph: Graph,
  map: (stage: keyof typeof MAPS, parameters: FakeParameters, inputs: readonly A[]) => Promise<A>,
  fold: (sets: readonly FakeParameters[], inputs: readonly A[]) => Promise<A[]>,
): Promise<A[]> {
  const all: A[] = [];
  for (const nodes of graph) {
    const made = await Promise.all(nodes.map(async ({ stage, sets, picks }) => {
      const inputs = all.length === 0 ? [] : picks.map((pick) => all[pick % all.length]);
      if (inputs.length === 0) return await Promise.all(sets.map((set) => map("add", set, [])));
      return stage === "fold" ? await fold(sets, inputs) : [await map(stage, sets[0], inputs)];
    }));
    all.push(...made.flat());
  }
  return all;
}

/** The numbers of a graph without engine, store or workers. */
async function oracle(graph: Graph): Promise<number[]> {
  const artifacts = await evaluate<FakeArtifact>(
    graph,
    async (stage, parameters, inputs) => await MAPS[stage].run(parameters, inputs, () => {}),
    (sets, inputs) =>
      Promise.all(sets.map((set) => {
        const shares = inputs.map((input, i) => foldStage.partial([set], input, i, () => {}));
        const [output] = foldStage.finish([set], shares.reduce((total, share) => foldStage.combine(total, share)));
        return output;
      })),
  );
  return artifacts.map(({ value }) => value[0]);
}

/** The same through an engine. */
function artifactsOf(graph: Graph, { engine }: Run): Promise<Artifact[]> {
  return evaluate<Artifact>(
    graph,
    (stage, parameters, inputs) => engine.map(MAPS[stage], parameters as unknown as Json, inputs),
    (sets, inputs) => engine.fold(foldStage, sets as unknown as Json[], inputs),
  );
}

/** The graph with other numbers, so that it finds nothing of others in their common cache. */
function renumbered(graph: Graph, salt: number): Graph {
  const other = (sets: readonly FakeParameters[]) => sets.map(({ value }) => ({ value: value + salt }));
  return graph.map((nodes) => nodes.map((node) => ({ ...node, sets: other(node.sets) })));
}

function spoil(laboratory: Laboratory, hashes: readonly string[], { spoiled }: Edit): void {
  const unlucky = new Map(spoiled.map(({ pick, how }) => [hashes[pick % hashes.length], how]));
  for (const [hash, how] of unlucky) {
    if (how === "remove") laboratory.remove(hash);
    else laboratory.damage(hash);
  }
}

Deno.test("random graphs under random edits and damage give what a plain computation gives, and leave nothing to do", () =>
  inLaboratory(async (laboratory) => {
    const pools = [1, 2, 3, 4].map((workers) => new WorkerPool(workers, laboratory.cache));
    let salt = 0;
    const property = fc.asyncProperty(graph, fc.array(edit, { minLength: 1, maxLength: 3 }), async (start, edits) => {
      let current = start, computed = 0, hashes: string[] = [];
      salt += 100;
      const check = (workers: number) =>
        laboratory.run(async (run) => {
          const artifacts = await artifactsOf(renumbered(current, salt), run);
          assertEquals(await Promise.all(artifacts.map(run.number)), await oracle(renumbered(current, salt)));
          hashes = artifacts.map(({ hash }) => hash);
          computed = run.count("computed");
          const damaged = run.events.flatMap((event) => event.kind === "damaged" ? [event.path] : []);
          assertEquals(new Set(damaged).size, damaged.length);
        }, pools[workers - 1]);
      await check(edits[0].workers);
      assert(computed > 0);
      for (const change of edits) {
        spoil(laboratory, hashes, change);
        current = edited(current, change);
        await check(change.workers);
      }
      // All was read, so that whatever was spoiled is whole again.
      await check(edits[0].workers);
      assertEquals(computed, 0);
    });
    try {
      await fc.assert(property, { seed: 20260103, numRuns: 40, endOnFailure: true });
    } finally {
      await Promise.all(pools.map((pool) => pool.close()));
    }
  }));
