/**
 * Self-energies that are diagonal in site and orbital, taken apart into 1, τ_z, σ_z and τ_z σ_z, which are what a site's block has in the basis of the recursion.
 *
 * @module
 */
import { type OrbitalDiagonal, ORBITALS } from "./recursion.ts";

/**
 * Takes Σ^R apart.
 *
 * @param selfEnergy Σ^R, shape `[site][orbital]`.
 * @param sites L.
 * @param dressing Receives real and imaginary parts of what stands before 1, τ_z, σ_z and τ_z σ_z, shape `[site][8]`.
 * @throws {RangeError} If there is not one value for each site and orbital.
 */
export function writeDressing(selfEnergy: OrbitalDiagonal, sites: number, dressing: Float64Array): void {
  writeParts(selfEnergy.re, sites, dressing, 0, 2);
  writeParts(selfEnergy.im, sites, dressing, 1, 2);
}

/**
 * Takes Σ^< apart.
 *
 * @param lesser Im Σ^<, shape `[site][orbital]`.
 * @param sites L.
 * @param filling Receives what stands before 1, τ_z, σ_z and τ_z σ_z, shape `[site][4]`.
 * @throws {RangeError} If there is not one value for each site and orbital.
 */
export function writeFilling(lesser: Float64Array, sites: number, filling: Float64Array): void {
  writeParts(lesser, sites, filling, 0, 1);
}

function writeParts(values: Float64Array, sites: number, parts: Float64Array, first: number, step: number): void {
  const states = ORBITALS * sites;
  if (values.length !== states) {
    throw new RangeError(`Cannot set the self-energy: it has ${values.length} values for ${states} orbitals`);
  }
  for (let i = 0; i < states; i += ORBITALS) {
    const lUp = values[i] / 4, lDown = values[i + 1] / 4, rUp = values[i + 2] / 4, rDown = values[i + 3] / 4;
    const at = step * i + first;
    parts[at] = lUp + lDown + rUp + rDown;
    parts[at + step] = lUp + lDown - rUp - rDown;
    parts[at + 2 * step] = lUp - lDown + rUp - rDown;
    parts[at + 3 * step] = lUp - lDown - rUp + rDown;
  }
}
