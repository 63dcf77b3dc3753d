/**
 * The supercell against dense matrices in momentum space, where H(q) is the twin's and impurities scatter between the momenta.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { combine, type ComplexMatrix, identityMatrix, inverse, zeroMatrix } from "../../tests/twins/complex_matrix.ts";
import { denseHamiltonian, type SlabParameters } from "../../tests/twins/slab.ts";
import { GreenFunction } from "../spectral/green_function.ts";
import { spectralFunction } from "../spectral/spectral_function.ts";
import { chebyshevMoments, chebyshevSpectrum } from "./chebyshev.ts";
import { potentialWidth, randomPotential } from "./random_potential.ts";
import { Supercell } from "./supercell.ts";
import { momentStage, momentTasks, type SupercellMap, supercellStage } from "./supercell_stage.ts";

const ROUGH: SlabParameters = {
  sites: 3,
  velocity: 0.8,
  mass: 0.7,
  hopping: -0.6,
  chiralGaugeField: Float64Array.of(1.3, -0.4, 0.9),
};
const SIZE = { sites: 3, qy: 2, qz: 3 }, Q = { qy: 0.4, qz: -1.1 };

/** H(q + k) on the diagonal for the momenta k of the supercell, and Σ_{yz} V e^{−i(k − k')·r}/N between them. */
function denseSupercell(potential: Float64Array): ComplexMatrix {
  const states = 4 * SIZE.sites, cells = SIZE.qy * SIZE.qz, order = states * cells, matrix = zeroMatrix(order, order);
  const momenta = Array.from({ length: cells }, (_, k) => ({
    y: 2 * Math.PI * Math.floor(k / SIZE.qz) / SIZE.qy,
    z: 2 * Math.PI * (k % SIZE.qz) / SIZE.qz,
  }));
  momenta.forEach((to, a) => {
    const h = denseHamiltonian(ROUGH, Q.qy + to.y, Q.qz + to.z);
    for (let i = 0; i < states; i++) {
      for (let j = 0; j < states; j++) {
        matrix.re[(a * states + i) * order + a * states + j] += h.re[i * states + j];
        matrix.im[(a * states + i) * order + a * states + j] += h.im[i * states + j];
      }
      momenta.forEach((from, b) => {
        for (let r = 0; r < cells; r++) {
          const angle = (to.y - from.y) * Math.floor(r / SIZE.qz) + (to.z - from.z) * (r % SIZE.qz);
          const v = potential[(Math.floor(i / 4) * cells + r) * 4 + i % 4] / cells;
          matrix.re[(a * states + i) * order + b * states + i] += v * Math.cos(angle);
          matrix.im[(a * states + i) * order + b * states + i] -= v * Math.sin(angle);
        }
      });
    }
  });
  return matrix;
}

Deno.test("its spectral function is that of the dense inverse", () => {
  const potential = randomPotential(SIZE, 0.7, { seed: 3, realisation: 1 }), broadening = 0.2;
  const moments = chebyshevMoments(new Supercell(ROUGH, SIZE, potential, Q), SIZE, broadening);
  const dense = denseSupercell(potential), states = 12;
  for (const omega of [-9, -2.5, -0.3, 0, 0.8, 4, 20]) {
    const g = inverse(combine([[omega, broadening], identityMatrix(dense.rows)], [-1, dense]));
    let trace = 0;
    for (let i = 0; i < states; i++) trace += g.im[i * dense.rows + i];
    // 1e-5 of the peak of a sharp level is left out, of which there are twelve.
    assertAlmostEquals(chebyshevSpectrum(moments, omega, broadening), -trace / Math.PI, 1e-5 * states / broadening);
  }
});

