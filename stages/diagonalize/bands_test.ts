/**
 * The list of bands against the dense twin's states.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { denseEigenstates, runs } from "../../tests/twins/eigenstates.ts";
import { FAMILIES, family } from "../../tests/twins/slab_families.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { bandList } from "./bands.ts";
import { StructuredSolver } from "./structured_solver.ts";

Deno.test("energies, mean positions and chiralities are the dense twin's, level by level", () => {
  fc.assert(
    fc.property(fc.oneof(...Object.keys(FAMILIES).map((name) => family(name, 1, 6))), ({ parameters, qy, qz }) => {
      const { sites } = parameters, momenta = { qy: [0.4, qy], qz: [qz, qz] };
      const bands = bandList(parameters, new StructuredSolver(parameters), momenta);
      assertEquals([[...bands.qy], [...bands.qz]], [momenta.qy, momenta.qz]);
      momenta.qy.forEach((y, point) => {
        const expected = denseEigenstates(parameters, y, qz, 1e-9), start = point * 4 * sites;
        // Levels closer than 1e-3 together: within them vectors are known to 1e-16/1e-3 only, and positions are up to L times that.
        for (const [from, to] of runs(expected.energy, 1e-3)) {
          let position = 0, chirality = 0;
          for (let state = from; state < to; state++) {
            assertAlmostEquals(bands.energy[start + state], expected.energy[state], 1e-12);
            position += bands.meanPosition[start + state];
            chirality += bands.chirality[start + state] - expected.chirality[state];
            for (let l = 0; l < sites; l++) position -= l * expected.density[state * sites + l];
          }
          assertAlmostEquals(position, 0, 1e-10);
          assertAlmostEquals(chirality, 0, 1e-10);
        }
      });
    }),
    { ...REPEATABLE, numRuns: 100 },
  );
});
