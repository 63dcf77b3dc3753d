import { assert, assertEquals, assertNotEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { PackageLock } from "./package_lock.ts";

const LOCK = {
  version: "5",
  specifiers: { "npm:plot@2.0.0": "2.0.0_math@1.5.0", "npm:@scope/table@^1.0.0": "1.2.0", "npm:other@1": "1.0.0" },
  npm: {
    "plot@2.0.0_math@1.5.0": { integrity: "sha512-p", dependencies: ["deep", "math"] },
    "@scope/table@1.2.0": { integrity: "sha512-t", dependencies: ["deep", "strings@1.0.0"] },
    "math@1.5.0": { integrity: "sha512-m" },
    "deep@0.1.0": { integrity: "sha512-d", dependencies: ["strings@2.0.0"] },
    "strings@1.0.0": { integrity: "sha512-s1" },
    "strings@2.0.0": { integrity: "sha512-s2", dependencies: ["deep"] },
    "other@1.0.0": { integrity: "sha512-o" },
  },
};

/** What an import stands for when a text in the lock file is another one. */
function identity(specifier: string, from = "", to = ""): string {
  const text = JSON.stringify(LOCK), other = text.replaceAll(from, to);
  if (from !== "") assertNotEquals(other, text);
  return new PackageLock(other).identity(specifier);
}

Deno.test("a package is what it resolves to, with all that it depends on", () => {
  const plot = "npm:plot@2.0.0", table = "npm:@scope/table@^1.0.0/build/table.js";
  const reached: readonly (readonly [string, string, string])[] = [
    [plot, "sha512-p", "sha512-q"],
    [plot, "math@1.5.0", "math@1.6.0"],
    [plot, "deep@0.1.0", "deep@0.2.0"],
    [plot, "sha512-s2", "sha512-x"], // two steps away, in a circle
    [plot, '"strings@2.0.0"', '"strings@2.1.0"'],
    [table, "1.2.0", "1.3.0"],
    [table, "sha512-s1", "sha512-x"],
    [table, "sha512-s2", "sha512-x"],
  ];
  for (const [specifier, from, to] of reached) {
    assertNotEquals(identity(specifier, from, to), identity(specifier), `${specifier}: ${from} → ${to}`);
  }
  const apart: readonly (readonly [string, string, string])[] = [
    [plot, "sha512-s1", "sha512-x"],
    [plot, "sha512-t", "sha512-x"],
    [table, "sha512-m", "sha512-x"],
    [table, "other@1.0.0", "other@1.0.1"],
  ];
  for (const [specifier, from, to] of apart) {
    assertEquals(identity(specifier, from, to), identity(specifier), `${specifier}: ${from} → ${to}`);
  }
});

Deno.test("paths in a package are told apart, and what is no locked package stands for itself", () => {
  assertNotEquals(identity("npm:plot@2.0.0/a.js"), identity("npm:plot@2.0.0/b.js"));
  for (const specifier of ["node:crypto", "https://example.org/a.ts", "npm:unknown@1.0.0", "jsr:@std/yaml@1"]) {
    assertEquals(identity(specifier), specifier);
  }
});

Deno.test("every package of this project is in its lock file", () => {
  const lock = new PackageLock(Deno.readTextFileSync(new URL("../../deno.lock", import.meta.url)));
  const specifiers = Object.values(project.imports).filter((specifier) => !specifier.startsWith("./"));
  assert(specifiers.length > 10);
  for (const specifier of specifiers) assertNotEquals(lock.identity(specifier), specifier);
});
