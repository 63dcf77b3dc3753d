/**
 * The fit of the cutoff: it finds what synthetic currents were made with, its error covers the truth as often as it says, and where there is no answer it says why.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import type { FormulaOrder } from "./branch_integrals.ts";
import { type CutoffFit, fitCutoff, type LatticeCurrent } from "./cutoff_fit.ts";
import { chargeCurrent, ultravioletChargeCurrent } from "./transport_formula.ts";

type Setting = Omit<LatticeCurrent, "charge">;

const ORDERS: readonly FormulaOrder[] = ["exact", "first"];

const setting = (muFa: number, betaFa: number, muCll: number, betaCll: number): Setting => ({
  model: { gaugeField: 1.6, velocity: 1 },
  baths: {
    fa: { chemicalPotential: muFa, inverseTemperature: betaFa },
    cll: { chemicalPotential: muCll, inverseTemperature: betaCll },
  },
});

/** The points of Fig. 3(c): slopes at one temperature. */
const slopes = (beta: number): Setting[] =>
  [0.002, 0.004, 0.006, 0.008, 0.01, 0.012, 0.014, 0.016].map((slope) => setting(-24.5 * slope, beta, 0, beta));

function formula(settings: readonly Setting[], order: FormulaOrder, cutoff: number): LatticeCurrent[] {
  return settings.map(({ model, baths }) => ({
    model,
    baths,
    charge: chargeCurrent({ ...model, cutoff }, baths, order),
  }));
}

function sumOfSquares(points: readonly LatticeCurrent[], order: FormulaOrder, cutoff: number): number {
  return points.reduce(
    (sum, { model, baths, charge }) => sum + (chargeCurrent({ ...model, cutoff }, baths, order) - charge) ** 2,
    0,
  );
}

/** Strong noise may leave no minimum, or two that are as good: these refusals only are null. */
function fitOrNone(points: readonly LatticeCurrent[], order: FormulaOrder): CutoffFit | null {
  try {
    return fitCutoff(points, order);
  } catch (error) {
    if (error instanceof Error && /fits? the (lattice )?currents (better|equally)/.test(error.message)) return null;
    throw error;
  }
}

