/**
 * A study asked what it is made of, as far as that is known without computing: for those who compare studies with one another, and charts with studies.
 *
 * @module
 */
import { lastValueFrom, toArray } from "bundled/rxjs";
import type { OutputFile } from "../dataflow/flow.ts";
import { dataflow } from "../dataflow/graph.ts";
import { Planner, type PlannerTools } from "../dataflow/planner.ts";
import type { TaskList } from "../dataflow/task_list.ts";
import { Witness } from "../dataflow/witness.ts";
import type { Study } from "../study/schema.ts";
import { flowStudy } from "./studies.ts";

/** A study and what it is made of. */
export interface PlannedStudy {
  /** Its tasks; those that have not been computed have hashes that say so. */
  readonly tasks: TaskList;
  /** Its files by their names. */
  readonly outputs: ReadonlyMap<string, OutputFile>;
  /** Who knows each task. */
  readonly planner: Planner;
}

/**
 * Plans a study.
 *
 * @param study The study.
 * @param tools What the planner goes by.
 * @returns What it is made of.
 */
export async function plannedStudy(study: Study, tools: PlannerTools): Promise<PlannedStudy> {
  const planner = new Planner(tools), witness = new Witness(planner);
  const outputs = await lastValueFrom(dataflow(flowStudy({ study }), witness).pipe(toArray()));
  return {
    tasks: witness.tasks((key) => tools.traces.find(key)),
    outputs: new Map(outputs.map((output) => [output.name, output])),
    planner,
  };
}
