/**
 * What an editor shows beside what is allowed: an example of every key. They stand apart from the rules so that these stay readable, and
 * tests hold each against its rule.
 *
 * @module
 */
import type { Json } from "../dataflow/stage.ts";

const CHART: Json = { name: "current", observable: "current", mark: "line", x: "fermi_level", y: "charge_current" };

/** Examples by path; what is in lists of charts, layers and panels goes by the path without their numbers, `charts.mark` for all of them. */
export const EXAMPLES: Readonly<Record<string, readonly Json[]>> = {
  study: ["fig3a", "thick-slab"],
  title: ["Anomalous current against the Fermi level"],
  extends: ["base/slab.yaml", ["base/slab.yaml", "base/hot.yaml"]],
  without: [["sweep.baths.fermi_level", "charts"]],
  model: [{ sites: 80, mass: 0.1 }],
  "model.sites": [50, 200],
  "model.velocity": [1],
  "model.mass": [0, -1.25],
  "model.hopping": [-1],
  "model.gauge_field": [{ profile: "linear", amplitude: 1.6, cutoff: 50 }, {
    profile: "expression",
    expression: "1.6*exp(-x/10)",
  }],
  "model.gauge_field.profile": ["linear", "expression"],
  "model.gauge_field.amplitude": [1.6],
  "model.gauge_field.cutoff": [50],
  "model.gauge_field.values": [[1.6, 1.2, 0.8, 0.4]],
  "model.gauge_field.expression": ["1.6*exp(-x/10)", "1.6*step(10 - x)"],
  momentum: [{ qy: 64, qz: 64 }, { rule: "adaptive", tolerance: 1e-6 }],
  "momentum.qy": [64, 128],
  "momentum.qz": [64, 128],
  "momentum.rule": ["midpoint", "gauss-legendre"],
  "momentum.tolerance": [1e-5, 1e-7],
  baths: [{ inverse_temperature: 2, chemical_potential_slope: 0.01 }],
  "baths.coupling": [0, 0.1, "0.4*exp(-x/5)"],
  "baths.fermi_level": [0, 0.5],
  "baths.chemical_potential": [{ profile: "expression", expression: "0.3*exp(-x/5)" }],
  "baths.chemical_potential.profile": ["expression", "table"],
  "baths.chemical_potential.values": [[0.3, 0.1, -0.1, -0.3]],
  "baths.chemical_potential.expression": ["0.3*exp(-x/5)", "0.2*(1 - 2*x/(L - 1))"],
  "baths.chemical_potential_slope": [0.005, 0.02],
  "baths.inverse_temperature": [1, 10, { profile: "expression", expression: "1 + x/L" }],
  "baths.inverse_temperature.profile": ["expression", "table"],
  "baths.inverse_temperature.values": [[1, 1.5, 2, 2.5]],
  "baths.inverse_temperature.expression": ["1 + x/L"],
  "baths.inverse_temperature_slope": [0, 1],
  disorder: [{ scheme: "fba", strength: 0.02, broadening: 0.05 }],
  "disorder.strength": [0.02],
  "disorder.broadening": [0.05],
  "disorder.scheme": ["fba", "scba"],
  "disorder.normalisation": ["printed", "brillouin-zone"],
  sweep: [{ "baths.fermi_level": { from: -1, to: 1, count: 41 }, "model.mass": [0, 0.1] }],
  "sweep.zip": [{ "model.sites": [50, 100], "model.gauge_field.cutoff": [50, 100] }],
  observables: [{ current: {}, gap: {} }],
  "observables.bands": [{ qy: { from: -0.8, to: 0.8, count: 161 }, qz: 0 }],
  "observables.bands.qy": [0.5, { from: -0.8, to: 0.8, count: 161 }],
  "observables.bands.qz": [0, [0, 0.5]],
  "observables.continuum": [{ levels: 5 }],
  "observables.continuum.qy": [{ from: -0.8, to: 0.8, count: 161 }],
  "observables.continuum.levels": [5],
  "observables.continuum_density": [{ qy: 0.8, qz: 0, form: ["printed", "lattice"] }],
  "observables.continuum_density.qy": [0.8],
  "observables.continuum_density.qz": [0],
  "observables.continuum_density.form": ["printed", ["printed", "lattice"]],
  "observables.current": [{}, { method: "limit" }],
  "observables.current.method": ["limit", "exact"],
  "observables.current_by_branch": [{}],
  "observables.current_limit": [{}],
  "observables.current_profile": [{}],
  "observables.current_profile.method": ["limit", "exact"],
  "observables.density": [{ qy: 0.8, qz: 0 }],
  "observables.density.qy": [0.8],
  "observables.density.qz": [0, [0, 0.5]],
  "observables.formula": [{}, { cutoff: 0.53, order: "first" }],
  "observables.formula.cutoff": ["fit", 0.53],
  "observables.formula.order": ["exact", ["exact", "first"]],
  "observables.formula.mu_fa": [-0.25],
  "observables.formula.beta_fa": [1],
  "observables.formula.mu_cll": [0],
  "observables.formula.beta_cll": [1.5],
  "observables.gap": [{}],
  "observables.gap_opening": [{ along: "model.mass" }],
  "observables.gap_opening.along": ["model.mass"],
  "observables.linewidth": [{ omega: [0.1, 0.2], qz: 0 }],
  "observables.linewidth.omega": [0.1, { from: 0.05, to: 0.8, count: 16 }],
  "observables.linewidth.qz": [0],
  "observables.response": [{}],
  "observables.response.method": ["limit", "exact"],
  "observables.self_energy": [{ omega: 0.1 }],
  "observables.self_energy.omega": [0, { from: -0.8, to: 0.8, count: 33 }],
  "observables.spectral": [{ omega: { from: -0.8, to: 0.8, count: 81 }, qz: "integrated" }],
  "observables.spectral.omega": [0, { from: -0.8, to: 0.8, count: 81 }],
  "observables.spectral.qy": [{ from: -1.5, to: 1.5, count: 151 }],
  "observables.spectral.qz": [0, "integrated"],
  "observables.supercell": [{ omega: { from: -2, to: 2, count: 41 }, realisations: 8 }],
  "observables.supercell.omega": [0, { from: -2, to: 2, count: 41 }],
  "observables.supercell.qy": [0.8],
  "observables.supercell.qz": [0],
  "observables.supercell.realisations": [8],
  "observables.supercell.seed": [1],
  charts: [[CHART]],
  "charts.name": ["current"],
  "charts.observable": ["current"],
  "charts.mark": ["line", "point"],
  "charts.x": ["fermi_level", { expression: "24.5*chemical_potential_slope", title: "μ_{CLL} − μ_{FA} (v/a)" }],
  "charts.y": ["charge_current"],
  "charts.x.expression": ["24.5*chemical_potential_slope"],
  "charts.x.title": ["μ_{CLL} − μ_{FA} (v/a)"],
  "charts.y.expression": ["-charge_current"],
  "charts.y.title": ["−⟨J_y⟩ (e v/ħa²)"],
  "charts.color": ["chemical_potential_slope"],
  "charts.detail": ["level"],
  "charts.error": ["charge_current_error"],
  "charts.labels": ["y", { expression: "2*gap" }],
  "charts.labels.expression": ["2*gap"],
  "charts.shape": ["star"],
  "charts.label": ["μ_{F}"],
  "charts.filter": [{ fermi_level: [0, 0.5], mass: { from: -1, to: 1 } }],
  "charts.filter.from": [-1],
  "charts.filter.to": [1],
  "charts.layers": [[{ observable: "formula", mark: "line", x: "fermi_level", y: "charge_current" }]],
  "charts.scales": [{ y: "log" }],
  "charts.scales.x": ["log"],
  "charts.scales.y": ["log"],
  "charts.title": ["Current"],
  "charts.theme": ["aps-single", "slide"],
  "charts.vega_lite": [{ encoding: { y: { scale: { domain: [0, 1] } } } }],
  "charts.panels": [["current", "gap"]],
  "charts.columns": [2],
  "range.from": [-1],
  "range.to": [1],
  "range.count": [41],
};

