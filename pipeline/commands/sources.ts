/**
 * Hashes of the program's code, for commands that plan.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };
import { PackageLock } from "../store/package_lock.ts";
import { SourceHashes } from "../store/source_hash.ts";
import { SourceMemory } from "../store/source_memory.ts";

/**
 * Finds hashes of code.
 *
 * @param cache The cache folder, in which it is remembered what is in source files.
 * @returns What finds them.
 */
export async function sourcesFor(cache: string): Promise<SourceHashes> {
  const lock = new PackageLock(Deno.readTextFileSync(new URL("../../deno.lock", import.meta.url)));
  return new SourceHashes(project.imports, { lock, memory: await SourceMemory.open(cache) });
}
