/**
 * What the paper says of the energies of the two chiral states and the Landau levels, Figs. 1(b) and 2(a, b), Eqs. (3) and (4), Appendix A.
 *
 * @module
 */
import { chiralPair, momentaBySlab, type Momentum } from "./chiral_pairs.ts";
import { type Claim, percent, written } from "./claim.ts";
import { curves, type Row } from "./evidence.ts";
import { largest, worst } from "./extremes.ts";
import { arcEnd, hasChiralStates, hasLandauLevel, nodeSite, type SlabFacts, slabOf } from "./slab_facts.ts";

/** The chiral states are looked at up to the q_y of Fig. 2(c); closer to 0 than this they are not apart from one another in a slab of finite thickness. */
const REACH = 0.8, APART = 1e-6;

const ROUNDING = 1e-9;

/** The bands of the slabs that a claim is about, slab by slab. */
function bandsOf(rows: readonly Row[], isMeant: (slab: SlabFacts) => boolean): Momentum[][] {
  return momentaBySlab(rows.filter((row) => isMeant(slabOf(row))));
}

/** The momenta at q_z = 0 at which the chiral states are apart from one another and from the bulk. */
function inReach(momenta: readonly Momentum[]): Momentum[] {
  return momenta.filter(({ qy, qz }) =>
    Math.abs(qy) > APART && Math.abs(qy) <= REACH + ROUNDING && Math.abs(qz) < APART
  );
}

/** Mean distance from the end of the slab for the farther of the two states, of that to the middle. */
function distanceFromEnds(momentum: Momentum): number {
  const pair = chiralPair(momentum), last = slabOf(pair[0]).sites - 1;
  const [first, second] = pair.map((row) => row.number("mean_position")).sort((a, b) => a - b);
  return Math.max(first, last - second) / (last / 2);
}

const twoFermiArcs: Claim = {
  id: "two-fermi-arcs",
  claim: "In a constant chiral gauge field two Fermi-arc states emerge, localized at x = 0 and x = L.",
  source: "Fig. 2(a): “two FA states emerge and localize at x = 0 and x = L”",
  quantity: "largest mean distance from its end of the slab over that of the middle, |q_y| ≤ 0.8, q_z = 0",
  // A state spread over the slab has 1.
  bound: { most: 0.1 },
  measure(evidence) {
    const isMeant = (slab: SlabFacts): boolean => slab.profile === "constant" && hasChiralStates(slab);
    const momenta = bandsOf(evidence.rows("bands"), isMeant).flatMap(inReach);
    return momenta.length === 0 ? undefined : { value: largest(momenta.map(distanceFromEnds)) };
  },
};

/** “Near” q_y = 0: sin q_y is q_y to 4e-4 there, well within the bound. */
const NEAR = 0.05;

/** The dispersion of one slab. */
interface Dispersion {
  /** | |E|/(v|q_y|) − 1 | by |q_y|, ascending. */
  readonly deviations: readonly { readonly qy: number; readonly deviation: number }[];
  /** The same at the smallest q_y. */
  readonly near: number;
  /** The largest | |E|/(v |sin q_y|) − 1 |. */
  readonly offSine: number;
}

function dispersionOf(momenta: readonly Momentum[]): Dispersion[] {
  const found = inReach(momenta).map((momentum) => {
    const qy = Math.abs(momentum.qy), pair = chiralPair(momentum), { velocity } = slabOf(pair[0]);
    const off = (energy: number): number =>
      largest(pair.map((row) => Math.abs(Math.abs(row.number("energy")) / energy - 1)));
    return { qy, deviation: off(velocity * qy), offSine: off(velocity * Math.sin(qy)) };
  }).sort((a, b) => a.qy - b.qy);
  if (found.length === 0 || found[0].qy > NEAR) return [];
  const nearest = found.filter(({ qy }) => qy <= found[0].qy + ROUNDING);
  return [{
    deviations: found,
    near: largest(nearest.map(({ deviation }) => deviation)),
    offSine: largest(found.map(({ offSine }) => offSine)),
  }];
}