/** A part of a JSON Schema. */
export type SchemaPart = Record<string, unknown>;

/**
 * Calls a function with every key that a JSON Schema describes.
 *
 * @param schema The schema.
 * @param visit Given the part of a key and its path, without the numbers of lists; layers and panels go by the paths of charts.
 * @param path The path of the schema itself.
 */
export function eachProperty(
  schema: SchemaPart,
  visit: (part: SchemaPart, path: string, owner: SchemaPart) => void,
  path = "",
): void {
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    if (typeof value !== "object" || value === null) continue;
    const full = path === "" ? key : `${path}.${key}`;
    visit(value as SchemaPart, full, schema);
    eachProperty(value as SchemaPart, visit, /^charts\.(layers|panels)$/.test(full) ? "charts" : full);
  }
  const inner = [...(schema.anyOf as SchemaPart[] | undefined) ?? [], schema.items, schema.additionalProperties];
  for (const part of inner) {
    if (typeof part === "object" && part !== null) eachProperty(part as SchemaPart, visit, path);
  }
}

/**
 * Adds an example to every key of a JSON Schema, and a description to every path of a sweep.
 *
 * @param schema The schema; changed in place.
 * @param path The path of the schema itself.
 */
export function annotate(schema: SchemaPart, path = ""): void {
  eachProperty(schema, (part, full) => {
    const swept = /^(?:sweep|zip)\.(.+\..+)$/.exec(full)?.[1];
    if (swept !== undefined) {
      part.description = `Values of ${swept}. ${descriptionWithin(part)}`.trim();
      part.examples = sweptExamples(swept, part);
    } else {
      const examples = EXAMPLES[full];
      if (examples !== undefined) part.examples = examples;
      // The settings of an observable may be null, and are described in the form in which they are not.
      part.description ??= (part.anyOf as SchemaPart[] | undefined)?.find(({ description }) => description)
        ?.description;
    }
  }, path);
}

/** The description of the single values of a list, wherever it stands. */
function descriptionWithin(part: SchemaPart): string {
  if (typeof part.description === "string") return part.description;
  const inner = [...(part.anyOf as SchemaPart[] | undefined) ?? [], part.items];
  return inner.filter((one) => typeof one === "object" && one !== null).map((one) =>
    descriptionWithin(one as SchemaPart)
  )
    .find((text) => text !== "") ?? "";
}

/** Lists, and ranges where there may be any. */
function sweptExamples(path: string, part: SchemaPart): Json[] {
  const values = EXAMPLES[path] ?? [], numbers = values.filter((value) => typeof value === "number");
  const hasRanges = JSON.stringify(part).includes("#/definitions/range");
  const list = numbers.length > 0 ? numbers : values.filter((value) => typeof value === "string");
  const [from, to] = [numbers[0], numbers[numbers.length - 1]];
  return [list, ...hasRanges && from !== to ? [{ from, to, count: 2 }] : []];
}
