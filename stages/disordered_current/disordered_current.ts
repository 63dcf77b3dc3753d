/**
 * The current of a slab with baths and disorder as a stage that refines: each bath setting asks for the frequencies that its own integral needs, and all share the responses that
 * were found there for any of them.
 *
 * With T_l(−ω) = T_l(ω) (particle–hole symmetry) and Σ_l T_l = 0
 *
 *     charge: ⟨J_y⟩ = ∫_0^∞ dω/2π Σ_l T_l(ω) [F(ω − μ_l) − F(ω + μ_l)]
 *     energy: ⟨J_y^E⟩ = ∫_0^∞ dω/2π Σ_l ω T_l(ω) [F(ω − μ_l) + F(ω + μ_l)],  F(x) = 1/(exp(β_l x) + 1),
 *
 * the energy being that at which electrons come and go, as in Eq. (5) without disorder. The half filled states that are left out here carry nothing in total, and are in the profile.
 *
 * @module
 */
import type { RefineStage, Stage } from "../../pipeline/dataflow/stage.ts";
import { type BathParameters, baths } from "../current/baths.ts";
import { auditCurrent, type Current } from "../current/current.ts";
import { auditProfile, type CurrentProfile } from "../current/current_profile.ts";
import { momentumError, SHARE } from "../current/momentum_error.ts";
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { bornScale, type DisorderStrength } from "../spectral/self_energy.ts";
import { FrequencyPanels, type Wish } from "./frequency_panels.ts";
import { DisorderedSlab, type FrequencyResponse, type Scheme } from "./frequency_response.ts";
import { RULES } from "./zone_response.ts";

/** What a response reads besides the slab. */
export interface DisorderedSlabParameters {
  /** The grid. */
  readonly momentum: MomentumGrid;
  /** Γ_l, shape `[site]`. */
  readonly coupling: readonly number[];
  /** κ, the normalisation and the scheme; no κ where there is no disorder. */
  readonly disorder: { readonly scheme: "none" } | DisorderStrength & { readonly scheme: "fba" | "scba" };
}

/** A frequency and what its response reads. */
export interface FrequencyResponseParameters extends DisorderedSlabParameters {
  /** ω. */
  readonly omega: number;
}

/** What the current reads at a point of a study. */
export interface DisorderedCurrentParameters extends DisorderedSlabParameters {
  /** L. */
  readonly sites: number;
  /** The baths. */
  readonly baths: BathParameters;
  /** Whether each site's term is wanted, half filled states included: they take frequencies beyond those that are thermally excited. */
  readonly profile: boolean;
}

/** The current, with the term of each site where it was wanted. */
export type DisorderedCurrent = Current & Partial<Pick<CurrentProfile, "chargeProfile">>;

/** The stage `spectral`, as far as the current at one frequency answers to the baths. */
export const frequencyResponseStage: Stage<FrequencyResponseParameters, [Slab], FrequencyResponse> = {
  kind: "map",
  name: "spectral",
  task: "response",
  module: import.meta.url,
  export: "frequencyResponseStage",
  format: "arrays",
  place: "worker",
  run: ({ omega, momentum, coupling, disorder }, [slab], pulse) =>
    new DisorderedSlab(slab, momentum, Float64Array.from(coupling)).response(omega, schemeOf(disorder), pulse),
  audit({ response }, { omega }) {
    if (response.every(Number.isFinite)) return;
    throw new Error(`Cannot accept the response at omega = ${omega}: it is not finite`);
  },
};

function schemeOf(disorder: DisorderedSlabParameters["disorder"]): Scheme {
  if (disorder.scheme === "none") return { scheme: "none", scale: 0 };
  return { scheme: disorder.scheme, scale: bornScale(disorder) };
}

/** Of the sum of |integrand| over the frequencies: what Gauss's rule may be off by, which Kronrod's then is by far less. */
const TOLERANCE = 1e-3;

/** T_l is good to about this share of itself, and integrals of less than that cannot be made better. */
const NOISE = 1e-8;

/** The places of the numbers that are integrated: both currents by four rules, their sizes, and what their terms would add up to if none cancelled; then the profile. */
const CHARGE = 0, ENERGY = 4, CHARGE_SIZE = 8, ENERGY_SIZE = 9, MAGNITUDE = 10, ENERGY_MAGNITUDE = 11, PROFILE = 12;

