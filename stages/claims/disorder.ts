/**
 * What the paper says of the robustness of the chiral states against impurities, Fig. 2(d).
 *
 * @module
 */
import { type Claim, written } from "./claim.ts";
import type { Evidence, Row } from "./evidence.ts";
import { largest, smallest } from "./extremes.ts";
import { firstLevel, hasLandauLevel, slabOf } from "./slab_facts.ts";

/** Rows of an observable at energies at which the paper's chiral states are: slabs that have both, and a q_z well inside the arc. */
function rowsOf(evidence: Evidence, observable: string): Row[] {
  const settings = evidence.settings(observable) as { readonly qz?: number | string } | undefined;
  const qz = settings?.qz ?? 0;
  if (typeof qz !== "number") return []; // integrated over q_z: the states are no longer peaks of one momentum
  return evidence.rows(observable).filter((row) => {
    const slab = slabOf(row);
    return hasLandauLevel(slab) && slab.velocity * Math.abs(qz) <= Math.abs(slab.field) / 2;
  });
}

/** Whether no Landau level is at the row's frequency, so that the chiral states are alone. */
function isLow(row: Row): boolean {
  return Math.abs(row.number("omega")) < firstLevel(slabOf(row));
}

/** A ratio of the two states at a frequency. */
interface Ratio {
  readonly omega: number;
  readonly ratio: number;
  readonly isLow: boolean;
}

/** Widths of the Fermi arc over those of the chiral Landau level, one list a point, from the lowest frequency up. */
function widthRatios(evidence: Evidence): Ratio[][] {
  const points = Map.groupBy(rowsOf(evidence, "linewidth"), (row) => row.apartFrom());
  return [...points.values()].map((rows) => {
    const pairs = Map.groupBy(rows.filter((row) => row.number("width") > 0), (row) => row.number("omega"));
    return [...pairs].flatMap(([omega, pair]): Ratio[] => {
      const [fa, cll] = ["fa", "cll"].map((state) => pair.find((row) => row.label("state") === state));
      if (fa === undefined || cll === undefined) return [];
      return [{ omega: Math.abs(omega), ratio: fa.number("width") / cll.number("width"), isLow: isLow(fa) }];
    }).sort((a, b) => a.omega - b.omega);
  });
}

const fermiArcIsBroader: Claim = {
  id: "fermi-arc-is-broader",
  claim: "Impurities broaden the Fermi arc much more than the chiral Landau level: the CLL is more robust.",
  source: "Fig. 2(d): “much smaller lifetime for FA dispersion than the CLL dispersion”",
  quantity: "width of the FA over that of the CLL at the lowest frequency, below the first Landau level",
  // “Much”: twice at the least.
  bound: { least: 2 },
  measure(evidence) {
    const points = widthRatios(evidence).filter(([first]) => first?.isLow);
    if (points.length === 0) return undefined;
    const reversed = points.flatMap((ratios) => ratios.find(({ ratio }) => ratio < 1) ?? [])
      .sort((a, b) => a.omega - b.omega)[0];
    return {
      value: smallest(points.map(([{ ratio }]) => ratio)),
      limits: reversed === undefined
        ? undefined
        : `the order reverses at |ω| = ${written(reversed.omega)}, where the ratio is ${written(reversed.ratio)}`,
    };
  },
};

const peaks: Claim = {
  id: "spectral-peaks",
  claim: "In the spectral function the CLL stays sharper than the Fermi arc.",
  source: "Fig. 2(d): “The CLL state remains more robust against the scattering than the FA state”",
  quantity:
    "highest A(ω; q_y) on the CLL's side of q_y over that on the FA's, at the highest frequency between half and nine tenths of the first Landau level",
  // Of states of equal weight the sharper one is the higher; what 2η adds to both widths brings the two closer. A twentieth is more than a grid of q_y takes off a peak that it resolves.
  bound: { least: 1.05 },
  measure(evidence) {
    const lines = Map.groupBy(rowsOf(evidence, "spectral").filter(isLow), (row) => row.apartFrom());
    const ratios = [...lines.values()].flatMap((rows) => {
      // Lower, the two peaks run into one another; higher, into the Landau level.
      const level = firstLevel(slabOf(rows[0]));
      const frequencies = rows.map((row) => row.number("omega")).filter((omega) =>
        Math.abs(omega) >= level / 2 && Math.abs(omega) <= 0.9 * level
      );
      const highest = largest(frequencies.map(Math.abs)), omega = frequencies.find((one) => Math.abs(one) === highest);
      if (omega === undefined) return [];
      const { field, velocity } = slabOf(rows[0]), line = rows.filter((row) => row.number("omega") === omega);
      // E = v q_y of the FA for A⁵ > 0: at ω it is at this q_y, the CLL at the opposite one. The line has to go beyond both.
      const crossing = Math.asin(Math.min(1, highest / velocity)), side = Math.sign(omega * field);
      const [fa, cll] = [side, -side].map((sign) => line.filter((row) => sign * row.number("qy") > 0));
      const isWhole = [fa, cll].every((half) =>
        largest(half.map((row) => Math.abs(row.number("qy")))) > 1.5 * crossing
      );
      // Where disorder is strong the two run into one another, and the line is highest in the middle.
      const areApart = [fa, cll].every((half) => {
        const [inmost, ...others] = half.toSorted((a, b) => Math.abs(a.number("qy")) - Math.abs(b.number("qy")));
        return others.some((row) => row.number("intensity") > inmost.number("intensity"));
      });
      if (!isWhole || !areApart) return [];
      const [low, high] = [fa, cll].map((half) => largest(half.map((row) => row.number("intensity"))));
      return low > 0 ? [high / low] : [];
    });
    return ratios.length === 0 ? undefined : { value: smallest(ratios) };
  },
};

/** The claims. */
export const disorderClaims: readonly Claim[] = [fermiArcIsBroader, peaks];
