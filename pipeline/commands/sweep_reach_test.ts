import { assertEquals } from "@std/assert";
import { parseStudy } from "../study/load.ts";
import { idlePaths, sampledSweep, waysThrough } from "./sweep_reach.ts";
import { flowStudy } from "./studies.ts";

function flowOf(text: string) {
  return flowStudy(parseStudy(`study: a\n${text}`, "a.yaml"));
}

function idle(text: string): string[] {
  const flow = flowOf(text);
  return idlePaths(flow, sampledSweep(flow));
}

Deno.test("a swept value that no observable reads is found", () => {
  assertEquals(idle("observables: { gap: }\nsweep: { baths.fermi_level: [0, 1], model.mass: [0, 1] }"), [
    "baths.fermi_level",
  ]);
  assertEquals(idle("observables: { gap: , current: }\nsweep: { baths.fermi_level: [0, 1], model.mass: [0, 1] }"), []);
  assertEquals(idle("observables: { bands: }\nsweep: { zip: { model.mass: [0, 1], momentum.qy: [8, 16] } }"), [
    "momentum.qy",
  ]);
  assertEquals(idle("observables: { current_limit: }\nsweep: { baths.coupling: [0.1, 1] }"), ["baths.coupling"]);
  assertEquals(idle("observables: { spectral: }\nsweep: { disorder.strength: [0.1, 0.2] }"), ["disorder.strength"]);
  assertEquals(
    idle("observables: { spectral: }\ndisorder: { scheme: fba }\nsweep: { disorder.strength: [0.1, 0.2] }"),
    [],
  );
});

Deno.test("a value counts if it does at any point of the sweep", () => {
  const cutoff = "model.gauge_field.cutoff: [30, 40]",
    profile = (list: string) => `model.gauge_field.profile: [${list}]`;
  const sweep = (...axes: string[]) => `observables: { gap: }\nsweep: { ${axes.join(", ")} }`;
  assertEquals(idle(sweep(cutoff, profile("constant"))), ["model.gauge_field.cutoff"]);
  assertEquals(idle(sweep(cutoff, profile("constant, linear"))), []);
  // Alone, either list of this group would be no study: what cannot be read is not called idle.
  const zip = "zip: { model.sites: [3, 3], model.gauge_field.profile: [table, linear] }";
  assertEquals(idle(`observables: { gap: }\nmodel: { gauge_field: { values: [1, 2, 3] } }\nsweep: { ${zip} }`), []);
});

Deno.test("points that read the same go one way", () => {
  const flow = flowOf(
    "observables: { current: , gap: }\nsweep: { model.mass: { from: 0, to: 1, count: 30 }, baths.fermi_level: { from: 0, to: 1, count: 100 }, momentum.qy: [8, 16, 8] }",
  );
  const sample = sampledSweep(flow), [current, gap] = flow.observables;
  const ways = ({ definition, settings }: typeof current) =>
    definition.steps.map((_, i) => waysThrough(definition, settings, i + 1, sample));
  // The slab follows from the mass, its momenta from the grid too, of which there are two, and the current from the baths besides.
  assertEquals(ways(current), [30, 60, 6000]);
  assertEquals(ways(gap), [30, 60, 60]);
});

Deno.test("a million points are judged by a few", () => {
  const axes = ["model.mass", "baths.fermi_level", "baths.chemical_potential_slope"].map((path) =>
    `${path}: { from: 0, to: 0.1, count: 100 }`
  );
  const flow = flowOf(`observables: { current: }\nsweep: { ${axes.join(", ")} }`), sample = sampledSweep(flow);
  assertEquals([sample.points.length, idlePaths(flow, sample)], [64, []]);
});
