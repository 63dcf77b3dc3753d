/**
 * Fewer places than sites at which to know the occupations: where μ_l and β_l are linear in l, Fermi functions are so smooth along the slab that a polynomial through a dozen
 * points gives them at every site to the last bit, and the sums over the sites of D_n(l) f(ε_n, β_l, μ_l) are sums over those points.
 *
 * f is ½[1 − tanh(β(x)(ε − μ(x))/2)] and has its poles where β(x)(ε − μ(x)) is an odd multiple of iπ. Interpolation at K Chebyshev points converges as ρ^{−K}, where
 * ρ is the sum of the half axes of the largest ellipse around the slab (foci −1 and 1, its surfaces) without a pole: 25 for β = 1 and potentials
 * that rise by 0.5 from surface to surface.
 *
 * @module
 */
import type { Baths } from "./baths.ts";
import { LANES } from "./occupation_tables.ts";

/** Energies at which poles are looked for, on both sides of the mean potential. */
const DIRECTIONS = 24;

/** ln 2^{53}, and what the poles of a Fermi function near the ellipse cost. */
const DIGITS = 36.8, NEARBY = 3;

/** Interpolating must be worth its while, which is taking the densities to the nodes: no more nodes than this share of the sites. */
const WORTHWHILE = 0.4;

/**
 * Places in a slab, and how to get from its sites to them. Half of the nodes come first, then their mirror images in the same order; sums over the sites are taken of even and odd parts, for
 * which half of the sites and nodes will do.
 */
export interface BathNodes {
  /** The nodes on a scale on which site 0 is at −1 and site L − 1 at 1; shape `[node]`. */
  readonly position: Float64Array;
  /** Shares of a node and its mirror image in a site and its own, even parts; shape `[site up to the middle][node of the first half]`. */
  readonly even: Float64Array;
  /** The same for odd parts. */
  readonly odd: Float64Array;
}

/**
 * How many nodes the occupations of a bath setting need.
 *
 * @param baths The baths.
 * @returns A multiple of four; undefined if the baths are not linear in l or so cold, or so far apart, that nothing is gained. It depends on nothing but the baths.
 */
export function nodeCount({ chemicalPotential, inverseTemperature }: Baths): number | undefined {
  const sites = chemicalPotential.length, most = WORTHWHILE * sites;
  if (most < LANES || !isLinear(chemicalPotential) || !isLinear(inverseTemperature)) return undefined;
  const potential = line(chemicalPotential), temperature = line(inverseTemperature);
  const key = [sites, potential.rise, temperature.mean, temperature.rise].join();
  if (!known.has(key)) { // the mean potential moves the poles along all energies, which are looked at anyway
    if (known.size >= MOST_KNOWN) known.clear();
    const count = (DIGITS + NEARBY) / Math.log(ellipse(potential, temperature)) + 1;
    const whole = LANES * Math.ceil(count / LANES);
    known.set(key, whole <= most ? whole : undefined);
  }
  return known.get(key);
}

/** Counts that were worked out before: block after block asks for the same ones. */
const known = new Map<string, number | undefined>();

/** So many of them, of some hundred bytes each, are kept. */
const MOST_KNOWN = 4096;

/**
 * The nodes of a slab.
 *
 * @param sites L, at least 2.
 * @param count How many nodes, an even number.
 * @returns Chebyshev points. With s_l and a_l the sum and the difference of what is at sites l and L − 1 − l, of a middle site itself and itself, a node is given
 * Σ_l (s_l even_lj + a_l odd_lj), and its mirror image the difference of both: what a polynomial through the nodes is summed up to over the sites.
 */
