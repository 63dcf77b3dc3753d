/**
 * Made-up currents, by what drives them.
 *
 * @module
 */
import { type CasesById, evidence, type MadeUpRow } from "./made_up.ts";

const LEVEL = "baths.fermi_level", SLOPE = "baths.chemical_potential_slope", BETA = "baths.inverse_temperature";
const HEAT = "baths.inverse_temperature_slope";

/** A current by level and slope. */
type Law = (level: number, slope: number) => number;

const LEVELS = [-0.2, -0.1, 0, 0.1, 0.2], SLOPES = [-0.02, -0.01, 0.01, 0.02];

function currents(law: Law, levels: readonly number[], slopes: readonly number[], other: MadeUpRow = {}): MadeUpRow[] {
  return slopes.flatMap((slope) =>
    levels.map((level) => ({
      ...other,
      [SLOPE]: slope,
      [LEVEL]: level,
      charge_current: law(level, slope),
      charge_current_error: 1e-6,
      energy_current: 0,
      energy_current_error: 1e-6,
    }))
  );
}

/** Driven by a gradient of the temperature. */
function thermal(law: (level: number) => number, levels: readonly number[] = LEVELS): MadeUpRow[] {
  return currents(law, levels, [0], { [HEAT]: 1 });
}

const evenLaw: Law = (_, slope) => slope / 2;
/** As on the lattice: odd in (μ_F, slope), with an odd part of the next order. */
const latticeLaw: Law = (level, slope) => slope / 2 + 10 * level * slope * slope;
const none: Law = () => 0;
const noise: Law = (level, slope) => 1e-18 * (level + slope);

/** Lines of J at temperatures: slope of the line by β. */
function lines(of: (beta: number) => number, betas: readonly number[], slopes = [0.005, 0.01, 0.02]): MadeUpRow[] {
  return betas.flatMap((beta) => currents((_, slope) => of(beta) * 24.5 * slope, [0], slopes, { [BETA]: beta }));
}

/** A⁵/2π². */
const PRINTED = 1.6 / (2 * Math.PI ** 2);
const tanhLaw = (gain: number) => (beta: number): number => gain * PRINTED * Math.tanh(0.35 * beta);
const BETAS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const NO_FIELD = { parameters: { "model.gauge_field.amplitude": 0 } };

