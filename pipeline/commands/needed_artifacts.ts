/**
 * What of a cache is still needed: all that the last complete run in an output folder asked for, from the points of its sweep to its files, and what refinements
 * asked about on the way. Its `tasks.json` lists that, whatever the code or the study has become since; so a run with other parameters finds what it can share with
 * the last one. Needed is also what runs have noted that are at work, or were killed within a day.
 *
 * @module
 */
import { withAsked } from "../dataflow/task_list.ts";
import { StageFailure } from "../errors.ts";
import { isRunFolder, readResult, readRunFolder, runFoldersIn } from "../report/run_folder.ts";
import { TASKS_FILE } from "../report/run_record.ts";
import { ObjectStore } from "../store/object_store.ts";
import { absolute, runFolders } from "../store/run_folders.ts";
import type { TraceStore } from "../store/trace_store.ts";

/** What is needed, and by whom. */
export interface NeededArtifacts {
  /** The folders of the runs. */
  readonly folders: readonly string[];
  /** Hashes of artifacts. */
  readonly needed: ReadonlySet<string>;
  /** Files of artifacts that were read, were damaged, and have been set aside. */
  readonly damaged: readonly string[];
}

/**
 * Finds out what is needed.
 *
 * @param cache The cache folder.
 * @param outs Output folders; all others to which runs with this cache have written count as well, as long as they are there.
 * @param traces The traces of the cache.
 * @returns What is needed.
 * @throws {StageFailure} If a run does not say what it was made of, or something cannot be read.
 */
export async function neededArtifacts(
  cache: string,
  outs: readonly string[],
  traces: TraceStore,
): Promise<NeededArtifacts> {
  const named = outs.flatMap(runFoldersIn), known = new Set(named.map(absolute));
  const noted = (await runFolders(cache)).filter((folder) => !known.has(folder) && isRunFolder(folder));
  const needed = new Set<string>(traces.underWay()), damaged: string[] = [], folders: string[] = [];
  const objects = new ObjectStore(cache), unclear: string[] = [];
  const read = (hash: string) => objects.read(hash, (path) => damaged.push(path));
  for (const folder of [...named, ...noted]) {
    const run = readRunFolder(folder);
    if (run?.tasks === undefined) {
      // Without a record of ours and without a list it is somebody else's.
      if (run !== undefined || readResult(folder, TASKS_FILE) !== undefined) unclear.push(folder);
      continue;
    }
    folders.push(folder);
    const tasks = [run.tasks, withAsked(run.tasks, read)].flatMap((list) => Object.values(list));
    for (const hash of tasks.flatMap(Object.values<string>)) needed.add(hash);
    for (const { hash, from } of Object.values(run.record.outputs)) for (const one of [hash, ...from]) needed.add(one);
  }
  if (unclear.length > 0) throw new StageFailure(cannotTell(cache, unclear));
  return { folders, needed, damaged };
}

function cannotTell(cache: string, unclear: readonly string[]): string {
  return `Cannot tidy up ${cache}: ${unclear.join(", ")} ${
    unclear.length === 1 ? "does" : "do"
  } not say what was needed, since run.json and tasks.json do not belong together (an earlier version, or an edit, left them so, or a run is writing them just now); nothing was removed: run the study again, or remove the folder`;
}
