/**
 * The transport formulas against the two-band integrals over q_y that the paper starts from, its special cases as printed, and its limits.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import type { BranchBaths } from "./branch_baths.ts";
import { bends, fermi, integrate } from "../../tests/twins/adaptive_quadrature.ts";
import {
  chargeCurrent,
  type CutTwoBandModel,
  energyCurrent,
  ultravioletChargeCurrent,
  ultravioletEnergyCurrent,
} from "./transport_formula.ts";

const RUNS = { ...REPEATABLE, numRuns: 200 };

/** Numbers between two, evenly on the logarithmic scale. */
function between(least: number, most: number): fc.Arbitrary<number> {
  return fc.noBias(fc.integer({ min: 0, max: 1000 })).map((n) => least * (most / least) ** (n / 1000));
}

const models: fc.Arbitrary<CutTwoBandModel> = fc.record({
  gaugeField: numberWithin(2),
  velocity: between(0.1, 10),
  cutoff: between(0.01, 10),
});
const branch = fc.record({ chemicalPotential: numberWithin(5), inverseTemperature: between(0.01, 100) });
const branchPairs: fc.Arbitrary<BranchBaths> = fc.record({ fa: branch, cll: branch });

const baths = (muFa: number, betaFa: number, muCll: number, betaCll: number): BranchBaths => ({
  fa: { chemicalPotential: muFa, inverseTemperature: betaFa },
  cll: { chemicalPotential: muCll, inverseTemperature: betaCll },
});

/** A⁵/π · ∫dq_y/2π of a branch's integrand, given at q_y and its occupation there, E = sign · v q_y. */
function overMomenta(
  { gaugeField, velocity, cutoff }: CutTwoBandModel,
  { chemicalPotential: mu, inverseTemperature: beta }: BranchBaths["fa"],
  sign: number,
  integrand: (q: number, occupied: number) => number,
): { value: number; size: number } {
  const breaks = bends(beta, mu).map((x) => sign * x / velocity);
  const { value, size } = integrate(
    (q) => integrand(q, fermi(sign * velocity * q, beta, mu)),
    -cutoff,
    cutoff,
    breaks,
  );
  const prefactor = gaugeField / (2 * Math.PI ** 2);
  return { value: prefactor * value, size: Math.abs(prefactor) * size };
}

Deno.test("the charge current is Eq. (6) over the two bands with ⟨J_y⟩ = −∂E/∂q_y", () => {
  fc.assert(
    fc.property(models, branchPairs, (model, pair) => {
      const fa = overMomenta(model, pair.fa, 1, (_, occupied) => -model.velocity * occupied);
      const cll = overMomenta(model, pair.cll, -1, (_, occupied) => model.velocity * occupied);
      const actual = chargeCurrent(model, pair, "exact");
      // The formula counts from half filling, so that its terms are of the size of the edge also where hardly a state is occupied.
      const scale = fa.size + cll.size + Math.abs(model.gaugeField) * model.velocity * model.cutoff / Math.PI ** 2;
      assertLess(Math.abs(actual - (fa.value + cll.value)), 1e-13 * scale + 1e-300);
    }),
    RUNS,
  );
});

Deno.test("the energy current is the first line of Appendix B, with ⟨J_y^E⟩ = q_y", () => {
  fc.assert(
    fc.property(models, branchPairs, (model, pair) => {
      const fa = overMomenta(model, pair.fa, 1, (q, occupied) => q * occupied);
      const cll = overMomenta(model, pair.cll, -1, (q, occupied) => q * occupied);
      const actual = energyCurrent(model, pair, "exact");
      assertLess(Math.abs(actual - (fa.value + cll.value)), 1e-13 * (fa.size + cll.size) + 1e-300);
    }),
    RUNS,
  );
});