Deno.test("more moments than η asks for bring it to the dense inverse as closely as wanted", () => {
  const potential = randomPotential(SIZE, 0.7, { seed: 3, realisation: 1 });
  const moments = chebyshevMoments(new Supercell(ROUGH, SIZE, potential, Q), SIZE, 0.1),
    dense = denseSupercell(potential);
  const g = inverse(combine([[0.3, 0.4], identityMatrix(dense.rows)], [-1, dense]));
  let trace = 0;
  for (let i = 0; i < 12; i++) trace += g.im[i * dense.rows + i];
  assertAlmostEquals(chebyshevSpectrum(moments, 0.3, 0.4), -trace / Math.PI, 1e-12);
});

Deno.test("without impurities it is the clean slab, in supercells of any size", () => {
  for (const size of [{ sites: 3, qy: 1, qz: 1 }, { sites: 3, qy: 1, qz: 4 }, { sites: 3, qy: 3, qz: 2 }]) {
    const clean = new Supercell(ROUGH, size, new Float64Array(4 * 3 * size.qy * size.qz), Q);
    const moments = chebyshevMoments(clean, size, 0.1), green = new GreenFunction(ROUGH);
    for (const omega of [-1, 0.4]) {
      const expected = spectralFunction(green, Q, { omega, broadening: 0.3 });
      assertAlmostEquals(chebyshevSpectrum(moments, omega, 0.3), expected, 1e-11);
    }
  }
});

Deno.test("the width of the impurities is that of the Born self-energy's κ, in either normalisation", () => {
  assertAlmostEquals(potentialWidth({ strength: 0.25, normalisation: "brillouin-zone" }), 0.5, 1e-15);
  assertAlmostEquals(potentialWidth({ strength: 0.25, normalisation: "printed" }), Math.PI, 1e-15);
  const potential = randomPotential({ sites: 1, qy: 50, qz: 60 }, 0.3, { seed: 1, realisation: 0 });
  const variance = potential.reduce((sum, value) => sum + value * value, 0) / potential.length;
  assertAlmostEquals(variance, 0.09, 5 * 0.09 * Math.sqrt(2 / potential.length));
});

Deno.test("impurities depend on seed, realisation and place, not on the size of the supercell", () => {
  const small = randomPotential({ sites: 2, qy: 2, qz: 2 }, 1, { seed: 5, realisation: 2 });
  const large = randomPotential({ sites: 3, qy: 4, qz: 5 }, 1, { seed: 5, realisation: 2 });
  const at = (size: { qy: number; qz: number }, l: number, y: number, z: number) =>
    ((l * size.qy + y) * size.qz + z) * 4;
  for (const [l, y, z] of [[0, 0, 0], [1, 1, 0], [1, 0, 1]]) {
    for (let orbital = 0; orbital < 4; orbital++) {
      assertEquals(
        small[at({ qy: 2, qz: 2 }, l, y, z) + orbital],
        large[at({ qy: 4, qz: 5 }, l, y, z) + orbital],
      );
    }
  }
  assertEquals(new Set(large).size, large.length);
  for (const other of [{ seed: 6, realisation: 2 }, { seed: 5, realisation: 3 }]) {
    const values = randomPotential({ sites: 2, qy: 2, qz: 2 }, 1, other);
    assertEquals(values.some((value) => small.includes(value)), false);
  }
});

