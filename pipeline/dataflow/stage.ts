/**
 * What a stage is: all that the engine knows of the physics, and all that the physics knows of the engine.
 *
 * A stage is a value. It says which parameters it reads (what it is not given, it cannot read, so that a parameter outside its reach never runs it again),
 * takes the artifacts of the stages before it, and returns one artifact. It touches no file, prints nothing, and gives the same bytes for the same input.
 *
 * @module
 */

/** JSON: what parameters are made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * How an artifact is kept: `arrays` is an object of Float64Arrays, plain numbers and JSON; `json`, `text` and `bytes` are stored as they are, so
 * that an output file is a copy of its artifact.
 */
export type ArtifactFormat = "arrays" | "json" | "text" | "bytes";

/** What every kind of stage says of itself. */
export interface StageIdentity {
  /** The stage's name in `run.json` and on the terminal. */
  readonly name: string;
  /** Which of the stage's tasks this is; unique within the stage. */
  readonly task: string;
  /** `import.meta.url` of the module that exports the stage: workers import it, and keys hash it with everything that it imports. */
  readonly module: string;
  /** The name under which the module exports the stage. */
  readonly export: string;
  /** How its artifacts are kept. */
  readonly format: ArtifactFormat;
}

/** Makes arrays of given lengths, filled with zeros. */
export type AllocateArrays = <Name extends string>(
  lengths: Readonly<Record<Name, number>>,
) => Record<Name, Float64Array>;

/** Turns parameters and the artifacts before it into one artifact. */
export interface Stage<Parameters = never, Inputs extends readonly unknown[] = never, Output = unknown>
  extends StageIdentity {
  /** Tells the kinds apart. */
  readonly kind: "map";
  /** Where it runs: in a worker if it computes, on the main thread if that would take longer than the work. */
  readonly place: "worker" | "main";
  /**
   * Makes the artifact.
   *
   * @param parameters All that the stage may read.
   * @param inputs The artifacts before it, in the order in which they were named.
   * @param pulse To be called now and then by long work; throws when the run is stopped.
   * @param allocate Gives memory for arrays, where there is such, which need not be copied again if they are, just so, all of the artifact; it is used
   *   again when that is stored.
   * @returns The artifact.
   */
  run(parameters: Parameters, inputs: Inputs, pulse: () => void, allocate?: AllocateArrays): Output | Promise<Output>;
  /** Loads what {@linkcode Stage.run} will load, so that it finds it there: for whoever has time while inputs are still being made. */
  prepare?(): Promise<unknown>;
  /**
   * Checks an artifact before it is admitted to the store.
   *
   * @throws {Error} With the numbers, if the artifact cannot be right.
   */
  audit?(output: Output, parameters: Parameters, inputs: Inputs): void;
}

/**
 * Folds many inputs into one artifact for each of many parameter sets at a time: every input is read once, for all of them. The artifact of one
 * parameter set must not depend on which others are asked for with it.
 */
export interface FoldStage<Parameters = never, Input = never, Output = unknown> extends StageIdentity {
  /** Tells the kinds apart. */
  readonly kind: "fold";
  /** At most this many parameter sets at a time, which bounds the memory that partial sums take. */
  readonly width: number;
  /** At most this many inputs a job, whose shares the worker combines: for shares that are large for what it takes to make them. One if left out. */
  readonly depth?: number;
  /**
   * The share of one input.
   *
   * @param parameters The parameter sets.
   * @param input The input's artifact; not to be kept, as its memory is used again for the next one.
   * @param index The input's place among the inputs.
   * @param pulse As for {@linkcode Stage.run}.
   * @returns Numbers that only `combine` and `finish` understand; a new array each time, since it is handed over.
   */
  partial(parameters: readonly Parameters[], input: Input, index: number, pulse: () => void): Float64Array;
  /**
   * Takes the share of the next input, or of some inputs in a row, into the total; called in the order of the inputs, whatever the order in which they
   * were done.
   *
   * @param total The shares so far, which may be overwritten; starts as the first one.
   * @param partial The next share.
   * @returns The shares with this one.
   */
  combine(total: Float64Array, partial: Float64Array): Float64Array;
  /**
   * Makes the artifacts, on the main thread.
   *
   * @param parameters The same parameter sets.
   * @param total All shares combined.
   * @returns One artifact a parameter set, in their order. Who needs seconds for thousands of them makes them while they are taken, as generators do: others have
   *   their turn in between.
   */
  finish(parameters: readonly Parameters[], total: Float64Array): Iterable<Output>;
  /** As {@linkcode Stage.audit}. */
  audit?(output: Output, parameters: Parameters): void;
}

/**
 * Asks for the artifacts of tasks as it goes, round by round, until it knows enough to make its own: for work whose extent only its results tell. Each
 * parameter set decides for itself, and its artifact must not depend on which others are asked for with it; what they ask for alike is made once.
 *
 * Its module must import the stages of the tasks: their code then stands behind its keys.
 */
export interface RefineStage<Parameters = never, Input = never, Output = unknown> extends StageIdentity {
  /** Tells the kinds apart. */
  readonly kind: "refine";
  /** At most this many parameter sets at a time, which bounds the memory that their decisions take. */
  readonly width: number;
  /** Begins the decisions of one parameter set. */
  begin(parameters: Parameters): Refinement<Output>;
  /**
   * Answers questions about one task's artifact, in a worker.
   *
   * @param asked A parameter set and its question each.
   * @param input The artifact; not to be kept, as its memory is used again for the next one.
   * @param pulse As for {@linkcode Stage.run}.
   * @returns The answers one after the other, each of the size that was wanted; a new array each time.
   */
  partial(asked: readonly Asked<Parameters>[], input: Input, pulse: () => void): Float64Array;
  /** As {@linkcode Stage.audit}. */
  audit?(output: Output, parameters: Parameters): void;
}

