/**
 * The observables that this version can compute, with their settings; those of later versions are known by name, so that
 * asking for one is answered with more than "unknown key".
 *
 * @module
 */
import * as v from "valibot";
import { listed } from "../errors.ts";
import { mapping } from "./mapping.ts";
import { MOST_POINTS, numbers } from "./scalars.ts";

/** Observables that the study format names and this version lacks. */
export const LATER_OBSERVABLES: readonly string[] = [
  "density",
  "self_energy",
  "spectral",
  "linewidth",
  "current_by_branch",
  "formula",
];

const bands = v.pipe(
  mapping({
    qy: v.optional(numbers("Values of q_y (1/lattice constant): a number, a list or a range."), {
      from: -Math.PI,
      to: Math.PI,
      count: 201,
    }),
    qz: v.optional(numbers("Values of q_z (1/lattice constant): a number, a list or a range."), 0),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const momenta = dataset.value.qy.length * dataset.value.qz.length;
    if (momenta <= MOST_POINTS) return;
    addIssue({ message: `has ${momenta} momenta: the most is ${MOST_POINTS}, so use fewer values of qy or qz` });
  }),
);

const current = mapping({
  method: v.optional(
    v.pipe(
      v.literal("limit", "must be limit in this version: the exact method of Eq. (5) is not available yet"),
      v.description("How the current is computed: limit is the limit of vanishing coupling, Eq. (6)."),
    ),
    "limit",
  ),
});

/** Returns an entry that may be left out, and stands for the default settings when it is empty (`current:`). */
function settings<const Schema extends v.GenericSchema<Record<string, unknown>>>(
  schema: Schema,
  description: string,
): v.OptionalSchema<v.NullableSchema<Schema, Record<string, never>>, undefined> {
  const described = v.pipe(schema, v.description(description)) as unknown as Schema;
  return v.optional(v.nullable(described, {})) as v.OptionalSchema<
    v.NullableSchema<Schema, Record<string, never>>,
    undefined
  >;
}

/** The schemas of the observables' settings, by name. */
export const OBSERVABLES = {
  bands: settings(bands, "The bands along lines of momenta: energy, mean position and chirality of each state."),
  current: settings(current, "The charge and the energy current along y, summed over the sites."),
  current_profile: settings(mapping({}), "The charge current along y at each site."),
  gap: settings(mapping({}), "The smallest positive energy over the momentum grid and the line q_y = 0."),
};

/** The schema of `observables:`. */
export const observablesSchema = v.pipe(
  mapping(OBSERVABLES),
  v.check(
    (observables) => Object.keys(observables).length > 0,
    `must name at least one observable: ${listed(Object.keys(OBSERVABLES), "or")}`,
  ),
  v.description("What is computed: one table each."),
);
