/**
 * The command `--plan`: says what a run would compute, and why, and computes nothing.
 *
 * @module
 */
import { lastValueFrom, toArray } from "rxjs";
import type { Settings } from "../arguments.ts";
import { dataflow, stageModules, STAGES } from "../dataflow/graph.ts";
import { Planner } from "../dataflow/planner.ts";
import type { Json } from "../dataflow/stage.ts";
import { changes, changeText } from "../report/changes.ts";
import { readRunRecord } from "../report/run_record.ts";
import { Tally } from "../report/tally.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import { TraceStore } from "../store/trace_store.ts";
import type { LoadedStudy } from "../study/load.ts";
import type { Study } from "../study/schema.ts";
import { flowStudy } from "./studies.ts";

/** What a run of one study would do. */
export interface StudyPlan {
  /** The study's name. */
  readonly study: string;
  /** Stage by stage, in their order. */
  readonly stages: readonly {
    readonly stage: string;
    readonly compute: number;
    /** Whether it may be more, which only what is computed tells. */
    readonly atLeast: boolean;
    readonly cached: number;
    /** Reasons, and how many tasks each holds for. */
    readonly reasons: Readonly<Record<string, number>>;
  }[];
  /** What is different since the last run that left results here, with lines of the study file. */
  readonly changed: readonly string[];
}

/**
 * Plans studies.
 *
 * @param studies The studies.
 * @param settings What the user asked for.
 * @param sources Hashes of the stages' code.
 * @returns A plan for each.
 * @throws {StageFailure} If the cache folder, or the record of an earlier run, cannot be read.
 */
export async function planStudies(
  studies: readonly LoadedStudy[],
  settings: Settings,
  sources: SourceHashes,
): Promise<StudyPlan[]> {
  const traces = new TraceStore(settings.cache);
  const plans: StudyPlan[] = [];
  for (const loaded of studies) {
    const tally = new Tally(STAGES);
    const planner = new Planner(traces, sources, (event) => tally.count(event, 0));
    await lastValueFrom(dataflow(flowStudy(loaded), planner, () => {}).pipe(toArray()));
    plans.push({
      study: loaded.study.study,
      stages: [...tally.stages].map(([stage, { cached, planned, open }]) => ({
        stage,
        compute: [...planned.values()].reduce((sum, count) => sum + count, 0),
        atLeast: open,
        cached,
        reasons: Object.fromEntries(planned),
      })),
      changed: changedSince(loaded, settings, sources),
    });
  }
  return plans;
}

/**
 * A plan for people.
 *
 * @param plan The plan.
 * @returns Lines of text.
 */
export function planText({ study, stages, changed }: StudyPlan): string {
  const total = stages.reduce((sum, { compute }) => sum + compute, 0);
  if (total === 0) return `${study}: nothing to compute`;
  const lines = stages.filter(({ compute, cached, atLeast }) => compute + cached > 0 || atLeast).map(
    ({ stage, compute, atLeast, cached, reasons }) => {
      const why = Object.entries(reasons).map(([reason, count]) => compute === count ? reason : `${count} ${reason}`)
        .join(", ");
      const count = `${atLeast ? "at least " : ""}${compute}`;
      return `  ${stage.padEnd(12)} ${count.padStart(6)} to compute ${String(cached).padStart(6)} cached${
        why && `   ${why}`
      }`;
    },
  );
  const since = changed.length === 0
    ? []
    : ["  changed since the last run:", ...changed.map((change) => `    ${change}`)];
  return [`${study}:`, ...lines, ...since].join("\n");
}

function changedSince(loaded: LoadedStudy, settings: Settings, sources: SourceHashes): string[] {
  const previous = readRunRecord(`${settings.out}/${loaded.study.study}/run.json`);
  if (previous === undefined) return [];
  const parameters = changes(asWritten(previous.study), asWritten(loaded.study)).map((change) => {
    const place = loaded.placeOf(change.path);
    return `${place === undefined ? "" : `${place.file}:${place.line} `}${changeText(change)}`;
  });
  const code = stageModules().filter(([name, module]) =>
    previous.sources[name] !== undefined && previous.sources[name] !== sources.hash(module)
  );
  return [...parameters, ...code.map(([name]) => `the code of ${name}`)];
}

/** A study with its sweep by path, as users write it. */
function asWritten({ sweep, ...study }: Study): Json {
  const byPath = Object.fromEntries(sweep.flat().map(({ path, values }) => [path, values]));
  return { ...study, sweep: byPath } as unknown as Json;
}
