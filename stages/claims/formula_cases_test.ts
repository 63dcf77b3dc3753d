/**
 * The claims' own integrals against an adaptive rule, over temperatures and cutoffs of any size: a rule that fails would condemn the formulas.
 *
 * @module
 */
import { assertEquals, assertLess } from "@std/assert";
import { bends, fermi, integrate } from "../../tests/twins/adaptive_quadrature.ts";
import { branchIntegral, farCutoff, formulaCases, integratedCharge } from "./formula_cases.ts";
import { evidence } from "./testing/made_up.ts";

Deno.test("the integrals over a branch, without the sea", () => {
  for (const beta of [1e-3, 0.1, 1, 10, 1e4]) {
    for (const edge of [1e-3, 0.5, 2, 1e4]) {
      for (const mu of [0, 0.01, -0.3, 0.5, -3]) {
        for (const power of [0, 1] as const) {
          const excess = (x: number): number => x > 0 ? fermi(x, beta, mu) : -fermi(-x, beta, -mu);
          const twin = integrate((x) => x ** power * excess(x), -edge, edge, bends(beta, mu));
          const error = Math.abs(
            branchIntegral({ inverseTemperature: beta, chemicalPotential: mu }, edge, power) - twin.value,
          );
          assertLess(error, 2e-9 * Math.abs(twin.value) + 1e-13 * twin.size + 1e-15, `${beta} ${edge} ${mu} ${power}`);
        }
      }
    }
  }
});

const row = { order: "exact", charge_current: 1, energy_current: 2, cutoff: 1e9, cutoff_error: 0 };
const settings = { formula: { cutoff: 1e9, order: ["exact"] } };

Deno.test("a cutoff that is as good as none takes no longer than another one", () => {
  const [one] = formulaCases(evidence({ formula: [row] }, { settings }), "exact");
  const limit = 1.6 / (2 * Math.PI ** 2) * 0.245;
  for (const cutoff of [1e9, farCutoff(one)]) {
    assertLess(Math.abs(integratedCharge(one, cutoff).value - limit), 1e-9 * limit);
  }
});

Deno.test("rows are those of the forms asked for, in unlike baths, a thousand at most", () => {
  const rows = Array.from({ length: 1500 }, () => row);
  assertEquals(formulaCases(evidence({ formula: rows }, { settings }), "exact").length, 1000);
  assertEquals(formulaCases(evidence({ formula: rows }, { settings }), "first", "ultraviolet"), []);
  // Baths that settings make alike, and those that they make unlike.
  const alike = { formula: { ...settings.formula, mu_fa: 0.3, mu_cll: 0.3 } },
    hot = { formula: { ...alike.formula, beta_fa: 3 } };
  assertEquals(formulaCases(evidence({ formula: [row] }, { settings: alike }), "exact"), []);
  const [one] = formulaCases(evidence({ formula: [row] }, { settings: hot }), "exact");
  assertEquals(one.baths.fa, { inverseTemperature: 3, chemicalPotential: 0.3 });
});
