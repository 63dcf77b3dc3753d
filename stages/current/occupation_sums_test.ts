/**
 * The compiled loops against the plain ones, bit by bit, and both against sums written out.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { countTerms, firstExpanded } from "./occupation_expansion.ts";
import { compiledSums } from "./occupation_sums.ts";
import { type OccupationSums, type TemperatureKind, TERMS } from "./occupation_tables.ts";
import { plainSums } from "./plain_occupation_sums.ts";

/** No bath's cosh is above this. */
const BOUND = 4;

/** All sizes as likely. */
const between = (min: number, max: number) =>
  fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((value) => min + (max - min) * value / 1_000_000);

const numbers = (length: number, min: number, max: number) =>
  fc.array(between(min, max), { minLength: length, maxLength: length });

interface Sample {
  order: number;
  sites: number;
  members: number;
  weight: number;
  /** Shape `[mode][site]`. */
  weighted: number[];
  /** The logarithm of each mode's cosh, and its sinh, shape `[mode]`. */
  level: number[];
  gain: number[];
  /** By what the modes' functions differ from site to site, shape `[site]`; 0 at the first, else above. */
  rise: number[];
  /** Shape `[member][site]`, as the one that follows. */
  bathCosh: number[];
  bathSinh: number[];
}

const shapes = fc.tuple(
  fc.integer({ min: 1, max: 30 }),
  fc.integer({ min: 1, max: 10 }),
  fc.integer({ min: 1, max: 4 }),
);
const samples = shapes.chain(([order, sites, members]) =>
  fc.record({
    order: fc.constant(order),
    sites: fc.constant(sites),
    members: fc.constant(members),
    weight: between(0, 2),
    weighted: numbers(order * sites, -1, 1),
    level: numbers(order, 0, 20).map((values) => values.toSorted((a, b) => a - b)),
    gain: numbers(order, 0, 1e3),
    rise: numbers(sites, 0, 2).map((values) => values.with(0, 0)),
    bathCosh: numbers(members * sites, 0.5, BOUND),
    bathSinh: numbers(members * sites, -1e3, 1e3),
  })
);

/** A mode's cosh and sinh at a site. */
function functionsOf({ level, gain, rise }: Sample, kind: TemperatureKind, n: number, l: number): [number, number] {
  const here = kind === "profile" ? rise[l] : 0;
  return [Math.exp(level[n] + here), gain[n] * (1 + here)];
}

/** Two momenta with the same numbers but unlike weights. */
function run(sums: OccupationSums, sample: Sample, kind: TemperatureKind): Record<string, number[]> {
  const { order, sites, members, weight } = sample, { tables, stride } = sums, pairs = order + order % 2;
  for (let l = 0; l < stride; l++) {
    for (let n = 0; n < pairs; n++) {
      const at = n * stride + l, isThere = n < order && l < sites;
      const [cosh, sinh] = isThere ? functionsOf(sample, kind, n, l) : [1, 0];
      tables.weighted[at] = isThere ? sample.weighted[n * sites + l] : 0;
      tables.cosh[at] = cosh;
      tables.sinh[at] = sinh;
      if (l === 0) [tables.levels[2 * n], tables.levels[2 * n + 1]] = [cosh, sinh];
    }
  }
  for (let member = 0; member < members; member++) {
    for (let l = 0; l < stride; l++) {
      sums.members.cosh[member * stride + l] = l < sites ? sample.bathCosh[member * sites + l] : 1;
      sums.members.sinh[member * stride + l] = l < sites ? sample.bathSinh[member * sites + l] : 0;
    }
  }
  const from = firstExpanded(tables.levels, 0, 2, order, BOUND), isExpanded = from < pairs;
  countTerms(tables.levels, 0, 2, from, order, BOUND, tables.terms);
  for (const momentum of [weight, 1]) {
    if (isExpanded) sums.expand(kind, from, pairs, BOUND);
    sums.add(kind, from, isExpanded ? 1 / BOUND : 0, 0, members, momentum);
  }
  const { charge, energy, totals } = sums.members;
  const result = { charge: [...charge], energy: [...energy], totals: [...totals], expanded: [pairs - from] };
  sums.release();
  return result;
}

Deno.test("compiled or not, the loops give the same bits, and the sums of Eq. (6), expanded where modes are far above", () => {
  let expanded = 0;
  fc.assert(
    fc.property(samples, fc.constantFrom<TemperatureKind>("uniform", "profile"), (sample, kind) => {
      const { order, sites, members, weight } = sample, sums = plainSums(order, sites, members), { stride } = sums;
      const plain = run(sums, sample, kind);
      assertEquals(run(compiledSums(order, sites, members), sample, kind), plain);
      if (plain.expanded[0] > 0) expanded++;
      for (let member = 0; member < members; member++) {
        const total = [0, 0, 0];
        for (let l = 0; l < sites; l++) {
          let charge = 0, energy = 0, size = 0;
          for (let n = 0; n < order; n++) {
            const [cosh, sinh] = functionsOf(sample, kind, n, l), bath = member * sites + l;
            const share = sample.weighted[n * sites + l] / (cosh + sample.bathCosh[bath]);
            charge += share * sample.bathSinh[bath];
            energy -= share * sinh;
            size += Math.abs(share) * (Math.abs(sample.bathSinh[bath]) + sinh);
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
  assertEquals(expanded > 100, true, "most samples must have an expansion, or this shows little");
});

Deno.test("tables larger than a page of memory; memory that was used before is empty again", () => {
  const order = 400, sites = 200, sums = compiledSums(order, sites, 2);
  sums.tables.weighted.fill(1);
  sums.tables.levels.fill(1);
  sums.members.cosh.fill(1);
  sums.members.sinh.fill(2);
  sums.add("uniform", order, 0, 1, 2, 0.5);
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

Deno.test("two at a time have each a memory of their own", () => {
  const one = compiledSums(2, 4, 1), other = compiledSums(2, 4, 1);
  one.tables.weighted.fill(3);
  assertEquals(other.tables.weighted, new Float64Array(8));
  one.release();
  other.release();
});

Deno.test("an expansion leaves less than a rounding, whatever the distance", () => {
  for (const ratio of [32, 33, 100, 1e3, 1e10, 2 ** 60]) {
    const levels = Float64Array.of(BOUND * ratio), terms = new Float64Array(2);
    countTerms(levels, 0, 1, 0, 1, BOUND, terms);
    assertEquals(terms[0] <= TERMS && ratio ** -terms[0] <= 2 ** -55, true, `${ratio}`);
  }
});
