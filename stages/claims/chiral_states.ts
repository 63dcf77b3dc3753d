/**
 * What the paper says of the two chiral states and the Landau levels, Figs. 1(b) and 2(a–c), Eqs. (3) and (4), Appendix A.
 *
 * @module
 */
import { type Claim, percent, written } from "./claim.ts";
import { curves, type Evidence, type Row } from "./evidence.ts";

/** The chiral states are looked at up to the q_y of Fig. 2(c). */
const REACH = 0.8;

/** The two states of lowest |E| at one momentum: H² = v² sin² q_y + H₀², so that none is below the chiral ones. */
interface ChiralPair {
  readonly qy: number;
  readonly qz: number;
  /** E ≥ 0, then E ≤ 0. */
  readonly states: readonly [Row, Row];
}

/** The chiral pairs of a table of bands, one a momentum. */
function chiralPairs(rows: readonly Row[]): ChiralPair[] {
  const momenta = Map.groupBy(rows, (row) => `${row.number("qy")} ${row.number("qz")}`);
  return [...momenta.values()].map((states) => {
    const upper = states.filter((row) => row.number("band") >= states.length / 2);
    const lowest = upper.reduce((a, b) => a.number("energy") <= b.number("energy") ? a : b);
    const mirror = states.find((row) => row.number("band") === states.length - 1 - lowest.number("band"))!;
    return { qy: lowest.number("qy"), qz: lowest.number("qz"), states: [lowest, mirror] };
  });
}

/** The bands with a profile of A⁵, one group of rows a point of the study. */
function bandsWith(evidence: Evidence, profile: string): Row[][] {
  return curves(evidence.rows("bands").filter((row) => row.at("model.gauge_field.profile") === profile));
}

/** How far the two states are from the two ends of the slab, in sites: for the farther one. */
function distanceFromEnds({ states }: ChiralPair): number {
  const [first, second] = states.map((row) => row.number("mean_position")).sort((a, b) => a - b);
  const last = Number(states[0].at("model.sites")) - 1;
  return Math.max(first, last - second);
}

/** The pairs at momenta at which the chiral states are apart from one another and from the bulk. */
function inReach(pairs: readonly ChiralPair[]): ChiralPair[] {
  return pairs.filter(({ qy, qz }) => Math.abs(qy) > 1e-6 && Math.abs(qy) <= REACH && Math.abs(qz) < 1e-6);
}

const twoFermiArcs: Claim = {
  id: "two-fermi-arcs",
  claim: "In a constant chiral gauge field two Fermi-arc states emerge, localized at x = 0 and x = L.",
  source: "Fig. 2(a); “two FA states emerge and localize at x = 0 and x = L”",
  quantity: "mean distance of the states of lowest |E| from the two ends (sites), |q_y| ≤ 0.8, q_z = 0",
  bound: { most: 1 },
  measure(evidence) {
    const pairs = bandsWith(evidence, "constant").flatMap((rows) => inReach(chiralPairs(rows)));
    return pairs.length === 0 ? undefined : { value: Math.max(...pairs.map(distanceFromEnds)) };
  },
};

const linearDispersion: Claim = {
  id: "linear-dispersion",
  claim: "The chiral states disperse as E = ±v q_y near q_y = 0.",
  source: "Eqs. (3), (4), Fig. 2(a, b)",
  quantity: "| |E|/(v |q_y|) − 1 | at the smallest q_y",
  bound: { most: 1e-3 },
  measure(evidence) {
    const pairs = inReach(curves(evidence.rows("bands")).flatMap(chiralPairs));
    if (pairs.length === 0) return undefined;
    const deviations = pairs.map(({ qy, states }) => {
      const speed = Math.abs(Number(states[0].at("model.velocity")) * qy);
      return [Math.abs(qy), Math.max(...states.map((row) => Math.abs(Math.abs(row.number("energy")) / speed - 1)))];
    }).sort(([a], [b]) => a - b);
    const beyond = deviations.findIndex(([, deviation]) => deviation > 0.01);
    const reach = beyond < 1 ? undefined : deviations[beyond - 1][0];
    const [last, most] = deviations.at(-1)!;
    return {
      value: deviations[0][1],
      limits: reach === undefined
        ? undefined
        : `on the lattice ±v sin q_y: within 1 % up to |q_y| = ${written(reach)}, ${percent(most)} off at ${
          written(last)
        }`,
    };
  },
};

