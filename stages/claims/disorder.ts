/**
 * What the paper says of the robustness of the chiral states against impurities, Fig. 2(d).
 *
 * @module
 */
import { type Claim, written } from "./claim.ts";
import type { Evidence } from "./evidence.ts";

/** Widths of the Fermi arc over those of the chiral Landau level by frequency, where both were found. */
function widthRatios(evidence: Evidence): [number, number][] {
  const rows = evidence.rows("linewidth").filter((row) => row.number("width") > 0);
  const pairs = Map.groupBy(rows, (row) => `${row.apartFrom()} ${row.number("omega")}`);
  return [...pairs.values()].flatMap((pair): [number, number][] => {
    const [fa, cll] = ["fa", "cll"].map((state) => pair.find((row) => row.label("state") === state));
    return fa === undefined || cll === undefined
      ? []
      : [[Math.abs(fa.number("omega")), fa.number("width") / cll.number("width")]];
  }).sort(([a], [b]) => a - b);
}

const fermiArcIsBroader: Claim = {
  id: "fermi-arc-is-broader",
  claim: "Impurities broaden the Fermi arc more than the chiral Landau level: the CLL is more robust.",
  source: "Fig. 2(d); “much smaller lifetime for FA dispersion than the CLL dispersion”",
  quantity: "width of the FA over that of the CLL at the lowest frequency",
  bound: { least: 1 },
  measure(evidence) {
    const ratios = widthRatios(evidence);
    if (ratios.length === 0) return undefined;
    const reversed = ratios.find(([, ratio]) => ratio < 1);
    return {
      value: ratios[0][1],
      limits: reversed === undefined
        ? undefined
        : `the order reverses at ω = ${written(reversed[0])}, where the ratio is ${written(reversed[1])}`,
    };
  },
};

/** The claims. */
export const disorderClaims: readonly Claim[] = [fermiArcIsBroader];
