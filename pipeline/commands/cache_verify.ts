/**
 * `cache verify`: hashes everything again, before a run comes across what a disk has changed.
 *
 * @module
 */
import { bytesText, counted } from "../report/quantities.ts";
import { inventoryOf, sizeOf } from "../store/inventory.ts";
import { ObjectStore } from "../store/object_store.ts";
import { TraceStore } from "../store/trace_store.ts";

/** What is not as it was written. */
export interface DamagedFile {
  /** Where it was. */
  readonly path: string;
  /** What it held: the task that made it, if a trace says so, or traces. */
  readonly held: string;
}

/** What came of it. */
export interface Verified {
  /** The cache folder. */
  readonly cache: string;
  /** Artifacts that were read. */
  readonly artifacts: number;
  /** Their size in bytes. */
  readonly bytes: number;
  /** Files of traces that were read. */
  readonly traces: number;
  /** What is damaged; it has been set aside. */
  readonly damaged: readonly DamagedFile[];
}

/**
 * Verifies a cache, and sets aside what is damaged.
 *
 * @param cache The cache folder.
 * @returns What came of it.
 * @throws {StageFailure} If it cannot be read, or something cannot be set aside.
 */
export function verifyCache(cache: string): Verified {
  const damaged: DamagedFile[] = [];
  const traces = new TraceStore(cache, (path) => damaged.push({ path, held: "traces" }));
  const taskOf = new Map([...traces.all()].map(({ hash, task }) => [hash, task]));
  const { artifacts } = inventoryOf(cache), objects = new ObjectStore(cache), { length } = traces.files;
  for (const { hash } of artifacts) {
    objects.read(hash, (path) => damaged.push({ path, held: taskOf.get(hash) ?? "an artifact of no known task" }));
  }
  traces.forget(() => false);
  return { cache, artifacts: artifacts.length, bytes: sizeOf(artifacts), traces: length, damaged };
}

/**
 * The same for people.
 *
 * @param verified What came of it.
 * @returns Lines of text.
 */
export function verifiedText({ cache, artifacts, bytes, traces, damaged }: Verified): string {
  const read = `${counted(artifacts, "artifact")} (${bytesText(bytes)}) and ${counted(traces, "file")} of traces`;
  if (damaged.length === 0) return `${cache}: all sound: ${read}\n`;
  return [
    `${cache}: of ${read}, ${damaged.length} damaged and set aside in damaged/: what they held is computed again when it is needed`,
    ...damaged.map(({ path, held }) => `  ${path}  (${held})`),
    "",
  ].join("\n");
}
