/**
 * How each column is written on an axis: quantity, symbol and unit of the paper, so that no chart shows a program's names.
 *
 * The symbols are plain text with `_x`, `_{xy}`, `^x`, `^{xy}`: legible raw in the Vega editor, typeset in the SVG. Units
 * are formed from the velocity v, the lattice constant a, e and ħ, of which the program sets all but v to 1.
 *
 * @module
 */

/** The words, symbol and unit of one column; a unit of "" is a pure number. */
export interface Notation {
  /** What it is, in words with a capital. */
  readonly quantity: string;
  /** Its symbol with markup, "" if it has none. */
  readonly symbol: string;
  /** Its unit. */
  readonly unit: string;
}

const energy = "v/a";
const current = "e v/ħa²";
const energyCurrent = "v²/ħa³";

/** One line a column: [quantity, symbol, unit]. */
const table: Readonly<Record<string, readonly [string, string, string]>> = {
  // What may be swept.
  sites: ["Number of sites", "L", ""],
  velocity: ["Velocity", "v", ""],
  mass: ["Mass", "m", energy],
  hopping: ["Hopping", "λ", energy],
  amplitude: ["Gauge field", "A^5", energy],
  cutoff: ["Gauge-field range", "ξ", "a"],
  coupling: ["Bath coupling", "Γ", energy],
  fermi_level: ["Fermi level", "μ_F", energy],
  chemical_potential_slope: ["Potential slope", "Δμ/Δx", "v/a²"],
  inverse_temperature: ["Inverse temperature", "β_0", "a/v"],
  // The paper multiplies this slope by l/L, a pure number, so it carries the unit of β and not that of β/x.
  inverse_temperature_slope: ["Inverse-temperature slope", "Δβ/Δx", "a/v"],
  strength: ["Disorder strength", "κ", "v²"],
  broadening: ["Broadening", "η", energy],
  mu_fa: ["Fermi-arc potential", "μ_{FA}", energy],
  mu_cll: ["Landau-level potential", "μ_{CLL}", energy],
  beta_fa: ["Fermi-arc inverse temperature", "β_{FA}", "a/v"],
  beta_cll: ["Landau-level inverse temperature", "β_{CLL}", "a/v"],
  // What the observables give.
  qy: ["Momentum", "q_y", "1/a"],
  qz: ["Momentum", "q_z", "1/a"],
  omega: ["Frequency", "ω", energy],
  band: ["Band", "n", ""],
  level: ["Level", "n", ""],
  energy: ["Energy", "E", energy],
  mean_position: ["Mean position", "⟨x⟩", "a"],
  chirality: ["Chirality", "⟨S⟩", ""],
  state: ["State", "", ""],
  site: ["Site", "l", ""],
  density: ["Probability density", "|ψ|²", ""],
  gap: ["Lowest energy", "E_{min}", energy],
  order: ["Formula", "", ""],
  opening: ["Opening of the gap", "", ""],
  orbital: ["Orbital", "ν", ""],
  re: ["Self-energy", "Re Σ^R", energy],
  im: ["Self-energy", "Im Σ^R", energy],
  intensity: ["Spectral function", "A", "a/v"],
  intensity_error: ["Error of spectral function", "δA", "a/v"],
  spread: ["Spread of spectral function", "σ_A", "a/v"],
  width: ["Linewidth", "−2 Im⟨Σ^R⟩", energy],
  charge_current: ["Current", "⟨J_y⟩", current],
  charge_current_error: ["Error of current", "δ⟨J_y⟩", current],
  energy_current: ["Energy current", "⟨J_y^E⟩", energyCurrent],
  energy_current_error: ["Error of energy current", "δ⟨J_y^E⟩", energyCurrent],
  charge_by_potential: ["Response", "∂⟨J_y⟩/∂μ_l", "e/ħa"],
  charge_by_temperature: ["Response", "∂⟨J_y⟩/∂T_l", "e k_B/ħa"],
  energy_by_potential: ["Response", "∂⟨J_y^E⟩/∂μ_l", "v/ħa²"],
  energy_by_temperature: ["Response", "∂⟨J_y^E⟩/∂T_l", "k_B v/ħa²"],
  branch: ["Branch", "", ""],
  form: ["Form", "", ""],
};

