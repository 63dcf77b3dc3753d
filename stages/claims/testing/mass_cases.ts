/**
 * Made-up currents and gaps along the mass, and currents branch by branch.
 *
 * @module
 */
import { type CasesById, evidence, type MadeUpRow } from "./made_up.ts";

function masses(law: (mass: number) => number, from = -2.5, to = 1.5, error = 1e-6): MadeUpRow[] {
  const count = Math.round((to - from) / 0.1) + 1;
  return Array.from({ length: count }, (_, i) => Math.round(10 * from + i) / 10).map((mass) => ({
    "model.mass": mass,
    charge_current: law(mass),
    charge_current_error: error,
    energy_current: 0,
    energy_current_error: 0,
  }));
}

/** Falls to both sides, as the paper has it. */
const falling = (mass: number): number => 0.005 * Math.exp(-2 * Math.abs(mass));
/** As on the lattice: falls for m < 0, grows for m > 0. */
const oneSided = (mass: number): number => 0.005 * Math.exp(mass < 0 ? 2 * mass : mass / 5);
const constant = (): number => 0.005;

const ALONG = { settings: { gap_opening: { along: "model.mass" } } };
const opening = (...found: number[]): { gap_opening: MadeUpRow[] } => ({
  gap_opening: found.map((opening) => ({ opening, gap: 0.01 })),
});

/** Parts of the current along μ_F. */
function branches(
  fa: (level: number) => number,
  cll: (level: number) => number,
  landau = 0,
  levels = [-0.1, 0, 0.1],
): MadeUpRow[] {
  return levels.flatMap((level) =>
    Object.entries({ fa: fa(level), cll: cll(level), landau, other: 0 }).map(([branch, charge_current]) => ({
      "baths.fermi_level": level,
      branch,
      charge_current,
    }))
  );
}

const EQUILIBRIUM = { parameters: { "baths.chemical_potential_slope": 0 } };
const THERMAL = { parameters: { "baths.chemical_potential_slope": 0, "baths.inverse_temperature_slope": 1 } };
const OTHER_SLAB = { parameters: { "model.sites": 40 } };

/** The cases. */
export const massCases: CasesById = {
  "gap-opens": {
    holds: [evidence(opening(-1.21), ALONG), evidence(opening(-1.21, 4.1), ALONG)],
    fails: [evidence(opening(-0.8), ALONG), evidence(opening(-1.2, -1.6), ALONG)],
    undecided: [
      evidence(opening(0.8), ALONG),
      evidence(opening(-0.8), { ...ALONG, ...OTHER_SLAB }),
      evidence(opening(-0.8)),
      evidence(opening(-0.8), { settings: { gap_opening: { along: "model.gauge_field.amplitude" } } }),
    ],
  },
  "falls-with-the-mass": {
    holds: [
      evidence({ current: masses(falling) }),
      // For λ > 0 the trivial phase is on the other side.
      evidence({ current: masses((mass) => oneSided(-mass), 0, 2.5) }, { parameters: { "model.hopping": 1 } }),
    ],
    limited: [[evidence({ current: masses(oneSided) }), "largest at m = 1.5, 1.35 times that at m = 0"]],
    fails: [
      evidence({ current: masses(constant) }),
      evidence({ current: masses((mass) => oneSided(-mass)) }),
      // In small steps, too.
      evidence({ current: masses((mass) => 0.005 * (1 - mass / 100)) }),
    ],
    undecided: [
      evidence({ current: masses(constant, -0.3, 0) }),
      evidence({ current: masses(constant, -2, -1) }),
      evidence({ current: masses(() => 0) }),
      evidence({ current: masses(constant) }, EQUILIBRIUM),
      evidence({ current: masses(constant) }, { parameters: { "model.hopping": 0 } }),
      evidence({ current: masses(constant) }, { parameters: { "baths.fermi_level": 0.1 } }),
    ],
  },
  "finite-in-the-trivial-phase": {
    holds: [evidence({ current: masses(falling) })],
    fails: [
      evidence({ current: masses((mass) => mass < -1.2 ? 0 : 0.005) }),
      evidence({ current: masses((mass) => falling(8 * mass)) }),
    ],
    undecided: [
      evidence({ current: masses(falling, -1, 1) }),
      evidence({ current: masses(falling, -2, 1, 1e-3) }),
      evidence({ current: masses(() => 0) }),
      evidence({ current: masses((mass) => mass < -1.2 ? 0 : 0.005) }, OTHER_SLAB),
    ],
  },
  "enhanced-without-mass": {
    holds: [evidence({ current: masses(falling) })],
    limited: [[evidence({ current: masses(oneSided) }), "largest at m = 1.5, 1.35 times that at m = 0"]],
    fails: [evidence({ current: masses(constant) }), evidence({ current: masses((mass) => 0.005 - mass / 1000) })],
    undecided: [
      evidence({ current: masses(constant, -1, 1) }),
      evidence({ current: masses(constant, -2.5, -1) }),
      evidence({ current: masses(constant) }, OTHER_SLAB),
      evidence({ current: masses((mass) => mass < -1.3 ? 0 : 0.005) }),
    ],
  },
  "small-mass": {
    holds: [evidence({ current: masses(falling) }), evidence({ current: masses(falling) }, OTHER_SLAB)],
    fails: [
      evidence({ current: masses((mass) => mass < 0 ? -0.005 : 0.005) }),
      evidence({ current: masses((mass) => falling(8 * mass)) }),
    ],
    undecided: [
      evidence({ current: masses(falling, 0.1, 1) }),
      evidence({
        current: masses(falling).filter((row) => Math.abs(Number(row["model.mass"])) > 0.3 || row["model.mass"] === 0),
      }),
      evidence({ current: masses((mass) => mass) }),
    ],
  },
  "imbalance-of-the-chiral-states": {
    holds: [
      evidence({ current_by_branch: branches((level) => -level - 0.1, (level) => level) }),
      evidence({ current_by_branch: branches((level) => -level - 0.1, (level) => level, 0.005) }),
      evidence({ current_by_branch: branches((level) => -level, (level) => 2 * level) }, THERMAL),
    ],
    fails: [evidence({ current_by_branch: branches(() => 0.01, () => 0.01, 0.1) })],
    undecided: [
      evidence({ current_by_branch: branches(() => 0.01, () => 0.01, 0.1) }, EQUILIBRIUM),
      evidence({ current_by_branch: branches(() => 0, () => 0) }),
      evidence({ current_by_branch: branches(() => 0.01, () => 0.01, 0.1).filter(({ branch }) => branch !== "cll") }),
      evidence({ current_by_branch: branches(() => 0.01, () => 0.01, 0.1) }, {
        parameters: { "model.gauge_field.profile": "constant" },
      }),
    ],
  },
  "half-of-the-story": {
    holds: [evidence({ current_by_branch: branches((level) => -level - 0.1, (level) => level) })],
    fails: [
      evidence({ current_by_branch: branches(() => 0, (level) => level) }),
      evidence({ current_by_branch: branches((level) => -level / 2, (level) => level) }),
    ],
    undecided: [
      evidence({ current_by_branch: branches(() => 0, (level) => level, 0, [0, 0.1]) }),
      evidence({ current_by_branch: branches(() => 0, (level) => level, 0, [-0.1, 0.1]) }),
      evidence({ current_by_branch: branches(() => 0, () => 1) }),
      evidence({ current_by_branch: branches(() => 0, (level) => level) }, THERMAL),
    ],
  },
};
