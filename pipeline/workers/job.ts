/**
 * Does one job, in a worker or on the main thread alike: reads the inputs, runs the stage, has the result checked, writes it. Whoever gave the job admits what
 * was written to the store, so that no worker waits for the disk.
 *
 * @module
 */
import type { AllocateArrays, AnyStage } from "../dataflow/stage.ts";
import { allocateArrays, decodeArtifact, encodeArtifact } from "../store/codec.ts";
import type { ObjectStore } from "../store/object_store.ts";
import { type ArtifactReference, type FoldJob, type Job, type JobResult, Stopped } from "./protocol.ts";
import { Workspace } from "./workspace.ts";

/** Small inputs, such as a Hamiltonian, are asked for again and again: this many stay decoded. */
const REMEMBERED = 8, REMEMBERED_BYTES = 2 ** 20;

/** Inputs that are not in the store (any more), all of them: a table has many, and they are made again together. */
class MissingInputs extends Error {
  constructor(readonly hashes: readonly string[]) {
    super(`Artifacts are not in the store: ${hashes.join(", ")}`);
  }
}

/** Does jobs on one store. */
export class JobRunner {
  readonly #store: ObjectStore;
  readonly #pulse: () => void;
  readonly #remembered = new Map<string, unknown>();
  /** Memory for what a job makes, and for a large artifact that it reads; none where jobs overlap. */
  readonly #spaces?: { readonly output: Workspace; readonly input: Workspace };

  /**
   * A runner that remembers no input yet.
   *
   * @param store The store.
   * @param pulse Called now and then; throws {@linkcode Stopped} when the run is stopped.
   * @param isAlone Whether no job begins before the last one is over, so that they may use the same memory.
   */
  constructor(store: ObjectStore, pulse: () => void, isAlone = false) {
    this.#store = store;
    this.#pulse = pulse;
    if (isAlone) this.#spaces = { output: new Workspace(), input: new Workspace() };
  }

  /**
   * Does a job.
   *
   * @param job The job.
   * @returns What came of it; failures are results too.
   */
  async run(job: Job): Promise<JobResult> {
    const damaged: string[] = []; // this job's own: on the main thread several are under way at a time
    const onDamage = (path: string) => damaged.push(path);
    const start = performance.now();
    this.#spaces?.output.clear();
    this.#spaces?.input.clear();
    try {
      this.#pulse();
      const stage = (await import(job.module))[job.export] as AnyStage;
      if (job.kind === "map" && stage.kind === "map") {
        const inputs = this.#inputs(job.inputs, onDamage);
        const output = await stage.run(job.parameters, inputs, this.#pulse, this.#allocate);
        stage.audit?.(output, job.parameters, inputs);
        const artifact = this.#store.begin(encodeArtifact(stage.format, output), onDamage);
        return { kind: "artifact", ...artifact, seconds: (performance.now() - start) / 1000, damaged };
      }
      if (job.kind === "fold" && stage.kind === "fold") {
        const partial = whole(this.#share(stage, job, onDamage));
        return { kind: "partial", partial, seconds: (performance.now() - start) / 1000, damaged };
      }
      if (job.kind === "refine" && stage.kind === "refine") {
        const partial = whole(stage.partial(job.asked, this.#input(job.input, onDamage, this.#room), this.#pulse));
        return { kind: "partial", partial, seconds: (performance.now() - start) / 1000, damaged };
      }
      if (job.kind === "prepare" && stage.kind === "map") {
        await stage.prepare?.();
        return { kind: "prepared" };
      }
      throw new Error(`${job.export} of ${job.module} is not a ${job.kind} stage`);
    } catch (error) {
      if (error instanceof Stopped) return { kind: "stopped" };
      if (error instanceof MissingInputs) return { kind: "missing", hashes: error.hashes, damaged };
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      return { kind: "failed", name, message, stack: stack ?? "", damaged };
    }
  }

  /** The shares of a fold's inputs, combined in their order. */
  #share(
    stage: AnyStage & { readonly kind: "fold" },
    { parameters, inputs, index }: FoldJob,
    onDamage: (path: string) => void,
  ): Float64Array {
    const missing: string[] = [];
    let total: Float64Array | undefined;
    inputs.forEach((reference, i) => {
      this.#spaces?.input.clear();
      try {
        const input = this.#input(reference, onDamage, this.#room);
        if (missing.length > 0) return; // it is only seen whether it is there, too
        // What may be overwritten, or is there when the next input takes the place of this one, must not be part of it.
        const share = whole(stage.partial(parameters, input, index + i, this.#pulse));
        total = total === undefined ? share : stage.combine(total, share);
      } catch (error) {
        if (!(error instanceof MissingInputs)) throw error;
        missing.push(...error.hashes);
      }
    });
    if (missing.length > 0) throw new MissingInputs(missing);
    return total!;
  }

  readonly #allocate: AllocateArrays = (lengths) => {
    const space = this.#spaces?.output;
    return allocateArrays(lengths, space && ((bytes) => space.take(bytes)));
  };

  /** Memory for an artifact that is read for this job alone. */
  readonly #room = (bytes: number): Uint8Array<ArrayBuffer> =>
    bytes <= REMEMBERED_BYTES ? new Uint8Array(bytes) : this.#spaces?.input.take(bytes) ?? new Uint8Array(bytes);

  #inputs(references: readonly ArtifactReference[], onDamage: (path: string) => void): unknown[] {
    const missing = new Set<string>();
    const inputs = references.map((reference) => {
      try {
        return this.#input(reference, onDamage);
      } catch (error) {
        if (!(error instanceof MissingInputs)) throw error;
        return missing.add(reference.hash);
      }
    });
    if (missing.size > 0) throw new MissingInputs([...missing]);
    return inputs;
  }

  #input(
    { hash, format, checksum }: ArtifactReference,
    onDamage: (path: string) => void,
    room?: (bytes: number) => Uint8Array<ArrayBuffer>,
  ): unknown {
    const name = `${format} ${hash}`; // the same bytes mean something else in another format
    const remembered = this.#remembered.get(name);
    if (remembered !== undefined) return remembered;
    const bytes = this.#store.read(hash, onDamage, room, checksum);
    if (bytes === undefined) throw new MissingInputs([hash]);
    const value = decodeArtifact(format, bytes);
    if (bytes.length <= REMEMBERED_BYTES) {
      if (this.#remembered.size >= REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value!);
      this.#remembered.set(name, value);
    }
    return value;
  }
}

/** What goes to the main thread goes for good, and what others are added to is not what it was: it must not be part of an input, which may be needed again. */
function whole(numbers: Float64Array): Float64Array<ArrayBuffer> {
  return (numbers.byteLength === numbers.buffer.byteLength ? numbers : numbers.slice()) as Float64Array<ArrayBuffer>;
}