/** A question and who asks. */
export interface Asked<Parameters = Json> {
  /** The parameter set. */
  readonly parameters: Parameters;
  /** What `partial` understands. */
  readonly question: Json;
}

/** A question about the artifact of a task, which is made if it is not there. */
export interface Wanted {
  /** The task; it takes the artifacts that the refining step takes. */
  readonly task: TaskRequest;
  /** What `partial` understands. */
  readonly question: Json;
  /** How many numbers the answer has. */
  readonly size: number;
}

/** The decisions of one parameter set, on the main thread: pure, so that equal answers lead to equal questions. */
export interface Refinement<Output = unknown> {
  /** What is to be answered next; nothing when it knows enough. */
  wanted(): readonly Wanted[];
  /**
   * Takes the answers to what was wanted, in that order.
   *
   * @throws {Error} If it cannot come to an end.
   */
  take(answers: readonly Float64Array[]): void;
  /** Makes the artifact. */
  finish(): Output;
}

/** A stage of any kind, whatever it takes and gives. */
// deno-lint-ignore no-explicit-any
export type AnyStage = Stage<any, any, any> | FoldStage<any, any, any> | RefineStage<any, any, any>;

/** A point of a study's sweep: what was swept, and the study's parameters with the swept values put in. */
export interface Point {
  /** Swept paths and their values, in the study's order. */
  readonly swept: { readonly [path: string]: number | string };
  /** The parameters of the study, by section. */
  readonly parameters: { readonly [section: string]: Json };
}

/** What a study is, for those who judge its results: its parameters, and the observables that it has. */
export interface StudyOutline {
  /** The parameters by section; those that are swept vary from row to row. */
  readonly parameters: { readonly [section: string]: Json };
  /** The observables with their settings, and the swept columns of their tables, [path, column]. */
  readonly observables: readonly {
    readonly name: string;
    readonly settings: Json;
    readonly swept: readonly (readonly [string, string])[];
  }[];
}

/** Tasks of one stage that a study needs, and the code that does them. */
export interface StageWork {
  /** The stage's name. */
  readonly stage: string;
  /** Which of the stage's tasks. */
  readonly task: string;
  /** How many different ones the study needs. */
  readonly count: number;
  /** SHA-256 of the code, with all that it imports. */
  readonly code: string;
}

/** A study with all that was made of it, for those who write it up. */
export interface FinishedStudy extends StudyOutline {
  /** Its name. */
  readonly study: string;
  /** Its title. */
  readonly title: string;
  /** The parameters that a study has which says nothing of them. */
  readonly defaults: { readonly [section: string]: Json };
  /** The axes of its sweep. */
  readonly sweep: Json;
  /** Its charts. */
  readonly charts: readonly { readonly name: string; readonly definition: Json }[];
  /** What it took, stage by stage. */
  readonly work: readonly StageWork[];
  /** The program with its version. */
  readonly program: string;
  /** The packages that the code uses, with their versions. */
  readonly packages: readonly string[];
  /** The artifacts of its tables. */
  readonly tables: readonly { readonly observable: string; readonly hash: string }[];
  /** Its files, each with the hashes of its content and of what it was made from. */
  readonly files: readonly { readonly name: string; readonly hash: string; readonly from: readonly string[] }[];
}

/** A task that a step asks for: a stage and the parameters that it may read. */
export interface TaskRequest {
  /** The stage. */
  // deno-lint-ignore no-explicit-any
  readonly stage: Stage<any, any, any>;
  /** What the stage may read. */
  readonly parameters: Json;
}

/** One step on an observable's way through the stages. */
export type Step = MapStep | FoldStep | RefineStep;

/** A step that makes artifacts of its own at each point; points that read the same share them. */
export interface MapStep {
  /** Tells the kinds apart. */
  readonly kind: "map";
  /** The stage's name. */
  readonly name: string;
  /** What the step reads at a point: small, since it is asked of every point. */
  reads(point: Point, settings: Json): Json;
  /** The tasks for what was read; each takes all artifacts of the step before. */
  tasks(read: Json): TaskRequest[];
}

/** A step that folds all artifacts of the step before into one artifact a point. */
export interface FoldStep {
  /** Tells the kinds apart. */
  readonly kind: "fold";
  /** The stage's name. */
  readonly name: string;
  /** The stage. */
  // deno-lint-ignore no-explicit-any
  readonly stage: FoldStage<any, any, any>;
  /** What the fold may read at a point. */
  reads(point: Point, settings: Json): Json;
}

/** A step that refines from the artifacts of the step before to one artifact a point. */
export interface RefineStep {
  /** Tells the kinds apart. */
  readonly kind: "refine";
  /** The stage's name. */
  readonly name: string;
  /** The stage. */
  // deno-lint-ignore no-explicit-any
  readonly stage: RefineStage<any, any, any>;
  /** What the refinement may read at a point. */
  reads(point: Point, settings: Json): Json;
}

/** An observable: the steps that lead to its artifacts, one artifact or more a point, and how these become a table. */
export interface ObservableDefinition {
  /** Its name. */
  readonly name: string;
  /** The way to its artifacts. */
  readonly steps: readonly Step[];
  /** What the table reads at a point besides what was swept and the artifacts; nothing if it is left out. */
  reads?(point: Point, settings: Json): Json;
  /** Makes the observable's table from the artifacts of all points, point after point. */
  // deno-lint-ignore no-explicit-any
  readonly table: Stage<any, any, any>;
}
