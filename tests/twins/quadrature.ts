/**
 * The integral over all frequencies of Eq. (5), by a rule that knows nothing of the integrand but where to look first: the
 * kernels use digamma functions instead, which is what is to be checked.
 *
 * @module
 */

/** The positive nodes of the 15-point Kronrod rule on [−1, 1]; every second is a node of the 7-point Gauss rule, as is 0. */
const NODES = [
  0.991455371120812639206854697526329,
  0.949107912342758524526189684047851,
  0.864864423359769072789712788640926,
  0.741531185599394439863864773280788,
  0.586087235467691130294144691693013,
  0.405845151377397166906606412076961,
  0.207784955007898467600689403773245,
];
/** The Kronrod weights of these nodes, then of 0. */
const KRONROD = [
  0.022935322010529224963732008058970,
  0.063092092629978553290700663189204,
  0.104790010322250183839876322541518,
  0.140653259715525918745189590510238,
  0.169004726639267902826583426598550,
  0.190350578064785409913256402421014,
  0.204432940075298892414161999234649,
  0.209482141084727828012999174891714,
];
/** The Gauss weights of these nodes, then of 0. */
const GAUSS = [
  0,
  0.129484966168869693270611432679082,
  0,
  0.279705391489276667901467771423780,
  0,
  0.381830050505118944950369775488975,
  0,
  0.417959183673469387755102040816327,
];

/** Enough for resonances ten thousand times narrower than their distance. */
const MOST_PANELS = 5000;

/** A vector of functions of one variable, evaluated together. */
export type VectorFunction = (x: number) => Float64Array;

/** An integral and how it was got. */
export interface Integral {
  /** One integral a component of the integrand. */
  readonly value: Float64Array;
  /** The sum over the panels of the largest difference between the Kronrod and the Gauss rule: an upper estimate. */
  readonly error: number;
  /** Evaluations of the integrand on the final panels. */
  readonly evaluations: number;
}

interface Panel {
  readonly from: number;
  readonly to: number;
  readonly value: Float64Array;
  readonly error: number;
}

/**
 * Returns ∫ f dx over the panels between neighbouring breakpoints, the panel with the largest error halved until the sum of
 * the errors is at most the tolerance.
 *
 * @throws {Error} if the integrand is not finite, or that takes more than 5000 panels.
 */
export function integrate(f: VectorFunction, breakpoints: readonly number[], tolerance: number): Integral {
  const panels = breakpoints.slice(1).map((to, k) => panel(f, breakpoints[k], to));
  for (;;) {
    let error = 0, worst = 0;
    panels.forEach((candidate, k) => {
      error += candidate.error;
      if (candidate.error > panels[worst].error) worst = k;
    });
    if (error <= tolerance) return { value: total(panels), error, evaluations: 15 * panels.length };
    if (!Number.isFinite(error) || panels.length >= MOST_PANELS) {
      throw new Error(
        `Cannot integrate: the error is still ${error} after ${panels.length} panels, above ${tolerance}`,
      );
    }
    const { from, to } = panels[worst];
    const middle = (from + to) / 2;
    panels[worst] = panel(f, from, middle);
    panels.push(panel(f, middle, to));
  }
}

/**
 * Returns ∫_{−∞}^{∞} f dω of a function that falls at least as ω⁻² and varies most near the breakpoints. The tails, from a distance
 * of 1 beyond the outermost ones, are mapped by ω = b ± t/(1 − t), t from 0 to 1.
 *
 * @throws {Error} as {@linkcode integrate} does.
 */
export function integrateRealLine(f: VectorFunction, breakpoints: readonly number[], tolerance: number): Integral {
  const first = Math.min(...breakpoints) - 1, last = Math.max(...breakpoints) + 1;
  const inner = [...new Set([first, ...breakpoints, last])].sort((a, b) => a - b);
  // One variable for all three parts, so that the tolerance is shared: t < 0 the left tail, t > 1 the right one.
  const mapped: VectorFunction = (t) => {
    if (t < 0) return scaled(f(first + t / (1 + t)), 1 / (1 + t) ** 2);
    if (t > 1) return scaled(f(last + (t - 1) / (2 - t)), 1 / (2 - t) ** 2);
    return scaled(f(first + (last - first) * t), last - first);
  };
  return integrate(mapped, [-1, ...inner.map((b) => (b - first) / (last - first)), 2], tolerance);
}

function panel(f: VectorFunction, from: number, to: number): Panel {
  const centre = (from + to) / 2, half = (to - from) / 2;
  const atCentre = f(centre);
  const kronrod = scaled(atCentre, half * KRONROD[KRONROD.length - 1]);
  const gauss = scaled(atCentre, half * GAUSS[GAUSS.length - 1]);
  NODES.forEach((node, k) => {
    for (const y of [f(centre - half * node), f(centre + half * node)]) {
      for (let i = 0; i < y.length; i++) {
        kronrod[i] += half * KRONROD[k] * y[i];
        gauss[i] += half * GAUSS[k] * y[i];
      }
    }
  });
  return { from, to, value: kronrod, error: kronrod.reduce((most, x, i) => Math.max(most, Math.abs(x - gauss[i])), 0) };
}

function total(panels: readonly Panel[]): Float64Array {
  const sum = new Float64Array(panels[0].value.length);
  for (const { value } of panels) value.forEach((x, i) => sum[i] += x);
  return sum;
}

function scaled(vector: Float64Array, factor: number): Float64Array {
  return vector.map((x) => x * factor);
}
