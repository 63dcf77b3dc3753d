/**
 * What the paper says of where the two chiral states sit, Fig. 2(c), Eqs. (3) and (4).
 *
 * @module
 */
import { type Claim, written } from "./claim.ts";
import type { Evidence, Row } from "./evidence.ts";
import { smallest, worst } from "./extremes.ts";
import { hasLandauLevel, nodeSite, type SlabFacts, slabOf } from "./slab_facts.ts";

/** A state's place and width over the sites. */
interface Profile {
  readonly mean: number;
  readonly deviation: number;
  /** Mean distance from the nearer surface. */
  readonly depth: number;
  readonly density: readonly number[];
}

/** The two chiral states at a momentum. */
interface Pair {
  readonly fa: Profile;
  readonly cll: Profile;
  readonly qy: number;
  readonly qz: number;
  readonly slab: SlabFacts;
}

/** The q_y of Fig. 2(c): beyond it the states may be of the bulk. At q_y = 0 itself they change places. */
const REACH = 0.8 + 1e-9, APART = 1e-6;

/** The two states of each momentum at which the paper expects a Fermi arc and a chiral Landau level, q_z = 0. */
function pairs(evidence: Evidence): Pair[] {
  const rows = evidence.rows("density").filter((row) =>
    hasLandauLevel(slabOf(row)) && Math.abs(row.number("qz")) < APART && Math.abs(row.number("qy")) > APART &&
    Math.abs(row.number("qy")) <= REACH
  );
  const momenta = Map.groupBy(rows, (row) => `${row.apartFrom()} ${row.number("qy")} ${row.number("qz")}`);
  return [...momenta.values()].flatMap((states) => {
    const [row] = states, slab = slabOf(row);
    const [fa, cll] = ["fa", "cll"].map((label) => states.filter((state) => state.label("state") === label));
    // Two arcs, as in a field that hardly falls, are no pair.
    if (fa.length === 0 || cll.length === 0) return [];
    return [{
      fa: profileOf(fa, slab.sites),
      cll: profileOf(cll, slab.sites),
      qy: row.number("qy"),
      qz: row.number("qz"),
      slab,
    }];
  });
}

function profileOf(rows: readonly Row[], sites: number): Profile {
  // By site, so that a momentum that a study names twice counts once.
  const bySite = new Map(rows.map((row) => [row.number("site"), row.number("density")]));
  const density = Array.from({ length: sites }, (_, l) => bySite.get(l) ?? 0);
  const average = (of: (l: number) => number): number => density.reduce((sum, weight, l) => sum + weight * of(l), 0);
  const mean = average((l) => l);
  return {
    mean,
    deviation: Math.sqrt(average((l) => (l - mean) ** 2)),
    depth: average((l) => Math.min(l, sites - 1 - l)),
    density,
  };
}

/** 1 − Σ√(pq) of a density and a shape that is not normalized. */
function missingOverlap(density: readonly number[], shape: readonly number[]): number {
  const norm = shape.reduce((sum, weight) => sum + weight, 0);
  return 1 - density.reduce((sum, weight, l) => sum + Math.sqrt(weight * shape[l] / norm), 0);
}

/** Two Gaussians around one place whose widths differ by a fifth, or exponentials whose depths do by a third, miss so much of a full overlap. */
const OVERLAP = 0.01;

const fermiArcDecays: Claim = {
  id: "fermi-arc-decays",
  claim: "The Fermi arc decays from the surface as exp(−A⁵x/v) at q_z = 0.",
  source: "Eq. (3), Fig. 2(c)",
  quantity: "1 − overlap of its density with exp(−2A⁵x/v)",
  bound: { most: OVERLAP },
  measure(evidence) {
    const found = pairs(evidence).map(({ fa, slab: { velocity, field } }) => {
      const printed = fa.density.map((_, x) => Math.exp(-2 * Math.abs(field) * x / velocity));
      // Sites are a lattice constant apart: where the printed state is narrower, most of it is on the first.
      const mean = 1 / Math.expm1(2 * Math.abs(field) / velocity);
      return { missing: missingOverlap(fa.density, printed), mean, fa };
    });
    const most = worst(found, ({ missing }) => missing);
    if (most === undefined) return undefined;
    return {
      value: most.missing,
      limits: most.missing <= OVERLAP
        ? undefined
        : `its mean position is ${written(most.fa.mean)}, that of Eq. (3) on the same sites ${written(most.mean)}`,
    };
  },
};

const arcLeavesTheBoundary: Claim = {
  id: "arc-becomes-landau-level",
  claim: "In the linear field one chiral state stays at the boundary and the other one leaks into the bulk.",
  source: "Fig. 2(c): “one of the chiral states in Fig. 2(a) is no longer a FA state”",
  quantity: "mean depth below the nearer surface of the CLL over that of the FA, q_z = 0",
  // A state that is spread evenly is a quarter of the slab deep, an arc some tenths of a site.
  bound: { least: 10 },
  measure(evidence) {
    // In a slab that is not thicker than this, ten times as deep as an arc of Eq. (3) is out of the slab.
    const found = pairs(evidence).filter(({ slab: { sites, velocity, field } }) =>
      sites >= 40 * Math.max(1, velocity / (2 * Math.abs(field)))
    );
    return found.length === 0 ? undefined : { value: smallest(found.map(({ fa, cll }) => cll.depth / fa.depth)) };
  },
};

const gaussianLandauLevel: Claim = {
  id: "gaussian-landau-level",
  claim: "The chiral Landau level is a Gaussian in x with the variance vξ/2A⁵.",
  source: "Eq. (4), Fig. 2(c): “The delocalized Gaussian characteristic of the CLL state”",
  quantity: "1 − overlap of its density with the Gaussian of that variance around its mean, q_z = 0",
  bound: { most: OVERLAP },
  measure(evidence) {
    const found = pairs(evidence).map(({ cll, qy, qz, slab }) => {
      const width = Math.sqrt(slab.velocity * slab.reach / (2 * Math.abs(slab.field)));
      const gaussian = cll.density.map((_, x) => Math.exp(-((x - cll.mean) ** 2) / (2 * width ** 2)));
      const node = nodeSite(slab, qy, qz), printed = slab.reach;
      return { missing: missingOverlap(cll.density, gaussian), width, printed, node, cll, slab };
      // A Gaussian that the end of the slab cuts off is none.
    }).filter(({ cll, width, slab }) => Math.min(cll.mean, slab.sites - 1 - cll.mean) >= 2 * width);
    const most = worst(found, ({ missing }) => missing);
    if (most === undefined) return undefined;
    const { cll, width, printed, node } = most, isAtNode = Math.abs(cll.mean - node) <= width;
    return {
      value: most.missing,
      limits: Math.abs(cll.mean - printed) <= width
        ? undefined
        : `centred at site ${written(cll.mean)} and not at the printed ${written(printed)}${
          isAtNode ? `, since on the lattice the Weyl node is at ${written(node)}` : ""
        }; standard deviation ${written(cll.deviation)}, printed ${written(width)}`,
    };
  },
};

/** The claims. */
export const chiralDensityClaims: readonly Claim[] = [fermiArcDecays, arcLeavesTheBoundary, gaussianLandauLevel];
