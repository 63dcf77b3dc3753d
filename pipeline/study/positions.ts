/**
 * Where in a file a value stands: the parser that gives the values keeps no positions, so a second parser is asked, and
 * loaded only when there is something to point at (it takes longer to load than a study takes to read).
 *
 * @module
 */
import process from "node:process";
import { parse } from "@std/yaml";
import defer * as yaml from "yaml";
import type { Position } from "../errors.ts";
import type { Path } from "./problem.ts";

/** A sentence about a file, with its place. */
export interface Remark {
  /** The sentence. */
  readonly reason: string;
  /** The place, where it is known. */
  readonly position?: Position;
}

/** The positions of one file's keys and values. */
export class Positions {
  readonly #lines: yaml.LineCounter;
  readonly #document: yaml.Document.Parsed;

  /** Returns the positions of a text that has been read as YAML before. */
  constructor(source: string) {
    this.#lines = new yaml.LineCounter();
    const options = { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false };
    this.#document = withoutEnvironment(() => yaml.parseDocument(source, options));
  }

  /**
   * Returns the position of a key or a value; for a path that is not in the file, that of the nearest mapping or list
   * around it, unless `exact` is asked for.
   */
  find(path: Path, at: "key" | "value", exact = false): Position | undefined {
    let node: unknown = this.#document.contents;
    let found: unknown = node;
    for (const [index, key] of path.entries()) {
      const step = this.#step(node, key);
      if (step === undefined) return exact ? undefined : this.#position(found);
      const last = index === path.length - 1;
      // A key without a value (`mass:`) has nothing to point at but the key.
      found = last && at === "key" || !yaml.isNode(step.value) || isEmpty(step.value) ? step.key : step.value;
      node = step.value;
    }
    return this.#position(found);
  }

  /** Returns how many of the keys of a path are in the file, one in the other. */
  reach(path: Path): number {
    let node: unknown = this.#document.contents;
    for (const [index, key] of path.entries()) {
      const step = this.#step(node, key);
      if (step === undefined) return index;
      node = step.value;
    }
    return path.length;
  }

