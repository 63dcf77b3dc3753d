/**
 * Sums of shares, whatever panels each of them has.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { addShares, type BlockShare, emptyShare, shareIn, SPECTRA } from "./block_share.ts";

/** A share with tables of some lengths, whose numbers count up from one. */
function share(first: number, panels: readonly number[]): BlockShare {
  const made = emptyShare(2, panels.map((count) => SPECTRA * count));
  made.magnitude[0] = first;
  made.numbers.set([first, 10 * first]);
  for (const moments of made.moments) moments.forEach((_, i) => moments[i] = first + i);
  return made;
}

Deno.test("a share is found in its array again", () => {
  const made = share(3, [2, 0, 1]), found = shareIn(made.packed.slice());
  assertEquals([...found.magnitude], [3]);
  assertEquals([...found.numbers], [3, 30]);
  assertEquals(found.moments.map((moments) => [...moments]), [[3, 4, 5, 6], [], [3, 4]]);
});

Deno.test("spectra are added from zero energy up; what one of them lacks is nothing", () => {
  // Of two spectra of one, two or three panels: 1, 2 and 10, 11, 12, 13 come to 11, 11 and 14, 13.
  for (
    const [one, other, sum] of [
      [[2], [2], [[11, 13, 15, 17]]],
      [[1], [2], [[11, 11, 14, 13]]],
      [[2], [1], [[11, 2, 14, 4]]],
      [[0], [2], [[10, 11, 12, 13]]],
      [[2], [0], [[1, 2, 3, 4]]],
      [[1, 2], [2, 1], [[11, 11, 14, 13], [11, 2, 14, 4]]],
      [[0, 0], [0, 0], [[], []]],
    ]
  ) {
    const other1 = share(10, other as number[]), before = other1.packed.slice();
    const total = shareIn(addShares(share(1, one as number[]).packed, other1.packed));
    assertEquals([...total.magnitude], [11]);
    assertEquals([...total.numbers], [11, 110]);
    assertEquals(total.moments.map((moments) => [...moments]), sum as number[][]);
    assertEquals(other1.packed, before);
  }
});
