/**
 * What a chart came from, written into its spec: a file that is taken out of its folder, sent around and opened years later still says which numbers it shows, and
 * can be checked against a study.
 *
 * It is told in hashes of what the chart follows from, and in nothing that differs between machines and runs. The hash of the code is not among them: code that
 * comes to the same numbers makes the same chart, byte for byte.
 *
 * @module
 */
import { isJsonObject, type JsonObject } from "./merge.ts";

/** What a chart came from. */
export interface ChartSources {
  /** The program with its version. */
  readonly program: string;
  /** The study's name. */
  readonly study: string;
  /** The chart's name in it. */
  readonly chart: string;
  /** SHA-256 of the study's parameters, its sweep, and the settings of the observables that the chart shows. */
  readonly parameters: string;
  /** SHA-256 of the tables that it shows, by observable. */
  readonly tables: Readonly<Record<string, string>>;
  /** SHA-256 of the spec without this. */
  readonly spec: string;
}

/** What a spec says of itself, in `usermeta.diracflow`. */
export interface Provenance extends ChartSources {
  /** SHA-256 of the data in the spec, see {@linkcode dataOf}. */
  readonly data: string;
}

const MEMBER = "diracflow";

/**
 * Returns a spec as it is written to a file: one space an indent, so that its data can be read and are not half of it.
 *
 * @param spec A Vega-Lite spec.
 */
export function specText(spec: JsonObject): string {
  return `${JSON.stringify(spec, null, 1)}\n`;
}

/**
 * Returns a spec that says what it came from, beside what the user's fragment may have put into its `usermeta`.
 *
 * @param spec A Vega-Lite spec.
 * @param sources What it came from.
 */
export async function withProvenance(spec: JsonObject, sources: ChartSources): Promise<JsonObject> {
  const provenance: Provenance = { ...sources, data: await sha256(dataOf(spec)) };
  const usermeta = { ...isJsonObject(spec.usermeta) ? spec.usermeta : {}, [MEMBER]: provenance };
  if ("usermeta" in spec) return { ...spec, usermeta };
  const { $schema, description, ...rest } = spec;
  return { $schema, description, usermeta, ...rest };
}

/**
 * Returns what a spec says that it came from, or undefined if it says nothing of that kind.
 *
 * @param spec A Vega-Lite spec, or anything else.
 */
export function provenanceOf(spec: unknown): Provenance | undefined {
  const said = isJsonObject(spec) && isJsonObject(spec.usermeta) ? spec.usermeta[MEMBER] : undefined;
  if (!isJsonObject(said) || !isJsonObject(said.tables)) return undefined;
  const { program, study, chart, parameters, spec: hash, data, tables } = said;
  const texts = [program, study, chart, parameters, hash, data, ...Object.values(tables)];
  return texts.every((text) => typeof text === "string") ? said as unknown as Provenance : undefined;
}

/**
 * Returns the texts that a spec may have had before {@linkcode withProvenance}: two if it had a `usermeta` with nothing in it, or none.
 *
 * @param spec A spec that says what it came from.
 */
export function textsWithout(spec: JsonObject): string[] {
  const { usermeta, ...rest } = spec as { usermeta: JsonObject };
  const { [MEMBER]: _provenance, ...own } = usermeta;
  const kept = specText({ ...spec, usermeta: own });
  return Object.keys(own).length > 0 ? [kept] : [specText(rest), kept];
}

/**
 * Returns the data in a spec as a text: all that is called `data` or `datasets`, and pictures, in the order in which they are there, whatever the order of the
 * columns in a row.
 *
 * @param spec A Vega-Lite spec.
 */
export function dataOf(spec: JsonObject): string {
  const found: unknown[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(look);
    if (!isJsonObject(value)) return;
    for (const [key, item] of Object.entries(value)) {
      const isPicture = key === "url" && typeof item === "string" && item.startsWith("data:");
      if (key === "data" || key === "datasets" || isPicture) found.push(item);
      else if (key !== "usermeta") look(item);
    }
  };
  look(spec);
  return JSON.stringify(found, (_key, value) => {
    return isJsonObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value;
  });
}

/**
 * Returns the SHA-256 of a text in hexadecimal.
 *
 * @param text The text, hashed as UTF-8.
 */
export async function sha256(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}
