/**
 * The sums of Eq. (6) on the nodes of a slab: densities from sites to nodes, and the sums over modes and nodes for many bath settings. The same operations in the same order as in
 * `stages/current/node_sums.ts`, which says what they are for, so that both give the same bits.
 *
 * All tables are rows one behind the other; the host says where they start.
 *
 * @module
 */

/**
 * Takes densities to the nodes. Shares are symmetric under reflection of the slab, so that even and odd parts of the densities go to sums and differences of two nodes: half of the
 * work. Four modes at a time keep eight sums in flight.
 *
 * @param order Modes, a multiple of four.
 * @param sites L.
 * @param nodes A multiple of four.
 * @param density Rows of sites, one a mode.
 * @param factor A factor a mode.
 * @param even Shares of the even parts, rows of half the nodes, one for each site up to the middle.
 * @param odd Shares of the odd parts.
 * @param folded Room for the sites up to the middle, even and odd parts of four modes at each.
 * @param weighted Receives rows of nodes, one a mode.
 */
export function project(
  order: i32,
  sites: i32,
  nodes: i32,
  density: usize,
  factor: usize,
  even: usize,
  odd: usize,
  folded: usize,
  weighted: usize,
): void {
  const half = (sites + 1) >> 1, row = (<usize> sites) << 3, end = folded + ((<usize> half) << 6);
  const nodeRow = (<usize> nodes) << 3, halfNodes = nodeRow >> 1, zero = f64x2.splat(0);
  for (let n = 0; n < order; n += 4) {
    for (let to = folded; to < folded + 32; to += 8) {
      fold(density, row, to);
      density += row;
    }
    for (let j: usize = 0; j < halfNodes; j += 16) {
      let even0 = zero, even1 = zero, even2 = zero, even3 = zero, odd0 = zero, odd1 = zero, odd2 = zero, odd3 = zero;
      let evenShare = even + j, oddShare = odd + j;
      for (let at = folded; at < end; at += 64) {
        const e = v128.load(evenShare), o = v128.load(oddShare);
        even0 = f64x2.add(even0, f64x2.mul(v128.load_splat<f64>(at), e));
        even1 = f64x2.add(even1, f64x2.mul(v128.load_splat<f64>(at, 8), e));
        even2 = f64x2.add(even2, f64x2.mul(v128.load_splat<f64>(at, 16), e));
        even3 = f64x2.add(even3, f64x2.mul(v128.load_splat<f64>(at, 24), e));
        odd0 = f64x2.add(odd0, f64x2.mul(v128.load_splat<f64>(at, 32), o));
        odd1 = f64x2.add(odd1, f64x2.mul(v128.load_splat<f64>(at, 40), o));
        odd2 = f64x2.add(odd2, f64x2.mul(v128.load_splat<f64>(at, 48), o));
        odd3 = f64x2.add(odd3, f64x2.mul(v128.load_splat<f64>(at, 56), o));
        evenShare += halfNodes;
        oddShare += halfNodes;
      }
      put(weighted + j, halfNodes, factor, even0, odd0);
      put(weighted + j + nodeRow, halfNodes, factor + 8, even1, odd1);
      put(weighted + j + 2 * nodeRow, halfNodes, factor + 16, even2, odd2);
      put(weighted + j + 3 * nodeRow, halfNodes, factor + 24, even3, odd3);
    }
    weighted += 4 * nodeRow;
    factor += 32;
  }
}

/** Even and odd parts of a row, each number in the place that a mode has among those of a site: four even parts, then four odd ones. */
// @ts-ignore: decorator

function fold(density: usize, row: usize, to: usize): void {
  let first = density, last = density + row - 8;
  for (; first + 8 < last - 8; first += 16, last -= 16, to += 128) {
    const a = v128.load(first), b = swapped(v128.load(last - 8)), sum = f64x2.add(a, b), difference = f64x2.sub(a, b);
    v128.store_lane<f64>(to, sum, 0);
    v128.store_lane<f64>(to, sum, 1, 64);
    v128.store_lane<f64>(to, difference, 0, 32);
    v128.store_lane<f64>(to, difference, 1, 96);
  }
  for (; first <= last; first += 8, last -= 8, to += 64) {
    const a = load<f64>(first), b = first == last ? 0 : load<f64>(last);
    store<f64>(to, a + b);
    store<f64>(to, a - b, 32);
  }
}

