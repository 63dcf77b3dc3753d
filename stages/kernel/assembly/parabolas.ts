/**
 * Closes in on eigenvalues that have brackets of their own, by parabolas through the characteristic polynomial (Muller's method, kept within the bracket), twelve at a
 * time. What converges makes room for the next at once.
 *
 * Parabolas, since what bends the polynomial most is the next eigenvalue. Per row and abscissa, p alone costs a third of p, p′ and p″ (Laguerre), and two more
 * evaluations are all that it takes. A step between two evaluations is done without branches, two searches at a time.
 *
 * @module
 */
import { eigenvalue, rows, set } from "./memory.ts";
import { abscissa, evaluate, EVALUATED, exponent, fromScaled, mantissa, powerOfTwo } from "./characteristic.ts";
import { CLOSED, E_HI, E_LO, HI, isAlone, LO, P_HI, P_LO, recordOf } from "./brackets.ts";

/** More steps than are usual. */
const MANY: f64 = 12;

/** The next step's error at which no further evaluation is needed. */
const NEGLIGIBLE: f64 = 1e-17;

/** Powers of two beyond these do not matter to the interpolation. */
const FAR: f64 = 1000;

// The searches in hand, one a lane: the newest abscissa x1, the end x2 of the bracket across the eigenvalue, with p there in units of the search's own power of two; the width of the bracket when the search began; the steps since then.
const x1: usize = memory.data(96, 16), p1: usize = memory.data(96, 16);
const x2: usize = memory.data(96, 16), p2: usize = memory.data(96, 16);
const unit: usize = memory.data(96, 16), width: usize = memory.data(96, 16), steps: usize = memory.data(96, 16);

/** Which eigenvalue each lane searches, −1 for none; and the next one that nobody does. */
const sought: usize = memory.data(48, 16);
let next: i32 = 0;

/** Finds all eigenvalues whose records have brackets of their own. */
export function closeIn(): void {
  next = 0;
  let busy = 0;
  for (let j = 0; j < EVALUATED; j++) if (takeUp(j)) busy++;
  while (busy > 0) {
    evaluate();
    let over = 0;
    for (let at: usize = 0; at < 8 * EVALUATED; at += 16) over |= step(at) << <i32> (at >> 3);
    for (; over != 0; over &= over - 1) {
      const j = ctz(over), n = load<i32>(sought + (<usize> j << 2));
      if (n < 0) continue;
      set(eigenvalue, n, fromScaled(load<f64>(abscissa + (<usize> j << 3))));
      if (!takeUp(j)) busy--;
    }
  }
}

/** Lets a lane search the next eigenvalue; false if there is none left. */
function takeUp(j: i32): bool {
  while (next < rows && !isAlone(recordOf(next))) next++;
  if (next >= rows) {
    store<i32>(sought + (<usize> j << 2), -1);
    return false;
  }
  const s = recordOf(next), low = load<f64>(s, LO), high = load<f64>(s, HI), at = <usize> j << 3;
  const pLow = load<f64>(s, P_LO), pHigh = load<f64>(s, P_HI), eLow = load<f64>(s, E_LO), eHigh = load<f64>(s, E_HI);
  const power = max(eLow + logarithm(pLow), eHigh + logarithm(pHigh));
  store<i32>(sought + (<usize> j << 2), next++);
  store<f64>(x1 + at, low);
  store<f64>(p1 + at, inUnits(pLow, eLow - power));
  store<f64>(x2 + at, high);
  store<f64>(p2 + at, inUnits(pHigh, eHigh - power));
  store<f64>(unit + at, power);
  store<f64>(width + at, high - low);
  store<f64>(steps + at, 1);
  store<f64>(abscissa + at, 0.5 * (low + high));
  return true;
}

/** The exponent of the power of two in a number. */
function logarithm(p: f64): f64 {
  return <f64> (<i32> (reinterpret<i64>(p) >> 52 & 0x7ff) - 1023);
}

/** p times a power of two; as in `step`. */
function inUnits(p: f64, power: f64): f64 {
  const factor = f64x2.extract_lane(powerOfTwo(f64x2.splat(max(min(power, FAR), -FAR))), 0);
  return copysign(max(abs(p) * factor, 1e-300), p);
}

/**
 * Takes what was found at the abscissas of two lanes, and sets their next ones. Returns a bit for each lane whose search is over; its abscissa then is the eigenvalue.
 */
