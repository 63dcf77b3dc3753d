/**
 * What the sums over modes in Eq. (6) work on, and how it lies in memory, whoever does the sums.
 *
 * @module
 */

/** Sites are taken four at a time. */
export const LANES = 4;

/** Terms of an expansion. */
export const TERMS = 11;

/** Room for the sums over the modes of one momentum, in the memory of the compiled loops where these run. Modes come in pairs, and sites in fours: in the padding weights are 0. */
export interface SumTables {
  /** W_n(l), shape `[mode][stride]`. */
  readonly weighted: Float64Array;
  /** The modes' hyperbolic functions where β is uniform, shape `[mode][2]`: what is added to the baths' cosh, and what an energy current is weighted with. */
  readonly levels: Float64Array;
  /** The first of the two for a temperature at each site, shape `[mode][stride]`; with room for one more mode, as is the second. */
  readonly cosh: Float64Array;
  /** The second. */
  readonly sinh: Float64Array;
  /** How many terms a pair of modes needs, at its first one, where it is expanded; shape `[mode]`. */
  readonly terms: Float64Array;
}

/** What is known of the bath settings, here called members, all of shape `[member][stride]`, and what the momenta so far come to. */
export interface MemberTables {
  /** 2 cosh β_l μ_l. */
  readonly cosh: Float64Array;
  /** 2 sinh β_l μ_l. */
  readonly sinh: Float64Array;
  /** Charge currents, each momentum's times its weight. */
  readonly charge: Float64Array;
  /** Energy currents likewise. */
  readonly energy: Float64Array;
  /** The last momentum's charge and energy current summed over the sites, without a weight; shape `[member][2]`. */
  readonly totals: Float64Array;
}

/** Whether β is the same everywhere, or has a value at each site. */
export type TemperatureKind = "uniform" | "profile";

/** The sums over one momentum's modes. */
export interface OccupationSums {
  /** Sites with their padding. */
  readonly stride: number;
  /** What is summed. */
  readonly tables: SumTables;
  /** The baths, and the sums. */
  readonly members: MemberTables;
  /**
   * Sums up the terms of modes that are far above a bound, for all members whose cosh is not above it.
   *
   * @param kind Which table has the modes' functions.
   * @param from The first of the modes, an even number.
   * @param order The mode after the last, an even number.
   * @param bound The bound.
   */
  expand(kind: TemperatureKind, from: number, order: number, bound: number): void;
  /**
   * Adds a momentum's currents.
   *
   * @param kind Which table has the modes' functions.
   * @param order How many modes are summed one by one, an even number.
   * @param inverseBound 1 over the bound of the last expansion, which has the modes above; 0 if there are none.
   * @param first The first member.
   * @param end The member after the last.
   * @param weight The momentum's weight.
   */
  add(kind: TemperatureKind, order: number, inverseBound: number, first: number, end: number, weight: number): void;
  /** Gives the memory back, for the next one to use. */
  release(): void;
}

/**
 * How long the tables are, in the order of {@linkcode namedTables}.
 *
 * @param order Modes.
 * @param stride Sites with their padding.
 * @param members Bath settings.
 * @returns Numbers of elements.
 */
export function tableLengths(order: number, stride: number, members: number): number[] {
  const pairs = order + order % 2, table = (pairs + 1) * stride, each = members * stride;
  return [pairs * stride, 2 * pairs, table, table, pairs, each, each, each, each, 2 * members, 2 * TERMS * stride];
}

/**
 * Gives tables their names.
 *
 * @param views The tables, of the lengths that {@linkcode tableLengths} says.
 * @returns What is summed, the members, and the moments of an expansion, shape `[four sites][term][charge, energy][4]`.
 */
export function namedTables(
  views: readonly Float64Array[],
): { readonly tables: SumTables; readonly members: MemberTables; readonly moments: Float64Array } {
  const [weighted, levels, cosh, sinh, terms, bathCosh, bathSinh, charge, energy, totals, moments] = views;
  return {
    tables: { weighted, levels, cosh, sinh, terms },
    members: { cosh: bathCosh, sinh: bathSinh, charge, energy, totals },
    moments,
  };
}

/**
 * Sites with their padding.
 *
 * @param sites L.
 * @returns The next multiple of {@linkcode LANES}.
 */
export function padded(sites: number): number {
  return LANES * Math.ceil(sites / LANES);
}
