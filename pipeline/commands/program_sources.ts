/**
 * The program's own sources, hashed with what the lock file says of packages: what every key holds, whichever command asks for it.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };
import { PackageLock } from "../store/package_lock.ts";
import { SourceHashes } from "../store/source_hash.ts";
import type { SourceMemory } from "../store/source_memory.ts";

/**
 * Hashes of the program as it is now.
 *
 * @param memory What is remembered of source files.
 * @returns The hashes.
 */
export function programSources(memory: SourceMemory): SourceHashes {
  const lock = new PackageLock(Deno.readTextFileSync(new URL("../../deno.lock", import.meta.url)));
  return new SourceHashes(project.imports, { lock, memory, loading: performance.timeOrigin });
}
