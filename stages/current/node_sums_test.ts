/**
 * The compiled loops against the plain ones, bit by bit, and both against sums written out.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { bathNodes } from "./bath_nodes.ts";
import { compiledNodeSums, type NodeShape, type NodeSums, plainNodeSums } from "./node_sums.ts";

interface Sample {
  readonly order: number;
  readonly sites: number;
  readonly counts: readonly number[];
  readonly settings: number;
  readonly byNode: boolean;
  readonly seed: number;
}

const samples: fc.Arbitrary<Sample> = fc.record({
  order: fc.integer({ min: 1, max: 9 }),
  sites: fc.integer({ min: 2, max: 13 }),
  counts: fc.constantFrom([4], [8], [12, 4]),
  settings: fc.integer({ min: 1, max: 3 }),
  byNode: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

/** Numbers that look random, the same for both kinds of loops. */
function numbers(seed: number): (least: number, most: number) => number {
  let state = seed;
  return (least, most) => {
    state = state * 16807 % 2147483647;
    return least + (most - least) * state / 2147483647;
  };
}

function shapesOf({ sites, counts, settings, byNode, seed }: Sample): NodeShape[] {
  const next = numbers(seed);
  return counts.map((count) => ({
    nodes: bathNodes(sites, count),
    groups: [{ byNode, baths: Float64Array.from({ length: 2 * settings * count }, () => next(0.5, 100)) }],
  }));
}

function run(sums: NodeSums, { order, sites, counts, seed }: Sample): number[][] {
  const next = numbers(seed + 1);
  for (let i = 0; i < order * sites; i++) sums.density[i] = next(-1, 1);
  for (let n = 0; n < order; n++) sums.factor[n] = next(-1, 1);
  return counts.map((_, shape) => {
    const [{ cosh, sinh, sums: results }] = sums.groups[shape];
    for (let i = 0; i < cosh.length; i++) {
      cosh[i] = next(0.5, 1000);
      sinh[i] = next(0, 1000);
    }
    sums.project(shape);
    sums.sum(shape, 0);
    return [...results];
  });
}

Deno.test("compiled or not, the loops give the same bits, and the sums of Eq. (6)", () => {
  fc.assert(
    fc.property(samples, (sample) => {
      const { order, sites, counts, byNode } = sample, shapes = shapesOf(sample);
      const plain = plainNodeSums(order, sites, shapes), results = run(plain, sample);
      assertEquals(run(compiledNodeSums(order, sites, shapes), sample), results);
      counts.forEach((count, shape) => {
        const { nodes: { even, odd }, groups: [{ baths }] } = shapes[shape], half = count / 2;
        const [{ cosh, sinh }] = plain.groups[shape];
        results[shape].forEach((result, i) => {
          const bath = 2 * Math.floor(i / 2) * count;
          let expected = 0, size = 0;
          for (let n = 0; n < order; n++) {
            for (let j = 0; j < count; j++) {
              let weight = 0;
              for (let l = 0; l < sites; l++) {
                const row = Math.min(l, sites - 1 - l), k = row * half + j % half;
                const mirrored = (2 * l > sites - 1) !== (j >= half);
                weight += plain.density[n * sites + l] * (even[k] + (mirrored ? -odd[k] : odd[k]));
              }
              const at = byNode ? n * count + j : n;
              const share = plain.factor[n] * weight / (cosh[at] + baths[bath + j]);
              const term = i % 2 === 0 ? share * baths[bath + count + j] : -share * sinh[at];
              expected += term;
              size += Math.abs(term) + Math.abs(share) * 1000;
            }
          }
          assertAlmostEquals(result, expected, 1e-14 * size + 1e-300); // a few roundings of each term, and of the weights
        });
      });
    }),
    { seed: 11, numRuns: 200 },
  );
});

Deno.test("tables larger than a page of memory", () => {
  const order = 400, sites = 200, nodes = bathNodes(sites, 40);
  const shapes = [{ nodes, groups: [{ byNode: false, baths: new Float64Array(2 * 40).fill(1) }] }];
  const [compiled, plain] = [compiledNodeSums, plainNodeSums].map((make) => {
    const sums = make(order, sites, shapes), [[{ cosh, sinh, sums: results }]] = sums.groups;
    sums.density.fill(1);
    sums.factor.fill(1);
    cosh.fill(1);
    sinh.fill(1);
    sums.project(0);
    sums.sum(0, 0);
    return [...results];
  });
  assertEquals(compiled, plain);
  assertAlmostEquals(compiled[0], order * sites / 2, 1e-9); // a share of ½ for each site and mode
});