const gradientKeepsChiralStates: Claim = {
  id: "gradient-keeps-chiral-states",
  claim: "The gradient of the field leaves the energies of the chiral states unchanged.",
  source: "caption of Fig. 2: “(b) has the same chiral state eigenenergies as in (a)”",
  quantity: "largest difference of the chiral energies between the linear and the constant field (v/a), |q_y| ≤ 0.8",
  bound: { most: 1e-6 },
  measure(evidence) {
    const energies = (profile: string): Map<number, number> =>
      new Map(
        bandsWith(evidence, profile).flatMap((rows) =>
          inReach(chiralPairs(rows)).map(({ qy, states }) => [qy, states[0].number("energy")])
        ),
      );
    const constant = energies("constant"), linear = energies("linear");
    const shared = [...constant.keys()].filter((qy) => linear.has(qy));
    if (shared.length === 0) return undefined;
    return { value: Math.max(...shared.map((qy) => Math.abs(constant.get(qy)! - linear.get(qy)!))) };
  },
};

const arcLeavesTheBoundary: Claim = {
  id: "arc-becomes-landau-level",
  claim: "In the linear field one chiral state stays at the boundary and the other one leaks into the bulk.",
  source: "Fig. 2(c); “one of the chiral states in Fig. 2(a) is no longer a FA state”",
  quantity: "mean position of the CLL over that of the FA, q_z = 0",
  bound: { least: 10 },
  measure(evidence) {
    const ratios = evidence.rows("density").length === 0
      ? []
      : densities(evidence).map(({ fa, cll }) => cll.mean / fa.mean);
    return ratios.length === 0 ? undefined : { value: Math.min(...ratios) };
  },
};

/** A state's place and width over the sites. */
interface Profile {
  readonly mean: number;
  readonly deviation: number;
  readonly density: readonly number[];
  readonly row: Row;
}

/** The two states of each momentum of a table of densities, in a linear field. */
function densities(evidence: Evidence): { readonly fa: Profile; readonly cll: Profile }[] {
  const rows = evidence.rows("density").filter((row) => row.at("model.gauge_field.profile") === "linear");
  const momenta = Map.groupBy(rows, (row) => `${row.apartFrom()} ${row.number("qy")} ${row.number("qz")}`);
  return [...momenta.values()].map((states) => {
    const of = (label: string): Profile => profileOf(states.filter((row) => row.label("state") === label));
    return { fa: of("fa"), cll: of("cll") };
  });
}

