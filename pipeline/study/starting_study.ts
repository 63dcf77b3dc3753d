/**
 * The study that newcomers begin with: it says everything that a slab, its baths and its momenta have, with units, so that it can be changed without a manual.
 *
 * @module
 */

/**
 * A study that runs in a few seconds and draws one figure.
 *
 * @param name Its name.
 * @param schema The path of the JSON Schema from the study's folder, for editors.
 * @param file The path of the study, for the command in its first lines.
 * @returns The text of the file.
 */
export function startingStudy(name: string, schema: string, file: string): string {
  return `# yaml-language-server: $schema=${schema}
# Run it:  deno task pipeline ${file}
# Units: ħ = e = k_B = lattice constant a = 1. Energies are in v/a, lengths in a, currents in e v/(ħa²).
# Every key but study and observables may be left out; what stands here is then what holds, unless it says otherwise.

study: ${name}                     # names outputs/${name}/
title: Current of ${name} against the Fermi level   # the heading of the report

model:                            # the slab on a lattice, Eq. (2)
  sites: 50                       # L: sites in x, the open direction, 2 … 1000
  velocity: 1                     # v (energy × a)
  mass: 0                         # m (energy): the gap opens around -1.2
  hopping: -1                     # λ (energy)
  gauge_field:                    # A⁵(x), the axial field that strain makes (energy)
    profile: linear               # linear: amplitude·(1 - x/cutoff), 0 beyond; or constant, table, expression
    amplitude: 1.6                # A⁵ at x = 0 (energy); of profiles linear and constant
    cutoff: 50                    # ξ (a): where the linear profile comes to 0
    # values: [1.6, 1.5]          # of profile table: one a site (energy)
    # expression: 1.6*exp(-x/10)  # of profile expression: a formula in x and L

momentum:                         # the grid over the Brillouin zone, q in 1/a
  qy: 64                          # points along q_y
  qz: 64                          # points along q_z
  rule: midpoint                  # or gauss-legendre (closer at the same cost), or adaptive (as close as tolerance says)
  # tolerance: 1e-5               # of rule adaptive: the largest error of the charge current

baths:                            # one at each site, Eqs. (5) and (6)
  coupling: 0                     # Γ (energy): 0 is the limit of Eq. (6), above 0 is Eq. (5)
  # fermi_level: 0                # μ_F (energy), the mean of μ over the sites: swept below
  # chemical_potential_slope: 0.01  # dμ/dx (energy/a), which drives the current: swept below
  inverse_temperature: 1          # β₀ (1/energy), at the first site
  inverse_temperature_slope: 0    # β_l = β₀ + slope·l/L (1/energy)

disorder:                         # read by self_energy, spectral, linewidth, and by current where the coupling is above 0
  scheme: none                    # or fba, the first Born approximation, or scba, the self-consistent one
  strength: 0.02                  # κ (a number)
  broadening: 0.05                # η (energy)
  normalisation: printed          # ∫dq as the paper prints it; or brillouin-zone: divided by (2π)²

sweep:                            # what varies: lists or ranges of any value above by its path; all combinations
  baths.chemical_potential_slope: [0.005, 0.01, 0.02]
  baths.fermi_level: { from: -1, to: 1, count: 21 }

observables:                      # what is computed, one table each: bands, gap, current_profile, … (README.md)
  current: {}                     # charge and energy current along y, with estimates of their errors

charts:                           # what is drawn: columns of the tables
  - name: current                 # names current.svg, .pdf, .png
    observable: current           # which table
    mark: line                    # or point, area, bar, rect, rule
    x: fermi_level
    y: charge_current
    color: chemical_potential_slope   # a line for each of its values
`;
}
