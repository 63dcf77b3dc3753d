import { assert, assertEquals } from "@std/assert";
import { Workspace } from "./workspace.ts";

Deno.test("memory is given again once it is cleared, and grows", () => {
  const space = new Workspace(), first = space.take(100);
  space.clear();
  const second = space.take(40);
  assert(second.buffer === first.buffer);
  assertEquals([first.length, second.length, second.byteOffset], [100, 40, 0]);
  space.clear();
  const larger = space.take(200);
  assertEquals([larger.length, larger.buffer === first.buffer], [200, false]);
  space.clear();
  assert(space.take(200).buffer === larger.buffer);
});

Deno.test("what is taken is nobody else's", () => {
  const space = new Workspace(), first = space.take(100).fill(1), second = space.take(100).fill(2);
  assert(second.buffer !== first.buffer);
  assertEquals([first[99], second[99]], [1, 2]);
});

Deno.test("a large piece is not held", () => {
  const space = new Workspace(), large = space.take(2 ** 25 + 1);
  assertEquals(large.length, 2 ** 25 + 1);
  space.clear();
  assert(space.take(1).buffer !== large.buffer);
});