const linearDispersion: Claim = {
  id: "linear-dispersion",
  claim: "The chiral states disperse as E = ±v q_y near q_y = 0.",
  source: "Eqs. (3), (4), Fig. 2(b): “the same linear dispersion E = ±vq_y near q_y = 0 as in Fig. 2(a)”",
  quantity: "| |E|/(v |q_y|) − 1 | at the smallest q_y, at most 0.05",
  // The lattice's sin q_y may be 4e-4 off there.
  bound: { most: 1e-3 },
  measure(evidence) {
    const slabs = bandsOf(evidence.rows("bands"), hasChiralStates).flatMap(dispersionOf);
    const found = worst(slabs, ({ near }) => near);
    if (found === undefined) return undefined;
    const { deviations, offSine } = found, { qy: last, deviation: most } = deviations.at(-1)!;
    const beyond = deviations.findIndex(({ deviation }) => deviation > 0.01);
    return {
      value: found.near,
      limits: beyond < 1
        ? undefined
        : `${offSine <= 1e-3 ? "on the lattice ±v sin q_y: " : ""}within 1 % up to |q_y| = ${
          written(deviations[beyond - 1].qy)
        }, ${percent(most)} off at ${written(last)}`,
    };
  },
};

const PROFILE = "model.gauge_field.profile";

const gradientKeepsChiralStates: Claim = {
  id: "gradient-keeps-chiral-states",
  claim: "The gradient of the field leaves the energies of the chiral states unchanged.",
  source: "caption of Fig. 2: “(b) has the same chiral state eigenenergies as in (a)”",
  quantity:
    "largest difference of the chiral energies between the linear and the constant field over v, |q_y| ≤ 0.8, q_z = 0",
  // What the two states of a slab of finite thickness have in common is exponentially small; rounding is 1e-15.
  bound: { most: 1e-6 },
  measure(evidence) {
    const rows = evidence.rows("bands").filter((row) => hasChiralStates(slabOf(row)));
    // Slabs that differ in the profile only.
    const differences = curves(rows, PROFILE).flatMap((slabs) => {
      const [constant, linear] = ["constant", "linear"].map((profile) =>
        new Map(
          bandsOf(slabs, (slab) => slab.profile === profile).flatMap(inReach).map((
            momentum,
          ) => [momentum.qy, momentum]),
        )
      );
      return [...constant].flatMap(([qy, momentum]) => {
        const other = linear.get(qy);
        if (other === undefined) return [];
        const pair = chiralPair(momentum), { velocity } = slabOf(pair[0]);
        return chiralPair(other).map((row, i) => Math.abs(row.number("energy") - pair[i].number("energy")) / velocity);
      });
    });
    return differences.length === 0 ? undefined : { value: largest(differences) };
  },
};

/** So many Landau levels are compared, and up to this q_y, where sin q_y is still q_y to 1.5 %. */
const LEVELS = 3, LEVEL_REACH = 0.3;

const landauLevels: Claim = {
  id: "landau-levels",
  claim: "The gradient makes Landau levels E_n = ±√(2B⁵vn + v²q_y²).",
  source: "Fig. 2(b): “the bulk spectrum in Fig. 2(b) has additional LL structures”; Appendix A",
  quantity: "largest relative deviation of the levels n = 1, 2, 3, |q_y| ≤ 0.3, with their orbits inside the slab",
  // Neighbouring levels are apart by more than a tenth of their energy up to n = 3.
  bound: { most: 0.05 },
  measure(evidence) {
    // Appendix A: “When m = 0”.
    const slabs = bandsOf(evidence.rows("bands"), (slab) => hasLandauLevel(slab) && slab.mass === 0);
    const deviations = slabs.flat().flatMap(levelDeviations);
    return deviations.length === 0 ? undefined : { value: largest(deviations) };
  },
};

