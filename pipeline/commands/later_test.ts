/**
 * What is hidden from Deno must not be hidden from the hashes: a run would take results of other code for its own.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { SourceHashes } from "../store/source_hash.ts";
import { ROOTS } from "./finished.ts";

Deno.test("the program's hash reaches what is loaded later, and what draws", () => {
  const parts = new SourceHashes(project.imports).parts(ROOTS);
  const loadedLater = ["studies", "plan", "run", "watch", "workers", "cache", "verify"].map((name) =>
    `pipeline/commands/${name}.ts`
  );
  const drawing = ["renderer", "rasterizer", "printer"].map((name) => `stages/chart/${name}.ts`);
  for (const part of [...loadedLater, ...drawing]) assert(parts.has(part), part);
});

Deno.test("before its first line the program looks up none of what is loaded later", async () => {
  const main = new URL("../main.ts", import.meta.url).pathname;
  const { success, stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", main] }).output();
  assert(success);
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as {
    modules: { specifier: string; dependencies?: { specifier: string; code?: object; isDynamic?: boolean }[] }[];
  };
  // Of types it knows more; what it would load are code and dynamic imports.
  const known = new Map(modules.map(({ specifier, dependencies = [] }) => [specifier, dependencies]));
  const dynamic = [...known].flatMap(([module, dependencies]) =>
    dependencies.filter(({ isDynamic }) => isDynamic).map(({ specifier }) => `${module} ${specifier}`)
  );
  const early = ["main", "commands/later", "commands/command"].map((name) => new URL(`../${name}.ts`, import.meta.url));
  for (const { href } of early) assertEquals(dynamic.filter((line) => line.startsWith(`${href} `)), []);
});
