/**
 * The one source of what a study file may say: validation, defaults, types, what can be swept, and the schema that
 * editors use are all derived from here.
 *
 * Units throughout: ħ = e = k_B = lattice constant = 1; energies are in the unit in which velocity, mass and hopping are
 * given.
 *
 * @module
 */
import * as v from "valibot";
import { chartsSchema } from "./charts.ts";
import { FAMILY } from "./family_keys.ts";
import { formulaFault } from "./formula_fault.ts";
import { leavesOf } from "./leaves.ts";
import { mapping } from "./mapping.ts";
import { observablesSchema } from "./observables.ts";
import { choice, fileName, finite, integer, nonNegative, positive, text } from "./scalars.ts";
import { sweepColumns, sweepGroupSchema, sweepSchema } from "./sweep.ts";

/** The names that stand for numbers in `model.gauge_field.expression`: the site as `x` and `l`, and their number `L`. */
export const EXPRESSION_VARIABLES: readonly string[] = ["x", "l", "L"];

const studyName = fileName(
  /^[a-z0-9][a-z0-9-]*$/,
  "must be a name of at most 64 lower-case letters, digits and hyphens that starts with a letter or a digit",
  "The name of the study: its results go to outputs/<study>/.",
);

const formula = v.pipe(
  v.string("must be text"),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const fault = formulaFault(dataset.value, EXPRESSION_VARIABLES, (known) => `use ${known.join(", ")}`);
    if (fault !== undefined) addIssue({ message: fault });
  }),
);

const expression = v.pipe(
  formula,
  v.description(
    'The formula of A5(l), for example "1.6*exp(-x/10)": + - * / ^, pi, e, exp, log, sqrt, abs, sin, cos, tan, sinh, ' +
      "cosh, tanh, min, max, step, and the site x (or l) and the number of sites L. With profile: expression only.",
  ),
);

const gaugeField = v.pipe(
  mapping({
    profile: v.optional(
      choice(
        ["linear", "constant", "table", "expression"],
        "The shape of the axial gauge field A5(l): linear is amplitude*(1 - l/cutoff) up to the cutoff and 0 beyond, " +
          "constant is the amplitude, table takes it from values, expression from a formula.",
      ),
      "linear",
    ),
    amplitude: v.optional(finite("The amplitude A5 of the linear and the constant profile (energy)."), 1.6),
    cutoff: v.optional(positive("The length xi over which the linear profile falls to 0 (lattice constants)."), 50),
    values: v.optional(
      v.pipe(
        v.array(finite("A5 at one site (energy)."), "must be a list of numbers, one a site"),
        v.description("A5(l), one number a site (energy). With profile: table only."),
      ),
    ),
    expression: v.optional(expression),
  }),
  v.description("The axial gauge field A5(l) along x that strain or magnetisation makes."),
);

const model = mapping({
  sites: v.optional(integer(2, 1000, "The number of sites L of the slab along x, its open direction."), 50),
  velocity: v.optional(finite("The velocity v (energy times lattice constant)."), 1),
  mass: v.optional(finite("The mass m (energy)."), 0),
  hopping: v.optional(finite("The hopping lambda (energy)."), -1),
  gauge_field: v.optional(gaugeField, {}),
});

const momentum = mapping({
  qy: v.optional(integer(2, 4000, "The number of points along q_y over the whole zone."), 64),
  qz: v.optional(integer(2, 4000, "The number of points along q_z over the whole zone."), 64),
  rule: v.optional(
    choice(
      ["midpoint", "gauss-legendre", "adaptive"],
      "The grid: midpoint is q = -pi + 2 pi (k + 1/2)/N; gauss-legendre has N/2 nodes on [0, pi] and their mirror images, " +
        "N even, and is closer at equal cost; adaptive starts from cells of 16 x 16 points and cuts them until the charge current meets the tolerance.",
    ),
    "midpoint",
  ),
  tolerance: v.optional(
    positive(
      "The largest error of the charge current that rule adaptive stops at, absolute (unit of the current). The default is 1e-5. With rule: adaptive only.",
    ),
  ),
});

/** What `rule: adaptive` stops at unless the study says otherwise. */
const DEFAULT_TOLERANCE = 1e-5;

/** μ_l or β_l as a table or a formula. */
function bathProfile<Value extends v.GenericSchema<number, number>>(what: string, value: Value) {
  return mapping({
    profile: choice(
      ["table", "expression"],
      `How ${what} is given: table takes it from values, expression from a formula.`,
    ),
    values: v.optional(
      v.pipe(
        v.array(value, "must be a list of numbers, one a site"),
        v.description(`${what}, one number a site. With profile: table only.`),
      ),
    ),
    expression: v.optional(
      v.pipe(
        formula,
        v.description(
          `The formula of ${what} in the site x (or l) and the number of sites L, as for the gauge field. With profile: expression only.`,
        ),
      ),
    ),
  });
}

/** What a slope of the chemical potential is unless the study says otherwise, or has a profile in its place. */
const DEFAULT_SLOPE = 0.01;

