/**
 * One file of a study as it was read: what it says, and where in it each thing is said.
 *
 * @module
 */
import { parse } from "@std/yaml";
import { cannotRead, type Excerpt, type Position, shown, UsageError } from "../errors.ts";
import { isMapping } from "./mapping.ts";
import { NotPlainError, plainCopy } from "./plain_copy.ts";
import { mayHaveAmbiguousNumbers, mayHaveTabs, Positions, type Remark, syntaxRemarks } from "./positions.ts";
import { LARGEST_FILE, tooLarge } from "./study_file.ts";

/** A sentence about a file, with the file. */
export interface SourceRemark extends Remark {
  /** The file. */
  readonly source: SourceText;
}

/** The most problems that are listed. */
const MOST_LISTED = 50;

/** A file's name and text. */
export class SourceText {
  /** The file's name, as messages have it. */
  readonly file: string;
  /** The text. */
  readonly text: string;
  #positions: Positions | undefined;
  #lines: readonly string[] | undefined;

  /** A text and the name of its file. */
  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }

  /** The places of what the text says, found when the first is asked for. */
  get positions(): Positions {
    return this.#positions ??= new Positions(this.text);
  }

  /** Returns the line of a place, with the place. */
  excerpt(position: Position): Excerpt {
    this.#lines ??= this.text.replace(/^\ufeff/, "").split(/\r\n|[\r\n]/);
    return { ...position, text: this.#lines[position.line - 1] ?? "" };
  }
}

/** A file that holds a mapping. */
export interface Source extends SourceText {
  /** What it holds: plain, unshared data. */
  readonly raw: Record<string, unknown>;
}

/**
 * Returns a text with the mapping that it holds.
 *
 * @throws {UsageError} If it is too long, no YAML, no mapping, or indented with tabs.
 */
export function readSource(text: string, file: string): Source {
  if (text.length > LARGEST_FILE) throw new UsageError([cannotRead(file, tooLarge().message)]);
  const source = new SourceText(text, file), raw = mappingIn(source);
  const tabs = mayHaveTabs(text) ? source.positions.tabs() : [];
  if (tabs.length > 0) throw remarksError(tabs.map((tab) => ({ ...tab, source })));
  return Object.assign(source, { raw });
}

/** Returns a remark on each number of a file that is another one to other readers of YAML. */
export function ambiguities(source: SourceText): SourceRemark[] {
  if (!mayHaveAmbiguousNumbers(source.text)) return [];
  return source.positions.ambiguousNumbers().map((remark) => ({ ...remark, source }));
}

/**
 * Returns the error that lists remarks, each once: file by file, in the order of the file, and then other messages.
 *
 * @param remarks The remarks.
 * @param others Messages that are about no file.
 * @param unlisted How many problems there are besides.
 */
export function remarksError(
  remarks: readonly SourceRemark[],
  others: readonly string[] = [],
  unlisted = 0,
): UsageError {
  const files = [...new Set(remarks.map(({ source }) => source))];
  const place = ({ source, position: { line, column } = { line: 0, column: 0 } }: SourceRemark): number =>
    (files.indexOf(source) * LARGEST_FILE + line) * (LARGEST_FILE + 1) + column;
  const sorted = remarks.map((remark) => ({ remark, at: place(remark) })).sort((a, b) => a.at - b.at);
  const excerpts = new Map<string, Excerpt>();
  const messages = new Set<string>();
  for (const { remark: { source, reason, position } } of sorted) {
    const message = cannotRead(source.file, reason, position);
    messages.add(message);
    if (position !== undefined && messages.size <= MOST_LISTED) excerpts.set(message, source.excerpt(position));
  }
  return new UsageError(fewest([...messages, ...new Set(others)], unlisted), excerpts);
}

function fewest(messages: readonly string[], unlisted: number): readonly string[] {
  if (messages.length <= MOST_LISTED) return messages;
  const left = messages.length - MOST_LISTED + unlisted;
  return [...messages.slice(0, MOST_LISTED), `… and ${left} more problem${left === 1 ? "" : "s"}`];
}

function mappingIn(source: SourceText): Record<string, unknown> {
  const { text, file } = source;
  let data: unknown;
  try {
    data = parse(text, { schema: "core" });
  } catch (error) {
    throw remarksError(syntaxRemarks(text, error as Error).map((remark) => ({ ...remark, source })));
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
