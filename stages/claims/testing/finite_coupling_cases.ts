/**
 * Made-up currents at finite couplings.
 *
 * @module
 */
import { type CasesById, evidence, type MadeUpRow } from "./made_up.ts";

const COUPLING = "baths.coupling", UNIFORM = { parameters: { "baths.chemical_potential_slope": 0 } };

/** A row of currents at a coupling. */
function row(coupling: number | string, charge: number, error = 1e-6): MadeUpRow {
  return {
    [COUPLING]: coupling,
    charge_current: charge,
    charge_current_error: error,
    energy_current: 0,
    energy_current_error: 1e-6,
  };
}

const limit = [0.001, 0.01, 0.1].map((coupling) => row(coupling, 0.005));

/** Exact currents that deviate from the limit by a share of it. */
function deviating(of: (coupling: number) => number, couplings = [0.001, 0.01, 0.1]): MadeUpRow[] {
  return couplings.map((coupling) => row(coupling, 0.005 * (1 + of(coupling))));
}

const SURFACE = "0.4*exp(-x/5)", NEGATIVE = "0.2 + 0.25*cos(pi*x)";

/** Currents in uniform baths. */
function nulls(coupling: number | string, charge: number, error?: number): MadeUpRow[] {
  return [row(coupling, charge, error), row(coupling, -charge / 2, error)];
}

const LIMIT_METHOD = { ...UNIFORM, settings: { current: { method: "limit" } } };

const DISORDERED = { parameters: { ...UNIFORM.parameters, "disorder.scheme": "scba" } };

/** The cases. */
export const finiteCouplingCases: CasesById = {
  "limit-of-small-coupling": {
    holds: [evidence({ current: deviating((coupling) => coupling / 2), current_limit: limit })],
    limited: [[
      evidence({ current: deviating((coupling) => 16 * coupling ** 2), current_limit: limit }),
      "off by 16 %",
    ]],
    fails: [evidence({ current: deviating(() => 0.01), current_limit: limit })],
    undecided: [
      evidence({ current: deviating((coupling) => coupling / 2) }),
      evidence({
        current: deviating(() => 0, [0.01, 0.1, 1]),
        current_limit: [0.01, 0.1, 1].map((coupling) => row(coupling, 0.005)),
      }),
      evidence({ current: deviating(() => 0), current_limit: limit }, { settings: { current: { method: "limit" } } }),
      evidence({
        current: [0.001, 0.01, 0.1].map((coupling) => row(coupling, 0)),
        current_limit: [0.001, 0.01, 0.1].map((coupling) => row(coupling, 0)),
      }),
    ],
  },
  "no-current-from-inhomogeneous-tunnelling": {
    holds: [
      evidence({ current: nulls(SURFACE, 1e-16) }, UNIFORM),
      evidence({ current: nulls(SURFACE, 1e-16, 1e-18) }, UNIFORM),
    ],
    fails: [evidence({ current: nulls(SURFACE, 1e-4) }, UNIFORM)],
    undecided: [
      evidence({ current: nulls(SURFACE, 1e-8) }, UNIFORM), // more than rounding, less than the error
      evidence({ current: nulls(SURFACE, 1e-4) }),
      evidence({ current: nulls("0.2", 1e-4) }, UNIFORM),
      evidence({ current: nulls(0.2, 1e-4) }, UNIFORM),
      evidence({ current: nulls(SURFACE, 1e-4) }, LIMIT_METHOD),
      evidence({ current: nulls(SURFACE, 1e-4) }, DISORDERED),
    ],
  },
  "no-current-from-negative-lifetimes": {
    holds: [evidence({ current: nulls(NEGATIVE, 1e-16) }, UNIFORM)],
    fails: [evidence({ current: nulls(NEGATIVE, 1e-4) }, UNIFORM)],
    undecided: [
      evidence({ current: nulls(SURFACE, 1e-4) }, UNIFORM),
      evidence({ current: nulls(NEGATIVE, 1e-8) }, UNIFORM),
    ],
  },
};
