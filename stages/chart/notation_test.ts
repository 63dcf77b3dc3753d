import { assertEquals } from "@std/assert";
import { notationOf, titleOf, valueLabels } from "./notation.ts";

/** The columns of the contract, by observable. */
const columns: Readonly<Record<string, readonly string[]>> = {
  bands: ["qy", "qz", "band", "energy", "mean_position", "chirality"],
  density: ["state", "qy", "qz", "energy", "site", "density"],
  continuum: ["branch", "level", "qy", "energy"],
  continuum_density: ["form", "state", "qy", "qz", "energy", "site", "density"],
  gap: ["gap"],
  self_energy: ["omega", "site", "orbital", "re", "im"],
  spectral: ["omega", "qy", "intensity"],
  supercell: ["omega", "qy", "intensity", "intensity_error", "spread"],
  linewidth: ["omega", "state", "qy", "width"],
  current: ["charge_current", "charge_current_error", "energy_current", "energy_current_error"],
  current_profile: ["site", "charge_current"],
  current_by_branch: ["branch", "charge_current"],
  response: [
    "site",
    "charge_by_potential",
    "charge_by_temperature",
    "energy_by_potential",
    "energy_by_temperature",
  ],
  formula: ["charge_current", "energy_current", "cutoff", "cutoff_error"],
};

const paths = [
  ["model.sites", "Number of sites L"],
  ["model.velocity", "Velocity v"],
  ["model.mass", "Mass m (v/a)"],
  ["model.hopping", "Hopping λ (v/a)"],
  ["model.gauge_field.amplitude", "Gauge field A^5 (v/a)"],
  ["model.gauge_field.cutoff", "Gauge-field range ξ (a)"],
  ["momentum.qy", "Grid points N_y"],
  ["momentum.qz", "Grid points N_z"],
  ["baths.coupling", "Bath coupling Γ (v/a)"],
  ["baths.fermi_level", "Fermi level μ_F (v/a)"],
  ["baths.chemical_potential_slope", "Potential slope Δμ/Δx (v/a²)"],
  ["baths.inverse_temperature", "Inverse temperature β_0 (a/v)"],
  ["baths.inverse_temperature_slope", "Inverse-temperature slope Δβ/Δx (a/v)"],
  ["disorder.strength", "Disorder strength κ (v²)"],
  ["disorder.broadening", "Broadening η (v/a)"],
];

Deno.test("every column of the contract has a notation of its own", () => {
  for (const [observable, names] of Object.entries(columns)) {
    for (const name of names) {
      const { quantity, symbol } = notationOf(name, observable);
      const words = name.replaceAll("_", " ");
      assertEquals([name, symbol !== "" || quantity.toLowerCase() === words], [name, true]);
    }
  }
});

Deno.test("a swept path is written alike by its whole name and its last part", () => {
  for (const [path, title] of paths) {
    const name = path.slice(path.lastIndexOf(".") + 1);
    assertEquals(titleOf(notationOf(path, "bands"), 0, "full"), title);
    assertEquals(titleOf(notationOf(name, "current"), 0, "full"), title);
  }
});

Deno.test("a name that means two things is written by its observable", () => {
  assertEquals(notationOf("qy", "bands").symbol, "q_y");
  assertEquals(notationOf("qy", "current").symbol, "N_y");
  assertEquals(notationOf("cutoff", "formula").symbol, "Λ");
  assertEquals(notationOf("cutoff", "current").symbol, "ξ");
  assertEquals(notationOf("model.gauge_field.cutoff", "formula").symbol, "ξ");
});

Deno.test("an unknown column is written in words", () => {
  assertEquals(notationOf("my_new.column_name", "current"), { quantity: "Column name", symbol: "", unit: "" });
  assertEquals(notationOf("constructor", "current").quantity, "Constructor");
  assertEquals(valueLabels("constructor"), {});
});

Deno.test("titleOf writes powers of ten before the unit", () => {
  const current = notationOf("charge_current", "current");
  assertEquals(titleOf(current, -3, "full"), "Current ⟨J_y⟩ (10⁻³ e v/ħa²)");
  assertEquals(titleOf(current, 12, "short"), "⟨J_y⟩ (10¹² e v/ħa²)");
  assertEquals(titleOf(notationOf("chirality", "bands"), -6, "full"), "Chirality ⟨S⟩ (10⁻⁶)");
  assertEquals(titleOf(notationOf("branch", "current_by_branch"), 0, "short"), "Branch");
});
