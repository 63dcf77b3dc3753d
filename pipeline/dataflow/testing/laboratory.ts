/**
 * An engine with real workers on a cache of its own, as tests of the engine need it again and again.
 *
 * @module
 */
import { decodeArtifact } from "../../store/codec.ts";
import { ObjectStore } from "../../store/object_store.ts";
import { SourceHashes } from "../../store/source_hash.ts";
import { TraceStore } from "../../store/trace_store.ts";
import { filesIn, inTemporaryFolder } from "../../testing/temporary_folder.ts";
import { LoadedCode } from "../../workers/loaded_code.ts";
import { WorkerPool } from "../../workers/pool.ts";
import { type Artifact, Engine } from "../engine.ts";
import type { EngineEvent } from "../events.ts";
import type { FakeArtifact } from "./fake_stages.ts";

/** One run: an engine, with all that it needs and all that it told. */
export interface Run {
  /** The engine. */
  readonly engine: Engine;
  /** Its workers. */
  readonly pool: WorkerPool;
  /** Everything that the engine told. */
  readonly events: EngineEvent[];
  /** How often the engine told something of a kind. */
  count(kind: EngineEvent["kind"]): number;
  /** The number in a fake artifact. */
  number(artifact: Artifact): Promise<number>;
}

/** A cache folder and what can be done to it. */
export class Laboratory {
  /** The cache folder. */
  readonly cache: string;
  /** A file for fake stages to log to. */
  readonly log: string;

  /**
   * A laboratory with an empty cache.
   *
   * @param folder An empty folder.
   */
  constructor(folder: string) {
    this.cache = `${folder}/cache`;
    this.log = `${folder}/log`;
  }

  /**
   * Does something with an engine that knows nothing but what is in the cache.
   *
   * @param use What to do.
   * @param workers How many workers it has, or a pool on the same cache, which stays open.
   * @param objects The store of artifacts on the same cache.
   * @returns What `use` returns.
   */
  async run<T>(
    use: (run: Run) => Promise<T>,
    workers: number | WorkerPool = 2,
    objects: ObjectStore = new ObjectStore(this.cache),
  ): Promise<T> {
    const events: EngineEvent[] = [];
    const pool = typeof workers === "number" ? this.poolOf(workers) : workers;
    const traces = new TraceStore(this.cache, (path) => {
      throw new Error(`${path} should be sound`);
    });
    const engine = new Engine({
      objects,
      traces,
      sources: SOURCES,
      pool,
      tell: (event) => events.push(event),
    });
    try {
      return await use({
        engine,
        pool,
        events,
        count: (kind) => events.filter((event) => event.kind === kind).length,
        number: async (artifact) => (await engine.value(artifact) as FakeArtifact).value[0],
      });
    } finally {
      await engine.settled();
      if (typeof workers === "number") await pool.close();
      traces.close();
    }
  }

  /**
   * Workers who must load what keys are made of.
   *
   * @param size How many.
   * @returns The workers.
   */
  poolOf(size: number): WorkerPool {
    return new WorkerPool(size, this.cache, new LoadedCode((module) => SOURCES.changed(module)));
  }

  /** The lines that fake stages have logged since the last time, sorted. */
  logged(): string[] {
    try {
      const text = Deno.readTextFileSync(this.log);
      // A worker may be between making the file and writing its line: what is removed then would never be seen.
      if (!text.endsWith("\n")) return [];
      Deno.removeSync(this.log);
      return text.split("\n").slice(0, -1).sort();
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  }

  /** Empties the cache. */
  forget(): void {
    Deno.removeSync(this.cache, { recursive: true });
  }

  /** Hashes of the artifacts that are stored. */
  stored(): string[] {
    return filesIn(`${this.cache}/objects`).filter((path) => !path.startsWith("damaged/")).map((path) => path.slice(3));
  }

  /**
   * What another process would find noted of a task by now.
   *
   * @param key Its key.
   * @returns The hash of its artifact, if it is noted.
   */
  noted(key: string): string | undefined {
    return new TraceStore(this.cache).find(key)?.hash;
  }

  /**
   * The file of an artifact.
   *
   * @param hash Its hash.
   * @returns The path.
   */
  pathOf(hash: string): string {
    return `${this.cache}/objects/${hash.slice(0, 2)}/${hash}`;
  }

  /**
   * Removes an artifact behind the engine's back.
   *
   * @param hash Its hash.
   */
  remove(hash: string): void {
    Deno.removeSync(this.pathOf(hash));
  }

  /**
   * Flips a bit of an artifact behind the engine's back.
   *
   * @param hash Its hash.
   */
  damage(hash: string): void {
    const bytes = Deno.readFileSync(this.pathOf(hash));
    bytes[bytes.length >> 1] ^= 4;
    Deno.writeFileSync(this.pathOf(hash), bytes);
  }

  /**
   * Reads a fake artifact without any engine.
   *
   * @param hash Its hash.
   * @returns Its number.
   */
  stamped(hash: string): number {
    return (decodeArtifact("arrays", Deno.readFileSync(this.pathOf(hash))) as FakeArtifact).value[0];
  }
}

/** Sources are hashed once for all tests of a module: they do not change while it runs. */
const SOURCES = new SourceHashes({});

/**
 * Gives a test a laboratory of its own.
 *
 * @param use The test.
 * @returns What the test returns.
 */
export function inLaboratory<T>(use: (laboratory: Laboratory) => Promise<T>): Promise<T> {
  return inTemporaryFolder((folder) => use(new Laboratory(folder)));
}
