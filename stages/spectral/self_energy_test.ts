/**
 * The Born self-energy against dense eigen-sums over the whole zone, and against the structured solver at the size of the paper.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { hermitianEigen } from "../../tests/twins/hermitian.ts";
import { denseHamiltonian, type SlabParameters } from "../../tests/twins/slab.ts";
import { chiralModes } from "../diagonalize/chiral_modes.ts";
import { foldedAxis, multiplicity } from "../diagonalize/midpoint_grid.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import type { Frequency, OrbitalDiagonal } from "./recursion.ts";
import { auditSelfEnergy, bornIntegral, scaledSelfEnergy, type SelfEnergy, selfEnergyAt } from "./self_energy.ts";

const ROUGH: SlabParameters = {
  sites: 4,
  velocity: 0.8,
  mass: 0.7,
  hopping: -1.1,
  chiralGaugeField: Float64Array.of(1.3, -0.4, 0.9, 0.2),
};

function point(count: number, k: number): number {
  return -Math.PI + 2 * Math.PI * (k + 0.5) / count;
}

/** Σ_α |⟨lν|α⟩|²/(z − E_α), summed over every point of the zone with the cell's area. */
function denseBornIntegral(
  parameters: SlabParameters,
  grid: { qy: number; qz: number },
  { omega, broadening }: Frequency,
): OrbitalDiagonal {
  const n = 4 * parameters.sites, re = new Float64Array(n), im = new Float64Array(n);
  const cell = (2 * Math.PI / grid.qy) * (2 * Math.PI / grid.qz);
  for (let y = 0; y < grid.qy; y++) {
    for (let z = 0; z < grid.qz; z++) {
      const h = denseHamiltonian(parameters, point(grid.qy, y), point(grid.qz, z));
      const { values, vectors } = hermitianEigen(h);
      for (let i = 0; i < n; i++) {
        for (let state = 0; state < n; state++) {
          const weight = vectors.re[i * n + state] ** 2 + vectors.im[i * n + state] ** 2;
          const distance = omega - values[state], square = distance ** 2 + broadening ** 2;
          re[i] += cell * weight * distance / square;
          im[i] -= cell * weight * broadening / square;
        }
      }
    }
  }
  return { re, im };
}

function list(slab: SlabParameters, omega: number, { re, im }: OrbitalDiagonal): SelfEnergy {
  return { ...slab, broadening: 0.1, omega: Float64Array.of(omega), re, im };
}

Deno.test("each orbital's Born integral is the dense eigen-sum over the whole zone", () => {
  for (const [grid, omega] of [[{ qy: 4, qz: 5 }, 0.3], [{ qy: 5, qz: 4 }, -1.1], [{ qy: 3, qz: 1 }, 0]] as const) {
    const frequency = { omega, broadening: 0.1 };
    const fast = bornIntegral(ROUGH, grid, frequency), dense = denseBornIntegral(ROUGH, grid, frequency);
    for (const part of ["re", "im"] as const) {
      fast[part].forEach((value, i) => assertAlmostEquals(value, dense[part][i], 1e-11));
    }
  }
});

Deno.test("orbitals are equal between L and R and differ between up and down where A⁵ is not zero", () => {
  const frequency = { omega: 0.3, broadening: 0.1 }, grid = { qy: 6, qz: 6 };
  const { im } = bornIntegral(ROUGH, grid, frequency);
  let spin = 0;
  for (let i = 0; i < im.length; i += 4) {
    assertEquals([im[i], im[i + 1]], [im[i + 2], im[i + 3]]);
    spin = Math.max(spin, Math.abs(im[i] - im[i + 1]));
  }
  assertGreater(spin, 0.1);
  const without = bornIntegral({ ...ROUGH, chiralGaugeField: new Float64Array(4) }, grid, frequency).im;
  for (let i = 0; i < im.length; i += 2) assertAlmostEquals(without[i], without[i + 1], 1e-12);
});

Deno.test("particle and hole: reversing ω reverses Re Σ and exchanges the spins", () => {
  const grid = { qy: 4, qz: 4 }, broadening = 0.1;
  const above = bornIntegral(ROUGH, grid, { omega: 0.4, broadening });
  const below = bornIntegral(ROUGH, grid, { omega: -0.4, broadening });
  for (let i = 0; i < 16; i++) {
    const other = i % 2 === 0 ? i + 1 : i - 1;
    assertAlmostEquals(below.re[i], -above.re[other], 1e-11);
    assertAlmostEquals(below.im[i], above.im[other], 1e-11);
  }
});

