/**
 * What is hidden from Deno must not be hidden from the hashes: a run would take results of other code for its own.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { SourceHashes } from "../store/source_hash.ts";
import { ROOTS } from "./finished.ts";

/** A module, as `deno info` tells of it. */
interface ModuleInfo {
  readonly specifier: string;
  readonly dependencies?: readonly { readonly code?: { readonly specifier?: string } }[];
}

const loadedLater = ["studies", "plan", "run", "watch", "workers", "cache", "verify"].map((name) =>
  `pipeline/commands/${name}.ts`
);

Deno.test("the program's hash reaches what is loaded later, and what draws", () => {
  const parts = new SourceHashes(project.imports).parts(ROOTS);
  const drawing = ["renderer", "rasterizer", "printer"].map((name) => `stages/chart/${name}.ts`);
  for (const part of [...loadedLater, ...drawing]) assert(parts.has(part), part);
});

Deno.test("before its first line the program looks up none of what is loaded later", async () => {
  const main = new URL("../main.ts", import.meta.url);
  const args = ["info", "--json", decodeURIComponent(main.pathname)];
  const { success, stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  assert(success);
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as { modules: ModuleInfo[] };
  // Of types it knows more; what is looked up is code, dynamic imports included.
  const codeOf = new Map(
    modules.map(({ specifier, dependencies = [] }) =>
      [specifier, dependencies.flatMap(({ code }) => code?.specifier ?? [])] as const
    ),
  );
  const reached = new Set([main.href]);
  for (const module of reached) for (const target of codeOf.get(module) ?? []) reached.add(target);
  const paths = [...reached].map((url) => url.replace(new URL("../../", main).href, ""));
  assert(paths.length > 30, "the program's own modules are found");
  const late = paths.filter((path) => loadedLater.includes(path) || /\.bundle\.js$|^stages\/chart\//.test(path));
  assertEquals(late, []);
});
