import { assertEquals } from "@std/assert";
import { sha256 } from "./hash.ts";

Deno.test("hashes are SHA-256", async () => {
  assertEquals(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assertEquals(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  const other = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  assertEquals(sha256(bytes), [...other].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
});

Deno.test("parts are hashed one after the other, text as UTF-8", () => {
  assertEquals(sha256("a", new TextEncoder().encode("bc")), sha256("abc"));
  assertEquals(sha256("⟨μ⟩"), sha256(new TextEncoder().encode("⟨μ⟩")));
});
