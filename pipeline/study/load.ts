/**
 * From the text of a study file to a study that can be computed, or to a list of everything that is wrong with it: people
 * correct a file once, not once for each mistake.
 *
 * @module
 */
import { parse } from "@std/yaml";
import { cannotRead, cannotSet, type Position, shown, UsageError } from "../errors.ts";
import { isMapping } from "./mapping.ts";
import { applyOverrides, type Override, pathOf } from "./overrides.ts";
import { NotPlainError, plainCopy } from "./plain_copy.ts";
import { mayHaveAmbiguousNumbers, mayHaveTabs, Positions, type Remark, syntaxRemarks } from "./positions.ts";
import type { Path, Problem } from "./problem.ts";
import type { Study } from "./schema.ts";
import { validateStudy } from "./validate.ts";

/** A valid study and the file it came from. */
export interface LoadedStudy {
  /** The study, with every default filled in. */
  readonly study: Study;
  /** The file's name, as it was given. */
  readonly file: string;
  /** Returns the line (from 1) of the value at a dotted path such as `charts.0.x`, or undefined if it is a default. */
  lineOf(path: string): number | undefined;
}

/** The largest study file, in bytes. */
export const LARGEST_FILE = 2 ** 20;

/** The most problems that are listed. */
const MOST_LISTED = 50;

/** The most problems that are looked up in the file: a pasted table can make a hundred thousand. */
const MOST_LOCATED = 1000;

/**
 * Returns the study that a YAML text stands for, changed by `--set` arguments, with every default filled in.
 *
 * @param source The text.
 * @param file The name of its file, for messages.
 * @param overrides The `--set` arguments, a later one over an earlier one.
 * @throws {UsageError} If anything is wrong, with all of it.
 */
export function parseStudy(source: string, file: string, overrides: readonly Override[] = []): LoadedStudy {
  if (source.length > LARGEST_FILE) throw new UsageError([cannotRead(file, tooLarge())]);
  const raw = readMapping(source, file);
  const original = plainCopy(raw);
  let positions: Positions | undefined;
  const locate = (): Positions => positions ??= new Positions(source);

  const tabs = mayHaveTabs(source) ? locate().tabs() : [];
  if (tabs.length > 0) throw new UsageError(fewest(messagesOf(tabs, file)));
  const remarks: Remark[] = mayHaveAmbiguousNumbers(source) ? locate().ambiguousNumbers() : [];
  const setProblems = applyOverrides(raw, overrides);
  const { study, problems } = validateStudy(raw);
  for (const problem of problems.slice(0, MOST_LOCATED)) {
    const override = overrideOf(problem, overrides, original);
    if (override !== undefined) setProblems.push(cannotSet(override.text, problem.reason));
    else remarks.push(remarkOn(problem, locate()));
  }
  const messages = [...messagesOf(remarks, file), ...new Set(setProblems)];
  if (study === undefined || messages.length > 0) {
    throw new UsageError(fewest(messages, Math.max(0, problems.length - MOST_LOCATED)));
  }
  return {
    study,
    file,
    lineOf: (path: string): number | undefined => locate().find(pathOf(path), "value", true)?.line,
  };
}

/**
 * Returns the study in a file, as {@linkcode parseStudy} does.
 *
 * @throws {UsageError} If the file cannot be read or anything in it is wrong.
 */
export async function loadStudy(file: string, overrides: readonly Override[] = []): Promise<LoadedStudy> {
  return parseStudy(await readText(file), file, overrides);
}

async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    const { isDirectory, isFile, size } = await Deno.stat(file);
    if (isDirectory) {
      throw new UsageError([cannotRead(file, `it is a directory: name a study in it, as in ${file}/NAME.yaml`)]);
    }
    if (!isFile) throw new UsageError([cannotRead(file, "it is not a regular file: name a study's YAML file")]);
    if (size > LARGEST_FILE) throw new UsageError([cannotRead(file, tooLarge())]);
    bytes = await Deno.readFile(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError([cannotRead(file, systemReason(error as Error, file))]);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError([cannotRead(file, "it is not UTF-8 text: save it as UTF-8")]);
  }
}

function systemReason(error: Error, file: string): string {
  if (error instanceof Deno.errors.NotFound) {
    // People name a study by its name, without its folder or its ending.
    const meant = [`${file}.yaml`, `configs/${file}`, `configs/${file}.yaml`].find(isFile);
    const hint = meant === undefined ? "check its name and the folder you are in" : `did you mean ${meant}?`;
    return `there is no such file: ${hint}`;
  }
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied: check who may read it";
  return error.message;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false; // for a hint it does not matter why
  }
}

function tooLarge(): string {
  return "it is larger than 1 MiB: a study is a short text, so check that this is one";
}

/** The mapping in a text, unshared and plain. */
function readMapping(source: string, file: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = parse(source, { schema: "core" });
  } catch (error) {
    throw new UsageError(fewest(messagesOf(syntaxRemarks(source, error as Error), file)));
  }
  try {
    data = plainCopy(data);
  } catch (error) {
    if (!(error instanceof NotPlainError)) throw error;
    throw new UsageError([cannotRead(file, error.message)]);
  }
  if (isMapping(data)) return data;
  const needs = "a study is a mapping with at least the keys study and observables";
  throw new UsageError([
    cannotRead(file, data === null ? `it is empty: ${needs}` : `it holds ${shown(data)}: ${needs}`),
  ]);
}

/** The `--set` argument that a mistake comes from, the last one of several, or undefined if it is the file's. */
function overrideOf(problem: Problem, overrides: readonly Override[], original: unknown): Override | undefined {
  const made = (path: Path) => ({ path: set }: Override): boolean =>
    startsWith(path, set) || startsWith(set, path) && !holds(original, path);
  const related = [problem.path, ...problem.related ?? []];
  return related.map((path) => overrides.findLast(made(path))).find((override) => override !== undefined);
}

function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((key, index) => key === path[index]);
}

function holds(data: unknown, path: Path): boolean {
  let value = data;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return true;
}

function remarkOn(problem: Problem, positions: Positions): Remark {
  const exact = [problem.path, ...problem.related ?? []]
    .map((path) => positions.find(path, problem.at, true))
    .find((position) => position !== undefined);
  const position = exact ?? positions.find(problem.path, problem.at);
  return { reason: problem.reason, ...position && { position } };
}

/** One message a remark, in the order of the file, none twice. */
function messagesOf(remarks: readonly Remark[], file: string): string[] {
  const place = ({ line, column }: Position = { line: 0, column: 0 }): number => line * (LARGEST_FILE + 1) + column;
  const sorted = remarks.toSorted((a, b) => place(a.position) - place(b.position));
  return [...new Set(sorted.map(({ reason, position }) => cannotRead(file, reason, position)))];
}

function fewest(messages: readonly string[], unlocated = 0): readonly string[] {
  const left = messages.length - MOST_LISTED + unlocated;
  if (messages.length <= MOST_LISTED) return messages;
  return [...messages.slice(0, MOST_LISTED), `… and ${left} more problems`];
}
