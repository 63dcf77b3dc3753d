/**
 * The contraction of the folded zone, states summed by hand, hyperbolic functions shared, against the plain sum of Eq. (6) over the whole zone.
 *
 * @module
 */
import { assert, assertEquals, assertGreater, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { type Baths as TwinBaths, type DenseCurrent, denseCurrentLimit } from "../../tests/twins/current.ts";
import { gridOf } from "../../tests/twins/run_current.ts";
import { FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { numberWithin, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { gridBlocks } from "../diagonalize/grid_blocks.ts";
import { multiplicity } from "../diagonalize/midpoint_grid.ts";
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import type { Baths } from "./baths.ts";
import { contractBlock, contractPoints } from "./contraction.ts";

/** A current with what its rounding is measured by: Σ_α |J_α| and Σ_α |E_α J_α|, the absolute values of all terms of Eq. (6) at most. */
interface Sum {
  readonly charge: number;
  readonly energy: number;
  readonly chargeProfile: Float64Array;
  readonly energyProfile: Float64Array;
  readonly chargeTerms: number;
  readonly energyTerms: number;
}

const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** The sums over the zone, from blocks of the grid. */
function contracted(
  { sites }: Slab,
  grid: MomentumGrid,
  blocks: readonly MomentumBlock[],
  settings: readonly Baths[],
): Sum[] {
  const measure = 1 / (grid.qy * grid.qz), sea = new Float64Array(sites);
  let chargeTerms = 0, energyTerms = 0;
  const sums = settings.map(() => ({ charge: new Float64Array(sites), energy: new Float64Array(sites) }));
  gridBlocks(grid, sites).forEach(({ row, first, end }, index) => {
    const block = blocks[index], weight = multiplicity(grid.qy).subarray(first, end).map((count) => count / 2);
    const rowWeight = multiplicity(grid.qz)[row] * measure;
    const result = contractBlock(block, settings, weight);
    for (let l = 0; l < sites; l++) {
      sea[l] += rowWeight * result.sea[l];
      result.currents.forEach(({ charge, energy }, set) => {
        sums[set].charge[l] += rowWeight * charge[l];
        sums[set].energy[l] += rowWeight * energy[l];
      });
    }
    block.groupVelocity.forEach((slope, at) => {
      const point = Math.floor(at / (2 * sites)), terms = 4 * rowWeight * weight[point] * Math.abs(slope);
      chargeTerms += terms;
      energyTerms += terms * block.energy[at];
    });
  });
  return sums.map(({ charge, energy }) => ({
    charge: total(charge),
    energy: total(energy),
    chargeProfile: charge.map((value, l) => value + sea[l]),
    energyProfile: energy,
    chargeTerms,
    energyTerms,
  }));
}

function twin(
  parameters: Slab,
  grid: MomentumGrid,
  { chemicalPotential, inverseTemperature }: TwinBaths,
): DenseCurrent {
  return denseCurrentLimit(parameters, grid, chemicalPotential, inverseTemperature);
}

/**
 * Site by site. The terms agree to 1e-10, as the states do; a rounding of ε is β times as large a rounding of the occupation, which tells where it is cold.
 * Where all terms vanish (at q_y = 0), what remains is the rounding of 4L states that carry at most |v| + 2|λ| each.
 */
function assertSame({ sites, velocity, hopping }: Slab, actual: Sum, expected: DenseCurrent, beta: number): void {
  const { chargeTerms, energyTerms } = actual, digits = 1e-10 + 1e-14 * beta;
  const rounding = 1e-13 * sites * (Math.abs(velocity) + 2 * Math.abs(hopping)) + 1e-300;
  const compare = (a: number, b: number, terms: number): void =>
    assertLessOrEqual(Math.abs(a - b), digits * terms + rounding);
  compare(actual.charge, expected.chargeCurrent, chargeTerms);
  compare(actual.energy, expected.energyCurrent, energyTerms);
  actual.chargeProfile.forEach((value, l) => compare(value, expected.profile[l], chargeTerms));
  actual.energyProfile.forEach((value, l) => compare(value, expected.energyProfile[l], energyTerms));
}

const grids = (): fc.Arbitrary<MomentumGrid> =>
  fc.record({ qy: fc.integer({ min: 1, max: 7 }), qz: fc.integer({ min: 1, max: 5 }) });

/** Baths of one of the kinds: what the temperature is decides by which formula they are summed. */
function bathsOf(kind: "uniform" | "profile" | "cold", sites: number): fc.Arbitrary<Baths> {
  const numbers = (): fc.Arbitrary<number[]> => fc.array(numberWithin(1), { minLength: sites, maxLength: sites });
  return fc.tuple(numbers(), numbers(), fc.boolean()).map(([a, b, smooth]) => {
    const slope = (values: number[], l: number): number =>
      smooth ? values[0] + (values[1] ?? 0) * l / sites : values[l];
    const beta = (l: number): number => {
      if (kind === "uniform") return 8 ** b[0];
      return kind === "profile" ? 8 ** Math.max(-1, Math.min(1, slope(b, l))) : 10 ** (2.5 + 1.5 * Math.abs(b[l]));
    };
    return {
      chemicalPotential: Float64Array.from({ length: sites }, (_, l) => 3 * slope(a, l)),
      inverseTemperature: Float64Array.from({ length: sites }, (_, l) => beta(l)),
    };
  });
}

for (const kind of ["uniform", "profile", "cold"] as const) {
  Deno.test(`Eq. (6) over the whole zone, ${kind} temperature, smooth and rough baths`, () => {
    let carried = 0;
    const value = slab(1, 5).chain((parameters) => fc.tuple(fc.constant(parameters), bathsOf(kind, parameters.sites)));
    fc.assert(
      fc.property(value, grids(), ([parameters, baths], grid) => {
        const [sum] = contracted(parameters, grid, gridOf(parameters, grid), [baths]);
        assertSame(parameters, sum, twin(parameters, grid, baths), Math.max(...baths.inverseTemperature));
        if (Math.abs(sum.charge) > 1e-6 * sum.chargeTerms) carried++;
      }),
      { ...REPEATABLE, numRuns: 40 },
    );
    assertGreater(carried, 12, "most currents must differ from zero, or this shows little");
  });
}

Deno.test("Eq. (6) over the whole zone, slabs with so many modes that some are expanded", () => {
  const value = fc.tuple(slab(9, 12), fc.constantFrom("uniform" as const, "profile" as const))
    .chain(([parameters, kind]) => fc.tuple(fc.constant(parameters), bathsOf(kind, parameters.sites)));
  fc.assert(
    fc.property(value, ([parameters, baths]) => {
      const grid = { qy: 3, qz: 2 }, [sum] = contracted(parameters, grid, gridOf(parameters, grid), [baths]);
      assertSame(parameters, sum, twin(parameters, grid, baths), Math.max(...baths.inverseTemperature));
    }),
    { ...REPEATABLE, numRuns: 12 },
  );
});

Deno.test("Eq. (6) over the whole zone where levels meet: the trace over the level", () => {
  const names = Object.keys(FAMILIES).filter((name) => !name.startsWith("q"));
  const value = fc.oneof(...names.map((name) => family(name, 2, 4))).chain(({ parameters }) =>
    fc.tuple(fc.constant(parameters), bathsOf("profile", parameters.sites))
  );
  fc.assert(
    fc.property(value, grids(), ([parameters, baths], grid) => {
      const [sum] = contracted(parameters, grid, gridOf(parameters, grid), [baths]);
      assertSame(parameters, sum, twin(parameters, grid, baths), 8);
    }),
    { ...REPEATABLE, numRuns: 60 },
  );
});

Deno.test("a level that crosses zero at q_y = 0, which odd grids meet, carries the trace of J_y over both its states", () => {
  // One momentum, q = 0. There M = A⁵ on the first site, which λ = v/2 makes the end of a one-way chain: one singular value vanishes.
  const grid = { qy: 1, qz: 1 };
  for (const velocity of [0.9, -0.9]) {
    const parameters = {
      sites: 3,
      velocity,
      hopping: velocity / 2,
      mass: 0.3 - velocity,
      chiralGaugeField: Float64Array.of(0.3, -0.4, 1.1),
    };
    const baths = {
      chemicalPotential: Float64Array.of(-0.8, 0.35, 1.1),
      inverseTemperature: Float64Array.of(2, 0.7, 1.4),
    };
    const [sum] = contracted(parameters, grid, gridOf(parameters, grid), [baths]);
    assertSame(parameters, sum, twin(parameters, grid, baths), 2);
    assertGreater(Math.abs(sum.charge), 0.01);
  }
});

Deno.test("odd grids of a slab without field at the Dirac point", () => {
  const parameters = { sites: 4, velocity: 1, mass: 0, hopping: -1, chiralGaugeField: new Float64Array(4) };
  const baths = {
    chemicalPotential: Float64Array.of(-0.8, 0.35, 1.1, 0.2),
    inverseTemperature: Float64Array.of(2, 0.7, 1.4, 3),
  };
  for (const grid of [{ qy: 3, qz: 3 }, { qy: 1, qz: 4 }, { qy: 5, qz: 1 }]) {
    const [sum] = contracted(parameters, grid, gridOf(parameters, grid), [baths]);
    assertSame(parameters, sum, twin(parameters, grid, baths), 3);
  }
});

Deno.test("uniform baths drive no current", () => {
  fc.assert(
    fc.property(slab(2, 12), grids(), numberWithin(3), numberWithin(1), (parameters, grid, mu, tilt) => {
      const baths = {
        chemicalPotential: new Float64Array(parameters.sites).fill(mu),
        inverseTemperature: new Float64Array(parameters.sites).fill(8 ** tilt),
      };
      const [sum] = contracted(parameters, grid, gridOf(parameters, grid), [baths]);
      assertLessOrEqual(Math.abs(sum.charge), 1e-12 * sum.chargeTerms);
      assertLessOrEqual(Math.abs(sum.energy), 1e-12 * sum.energyTerms);
    }),
    REPEATABLE,
  );
});

Deno.test("with uniform μ the current is odd in it bit by bit, whatever the temperatures; so it is when all μ_l change sign", () => {
  const value = slab(2, 10).chain((parameters) =>
    fc.tuple(
      fc.constant(parameters),
      fc.constantFrom("uniform" as const, "profile" as const, "cold" as const)
        .chain((kind) => bathsOf(kind, parameters.sites)),
    )
  );
  fc.assert(
    fc.property(value, grids(), fc.boolean(), ([parameters, baths], grid, uniform) => {
      const mu = uniform ? baths.chemicalPotential.map(() => baths.chemicalPotential[0]) : baths.chemicalPotential;
      const settings = [{ ...baths, chemicalPotential: mu }, { ...baths, chemicalPotential: mu.map((x) => -x) }];
      const [there, back] = contracted(parameters, grid, gridOf(parameters, grid), settings);
      assert(there.charge === -back.charge, `${there.charge} and ${back.charge}`);
      assertEquals(there.energy, back.energy);
    }),
    REPEATABLE,
  );
});

Deno.test("the numbers of one setting do not depend on the others, bit by bit", () => {
  const value = slab(3, 8).chain((parameters) =>
    fc.tuple(
      fc.constant(parameters),
      fc.array(
        fc.constantFrom("uniform" as const, "profile" as const, "cold" as const)
          .chain((kind) => bathsOf(kind, parameters.sites)),
        { minLength: 2, maxLength: 6 },
      ),
    )
  );
  fc.assert(
    fc.property(value, ([parameters, settings]) => {
      const grid = { qy: 4, qz: 3 }, blocks = gridOf(parameters, grid);
      // Some share their temperatures, so that there are groups of more than one.
      const all = [
        ...settings,
        ...settings.map((baths) => ({ ...baths, chemicalPotential: baths.chemicalPotential.toReversed() })),
      ];
      const together = contracted(parameters, grid, blocks, all);
      all.forEach((baths, set) => assertEquals(contracted(parameters, grid, blocks, [baths])[0], together[set]));
      assertEquals(contracted(parameters, grid, blocks, all.toReversed()).toReversed(), together);
    }),
    REPEATABLE,
  );
});

Deno.test("sums by coarse weights are those of the integrand momentum by momentum, and the magnitude bounds the sea", () => {
  const [parameters] = fc.sample(slab(6, 6), { seed: 3, numRuns: 1 });
  const [baths] = fc.sample(bathsOf("profile", 6), { seed: 4, numRuns: 1 });
  const [block] = gridOf(parameters, { qy: 9, qz: 1 });
  const fine = Float64Array.of(0.5, 1, 1, 1, 1), coarse = Float64Array.of(1.5, 0, 0, 3, 0);
  const { sea, magnitude, currents: [current] } = contractBlock(block, [baths], fine);
  const { currents: [swapped] } = contractBlock(block, [baths], coarse);
  const points = contractPoints(block, [baths]); // [point][2]
  const by = (weight: Float64Array, kind: 0 | 1): number =>
    weight.reduce((sum, own, point) => sum + own * points[2 * point + kind], 0);
  const near = (a: number, b: number): void => assertLessOrEqual(Math.abs(a - b), 1e-12 * magnitude * 10);
  near(by(coarse, 0), total(swapped.charge));
  near(by(coarse, 1), total(swapped.energy));
  near(by(fine, 0), total(current.charge));
  assertGreater(magnitude, 0);
  assertLessOrEqual(sea.reduce((sum, value) => sum + Math.abs(value), 0), magnitude);
  assertLessOrEqual(Math.abs(total(sea)), 1e-14 * magnitude * 10);
});
