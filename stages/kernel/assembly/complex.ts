/**
 * Complex arithmetic on two numbers at a time, real and imaginary parts apart; each product and sum rounded by itself.
 *
 * @module
 */

/** Re a b. */
// @ts-ignore: decorator

export function re(a: v128, ai: v128, b: v128, bi: v128): v128 {
  return f64x2.sub(f64x2.mul(a, b), f64x2.mul(ai, bi));
}

/** Im a b. */
// @ts-ignore: decorator

export function im(a: v128, ai: v128, b: v128, bi: v128): v128 {
  return f64x2.add(f64x2.mul(a, bi), f64x2.mul(ai, b));
}

/** Re a b̄. */
// @ts-ignore: decorator

export function reBar(a: v128, ai: v128, b: v128, bi: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), f64x2.mul(ai, bi));
}

/** Im a b̄. */
// @ts-ignore: decorator

export function imBar(a: v128, ai: v128, b: v128, bi: v128): v128 {
  return f64x2.sub(f64x2.mul(ai, b), f64x2.mul(a, bi));
}

/** a + b. */
// @ts-ignore: decorator

export function sum(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

/** a − b. */
// @ts-ignore: decorator

export function less(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

/** a b of real numbers. */
// @ts-ignore: decorator

export function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}
