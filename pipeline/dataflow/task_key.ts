/**
 * Keys of tasks, which a run and a plan must work out alike.
 *
 * A key is the hash of the stage, the parameters that it may read, the content of its inputs, the stage's own code, and how a fold's inputs are shared out.
 *
 * @module
 */
import { canonicalJson } from "../store/canonical_json.ts";
import { sha256 } from "../store/hash.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import type { ArtifactReference } from "../workers/protocol.ts";
import { SHARE_RULE } from "./fold_shares.ts";
import type { AnyStage, Json } from "./stage.ts";

/**
 * The key of a task.
 *
 * @param sources Hashes of the stages' code.
 * @param stage The stage.
 * @param parameters What it may read.
 * @param inputDigest From {@linkcode digest}.
 * @returns The key.
 */
export function taskKey(sources: SourceHashes, stage: AnyStage, parameters: Json, inputDigest: string): string {
  const identity = `${stage.name}/${stage.task}${stage.kind === "fold" ? `, ${SHARE_RULE}` : ""}`;
  return sha256(`${identity}\n${sources.hash(stage.module)}\n${inputDigest}\n${canonicalJson(parameters)}`);
}

/**
 * What inputs are, as far as keys are concerned.
 *
 * @param inputs The artifacts.
 * @returns A hash of their contents in their order, and of their formats: the same bytes mean something else in another one.
 */
export function digest(inputs: readonly ArtifactReference[]): string {
  return sha256(inputs.map(({ hash, format }) => `${format} ${hash}`).join());
}

/**
 * The key under which it is kept which tasks a refinement asked about.
 *
 * @param key The refinement's own key.
 * @returns The key.
 */
export function askedKey(key: string): string {
  return sha256(`asked\n${key}`);
}