  /** Returns a remark on each tab that indents: the parser of the values lets them pass and may mistake the structure. */
  tabs(): Remark[] {
    return this.#document.errors
      .filter((error) => error.code === "TAB_AS_INDENT")
      .map((error) => ({ reason: TAB_REASON, position: positionOf(this.#lines, error.pos[0]) }));
  }

  /** Returns a remark on each number that is a different number, or none, to other readers of YAML, such as `010`. */
  ambiguousNumbers(): Remark[] {
    const remarks: Remark[] = [];
    yaml.visit(this.#document, {
      Scalar: (_key, node) => {
        const reason = node.type === "PLAIN" ? ambiguousNumber(node.source ?? "") : undefined;
        const position = this.#position(node);
        if (reason !== undefined) remarks.push({ reason, ...position && { position } });
      },
    });
    return remarks;
  }

  #step(node: unknown, key: string): { key: unknown; value: unknown } | undefined {
    const target = yaml.isAlias(node) ? node.resolve(this.#document) : node;
    if (yaml.isSeq(target)) {
      const value = /^\d+$/.test(key) ? target.items[Number(key)] : undefined;
      return value === undefined ? undefined : { key: value, value };
    }
    if (!yaml.isMap(target)) return undefined;
    return target.items.find((pair) => String(yaml.isScalar(pair.key) ? pair.key.value : pair.key) === key);
  }

  #position(node: unknown): Position | undefined {
    const range = yaml.isNode(node) ? node.range : undefined;
    if (!range) return undefined;
    return positionOf(this.#lines, range[0]);
  }
}

const TAB_REASON = "it is indented with a tab: use spaces";

function positionOf(lines: yaml.LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function isEmpty(node: yaml.Node): boolean {
  return yaml.isScalar(node) && node.value === null && node.range?.[0] === node.range?.[1];
}

/** Returns true if a text may be indented with tabs: a cheap look before the exact one. */
export function mayHaveTabs(source: string): boolean {
  return /^ *\t/m.test(source);
}

/** Returns true if a text may hold numbers that readers of YAML disagree about: a cheap look before the exact one. */
export function mayHaveAmbiguousNumbers(source: string): boolean {
  return AMBIGUOUS_NUMBER.test(source);
}

const AMBIGUOUS_NUMBER = /(?<![\w.])[-+]?(?:0[0-9bo_]|\d[\d.]*_)/i;

/** Returns the data that another reader of YAML, one of YAML 1.2, takes a text for. */
export function valueElsewhere(source: string): unknown {
  return withoutEnvironment(() => yaml.parse(source));
}

/**
 * The second parser looks up variables of the environment that make it print what it does; this program may not read the
 * environment, and asking for it would be refused: so for as long as the parser runs there is none.
 */
function withoutEnvironment<Result>(run: () => Result): Result {
  const { env } = process;
  process.env = {};
  try {
    return run();
  } finally {
    process.env = env;
  }
}

/** Returns why a plain scalar is not one number for all readers of YAML, or undefined if it is, or is no number. */
export function ambiguousNumber(text: string): string | undefined {
  if (!/^[-+.\d][\w.+-]*$/.test(text) || !AMBIGUOUS_NUMBER.test(text)) return undefined;
  const here = parse(text, { schema: "core" });
  const elsewhere = valueElsewhere(text);
  if (typeof here !== "number" || here === elsewhere) return undefined;
  const other = typeof elsewhere === "number" ? String(elsewhere) : "text";
  return `${text} is ${here} to some readers of YAML and ${other} to others: write it in plain digits`;
}

/**
 * Returns what is wrong with a text that is no YAML, in the order of the file.
 *
 * @param source The text.
 * @param error What the parser of the values threw: used where the other parser finds nothing wrong.
 */
export function syntaxRemarks(source: string, error: Error): Remark[] {
  if (error instanceof RangeError) return [{ reason: "it is nested too deeply" }];
  const found = source.length <= LARGEST_SURVEY ? surveyOf(source) : [];
  if (found.length > 0) return found;
  const { line, column } = error as Error & Partial<Position>;
  const words = error.message.split(/ at line \d+|\n/)[0];
  return [{
    reason: parserReason(words),
    ...line !== undefined && column !== undefined && { position: { line, column } },
  }];
}

/** The longest text that is searched for all its errors: the search for double keys takes quadratic time. */
const LARGEST_SURVEY = 2 ** 16;

function surveyOf(source: string): Remark[] {
  const lines = new yaml.LineCounter();
  let documents: readonly yaml.Document.Parsed[];
  try {
    documents = [
      ...withoutEnvironment(() => yaml.parseAllDocuments(source, { lineCounter: lines, prettyErrors: false })),
    ];
  } catch (error) {
    // Too deep for this parser, though not for the other one, whose error is then all there is to tell.
    if (error instanceof RangeError) return [];
    throw error;
  }
  const errors = documents.flatMap((document) => document.errors);
  if (errors.length === 0 && documents.length > 1) {
    const reason = `it holds ${documents.length} documents: put each study in a file of its own`;
    return [{ reason, position: positionOf(lines, documents[1].range[0]) }];
  }
  // A double key leaves the rest of the file as it is; after any other slip what follows is read wrongly, and would be blamed for it.
  const firstSlip = errors.findIndex(({ code }) => code !== "DUPLICATE_KEY");
  const telling = firstSlip < 0 ? errors : errors.slice(0, firstSlip + 1);
  return telling.map((found) => ({ reason: syntaxReason(found, source), position: positionOf(lines, found.pos[0]) }));
}

/** The commonest slips in words of their own; the parser's words for the rest. */
function syntaxReason(error: yaml.YAMLParseError, source: string): string {
  const [start] = error.pos, character = source[start] ?? "";
  switch (error.code) {
    case "DUPLICATE_KEY": {
      const key = /^[^\s:]*/.exec(source.slice(start, start + 64))?.[0];
      return `the key ${key} appears twice: keep one of the two`;
    }
    case "TAB_AS_INDENT":
      return TAB_REASON;
    case "BLOCK_AS_IMPLICIT_KEY": {
      const line = source.slice(start).split("\n", 1)[0];
      return /:(\s|$)/.test(line)
        ? "a second colon on one line: put a text that has a colon in quotes, or a mapping on lines of its own"
        : "the next line is indented as if it belonged to this one: indent the keys of one mapping alike";
    }
    case "MULTILINE_IMPLICIT_KEY":
      return "a line that is no key with its value, as in mass: 1: check its colon and its indentation";
    case "BAD_SCALAR_START":
      return `a text that starts with ${character} has to be in quotes`;
    case "UNEXPECTED_TOKEN":
      return /^[}\]]/.test(character)
        ? `a ${character} that nothing opens: take it out, or see whether the key of its bracket has a colon`
        : `it is not valid YAML: ${error.message}`;
    case "BAD_INDENT":
    case "MISSING_CHAR":
      if (/^Flow|Expected flow/.test(error.message)) return "a { or [ is not closed: add the } or ] that is missing";
      if (/same column/.test(error.message)) {
        return "it is indented unlike what is before it: indent the keys of one mapping alike";
      }
      if (/closing/.test(error.message)) {
        return `a quote is not closed: add the ${error.message.includes('"') ? '"' : "'"} that is missing`;
      }
      return `it is not valid YAML: ${error.message}`;
    default:
      return `it is not valid YAML: ${error.message}`;
  }
}

/** Returns the words of the parser of the values, in those of this program where they are about something common. */
function parserReason(words: string): string {
  const tag = /tag !<(?:tag:yaml\.org,2002:)?([^>]*)>|<(?:tag:yaml\.org,2002:)?([^>]*)> explicit tag/.exec(words);
  if (tag !== null) return `the tag ${tag[1] ?? tag[2]} is not for studies: write the value without it`;
  const alias = /unidentified alias "([^"]*)"/.exec(words);
  if (alias !== null) {
    return `there is no &${alias[1]} before this *${alias[1]}: define it, or put a text that starts with * in quotes`;
  }
  if (/duplicated key/.test(words)) return "a key appears twice: keep one of the two";
  return `it is not valid YAML: ${words}`;
}
