/**
 * The parts of the program that are loaded when they are needed. What an import names plainly Deno looks up with all that stands behind it, some 350 files, before the first line
 * runs, whether it will be needed or not: a fifth of the time of a run that has nothing to do. It does not see through `as string`; those who hash the program do.
 *
 * @module
 */

/** Loads hashes of stages' code. */
export const sourceHash = (): Promise<typeof import("../store/source_hash.ts")> =>
  import("../store/source_hash.ts" as string);

/** Loads what packages resolve to. */
export const packageLock = (): Promise<typeof import("../store/package_lock.ts")> =>
  import("../store/package_lock.ts" as string);

/** Loads the workers' pool. */
export const workers = (): Promise<typeof import("./workers.ts")> => import("./workers.ts" as string);

/** Loads the reading of studies, and with it all observables. */
export const studies = (): Promise<typeof import("./studies.ts")> => import("./studies.ts" as string);

/** Loads planning. */
export const plan = (): Promise<typeof import("./plan.ts")> => import("./plan.ts" as string);

/** Loads the dataflow. */
export const run = (): Promise<typeof import("./run.ts")> => import("./run.ts" as string);

/** Loads watching. */
export const watch = (): Promise<typeof import("./watch.ts")> => import("./watch.ts" as string);
