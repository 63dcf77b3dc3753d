/**
 * What a run costs that has nothing to do: the whole process, the studies of the repository, and studies made up to have many artifacts.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };
import { inTemporaryFolder } from "../../pipeline/testing/temporary_folder.ts";
import { median, print } from "./measure.ts";

/** Runs of which the median is taken. */
const ROUNDS = 9;

/** A sweep over levels and slopes of the smallest slab that there is: an artifact a point. */
function synthetic(points: number): string {
  return `study: synthetic-${points}
model: { sites: 2 }
momentum: { qy: 2, qz: 2 }
sweep:
  baths.fermi_level: { from: -1, to: 1, count: ${points / 100} }
  baths.chemical_potential_slope: { from: 0.001, to: 0.1, count: 100 }
observables: { current: {} }
`;
}

async function warm(name: string, studies: readonly string[], folder: string): Promise<void> {
  const words = project.tasks.pipeline.command.split(" ").slice(1);
  const seconds = async (out: string): Promise<number> => {
    const args = [...words, ...studies, "--out", `${folder}/${out}`, "--cache", `${folder}/cache`, "--quiet"];
    const start = performance.now();
    const { success } = await new Deno.Command(Deno.execPath(), { args }).output();
    if (!success) throw new Error(`Cannot time ${name}: the run failed`);
    return (performance.now() - start) / 1000;
  };
  const cold = await seconds("out");
  const copied = await seconds("elsewhere"); // all is cached, and every result has to be written
  await new Promise((resume) => setTimeout(resume, 2500)); // files that are younger are compared by content
  await seconds("out");
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) times.push(await seconds("out"));
  print(name, { cold_s: cold, cached_elsewhere_s: copied, warm_s: median(times) });
}

/** Prints a line for the studies of `configs/` and for each size of made-up study. */
export async function warmRuns(): Promise<void> {
  const cases: [string, string | undefined][] = [
    ["nothing to do, all studies of configs/, whole process", undefined],
    ...[10_000, 100_000].map((points): [string, string] => [
      `nothing to do, ${points} artifacts, whole process`,
      synthetic(points),
    ]),
  ];
  for (const [name, text] of cases) {
    await inTemporaryFolder(async (folder) => {
      if (text !== undefined) await Deno.writeTextFile(`${folder}/study.yaml`, text);
      await warm(name, text === undefined ? [] : [`${folder}/study.yaml`], folder);
    });
  }
}
