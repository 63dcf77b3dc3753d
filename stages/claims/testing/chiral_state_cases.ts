/**
 * Made-up bands and densities.
 *
 * @module
 */
import { type CasesById, evidence, type MadeUpRow, type MadeUpStudy } from "./made_up.ts";

const CONSTANT: MadeUpStudy = { parameters: { "model.gauge_field.profile": "constant" } };

/** Energies of the modes at a momentum, the chiral one first, and where its two states sit. */
interface Modes {
  readonly qy: number;
  readonly qz?: number;
  readonly energies: readonly number[];
  readonly ends?: readonly [number, number];
  readonly swept?: MadeUpRow;
}

/** Each mode has a state at ±E. */
function bands(...momenta: readonly Modes[]): MadeUpRow[] {
  return momenta.flatMap(({ qy, qz = 0, energies, ends = [0.4, 48.6], swept = {} }) => {
    const all = [...energies.map((energy) => -energy).toReversed(), ...energies], first = energies.length - 1;
    return all.map((energy, band) => ({
      ...swept,
      qy,
      qz,
      band,
      energy,
      mean_position: band === first ? ends[0] : band === first + 1 ? ends[1] : 25,
      chirality: 0,
    }));
  });
}

const sine = (qy: number): Modes => ({ qy, energies: [Math.abs(Math.sin(qy)), 2] });
const line = (qy: number): Modes => ({ qy, energies: [Math.abs(qy), 2] });
const levels = (scale: number): Modes => ({
  qy: 0.1,
  qz: 0.6,
  energies: [0, 1, 2, 3].map((n) => (n === 0 ? 1 : scale) * Math.sqrt(0.064 * n + 0.01)),
});

/** A line of q_z with an arc up to a share of A⁵ = 1.6, in steps of a twentieth of it, up to another share. */
function arc(end: number, last = 1.2): Modes[] {
  return Array.from({ length: Math.round(last * 20) + 1 }, (_, i) => ({
    qy: 0.2,
    qz: 1.6 * i / 20,
    energies: [Math.sin(0.2) * (i / 20 <= end + 1e-9 ? 1 : 1.2), 2],
  }));
}

function ofProfile(profile: string, modes: Modes, mass = 0): Modes {
  return { ...modes, swept: { "model.gauge_field.profile": profile, "model.mass": mass } };
}

type Shape = (site: number) => number;

/** Densities of the two states at q_z = 0. */
function densities(fa: Shape, cll: Shape, { sites = 50, qy = 0.8, qz = 0, labels = ["fa", "cll"] } = {}): MadeUpRow[] {
  return [fa, cll].flatMap((shape, i) => {
    const weights = Array.from({ length: sites }, (_, site) => shape(site));
    const norm = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight, site) => ({ state: labels[i], qy, qz, energy: 0, site, density: weight / norm }));
  });
}

const gaussian = (centre: number, variance: number): Shape => (x) => Math.exp(-((x - centre) ** 2) / (2 * variance));
const decay = (rate: number): Shape => (x) => Math.exp(-rate * x);
const even: Shape = () => 1;

/** vξ/2A⁵ of the paper's slab. */
const VARIANCE = 50 / 3.2;

const paperLike = densities(decay(3.2), gaussian(30, VARIANCE));
const momenta = [-0.8, -0.4, 0.4, 0.8];

/** Where the paper does not make a claim on chiral states. */
const elsewhere = (rows: MadeUpRow[], observable: string): ReturnType<typeof evidence>[] =>
  [
    { "model.mass": 2 },
    { "model.velocity": 0 },
    { "model.hopping": 0 },
    { "model.gauge_field.amplitude": 0 },
    { "model.gauge_field.profile": "table" },
    { "model.gauge_field.profile": "expression" },
  ].map((parameters) => evidence({ [observable]: rows }, { parameters }));