/** The cases. */
export const currentCases: CasesById = {
  "potential-gradient-drives-current": {
    holds: [evidence({ current: currents(evenLaw, LEVELS, SLOPES) })],
    fails: [
      evidence({ current: currents(none, LEVELS, SLOPES) }),
      evidence({ current: currents(() => 2e-6, LEVELS, SLOPES) }),
    ],
    undecided: [
      evidence({ current: thermal(() => 1) }),
      evidence({ current: currents(evenLaw, LEVELS, [0]) }),
      evidence({ current: currents(none, LEVELS, SLOPES) }, NO_FIELD),
      evidence({ current: currents(none, LEVELS, SLOPES, { [HEAT]: 1 }) }),
    ],
  },
  "temperature-gradient-drives-current": {
    holds: [evidence({ current: thermal((level) => level / 100) })],
    fails: [evidence({ current: thermal(() => 0) }), evidence({ current: thermal((level) => 1e-5 * level) })],
    undecided: [
      evidence({ current: thermal(() => 0, [0]) }),
      evidence({ current: currents(evenLaw, LEVELS, SLOPES) }),
      evidence({ current: thermal(() => 0) }, NO_FIELD),
    ],
  },
  "no-current-in-equilibrium": {
    holds: [evidence({ current: currents(noise, LEVELS, [0]) })],
    fails: [evidence({ current: currents((level) => level / 1000, LEVELS, [0]) })],
    undecided: [
      evidence({ current: currents(evenLaw, [0], [0]) }),
      evidence({ current: currents(evenLaw, LEVELS, SLOPES) }),
    ],
  },
  "particle-hole-symmetry": {
    holds: [
      evidence({ current: currents(latticeLaw, LEVELS, SLOPES) }),
      evidence({ current: currents(latticeLaw, [0], SLOPES) }),
    ],
    fails: [
      evidence({ current: currents((_, slope) => slope + slope * slope, LEVELS, SLOPES) }),
      evidence({ current: currents((level, slope) => slope * (1 + level), LEVELS, SLOPES) }),
    ],
    undecided: [
      evidence({ current: currents(latticeLaw, LEVELS, [0.01, 0.02]) }),
      evidence({ current: currents(noise, LEVELS, SLOPES) }),
      evidence({ current: currents(latticeLaw, LEVELS, [0]) }),
      // The image has another temperature.
      evidence({
        current: [
          ...currents(latticeLaw, [0.1], [0.01], { [BETA]: 1 }),
          ...currents(latticeLaw, [-0.1], [-0.01], { [BETA]: 2 }),
        ],
      }),
    ],
  },
  "even-in-the-fermi-level": {
    holds: [evidence({ current: currents(evenLaw, LEVELS, [0.01]) })],
    limited: [
      [
        evidence({ current: currents(latticeLaw, LEVELS, [0.02, 0.005]) }),
        "even to leading order in the slope: the odd part is 2 % at 0.005 and 8 % at 0.02",
      ],
      [evidence({ current: currents(latticeLaw, LEVELS, [0.01]) }), "J(−μ_F, −slope); the odd part is 4 % at 0.01"],
    ],
    fails: [
      evidence({ current: currents((level, slope) => slope * (1 + level), LEVELS, [0.01, 0.02]) }),
      evidence({ current: currents((level) => level, LEVELS, [0.01]) }),
      // Grows as the square of the slope.
      evidence({ current: currents((level, slope) => slope * (1 + 5000 * level * slope ** 2), LEVELS, [0.005, 0.02]) }),
      // Another temperature does not mend it.
      evidence({
        current: [
          ...currents((level, slope) => slope * (1 + level), LEVELS, [0.01], { [BETA]: 1 }),
          ...currents(evenLaw, LEVELS, [0.005], { [BETA]: 2 }),
        ],
      }),
    ],
    undecided: [
      evidence({ current: currents(evenLaw, [0, 0.1, 0.2], SLOPES) }),
      evidence({ current: currents(noise, LEVELS, SLOPES) }),
      evidence({ current: thermal((level) => level) }),
    ],
  },
  "odd-in-the-fermi-level": {
    holds: [evidence({ current: thermal((level) => level - level ** 3) })],
    fails: [
      evidence({ current: thermal((level) => level + 1e-9 * level ** 2) }),
      evidence({ current: thermal(() => 1) }),
    ],
    undecided: [
      evidence({ current: thermal(() => 1, [0, 0.1]) }),
      evidence({ current: thermal(() => 1e-17) }),
      evidence({ current: currents(evenLaw, LEVELS, SLOPES) }),
    ],
  },
  "independent-of-the-fermi-level": {
    holds: [evidence({ current: currents(evenLaw, LEVELS, [0.01]) })],
    limited: [[
      evidence({ current: currents((level, slope) => slope * (1 - level ** 2), [...LEVELS, 0.5], [0.01]) }),
      "further off it does: 25 % less at μ_F = 0.5",
    ]],
    fails: [evidence({ current: currents((level, slope) => slope * (1 - 5 * level), LEVELS, [0.01]) })],
    undecided: [
      evidence({ current: currents(evenLaw, [0, 0.01], [0.01]) }),
      evidence({ current: currents(evenLaw, [0.1, 0.2], [0.01]) }),
      evidence({ current: currents((level) => level, LEVELS, [0.01]) }),
      evidence({ current: currents((level) => 1 + level, LEVELS, [0.01]) }, NO_FIELD),
    ],
  },
  "linear-in-the-imbalance": {
    holds: [evidence({ current: lines(() => 1, [1]) })],
    fails: [
      evidence({ current: currents((_, slope) => slope ** 2, [0], [0.005, 0.01, 0.02]) }),
      evidence({ current: currents((_, slope) => 1 + slope, [0], [0.005, 0.01, 0.02]) }),
    ],
    undecided: [
      // Two that are opposite, and three that are nearly one, are on a line in any case.
      evidence({ current: currents((_, slope) => slope ** 3, [0], [-0.02, -0.01, 0.01, 0.02]) }),
      evidence({ current: currents((_, slope) => slope ** 2, [0], [0.01, 0.0101, 0.0102]) }),
      evidence({ current: currents((_, slope) => slope ** 2, [0.1], [0.005, 0.01, 0.02]) }),
      evidence({ current: currents(noise, [0], [0.005, 0.01, 0.02]) }),
    ],
  },
  "temperature-dependence": {
    holds: [evidence({ current: lines(tanhLaw(1), BETAS) })],
    fails: [evidence({ current: lines(() => PRINTED, BETAS) })],
    undecided: [
      evidence({ current: lines(() => PRINTED, [10, 20]) }),
      evidence({ current: lines(() => PRINTED, [1]) }),
      evidence({ current: lines(() => PRINTED, BETAS) }, { parameters: { "model.gauge_field.profile": "constant" } }),
      evidence({ current: lines(() => PRINTED, BETAS) }, NO_FIELD),
    ],
  },
  "cold-limit": {
    holds: [evidence({ current: lines(tanhLaw(1), BETAS) }), evidence({ current: lines(() => PRINTED, [50, 60, 70]) })],
    limited: [
      [
        evidence({ current: lines(tanhLaw(0.76), BETAS) }),
        "0.759 of the slope A⁵/2π² of Eq. (8), as the arcs end at 0.757",
      ],
      [evidence({ current: lines(tanhLaw(0.5), BETAS) }), "has 0.499 of the slope A⁵/2π² of Eq. (8)"],
      [
        evidence({ current: lines(tanhLaw(-0.5), BETAS) }, { parameters: { "model.gauge_field.amplitude": -1.6 } }),
        "has 0.499 of the slope",
      ],
    ],
    fails: [
      evidence({ current: lines((beta) => beta, BETAS) }),
      evidence({ current: lines((beta) => 1 / beta, BETAS) }),
    ],
    undecided: [
      evidence({ current: lines((beta) => beta, [1, 2, 3]) }),
      evidence({ current: lines((beta) => beta, [9, 10]) }),
      // The line changes sign.
      evidence({ current: lines((beta) => 9.5 - beta, BETAS) }),
      evidence({ current: lines((beta) => beta, BETAS, [0.01]) }),
    ],
  },
  "tanh-factor": {
    holds: [
      evidence({ current: lines(tanhLaw(1), BETAS) }),
      evidence({ current: lines(tanhLaw(-1), BETAS) }, { parameters: { "model.gauge_field.amplitude": -1.6 } }),
      evidence({ current: lines(tanhLaw(1), BETAS) }, { parameters: { "model.velocity": -1 } }),
    ],
    limited: [[
      evidence({ current: lines(tanhLaw(0.95), BETAS) }),
      "with 0.95 of the prefactor and Λ = 0.7 the deviation is",
    ]],
    fails: [
      evidence({ current: lines(tanhLaw(0.5), BETAS) }),
      evidence({ current: lines(tanhLaw(-1), BETAS) }),
      // One of two slabs is enough.
      evidence({
        current: [1, 0.5].flatMap((gain, i) =>
          lines(tanhLaw(gain), BETAS).map((row) => ({ "model.mass": i / 10, ...row }))
        ),
      }),
    ],
    undecided: [
      evidence({ current: lines(tanhLaw(0.5), [1, 2, 10]) }),
      evidence({ current: lines(tanhLaw(0.5), [1, 1.1, 1.2, 1.3, 1.4]) }),
      evidence({ current: lines(tanhLaw(0.5), BETAS) }, { parameters: { "model.gauge_field.profile": "expression" } }),
      evidence({ current: lines(tanhLaw(0.5), BETAS) }, { parameters: { "model.velocity": 0 } }),
      evidence({ current: lines(() => 0, BETAS) }),
    ],
  },
};
