/**
 * Made-up widths and spectral functions.
 *
 * @module
 */
import { type CasesById, evidence, type MadeUpRow } from "./made_up.ts";

/** Widths of the FA at frequencies; the CLL's is 0.01. */
function widths(ratios: Readonly<Record<string, number>>, swept: MadeUpRow = {}, cll = 0.01): MadeUpRow[] {
  return Object.entries(ratios).flatMap(([omega, ratio]) =>
    [["fa", ratio * 0.01], ["cll", cll]].map(([state, width]) => ({
      ...swept,
      omega: Number(omega),
      state,
      qy: 0,
      width,
    }))
  );
}

/** Lorentzians of the FA at q_y = +asin ω, of the CLL at the opposite one, of these widths. */
function spectrum(omega: number, fa: number, cll: number, { mirror = 1, last = 1 } = {}): MadeUpRow[] {
  const place = mirror * Math.asin(omega), peak = (x: number, width: number): number => width / (x * x + width * width);
  return Array.from({ length: 401 }, (_, i) => last * (i - 200) / 200).map((qy) => ({
    omega,
    qy,
    intensity: peak(qy - place, fa) + peak(qy + place, cll),
  }));
}

const atLowest = { linewidth: widths({ 0.1: 5, 0.4: 3 }) };

/** The cases. */
export const disorderCases: CasesById = {
  "fermi-arc-is-broader": {
    holds: [evidence(atLowest), evidence({ linewidth: widths({ "-0.1": 5, 0.4: 3 }) })],
    limited: [[
      evidence({ linewidth: widths({ 0.1: 5, 0.9: 0.5, 0.8: 0.9 }) }),
      "the order reverses at |ω| = 0.8, where the ratio is 0.9",
    ]],
    fails: [
      evidence({ linewidth: widths({ 0.1: 1.5 }) }),
      evidence({
        linewidth: [...widths({ 0.1: 5 }, { "model.mass": 0 }), ...widths({ 0.15: 0.5 }, { "model.mass": 0.1 })],
      }),
    ],
    undecided: [
      evidence({ linewidth: widths({ 0.5: 1, 0.6: 1 }) }),
      evidence({ linewidth: widths({ 0.1: 1 }, {}, 0) }),
      evidence({ linewidth: widths({ 0.1: 1 }).slice(0, 1) }),
      evidence({ linewidth: widths({ 0.1: 1 }) }, { settings: { linewidth: { qz: 1.5 } } }),
      evidence({ linewidth: widths({ 0.1: 1 }) }, { parameters: { "model.gauge_field.profile": "constant" } }),
      evidence({ linewidth: [] }),
    ],
  },
  "spectral-peaks": {
    holds: [
      evidence({ spectral: spectrum(0.2, 0.1, 0.05) }),
      evidence({ spectral: spectrum(-0.2, 0.1, 0.05) }),
      evidence({ spectral: [...spectrum(0.2, 0.1, 0.05), ...spectrum(0.6, 0.05, 0.1)] }),
      evidence({
        spectral: [[0.02, 0.1, 0.05], [0.2, 0.6, 0.6]].flatMap(([strength, fa, cll]) =>
          spectrum(0.2, fa, cll).map((row) => ({ ...row, "disorder.strength": strength }))
        ),
      }),
      evidence({ spectral: spectrum(0.2, 0.1, 0.05, { mirror: -1 }) }, {
        parameters: { "model.gauge_field.amplitude": -1.6 },
      }),
    ],
    fails: [
      evidence({ spectral: spectrum(0.2, 0.05, 0.1) }),
      evidence({ spectral: spectrum(0.2, 0.05, 0.05) }),
      evidence({ spectral: spectrum(0.2, 0.1, 0.05) }, { parameters: { "model.gauge_field.amplitude": -1.6 } }),
    ],
    undecided: [
      evidence({ spectral: spectrum(0.6, 0.05, 0.1) }),
      evidence({ spectral: spectrum(0, 0.05, 0.1) }),
      evidence({ spectral: spectrum(0.2, 0.6, 0.6) }),
      evidence({ spectral: spectrum(0.2, 0.05, 0.1, { last: 0.2 }) }),
      evidence({ spectral: spectrum(0.2, 0.05, 0.1).filter(({ qy }) => Number(qy) > 0) }),
      evidence({ spectral: spectrum(0.2, 0.05, 0.1) }, { settings: { spectral: { qz: "integrated" } } }),
      evidence({ spectral: spectrum(0.2, 0, 0).map((row) => ({ ...row, intensity: 0 })) }),
    ],
  },
};