/** The cases. */
export const chiralStateCases: CasesById = {
  "two-fermi-arcs": {
    holds: [
      evidence({ bands: bands(...momenta.map(sine)) }, CONSTANT),
      // A momentum that is named twice.
      evidence({ bands: bands(sine(0.4), sine(0.4)) }, CONSTANT),
      evidence({ bands: bands({ ...sine(0.4), ends: [48.6, 0.4] }) }, CONSTANT),
      evidence({ bands: bands(sine(0.4)) }, {
        parameters: { ...CONSTANT.parameters, "model.gauge_field.amplitude": -1.6 },
      }),
      // Beyond q_y = 0.8 and off q_z = 0 the states may be of the bulk.
      evidence(
        { bands: bands(sine(0.4), { ...sine(1.2), ends: [20, 30] }, { ...sine(0.4), qz: 1, ends: [20, 30] }) },
        CONSTANT,
      ),
    ],
    fails: [
      evidence({ bands: bands(...momenta.map(sine), { ...sine(0.2), ends: [25, 25] }) }, CONSTANT),
      evidence({ bands: bands({ ...sine(0.4), ends: [0.4, 0.5] }) }, CONSTANT),
    ],
    undecided: [
      evidence({ bands: bands(...momenta.map(sine)) }),
      evidence({ bands: bands({ ...sine(0), ends: [20, 30] }) }, CONSTANT),
      evidence({ bands: bands(sine(0.4)) }, { parameters: { ...CONSTANT.parameters, "model.mass": 1.7 } }),
      // Arcs as deep as the slab.
      evidence({ bands: bands({ ...sine(0.4), ends: [20, 30] }) }, {
        parameters: { ...CONSTANT.parameters, "model.gauge_field.amplitude": 0.1 },
      }),
    ],
  },
  "linear-dispersion": {
    holds: [evidence({ bands: bands(line(-0.01), line(0.01), line(0.5)) })],
    limited: [
      [
        evidence({ bands: bands(...[0.01, 0.2, 0.4, 0.8].map(sine)) }),
        "on the lattice ±v sin q_y: within 1 % up to |q_y| = 0.2",
      ],
      [
        evidence({ bands: bands(line(0.01), { qy: 0.5, energies: [0.7, 2] }) }),
        "within 1 % up to |q_y| = 0.01, 40 % off at 0.5",
      ],
      [
        evidence({ bands: bands(...[0.01, 0.8].map((qy) => ({ qy, energies: [0.5 * Math.sin(qy), 2] }))) }, {
          parameters: { "model.velocity": -0.5 },
        }),
        "on the lattice",
      ],
    ],
    fails: [
      evidence({ bands: bands({ qy: 0.01, energies: [0.02, 2] }) }),
      // One of the points of a sweep is enough, wherever it stands.
      ...[[1, 2], [2, 1]].map((factors) =>
        evidence({
          bands: bands(
            ...factors.map((factor, i) => ({
              qy: 0.01,
              energies: [0.01 * factor, 2],
              swept: { "model.mass": i / 10 },
            })),
          ),
        })
      ),
    ],
    undecided: [
      evidence({ bands: bands(line(0.3), line(0.5)) }),
      // A slab so thin that the two states overlap.
      evidence({ bands: bands({ qy: 0.01, energies: [0.02, 2] }) }, { parameters: { "model.sites": 7 } }),
      evidence({ bands: bands({ ...line(0.01), qz: 0.5 }) }),
      ...elsewhere(bands({ qy: 0.01, energies: [0.02, 2] }), "bands"),
    ],
  },
  "gradient-keeps-chiral-states": {
    holds: [
      evidence({ bands: bands(ofProfile("constant", sine(0.4)), ofProfile("linear", sine(0.4))) }),
      // Every mass with its own.
      evidence({
        bands: bands(
          ...[0, 0.1].flatMap((mass) =>
            ["constant", "linear"].map((profile) => ofProfile(profile, line(0.4 + mass), mass))
          ),
        ),
      }),
    ],
    fails: [evidence({ bands: bands(ofProfile("constant", sine(0.4)), ofProfile("linear", line(0.4))) })],
    undecided: [
      evidence({ bands: bands(sine(0.4)) }),
      evidence({ bands: bands(ofProfile("constant", sine(0.4)), ofProfile("linear", line(0.5))) }),
      evidence({ bands: bands(ofProfile("constant", sine(0.4), 0), ofProfile("linear", line(0.4), 0.1)) }),
    ],
  },
  "landau-levels": {
    holds: [evidence({ bands: bands(levels(1), levels(1.02)) })],
    fails: [
      evidence({ bands: bands(levels(1), { ...levels(1.1), qz: 0.7 }) }),
      // A dense spectrum has a state near every level.
      evidence({ bands: bands({ qy: 0.1, qz: 0.6, energies: Array.from({ length: 200 }, (_, i) => 0.1 + i / 200) }) }),
    ],
    undecided: [
      evidence({ bands: bands({ ...levels(2), qz: 0 }) }),
      evidence({ bands: bands({ ...levels(2), qz: 1.2 }) }),
      evidence({ bands: bands({ ...levels(2), qy: 0.5 }) }),
      evidence({ bands: bands(levels(2)) }, { parameters: { "model.mass": 0.5 } }),
      evidence({ bands: bands(levels(2)) }, { parameters: { "model.gauge_field.cutoff": 500 } }),
      ...elsewhere(bands(levels(2)), "bands"),
    ],
  },
  "arc-length": {
    // Of a slab with little hopping and a weak field the node is where the paper has it.
    holds: [
      evidence({ bands: bands(...arc(1).map((one) => ({ ...one, qz: one.qz! / 4 }))) }, {
        parameters: { "model.hopping": -0.01, "model.gauge_field.amplitude": 0.4 },
      }),
    ],
    limited: [[
      evidence({ bands: bands(...arc(1)) }),
      "on the lattice the Weyl node reaches the surface at 0.757 of it",
    ]],
    fails: [
      evidence({ bands: bands(...arc(0.65)) }),
      evidence({ bands: bands(...arc(0)) }),
      // An arc that does not end.
      evidence({ bands: bands(...arc(2)) }),
      // One slab of a sweep.
      evidence({
        bands: bands(
          ...[1, 0.65].flatMap((end, mass) => arc(end).map((one) => ({ ...one, swept: { "model.mass": mass / 10 } }))),
        ),
      }),
    ],
    undecided: [
      evidence({ bands: bands(...arc(1, 0.9)) }),
      evidence({ bands: bands(...arc(0.65).filter((_, i) => i % 5 === 0)) }),
      evidence({ bands: bands(...arc(0.65).slice(4)) }),
      evidence({ bands: bands(...arc(0.65).map((one) => ({ ...one, qy: 0 }))) }),
      ...elsewhere(bands(...arc(0.65)), "bands"),
    ],
  },
  "fermi-arc-decays": {
    holds: [evidence({ density: paperLike }), evidence({ density: [...paperLike, ...paperLike] })],
    fails: [
      evidence({ density: densities(decay(1), gaussian(30, VARIANCE)) }),
      evidence({ density: densities(even, gaussian(30, VARIANCE)) }),
    ],
    undecided: [
      evidence({ density: densities(even, even, { qz: 0.5 }) }),
      evidence({ density: densities(even, even, { qy: 0 }) }),
      evidence({ density: densities(even, even, { qy: 1.5 }) }),
      evidence({ density: densities(even, even, { labels: ["fa", "fa"] }) }),
      ...elsewhere(densities(even, even), "density"),
    ],
  },
  "arc-becomes-landau-level": {
    holds: [evidence({ density: densities(decay(1), gaussian(30, VARIANCE)) })],
    fails: [
      // Two arcs, one at either end.
      evidence({ density: densities(decay(1), (x) => decay(0.9)(49 - x)) }),
      evidence({ density: densities(even, even) }),
    ],
    undecided: [
      evidence({ density: densities(even, even, { labels: ["fa", "fa"] }) }),
      evidence({ density: densities(even, even) }, { parameters: { "model.gauge_field.cutoff": 500 } }),
      evidence({ density: densities(even, even, { sites: 8 }) }, {
        parameters: { "model.sites": 8, "model.gauge_field.cutoff": 7 },
      }),
      // One site: the mean depth of the arc is 0.
      evidence({ density: densities((x) => x === 0 ? 1 : 0, even) }),
      ...elsewhere(densities(even, even), "density"),
    ],
  },
  "gaussian-landau-level": {
    // A slab that goes on beyond the field.
    holds: [
      evidence({ density: densities(decay(1), gaussian(40, 40 / 3.2), { sites: 60 }) }, {
        parameters: { "model.sites": 60, "model.gauge_field.cutoff": 40 },
      }),
    ],
    limited: [
      [
        evidence({ density: paperLike }),
        "centred at site 30 and not at the printed 50, since on the lattice the Weyl node is at 31;",
      ],
      [
        evidence({ density: densities(decay(1), gaussian(20, VARIANCE)) }),
        "centred at site 20 and not at the printed 50;",
      ],
    ],
    fails: [
      evidence({ density: densities(decay(1), even) }),
      evidence({ density: densities(decay(1), gaussian(30, 2 * VARIANCE)) }),
    ],
    undecided: [
      evidence({ density: densities(decay(1), gaussian(48, VARIANCE)) }),
      evidence({ density: densities(decay(1), decay(1)) }),
      ...elsewhere(densities(even, even), "density"),
    ],
  },
};
