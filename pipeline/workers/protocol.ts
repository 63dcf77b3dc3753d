/**
 * What the main thread and the workers say to each other: descriptors in, hashes or typed arrays out.
 *
 * @module
 */
import type { ArtifactFormat, Asked, Json } from "../dataflow/stage.ts";
import type { Unnamed } from "../store/object_store.ts";

/** An artifact by name: its data is read where it is used. */
export interface ArtifactReference {
  /** SHA-256 of the content. */
  readonly hash: string;
  /** How it is kept. */
  readonly format: ArtifactFormat;
  /** A checksum that workers take, of an artifact that one of them has made in this run. */
  readonly checksum?: number | undefined;
}

/** What a worker is told first. */
export interface WorkerSettings {
  /** The cache folder. */
  readonly cache: string;
  /** Shared: not 0 if the run is stopped, and if jobs that yield have to; a busy worker hears nothing else. */
  readonly signals: Int32Array<SharedArrayBuffer>;
}

/** What a worker is told then, one or some at a time; it answers with their results, those of the first ones if they take long: it has not begun the others. */
export type Errand = (Exclude<Job, FoldJob> | ShortFoldJob) & {
  /** Whether the job ends as stopped when others wait. */
  readonly yields: boolean;
};

/** A share of a fold, which need not say again what that of the fold's last input said. */
export type ShortFoldJob = Omit<FoldJob, "parameters"> & {
  /** The parameter sets, or that they are those of the last fold that this worker had a share of. */
  readonly parameters: FoldJob["parameters"] | "as before";
};

/** Where a stage is found. */
export interface StageReference {
  /** URL of the stage's module. */
  readonly module: string;
  /** The name under which it exports the stage. */
  readonly export: string;
}

/** Work on one artifact. */
export interface MapJob extends StageReference {
  /** Tells the kinds apart. */
  readonly kind: "map";
  /** What the stage may read. */
  readonly parameters: Json;
  /** The artifacts that it takes. */
  readonly inputs: readonly ArtifactReference[];
}

/** The share of one input in a fold, or of some in a row. */
export interface FoldJob extends StageReference {
  /** Tells the kinds apart. */
  readonly kind: "fold";
  /** What the stage may read, set by set. */
  readonly parameters: readonly Json[];
  /** The artifacts that it takes. */
  readonly inputs: readonly ArtifactReference[];
  /** The first one's place among all. */
  readonly index: number;
}

/** Answers about one artifact. */
export interface RefineJob extends StageReference {
  /** Tells the kinds apart. */
  readonly kind: "refine";
  /** The questions, with those who ask. */
  readonly asked: readonly Asked[];
  /** The artifact that they are about. */
  readonly input: ArtifactReference;
}

/** Loading what a stage will need. */
export interface PrepareJob extends StageReference {
  /** Tells the kinds apart. */
  readonly kind: "prepare";
}

/** Any job. */
export type Job = MapJob | FoldJob | RefineJob | PrepareJob;

/** What comes of a job. */
export type JobResult =
  | Unnamed & { readonly kind: "artifact"; readonly seconds: number; readonly damaged: readonly string[] }
  | {
    readonly kind: "partial";
    readonly partial: Float64Array<ArrayBuffer>;
    readonly seconds: number;
    readonly damaged: readonly string[];
  }
  | { readonly kind: "prepared" }
  | { readonly kind: "missing"; readonly hashes: readonly string[]; readonly damaged: readonly string[] }
  | { readonly kind: "stopped" }
  | {
    readonly kind: "failed";
    readonly name: string;
    readonly message: string;
    readonly stack: string;
    readonly damaged: readonly string[];
  };

/** Thrown inside a job when the run is stopped. */
export class Stopped extends Error {
  /** Says that a run was stopped. */
  constructor() {
    super("The run was stopped");
    this.name = "Stopped";
  }
}
