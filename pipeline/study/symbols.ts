/**
 * People write the symbols of the paper, or the words of other programs, where a study has names: a table of what they mean, for hints.
 *
 * @module
 */

/** What is written, in lower case, and the key or dotted path that is meant. */
const MEANT: Readonly<Record<string, string>> = {
  l: "model.sites",
  n_sites: "model.sites",
  layers: "model.sites",
  thickness: "model.sites",
  v: "model.velocity",
  m: "model.mass",
  lambda: "model.hopping",
  a5: "model.gauge_field.amplitude",
  xi: "model.gauge_field.cutoff",
  formula: "model.gauge_field.expression",
  table: "model.gauge_field.values",
  n: "momentum.qy",
  grid: "momentum",
  gamma: "baths.coupling",
  mu: "baths.fermi_level",
  mu_f: "baths.fermi_level",
  beta: "baths.inverse_temperature",
  beta_0: "baths.inverse_temperature",
  beta0: "baths.inverse_temperature",
  t: "baths.inverse_temperature",
  temperature: "baths.inverse_temperature",
  kappa: "disorder.strength",
  eta: "disorder.broadening",
  normalization: "disorder.normalisation",
  name: "study",
  observable: "observables",
  plots: "charts",
  figures: "charts",
  include: "extends",
  base: "extends",
  start: "from",
  min: "from",
  stop: "to",
  end: "to",
  max: "to",
  num: "count",
  points: "count",
  steps: "count",
  step: "count",
  type: "mark",
  kind: "mark",
  colour: "color",
  hue: "color",
};

/**
 * Returns the key or path that a symbol or a word stands for where it was written, or undefined if it is none.
 *
 * @param key What was written.
 * @param known The keys that are allowed there.
 * @param elsewhere Dotted paths that are allowed in other places.
 */
export function meantBy(key: string, known: readonly string[], elsewhere: readonly string[]): string | undefined {
  const word = key.toLowerCase(), meant = Object.hasOwn(MEANT, word) ? MEANT[word] : undefined;
  if (meant === undefined) return undefined;
  const end = meant.slice(meant.lastIndexOf(".") + 1);
  return known.find((name) => name === meant || name === end) ?? elsewhere.find((path) => path === meant);
}