/** Normal deviates by Box and Muller from Marsaglia's xorshift, the same in every run. */
function normal(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Settings of any kind, for a cutoff at which βvΛ stays below 8: beyond, the currents hardly depend on it. */
const problems = fc.record({
  cutoff: fc.noBias(fc.integer({ min: 1, max: 100 })).map((n) => n / 50),
  settings: fc.array(
    fc.record({
      gaugeField: numberWithin(1).map((value) => 1.5 + value),
      velocity: numberWithin(0.5).map((value) => 1 + value),
      mu: fc.tuple(numberWithin(1), numberWithin(1)),
      band: fc.tuple(numberWithin(3.8).map((b) => 4 + b), numberWithin(3.8).map((b) => 4 + b)),
    }),
    { minLength: 3, maxLength: 12 },
  ),
}).map(({ cutoff, settings }) => ({
  cutoff,
  settings: settings.map(({ gaugeField, velocity, mu, band }): Setting => ({
    ...setting(mu[0], band[0] / velocity / cutoff, mu[1], band[1] / velocity / cutoff),
    model: { gaugeField, velocity },
  })),
}));

Deno.test("the cutoff that the currents were made with comes back, with no error to speak of", () => {
  for (const order of ORDERS) {
    fc.assert(
      fc.property(problems, ({ cutoff, settings }) => {
        const fit = fitCutoff(formula(settings, order, cutoff), order);
        assertLess(Math.abs(fit.cutoff / cutoff - 1), 1e-11);
        assertLess(fit.error / cutoff, 1e-11);
        assertLess(fit.residual, 1e-15);
      }),
      { ...REPEATABLE, numRuns: 100, endOnFailure: true },
    );
    for (const [beta, cutoff] of [[1, 0.53], [5, 0.36], [0.01, 0.02], [1, 1e-6], [10, 1e-3]]) {
      const fit = fitCutoff(formula(slopes(beta), order, cutoff), order);
      assertLess(Math.abs(fit.cutoff / cutoff - 1), 1e-13);
    }
  }
});

Deno.test("the least of all sums of squares, for currents that the formula does not fit", () => {
  let fitted = 0;
  const noises = fc.array(numberWithin(0.03), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(problems, noises, ({ cutoff, settings }, noise) => {
      const points = formula(settings, "exact", cutoff).map((point, k) => ({
        ...point,
        charge: point.charge + noise[k],
      }));
      const fit = fitOrNone(points, "exact");
      if (fit === null) return;
      fitted++;
      const least = sumOfSquares(points, "exact", fit.cutoff);
      assertLess(Math.abs(fit.residual - Math.sqrt(least / points.length)), 1e-15);
      for (let factor = 1e-3; factor < 1e3; factor *= 1.013) {
        assert(sumOfSquares(points, "exact", cutoff * factor) >= least * (1 - 1e-12), `at ${cutoff * factor}`);
      }
    }),
    { ...REPEATABLE, numRuns: 60, endOnFailure: true },
  );
  assertLess(40, fitted);
});

Deno.test("the standard error is √(s²/Σ(∂J/∂Λ)²), and units and the order of the points do not matter", () => {
  const random = normal(7);
  for (const order of ORDERS) {
    const points = formula(slopes(2), order, 0.45).map((point) => ({
      ...point,
      charge: point.charge + 1e-4 * random(),
    }));
    const { cutoff, error } = fitCutoff(points, order);
    const variance = sumOfSquares(points, order, cutoff) / (points.length - 1);
    const curvature = points.reduce((sum, { model, baths }) => {
      const at = (cutoff: number): number => chargeCurrent({ ...model, cutoff }, baths, order);
      return sum + ((at(cutoff + 1e-4) - at(cutoff - 1e-4)) / 2e-4) ** 2;
    }, 0);
    assertLess(Math.abs(error / Math.sqrt(variance / curvature) - 1), 1e-6);

    const backwards = fitCutoff(points.toReversed(), order);
    assertAlmostEquals(backwards.cutoff, cutoff, 1e-13);
    const scaled = fitCutoff(
      points.map(({ model, baths, charge }) => ({ model: { ...model, gaugeField: 3.2 }, baths, charge: 2 * charge })),
      order,
    );
    assertEquals([scaled.cutoff, scaled.error], [cutoff, error]);
  }
});

Deno.test("the truth is within one and two standard errors as often as Student's t says", () => {
  const random = normal(20241010), truth = 0.5, replicas = 300;
  for (const order of ORDERS) {
    const exact = formula(slopes(2), order, truth);
    let once = 0, twice = 0;
    for (let replica = 0; replica < replicas; replica++) {
      const { cutoff, error } = fitCutoff(
        exact.map((point) => ({ ...point, charge: point.charge + 2e-4 * random() })),
        order,
      );
      if (Math.abs(cutoff - truth) < error) once++;
      if (Math.abs(cutoff - truth) < 2 * error) twice++;
    }
    // Seven degrees of freedom: 0.649 and 0.914; the bounds are four standard deviations of the count.
    assertAlmostEquals(once / replicas, 0.649, 0.11);
    assertAlmostEquals(twice / replicas, 0.914, 0.065);
  }
});

Deno.test("a wrong minimum is not taken: where a temperature difference drives the current, two cutoffs give it", () => {
  // At one pair of temperatures the first order tells the two apart by nothing …
  const pair = [0.1, 0.2, 0.3, 0.4].map((mu) => setting(mu, 1, mu, 2));
  assertThrows(() => fitCutoff(formula(pair, "first", 0.8), "first"), Error, "fit the currents equally well");
  // … and at several, or exactly in μ, it does.
  const several = [...pair, setting(0.2, 1, 0.2, 3), setting(0.2, 2, 0.2, 4)];
  assertAlmostEquals(fitCutoff(formula(several, "first", 0.8), "first").cutoff, 0.8, 1e-12);
  assertAlmostEquals(fitCutoff(formula(several, "first", 4), "first").cutoff, 4, 1e-10);
  const exact = formula(pair, "exact", 0.8);
  assertAlmostEquals(fitCutoff(exact, "exact").cutoff, 0.8, 1e-12);
  // Noise hides the difference: the other minimum is within the error of the first one.
  const noisy = exact.map((point, k) => ({ ...point, charge: point.charge * (1 + (k % 2 === 0 ? 0.1 : -0.1)) }));
  assertThrows(() => fitCutoff(noisy, "exact"), Error, "fit the currents equally well");
});

Deno.test("one point, or none, says nothing of the error", () => {
  assertThrows(() => fitCutoff([], "exact"), Error, "there are no points, and a standard error takes two at least");
  const [point] = formula(slopes(1), "exact", 0.5);
  assertThrows(() => fitCutoff([point], "exact"), Error, "there is one point");
});

Deno.test("where no cutoff is best, the message says why", () => {
  for (const order of ORDERS) {
    const points = formula(slopes(1), order, 0.5);
    const scaled = (factor: number): LatticeCurrent[] =>
      points.map((point) => ({ ...point, charge: factor * point.charge }));
    const refused = (points: readonly LatticeCurrent[], reason: string): void => {
      const { message } = assertThrows(() => fitCutoff(points, order), Error, reason);
      assert(message.startsWith("Cannot fit the cutoff of the transport formula: "), message);
    };
    refused(scaled(0), "all 8 lattice currents are 0");
    refused(scaled(-1), "no cutoff above 0 fits the lattice currents better than no current");
    refused(scaled(NaN), "a lattice current is NaN");
    const beyond = points.map((point) => ({
      ...point,
      charge: 1.1 * ultravioletChargeCurrent(point.model, point.baths),
    }));
    refused(beyond, "no finite cutoff fits the lattice currents better than an infinite one");
    const alike = [0.1, 0.2].map((mu) => ({ ...setting(mu, 1, mu, 1), charge: 1e-3 }));
    refused(alike, "the formula gives 0 at all 2 points whatever the cutoff");
  }
});

Deno.test("a local minimum worse than no current, or than an infinite cutoff, is none", () => {
  const worseThanNone = [
    { ...setting(-0.1, 5, -0.1, 2), charge: -0.016 },
    { ...setting(-0.1, 1, -0.2, 0.5), charge: 0.016 },
  ];
  const worseThanInfinite = [
    { ...setting(0, 2, 0.1, 5), charge: 0.016 },
    { ...setting(0.2, 2, 0.1, 0.5), charge: -0.008 },
  ];
  const minimum = (points: readonly LatticeCurrent[], cutoff: number): void => {
    const at = (factor: number): number => sumOfSquares(points, "first", cutoff * factor);
    assert(at(1) < at(0.99) && at(1) < at(1.01));
  };
  minimum(worseThanNone, 1.59374);
  assertThrows(() => fitCutoff(worseThanNone, "first"), Error, "no cutoff above 0 fits");
  minimum(worseThanInfinite, 0.840304);
  assertThrows(() => fitCutoff(worseThanInfinite, "first"), Error, "no finite cutoff fits");
});

Deno.test("points at which the formula is zero count as points, and a bad bath is named", () => {
  const points = formula([...slopes(1), setting(0, 1, 0, 1)], "exact", 0.5);
  assertAlmostEquals(fitCutoff(points, "exact").cutoff, 0.5, 1e-13);
  const bad = { ...setting(0.1, -1, 0, 1), charge: 1 };
  assertThrows(() => fitCutoff([...points, bad], "exact"), RangeError, "inverse temperature of the Fermi arc is -1");
});