const statedBaths = mapping({
  coupling: v.optional(
    v.pipe(
      v.union(
        [
          nonNegative("Gamma at every site."),
          v.array(finite("Gamma at one site."), "must be a list of numbers"),
          formula,
        ],
        "must be a number, a list with one number a site, or a formula",
      ),
      v.description(
        "The coupling Gamma to the baths (energy): 0 is the limit of Eq. (6), a number above 0 is Eq. (5). A list with one number a site, or a formula in x, l and L, " +
          "gives each site its own, some below 0 as long as every level decays.",
      ),
    ),
    0,
  ),
  fermi_level: v.optional(
    finite("The Fermi level mu_F (energy); where the chemical potential is linear, its mean over the sites."),
    0,
  ),
  chemical_potential: v.optional(
    v.pipe(
      bathProfile("mu_l - mu_F (energy)", finite("mu_l - mu_F at one site (energy).")),
      v.description(
        "The chemical potential of the baths as a table or a formula, in place of a slope: it is added to the Fermi level.",
      ),
    ),
  ),
  chemical_potential_slope: v.optional(
    finite(
      "d mu/d x (energy per lattice constant). The default is 0.01, and 0 where chemical_potential gives a profile.",
    ),
  ),
  inverse_temperature: v.optional(
    v.pipe(
      v.union(
        [
          positive("The inverse temperature beta_0 at the first site (1/energy)."),
          bathProfile("beta_l (1/energy)", positive("beta_l at one site (1/energy).")),
        ],
        "must be a finite number above 0, or a mapping with a profile",
      ),
      v.description(
        "The inverse temperature beta_0 at the first site (1/energy); or that of each site, beta_l, as a table or a formula, in place of a slope.",
      ),
    ),
    1,
  ),
  inverse_temperature_slope: v.optional(
    finite("The slope of beta_l = beta_0 + slope*l/L (1/energy over the whole slab)."),
    0,
  ),
});

const baths = v.pipe(
  statedBaths,
  v.description("The baths at the sites, Eqs. (5) and (6)."),
  v.transform(({ coupling, fermi_level, chemical_potential, chemical_potential_slope, ...temperature }) => ({
    coupling,
    fermi_level,
    ...chemical_potential === undefined ? {} : { chemical_potential },
    chemical_potential_slope: chemical_potential_slope ?? (chemical_potential === undefined ? DEFAULT_SLOPE : 0),
    ...temperature,
  })),
);

const disorder = mapping({
  strength: v.optional(nonNegative("The strength kappa of the disorder (dimensionless)."), 0.02),
  broadening: v.optional(positive("The broadening eta of the self-energy (energy)."), 0.05),
  // `current` does not read it at zero coupling: there it is of the clean slab.
  scheme: v.optional(
    choice(
      ["none", "fba", "scba"],
      "The self-energy: none, the first Born approximation (fba), or the self-consistent one (scba). Where the coupling to the baths is above 0, currents have it too.",
    ),
    "none",
  ),
  normalisation: v.optional(
    choice(
      ["printed", "brillouin-zone"],
      "The momentum integral of the self-energy: as the paper prints it, or divided by (2 pi)^2.",
    ),
    "printed",
  ),
});

/** Every number and word of a study that can be swept, with the rule for its values. */
export const LEAVES = leavesOf({
  model: v.optional(model, {}),
  momentum: v.optional(momentum, {}),
  baths: v.optional(baths, {}),
  disorder: v.optional(disorder, {}),
});

const columns = sweepColumns(LEAVES);

/** The schema of a group of `sweep.zip`. */
export const sweepGroup = sweepGroupSchema(columns);

/** The schemas of a study's keys. */
export const SECTIONS = {
  study: studyName,
  title: v.optional(text("What the study is about: the heading of its report. The default is its name.")),
  ...FAMILY,
  model: v.optional(v.pipe(model, v.description("The lattice slab, Eq. (2).")), {}),
  momentum: v.optional(v.pipe(momentum, v.description("The grid of momenta over the Brillouin zone.")), {}),
  baths: v.optional(baths, {}),
  disorder: v.optional(v.pipe(disorder, v.description("Disorder in the Born approximation.")), {}),
  sweep: v.optional(sweepSchema(columns, sweepGroup), {}),
  observables: observablesSchema,
  charts: v.optional(chartsSchema, []),
};

/** The schema of a study file; what comes out has every default filled in and every range written out. */
export const studySchema = v.pipe(
  mapping(SECTIONS),
  // The bases are in it by now.
  v.transform(({ study, title, extends: _bases, without: _without, ...sections }) => ({
    study,
    title: title ?? study,
    ...sections,
    momentum: sections.momentum.rule === "adaptive"
      ? { ...sections.momentum, tolerance: sections.momentum.tolerance ?? DEFAULT_TOLERANCE }
      : sections.momentum,
  })),
);

/** A validated study, with every default filled in and every range written out. */
export type Study = v.InferOutput<typeof studySchema>;

/** What a study file may hold. */
export type StudyFile = v.InferInput<typeof studySchema>;