function step(at: usize): i32 {
  const zero = f64x2.splat(0), one = f64x2.splat(1), sign = f64x2.splat(-0.0);

  // p in units of the search, never so small that its sign would be lost; which tells on which side of the eigenvalue it is.
  const m = v128.load(mantissa + at), x = v128.load(abscissa + at);
  const power = f64x2.sub(v128.load(exponent + at), v128.load(unit + at));
  const size = f64x2.mul(f64x2.abs(m), powerOfTwo(f64x2.pmax(f64x2.pmin(power, f64x2.splat(FAR)), f64x2.splat(-FAR))));
  const p = v128.or(v128.and(m, sign), f64x2.pmax(size, f64x2.splat(1e-300)));
  const oldX = v128.load(x1 + at), oldP = v128.load(p1 + at);
  const across = v128.xor(f64x2.lt(p, zero), f64x2.lt(oldP, zero));
  const thirdX = v128.bitselect(v128.load(x2 + at), oldX, across),
    thirdP = v128.bitselect(v128.load(p2 + at), oldP, across);
  const endX = v128.bitselect(oldX, v128.load(x2 + at), across),
    endP = v128.bitselect(oldP, v128.load(p2 + at), across);
  v128.store(x1 + at, x);
  v128.store(p1 + at, p);
  v128.store(x2 + at, endX);
  v128.store(p2 + at, endP);

  // The parabola p + s t + c t² with t from 0 at the newest abscissa to 1 at the other end of the bracket, all multiplied by b (b − a), which spares a division.
  const a = f64x2.sub(endX, x), b = f64x2.sub(thirdX, x), length = f64x2.abs(a);
  const toEnd = f64x2.sub(endP, p), toThird = f64x2.sub(thirdP, p);
  const scale = f64x2.mul(b, f64x2.sub(b, a)), free = f64x2.mul(scale, p);
  const c = f64x2.mul(a, f64x2.sub(f64x2.mul(a, toThird), f64x2.mul(b, toEnd)));
  const half = f64x2.mul(f64x2.splat(0.5), f64x2.sub(f64x2.mul(scale, toEnd), c));
  const radius = f64x2.sqrt(f64x2.pmax(f64x2.sub(f64x2.mul(half, half), f64x2.mul(c, free)), zero));
  const root = f64x2.add(half, v128.or(radius, v128.and(half, sign)));
  // Its zeros are −free/root and −root/c; the one within the bracket counts.
  const isFirst = v128.and(
    f64x2.lt(f64x2.abs(free), f64x2.abs(root)),
    i64x2.lt_s(v128.xor(free, root), i64x2.splat(0)),
  );
  const t = f64x2.div(f64x2.neg(v128.bitselect(free, root, isFirst)), v128.bitselect(root, c, isFirst));
  const secant = f64x2.div(f64x2.neg(f64x2.mul(p, b)), f64x2.mul(toThird, a));
  // Where p differs by orders of magnitude across the bracket, the parabola sticks to one end of it; the chord to the abscissa before tells.
  const good = v128.and(
    v128.and(f64x2.gt(t, zero), f64x2.lt(t, one)),
    f64x2.lt(f64x2.abs(secant), f64x2.mul(f64x2.splat(4), t)),
  );
  // Every third of many steps halves the bracket, so that it comes to an end whatever p looks like.
  const taken = v128.load(steps + at), halved = f64x2.eq(taken, f64x2.splat(MANY));
  v128.store(steps + at, f64x2.add(v128.bitselect(f64x2.splat(MANY - 3), taken, halved), one));
  const curved = v128.andnot(good, halved);

  // No closer to an end than rounding tells apart.
  const least = f64x2.splat(0.5 * CLOSED);
  const along = f64x2.pmin(f64x2.pmax(f64x2.mul(t, length), least), f64x2.sub(length, least));
  const ahead = v128.bitselect(along, f64x2.mul(f64x2.splat(0.5), length), curved);
  const proposed = f64x2.add(x, v128.or(ahead, v128.and(a, sign)));
  // The error of the chord is about the difference of the two, that of the parabola smaller by the distance over that to the neighbouring eigenvalues.
  const error = f64x2.abs(f64x2.mul(f64x2.sub(t, secant), f64x2.mul(a, a)));
  const negligible = v128.and(curved, f64x2.lt(error, f64x2.mul(f64x2.splat(NEGLIGIBLE), v128.load(width + at))));
  const closed = f64x2.le(length, f64x2.splat(CLOSED)), exact = f64x2.eq(m, zero);
  const nearer = f64x2.lt(f64x2.abs(p), f64x2.abs(endP));
  const within = f64x2.add(x, f64x2.mul(a, v128.bitselect(f64x2.splat(0.25), f64x2.splat(0.75), nearer)));
  v128.store(abscissa + at, v128.bitselect(x, v128.bitselect(within, proposed, closed), exact));
  return i64x2.bitmask(v128.or(v128.or(negligible, closed), exact));
}
