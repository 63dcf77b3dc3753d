/**
 * The branch integrals by adaptive quadrature of what Eqs. (6) and (B1) have under the integral sign: for the tests, which want a second way to the closed forms.
 *
 * @module
 */

/** An integral, and the integral of the absolute value, by which its rounding is measured. */
export interface Quadrature {
  /** The integral. */
  readonly value: number;
  /** The integral of the absolute value. */
  readonly size: number;
}

/** Kronrod's 15 nodes, those that are not negative; every other one from the second on is Gauss's. */
const NODES: readonly number[] = [
  0.99145537112081264,
  0.94910791234275852,
  0.86486442335976907,
  0.74153118559939444,
  0.58608723546769113,
  0.40584515137739717,
  0.20778495500789847,
  0,
];
const KRONROD: readonly number[] = [
  0.022935322010529225,
  0.063092092629978553,
  0.10479001032225018,
  0.14065325971552592,
  0.1690047266392679,
  0.19035057806478541,
  0.20443294007529889,
  0.20948214108472783,
];
const GAUSS: readonly number[] = [0.12948496616886969, 0.27970539148927667, 0.38183005050511894, 0.41795918367346939];

/** Relative to the size of the whole integral. What the rules differ by is far more than the error of the better one. */
const TOLERANCE = 1e-13;

/**
 * Integrates by the rule of Gauss and Kronrod, halving intervals until the rules agree.
 *
 * @param integrand The function.
 * @param from The lower end.
 * @param to The upper end.
 * @param breaks Where the function bends; those outside are ignored.
 * @returns The integral.
 */
export function integrate(
  integrand: (x: number) => number,
  from: number,
  to: number,
  breaks: readonly number[] = [],
): Quadrature {
  const points = [from, ...breaks.filter((x) => x > from && x < to).sort((a, b) => a - b), to];
  const pieces = points.slice(1).map((end, i) => ({ start: points[i], end }));
  const total = pieces.reduce((size, { start, end }) => size + rule(integrand, start, end).size, 0);
  let value = 0, size = 0;
  const refine = (start: number, end: number, depth: number): void => {
    const here = rule(integrand, start, end);
    if (here.error > TOLERANCE * total && depth < 30) {
      const middle = (start + end) / 2;
      refine(start, middle, depth + 1);
      refine(middle, end, depth + 1);
    } else {
      value += here.value;
      size += here.size;
    }
  };
  for (const { start, end } of pieces) refine(start, end, 0);
  return { value, size };
}

function rule(integrand: (x: number) => number, start: number, end: number): Quadrature & { readonly error: number } {
  const centre = (start + end) / 2, half = (end - start) / 2;
  let kronrod = 0, gauss = 0, size = 0;
  for (let i = 0; i < NODES.length; i++) {
    const left = integrand(centre - half * NODES[i]), right = i === 7 ? 0 : integrand(centre + half * NODES[i]);
    kronrod += KRONROD[i] * (left + right);
    size += KRONROD[i] * (Math.abs(left) + Math.abs(right));
    if (i % 2 === 1) gauss += GAUSS[(i - 1) / 2] * (left + right);
  }
  return { value: half * kronrod, size: half * size, error: Math.abs(half * (kronrod - gauss)) };
}

/**
 * The Fermi function.
 *
 * @param x The energy.
 * @param beta β.
 * @param mu μ.
 * @returns 1/(e^{β(x − μ)} + 1).
 */
export function fermi(x: number, beta: number, mu: number): number {
  return 1 / (Math.exp(beta * (x - mu)) + 1);
}

/**
 * Where the Fermi function bends: breaks for {@linkcode integrate}.
 *
 * @param beta β.
 * @param mu μ.
 * @returns Energies.
 */
export function bends(beta: number, mu: number): number[] {
  return [0, ...[-40, -10, -3, 0, 3, 10, 40].map((t) => mu + t / beta)];
}
