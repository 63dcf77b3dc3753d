/**
 * The two keys by which a study takes over what other files say; they are dealt with before the rest is checked.
 *
 * @module
 */
import * as v from "valibot";

const FILE = 'must be the path of a file, seen from this one, such as "base/slab.yaml"';

const file = v.pipe(v.string(FILE), v.nonEmpty(FILE));

const KEY = "must be a dotted path, such as sweep.baths.fermi_level";

/** The schemas of the two keys. */
export const FAMILY = {
  extends: v.optional(
    v.pipe(
      v.union(
        [file, v.pipe(v.array(file, "must be a list"), v.nonEmpty("must name at least one file"))],
        `${FILE}, or a list of these`,
      ),
      v.description(
        "A study, or several, whose keys this one takes over: a path seen from this file, inside the project's folder. Mappings are merged key by key, lists and " +
          "single values replaced whole; a later file goes over an earlier one, and this one over all. `study` is not taken over.",
      ),
    ),
  ),
  without: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(KEY), v.nonEmpty(KEY)), "must be a list of dotted paths"),
      v.description("Keys of the extended files that are left out: dotted paths."),
    ),
  ),
};
