/**
 * A fixed number of workers and a queue in front of them. Workers start with the first job, so that a run with nothing to compute never pays for them.
 *
 * @module
 */
import type { Job, JobResult, WorkerSettings } from "./protocol.ts";

interface Waiting {
  readonly job: Job;
  readonly isWanted: () => boolean;
  readonly settle: (result: JobResult) => void;
}

/** Does jobs in parallel, first come, first served. */
export class WorkerPool {
  readonly #size: number;
  readonly #cache: string;
  readonly #stop = new SharedArrayBuffer(4);
  readonly #queue: Waiting[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  /** Jobs that have not come back yet. */
  readonly #running = new Set<Promise<JobResult>>();

  /**
   * A pool without a worker yet.
   *
   * @param size How many workers.
   * @param cache The cache folder that they share.
   */
  constructor(size: number, cache: string) {
    this.#size = size;
    this.#cache = cache;
  }

  /** How many workers there are at the most. */
  get size(): number {
    return this.#size;
  }

  /** Whether the run has been stopped. */
  get stopped(): boolean {
    return Atomics.load(new Int32Array(this.#stop), 0) !== 0;
  }

  /**
   * Does a job as soon as a worker is free.
   *
   * @param job The job.
   * @param isWanted Asked when its turn comes: what nobody wants any more is not begun, and comes back as stopped.
   * @returns What came of it; never rejects.
   */
  run(job: Job, isWanted: () => boolean = () => true): Promise<JobResult> {
    const result = new Promise<JobResult>((settle) => {
      this.#queue.push({ job, isWanted, settle });
      this.#next();
    });
    this.#running.add(result);
    void result.then(() => this.#running.delete(result));
    return result;
  }

  /** Stops the run: what waits is dropped, what is under way ends at its next pulse. */
  stop(): void {
    Atomics.store(new Int32Array(this.#stop), 0, 1);
    for (const { settle } of this.#queue.splice(0)) settle({ kind: "stopped" });
  }

  /** Stops the run and ends the workers, each when its job is over: one that is ended while it writes would leave a temporary file. */
  async close(): Promise<void> {
    this.stop();
    await Promise.all(this.#running);
    for (const worker of this.#idle.splice(0)) worker.terminate();
  }

  #next(): void {
    while (this.#queue.length > 0) {
      if (this.stopped || !this.#queue[0].isWanted()) {
        this.#queue.shift()!.settle({ kind: "stopped" });
        continue;
      }
      const worker = this.#idle.pop() ?? (this.#busy.size < this.#size ? this.#start() : undefined);
      if (worker === undefined) return;
      const waiting = this.#queue.shift()!;
      this.#busy.set(worker, waiting);
      worker.postMessage(waiting.job);
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = (event: MessageEvent<JobResult>) => {
      const waiting = this.#busy.get(worker);
      if (waiting === undefined) return; // closed in the meantime
      this.#busy.delete(worker);
      this.#idle.push(worker);
      waiting.settle(event.data);
      this.#next();
    };
    // Whatever a job throws comes back as a result; what arrives here killed the worker itself, maybe between two jobs.
    worker.onerror = (event) => {
      event.preventDefault();
      const waiting = this.#busy.get(worker), idle = this.#idle.indexOf(worker);
      this.#busy.delete(worker);
      if (idle >= 0) this.#idle.splice(idle, 1);
      worker.terminate();
      const message = `a worker died: ${event.message}`;
      waiting?.settle({ kind: "failed", name: "WorkerError", message, stack: "", damaged: [] });
      this.#next();
    };
    const settings: WorkerSettings = { cache: this.#cache, stop: this.#stop };
    worker.postMessage(settings);
    return worker;
  }
}
