/**
 * `cache gc`: removes what no output folder refers to.
 *
 * Whatever it removes, a run can make again, so that it can do no harm, also beside runs that are at work; what it goes by is to cost nobody time.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";
import { bytesText, counted } from "../report/quantities.ts";
import { isRunFolder, readRunFolder } from "../report/run_folder.ts";
import { readChecked } from "../store/checked_file.ts";
import { type Inventory, inventoryOf, sizeOf, type StoredArtifact, type StoredFile } from "../store/inventory.ts";
import { ABANDONED, sweepFolder, sweepNow, timeIn } from "../store/leftovers.ts";
import { forgetRunFolders } from "../store/run_folders.ts";
import { TraceStore } from "../store/trace_store.ts";
import { removeIfThere } from "../store/write_point.ts";
import { neededArtifacts } from "./needed_artifacts.ts";

/** What was asked for. */
export interface GcSettings {
  /** Output folders, besides those that the cache knows. */
  readonly outs: readonly string[];
  /** Only what is older is removed, in ms. */
  readonly olderThan: number;
  /** Only as much is removed as it takes to get below this, in bytes; all if undefined. */
  readonly maxSize: number | undefined;
  /** Whether nothing is removed. */
  readonly dryRun: boolean;
}

/** What was removed, or would be. */
export interface GcReport {
  /** The cache folder. */
  readonly cache: string;
  /** Whether nothing was removed. */
  readonly dryRun: boolean;
  /** The folders of runs whose artifacts were kept. */
  readonly runs: readonly string[];
  /** The artifacts that were removed. */
  readonly removed: { readonly artifacts: number; readonly bytes: number };
  /** What was set aside as damaged before, and was removed. */
  readonly damaged: { readonly files: number; readonly bytes: number };
  /** Temporary files that were removed, in the cache and in the output folders. */
  readonly leftovers: number;
  /** How many tasks are not known to have been computed any more. */
  readonly tasks: number;
  /** The artifacts that are still there: those that are needed, and those that are too young, or need not go yet. */
  readonly kept: { readonly needed: number; readonly others: number; readonly bytes: number };
  /** Files that were come across, were damaged, and have been set aside. */
  readonly found: readonly string[];
  /** Files that could not be removed, since they are somebody else's. */
  readonly refused: number;
  /** The size of the cache before and after, in bytes. */
  readonly bytes: readonly [before: number, after: number];
  /** The size that was asked for. */
  readonly maxSize?: number;
}

/**
 * Removes what is not needed.
 *
 * @param cache The cache folder.
 * @param settings What was asked for.
 * @returns What was removed.
 * @throws {StageFailure} If it cannot be told what is needed: then nothing is removed. If the cache folder cannot be used.
 */
export async function collectGarbage(cache: string, settings: GcSettings): Promise<GcReport> {
  const traces = new TraceStore(cache); // before the artifacts are listed, so that those of a task that is done meanwhile are there
  const inventory = inventoryOf(cache), { artifacts } = inventory;
  const { folders, needed, damaged: found } = await neededArtifacts(cache, settings.outs, traces);
  if (artifacts.length > 0 && folders.length === 0) {
    throw new StageFailure(
      `Cannot tidy up ${cache}: nothing would be left, since no output folder with results was found (looked in ${
        settings.outs.join(", ")
      }, and wherever runs with this cache have written to); name one with --out, or remove the cache folder itself`,
    );
  }

  const now = settings.dryRun || artifacts.length === 0 ? Date.now() : timeIn(cache);
  const isOld = ({ modified }: StoredFile) => now - modified > Math.max(ABANDONED, settings.olderThan);
  const before = bytesOf(inventory);
  const removable = [
    ...inventory.aside.filter(isOld),
    ...artifacts.filter((artifact) => !needed.has(artifact.hash) && isOld(artifact)),
  ].sort((a, b) => a.modified - b.modified);
  const chosen = settings.maxSize === undefined ? removable : toGetBelow(settings.maxSize, before, removable);
  const gone = new Set(chosen.flatMap((file) => "hash" in file ? [(file as StoredArtifact).hash] : []));

  let tasks = [...traces.all()].filter(({ hash }) => gone.has(hash)).length, refused: StoredFile[] = [];
  let leftovers = inventory.leftovers.filter(({ modified }) => now - modified > ABANDONED).length;
  if (!settings.dryRun) {
    // Traces first: a kill between the two leaves artifacts that nobody knows, and no promise that cannot be kept.
    tasks = traces.forget(({ hash }) => gone.has(hash));
    refused = chosen.filter((file) => !isRemoved(file));
    leftovers = sweepNow(cache, now) + folders.reduce((sum, folder) => sum + sweepFolder(folder, now), 0);
    await forgetFinished(inventory, folders, now);
    await forgetRunFolders(cache, isRunFolder);
  }
  const removed = chosen.filter((file) => !refused.includes(file)), isArtifact = (file: StoredFile) => "hash" in file;
  const paths = new Set(removed.map(({ path }) => path)), left = artifacts.filter(({ path }) => !paths.has(path));
  const keptNeeded = left.filter(({ hash }) => needed.has(hash)).length;
  const [ofArtifacts, ofOthers] = [removed.filter(isArtifact), removed.filter((file) => !isArtifact(file))];
  return {
    cache,
    dryRun: settings.dryRun,
    runs: folders,
    removed: { artifacts: ofArtifacts.length, bytes: sizeOf(ofArtifacts) },
    damaged: { files: ofOthers.length, bytes: sizeOf(ofOthers) },
    leftovers,
    tasks,
    kept: { needed: keptNeeded, others: left.length - keptNeeded, bytes: sizeOf(left) },
    found,
    refused: refused.length,
    bytes: [before, settings.dryRun ? before - sizeOf(removed) : bytesOf(inventoryOf(cache))],
    ...settings.maxSize === undefined ? {} : { maxSize: settings.maxSize },
  };
}

