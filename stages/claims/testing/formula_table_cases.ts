/**
 * Made-up tables of formulas: Eqs. (7)–(9), (B1) and (B2) typed in once more, in their plainest form.
 *
 * @module
 */
import { type CasesById, evidence, type MadeUpRow, type MadeUpStudy } from "./made_up.ts";

/** A branch's bath. */
interface Bath {
  readonly beta: number;
  readonly mu: number;
}

type Form = (fa: Bath, cll: Bath) => { readonly charge: number; readonly energy: number };

const FIELD = 1.6, CUTOFF = 0.6, PREFACTOR = FIELD / (2 * Math.PI ** 2);

const softplus = (x: number): number => Math.log(1 + Math.exp(x));

/** ∫ x f dx over |x| < W in 20 000 steps of the midpoint rule. */
function midpointEnergy({ beta, mu }: Bath, edge: number): number {
  const step = edge / 10_000;
  let sum = 0;
  for (let i = -10_000; i < 10_000; i++) {
    const x = (i + 0.5) * step;
    sum += step * x / (1 + Math.exp(beta * (x - mu)));
  }
  return sum;
}

/** ∫ x f dx to second order in μ, or with an extra term. */
function expandedEnergy({ beta, mu }: Bath): number {
  const b = beta * CUTOFF, up = Math.exp(b);
  return midpointEnergy({ beta, mu: 0 }, CUTOFF) + (-b * up / (up + 1) ** 2 - 1 / (up + 1) + 0.5) * mu * mu;
}

const exact: Form = (fa, cll) => {
  const filled = ({ beta, mu }: Bath): number =>
    (softplus(beta * (CUTOFF + mu)) - softplus(-beta * (CUTOFF - mu))) / beta;
  return {
    charge: PREFACTOR * (filled(cll) - filled(fa)),
    energy: PREFACTOR * (midpointEnergy(fa, CUTOFF) - midpointEnergy(cll, CUTOFF)),
  };
};

const first: Form = (fa, cll) => ({
  charge: PREFACTOR * (cll.mu * Math.tanh(cll.beta * CUTOFF / 2) - fa.mu * Math.tanh(fa.beta * CUTOFF / 2)),
  energy: PREFACTOR * (expandedEnergy(fa) - expandedEnergy(cll)),
});

const limit: Form = (fa, cll) => ({
  charge: PREFACTOR * (cll.mu - fa.mu),
  energy: FIELD / 12 * (fa.beta ** -2 - cll.beta ** -2) + FIELD / (4 * Math.PI ** 2) * (fa.mu ** 2 - cll.mu ** 2),
});

/** A form that is off by a share. */
const off = (form: Form, share: number): Form => (fa, cll) => {
  const { charge, energy } = form(fa, cll);
  return { charge: charge * (1 + share), energy: energy * (1 + share) };
};

/** A form that is off by a power of μ. */
const offBy = (form: Form, power: number): Form => (fa, cll) => {
  const { charge, energy } = form(fa, cll), rest = 0.1 * (cll.mu ** power + fa.mu ** power / 2);
  return { charge: charge + rest, energy: energy + rest };
};

const LEVELS = [-0.1, -0.05, 0, 0.05, 0.1],
  HEAT = { "baths.chemical_potential_slope": 0, "baths.inverse_temperature_slope": 1 };

/** Rows of several forms at Fermi levels, with the baths that the rule for the branches gives. */
function rows(
  forms: Readonly<Record<string, Form>>,
  parameters: MadeUpRow,
  levels: readonly number[] = LEVELS,
): MadeUpRow[] {
  const slope = Number(parameters["baths.chemical_potential_slope"] ?? 0.01);
  const heat = Number(parameters["baths.inverse_temperature_slope"] ?? 0);
  return levels.flatMap((mu) =>
    Object.entries(forms).map(([order, form]) => {
      const { charge, energy } = form({ beta: 1, mu: mu - 24.5 * slope }, { beta: 1 + heat * 49 / 100, mu });
      return {
        "baths.fermi_level": mu,
        order,
        charge_current: charge,
        energy_current: energy,
        cutoff: CUTOFF,
        cutoff_error: 0,
      };
    })
  );
}

const SETTINGS = { formula: { cutoff: CUTOFF, order: ["exact", "first", "ultraviolet"] } };

function formulas(
  forms: Readonly<Record<string, Form>>,
  parameters: MadeUpRow = HEAT,
  levels?: readonly number[],
): ReturnType<typeof evidence> {
  return evidence({ formula: rows(forms, parameters, levels) }, { parameters, settings: SETTINGS });
}

/** One form, which the table then does not name. */
function single(order: string, form: Form, study: MadeUpStudy = {}): ReturnType<typeof evidence> {
  const parameters = study.parameters ?? {};
  return evidence({ formula: rows({ [order]: form }, parameters).map(({ order: _, ...row }) => row) }, {
    parameters,
    settings: { formula: { cutoff: CUTOFF, order } },
  });
}