function profileOf(rows: readonly Row[]): Profile {
  const density = rows.map((row) => row.number("density")), sites = rows.map((row) => row.number("site"));
  const mean = density.reduce((sum, weight, i) => sum + weight * sites[i], 0);
  const variance = density.reduce((sum, weight, i) => sum + weight * (sites[i] - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(variance), density, row: rows[0] };
}

const gaussianLandauLevel: Claim = {
  id: "gaussian-landau-level",
  claim: "The chiral Landau level is a Gaussian in x with the variance vξ/2A⁵.",
  source: "Eq. (4), Fig. 2(c)",
  quantity: "1 − overlap of its density with the Gaussian of that variance around its mean",
  bound: { most: 0.01 },
  measure(evidence) {
    const states = densities(evidence);
    if (states.length === 0) return undefined;
    const found = states.map(({ cll }) => {
      const [v, xi, field] = ["velocity", "gauge_field.cutoff", "gauge_field.amplitude"].map((key) =>
        Math.abs(Number(cll.row.at(`model.${key}`)))
      );
      const width = Math.sqrt(v * xi / (2 * field)), printed = xi * (1 - v * Math.abs(cll.row.number("qz")) / field);
      const gaussian = cll.density.map((_, x) => Math.exp(-((x - cll.mean) ** 2) / (2 * width ** 2)));
      const norm = gaussian.reduce((sum, weight) => sum + weight, 0);
      const overlap = cll.density.reduce((sum, weight, x) => sum + Math.sqrt(weight * gaussian[x] / norm), 0);
      return { missing: 1 - overlap, width, printed, cll };
    });
    const worst = found.reduce((a, b) => a.missing >= b.missing ? a : b);
    const off = Math.abs(worst.cll.mean - worst.printed);
    return {
      value: worst.missing,
      limits: off <= worst.width
        ? undefined
        : `its centre is not the printed one: site ${written(worst.cll.mean)} and not ${
          written(worst.printed)
        }, as the Wilson mass moves the local Weyl node; standard deviation ${written(worst.cll.deviation)}, printed ${
          written(worst.width)
        }`,
    };
  },
};

/** So many Landau levels are compared, and up to this q_y. */
const LEVELS = 3, LEVEL_REACH = 0.3;

const landauLevels: Claim = {
  id: "landau-levels",
  claim: "The gradient makes Landau levels E_n = ±√(2B⁵vn + v²q_y²).",
  source: "Fig. 1(b), Fig. 2(b), Appendix A",
  quantity: "largest relative deviation of the levels n = 1, 2, 3, |q_y| ≤ 0.3, with the CLL in the bulk",
  bound: { most: 0.05 },
  measure(evidence) {
    const deviations = bandsWith(evidence, "linear").flatMap((rows) => {
      const momenta = Map.groupBy(rows, (row) => `${row.number("qy")} ${row.number("qz")}`);
      return [...momenta.values()].flatMap(levelDeviations);
    });
    return deviations.length === 0 ? undefined : { value: Math.max(...deviations) };
  },
};

/** The relative deviations of the lowest levels at one momentum; none where the orbits do not lie well inside the slab. */
function levelDeviations(states: readonly Row[]): number[] {
  const [row] = states, [qy, qz] = [row.number("qy"), row.number("qz")];
  const [v, xi, field, sites] = ["velocity", "gauge_field.cutoff", "gauge_field.amplitude", "sites"].map((key) =>
    Math.abs(Number(row.at(`model.${key}`)))
  );
  const spacing = 2 * v * field / xi, length = Math.sqrt(v * xi / field);
  const centre = xi * (1 - v * Math.abs(qz) / field), depth = Math.min(centre, Math.min(sites, xi) - centre);
  // The third level reaches √7 magnetic lengths to either side; at small q_z the nodes of both chiralities are in one place.
  if (Math.abs(qy) > LEVEL_REACH || depth < Math.sqrt(2 * LEVELS + 1) * length) return [];
  const upper = states.map((state) => state.number("energy")).filter((energy) => energy >= 0).sort((a, b) => a - b);
  return Array.from({ length: LEVELS }, (_, i) => {
    const level = Math.sqrt(spacing * (i + 1) + (v * qy) ** 2);
    const nearest = upper.reduce((a, b) => Math.abs(a - level) <= Math.abs(b - level) ? a : b);
    return Math.abs(nearest / level - 1);
  });
}

/** An arc state is told from a bulk state by its energy, v |sin q_y| to this share of it. */
const ARC_ACCURACY = 0.05;

const lengthOfTheArc: Claim = {
  id: "arc-length",
  claim: "The chiral states exist along q_z within [−A⁵, A⁵] (v = 1), where they do not disperse.",
  source: "below Eqs. (3) and (7); Appendix A: “the dispersion along the q_z direction remains flat”",
  quantity: "|v q_z|/A⁵ up to which the lowest state keeps E = v sin q_y",
  bound: { least: 0.9, most: 1.1 },
  measure(evidence) {
    const pairs = bandsWith(evidence, "linear").flatMap(chiralPairs).filter(({ qy }) =>
      Math.abs(qy) > 1e-6 && Math.abs(qy) <= LEVEL_REACH
    );
    const ends = [...Map.groupBy(pairs, ({ qy }) => qy).values()].flatMap((line) => {
      const sorted = line.toSorted((a, b) => Math.abs(a.qz) - Math.abs(b.qz));
      const [{ qy, states: [row] }] = sorted, v = Math.abs(Number(row.at("model.velocity")));
      const field = Math.abs(Number(row.at("model.gauge_field.amplitude"))), flat = v * Math.abs(Math.sin(qy));
      const end = sorted.findIndex(({ states }) => Math.abs(states[0].number("energy") / flat - 1) > ARC_ACCURACY);
      // Only a line that passes the end of the arc shows where it is.
      return end < 1 || v * Math.abs(sorted.at(-1)!.qz) < field ? [] : [v * Math.abs(sorted[end - 1].qz) / field];
    });
    return ends.length === 0 ? undefined : { value: Math.max(...ends) };
  },
};

/** The claims. */
export const chiralStateClaims: readonly Claim[] = [
  twoFermiArcs,
  linearDispersion,
  gradientKeepsChiralStates,
  landauLevels,
  lengthOfTheArc,
  arcLeavesTheBoundary,
  gaussianLandauLevel,
];
