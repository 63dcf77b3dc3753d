/**
 * What `--plan` says of a study, as data and as text that is understood at one look: what would run, for how long, and why, each change with its place.
 *
 * @module
 */
import { listed } from "../errors.ts";
import { type Change, changeWords } from "./changes.ts";
import { duration } from "./reporter.ts";
import type { RunRecord } from "./run_record.ts";

/** A value of the study that changed, and who says so. */
export interface PlacedChange extends Change {
  /** The file, its line, or the `--set` argument; nothing for a value that neither gives. */
  readonly place: { readonly file: string; readonly line: number } | { readonly set: string } | null;
}

/** Why tasks would run. */
export type PlanReason =
  /** There is no earlier run in the output folder. */
  | { readonly kind: "first" }
  /** The earlier run was of another version of the program, and cannot be compared with. */
  | { readonly kind: "incomparable" }
  /** They have been computed and are needed, and their artifacts are gone. */
  | { readonly kind: "deleted" }
  /** The study asks something else. */
  | { readonly kind: "parameter"; readonly changes: readonly PlacedChange[] }
  /** A source file, a package or the runtime is another one; of what is there in one version only, the other is null. */
  | { readonly kind: "code"; readonly part: string; readonly old: string | null; readonly new: string | null }
  /** They take what a stage computes anew. */
  | { readonly kind: "input"; readonly stage: string }
  /** Another kernel solves. */
  | { readonly kind: "kernel"; readonly old: string; readonly new: string }
  /** The files changed that say what is asked of the stages. */
  | { readonly kind: "program"; readonly parts: readonly string[] }
  /** Nothing changed, but the cache folder does not know of them. */
  | { readonly kind: "forgotten" };

/** What a run would do in one stage. */
export interface StagePlan {
  /** The stage. */
  readonly stage: string;
  /** How many tasks it would compute. */
  readonly compute: number;
  /** Whether it may be more, which only what is computed tells. */
  readonly atLeast: boolean;
  /** How many are there. */
  readonly cached: number;
  /** Seconds that it would take, as such tasks took before; null if none of them has been computed before. */
  readonly seconds: number | null;
  /** Reasons, how many tasks each holds for, and in words; a task may have several. */
  readonly reasons: readonly (PlanReason & { readonly tasks: number; readonly text: string })[];
}

/** What a run of one study would do. */
export interface StudyPlan {
  /** The study's name. */
  readonly study: string;
  /** How many tasks it would compute. */
  readonly compute: number;
  /** How many are there. */
  readonly cached: number;
  /** How many points the sweep has, and for how many of them something would be computed that their rows are made of. */
  readonly points: { readonly all: number; readonly compute: number };
  /** Seconds that it would take; null if nothing is known of some stage. */
  readonly seconds: number | null;
  /** Stage by stage, in their order. */
  readonly stages: readonly StagePlan[];
  /** Files that would be written since they are not there as they should be, though nothing has to be computed for them. */
  readonly write: readonly string[];
}

/**
 * The plan of a study that has nothing to do.
 *
 * @param record Its last run.
 * @returns The plan.
 */
export function idlePlan({ study, stages }: RunRecord): StudyPlan {
  const planned = Object.entries(stages).map(([stage, { computed, cached }]): StagePlan => {
    return { stage, compute: 0, atLeast: false, cached: computed + cached, seconds: 0, reasons: [] };
  });
  const all = study.sweep.reduce((count, [{ values }]) => count * values.length, 1);
  const cached = planned.reduce((count, stage) => count + stage.cached, 0);
  return {
    study: study.study,
    compute: 0,
    cached,
    points: { all, compute: 0 },
    seconds: 0,
    stages: planned,
    write: [],
  };
}

/** Characters for a time, so that columns do not move with it. */
const TIME_WIDTH = 7;

/** Changes and source files that are listed in one reason. */
const MOST_LISTED = 3;

/**
 * A reason in words.
 *
 * @param reason The reason.
 * @returns For example `model.mass: 0 → 0.1 (fig3a.yaml:7)`, without a full stop.
 */
