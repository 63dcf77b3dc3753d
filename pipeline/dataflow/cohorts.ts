/**
 * Points that ask the same of every step go through the steps together: this finds them, and counts what they will ask for.
 *
 * @module
 */
import { canonicalJson } from "../store/canonical_json.ts";
import { sha256 } from "../store/hash.ts";
import type { Cohort, FlowStudy } from "./flow.ts";
import type { Json, ObservableDefinition, Point } from "./stage.ts";

/**
 * Groups the points of an observable by what they read before the step that takes all of them at a time, a fold or a refining step.
 *
 * @param study The study.
 * @param definition The observable.
 * @param settings Its settings.
 * @param points The points of the study.
 * @returns The cohorts, in the order of their first points.
 * @throws {Error} If a step follows such a one.
 */
export function cohortsOf(
  study: FlowStudy,
  definition: ObservableDefinition,
  settings: Json,
  points: readonly Point[],
): Cohort[] {
  const firstFold = definition.steps.findIndex((step) => step.kind !== "map");
  // After it each point has artifacts of its own, which no step here would tell apart.
  if (firstFold >= 0 && firstFold < definition.steps.length - 1) {
    throw new Error(`Cannot run the observable ${definition.name}: only its last step may fold or refine`);
  }
  const before = firstFold < 0 ? definition.steps : definition.steps.slice(0, firstFold);
  const groups = new Map<string, { index: number; point: Point }[]>();
  points.forEach((point, index) => {
    const key = canonicalJson(before.map((step) => step.reads(point, settings)));
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ index, point });
  });
  return [...groups.values()].map((members) => ({
    study,
    definition,
    settings,
    points: members,
    artifacts: members.map(() => []),
    failures: [],
  }));
}

/**
 * Counts what cohorts will ask for; observables share what they ask for alike.
 *
 * @param cohorts The cohorts.
 * @returns How many different tasks of each stage there are.
 */
export function expectedTasks(cohorts: readonly Cohort[]): Map<string, number> {
  const seen = new Map<string, Set<string>>();
  const note = (stage: string, way: string, task: string, parameters: Json) => {
    const tasks = seen.get(stage) ?? new Set();
    seen.set(stage, tasks);
    tasks.add(sha256(way, task, canonicalJson(parameters)));
  };
  for (const { definition, settings, points } of cohorts) {
    let way = ""; // what came before: the same task of two cohorts differs by it
    for (const step of definition.steps) {
      if (step.kind === "map") {
        const read = step.reads(points[0].point, settings), requests = step.tasks(read);
        requests.forEach(({ stage, parameters }) => note(step.name, way, stage.task, parameters));
        way = sha256(way, step.name, canonicalJson(requests.map(({ stage, parameters }) => [stage.task, parameters])));
      } else {
        for (const { point } of points) note(step.name, way, step.stage.task, step.reads(point, settings));
      }
    }
  }
  return new Map([...seen].map(([stage, tasks]) => [stage, tasks.size]));
}
