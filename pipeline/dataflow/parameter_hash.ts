/**
 * A study's parameters in one hash, by which a chart says what it was computed for.
 *
 * @module
 */
import { canonicalJson } from "../store/canonical_json.ts";
import { sha256 } from "../store/hash.ts";
import type { FlowStudy } from "./flow.ts";

/**
 * Hashes what a study says of some of its observables: its parameters with all defaults, its sweep, and their settings. Titles, charts and other observables do
 * not count.
 *
 * @param study The study.
 * @param names The observables.
 * @returns SHA-256 in hexadecimal.
 */
export function parameterHash({ parameters, sweep, observables }: FlowStudy, names: readonly string[]): string {
  const settings = observables.filter(({ definition }) => names.includes(definition.name)).map(
    ({ definition, settings }) => [definition.name, settings] as const,
  );
  return sha256(canonicalJson({ parameters, sweep, observables: Object.fromEntries(settings) }));
}