/** The relative deviations of the lowest levels at one momentum; none where their orbits do not lie well inside the slab. */
function levelDeviations({ qy, qz, states }: Momentum): number[] {
  const slab = slabOf(states[0]), { velocity: v, reach, field, sites } = slab, size = Math.abs(field);
  const spacing = 2 * v * size / reach, length = Math.sqrt(v * reach / size);
  const centre = nodeSite(slab, qy, qz), depth = Math.min(centre, Math.min(sites, reach) - centre);
  // The third level reaches √7 magnetic lengths to either side of the node.
  if (Math.abs(qy) > LEVEL_REACH || depth < Math.sqrt(2 * LEVELS + 1) * length) return [];
  // Every mode has a state at ±E: the chiral ones are the mode 0. Compared one by one, and not each with the nearest, which a dense spectrum always has.
  const upper = states.slice(states.length / 2 + 1, states.length / 2 + 1 + LEVELS);
  return upper.map((state, i) => Math.abs(state.number("energy") / Math.sqrt(spacing * (i + 1) + (v * qy) ** 2) - 1));
}

/** An arc state is told from a bulk state by its energy, v |sin q_y| to this share of it: σ_0 below a third of v |sin q_y|. */
const ARC_ACCURACY = 0.05;

/** The end of an arc is read off lines of q_z in steps of at most this share of it, that pass it by as much. */
const ARC_STEP = 0.05;

/** Of a line along q_z at one q_y of one slab: the end of its arc, and the slab; none if the line does not show it. */
function arcOf(line: readonly Momentum[]): { share: number; slab: SlabFacts }[] {
  const slab = slabOf(line[0].states[0]), unit = slab.velocity / Math.abs(slab.field);
  const sorted = line.toSorted((a, b) => Math.abs(a.qz) - Math.abs(b.qz));
  const shares = [0, ...sorted.map(({ qz }) => unit * Math.abs(qz))];
  const isFine = shares.every((share, i) =>
    i === 0 || shares[i - 1] > 1 || share - shares[i - 1] <= ARC_STEP + ROUNDING
  );
  if (!isFine || shares.at(-1)! < 1 + ARC_STEP) return [];
  const flat = slab.velocity * Math.abs(Math.sin(line[0].qy));
  const end = sorted.findIndex((momentum) =>
    Math.abs(chiralPair(momentum)[0].number("energy") / flat - 1) > ARC_ACCURACY
  );
  return [{ share: end === -1 ? shares.at(-1)! : shares[end], slab }];
}

const lengthOfTheArc: Claim = {
  id: "arc-length",
  claim: "The chiral states exist for −A⁵ < vq_z < A⁵, where they do not disperse along q_z.",
  source:
    "below Eq. (3): “exists only when −A⁵ < vq_z < A⁵”; Appendix A: “the dispersion along the q_z direction remains flat”",
  quantity: "v|q_z|/A⁵ up to which the lowest state keeps E = v sin q_y, the one farthest from 1",
  bound: { least: 0.9, most: 1.1 },
  measure(evidence) {
    const lines = bandsOf(evidence.rows("bands"), hasLandauLevel).flatMap((momenta) => {
      const inside = momenta.filter(({ qy }) => Math.abs(qy) >= 0.01 && Math.abs(qy) <= LEVEL_REACH);
      return [...Map.groupBy(inside, ({ qy }) => qy).values()];
    });
    const found = worst(lines.flatMap(arcOf), ({ share }) => Math.abs(share - 1));
    if (found === undefined) return undefined;
    const { share, slab } = found, node = arcEnd(slab) * slab.velocity / Math.abs(slab.field);
    return {
      value: share,
      limits: Math.abs(node - 1) <= ARC_STEP
        ? undefined
        : `on the lattice the Weyl node reaches the surface at ${written(node)} of it, since its mass depends on q_z`,
    };
  },
};

/** The claims. */
export const chiralStateClaims: readonly Claim[] = [
  twoFermiArcs,
  linearDispersion,
  gradientKeepsChiralStates,
  landauLevels,
  lengthOfTheArc,
];
