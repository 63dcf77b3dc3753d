/**
 * Spectra contracted all at once against the same one by one.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { bathSettings, between } from "../../tests/twins/made_up_block.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { baths } from "./baths.ts";
import { contractPoints } from "./contraction.ts";
import { MOMENTS } from "./energy_panels.ts";
import { spectrumBlock } from "./flow_spectrum.ts";
import { contractSpectra } from "./spectrum_contraction.ts";

Deno.test("all spectra at once give what each gives as a momentum of its own, and each setting what it gives alone", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 13 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(bathSettings, { minLength: 1, maxLength: 5 }),
      fc.array(between(-1, 1), { minLength: 40, maxLength: 80 }),
      (sites, spectra, stated, numbers) => {
        const moments = Float64Array.from(
          { length: spectra * 2 * MOMENTS * sites },
          (_, i) => numbers[i % numbers.length],
        );
        const block = spectrumBlock(1, moments, spectra, sites), settings = stated.map((one) => baths(one, sites));
        const totals = contractSpectra(block, settings), expected = contractPoints(block, settings);
        // Roundings of 24 sums over up to 13 sites of numbers up to 2, and of energies up to 2 times them.
        expected.forEach((value, i) => assertAlmostEquals(totals[i], value, 1e-12));
        settings.forEach((one, i) => {
          assertEquals(contractSpectra(block, [one]), totals.slice(2 * spectra * i, 2 * spectra * (i + 1)));
        });
      },
    ),
    { ...REPEATABLE, numRuns: 60 },
  );
});
