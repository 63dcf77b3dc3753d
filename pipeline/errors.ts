/**
 * The errors that users see and the words they are made of, in one place so that all of them read alike: the action
 * that failed, a colon, the reason, and what to do about it.
 *
 * @module
 */

/** The arguments or a study file are wrong: nothing was computed, and the process leaves with exit code 2. */
export class UsageError extends Error {
  /** Every problem found, one complete sentence each, in the order of the file. */
  readonly problems: readonly string[];
  /** The lines that problems are about, by problem, where there is one. */
  readonly excerpts: ReadonlyMap<string, Excerpt>;

  /** Returns an error whose message is the problems, one a line, with nothing in it that a terminal would obey. */
  constructor(problems: readonly string[], excerpts: ReadonlyMap<string, Excerpt> = new Map()) {
    const sentences = problems.map(printable);
    super(sentences.join("\n"));
    this.name = "UsageError";
    this.problems = sentences;
    this.excerpts = new Map([...excerpts].map(([problem, excerpt]) => [printable(problem), excerpt]));
  }

  /** Returns one error with the problems of several, each once. */
  static of(errors: readonly UsageError[]): UsageError {
    const problems = new Set(errors.flatMap((error) => error.problems));
    return new UsageError([...problems], new Map(errors.flatMap((error) => [...error.excerpts])));
  }
}

/** A line of a file, with the place in it that is meant. */
export interface Excerpt extends Position {
  /** The line. */
  readonly text: string;
}

/** A stage of a run failed: the process leaves with exit code 1. */
export class StageFailure extends Error {
  /** Returns an error that keeps what the stage threw as its `cause`. */
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = "StageFailure";
  }
}

/** Source files changed under a program that runs: what it would file as the result of one version may be that of another, so it stops. */
export class ProgramChanged extends StageFailure {
  /** The files, by their paths from the project's root. */
  readonly files: readonly string[];

  /** Returns an error that names the files. */
  constructor(files: readonly string[]) {
    const names = listed(files);
    super(
      `Cannot go on: ${names} changed while the program was running, which has loaded what was there before; run again`,
    );
    this.name = "ProgramChanged";
    this.files = files;
  }
}

/** A place in a text file, both numbers counted from 1. */
export interface Position {
  /** The line. */
  readonly line: number;
  /** The column. */
  readonly column: number;
}

/** Returns the message for a file that cannot be used, with the place when it is known. */
export function cannotRead(file: string, reason: string, position?: Position): string {
  const place = position === undefined ? "" : `:${position.line}:${position.column}`;
  return `Cannot read ${file}${place}: ${reason}`;
}

/** Returns the message for a `--set` argument that cannot be used. */
export function cannotSet(text: string, reason: string): string {
  return `Cannot use --set ${shortened(text)}: ${reason}`;
}

/**
 * Returns the reason for a value that breaks a rule, for example `model.mass must be a finite number: got "1.2.3"`.
 *
 * @param path The dotted path of the value.
 * @param rule What it must be.
 * @param value What it is.
 * @param nearest The allowed word that it resembles, if it resembles one.
 */
export function brokenRule(path: string, rule: string, value: unknown, nearest?: string): string {
  const hint = nearest === undefined ? hintFor(path, rule, value) : `did you mean ${nearest}?`;
  return `${path === "" ? "a study" : path} ${rule}: got ${shown(value)}${hint === undefined ? "" : ` (${hint})`}`;
}

/** Returns the reason for a required key that is not there. */
export function missingKey(path: string): string {
  return `${path} is missing: every ${parentWords(path)} needs it`;
}

/**
 * Returns the reason for a key that no study has.
 *
 * @param path The dotted path of the key.
 * @param nearest The known key or path it most resembles, if any does.
 * @param known All the keys that are allowed in its place.
 */
