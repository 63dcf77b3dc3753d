/**
 * A study in full, as `describe` tells it: what is computed, at which points, from what, how much of that is there, and what it takes.
 *
 * @module
 */
import type { Json } from "../dataflow/stage.ts";
import type { StudyState } from "./study_list.ts";

/** A parameter of a study. */
export interface DescribedParameter {
  /** Its dotted path. */
  readonly path: string;
  /** Its value; where it is swept, what holds in its place without the sweep. */
  readonly value: Json;
  /** What holds where a study does not say; null where nothing does. */
  readonly default: Json;
  /** Whether the value is another one than the default. */
  readonly differs: boolean;
  /** Whether it is swept. */
  readonly swept: boolean;
}

/** The tasks of one stage. */
export interface DescribedStage {
  /** The stage. */
  readonly stage: string;
  /** How many tasks it has; of a stage that asks as it goes, those of the first round. */
  readonly tasks: number;
  /** Whether there may be more, which only what is computed tells. */
  readonly atLeast: boolean;
  /** How many of them are in the cache. */
  readonly cached: number;
  /** The size of their artifacts in bytes. */
  readonly bytes: number;
  /** Seconds that all tasks would take, as such tasks took before; null if none of some kind has been computed before. */
  readonly seconds: number | null;
}

/** What a study takes. */
export interface DescribedCost {
  /** How many workers share the work. */
  readonly workers: number;
  /** Seconds with an empty cache, as such tasks took before; null if none of some kind has been computed before. */
  readonly recorded: number | null;
  /** Seconds with an empty cache by the model of `stages/cost.ts`. */
  readonly model: number;
  /** Seconds for what is not there, as such tasks took before; null as above. */
  readonly left: number | null;
  /** Bytes of memory that tables and points take, by the same model. */
  readonly memory: number;
}

/** A study in full. */
export interface StudyDescription {
  /** Its name. */
  readonly study: string;
  /** Its title. */
  readonly title: string;
  /** Its file. */
  readonly file: string;
  /** The files that it extends. */
  readonly extends: readonly string[];
  /** What is odd about it, a sentence each. */
  readonly warnings: readonly string[];
  /** How its results stand. */
  readonly state: Exclude<StudyState, "wrong">;
  /** Its parameters. */
  readonly parameters: readonly DescribedParameter[];
  /** Its sweep: how many points, and what varies together, the first slowest. */
  readonly sweep: {
    readonly points: number;
    readonly axes: readonly (readonly { readonly path: string; readonly values: readonly (number | string)[] }[])[];
  };
  /** Its observables with their settings and the columns of their tables. */
  readonly observables: readonly {
    readonly name: string;
    readonly settings: Json;
    readonly columns: readonly string[];
  }[];
  /** The momenta that are diagonalized, those of all slabs together. */
  readonly momenta: { readonly diagonalized: number; readonly atLeast: boolean };
  /** Its stages. */
  readonly stages: readonly DescribedStage[];
  /** What it takes. */
  readonly cost: DescribedCost;
  /** Its charts, and what they show in words. */
  readonly charts: readonly { readonly name: string; readonly shows: string }[];
  /** Where its files go. */
  readonly folder: string;
  /** The files that a run leaves. */
  readonly files: readonly string[];
}
