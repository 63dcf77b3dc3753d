/**
 * What the main thread and the workers say to each other: descriptors in, hashes or typed arrays out.
 *
 * @module
 */
import type { ArtifactFormat, Json } from "../dataflow/stage.ts";

/** An artifact by name: its data is read where it is used. */
export interface ArtifactReference {
  readonly hash: string;
  readonly format: ArtifactFormat;
}

/** What a worker is told first. */
export interface WorkerSettings {
  /** The cache folder. */
  readonly cache: string;
  /** One 32-bit number, 0 until the run is stopped: a busy worker hears nothing else. */
  readonly stop: SharedArrayBuffer;
}

/** Work on one artifact. */
export interface MapJob {
  readonly kind: "map";
  readonly module: string;
  readonly export: string;
  readonly parameters: Json;
  readonly inputs: readonly ArtifactReference[];
}

/** The share of one input in a fold. */
export interface FoldJob {
  readonly kind: "fold";
  readonly module: string;
  readonly export: string;
  readonly parameters: readonly Json[];
  readonly input: ArtifactReference;
  readonly index: number;
}

/** What comes of a job. */
export type JobResult =
  | { readonly kind: "artifact"; readonly hash: string; readonly seconds: number; readonly damaged: readonly string[] }
  | {
    readonly kind: "partial";
    readonly partial: Float64Array<ArrayBuffer>;
    readonly seconds: number;
    readonly damaged: readonly string[];
  }
  | { readonly kind: "missing"; readonly hash: string; readonly damaged: readonly string[] }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly name: string; readonly message: string; readonly stack: string };

/** Thrown inside a job when the run is stopped. */
export class Stopped extends Error {
  /** Says that a run was stopped. */
  constructor() {
    super("The run was stopped");
    this.name = "Stopped";
  }
}