Deno.test("summed over orbitals, it is Σ_n 2z (|u_n|² + |v_n|²)/(z² − ε_n²) of the structured solver", () => {
  const sites = 30, field = Float64Array.from({ length: sites }, (_, l) => 1.6 * (1 - l / sites));
  const slab = { sites, velocity: 1, mass: -0.3, hopping: -1, chiralGaugeField: field };
  const grid = { qy: 6, qz: 4 }, omega = 0.35, broadening = 0.05;
  const solver = new StructuredSolver(slab), modes = chiralModes(sites);
  const sum: OrbitalDiagonal = { re: new Float64Array(sites), im: new Float64Array(sites) };
  const countY = multiplicity(grid.qy), countZ = multiplicity(grid.qz), cell = (2 * Math.PI) ** 2 / (grid.qy * grid.qz);
  foldedAxis(grid.qy).forEach((qy, y) =>
    foldedAxis(grid.qz).forEach((qz, z) => {
      solver.solve({ qy, qz }, modes);
      modes.singularValue.forEach((sigma, n) => {
        const re = omega ** 2 - broadening ** 2 - sigma ** 2 - Math.sin(qy) ** 2, im = 2 * omega * broadening;
        const weight = cell * countY[y] * countZ[z] / (re * re + im * im); // 2z stands for two momenta
        for (let l = 0; l < sites; l++) {
          const density = modes.leftDensity[n * sites + l] + modes.rightDensity[n * sites + l];
          sum.re[l] += weight * density * (omega * re + broadening * im);
          sum.im[l] += weight * density * (broadening * re - omega * im);
        }
      });
    })
  );
  const fast = bornIntegral(slab, grid, { omega, broadening });
  for (const part of ["re", "im"] as const) {
    for (let l = 0; l < sites; l++) {
      const [a, b, c, d] = fast[part].subarray(4 * l, 4 * l + 4);
      assertAlmostEquals(a + b + c + d, sum[part][l], 1e-9);
    }
  }
});

Deno.test("κ scales it, and the two normalisations differ by (2π)²", () => {
  const integral = list(ROUGH, 0.3, bornIntegral(ROUGH, { qy: 2, qz: 2 }, { omega: 0.3, broadening: 0.1 }));
  const other = { ...integral, omega: Float64Array.of(0.5) };
  const printed = scaledSelfEnergy([integral, other], { strength: 0.02, normalisation: "printed" });
  const mean = scaledSelfEnergy([integral, other], { strength: 0.02, normalisation: "brillouin-zone" });
  assertEquals([...printed.omega], [0.3, 0.5]);
  assertEquals(printed.re.length, 32);
  printed.im.forEach((value, i) => {
    assertEquals(value, 0.02 * integral.im[i % 16]);
    assertAlmostEquals(mean.im[i] * 4 * Math.PI ** 2, value, 1e-15);
  });
  assertEquals([...selfEnergyAt(printed, 0.5).re], [...printed.re.subarray(16)]);
  assertThrows(() => selfEnergyAt(printed, 0.4), RangeError, "omega = 0.4: it was computed at 0.3, 0.5 only");
  assertThrows(() => scaledSelfEnergy([], { strength: 1, normalisation: "printed" }), RangeError, "no frequency");
});

Deno.test("a self-energy that gains, or tells L from R, is not accepted", () => {
  const good = list(ROUGH, 0.3, bornIntegral(ROUGH, { qy: 2, qz: 2 }, { omega: 0.3, broadening: 0.1 }));
  auditSelfEnergy(good);
  const changed = (part: "re" | "im", index: number, value: number): SelfEnergy => {
    const values = good[part].slice();
    values[index] = value;
    return { ...good, [part]: values };
  };
  assertThrows(() => auditSelfEnergy(changed("im", 5, 0.1)), Error, "site 1, orbital 1: Im Σ is 0.1");
  assertThrows(() => auditSelfEnergy(changed("im", 5, NaN)), Error, "Im Σ is NaN");
  assertThrows(() => auditSelfEnergy(changed("re", 8, 0.1)), Error, "site 2, orbital 0");
  assertThrows(() => auditSelfEnergy({ ...good, omega: new Float64Array(2) }), Error, "2 frequencies");
});

Deno.test("every row of momenta calls the pulse", () => {
  let beats = 0;
  bornIntegral(ROUGH, { qy: 2, qz: 7 }, { omega: 0, broadening: 0.1 }, () => beats++);
  assertEquals(beats, 4);
  const stop = () => {
    throw new Error("stopped");
  };
  assertThrows(() => bornIntegral(ROUGH, { qy: 2, qz: 7 }, { omega: 0, broadening: 0.1 }, stop), Error, "stopped");
});
