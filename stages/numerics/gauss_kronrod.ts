/**
 * Gauss and Kronrod's pair of rules: an integral and how far it is off, from one set of fifteen points.
 *
 * @module
 */

/** The positive nodes of Kronrod's rule, descending; every second is a node of Gauss's with seven points, as 0 is. */
const POSITIVE = [
  0.991455371120812639206854697526329,
  0.949107912342758524526189684047851,
  0.864864423359769072789712788640926,
  0.741531185599394439863864773280788,
  0.586087235467691130294144691693013,
  0.405845151377397166906606412076961,
  0.207784955007898467600689403773245,
];
const KRONROD_POSITIVE = [
  0.022935322010529224963732008058970,
  0.063092092629978553290700663189204,
  0.104790010322250183839876322541518,
  0.140653259715525918745189590510238,
  0.169004726639267902826583426598550,
  0.190350578064785409913256402421014,
  0.204432940075298892414161999234649,
];
const GAUSS_POSITIVE = [
  0,
  0.129484966168869693270611432679082,
  0,
  0.279705391489276667901467771423780,
  0,
  0.381830050505118944950369775488975,
  0,
];

/** The fifteen nodes on [−1, 1], ascending. */
export const NODES: readonly number[] = [...POSITIVE.map((x) => -x), 0, ...POSITIVE.toReversed()];

/** Kronrod's weights, exact for polynomials of degree 22; they add up to 2. */
export const KRONROD: readonly number[] = mirrored(KRONROD_POSITIVE, 0.209482141084727828012999174891714);

/** Gauss's weights on the same nodes, exact for polynomials of degree 13. */
export const GAUSS: readonly number[] = mirrored(GAUSS_POSITIVE, 0.417959183673469387755102040816327);

function mirrored(positive: readonly number[], middle: number): number[] {
  return [...positive, middle, ...positive.toReversed()];
}