/** Columns whose name means something else in some observables. */
const formula: typeof table = {
  cutoff: ["Momentum cutoff", "Λ", "1/a"],
  cutoff_error: ["Error of cutoff", "δΛ", "1/a"],
};
const gridCounts: typeof table = {
  qy: ["Grid points", "N_y", ""],
  qz: ["Grid points", "N_z", ""],
};
const momentumResolved: ReadonlySet<string> = new Set([
  "bands",
  "continuum",
  "continuum_density",
  "density",
  "spectral",
  "supercell",
  "linewidth",
]);

/** How the values of label columns are written, after the paper's abbreviations. */
const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  order: { first: "expanded", ultraviolet: "Λ → ∞" },
  state: { fa: "FA", cll: "CLL" },
  scheme: { none: "clean", fba: "FBA", scba: "SCBA" },
  branch: { fa: "FA", fa_far: "far FA", cll: "CLL", landau: "LL" },
};

/**
 * Returns how a column is written. A whole path such as `baths.fermi_level` is looked up by its last part; a column that
 * the table does not know is written as its own name in words, without symbol or unit.
 *
 * @param column The column's name in the table of results.
 * @param observable The observable whose table it is; `qy` is a momentum in `bands` and a number of points in `current`.
 */
export function notationOf(column: string, observable: string): Notation {
  const isPath = column.includes(".");
  const name = column.slice(column.lastIndexOf(".") + 1);
  const isMomentum = !isPath && momentumResolved.has(observable);
  const entry = (observable === "formula" && !isPath ? own(formula, name) : undefined) ??
    (isMomentum ? undefined : own(gridCounts, name)) ?? own(table, name);
  if (entry !== undefined) return { quantity: entry[0], symbol: entry[1], unit: entry[2] };
  const words = name.replaceAll("_", " ").trim();
  return { quantity: words.charAt(0).toUpperCase() + words.slice(1), symbol: "", unit: "" };
}

/**
 * Returns how the values of a label column are written, as pairs from value to label; values that are not in it stand for
 * themselves.
 *
 * @param column The column's name, or its whole path.
 */
export function valueLabels(column: string): Readonly<Record<string, string>> {
  return own(labels, column.slice(column.lastIndexOf(".") + 1)) ?? {};
}

/**
 * Returns an axis title such as `Current ⟨J_y⟩ (10⁻³ e v/ħa²)`.
 *
 * @param notation What to write.
 * @param exponent The power of ten by which the labels of the axis are divided; 0 leaves it out.
 * @param form `full` has quantity and symbol, `short` the symbol alone where there is one.
 */
export function titleOf(notation: Notation, exponent: number, form: "full" | "short"): string {
  const { quantity, symbol, unit } = notation;
  const power = exponent === 0 ? "" : `10${superscript(exponent)}`;
  const scale = [power, unit].filter((part) => part !== "").join(" ");
  const words = form === "short" && symbol !== "" ? [symbol] : [quantity, symbol];
  return [...words, scale === "" ? "" : `(${scale})`].filter((part) => part !== "").join(" ");
}

/**
 * Returns what a title written by hand says, such as `μ_F − μ_0 (v/a)`: its unit is what stands in parentheses at the end.
 *
 * @param title The title, with markup.
 */
export function readTitle(title: string): Notation {
  const [, quantity, unit] = /^(.*\S)\s+\(([^()]+)\)$/.exec(title) ?? [undefined, title, ""];
  return { quantity, symbol: "", unit };
}

/**
 * Returns an integer in Unicode superscripts, which read the same raw and typeset.
 *
 * @param integer The integer.
 */
export function superscript(integer: number): string {
  return [...String(integer)].map((c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]).join("");
}

/** Returns a record's own member, so that a column called `constructor` finds nothing. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