Deno.test("Eqs. (7), (8) and (9) as printed", () => {
  fc.assert(
    fc.property(models, branchPairs, (model, { fa, cll }) => {
      const { gaugeField, velocity, cutoff } = model, prefactor = gaugeField / (2 * Math.PI ** 2);
      const tanh = (beta: number): number => Math.tanh(beta * velocity * cutoff / 2);
      const [muFa, betaFa] = [fa.chemicalPotential, fa.inverseTemperature];
      const [muCll, betaCll] = [cll.chemicalPotential, cll.inverseTemperature];
      const bound = 1e-15 * Math.abs(prefactor) * (Math.abs(muFa) + Math.abs(muCll));
      const assertFirst = (pair: BranchBaths, expected: number): void =>
        assertAlmostEquals(chargeCurrent(model, pair, "first"), expected, bound + 1e-300);
      assertFirst({ fa, cll }, prefactor * (muCll * tanh(betaCll) - muFa * tanh(betaFa)));
      assertFirst(baths(muFa, betaFa, muCll, betaFa), prefactor * tanh(betaFa) * (muCll - muFa));
      assertFirst(baths(muFa, betaFa, muFa, betaCll), prefactor * (tanh(betaCll) - tanh(betaFa)) * muFa);
    }),
    RUNS,
  );
});

Deno.test("Eq. (8) does not depend on μ_F; exactly in μ, the current is even in it at equal temperatures", () => {
  const model = { gaugeField: 1.6, velocity: 1, cutoff: 0.53 };
  const at = (muF: number, order: "exact" | "first"): number =>
    chargeCurrent(model, baths(muF - 0.1, 1, muF + 0.1, 1), order);
  for (const muF of [0.2, 0.5, 1]) {
    assertAlmostEquals(at(muF, "first"), at(0, "first"), 1e-16);
    assertAlmostEquals(at(muF, "exact"), at(-muF, "exact"), 1e-16);
    assertLess(at(muF, "exact"), at(0, "exact")); // the cutoff holds what lies above it back
  }
});

Deno.test("symmetries: charge odd under μ → −μ, energy even; both odd under the exchange of the branches' baths", () => {
  fc.assert(
    fc.property(models, branchPairs, (model, pair) => {
      const { fa, cll } = pair;
      const mirrored = baths(
        -fa.chemicalPotential,
        fa.inverseTemperature,
        -cll.chemicalPotential,
        cll.inverseTemperature,
      );
      for (const order of ["exact", "first"] as const) {
        const charge = chargeCurrent(model, pair, order), energy = energyCurrent(model, pair, order);
        assertAlmostEquals(chargeCurrent(model, mirrored, order), -charge, 0);
        assertAlmostEquals(energyCurrent(model, mirrored, order), energy, 0);
        assertAlmostEquals(chargeCurrent(model, { fa: cll, cll: fa }, order), -charge, 0);
        assertAlmostEquals(energyCurrent(model, { fa: cll, cll: fa }, order), -energy, 0);
        assertAlmostEquals(chargeCurrent(model, { fa, cll: fa }, order), 0, 0);
        assertAlmostEquals(energyCurrent(model, { fa, cll: fa }, order), 0, 0);
      }
    }),
    RUNS,
  );
});

Deno.test("only vΛ counts in the charge current; v and Λ on their own only as 1/v² in the energy current", () => {
  fc.assert(
    fc.property(models, branchPairs, (model, pair) => {
      const twice = { ...model, velocity: 2 * model.velocity, cutoff: model.cutoff / 2 };
      for (const order of ["exact", "first"] as const) {
        assertEquals(chargeCurrent(twice, pair, order), chargeCurrent(model, pair, order));
        assertEquals(4 * energyCurrent(twice, pair, order), energyCurrent(model, pair, order));
      }
    }),
    RUNS,
  );
});

Deno.test("the first orders are approached as μ³ by the charge and as μ⁴ by the energy", () => {
  const model = { gaugeField: 1.6, velocity: 0.8, cutoff: 1.5 };
  const left = (of: typeof chargeCurrent, size: number): number => {
    const pair = baths(-size, 1, size / 2, 2);
    return of(model, pair, "exact") - of(model, pair, "first");
  };
  const ratio = (of: typeof chargeCurrent): number => Math.log2(left(of, 0.1) / left(of, 0.05));
  assertAlmostEquals(ratio(chargeCurrent), 3, 0.02);
  assertAlmostEquals(ratio(energyCurrent), 4, 0.02);
});