export function reasonText(reason: PlanReason): string {
  switch (reason.kind) {
    case "first":
      return "never computed";
    case "incomparable":
      return "never computed; the last run was of another version of the program";
    case "deleted":
      return "artifact deleted";
    case "parameter": {
      const shown = reason.changes.slice(0, MOST_LISTED).map((change) => `${changeWords(change)}${placeText(change)}`);
      const more = reason.changes.length - shown.length;
      return `${shown.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
    }
    case "code":
      if (reason.part === "runtime") return `another runtime: ${reason.old} → ${reason.new}`;
      if (!reason.new?.startsWith("npm:")) return `${reason.part} changed`;
      return `package ${reason.part} changed: ${version(reason.old)} → ${version(reason.new)}`;
    case "input":
      return `new results of ${reason.stage}`;
    case "kernel":
      return `another kernel: ${reason.old} → ${reason.new}`;
    case "program":
      return `asked for in another way: ${listed(reason.parts.slice(0, MOST_LISTED))} changed`;
    case "forgotten":
      return "not in the cache folder (any more)";
  }
}

/** What is resolved may change where what is asked for does not: then the end tells. */
function version(identity: string | null): string {
  return identity === null ? "nothing" : identity.replace(/^npm:/, "").replace(/ (.{6}).*$/, " ($1)");
}

function placeText({ place, new: current }: PlacedChange): string {
  if (place === null) return current === undefined ? "" : " (default)";
  return "set" in place ? ` (--set ${place.set})` : ` (${place.file}:${place.line})`;
}

/**
 * A plan for people.
 *
 * @param plan The plan.
 * @returns Lines of text: the sum, then a line a stage, each reason in full where it is told first.
 */
export function planText(plan: StudyPlan): string {
  const { study, compute, cached, points, seconds, stages, write } = plan;
  if (compute === 0) {
    if (write.length === 0) return `${study}: nothing to compute`;
    const more = write.length > MOST_LISTED ? [`${write.length - MOST_LISTED} more`] : [];
    return `${study}: nothing to compute; to be written: ${listed([...write.slice(0, MOST_LISTED), ...more])}`;
  }
  const atLeast = stages.some((stage) => stage.atLeast) ? "at least " : "";
  const affected = points.compute > 0 && points.all > 1 ? `, at ${points.compute} of ${points.all} points` : "";
  const time = seconds === null ? "" : `, about ${timeText(seconds)}`;
  const head = `${study}: ${atLeast}${compute} of ${compute + cached} tasks to compute${affected}${time}`;
  const rows = [["stage", "compute", "cached", "time", "why"]];
  const told = new Set<string>();
  for (const stage of stages) {
    if (stage.compute + stage.cached === 0 && !stage.atLeast) continue;
    const reasons = stage.reasons.map((reason) => {
      const count = reason.tasks < stage.compute ? `${reason.tasks} of them: ` : "";
      const text = reason.kind === "parameter" && told.has(reason.text) ? shortText(reason.changes) : reason.text;
      told.add(reason.text);
      return `${count}${text}`;
    });
    rows.push([
      stage.stage,
      `${stage.atLeast ? "at least " : ""}${stage.compute}`,
      String(stage.cached),
      stage.compute === 0 ? "" : stage.seconds === null ? "?" : timeText(stage.seconds),
      reasons[0] ?? "",
    ], ...reasons.slice(1).map((reason) => ["", "", "", "", reason]));
  }
  const widths = [0, 0, 0, TIME_WIDTH].map((least, i) => Math.max(least, ...rows.map((row) => row[i].length)));
  const lines = rows.map(([stage, ...cells]) => {
    const numbers = cells.slice(0, 3).map((cell, i) => cell.padStart(widths[i + 1]));
    return `  ${[stage.padEnd(widths[0]), ...numbers, cells[3]].join("  ")}`.trimEnd();
  });
  return [head, ...lines].join("\n");
}

/** A change that has been told in full. */
function shortText(changes: readonly Change[]): string {
  return listed([...new Set(changes.map(({ path }) => path))].slice(0, MOST_LISTED));
}

function timeText(seconds: number): string {
  return seconds < 0.1 ? `${seconds.toFixed(2)} s` : duration(seconds);
}
