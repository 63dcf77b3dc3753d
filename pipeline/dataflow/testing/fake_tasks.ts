/**
 * Tasks of fake stages in a few words, so that tests of the engine say what they test and little else.
 *
 * @module
 */
import type { AnyMap, Artifact } from "../engine.ts";
import type { Json } from "../stage.ts";
import { addStage, type FakeParameters } from "./fake_stages.ts";
import type { Run } from "./laboratory.ts";

/**
 * Parameters of a fake stage as the engine takes them.
 *
 * @param parameters The parameters.
 * @returns The same.
 */
export function fakeParameters(parameters: FakeParameters): Json {
  return parameters as unknown as Json;
}

/**
 * Asks for a task of a fake map stage.
 *
 * @param run The run.
 * @param value What the stage reads.
 * @param inputs What it takes.
 * @param stage The stage.
 * @returns Its artifact.
 */
export function map(
  { engine }: Run,
  value: number,
  inputs: readonly Artifact[] = [],
  stage: AnyMap = addStage,
): Promise<Artifact> {
  return engine.map(stage, fakeParameters({ value }), inputs);
}

/**
 * Asks for inputs.
 *
 * @param run The run.
 * @param count How many.
 * @returns Artifacts with the numbers 0, 1, …
 */
export function sources(run: Run, count: number): Promise<Artifact[]> {
  return Promise.all(Array.from({ length: count }, (_, value) => map(run, value)));
}
