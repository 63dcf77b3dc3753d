/**
 * The tasks behind a result, each with its key and the hash of its artifact: what tells later, and without the cache, what a run was made of, and so what of a
 * cache is still needed, what two runs share, and whether a study as it is now asks for the same.
 *
 * @module
 */
import type { AnyStage } from "./stage.ts";

/** Hashes of artifacts by the keys of their tasks, by `stage/task`. */
export type TaskList = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A task of a list. */
export interface ListedTask {
  /** Its stage and task. */
  readonly name: string;
  /** Its key. */
  readonly key: string;
  /** The hash of its artifact. */
  readonly hash: string;
}

/** What is added to a refining task's name where it is kept which tasks it asked about: only its own answers told, and nobody can ask them again. */
const ASKED = " asked";

/**
 * The name under which it is kept which tasks a refinement asked about.
 *
 * @param stage The refining stage.
 * @returns A name in a {@linkcode TaskList}, and of a trace.
 */
export function askedName({ name, task }: AnyStage): string {
  return `${name}/${task}${ASKED}`;
}

/**
 * Whether artifacts are lists of the tasks that a refinement asked about.
 *
 * @param name A name in a {@linkcode TaskList}.
 * @returns Whether {@linkcode askedName} made it.
 */
export function isAskedName(name: string): boolean {
  return name.endsWith(ASKED);
}

/**
 * Tasks as a list.
 *
 * @param tasks The tasks, in any order.
 * @returns The list; the same for the same tasks.
 */
export function taskList(tasks: Iterable<ListedTask>): TaskList {
  const byName = new Map<string, Map<string, string>>();
  for (const { name, key, hash } of tasks) addTo(byName, name, key, hash);
  return sorted(byName);
}

/**
 * Lists as one.
 *
 * @param lists The lists.
 * @returns All of their tasks.
 */
export function joinedTasks(...lists: readonly TaskList[]): TaskList {
  const byName = new Map<string, Map<string, string>>();
  for (const list of lists) {
    for (const [name, tasks] of Object.entries(list)) {
      for (const [key, hash] of Object.entries(tasks)) addTo(byName, name, key, hash);
    }
  }
  return sorted(byName);
}

/**
 * A list with the tasks that its refinements asked about.
 *
 * @param list The list.
 * @param read Reads an artifact, if it is there.
 * @returns The tasks of both, without those under {@linkcode askedName} which say so.
 */
export function withAsked(list: TaskList, read: (hash: string) => Uint8Array | undefined): TaskList {
  const [asked, others] = [true, false].map((kind) =>
    Object.fromEntries(Object.entries(list).filter(([name]) => isAskedName(name) === kind))
  );
  const lists = [...new Set(Object.values(asked).flatMap(Object.values<string>))].map((hash) => {
    const bytes = read(hash);
    return (bytes && decodeTasks(bytes)) ?? {}; // if it is gone, those tasks are made again when they are asked about again
  });
  return joinedTasks(others, ...lists);
}

/**
 * A list as the content of a file.
 *
 * @param list The list.
 * @returns JSON, a task a line, as UTF-8.
 */
export function encodeTasks(list: TaskList): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${JSON.stringify(list, null, 1)}\n`);
}

/**
 * Reads what {@linkcode encodeTasks} made.
 *
 * @param bytes The content.
 * @returns The list, or undefined if it is none.
 */
export function decodeTasks(bytes: Uint8Array): TaskList | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isMapping(value) && Object.values(value).every((tasks) => isMapping(tasks) && areHashes(tasks))
      ? value as TaskList
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function addTo(byName: Map<string, Map<string, string>>, name: string, key: string, hash: string): void {
  const tasks = byName.get(name) ?? new Map<string, string>();
  byName.set(name, tasks);
  tasks.set(key, hash);
}

function sorted(byName: ReadonlyMap<string, ReadonlyMap<string, string>>): TaskList {
  const inOrder = <T>(entries: Iterable<readonly [string, T]>) => [...entries].sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(inOrder(byName).map(([name, tasks]) => [name, Object.fromEntries(inOrder(tasks))]));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areHashes(tasks: Record<string, unknown>): boolean {
  return Object.entries(tasks).flat().every((hash) => typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash));
}