function numbersOf({ sites, profile }: DisorderedCurrentParameters): number {
  return PROFILE + (profile ? sites : 0);
}

/** The stage `current` with disorder, at a finite coupling. */
export const disorderedCurrentStage: RefineStage<
  DisorderedCurrentParameters,
  FrequencyResponse,
  DisorderedCurrent
> = {
  kind: "refine",
  name: "current",
  task: "disordered",
  module: import.meta.url,
  export: "disorderedCurrentStage",
  format: "arrays",
  width: 256,

  begin(parameters) {
    const { momentum, coupling, disorder, sites, profile } = parameters, size = numbersOf(parameters);
    const panels = new FrequencyPanels(size, (totals) => wishes(totals, profile));
    return {
      wanted: () =>
        panels.frequencies.map((omega) => ({
          task: {
            stage: frequencyResponseStage,
            parameters: { omega, momentum: { ...momentum }, coupling, disorder: { ...disorder } },
          },
          question: null,
          size,
        })),
      take(answers) {
        panels.take(answers);
      },
      finish() {
        const { totals, errors } = panels, share = SHARE[momentum.rule ?? "midpoint"];
        const error = (at: number, part: number): number => {
          const [value, y, z, both] = totals.subarray(at, at + 4);
          return momentumError(value, { y, z, both }, part) + errors[at];
        };
        return {
          charge: totals[CHARGE],
          chargeError: error(CHARGE, share.charge),
          energy: totals[ENERGY],
          energyError: error(ENERGY, share.energy),
          magnitude: totals[MAGNITUDE],
          ...profile ? { chargeProfile: totals.slice(PROFILE, PROFILE + sites) } : {},
        };
      },
    };
  },

  partial(asked, response) {
    const answers = asked.map(({ parameters }) => integrand(response, parameters));
    const all = new Float64Array(answers.reduce((length, answer) => length + answer.length, 0));
    let start = 0;
    for (const answer of answers) {
      all.set(answer, start);
      start += answer.length;
    }
    return all;
  },

  audit(current) {
    auditCurrent(current);
    if (current.chargeProfile !== undefined) auditProfile({ ...current, chargeProfile: current.chargeProfile });
  },
};

/** The numbers that are integrated, at one frequency. */
function integrand({ omega, response }: FrequencyResponse, parameters: DisorderedCurrentParameters): Float64Array {
  const { sites } = parameters, { chemicalPotential, inverseTemperature } = baths(parameters.baths, sites);
  const numbers = new Float64Array(numbersOf(parameters));
  for (let l = 0; l < sites; l++) {
    const mu = chemicalPotential[l], beta = inverseTemperature[l];
    const particles = fermi(beta * (omega - mu)), holes = fermi(beta * (omega + mu));
    const charge = (particles - holes) / (2 * Math.PI), energy = omega * (particles + holes) / (2 * Math.PI);
    for (let rule = 0; rule < RULES.length; rule++) {
      const fed = response[rule * sites + l];
      numbers[CHARGE + rule] += fed * charge;
      numbers[ENERGY + rule] += fed * energy;
    }
    numbers[MAGNITUDE] += Math.abs(response[l] * charge);
    numbers[ENERGY_MAGNITUDE] += Math.abs(response[l] * energy);
    if (parameters.profile) numbers[PROFILE + l] = response[l] * (1 / (2 * Math.PI) + charge);
  }
  numbers[CHARGE_SIZE] = Math.abs(numbers[CHARGE]);
  numbers[ENERGY_SIZE] = Math.abs(numbers[ENERGY]);
  return numbers;
}

function fermi(x: number): number {
  return 1 / (Math.exp(x) + 1);
}

function wishes(totals: Float64Array, profile: boolean): Wish[] {
  const most = (size: number, magnitude: number): number =>
    Math.max(TOLERANCE * totals[size], NOISE * totals[magnitude]);
  const largest = totals.subarray(PROFILE).reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  return [
    { index: CHARGE, most: most(CHARGE_SIZE, MAGNITUDE) },
    { index: ENERGY, most: most(ENERGY_SIZE, ENERGY_MAGNITUDE) },
    ...profile
      ? Array.from({ length: totals.length - PROFILE }, (_, l) => ({ index: PROFILE + l, most: TOLERANCE * largest }))
      : [],
  ];
}
