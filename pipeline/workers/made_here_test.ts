import { assertEquals } from "@std/assert";
import { MadeHere } from "./made_here.ts";

Deno.test("the latest artifacts are kept, as far as there is room", () => {
  const made = new MadeHere(100), bytes = [40, 50, 30, 101].map((length) => new Uint8Array(length));
  bytes.forEach((content, i) => made.keep(`${i}`, content));
  assertEquals(bytes.map((_, i) => made.find(`${i}`)?.length), [undefined, 50, 30, undefined]);
  made.keep("1", bytes[1]); // it is there already, and counts once
  made.keep("4", new Uint8Array(20));
  assertEquals(["1", "2", "4"].map((hash) => made.find(hash)?.length), [50, 30, 20]);
});

Deno.test("without room nothing is kept", () => {
  const made = new MadeHere(0);
  made.keep("a", new Uint8Array(1));
  assertEquals(made.find("a"), undefined);
});