/** What no formula is said of: no velocity, no amplitude, like baths, or no table. */
const NOWHERE = [
  evidence({}),
  evidence({ formula: rows({ exact: limit, first: limit, ultraviolet: first }, HEAT) }, { parameters: HEAT }),
  ...[{ "model.velocity": 0 }, { "model.gauge_field.amplitude": 0 }, { "model.gauge_field.profile": "table" }].map((
    other,
  ) =>
    evidence({ formula: rows({ exact: limit, first: limit, ultraviolet: first }, HEAT) }, {
      parameters: { ...HEAT, ...other },
      settings: SETTINGS,
    })
  ),
  formulas({ exact: off(exact, 1), first: off(first, 1), ultraviolet: off(limit, 1) }, {
    "baths.chemical_potential_slope": 0,
  }),
];

/** The energy current of the lattice beside a formula, at two temperatures. */
function lattice(share: (beta: number) => number, form: Form, limitForm = limit): ReturnType<typeof evidence> {
  const points = [1, 4].map((beta) => ({
    beta,
    ...form({ beta, mu: 0 }, { beta: beta + 0.49, mu: 0 }),
    limit: limitForm,
  }));
  return evidence({
    formula: points.map(({ beta, charge, energy }) => ({
      "baths.inverse_temperature": beta,
      order: "exact",
      charge_current: charge,
      energy_current: energy,
      cutoff: CUTOFF,
      cutoff_error: 0,
    })),
    current: points.map(({ beta, energy }) => ({
      "baths.inverse_temperature": beta,
      charge_current: 0,
      charge_current_error: 0,
      energy_current: -share(beta) * energy,
      energy_current_error: 0,
    })),
  }, { parameters: HEAT, settings: SETTINGS });
}

/** The cases. */
export const formulaTableCases: CasesById = {
  "charge-integral": {
    holds: [formulas({ exact }), formulas({ exact }, {}), single("exact", exact)],
    fails: [formulas({ exact: off(exact, 1e-6) }), single("exact", first), formulas({ exact: limit }, {})],
    undecided: [formulas({ first }), single("first", first), formulas({ exact }, HEAT, [0]), ...NOWHERE],
  },
  "energy-integral": {
    // The midpoint rule above is good to 1e-9.
    holds: [formulas({ exact }), formulas({ exact }, {}), single("exact", exact)],
    fails: [formulas({ exact: off(exact, 1e-5) }), single("exact", off(exact, 1e-5)), formulas({ exact: limit })],
    undecided: [formulas({ first }), single("first", first), ...NOWHERE],
  },
  "ultraviolet-charge": {
    holds: [formulas({ ultraviolet: limit }), formulas({ ultraviolet: limit }, {}), single("ultraviolet", limit)],
    fails: [formulas({ ultraviolet: exact }), formulas({ ultraviolet: off(limit, 1e-6) }, {})],
    undecided: [formulas({ exact }), ...NOWHERE],
  },
  "ultraviolet-energy": {
    holds: [formulas({ ultraviolet: limit }), formulas({ ultraviolet: limit }, {})],
    fails: [formulas({ ultraviolet: exact }), formulas({ ultraviolet: off(limit, 1e-6) })],
    undecided: [formulas({ exact }), ...NOWHERE],
  },
  "special-cases": {
    holds: [formulas({ first }), formulas({ first }, {}), single("first", first)],
    fails: [formulas({ first: exact }), formulas({ first: off(first, 1e-9) }, {})],
    undecided: [
      formulas({ exact }),
      formulas({ first: exact }, { "baths.inverse_temperature_slope": 1 }),
      formulas({ first: exact }, HEAT, [0]),
      ...NOWHERE,
    ],
  },
  "first-order-in-mu": {
    holds: [formulas({ exact, first })],
    fails: [formulas({ exact, first: offBy(exact, 2) }), formulas({ exact, first: offBy(exact, 4) })],
    undecided: [
      formulas({ exact, first: exact }),
      formulas({ exact }),
      formulas({ exact, first: limit }, HEAT, [0.05, 0.08]),
      formulas({ exact, first: limit }, HEAT, [1, 2]),
      ...NOWHERE,
    ],
  },
  "second-order-in-mu": {
    holds: [formulas({ exact, first: offBy(exact, 3) })],
    limited: [[formulas({ exact, first: offBy(exact, 4) }), "better than printed"]],
    fails: [formulas({ exact, first: offBy(exact, 2) })],
    undecided: [formulas({ exact, first: exact }), formulas({ exact }), ...NOWHERE],
  },
  "lattice-energy-current": {
    limited: [
      [lattice(() => 1, exact), "−lattice/(B1) is 1 at β = 1, 1 at β = 4"],
      [lattice((beta) => beta === 1 ? 1.7 : 0.6, exact), "1.7 at β = 1, 0.6 at β = 4"],
    ],
    fails: [lattice(() => 3, exact), lattice(() => -1, exact), lattice((beta) => beta === 1 ? 0 : 1, exact)],
    undecided: [
      lattice(() => 0, () => ({ charge: 0, energy: 0 })),
      formulas({ exact }),
      evidence({
        current: [{ charge_current: 0, charge_current_error: 0, energy_current: 1, energy_current_error: 0 }],
      }, { parameters: HEAT }),
    ],
  },
  "energy-cutoff": {
    holds: [lattice(() => 1, exact)],
    fails: [lattice(() => 1, limit)],
    undecided: [lattice(() => 0, () => ({ charge: 0, energy: 0 })), formulas({ exact })],
  },
};
