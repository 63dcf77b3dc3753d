/**
 * The recursive Green function against the dense inverse of ω + iη − H − Σ, for self-energies without any symmetry.
 *
 * @module
 */
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { combine, type ComplexMatrix, identityMatrix, inverse } from "../../tests/twins/complex_matrix.ts";
import { denseHamiltonian, type SlabParameters } from "../../tests/twins/slab.ts";
import { momentum, numberWithin, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { CompiledRecursion } from "./compiled_recursion.ts";
import { GreenFunction } from "./green_function.ts";
import { PlainRecursion } from "./plain_recursion.ts";
import { emptyDiagonal, type Frequency, type OrbitalDiagonal, type Recursion } from "./recursion.ts";

function denseGreenFunction(
  parameters: SlabParameters,
  [qy, qz]: readonly [number, number],
  { omega, broadening }: Frequency,
  selfEnergy?: OrbitalDiagonal,
): ComplexMatrix {
  const h = denseHamiltonian(parameters, qy, qz), n = h.rows;
  const resolvent = combine([[omega, broadening], identityMatrix(n)], [-1, h]);
  for (let i = 0; i < n; i++) {
    resolvent.re[i * n + i] -= selfEnergy?.re[i] ?? 0;
    resolvent.im[i * n + i] -= selfEnergy?.im[i] ?? 0;
  }
  return inverse(resolvent);
}

/** The largest difference on the diagonal, relative to the largest entry of G, in which rounding is measured. */
function distance(green: GreenFunction, dense: ComplexMatrix, lane: 0 | 1 = 0): number {
  let worst = 0, scale = 0, trace = 0;
  const diagonal = emptyDiagonal(dense.rows / 4);
  green.read(lane, diagonal);
  for (let i = 0; i < dense.re.length; i++) scale = Math.max(scale, Math.hypot(dense.re[i], dense.im[i]));
  for (let i = 0; i < dense.rows; i++) {
    const k = i * dense.rows + i;
    worst = Math.max(worst, Math.hypot(diagonal.re[i] - dense.re[k], diagonal.im[i] - dense.im[k]));
    trace += dense.im[k];
  }
  return Math.max(worst, Math.abs(green.imaginaryTrace(lane) - trace) / dense.rows) / scale;
}

const broadenings = fc.noBias(fc.integer({ min: 0, max: 3000 })).map((k) => 10 ** (-k / 1000));

function selfEnergies(sites: number): fc.Arbitrary<OrbitalDiagonal> {
  const values = fc.array(numberWithin(1), { minLength: 4 * sites, maxLength: 4 * sites });
  return fc.tuple(values, values).map(([re, im]) => ({
    re: Float64Array.from(re),
    im: Float64Array.from(im, (value) => -Math.abs(value)),
  }));
}

Deno.test("without self-energy the diagonal is that of the dense inverse", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), numberWithin(3), broadenings, (p, qy, qz, omega, broadening) => {
      const green = new GreenFunction(p);
      // The other momentum of the pair is on the other branch, where the order of elimination is the other one.
      green.solve({ omega, broadening }, { qy, qz }, { qy: -qy, qz: qz / 2 });
      assertLess(distance(green, denseGreenFunction(p, [qy, qz], { omega, broadening })), 1e-11);
      assertLess(distance(green, denseGreenFunction(p, [-qy, qz / 2], { omega, broadening }), 1), 1e-11);
    }),
    { ...REPEATABLE, numRuns: 60 },
  );
});

Deno.test("with a self-energy that differs on every orbital too, one after the other in the same memory", () => {
  const cases = slab(1, 8).chain((p) => fc.tuple(fc.constant(p), selfEnergies(p.sites), selfEnergies(p.sites)));
  fc.assert(
    fc.property(cases, momentum(), momentum(), numberWithin(3), broadenings, (parts, qy, qz, omega, broadening) => {
      const [p, ...dressings] = parts, green = new GreenFunction(p);
      for (const selfEnergy of dressings) {
        green.dress(selfEnergy);
        green.solve({ omega, broadening }, { qy, qz });
        assertLess(distance(green, denseGreenFunction(p, [qy, qz], { omega, broadening }, selfEnergy)), 1e-11);
      }
    }),
    { ...REPEATABLE, numRuns: 60 },
  );
});

Deno.test("on the resonance of a chiral state, on either branch", () => {
  const sites = 12, field = Float64Array.from({ length: sites }, (_, l) => 1.6 * (1 - l / sites));
  const p = { sites, velocity: 1, mass: 0, hopping: -1, chiralGaugeField: field };
  const green = new GreenFunction(p), broadening = 1e-3;
  for (const qy of [-0.9, -0.4, 0.05, 0.7]) {
    for (const omega of [Math.sin(qy), -Math.sin(qy)]) {
      green.solve({ omega, broadening }, { qy, qz: 0.2 });
      const dense = denseGreenFunction(p, [qy, 0.2], { omega, broadening });
      assertLess(100, -green.imaginaryTrace(), "this is no resonance");
      assertLess(distance(green, dense), 1e-11);
    }
  }
});

Deno.test("compiled or not, the recursion gives the same bits, odd and even slabs, one momentum or two", () => {
  const cases = slab(2, 9).chain((p) => fc.tuple(fc.constant(p), selfEnergies(p.sites)));
  fc.assert(
    fc.property(cases, momentum(), momentum(), numberWithin(3), broadenings, ([p, dressing], qy, qz, omega, eta) => {
      const results = [new PlainRecursion(p), new CompiledRecursion(p)].map((recursion: Recursion) => {
        const green = new GreenFunction(p, recursion), frequency = { omega, broadening: eta };
        green.dress(dressing);
        return [{ qy: qz, qz: qy }, undefined].map((second) => {
          const first = { qy, qz };
          green.solve(frequency, first, second);
          return ([0, 1] as const).slice(0, second === undefined ? 1 : 2).map((lane) => {
            const diagonal = emptyDiagonal(p.sites);
            green.read(lane, diagonal);
            return { ...diagonal, trace: green.imaginaryTrace(lane) };
          });
        });
      });
      assertEquals(results[1], results[0]);
    }),
    { ...REPEATABLE, numRuns: 60 },
  );
});

Deno.test("a self-energy of another slab is refused", () => {
  const green = new GreenFunction({
    sites: 2,
    velocity: 1,
    mass: 0,
    hopping: -1,
    chiralGaugeField: new Float64Array(2),
  });
  const short = { re: new Float64Array(8), im: new Float64Array(4) };
  assertThrows(() => green.dress(short), RangeError, "4 values for 8 orbitals");
});
