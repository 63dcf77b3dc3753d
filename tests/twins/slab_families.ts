/**
 * Slabs and momenta at which levels meet: the places where a solver's basis is arbitrary, vectors are lost, or a formula divides zero by zero.
 *
 * @module
 */

import fc from "fast-check";
import type { SlabParameters } from "./slab.ts";
import { momentum, slab } from "./slab_arbitrary.ts";

/** A slab and a momentum at which to look at it. */
export interface Case {
  readonly parameters: SlabParameters;
  readonly qy: number;
  readonly qz: number;
}

type Change = (value: Case) => Case;

const change = (parameters: Partial<SlabParameters>): Change => (value) => ({
  ...value,
  parameters: { ...value.parameters, ...parameters },
});

const field = (profile: (amplitude: number, l: number, sites: number) => number): Change => (value) => {
  const { sites, chiralGaugeField: [amplitude] } = value.parameters;
  return change({ chiralGaugeField: Float64Array.from({ length: sites }, (_, l) => profile(amplitude, l, sites)) })(
    value,
  );
};

/** What makes a random case special, by name; `generic` leaves it as it is, rough gauge field and all. */
export const FAMILIES: { readonly [name: string]: Change } = {
  generic: (value) => value,
  "linear A⁵": field((a, l, sites) => a * (1 - l / sites)),
  "linear A⁵ ending inside the slab": field((a, l, sites) => Math.max(0, a * (1 - 2 * l / sites))),
  "constant A⁵": field((a) => a),
  "A⁵ = 0": field(() => 0),
  "m = 0": change({ mass: 0 }),
  "v = 0": change({ velocity: 0 }),
  "λ = 0": change({ hopping: 0 }),
  "λ = v/2": (value) => change({ hopping: value.parameters.velocity / 2 })(value),
  "λ = −v/2": (value) => change({ hopping: -value.parameters.velocity / 2 })(value),
  "A⁵ = 0 and λ = v/2": (value) => FAMILIES["A⁵ = 0"](FAMILIES["λ = v/2"](value)),
  "A⁵ = m = 0": (value) => FAMILIES["A⁵ = 0"](FAMILIES["m = 0"](value)),
  "v = λ = 0": change({ velocity: 0, hopping: 0 }),
  "v = λ = 0 and constant A⁵": (value) => FAMILIES["constant A⁵"](FAMILIES["v = λ = 0"](value)),
  "q_y = 0": (value) => ({ ...value, qy: 0 }),
  "q_z = 0": (value) => ({ ...value, qz: 0 }),
  "q_y = π": (value) => ({ ...value, qy: Math.PI }),
  "q = 0 and A⁵ = 0": (value) => FAMILIES["A⁵ = 0"]({ ...value, qy: 0, qz: 0 }),
  "q_z = 0 and A⁵ = 0": (value) => FAMILIES["A⁵ = 0"]({ ...value, qz: 0 }),
  "q_y = 0, M = 0 and A⁵ = 0": (value) => {
    const { hopping } = value.parameters, mass = 2 * hopping * (Math.cos(value.qz) + 1) - 6 * hopping;
    return FAMILIES["A⁵ = 0"](change({ mass })({ ...value, qy: 0 }));
  },
  "all zero": (value) => change({ velocity: 0, mass: 0, hopping: 0 })(FAMILIES["A⁵ = 0"](value)),
  "all zero but v": (value) => change({ mass: 0, hopping: 0 })(FAMILIES["A⁵ = 0"](value)),
};

/** Returns random members of a family, `least` to `most` sites. */
export function family(name: string, least: number, most: number): fc.Arbitrary<Case> {
  return fc.record({ parameters: slab(least, most), qy: momentum(), qz: momentum() }).map(FAMILIES[name]);
}