/** Two numbers in the other order. */
// @ts-ignore: decorator

function swapped(pair: v128): v128 {
  return v128.shuffle<f64>(pair, pair, 1, 0);
}

/** Sum and difference go to a node and its mirror image, half a row further on. */
// @ts-ignore: decorator

function put(to: usize, halfNodes: usize, factor: usize, even: v128, odd: v128): void {
  const scale = v128.load_splat<f64>(factor);
  v128.store(to, f64x2.mul(scale, f64x2.add(even, odd)));
  v128.store(to + halfNodes, f64x2.mul(scale, f64x2.sub(even, odd)));
}

/**
 * Charge and energy current of bath settings that share a temperature.
 *
 * @param order Modes.
 * @param nodes A multiple of four.
 * @param settings How many settings.
 * @param weighted Rows of nodes, one a mode.
 * @param cosh One number a mode.
 * @param sinh One number a mode.
 * @param baths Two rows of nodes a setting, hyperbolic cosines and sines.
 * @param sums Receives charge and energy current a setting.
 */
export function uniform(
  order: i32,
  nodes: i32,
  settings: i32,
  weighted: usize,
  cosh: usize,
  sinh: usize,
  baths: usize,
  sums: usize,
): void {
  sum(order, nodes, settings, weighted, cosh, sinh, baths, sums, false);
}

/** The same for settings that share a temperature at each node: `cosh` and `sinh` are rows of nodes, one a mode. */
export function profile(
  order: i32,
  nodes: i32,
  settings: i32,
  weighted: usize,
  cosh: usize,
  sinh: usize,
  baths: usize,
  sums: usize,
): void {
  sum(order, nodes, settings, weighted, cosh, sinh, baths, sums, true);
}

/** Both, told apart when this is compiled. */
// @ts-ignore: decorator

function sum(
  order: i32,
  nodes: i32,
  settings: i32,
  weighted: usize,
  cosh: usize,
  sinh: usize,
  baths: usize,
  sums: usize,
  byNode: bool,
): void {
  const row = (<usize> nodes) << 3, one = f64x2.splat(1), zero = f64x2.splat(0);
  for (let s = 0; s < settings; s++) {
    let totalA = zero, totalB = zero, heatA = zero, heatB = zero;
    for (let j: usize = 0; j < row; j += 32) {
      const bathA = v128.load(baths + j), bathB = v128.load(baths + j, 16);
      let chargeA = zero, chargeB = zero, at = weighted + j;
      let mode = byNode ? cosh + j : cosh, gain = byNode ? sinh + j : sinh;
      const step = byNode ? row : 8;
      for (let n = 0; n < order; n++) {
        const levelA = byNode ? v128.load(mode) : v128.load_splat<f64>(mode),
          levelB = byNode ? v128.load(mode, 16) : levelA;
        const gainA = byNode ? v128.load(gain) : v128.load_splat<f64>(gain),
          gainB = byNode ? v128.load(gain, 16) : gainA;
        const sumA = f64x2.add(levelA, bathA), sumB = f64x2.add(levelB, bathB);
        const inverse = f64x2.div(one, f64x2.mul(sumA, sumB));
        const shareA = f64x2.mul(v128.load(at), f64x2.mul(sumB, inverse));
        const shareB = f64x2.mul(v128.load(at, 16), f64x2.mul(sumA, inverse));
        chargeA = f64x2.add(chargeA, shareA);
        chargeB = f64x2.add(chargeB, shareB);
        heatA = f64x2.sub(heatA, f64x2.mul(shareA, gainA));
        heatB = f64x2.sub(heatB, f64x2.mul(shareB, gainB));
        at += row;
        mode += step;
        gain += step;
      }
      totalA = f64x2.add(totalA, f64x2.mul(chargeA, v128.load(baths + row + j)));
      totalB = f64x2.add(totalB, f64x2.mul(chargeB, v128.load(baths + row + j, 16)));
    }
    const total = f64x2.add(totalA, totalB), heat = f64x2.add(heatA, heatB);
    store<f64>(sums, f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1));
    store<f64>(sums, f64x2.extract_lane(heat, 0) + f64x2.extract_lane(heat, 1), 8);
    sums += 16;
    baths += 2 * row;
  }
}
