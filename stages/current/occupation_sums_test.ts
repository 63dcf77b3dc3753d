/**
 * The compiled loops against the plain ones, bit by bit, and both against sums written out.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { compiledSums, type OccupationSums, plainSums } from "./occupation_sums.ts";

const numbers = (length: number, min: number, max: number) =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: length, maxLength: length });

interface Sample {
  order: number;
  sites: number;
  members: number;
  weight: number;
  /** Shape `[mode][site]`, as the two that follow. */
  weighted: number[];
  cosh: number[];
  sinh: number[];
  /** Shape `[member][site]`, as the one that follows. */
  bathCosh: number[];
  bathSinh: number[];
}

const shapes = fc.tuple(
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 10 }),
  fc.integer({ min: 1, max: 4 }),
);
const samples = shapes.chain(([order, sites, members]) =>
  fc.record({
    order: fc.constant(order),
    sites: fc.constant(sites),
    members: fc.constant(members),
    weight: fc.double({ min: 0, max: 2, noNaN: true }),
    weighted: numbers(order * sites, -1, 1),
    cosh: numbers(order * sites, 0.5, 1e3),
    sinh: numbers(order * sites, 0, 1e3),
    bathCosh: numbers(members * sites, 0.5, 1e3),
    bathSinh: numbers(members * sites, -1e3, 1e3),
  })
);

type Kind = "uniform" | "profile";

/** The index of a mode's function: in a uniform temperature it is that of the first site. */
const functionAt = ({ sites }: Sample, kind: Kind, n: number, l: number): number =>
  n * sites + (kind === "profile" ? l : 0);

/** Two momenta with the same numbers but unlike weights. */
function run(sums: OccupationSums, sample: Sample, kind: Kind): Record<string, number[]> {
  const { order, sites, members, weight } = sample, { tables, stride } = sums;
  for (let l = 0; l < stride; l++) {
    for (let n = 0; n < order + order % 2; n++) {
      const at = n * stride + l, isThere = n < order && l < sites, from = functionAt(sample, kind, n, l);
      tables.weighted[at] = isThere ? sample.weighted[n * sites + l] : 0;
      tables.cosh[at] = isThere ? sample.cosh[from] : 1;
      tables.sinh[at] = isThere ? sample.sinh[from] : 0;
      tables.levels[2 * n] = n < order ? sample.cosh[functionAt(sample, "uniform", n, 0)] : 1;
      tables.levels[2 * n + 1] = n < order ? sample.sinh[functionAt(sample, "uniform", n, 0)] : 0;
    }
  }
  for (let member = 0; member < members; member++) {
    for (let l = 0; l < stride; l++) {
      sums.members.cosh[member * stride + l] = l < sites ? sample.bathCosh[member * sites + l] : 1;
      sums.members.sinh[member * stride + l] = l < sites ? sample.bathSinh[member * sites + l] : 0;
    }
  }
  sums[kind](order, 0, members, weight);
  sums[kind](order, 0, members, 1);
  const { charge, energy, totals } = sums.members,
    result = { charge: [...charge], energy: [...energy], totals: [...totals] };
  sums.release();
  return result;
}

Deno.test("compiled or not, the loops give the same bits, and the sums of Eq. (6)", () => {
  fc.assert(
    fc.property(samples, fc.constantFrom<Kind>("uniform", "profile"), (sample, kind) => {
      const { order, sites, members, weight } = sample, sums = plainSums(order, sites, members), { stride } = sums;
      const plain = run(sums, sample, kind);
      assertEquals(run(compiledSums(order, sites, members), sample, kind), plain);
      for (let member = 0; member < members; member++) {
        const total = [0, 0, 0];
        for (let l = 0; l < sites; l++) {
          let charge = 0, energy = 0, size = 0;
          for (let n = 0; n < order; n++) {
            const at = functionAt(sample, kind, n, l), bath = member * sites + l;
            const share = sample.weighted[n * sites + l] / (sample.cosh[at] + sample.bathCosh[bath]);
            charge += share * sample.bathSinh[bath];
            energy -= share * sample.sinh[at];
            size += Math.abs(share) * (Math.abs(sample.bathSinh[bath]) + sample.sinh[at]);
          }
          // A few roundings of each term.
          const slack = 1e-15 * (order + 8) * size * (1 + weight) + 1e-300;
          assertAlmostEquals(plain.charge[member * stride + l], (1 + weight) * charge, slack);
          assertAlmostEquals(plain.energy[member * stride + l], (1 + weight) * energy, slack);
          [charge, energy, size].forEach((value, i) => total[i] += value);
        }
        const slack = 1e-15 * (order + sites + 8) * total[2] + 1e-300;
        assertAlmostEquals(plain.totals[2 * member], total[0], slack);
        assertAlmostEquals(plain.totals[2 * member + 1], total[1], slack);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("tables larger than a page of memory; memory that was used before is empty again", () => {
  const order = 400, sites = 200, sums = compiledSums(order, sites, 2);
  sums.tables.weighted.fill(1);
  sums.tables.levels.fill(1);
  sums.members.cosh.fill(1);
  sums.members.sinh.fill(2);
  sums.uniform(order, 1, 2, 0.5);
  const { charge, energy, totals } = sums.members;
  assertEquals([charge[0], charge[sites - 1], charge[sites], charge[2 * sites - 1]], [0, 0, order / 2, order / 2]);
  assertEquals([energy[2 * sites - 1], totals[2], totals[3]], [-order / 4, sites * order, -sites * order / 2]);
  sums.release();
  const again = compiledSums(3, 5, 1);
  for (const table of [...Object.values(again.tables), ...Object.values(again.members)] as Float64Array[]) {
    assertEquals(table, new Float64Array(table.length));
  }
  again.release();
});
