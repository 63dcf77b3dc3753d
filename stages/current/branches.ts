/**
 * The names of the branches, which tables write and nothing else in them needs: alone here, so that no table follows from how currents are computed.
 *
 * @module
 */

/** The branches that the current is split into, in the order in which tables have them; `stages/diagonalize/branch_modes.ts` defines them. */
export const BRANCHES = ["fa", "cll", "landau", "other"] as const;