/**
 * The same for people.
 *
 * @param report What was removed.
 * @returns Lines of text.
 */
export function garbageText(report: GcReport): string {
  const { cache, dryRun, runs, removed, damaged, leftovers, kept, found, refused, bytes, maxSize } = report;
  const done = dryRun ? "would remove" : "removed";
  const also = [
    ...damaged.files > 0
      ? [`${counted(damaged.files, "file")} set aside as damaged (${bytesText(damaged.bytes)})`]
      : [],
    ...leftovers > 0 ? [counted(leftovers, "temporary file")] : [],
  ];
  const tooLarge = maxSize !== undefined && bytes[1] > maxSize;
  return [
    `${cache}: ${done} ${counted(removed.artifacts, "artifact")} (${
      bytesText(removed.bytes)
    }) that no output refers to${also.length === 0 ? "" : `, ${also.join(", ")}`}`,
    `  kept: ${counted(kept.needed, "artifact")} of ${counted(runs.length, "run")}${
      kept.others === 0 ? "" : `, and ${kept.others} that are young, or need not go yet`
    } (${bytesText(kept.bytes)})`,
    ...runs.map((folder) => `    ${folder}`),
    `  ${bytesText(bytes[0])} before, ${bytesText(bytes[1])} after`,
    ...tooLarge
      ? [
        `  still more than ${
          bytesText(maxSize)
        }: all that is left is needed, or too young; remove an output folder to let go of what it needs`,
      ]
      : [],
    ...found.map((path) => `  ${path} was damaged and has been set aside`),
    ...refused === 0 ? [] : [`  ${counted(refused, "file")} of other people could not be removed`],
    "",
  ].join("\n");
}

/** The oldest files that have to go for the cache to become so small. */
function toGetBelow(size: number, before: number, removable: readonly StoredFile[]): StoredFile[] {
  const chosen: StoredFile[] = [];
  for (let left = before, i = 0; left > size && i < removable.length; i++) {
    chosen.push(removable[i]);
    left -= removable[i].size;
  }
  return chosen;
}

/** Removes a file, unless it has been written again since it was listed; false if it is not ours to remove. */
function isRemoved({ path, modified }: StoredFile): boolean {
  try {
    if (Deno.statSync(path).mtime?.getTime() === modified) removeIfThere(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    if (error instanceof Deno.errors.PermissionDenied) return false;
    throw error;
  }
}

/** Forgets finished runs whose results are not there any more: what they saved is an ordinary run with nothing to compute. */
async function forgetFinished({ others }: Inventory, folders: readonly string[], now: number): Promise<void> {
  const outputs = new Set(folders.map((folder) => JSON.stringify(readRunFolder(folder)?.record.outputs)));
  for (const { path, modified } of others) {
    if (!path.includes("/finished/") || now - modified < ABANDONED) continue;
    const kept = await readChecked(path) as { readonly record?: { readonly outputs?: unknown } } | undefined;
    if (kept === undefined || !outputs.has(JSON.stringify(kept.record?.outputs))) removeIfThere(path);
  }
}

function bytesOf(inventory: Inventory): number {
  return Object.values(inventory).reduce((sum: number, files: readonly StoredFile[]) => sum + sizeOf(files), 0);
}
