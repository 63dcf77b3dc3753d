/**
 * Every claim against evidence of which one knows what becomes of it, and the ledger against studies of any kind.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { observables } from "../observables.ts";
import { judged } from "./claim.ts";
import { claims, ledger, ledgerReads } from "./ledger.ts";
import { chiralStateCases } from "./testing/chiral_state_cases.ts";
import { currentCases } from "./testing/current_cases.ts";
import { disorderCases } from "./testing/disorder_cases.ts";
import { finiteCouplingCases } from "./testing/finite_coupling_cases.ts";
import { formulaTableCases } from "./testing/formula_table_cases.ts";
import { type CasesById, evidence, madeUpStudy } from "./testing/made_up.ts";
import { massCases } from "./testing/mass_cases.ts";
import { studies } from "./testing/random_studies.ts";

const cases: CasesById = {
  ...finiteCouplingCases,
  ...chiralStateCases,
  ...disorderCases,
  ...currentCases,
  ...massCases,
  ...formulaTableCases,
};

Deno.test("every claim has cases, every case a claim, and no two claims a name or a sentence", () => {
  assertEquals(Object.keys(cases).sort(), claims.map(({ id }) => id).sort());
  assertEquals(new Set(claims.map(({ claim }) => claim)).size, claims.length);
  for (
    const { id, fails, undecided, holds = [], limited = [] } of Object.entries(cases).map(([id, c]) => ({ id, ...c }))
  ) {
    assert(holds.length + limited.length > 0 && fails.length > 0 && undecided.length > 0, `${id} lacks a case`);
  }
});

for (const claim of claims) {
  Deno.test(`claim ${claim.id}: ${claim.claim}`, () => {
    const { holds = [], limited = [], fails, undecided } = cases[claim.id];
    holds.forEach((one, i) => {
      const record = judged(claim, one);
      assertEquals([record?.verdict, record?.limits], ["holds", ""], `holds ${i}: ${record?.value}`);
    });
    limited.forEach(([one, words], i) => {
      const record = judged(claim, one);
      assertEquals(record?.verdict, "holds with limits", `limited ${i}: ${record?.value}`);
      assertStringIncludes(record!.limits, words);
    });
    fails.forEach((one, i) => {
      const record = judged(claim, one);
      assertEquals(record?.verdict, "fails", `fails ${i}: ${record?.value}`);
    });
    [evidence({}), ...undecided].forEach((one, i) => assertEquals(judged(claim, one), undefined, `undecided ${i}`));
  });
}

Deno.test("what baths with profiles drive is not what the paper speaks of: no claim is judged by it", () => {
  // A current where both slopes are 0 would refute that there is none without gradients.
  const rows = [-0.4, 0.4].map((level) => ({
    "baths.fermi_level": level,
    charge_current: 0.01,
    charge_current_error: 1e-6,
    energy_current: 0,
    energy_current_error: 0,
  }));
  const study = madeUpStudy({ current: rows }, { parameters: { "baths.chemical_potential_slope": 0 } });
  const verdicts = (baths: Record<string, unknown>) => {
    const parameters = { ...study.facts.parameters, baths: { ...study.facts.parameters.baths as object, ...baths } };
    return ledger(study.tables, { ...study.facts, parameters: parameters as typeof study.facts.parameters });
  };
  assert(verdicts({}).length > 0);
  for (const key of ["chemical_potential", "inverse_temperature"]) {
    assertEquals(verdicts({ [key]: { profile: "expression", expression: "1 + x" } }), []);
  }
});

Deno.test("a ledger of any study: nothing throws, and verdicts follow from value and bound", () => {
  let decided = 0;
  fc.assert(
    fc.property(studies(), ({ tables, facts }) => {
      for (const { verdict, value, bound: { least = -Infinity, most = Infinity }, limits } of ledger(tables, facts)) {
        decided++;
        assert(Number.isFinite(value));
        const isWithin = value >= least && value <= most;
        assertEquals(verdict, !isWithin ? "fails" : limits === "" ? "holds" : "holds with limits");
        assert(!/NaN|undefined|Infinity/.test(limits), limits);
      }
    }),
    { seed: 20241010, numRuns: 1000 },
  );
  // Random tables decide something now and then: else the test would say nothing.
  assert(decided > 300, `${decided} claims were decided`);
});

Deno.test("tables of a hundred thousand rows are none too many", () => {
  const rows = Array.from({ length: 150_000 }, (_, i) => ({
    "baths.fermi_level": (i - 75_000) / 75_000,
    charge_current: 1,
    charge_current_error: 0.01,
    energy_current: 0,
    energy_current_error: 0,
  }));
  const { tables, facts } = madeUpStudy({ current: rows });
  assert(ledger(tables, facts).some(({ id }) => id === "even-in-the-fermi-level"));
});

Deno.test("the ledger reads what claims are about, in order, and nothing else", () => {
  const outline = {
    parameters: { model: { sites: 8 }, baths: { fermi_level: 0 }, momentum: { qy: 4 }, disorder: {} },
    observables: Object.keys(observables).map((name) => ({
      name,
      settings: { qz: 1 },
      swept: [["model.mass", "mass"]] as const,
    })),
  };
  const facts = ledgerReads(outline);
  assertEquals(Object.keys(facts.parameters), ["model", "baths"]);
  assertEquals(Object.keys(facts.settings).sort(), ["current", "formula", "gap_opening", "linewidth", "spectral"]);
  assertEquals(facts.swept.current, [["model.mass", "mass"]]);
  const order = claims.map(({ id }) => id);
  const { tables, facts: some } = madeUpStudy({
    current: [0, 0.1, -0.1].map((level) => ({
      "baths.fermi_level": level,
      charge_current: 1,
      charge_current_error: 0.01,
      energy_current: 0,
      energy_current_error: 0,
    })),
    current_by_branch: ["fa", "cll"].map((branch) => ({ branch, charge_current: 1 })),
  });
  const found = ledger(tables, some).map(({ id }) => order.indexOf(id));
  assert(found.length >= 3);
  assertEquals(found, found.toSorted((a, b) => a - b));
});