export function bathNodes(sites: number, count: number): BathNodes {
  const half = count / 2, rows = (sites + 1) >> 1;
  const first = Float64Array.from({ length: half }, (_, j) => -Math.cos(Math.PI * (j + 0.5) / count));
  const position = new Float64Array(count), even = new Float64Array(rows * half), odd = new Float64Array(rows * half);
  position.set(first);
  position.set(first.map((x) => -x), half);
  const term = new Float64Array(count);
  for (let l = 0; l < rows; l++) {
    const x = (2 * l - (sites - 1)) / (sites - 1);
    // The barycentric formula, whose rounding does not grow with the number of nodes.
    let sum = 0, hit = -1;
    for (let j = 0; j < count; j++) {
      if (x === position[j]) hit = j;
      const k = j % half, sign = (k + Number(j >= half)) % 2 === 0 ? 1 : -1;
      term[j] = sign * Math.sin(Math.PI * (k + 0.5) / count) / (x - position[j]);
      sum += term[j];
    }
    for (let j = 0; j < half; j++) {
      const [near, far] = [j, j + half].map((node) => hit < 0 ? term[node] / sum : Number(node === hit));
      even[l * half + j] = (near + far) / 2;
      odd[l * half + j] = (near - far) / 2;
    }
  }
  return { position, even, odd };
}

/**
 * The baths at the nodes.
 *
 * @param baths Linear baths.
 * @param nodes The nodes.
 * @returns The baths there, in the place of sites.
 */
export function bathsAt({ chemicalPotential, inverseTemperature }: Baths, { position }: BathNodes): Baths {
  const at = (values: Float64Array): Float64Array => {
    const { mean, rise } = line(values);
    return position.map((x) => mean + rise * x);
  };
  return { chemicalPotential: at(chemicalPotential), inverseTemperature: at(inverseTemperature) };
}

/** A linear function of the position: `mean` in the middle of the slab, and `rise` more at its far surface. */
interface Line {
  readonly mean: number;
  readonly rise: number;
}

function line(values: Float64Array): Line {
  const first = values[0], last = values[values.length - 1];
  return { mean: (first + last) / 2, rise: (last - first) / 2 };
}

/** Whether numbers are evenly spaced but for the rounding of each. */
function isLinear(values: Float64Array): boolean {
  const { mean, rise } = line(values), last = values.length - 1;
  const slack = 4 * Number.EPSILON * (Math.abs(mean) + Math.abs(rise));
  return values.every((value, l) => Math.abs(value - (mean + rise * (2 * l - last) / last)) <= slack);
}

/** ρ of the largest ellipse without a pole, for any energy. */
function ellipse(potential: Line, temperature: Line): number {
  const { rise: dm } = potential, { mean: b, rise: db } = temperature;
  // β vanishes there, where the poles of ever higher energies gather.
  let smallest = db === 0 ? Infinity : radius(-b / db, 0);
  if (dm === 0) return smallest;
  // At energies ε = m + s tan θ: (b + db x)(dm x − s tan θ) = iπ.
  const scale = Math.abs(dm) + Math.PI / b;
  for (let k = -DIRECTIONS; k <= DIRECTIONS; k++) {
    const energy = scale * Math.tan(Math.PI / 2 * k / (DIRECTIONS + 1));
    if (db === 0) {
      smallest = Math.min(smallest, radius(energy / dm, Math.PI / (b * dm)));
      continue;
    }
    const p = b * dm - db * energy, q = db * dm; // q x² + p x − (b energy + iπ) = 0
    const re = p * p + 4 * q * b * energy, im = 4 * q * Math.PI;
    const size = Math.hypot(re, im),
      rootRe = Math.sqrt((size + re) / 2),
      rootIm = Math.sign(im) * Math.sqrt((size - re) / 2);
    for (const sign of [1, -1]) {
      smallest = Math.min(smallest, radius((-p + sign * rootRe) / (2 * q), sign * rootIm / (2 * q)));
    }
  }
  return smallest;
}

/** The sum of the half axes of the ellipse with foci ±1 through a point of the complex plane: half the sum of the distances, and √(that² − 1). */
function radius(x: number, y: number): number {
  const half = (Math.hypot(x - 1, y) + Math.hypot(x + 1, y)) / 2;
  return half + Math.sqrt(Math.max(half * half - 1, 0));
}
