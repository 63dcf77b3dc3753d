/**
 * The observables with their settings.
 *
 * @module
 */
import * as v from "valibot";
import { listed } from "../errors.ts";
import { mapping } from "./mapping.ts";
import { choice, finite, integer, MOST_POINTS, numbers, oneOrSeveral, positive, text } from "./scalars.ts";

/** The most points of a map of momenta, or of momenta and frequencies. */
function atMost<Settings extends object>(
  counted: string,
  axes: readonly (keyof Settings & string)[],
): v.RawCheckAction<Settings> {
  return v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const count = axes.reduce((product, axis) => product * (dataset.value[axis] as unknown[]).length, 1);
    if (count <= MOST_POINTS) return;
    addIssue({
      message: `has ${count} ${counted}: the most is ${MOST_POINTS}, so use fewer values of ${listed(axes, "or")}`,
    });
  });
}

type Momenta = { qy: number[]; qz: number[] };

type SpectralSettings = { omega: number[]; qy: number[]; qz: number | "integrated" };

const qy = v.optional(numbers("Values of q_y (1/lattice constant): a number, a list or a range."), {
  from: -Math.PI,
  to: Math.PI,
  count: 201,
});
const qz = v.optional(numbers("Values of q_z (1/lattice constant): a number, a list or a range."), 0);
const omega = v.optional(numbers("Frequencies (energy): a number, a list or a range."), 0);

const bands = v.pipe(mapping({ qy, qz }), atMost<Momenta>("momenta", ["qy", "qz"]));

const oneQy = v.optional(numbers("Values of q_y (1/lattice constant): a number, a list or a range."), 0.8);

const density = v.pipe(mapping({ qy: oneQy, qz }), atMost<Momenta>("momenta", ["qy", "qz"]));

const continuum = mapping({
  qy,
  levels: v.optional(
    integer(0, 1000, "How many Landau levels, each at both signs of the energy; a constant field has none."),
    5,
  ),
});

type DensitySettings = Momenta & { form: ("printed" | "lattice")[] };

const continuumDensity = v.pipe(
  mapping({
    qy: oneQy,
    qz,
    form: v.optional(
      v.pipe(
        oneOrSeveral(["printed", "lattice"]),
        v.description(
          "printed: Eqs. (3) and (4) as the paper has them, without mass. lattice: the Gaussian of Eq. (4) at the lattice's Weyl node, and the Fermi arc of the " +
            "lattice in the field of its surface. Or a list of both; the column `form` tells them apart.",
        ),
        v.transform((form) => typeof form === "string" ? [form] : form),
      ),
      "printed",
    ),
  }),
  atMost<DensitySettings>("momenta", ["qy", "qz"]),
);

const spectral = v.pipe(
  mapping({
    omega,
    qy,
    qz: v.optional(
      v.pipe(
        v.union(
          [finite("One q_z."), v.literal("integrated")],
          "must be a number, or integrated for the integral over the grid's q_z",
        ),
        v.description("q_z (1/lattice constant), or `integrated`: the integral over q_z on the momentum grid."),
      ),
      0,
    ),
  }),
  atMost<SpectralSettings>("points", ["omega", "qy"]),
);

const linewidth = mapping({ omega, qz: v.optional(finite("q_z (1/lattice constant)."), 0) });

type SupercellSettings = { omega: number[]; qy: number[]; qz: number; realisations: number; seed: number };

const supercell = v.pipe(
  mapping({
    omega,
    qy: oneQy,
    qz: v.optional(finite("q_z (1/lattice constant)."), 0),
    realisations: v.optional(integer(2, 10_000, "How many choices of impurities are averaged."), 8),
    seed: v.optional(integer(0, 2 ** 32 - 1, "Which impurities: the same seed gives the same, everywhere."), 1),
  }),
  atMost<SupercellSettings>("points", ["omega", "qy"]),
);

const formula = mapping({
  cutoff: v.optional(
    v.pipe(
      v.union([positive("Lambda."), v.literal("fit")], "must be a number above 0, or fit"),
      v.description(
        "The cutoff Lambda (1/lattice constant), or fit: least squares to the lattice's charge currents in the limit of Eq. (6), one for each temperature.",
      ),
    ),
    "fit",
  ),
  order: v.optional(
    v.pipe(
      oneOrSeveral(["exact", "first", "ultraviolet"]),
      v.description(
        "exact in the chemical potentials, first: expanded as the paper prints it, ultraviolet: the limit of an infinite cutoff; or a list of them, which the " +
          "column `order` then tells apart.",
      ),
    ),
    "exact",
  ),
  mu_fa: v.optional(finite("mu_FA instead of that of site 0 (energy).")),
  beta_fa: v.optional(positive("beta_FA instead of that of site 0 (1/energy).")),
  mu_cll: v.optional(finite("mu_CLL instead of mu_F (energy).")),
  beta_cll: v.optional(positive("beta_CLL instead of the mean over the sites (1/energy).")),
});

const current = mapping({
  method: v.optional(
    choice(
      ["limit", "exact"],
      "How the current is computed: exact is Eq. (5) at the coupling of `baths`, limit is the limit of vanishing coupling, Eq. (6). The default is exact where the " +
        "coupling is not 0.",
    ),
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
  continuum: settings(
    continuum,
    "The dispersions of the continuum without mass: Fermi arc, chiral Landau level and Landau levels, Appendix A.",
  ),
  continuum_density: settings(
    continuumDensity,
    "The probability densities of Eqs. (3) and (4) over the sites, for |v q_z| < |A5|.",
  ),
  current: settings(current, "The charge and the energy current along y, summed over the sites."),
  current_by_branch: settings(
    mapping({}),
    "The charge current carried by the Fermi arc, the chiral Landau level, the other Landau levels and all other states.",
  ),
  current_limit: settings(
    mapping({}),
    "The currents in the limit of vanishing coupling, Eq. (6), whatever the coupling.",
  ),
  current_profile: settings(
    current,
    "The terms of Eq. (5) or (6) site by site: the charge current that the bath at each site feeds into the slab.",
  ),
  density: settings(density, "The probability densities of the two chiral states over the sites."),
  formula: settings(formula, "The currents in closed form, Eqs. (7)-(9), (B1) and (B2)."),
  gap: settings(mapping({}), "The smallest positive energy over the momentum grid and the line q_y = 0."),
  gap_opening: settings(
    mapping({
      along: v.optional(
        v.pipe(
          text("A swept path."),
          v.description("The swept path along which the gap opens; of numbers, five or more."),
        ),
        "model.mass",
      ),
    }),
    "Where along a sweep the gap opens: where it bends most.",
  ),
  linewidth: settings(
    linewidth,
    "The widths of the two chiral branches where they pass each frequency, -2 Im of the self-energy.",
  ),
  response: settings(
    current,
    "Which site's bath drives the current: the derivatives of the charge and the energy current by the chemical potential and the temperature of each bath.",
  ),
  self_energy: settings(
    mapping({ omega }),
    "The retarded self-energy of `disorder`, site by site and orbital by orbital.",
  ),
  spectral: settings(spectral, "The spectral function A(omega; q_y) with the self-energy of `disorder`."),
  supercell: settings(
    supercell,
    "The spectral function A(omega; q_y) of supercells of L x N_y x N_z sites with random impurities, N_y and N_z those of `momentum`: what the Born approximations " +
      "of the same strength approximate.",
  ),
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
