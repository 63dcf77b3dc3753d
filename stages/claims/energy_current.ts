/**
 * What the paper says of the energy current, Appendix B: the two-band model against the lattice.
 *
 * @module
 */
import { ultravioletEnergyCurrent } from "../formula/transport_formula.ts";
import { type Claim, written } from "./claim.ts";
import { cleanCurrents, isNeutral, isTemperatureDriven, NOISE, TEMPERATURE } from "./currents.ts";
import type { Evidence } from "./evidence.ts";
import { formulaCases } from "./formula_cases.ts";
import { largest } from "./extremes.ts";
import { hasLandauLevel } from "./slab_facts.ts";

/** The energy current of a temperature gradient at μ_F = 0. */
interface EnergyCurrents {
  readonly beta: number;
  /** −⟨J_y^E⟩: Appendix B counts energy along the velocity, ½{H, J_y} along the current of the negative charge. */
  readonly lattice: number;
  /** (B1) with the cutoff. */
  readonly formula: number;
  /** Its limit Λ → ∞. */
  readonly limit: number;
}

/** The points at which the study has both, from hot to cold. */
function compared(evidence: Evidence): EnergyCurrents[] {
  const formulas = new Map(formulaCases(evidence, "exact").map((one) => [one.row.apartFrom(), one]));
  return cleanCurrents(evidence).flatMap((row): EnergyCurrents[] => {
    const one = formulas.get(row.apartFrom());
    if (one === undefined || !hasLandauLevel(one.slab) || !isTemperatureDriven(row) || !isNeutral(row)) return [];
    const lattice = -row.number("energy_current"), model = { gaugeField: one.slab.field, velocity: one.slab.velocity };
    if (Math.abs(lattice) <= NOISE && Math.abs(one.energy) <= NOISE) return [];
    return [{
      beta: Number(row.at(TEMPERATURE)),
      lattice,
      formula: one.energy,
      limit: ultravioletEnergyCurrent(model, one.baths),
    }];
  }).sort((a, b) => a.beta - b.beta);
}

/** How unlike two numbers are: 0 if they are equal, 2/3 for a factor of two either way, 2 if their signs differ. */
function unlikeness(a: number, b: number): number {
  return Math.abs(a - b) / (Math.abs(a) / 2 + Math.abs(b) / 2);
}

const latticeEnergyCurrent: Claim = {
  id: "lattice-energy-current",
  claim: "With the cutoff, (B1) is the energy current that a temperature gradient drives on the lattice.",
  source: "Appendix B: “the cutoff dependency is crucial for explaining the lattice calculations”",
  quantity: "largest |a − b|/½(|a| + |b|) of a = −⟨J_y^E⟩ of the lattice and b = (B1), at μ_F = 0",
  // A factor of two: the cutoff is one number for all temperatures, and made for the charge current.
  bound: { most: 2 / 3 },
  measure(evidence) {
    const found = compared(evidence);
    if (found.length === 0) return undefined;
    const shares = [found[0], ...found.length > 1 ? [found.at(-1)!] : []].map(({ beta, lattice, formula }) =>
      `${written(lattice / formula)} at β = ${written(beta)}`
    );
    return {
      value: largest(found.map(({ lattice, formula }) => unlikeness(lattice, formula))),
      limits: `opposite in sign, as Appendix B counts energy along the velocity; −lattice/(B1) is ${shares.join(", ")}`,
    };
  },
};

const cutoffMatters: Claim = {
  id: "energy-cutoff",
  claim: "Without the cutoff the formula is not the energy current of the lattice.",
  source: "Appendix B: “the extra contribution must be carefully included”",
  quantity: "largest |a − b|/½(|a| + |b|) of a = −⟨J_y^E⟩ of the lattice and b = (B1) for Λ → ∞, at μ_F = 0",
  // More than the factor of two that (B1) itself is given.
  bound: { least: 2 / 3 },
  measure(evidence) {
    const found = compared(evidence);
    return found.length === 0
      ? undefined
      : { value: largest(found.map(({ lattice, limit }) => unlikeness(lattice, limit))) };
  },
};

/** The claims. */
export const energyCurrentClaims: readonly Claim[] = [latticeEnergyCurrent, cutoffMatters];
