/**
 * Shares of blocks against the integrand summed up momentum by momentum: settings that go by spectra and settings that do not, blocks in which that differs.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import fc from "fast-check";
import { bathSettings, madeUpBlock } from "../../tests/twins/made_up_block.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { type Baths, baths } from "./baths.ts";
import { addShares, shareIn } from "./block_share.ts";
import { contractPoints } from "./contraction.ts";
import { currentNumbers, CurrentShares, NUMBERS } from "./current_share.ts";
import type { GridWeights } from "./grid_weights.ts";

/** Weights of three blocks of three momenta, of which the coarse rules leave some out. */
const WEIGHTS: readonly GridWeights[] = [
  { row: 0.1, coarseRow: 0, point: Float64Array.of(1, 1, 0.5), coarsePoint: Float64Array.of(0, 3, 0) },
  { row: 0.1, coarseRow: 0.3, point: Float64Array.of(1, 0.7, 0.5), coarsePoint: Float64Array.of(0, 2, 0.4) },
  { row: 0.05, coarseRow: 0, point: Float64Array.of(1, 1, 1), coarsePoint: Float64Array.of(0, 0, 0) },
];

/** Blocks whose largest energies differ: in the last one many temperatures need more panels than there may be. */
function blocks(sites: number, seed: number): MomentumBlock[] {
  return [1, 0.3, 20].map((scale, i) => {
    const block = madeUpBlock(sites, 3, seed + i);
    return { ...block, energy: block.energy.map((value) => scale * value) };
  });
}

function total(settings: readonly Baths[], all: readonly MomentumBlock[]): Float64Array {
  const shares = new CurrentShares(settings);
  try {
    return all.map((block, i) => shares.ofModes(block, WEIGHTS[i], () => {})).reduce(addShares);
  } finally {
    shares.release();
  }
}

/** The numbers of all settings, shape `[setting][number]`. */
function numbersOf(settings: readonly Baths[], total: Float64Array): Float64Array {
  return Float64Array.from([...currentNumbers(settings, total)].flatMap((numbers) => [...numbers]));
}

/** The same numbers, added up momentum by momentum. */
function expected(settings: readonly Baths[], all: readonly MomentumBlock[]): Float64Array {
  const numbers = new Float64Array(settings.length * NUMBERS);
  all.forEach((block, i) => {
    const { row, coarseRow, point, coarsePoint } = WEIGHTS[i], integrand = contractPoints(block, settings);
    numbers.forEach((_, at) => {
      const set = Math.floor(at / NUMBERS), kind = at % 2;
      const along = Math.floor(at % NUMBERS / 2), weight = along % 2 === 0 ? point : coarsePoint;
      for (let k = 0; k < 3; k++) {
        numbers[at] += (along < 2 ? row : coarseRow) * weight[k] * integrand[2 * (3 * set + k) + kind];
      }
    });
  });
  return numbers;
}

Deno.test("whatever goes by spectra and whatever does not: the sums over all momenta, by each of the rules", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 23 }),
      fc.array(bathSettings, { minLength: 1, maxLength: 5 }),
      fc.nat(1e6),
      (sites, stated, seed) => {
        const all = blocks(sites, seed), settings = stated.map((one) => baths(one, sites));
        const sum = total(settings, all), [magnitude] = shareIn(sum).magnitude;
        const numbers = numbersOf(settings, sum);
        expected(settings, all).forEach((value, i) => {
          // Energies go up to 120, and weights of the coarse rules to three times those of the fine one on each axis.
          assertAlmostEquals(numbers[i], value, 1e-13 * (i % 2 === 0 ? 1 : 120) * magnitude + 1e-300);
        });
      },
    ),
    { ...REPEATABLE, numRuns: 40 },
  );
});

Deno.test("a setting's numbers do not depend on which others are asked for with it, bit by bit", () => {
  const sites = 8, all = blocks(sites, 7), stated = fc.sample(bathSettings, { seed: 6, numRuns: 150 });
  stated.push({ ...stated[0], inverse_temperature: 250 }, { ...stated[0], fermi_level: 0 });
  const settings = stated.map((one) => baths(one, sites)), together = numbersOf(settings, total(settings, all));
  settings.forEach((one, i) => {
    assertEquals(numbersOf([one], total([one], all)), together.slice(i * NUMBERS, (i + 1) * NUMBERS));
  });
});

Deno.test("shares of some blocks can be added before those of others are there", () => {
  const sites = 6,
    all = blocks(sites, 2),
    settings = fc.sample(bathSettings, { seed: 4, numRuns: 5 })
      .map((one) => baths(one, sites));
  const shares = new CurrentShares(settings);
  const [one, two, three] = all.map((block, i) => shares.ofModes(block, WEIGHTS[i], () => {}));
  const numbers = numbersOf(settings, addShares(one, addShares(two, three)));
  const [magnitude] = shareIn(total(settings, all)).magnitude;
  numbersOf(settings, total(settings, all)).forEach((value, i) => {
    assertAlmostEquals(numbers[i], value, 1e-13 * (i % 2 === 0 ? 1 : 120) * magnitude);
  });
  assertGreater(numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0), 1e-3);
  shares.release();
});
