import { assertAlmostEquals, assertLess } from "@std/assert";
import * as fc from "fast-check";
import {
  adjoint,
  combine,
  type ComplexMatrix,
  type Entry,
  matrixFromRows,
  multiply,
} from "../../tests/twins/complex_matrix.ts";
import { GAMMA } from "../../tests/twins/slab.ts";
import { continuumLines, landauLevel } from "./dispersion.ts";
import { chiralLandauLevel, fermiArc, printedCentres } from "./printed_states.ts";
import { chiralMagneticField, type WeylCone } from "./weyl_cone.ts";

/** A spinor, as a function of x, with its four components as a column. */
type Spinor = (x: number) => ComplexMatrix;

const alpha = [GAMMA.x, GAMMA.y, GAMMA.z].map((gamma) => multiply(GAMMA.time, gamma));
const chiral = multiply(alpha[2], GAMMA.five);
const STEP = 1e-3;

/** H ψ of Eq. (1) with m = 0 and q_x = −i∂_x, by central differences, which are right to h²ψ'''/6 = 2·10⁻⁷ of ψ''' . */
function applied({ velocity, gaugeField }: WeylCone, qy: number, qz: number, psi: Spinor, x: number): ComplexMatrix {
  const { profile, amplitude, cutoff } = gaugeField;
  const field = profile === "linear" ? amplitude * (1 - x / cutoff) : amplitude;
  const slope = combine([1 / (2 * STEP), psi(x + STEP)], [-1 / (2 * STEP), psi(x - STEP)]);
  return combine(
    [[0, -velocity], multiply(alpha[0], slope)],
    [velocity * qy, multiply(alpha[1], psi(x))],
    [velocity * qz, multiply(alpha[2], psi(x))],
    [field, multiply(chiral, psi(x))],
  );
}

function norm(spinor: ComplexMatrix): number {
  return Math.sqrt(multiply(adjoint(spinor), spinor).re[0]);
}

function column(...entries: Entry[]): ComplexMatrix {
  return matrixFromRows(entries.map((entry) => [entry]));
}

/** Eq. (3) typed in, for v > 0 and A⁵ > 0; c_R/c_L = ±1, ±i make no difference to it. */
function printedArc(velocity: number, amplitude: number, qz: number): Spinor {
  return (x) => {
    const left = Math.exp((qz - amplitude / velocity) * x), right = Math.exp((-qz - amplitude / velocity) * x);
    return column(left, [0, -left], right, [0, right]);
  };
}

/** Eq. (4) typed in, for v > 0 and A⁵ > 0, with coefficients that give both blocks the norm that they have at their centres. */
function printedLevel(velocity: number, amplitude: number, cutoff: number, qz: number): Spinor {
  // e^{A⁵c²/2vξ} is the exponential at its maximum.
  const tops = [1, -1].map((sign) =>
    amplitude * (cutoff * (1 - sign * velocity * qz / amplitude)) ** 2 / (2 * velocity * cutoff)
  );
  return (x) => {
    const common = -amplitude * x * x / (2 * velocity * cutoff) + amplitude * x / velocity;
    const left = Math.exp(common - qz * x - tops[0]), right = Math.exp(common + qz * x - tops[1]);
    return column(-left, [0, -left], [0, right], right);
  };
}

/** The largest |Hψ − Eψ|/|ψ|, where ψ is not too small to differ, over some x. */
function residual(
  cone: WeylCone,
  qy: number,
  qz: number,
  psi: Spinor,
  energy: number,
  places: readonly number[],
): number {
  return Math.max(
    ...places.map((x) => norm(combine([1, applied(cone, qy, qz, psi, x)], [-energy, psi(x)])) / norm(psi(x))),
  );
}

const parameters = fc.record({
  velocity: fc.double({ min: 0.4, max: 2, noNaN: true }),
  amplitude: fc.double({ min: 0.4, max: 2, noNaN: true }),
  cutoff: fc.double({ min: 5, max: 60, noNaN: true }),
  qy: fc.double({ min: -1, max: 1, noNaN: true }),
  share: fc.double({ min: -0.95, max: 0.95, noNaN: true }),
});

