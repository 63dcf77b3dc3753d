import { assert, assertEquals, assertMatch } from "@std/assert";
import { observableWork, tableRows } from "../../stages/cost.ts";
import { columnsOf } from "../study/columns.ts";
import { parseStudy } from "../study/load.ts";
import { OBSERVABLES } from "../study/observables.ts";
import { availableMemory, type Estimate, estimate, foresight } from "./estimate.ts";
import { flowStudy } from "./studies.ts";
import { sampledSweep } from "./sweep_reach.ts";

function estimateOf(text: string): Estimate {
  const { study, ...rest } = parseStudy(`study: a\n${text}`, "a.yaml"), flow = flowStudy({ study, ...rest });
  return estimate(flow, sampledSweep(flow), (observable) => columnsOf(study, observable).length);
}

const KNOWN = { workers: 1, memory: 2 ** 32, unlimited: false };

Deno.test("every observable has a cost: one that is new needs a line in stages/cost.ts", () => {
  const needed: Record<string, string> = {
    gap_opening: "sweep: { model.mass: { from: -2, to: 0, count: 5 } }\n",
    supercell: "model: { sites: 8 }\nmomentum: { qy: 8, qz: 8 }\n",
  };
  for (const name of Object.keys(OBSERVABLES)) {
    const flow = flowStudy(parseStudy(`study: a\n${needed[name] ?? ""}observables: { ${name}: }`, "a"));
    const { observables } = flow;
    const [point] = sampledSweep(flow).points, [{ definition, settings }] = observables;
    const works = observableWork(name, settings, point);
    // Self-energies without disorder are nothing.
    const isFree = name === "self_energy";
    assertEquals(works.length > 0, !isFree, name);
    for (const { seconds, steps } of works) assert(seconds > 0 && steps >= 1 && steps <= definition.steps.length, name);
    assert(tableRows(name, settings, point) >= 1, name);
  }
});

Deno.test("costs grow with the grid, the sites, the points and the frequencies", () => {
  const seconds = (text: string): number => estimateOf(text).seconds;
  const base = seconds("observables: { current: }\nmomentum: { qy: 512, qz: 512 }");
  // Momenta of a quarter of the zone at 0.175 ms each: solved, hashed and written, and taken to moments (docs/performance.md).
  assert(Math.abs(base / (256 * 256 * 0.175e-3) - 1) < 0.05, `${base} s`);
  const ratio = (text: string): number => seconds(text) / base;
  assert(Math.abs(ratio("observables: { current: }\nmomentum: { qy: 1024, qz: 512 }") - 2) < 0.01);
  assert(
    Math.abs(ratio("observables: { current: }\nmodel: { sites: 100 }\nmomentum: { qy: 512, qz: 512 }") - 2 ** 1.9) <
      0.1,
  );
  assert(
    Math.abs(ratio("observables: { current: }\nmomentum: { qy: 512, qz: 512 }\nsweep: { model.mass: [0, 1, 2] }") - 3) <
      0.01,
  );
  // What observables share counts once, and points that differ in their baths share all momenta.
  assert(ratio("observables: { current: , gap: , current_limit: }\nmomentum: { qy: 512, qz: 512 }") < 1.1);
  for (const baths of ["baths.fermi_level: [0, 1, 2]", "baths.fermi_level: { from: 0, to: 1, count: 1000 }"]) {
    assert(ratio(`observables: { current: }\nmomentum: { qy: 512, qz: 512 }\nsweep: { ${baths} }`) < 1.1);
  }
  // But for those that are so cold that each takes all modes.
  assert(
    ratio(
      "observables: { current: }\nmomentum: { qy: 512, qz: 512 }\nbaths: { inverse_temperature: 20 }\nsweep: { baths.fermi_level: { from: 0, to: 1, count: 1000 } }",
    ) > 10,
  );
  const spectral = (count: number): number =>
    seconds(`observables: { spectral: { omega: { from: 0, to: 1, count: ${count} } } }\ndisorder: { scheme: fba }`);
  assert(Math.abs(spectral(200) / spectral(100) - 2) < 0.01);
});

Deno.test("what takes an hour is announced, what takes a day or more memory than there is has to be asked for twice", () => {
  const say = (text: string, options: Partial<typeof KNOWN> = {}) =>
    foresight("a.yaml", estimateOf(text), { ...KNOWN, ...options });
  assertEquals(say("observables: { current: }"), { problems: [], warnings: [] });
  const hours = "observables: { current: }\nmodel: { sites: 400 }\nmomentum: { qy: 2000, qz: 2000 }";
  const announced = say(hours);
  assertEquals(announced.problems, []);
  assertMatch(announced.warnings[0], /^a\.yaml: it would take about 2 h \d+ min with 1 worker, most of it for modes; /);
  assertEquals(say(hours, { workers: 8 }).warnings, []);

  const years =
    "observables: { current: }\nmodel: { sites: 1000 }\nmomentum: { qy: 4000, qz: 4000 }\nsweep: { model.mass: { from: 0, to: 1, count: 1000 } }";
  const refused = say(years, { workers: 2 });
  assertEquals(refused.warnings, []);
  assertMatch(
    refused.problems[0],
    /^Cannot run a\.yaml: it would take about 3 years with 2 workers, most of it for modes; use a coarser grid or fewer points, or add --unlimited to run it all the same$/,
  );
  const asked = say(years, { workers: 2, unlimited: true });
  assertEquals([asked.problems.length, asked.warnings.length], [0, 1]);

  const large = say("observables: { bands: { qy: { from: 0, to: 1, count: 1000000 } } }");
  assertMatch(
    large.problems[0],
    /^Cannot run a\.yaml: it would need about 170 GB of memory, most of it for the table of bands, and there are 4 GB; /,
  );
});

Deno.test("the engine tells how much memory it may take", () => assert(availableMemory() > 2 ** 28));
