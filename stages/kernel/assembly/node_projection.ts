// deno-fmt-ignore-file: see block.ts
/**
 * Densities taken from the sites of a slab to its nodes. The same operations in the same order as in `stages/current/node_projection.ts`, which says what it is for, so that both give
 * the same bits.
 *
 * All tables are rows one behind the other; the host says where they start.
 *
 * @module
 */

/** Before this the compiler may put something of its own. */
export function firstAddress(): usize {
  return 1024;
}

/**
 * Takes densities apart into even and odd parts, of four modes at a time: for each site up to the middle four even parts, then four odd ones.
 *
 * @param order Modes, a multiple of four.
 * @param sites L.
 * @param density Rows of sites, one a mode.
 * @param folded Receives the parts.
 */
export function fold(order: i32, sites: i32, density: usize, folded: usize): void {
  const row = (<usize> sites) << 3, four = <usize> ((sites + 1) >> 1) << 6;
  for (let n = 0; n < order; n += 4, folded += four) {
    for (let to = folded; to < folded + 32; to += 8, density += row) foldRow(density, row, to);
  }
}

function foldRow(density: usize, row: usize, to: usize): void {
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
@inline
function swapped(pair: v128): v128 {
  return v128.shuffle<f64>(pair, pair, 1, 0);
}

/**
 * Takes parts to the nodes. Shares are symmetric under reflection of the slab, so that even and odd parts of the densities go to sums and differences of two nodes: half of the
 * work. Four modes at a time keep eight sums in flight.
 *
 * @param order Modes, a multiple of four.
 * @param sites L.
 * @param nodes A multiple of four.
 * @param factor A factor a mode.
 * @param folded The parts.
 * @param even Shares of the even parts, rows of half the nodes, one for each site up to the middle.
 * @param odd Shares of the odd parts.
 * @param weighted Receives rows of nodes, one a mode.
 */
export function project(
  order: i32,
  sites: i32,
  nodes: i32,
  factor: usize,
  folded: usize,
  even: usize,
  odd: usize,
  weighted: usize,
): void {
  const four = <usize> ((sites + 1) >> 1) << 6, nodeRow = (<usize> nodes) << 3, halfNodes = nodeRow >> 1, zero = f64x2.splat(0);
  for (let n = 0; n < order; n += 4, folded += four) {
    for (let j: usize = 0; j < halfNodes; j += 16) {
      let even0 = zero, even1 = zero, even2 = zero, even3 = zero, odd0 = zero, odd1 = zero, odd2 = zero, odd3 = zero;
      let evenShare = even + j, oddShare = odd + j;
      for (let at = folded, end = folded + four; at < end; at += 64) {
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

/** Sum and difference go to a node and its mirror image, half a row further on. */
// @ts-ignore: decorator
@inline
function put(to: usize, halfNodes: usize, factor: usize, even: v128, odd: v128): void {
  const scale = v128.load_splat<f64>(factor);
  v128.store(to, f64x2.mul(scale, f64x2.add(even, odd)));
  v128.store(to + halfNodes, f64x2.mul(scale, f64x2.sub(even, odd)));
}
