/**
 * From the text of a study file to a study that can be computed, or to a list of everything that is wrong with it: people
 * correct a file once, not once for each mistake.
 *
 * @module
 */
import { cannotRead, cannotSet, UsageError } from "../errors.ts";
import { type BaseFile, familyOf } from "./bases.ts";
import { hiddenValues, type Place } from "./hidden_values.ts";
import { applyOverrides, type Override, pathOf } from "./overrides.ts";
import { plainCopy } from "./plain_copy.ts";
import type { Path, Problem } from "./problem.ts";
import type { Study } from "./schema.ts";
import { ambiguities, readSource, remarksError, type SourceRemark, type SourceText } from "./source.ts";
import { readStudyFile, StudyFileError, studyText } from "./study_file.ts";
import { validateStudy } from "./validate.ts";

/** A valid study and the file it came from. */
export interface LoadedStudy {
  /** The study, with every default filled in. */
  readonly study: Study;
  /** The file's name, as it was given. */
  readonly file: string;
  /** The files that it extends, as they were read. */
  readonly bases: readonly BaseFile[];
  /** What is odd about it without being wrong, a sentence each. */
  readonly warnings: readonly string[];
  /** Returns where the value at a dotted path such as `charts.0.x` stands, or undefined if it is in no file. */
  placeOf(path: string): Place | undefined;
}

/** The most problems that are looked up in the file: a pasted table can make a hundred thousand. */
const MOST_LOCATED = 1000;

/**
 * Returns the study that a YAML text stands for, with what it extends, changed by `--set` arguments, with every default filled in.
 *
 * @param text The text.
 * @param file The name of its file, for messages, and for what it extends.
 * @param overrides The `--set` arguments, a later one over an earlier one.
 * @throws {UsageError} If anything is wrong, with all of it.
 */
export function parseStudy(text: string, file: string, overrides: readonly Override[] = []): LoadedStudy {
  const { raw, sources, bases } = familyOf(readSource(text, file));
  const original = plainCopy(raw);
  const remarks: SourceRemark[] = sources.flatMap(ambiguities);
  const setProblems = applyOverrides(raw, overrides);
  const { study, problems } = validateStudy(raw);
  for (const problem of problems.slice(0, MOST_LOCATED)) {
    const override = overrideOf(problem, overrides, original);
    if (override !== undefined) setProblems.push(cannotSet(override.text, problem.reason));
    else remarks.push(remarkOn(problem, sources));
  }
  if (study === undefined || remarks.length + setProblems.length > 0) {
    // File by file, the study itself first.
    remarks.sort((a, b) => sources.indexOf(a.source) - sources.indexOf(b.source));
    throw remarksError(remarks, setProblems, Math.max(0, problems.length - MOST_LOCATED));
  }
  const placeOf = (dottedPath: string): Place | undefined => {
    const path = pathOf(dottedPath);
    for (const { positions, file } of stating(path, sources)) {
      const position = positions.find(path, "value", true);
      if (position !== undefined) return { file, ...position };
    }
    return undefined;
  };
  return { study, file, bases, placeOf, warnings: bases.length === 0 ? [] : hiddenValues(raw, placeOf) };
}

/**
 * Returns the study in a file, as {@linkcode parseStudy} does.
 *
 * @throws {UsageError} If the file cannot be read or anything in it is wrong.
 */
export function loadStudy(file: string, overrides: readonly Override[] = []): LoadedStudy {
  let text: string;
  try {
    text = studyText(readStudyFile(file));
  } catch (error) {
    if (!(error instanceof StudyFileError)) throw error;
    throw new UsageError([cannotRead(file, error.message)]);
  }
  return parseStudy(text, file, overrides);
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

/** In the file that goes over the others where the value is in several; of a value that is nowhere, the innermost mapping around it. */
function remarkOn(problem: Problem, sources: readonly SourceText[]): SourceRemark {
  const { path, at, reason } = problem;
  for (const candidate of [path, ...problem.related ?? []]) {
    for (const source of stating(candidate, sources)) {
      const position = source.positions.find(candidate, at, true);
      if (position !== undefined) return { source, reason, position };
    }
  }
  const files = stating(path, sources), reaches = files.map(({ positions }) => positions.reach(path));
  const source = files[reaches.indexOf(Math.max(...reaches))], position = source.positions.find(path, at);
  return { source, reason, ...position && { position } };
}

/** The files that may say what is at a path: the name of a study is that of its own file. */
function stating(path: Path, sources: readonly SourceText[]): readonly SourceText[] {
  return path[0] === "study" ? sources.slice(0, 1) : sources;
}
