/**
 * Arithmetic on two numbers at a time. Products and sums are rounded one by one: fused ones (relaxed SIMD) would differ from machine to machine.
 *
 * @module
 */

/** a b + c. */
export function plus(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c);
}

/** c − a b. */
export function minus(a: v128, b: v128, c: v128): v128 {
  return f64x2.sub(c, f64x2.mul(a, b));
}

/** The same number in both lanes. */
export function both(address: usize): v128 {
  return v128.load_splat<f64>(address);
}
