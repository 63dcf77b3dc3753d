/**
 * Whole runs of the program, as a user starts it.
 *
 * @module
 */
import { parse } from "@std/yaml";
import project from "../../deno.json" with { type: "json" };
import { inTemporaryFolder } from "../../pipeline/testing/temporary_folder.ts";
import { median } from "./measure.ts";

/** A whole run in a folder, and the seconds of wall time that it took, process start included. */
async function seconds(
  study: string,
  overrides: Readonly<Record<string, number>>,
  folder: string,
  out: string,
  workers = navigator.hardwareConcurrency,
): Promise<number> {
  const words = project.tasks.pipeline.command.split(" ").slice(1);
  const settings = Object.entries(overrides).flatMap(([path, value]) => ["--set", `${path}=${value}`]);
  const places = ["--out", `${folder}/${out}`, "--cache", `${folder}/cache`];
  const args = [...words, study, ...settings, ...places, "--quiet", "--workers", `${workers}`];
  const start = performance.now();
  const { success } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(`Cannot time ${study}: the run failed`);
  return (performance.now() - start) / 1000;
}

/** Runs of which the median is taken. */
const ROUNDS = 5;

/**
 * Times a study on an empty cache and again on a full one.
 *
 * @param study The study file.
 * @param overrides Values to set.
 * @returns Seconds of wall time, process start included.
 */
export function coldAndWarm(
  study: string,
  overrides: Readonly<Record<string, number>>,
): Promise<{ cold: number; warm: number }> {
  return inTemporaryFolder(async (folder) => {
    const run = () => seconds(study, overrides, folder, "out");
    return { cold: await run(), warm: await run() };
  });
}

/** Seconds with one worker and with two. */
export interface OneAndTwo {
  /** The median of some runs with one worker. */
  readonly one: number;
  /** Likewise with two. */
  readonly two: number;
  /** The median of the ratios of runs that took turns. */
  readonly ratio: number;
}

/**
 * Times a study on an empty cache with one worker and with two, in turns.
 *
 * @param study The study file.
 * @param overrides Values to set.
 * @param rounds How often.
 * @returns Seconds of wall time, process start included.
 */
export async function oneAndTwoWorkers(
  study: string,
  overrides: Readonly<Record<string, number>>,
  rounds = ROUNDS,
): Promise<OneAndTwo> {
  const cold = (workers: number) => inTemporaryFolder((folder) => seconds(study, overrides, folder, "out", workers));
  const times: [number, number][] = [];
  for (let i = 0; i < rounds; i++) times.push([await cold(1), await cold(2)]);
  return {
    one: median(times.map(([one]) => one)),
    two: median(times.map(([, two]) => two)),
    ratio: median(times.map(([one, two]) => one / two)),
  };
}

/**
 * A study without its charts and claims.
 *
 * @param study The study file.
 * @param folder Where the new one goes.
 * @returns The new one.
 */
export async function withoutCharts(study: string, folder: string): Promise<string> {
  const whole = parse(await Deno.readTextFile(study)) as Record<string, unknown>,
    file = `${folder}/without-charts.yaml`;
  await Deno.writeTextFile(file, JSON.stringify({ ...whole, charts: undefined, claims: undefined }));
  return file;
}

/**
 * Times a study with temperatures that it has not had, where everything is diagonalized.
 *
 * @param study The study file.
 * @param overrides Values to set.
 * @returns Seconds of wall time, process start included; the median of some runs.
 */
export function changedBaths(study: string, overrides: Readonly<Record<string, number>>): Promise<number> {
  return inTemporaryFolder(async (folder) => {
    const times: number[] = [];
    for (let i = 0; i <= ROUNDS; i++) {
      const changed = { ...overrides, "baths.inverse_temperature": 1 + i / 10 };
      const time = await seconds(study, changed, folder, `out${i}`);
      if (i > 0) times.push(time);
    }
    return median(times);
  });
}
