/**
 * What flows between the operators: descriptors of work and of artifacts, never data.
 *
 * @module
 */
import type { Artifact } from "./engine.ts";
import type { PointFailure } from "./failures.ts";
import type { Json, ObservableDefinition, Point } from "./stage.ts";

/** A study as the dataflow takes it. */
export interface FlowStudy {
  /** Its name. */
  readonly study: string;
  /** Physical parameters by section. */
  readonly parameters: { readonly [section: string]: Json };
  /** What the parameters are where a study says nothing of them. */
  readonly defaults: { readonly [section: string]: Json };
  /** The axes of its sweep. */
  readonly sweep: Json;
  /** Its observables with their settings. */
  readonly observables: readonly { readonly definition: ObservableDefinition; readonly settings: Json }[];
  /** The swept paths, in the order of the sweep. */
  readonly sweptPaths: readonly string[];
  /** The swept columns of an observable's table: their names, in the order of the sweep. */
  sweptColumns(observable: string): string[];
  /** Its charts, each with the observables whose tables it draws, in the order in which the chart takes them. */
  readonly charts: readonly {
    readonly name: string;
    readonly observables: readonly string[];
    readonly definition: Json;
  }[];
  /** Its title. */
  readonly title: string;
}

/** The points of one observable that ask the same of every step before the first fold, on their way through the steps. */
export interface Cohort {
  /** The study. */
  readonly study: FlowStudy;
  /** The observable. */
  readonly definition: ObservableDefinition;
  /** The observable's settings. */
  readonly settings: Json;
  /** The points, with their places in the sweep. */
  readonly points: readonly { readonly index: number; readonly point: Point }[];
  /** The artifacts of the last step, point by point. */
  readonly artifacts: readonly (readonly Artifact[])[];
  /** Points at which a step failed: they are not among the others any more. */
  readonly failures: readonly PointFailure[];
}

/** A file for the user: a copy of an artifact. */
export interface OutputFile {
  /** The file's name. */
  readonly name: string;
  /** What it is a copy of. */
  readonly artifact: Artifact;
  /** What it was made from. */
  readonly from: readonly Artifact[];
}

/** An observable's table. */
export interface TableFlow {
  /** The study. */
  readonly study: FlowStudy;
  /** The observable. */
  readonly observable: string;
  /** Its table. */
  readonly table: Artifact;
  /** Settles when its charts are with the workers, who may be waiting for specs of the main thread: whatever else that makes of the table has time until then. */
  readonly charted: Promise<void>;
  /** Settles that. */
  onCharted(): void;
}
