/**
 * The compiled loops against the plain ones, bit by bit, and both against sums written out.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { compiledSums, LANES, type OccupationSums, plainSums } from "./occupation_sums.ts";

const numbers = (length: number, min: number, max: number) =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: length, maxLength: length });

interface Sample {
  order: number;
  stride: number;
  weighted: number[];
  cosh: number[];
  sinh: number[];
  bathCosh: number[];
  bathSinh: number[];
}

const samples = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 })).chain(([order, quads]) => {
  const stride = LANES * quads;
  return fc.record({
    order: fc.constant(order),
    stride: fc.constant(stride),
    weighted: numbers(order * stride, -1, 1),
    cosh: numbers(order * stride, 0.5, 1e3),
    sinh: numbers(order * stride, 0, 1e3),
    bathCosh: numbers(stride, 0.5, 1e3),
    bathSinh: numbers(stride, -1e3, 1e3),
  });
});

function run(
  sums: OccupationSums,
  sample: Sample,
  kind: "uniform" | "profile",
): { charge: number[]; energy: number[] } {
  sums.tables.weighted.set(sample.weighted);
  sums.tables.cosh.set(sample.cosh);
  sums.tables.sinh.set(sample.sinh);
  const bath = { cosh: Float64Array.from(sample.bathCosh), sinh: Float64Array.from(sample.bathSinh) };
  sums[kind](sample.order, bath);
  return { charge: [...sums.tables.charge], energy: [...sums.tables.energy] };
}

Deno.test("compiled or not, the loops give the same bits, and the sums of Eq. (6)", () => {
  fc.assert(
    fc.property(samples, fc.constantFrom("uniform" as const, "profile" as const), (sample, kind) => {
      const { order, stride } = sample;
      const plain = run(plainSums(order, stride), sample, kind),
        compiled = run(compiledSums(order, stride), sample, kind);
      assertEquals(compiled, plain);
      for (let l = 0; l < stride; l++) {
        let charge = 0, energy = 0, size = 0;
        for (let n = 0; n < order; n++) {
          const at = kind === "uniform" ? n : n * stride + l;
          const share = sample.weighted[n * stride + l] / (sample.cosh[at] + sample.bathCosh[l]);
          charge += share * sample.bathSinh[l];
          energy -= share * sample.sinh[at];
          size += Math.abs(share) * (Math.abs(sample.bathSinh[l]) + sample.sinh[at]);
        }
        // A few roundings of each term.
        assertAlmostEquals(plain.charge[l], charge, 1e-15 * (order + 8) * size + 1e-300);
        assertAlmostEquals(plain.energy[l], energy, 1e-15 * (order + 8) * size + 1e-300);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("tables larger than a page of memory", () => {
  const order = 400, stride = 200, sums = compiledSums(order, stride);
  sums.tables.weighted.fill(1);
  sums.tables.cosh.fill(1);
  sums.tables.sinh.fill(1);
  sums.uniform(order, { cosh: new Float64Array(stride).fill(1), sinh: new Float64Array(stride).fill(2) });
  assertEquals([sums.tables.charge[0], sums.tables.charge[stride - 1]], [order, order]);
  assertEquals(sums.tables.energy[stride - 1], -order / 2);
});
