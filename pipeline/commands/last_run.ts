/**
 * The last run that left results of a study, for those who ask what is different now: its study, asked the same way, gives the tasks that it had.
 *
 * @module
 */
import { lastValueFrom } from "bundled/rxjs";
import { dataflow } from "../dataflow/graph.ts";
import { Questions } from "../dataflow/questions.ts";
import type { Comparison } from "../dataflow/reasons.ts";
import type { RunRecord } from "../report/run_record.ts";
import type { PlacedChange, PlanReason } from "../report/study_plan.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import { type Difference, differences, fileForm } from "../study/differences.ts";
import type { LoadedStudy } from "../study/load.ts";
import { type Override, pathOf } from "../study/overrides.ts";
import type { Study } from "../study/schema.ts";
import { validateStudy } from "../study/validate.ts";
import { codeRoots, flowStudy, kernel } from "./studies.ts";

/** What is different, and how users call it. */
export interface StudyComparison extends Comparison {
  /** The changes of a difference, each with its place. */
  changes(difference: number): readonly PlacedChange[];
}

/** The last run of a study. */
export class LastRun {
  readonly #record: RunRecord;
  readonly #sources: SourceHashes;

  /**
   * A run that left a record.
   *
   * @param record The record.
   * @param sources Hashes of the code as it is now.
   */
  constructor(record: RunRecord, sources: SourceHashes) {
    this.#record = record;
    this.#sources = sources;
  }

  /**
   * Compares with a study as it is now.
   *
   * @param loaded The study.
   * @param overrides The `--set` arguments.
   * @returns What is different; undefined if the record is of a version of the program whose studies were others.
   */
  async compareWith(loaded: LoadedStudy, overrides: readonly Override[]): Promise<StudyComparison | undefined> {
    const raw: unknown = this.#record.study;
    const before = Array.isArray(this.#record.study.sweep) ? validateStudy(fileForm(raw as Study)).study : undefined;
    if (before === undefined || this.#record.code === undefined) return undefined;
    const found = differences(before, loaded.study);
    const asked = await this.#questions(before);
    // Without the only difference there is, a study is the one before.
    const without: (ReadonlySet<string> | undefined)[] = found.length === 1 ? [asked] : [];
    for (const difference of found.slice(without.length)) {
      without.push(difference.without && await this.#questions(difference.without));
    }
    const changed = new Map<string, string[]>();
    return {
      changedParts: (module) => {
        const known = changed.get(module);
        if (known !== undefined) return known;
        const parts = this.#changedParts([module]);
        changed.set(module, parts);
        return parts;
      },
      differences: (question) => {
        if (asked.has(question)) return undefined;
        return found.flatMap((_, i) => without[i]?.has(question) ? [] : [i]);
      },
      changes: (difference) => placed(found[difference], loaded, overrides),
    };
  }

  /**
   * The versions of a part of the code.
   *
   * @param part Its name.
   * @returns What it was and what it is; null where it was not, or is not any more.
   */
  versions(part: string): { readonly old: string | null; readonly new: string | null } {
    return { old: this.#record.code?.[part] ?? null, new: this.#sources.parts(codeRoots()).get(part) ?? null };
  }

  /**
   * Why a task is not known whose study, code and inputs are what they were.
   *
   * @param modules The URLs of all stages' modules.
   * @returns The kernel, if it is another one; what asks for tasks, if that changed; else that it has been forgotten.
   */
  otherwise(modules: readonly string[]): PlanReason {
    const { kernel: old } = this.#record, current = kernel();
    if (old !== current) return { kind: "kernel", old, new: current };
    const ofStages = this.#sources.parts(modules);
    const parts = this.#changedParts(codeRoots()).filter((name) => !ofStages.has(name));
    return parts.length === 0 ? { kind: "forgotten" } : { kind: "program", parts };
  }

  #changedParts(modules: readonly string[]): string[] {
    const parts = [...this.#sources.parts(modules)].filter(([name, version]) => this.#record.code?.[name] !== version);
    return parts.map(([name]) => name).sort();
  }

  async #questions(study: Study): Promise<ReadonlySet<string>> {
    const questions = new Questions(this.#sources);
    await lastValueFrom(dataflow(flowStudy({ study }), questions));
    return questions.asked;
  }
}

function placed(
  { changes }: Difference,
  loaded: LoadedStudy,
  overrides: readonly Override[],
): readonly PlacedChange[] {
  return changes.map((change) => {
    const places = placesOf(change.path, loaded.study);
    const set = overrides.findLast(({ path }) => places.some((place) => startsWith(pathOf(place), path)));
    if (set !== undefined) return { ...change, place: { set: set.text } };
    return { ...change, place: placeIn(loaded, change.path) ?? null };
  });
}

/**
 * Where a value stands that two studies differ in.
 *
 * @param loaded One of the studies.
 * @param path The path of the change, from {@linkcode differences}.
 * @returns The file and the line, or undefined if it stands in no file.
 */
export function placeIn(loaded: LoadedStudy, path: string): { file: string; line: number } | undefined {
  const places = placesOf(path, loaded.study).map((place) => loaded.placeOf(place));
  const found = places.find((place) => place !== undefined);
  return found && { file: found.file, line: found.line };
}

/** Where in a file a value may stand: charts have numbers there, and what is swept may be under `zip`. */
function placesOf(path: string, { charts, sweep }: Study): string[] {
  const [section, ...rest] = path.split(".");
  if (section === "charts" && rest.length > 0) {
    const number = charts.findIndex(({ name }) => name === rest[0]);
    return number < 0 ? [] : [["charts", number, ...rest.slice(1)].join(".")];
  }
  if (section !== "sweep" || rest.length === 0) return [path];
  const swept = rest.join("."), groups = sweep.map((_, i) => `sweep.zip.${i}.${swept}`);
  return [path, `sweep.zip.${swept}`, ...groups];
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length <= path.length && start.every((key, i) => key === path[i]);
}
