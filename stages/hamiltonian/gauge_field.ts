/**
 * The profiles A⁵(l) of the chiral gauge field that a study can ask for.
 *
 * @module
 */
import { siteValues } from "./site_values.ts";

/** The chiral gauge field as a study states it. */
export interface GaugeField {
  /** How A⁵ depends on the site. */
  readonly profile: "linear" | "constant" | "table" | "expression";
  /** A⁵ at the surface, in units of energy; read by `linear` and `constant`. */
  readonly amplitude: number;
  /** ξ, where the linear profile ends, in lattice constants. */
  readonly cutoff: number;
  /** A⁵ at each site, read by `table`. */
  readonly values?: readonly number[] | undefined;
  /** A⁵ as an expression in `x` (= `l`, the site) and `L`, read by `expression`. */
  readonly expression?: string | undefined;
}

/** What each profile reads besides its name. */
const READ_BY = {
  linear: ["amplitude", "cutoff"],
  constant: ["amplitude"],
  table: ["values"],
  expression: ["expression"],
} as const satisfies Record<GaugeField["profile"], readonly (keyof GaugeField)[]>;

/**
 * A field without what its profile does not read, so that nothing is computed again when that changes.
 *
 * @param field The field as stated.
 * @returns The profile and what it reads.
 */
export function usedField(field: GaugeField): Partial<GaugeField> & Pick<GaugeField, "profile"> {
  const read = Object.fromEntries(READ_BY[field.profile].map((key) => [key, field[key]]));
  return { profile: field.profile, ...read };
}

/**
 * A⁵(l): `linear` is A⁵ (1 − l/ξ) for l < ξ and 0 beyond, the profile behind Eq. (4); `constant` is that of Fig. 2(a).
 *
 * @param field The field as stated.
 * @param sites L.
 * @returns The field, shape `[site]`.
 * @throws {Error} If a table does not have L values, or an expression cannot be read or is not finite at a site.
 */
export function chiralGaugeField(field: GaugeField, sites: number): Float64Array {
  const { profile, amplitude, cutoff } = field;
  switch (profile) {
    case "constant":
      return new Float64Array(sites).fill(amplitude);
    case "linear":
      return Float64Array.from({ length: sites }, (_, l) => l < cutoff ? amplitude * (1 - l / cutoff) : 0);
    case "table": {
      const values = Float64Array.from(field.values ?? []);
      if (values.length !== sites) {
        throw new Error(
          `Cannot build the chiral gauge field: the table has ${values.length} values, the slab ${sites} sites`,
        );
      }
      return values;
    }
    case "expression":
      return siteValues(field.expression ?? "", sites, "Cannot build the chiral gauge field");
  }
}