Deno.test("Eq. (3) solves the Dirac equation in a constant field with E = v q_y, and its density is that of the sites", () => {
  fc.assert(
    fc.property(parameters, ({ velocity, amplitude, qy, share }) => {
      const cone: WeylCone = { velocity, gaugeField: { profile: "constant", amplitude, cutoff: 1 } };
      const qz = share * amplitude / velocity, psi = printedArc(velocity, amplitude, qz);
      const [energy] = continuumLines(cone, [qy], 0).energy;
      assertAlmostEquals(energy, velocity * qy, 1e-15);
      // Third derivatives are up to (2A⁵/v)³ = 1000 times ψ.
      assertLess(residual(cone, qy, qz, psi, energy, [0.1, 0.7, 2, 5]), 1e-3);
      assertSame(fermiArc(12, cone, qz), psi);
      // No current leaves through the surface: ψ†γ⁰γˣψ = 0.
      assertAlmostEquals(multiply(adjoint(psi(0)), multiply(alpha[0], psi(0))).re[0], 0, 1e-15);
    }),
    { seed: 33, numRuns: 50 },
  );
});

Deno.test("Eq. (4) solves it in the linear field with E = −v q_y, and its density is that of the sites", () => {
  fc.assert(
    fc.property(parameters, ({ velocity, amplitude, cutoff, qy, share }) => {
      const cone: WeylCone = { velocity, gaugeField: { profile: "linear", amplitude, cutoff } };
      const qz = share * amplitude / velocity, psi = printedLevel(velocity, amplitude, cutoff, qz);
      const energy = continuumLines(cone, [qy], 0).energy[1];
      assertAlmostEquals(energy, -velocity * qy, 1e-15);
      const [left, right] = printedCentres(cone, qz);
      assertLess(residual(cone, qy, qz, psi, energy, [0, 0.3, 1, 3, left, right]), 1e-3);
      assertSame(chiralLandauLevel(12, cone, qz), psi);
    }),
    { seed: 34, numRuns: 50 },
  );
});

Deno.test("the twin sees a wrong sign", () => {
  const cone: WeylCone = { velocity: 1, gaugeField: { profile: "linear", amplitude: 1.6, cutoff: 50 } };
  const psi = printedLevel(1, 1.6, 50, 0.3);
  assertLess(residual(cone, 0.5, 0.3, psi, -0.5, [20, 40]), 1e-5);
  assertLess(0.9, residual(cone, 0.5, 0.3, psi, 0.5, [20, 40]));
  assertLess(0.1, residual(cone, 0.5, -0.3, psi, -0.5, [20, 40]));
});

Deno.test("H² has the energies E_n² of Appendix A", () => {
  // H_L² = v² q_y² + B⁵ v (2a†a + 1 − σ_y): oscillator state n has E_n² on σ_y = +1, where n = 0 is the chiral Landau level, and E_{n+1}² on σ_y = −1.
  const cone: WeylCone = { velocity: 0.8, gaugeField: { profile: "linear", amplitude: 1.2, cutoff: 20 } };
  const { velocity, gaugeField: { amplitude, cutoff } } = cone;
  const qy = 0.4, qz = 0.5, [centre] = printedCentres(cone, qz), length = Math.sqrt(velocity * cutoff / amplitude);
  const hermite = [() => 1, (s: number) => 2 * s, (s: number) => 4 * s * s - 2, (s: number) => 8 * s ** 3 - 12 * s];
  for (const [n, polynomial] of hermite.entries()) {
    for (const [spin, level] of [[1, n], [-1, n + 1]]) {
      const psi: Spinor = (x) => {
        const s = (x - centre) / length, value = polynomial(s) * Math.exp(-s * s / 2);
        return column(value, [0, spin * value], 0, 0);
      };
      const energy = landauLevel(chiralMagneticField(cone.gaugeField), velocity, level, qy);
      for (const x of [centre - 3, centre + 1.3, centre + 5]) {
        const twice = applied(cone, qy, qz, (y) => applied(cone, qy, qz, psi, y), x);
        // Differences of differences, of numbers up to 10: 10⁻¹⁵/h² from rounding, and about h² times the fourth derivative.
        assertLess(norm(combine([1, twice], [-energy * energy, psi(x)])), 1e-5);
      }
    }
  }
});

/** Sites have the density of the spinor, normalised over them. */
function assertSame(density: Float64Array, psi: Spinor): void {
  const printed = density.map((_, l) => norm(psi(l)) ** 2);
  const total = printed.reduce((sum, value) => sum + value, 0);
  density.forEach((value, l) => assertAlmostEquals(value, printed[l] / total, 1e-12));
}