Deno.test("ultraviolet limits, of both orders", () => {
  fc.assert(
    fc.property(models, branchPairs, (model, pair) => {
      const { fa, cll } = pair;
      const thermal = 1 / Math.min(fa.inverseTemperature, cll.inverseTemperature);
      const potential = Math.max(Math.abs(fa.chemicalPotential), Math.abs(cll.chemicalPotential));
      const far = { ...model, cutoff: (potential + 60 * thermal) / model.velocity };
      const prefactor = Math.abs(model.gaugeField) / (2 * Math.PI ** 2);
      for (const order of ["exact", "first"] as const) {
        const charge = ultravioletChargeCurrent(model, pair), energy = ultravioletEnergyCurrent(model, pair);
        assertAlmostEquals(chargeCurrent(far, pair, order), charge, 2e-15 * prefactor * potential + 1e-300);
        const scale = prefactor * (potential ** 2 + 4 * thermal ** 2) / model.velocity ** 2;
        assertAlmostEquals(energyCurrent(far, pair, order), energy, 4e-15 * scale + 1e-300);
      }
    }),
    RUNS,
  );
});

Deno.test("what Λ → ∞ loses: Eq. (9) goes to zero, and so does the temperature dependence of Eq. (8)", () => {
  const far = { gaugeField: 1.6, velocity: 1, cutoff: 1e4 }, near = { ...far, cutoff: 0.5 };
  assertEquals(chargeCurrent(far, baths(0.4, 1, 0.4, 3), "first"), 0);
  assertLess(0.005, chargeCurrent(near, baths(0.4, 1, 0.4, 3), "first"));
  const drive = (model: CutTwoBandModel, beta: number): number =>
    chargeCurrent(model, baths(-0.1, beta, 0, beta), "first");
  assertEquals(drive(far, 1), drive(far, 10));
  assertLess(2 * drive(near, 1), drive(near, 10));
});

Deno.test("finite at any size of βvΛ and βμ", () => {
  const sizes = [1e-6, 1, 1e4, 1e8];
  for (const beta of sizes) {
    for (const mu of sizes) {
      for (const cutoff of sizes) {
        const model = { gaugeField: 1.6, velocity: 1, cutoff }, pair = baths(-mu / beta, beta, mu / beta, 2 * beta);
        for (const order of ["exact", "first"] as const) {
          const charge = chargeCurrent(model, pair, order), energy = energyCurrent(model, pair, order);
          assertEquals([Number.isFinite(charge), Number.isFinite(energy)], [true, true], `${beta} ${mu} ${cutoff}`);
          assertLess(0, charge);
        }
      }
    }
  }
});

Deno.test("what the model cannot be is refused, by name", () => {
  const model = { gaugeField: 1.6, velocity: 1, cutoff: 0.5 }, pair = baths(0, 1, 0.1, 1);
  for (const bad of [0, -1, NaN, Infinity]) {
    for (const evaluate of [chargeCurrent, energyCurrent]) {
      const refused = (model: CutTwoBandModel, pair: BranchBaths, what: string): void => {
        assertThrows(
          () => evaluate(model, pair, "exact"),
          RangeError,
          `Cannot evaluate the transport formula: ${what} is`,
        );
      };
      refused({ ...model, velocity: bad }, pair, "the velocity");
      refused({ ...model, cutoff: bad }, pair, "the cutoff");
      refused(model, baths(0, bad, 0, 1), "the inverse temperature of the Fermi arc");
      refused(model, baths(0, 1, 0, bad), "the inverse temperature of the chiral Landau level");
      if (Number.isFinite(bad)) continue;
      refused({ ...model, gaugeField: bad }, pair, "the gauge field");
      refused(model, baths(bad, 1, 0, 1), "the chemical potential of the Fermi arc");
      refused(model, baths(0, 1, bad, 1), "the chemical potential of the chiral Landau level");
    }
  }
  assertThrows(() => ultravioletChargeCurrent({ ...model, velocity: -1 }, pair), RangeError, "the velocity is -1");
  assertThrows(() => ultravioletEnergyCurrent(model, baths(0, 0, 0, 1)), RangeError, "the inverse temperature");
});
