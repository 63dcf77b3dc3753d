/**
 * A family of studies says once what its members share: a study that `extends` others holds what they hold, under what it says
 * itself.
 *
 * Mappings are merged key by key, at every depth; lists and single values are replaced whole. Keys of the base come first, in its
 * order, so that its sweep varies as it did. Of several bases a later one goes over an earlier one. `study` is never taken from a
 * base, since it names the folder of the results. `without` takes keys out of what the bases say, before the study's own are put
 * in.
 *
 * @module
 */
import * as v from "valibot";
import { listed, shown, UsageError } from "../errors.ts";
import { FAMILY } from "./family_keys.ts";
import { BaseFiles } from "./base_files.ts";
import { isMapping } from "./mapping.ts";
import { nearestKey } from "./nearest_name.ts";
import { pathOf } from "./overrides.ts";
import { dotted, type Path, problemsOf } from "./problem.ts";
import { remarksError, type Source, type SourceRemark, type SourceText } from "./source.ts";

/** A study file with the files that it extends. */
export interface Family {
  /** What they say together. */
  readonly raw: Record<string, unknown>;
  /** The files, those that go over others first: the study itself, then its bases. */
  readonly sources: readonly SourceText[];
  /** The bases with their bytes. */
  readonly bases: readonly BaseFile[];
}

/** A file that a study extends. */
export interface BaseFile {
  /** Its path. */
  readonly file: string;
  /** What was read. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The longest chain of bases. */
const DEEPEST_FAMILY = 8;

/** The most files that one study extends, counted as often as they are named. */
const MOST_BASES = 32;

/**
 * Returns a study file with all that it extends.
 *
 * @param source The file.
 * @throws {UsageError} If a base cannot be read, with everything that is wrong with any of them.
 */
export function familyOf(source: Source): Family {
  if (!Object.hasOwn(source.raw, "extends") && !Object.hasOwn(source.raw, "without")) {
    return { raw: source.raw, sources: [source], bases: [] };
  }
  return new FamilyReader(source).read();
}

/** Reads one family. */
class FamilyReader {
  readonly #study: Source;
  readonly #files: BaseFiles;
  readonly #bases: BaseFile[] = [];
  readonly #remarks: SourceRemark[] = [];
  readonly #errors: UsageError[] = [];
  #isTooMany = false;

  constructor(study: Source) {
    this.#study = study;
    this.#files = new BaseFiles(study.file);
  }

  read(): Family {
    const { raw, sources } = this.#merged(this.#study, [this.#study.file]);
    const errors = this.#remarks.length > 0 ? [remarksError(this.#remarks)] : [];
    if (errors.length + this.#errors.length > 0) throw UsageError.of([...errors, ...this.#errors]);
    return { raw, sources, bases: this.#bases };
  }

  #merged(source: Source, chain: readonly string[]): { raw: Record<string, unknown>; sources: SourceText[] } {
    const { extends: stated, without, ...own } = source.raw;
    const names = this.#checked(source, "extends", stated), removed = this.#checked(source, "without", without);
    let raw: Record<string, unknown> = {};
    const sources: SourceText[] = [];
    for (const [index, name] of names.entries()) {
      const path = Array.isArray(stated) ? ["extends", String(index)] : ["extends"];
      const base = this.#base(source, name, path, chain);
      if (base === undefined) continue;
      const { study: _name, ...shared } = base.raw;
      raw = over(raw, shared);
      sources.unshift(...base.sources);
    }
    // Of a base that could not be read nobody knows what it holds.
    const complete = this.#errors.length + this.#remarks.length === 0;
    for (const [index, text] of removed.entries()) this.#remove(source, raw, text, index, complete);
    return { raw: over(raw, own), sources: [source, ...sources] };
  }

  /** What a file says under one of the keys of this module, as a list; nothing if that is wrong, with a remark. */
  #checked(source: Source, key: keyof typeof FAMILY, value: unknown): readonly string[] {
    if (value === undefined && !Object.hasOwn(source.raw, key)) return [];
    const result = v.safeParse(FAMILY[key].wrapped as v.GenericSchema<string | string[]>, value, {
      abortPipeEarly: true,
    });
    if (result.success) return typeof result.output === "string" ? [result.output] : result.output;
    for (const { path, at, reason } of problemsOf(result.issues, [key])) this.#remark(source, path, reason, at);
    return [];
  }

  #base(
    source: Source,
    name: string,
    path: Path,
    chain: readonly string[],
  ): { raw: Record<string, unknown>; sources: SourceText[] } | undefined {
    const found = this.#files.read(source.file, name);
    if ("reason" in found) return this.#remark(source, path, `${dotted(path)} ${found.reason}`);
    const { file, bytes } = found, longer = [...chain, file];
    const way = longer.map((one) => printableName(one)).join(" → ");
    if (chain.some((one) => this.#files.isSame(one, file))) {
      return this.#remark(source, path, `${dotted(path)} goes round in a circle: ${way}: take one of them out`);
    }
    if (chain.length > DEEPEST_FAMILY) {
      return this.#remark(source, path, `${dotted(path)} goes more than ${DEEPEST_FAMILY} files deep: ${way}`);
    }
    if (this.#bases.length >= MOST_BASES) {
      if (this.#isTooMany) return undefined;
      this.#isTooMany = true;
      return this.#remark(source, path, `${dotted(path)} is one file too many: a study extends ${MOST_BASES} at most`);
    }
    this.#bases.push({ file, bytes });
    try {
      return this.#merged(this.#files.source(file, bytes), longer);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#errors.push(error);
      return undefined;
    }
  }

  #remove(source: Source, raw: Record<string, unknown>, text: string, index: number, complete: boolean): void {
    const path = pathOf(text), last = path[path.length - 1];
    let holder: unknown = raw;
    for (const key of path.slice(0, -1)) {
      holder = isMapping(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
    }
    if (isMapping(holder) && Object.hasOwn(holder, last)) {
      delete holder[last];
      return;
    }
    if (!complete) return;
    const place = ["without", String(index)];
    const known = isMapping(holder) ? Object.keys(holder) : [], nearest = nearestKey(last, known, []);
    const parent = path.length === 1 ? "what is extended" : `${dotted(path.slice(0, -1))} of what is extended`;
    const hint = Array.isArray(holder)
      ? "lists are replaced whole, so say the whole list instead"
      : known.length === 0
      ? "take it out of without"
      : nearest === undefined
      ? `the keys there are ${listed(known)}`
      : `did you mean ${dotted([...path.slice(0, -1), nearest])}?`;
    this.#remark(source, place, `${dotted(place)} must be a key of ${parent}: got ${shown(text)}: ${hint}`);
  }

  #remark(source: SourceText, path: Path, reason: string, at: "key" | "value" = "value"): undefined {
    const position = source.positions.find(path, at);
    this.#remarks.push({ source, reason, ...position && { position } });
  }
}

function printableName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

/** What one mapping says over another; neither is changed, and the result shares nothing that may be. */
function over(base: Record<string, unknown>, own: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const below = Object.hasOwn(result, key) ? result[key] : undefined;
    result[key] = isMapping(below) && isMapping(value) ? over(below, value) : value;
  }
  return result;
}