export function unknownKey(path: string, nearest: string | undefined, known: readonly string[]): string {
  const words = `unknown key ${shortened(path)}`;
  // In `{mass: 0,5}` the comma ends the number, and 5 becomes a key; in `{mass:1}` all of it is a key.
  if (/\.\d+$/.test(path)) {
    return `${words}: a comma ends a number: write a decimal point, as in 0.5, and 1000 without a comma`;
  }
  if (/[\w"']:\S/.test(path)) return `${words}: put a space after the colon`;
  if (OPTIONS.includes(path)) return `${words}: that is for the command line, as --${path}`;
  return nearest === undefined ? `${words}: the keys here are ${listed(known)}` : `${words}: did you mean ${nearest}?`;
}

/** Options that people look for in a study. */
const OPTIONS: readonly string[] = ["workers", "out", "cache", "quiet", "executor", "json"];

/** Returns the reason for a path that cannot be swept. */
export function unsweepable(path: string, nearest: string | undefined, paths: readonly string[]): string {
  const hint = nearest === undefined
    ? `the paths are ${listed(paths.filter((known) => known.includes(".")))}`
    : `did you mean ${nearest}?`;
  return `sweep: ${shortened(path)} cannot be swept: ${hint}`;
}

/** Returns the reason for a chart of an observable that its study does not compute. */
export function noObservable(
  path: string,
  name: string,
  observables: readonly string[],
  nearest: string | undefined,
): string {
  const hint = nearest === undefined ? "" : `, did you mean ${nearest}?`;
  return `${path} must be an observable of this study (${observables.join(", ")}): got ${shown(name)}${hint}`;
}

/** Returns the reason for a chart with a column that its observable's table will not have, or that is not of the kind it needs. */
export function noColumn(
  path: string,
  name: string,
  observable: string,
  columns: readonly string[],
  nearest: string | undefined,
  kind: "" | " with numbers" = "",
): string {
  const hint = nearest === undefined ? "" : `, did you mean ${nearest}?`;
  return `${path} must be a column of ${observable}${kind} (${columns.join(", ")}): got ${shown(name)}${hint}`;
}

/** Returns names joined as in a sentence, for example `linear, constant or table`. */
export function listed(names: readonly string[], conjunction = "and"): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${conjunction} ${names[names.length - 1]}`;
}

/** Returns a value as an error shows it: short, on one line, and the same words as in the file where that is possible. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  return typeof value === "object" ? "a mapping" : String(value);
}

/**
 * Returns a text with control characters, among them those that change the direction of writing, as escapes: what comes
 * out of a file must not steer the terminal.
 */
export function printable(text: string): string {
  return text.replace(
    // deno-lint-ignore no-control-regex
    /[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (character) => `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
}

/** Returns the first characters of a long text, on one line. */
export function shortened(text: string): string {
  const characters = Array.from(text.replace(/\s+/g, " "));
  return characters.length <= 60 ? characters.join("") : `${characters.slice(0, 57).join("")}...`;
}

function hintFor(path: string, rule: string, value: unknown): string | undefined {
  if (value === null || value === undefined) {
    if (REQUIRED.test(path)) return "give it a value";
    return /\.\d+$/.test(path) ? "give it a value or take it out" : "give it a value or leave the key out";
  }
  return /number|integer/.test(rule) ? numberHint(value) : textHint(rule, value) ?? mappingHint(path, rule, value);
}

/** Keys that cannot be left out. */
const REQUIRED =
  /^(study|observables)$|^charts\..*\b(name|observable|mark|panels|expression|from|to)$|\.(from|to|count)$/;

/** People write numbers that YAML reads as text (`-.5`, `"0.1"`, `1,5`, `2*pi`): say how to write them. */
function numberHint(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text !== "" && Number.isFinite(Number(text))) return `that is text: write ${Number(text)}, without quotes`;
  if (/^[-+]?\d+,\d+$/.test(text)) return `write ${text.replace(",", ".")}, with a decimal point`;
  const dashed = text.replace(/^[\u2010-\u2015\u2212]/, "-");
  if (dashed !== text && Number.isFinite(Number(dashed))) return `that is a dash and no minus: write ${dashed}`;
  if (/\bpi\b|π/i.test(text)) return `formulas are not computed here: pi is ${Math.PI}`;
  return undefined;
}

function textHint(rule: string, value: unknown): string | undefined {
  const isScalar = typeof value === "number" || typeof value === "boolean";
  if (/lower-case/.test(rule) && (isScalar || typeof value === "string")) {
    return nameHint(rule, String(value), isScalar);
  }
  return isScalar && /text|name/.test(rule) ? `put it in quotes: "${value}"` : undefined;
}

/** A name that is allowed and says the same. */
function nameHint(rule: string, value: string, isScalar: boolean): string | undefined {
  const joint = /underscores/.test(rule) ? /[^a-z0-9_]+/g : /[^a-z0-9]+/g;
  const name = value.toLowerCase().replace(joint, "-").replace(/^[-_]+|[-_]+$/g, "").slice(0, 64).replace(/[-_]+$/, "");
  if (name === "") return undefined;
  return isScalar ? `put it in quotes: "${name}"` : `as in ${name}`;
}

/** What a mapping could be that was meant by a single word or number. */
function mappingHint(path: string, rule: string, value: unknown): string | undefined {
  if (rule !== "must be a mapping") return undefined;
  if (path === "observables") {
    const names = Array.isArray(value) ? value : [value];
    const isWords = names.length > 0 && names.every((name) => typeof name === "string" && /^[a-z_]+$/.test(name));
    return isWords ? `write {${names.map((name) => `${name}: {}`).join(", ")}}` : undefined;
  }
  if (/^observables\.\w+$/.test(path)) return "write {} for the usual settings";
  if (path === "momentum" && typeof value === "number") return `write {qy: ${value}, qz: ${value}}`;
  if (path === "model.gauge_field" && typeof value === "string" && /^[a-z]+$/.test(value)) {
    return `write {profile: ${value}}`;
  }
  return undefined;
}

function parentWords(path: string): string {
  const parts = path.split(".");
  if (parts.length === 1) return "study";
  if (/^charts\.\d+\.[^.]+$/.test(path)) return "chart";
  const part = /^charts\.\d+\..*\b(layer|panel)s\.\d+\.[^.]+$/.exec(path);
  if (part !== null) return part[1];
  if (/^charts\..*\.[xy]\.expression$/.test(path)) return "axis {expression: …, title: …}";
  if (/^charts\..*\.labels\.expression$/.test(path)) return "column of labels {expression: …}";
  if (/^charts\..*\.filter\./.test(path)) return "filter {from: …, to: …}";
  const last = parts[parts.length - 1];
  return ["from", "to", "count"].includes(last) ? "range {from: …, to: …, count: …}" : parts.slice(0, -1).join(".");
}