Deno.test("to second order in the impurities their average is the first Born approximation", () => {
  // The mean over ±V takes the odd orders away; what is left beyond second order falls with w⁴.
  const size = { sites: 3, qy: 2, qz: 2 }, broadening = 0.8, omega = 0.5, states = 12;
  const green = new GreenFunction(ROUGH);
  const clean = spectralFunction(green, Q, { omega, broadening });
  let sum = 0, squares = 0;
  const width = 0.05, count = 60;
  for (let realisation = 0; realisation < count; realisation++) {
    const potential = randomPotential(size, width, { seed: 2, realisation });
    let value = -clean;
    for (const sign of [1, -1]) {
      const cell = new Supercell(ROUGH, size, potential.map((v) => sign * v), Q);
      value += chebyshevSpectrum(chebyshevMoments(cell, size, broadening / 3), omega, broadening) / 2;
    }
    sum += value / count;
    squares += value ** 2 / count;
  }
  const error = Math.sqrt((squares - sum ** 2) / count);
  // w² G₀ diag(mean over the supercell's momenta of G₀) G₀, by dense matrices.
  const resolvent = (qy: number, qz: number) =>
    inverse(combine([[omega, broadening], identityMatrix(states)], [-1, denseHamiltonian(ROUGH, qy, qz)]));
  const mean = { re: new Float64Array(states), im: new Float64Array(states) };
  for (const y of [0, Math.PI]) {
    for (const z of [0, Math.PI]) {
      const g = resolvent(Q.qy + y, Q.qz + z);
      for (let i = 0; i < states; i++) {
        mean.re[i] += g.re[i * (states + 1)] / 4;
        mean.im[i] += g.im[i * (states + 1)] / 4;
      }
    }
  }
  const g = resolvent(Q.qy, Q.qz);
  let expected = 0;
  for (let i = 0; i < states; i++) {
    for (let j = 0; j < states; j++) {
      const a = i * states + j, b = j * states + i;
      const re = g.re[a] * g.re[b] - g.im[a] * g.im[b], im = g.re[a] * g.im[b] + g.im[a] * g.re[b];
      expected -= width ** 2 * (re * mean.im[j] + im * mean.re[j]) / Math.PI;
    }
  }
  assertLess(Math.abs(sum - expected), 4 * error + 0.02 * Math.abs(expected));
  assertGreater(Math.abs(expected), 8 * error);
});

Deno.test("as stages: a task a realisation and momentum, their mean, its error and the spread", () => {
  const read = {
    strength: 0.3,
    normalisation: "brillouin-zone",
    seed: 4,
    size: { qy: 2, qz: 3 },
    qz: -1.1,
    broadening: 0.3,
  } as const;
  const tasks = momentTasks({ ...read, qy: [0.4, 0.9], realisations: 3 });
  assertEquals(tasks.length, 6);
  const moments = tasks.map(({ parameters }) => {
    const made = momentStage.run(parameters as never, [ROUGH], () => {}) as ReturnType<typeof chebyshevMoments>;
    momentStage.audit!(made, parameters as never, [ROUGH]);
    return made;
  });
  const map = supercellStage.run(
    { omega: [-0.2, 0.6], broadening: 0.3, qy: [0.4, 0.9] },
    moments,
    () => {},
  ) as SupercellMap;
  assertEquals([[...map.omega], [...map.qy]], [[-0.2, -0.2, 0.6, 0.6], [0.4, 0.9, 0.4, 0.9]]);
  const values = [1, 3, 5].map((task) => chebyshevSpectrum(moments[task], 0.6, 0.3)), [a, b, c] = values;
  const mean = (a + b + c) / 3, spread = Math.sqrt(((a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2) / 2);
  assertAlmostEquals(map.intensity[3], mean, 1e-13);
  assertAlmostEquals(map.spread[3], spread, 1e-13);
  assertAlmostEquals(map.error[3], spread / Math.sqrt(3), 1e-13);
  const potential = randomPotential(SIZE, Math.sqrt(0.3), { seed: 4, realisation: 2 });
  const own = chebyshevMoments(new Supercell(ROUGH, SIZE, potential, { qy: 0.9, qz: -1.1 }), SIZE, 0.3);
  assertEquals(moments[5], own);
});

Deno.test("moments beyond the radius, and a map that is no number, are not accepted", () => {
  const moments = { radius: 1, moments: Float64Array.of(12, 3, 13) };
  assertThrows(
    () => momentStage.audit!(moments, null as never, null as never),
    Error,
    "moment 2 of the supercell: 13 of 12",
  );
  const one = Float64Array.of(1),
    map = { omega: one, qy: one, intensity: Float64Array.of(NaN), error: one, spread: one };
  assertThrows(() => supercellStage.audit!(map, null as never, null as never), Error, "q_y = 1: it is NaN");
});
