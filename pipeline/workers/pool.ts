/**
 * A fixed number of workers and a queue in front of them. Workers start with the first job, so that a run with nothing to compute never pays for them.
 *
 * @module
 */
import type { Job, JobResult, WorkerSettings } from "./protocol.ts";

interface Waiting {
  readonly job: Job;
  /** Whether it makes room for others. */
  readonly yields: boolean;
  readonly isWanted: () => boolean;
  readonly settle: (result: JobResult) => void;
}

/** Does jobs in parallel, first come, first served. */
export class WorkerPool {
  readonly #size: number;
  readonly #cache: string;
  /** Two numbers that busy workers see: not 0 if the run is stopped, and if jobs that yield have to. */
  readonly #signals = new Int32Array(new SharedArrayBuffer(8));
  readonly #queue: Waiting[] = [];
  /** Jobs for workers that have nothing else to do. */
  readonly #pastime: Waiting[] = [];
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
    return Atomics.load(this.#signals, 0) !== 0;
  }

  /**
   * Does a job as soon as a worker is free.
   *
   * @param job The job.
   * @param isWanted Asked when its turn comes: what nobody wants any more is not begun, and comes back as stopped.
   * @returns What came of it; never rejects.
   */
  run(job: Job, isWanted: () => boolean = () => true): Promise<JobResult> {
    return this.#enqueue(this.#queue, { job, isWanted, yields: false });
  }

  /**
   * Does a job when a worker has nothing else to do. It makes room for any other job at its next pulse, and is begun anew when that is over.
   *
   * @param job The job.
   * @param isWanted Asked when its turn comes, and in {@linkcode WorkerPool.reconsider}: what nobody wants any more comes back as stopped.
   * @returns What came of it; never rejects.
   */
  runIdle(job: Job, isWanted: () => boolean): Promise<JobResult> {
    return this.#enqueue(this.#pastime, { job, isWanted, yields: true });
  }

  /** Asks for all jobs of {@linkcode WorkerPool.runIdle} whether they are still wanted, those that are under way included. */
  reconsider(): void {
    for (const waiting of this.#pastime.splice(0)) {
      if (waiting.isWanted()) this.#pastime.push(waiting);
      else waiting.settle({ kind: "stopped" });
    }
    this.#next();
  }

  /** Stops the run: what waits is dropped, what is under way ends at its next pulse. */
  stop(): void {
    Atomics.store(this.#signals, 0, 1);
    for (const { settle } of [...this.#queue.splice(0), ...this.#pastime.splice(0)]) settle({ kind: "stopped" });
  }

  /** Stops the run and ends the workers, each when its job is over: one that is ended while it writes would leave a temporary file. */
  async close(): Promise<void> {
    this.stop();
    await Promise.all(this.#running);
    for (const worker of this.#idle.splice(0)) worker.terminate();
  }

  #enqueue(queue: Waiting[], waiting: Omit<Waiting, "settle">): Promise<JobResult> {
    const result = new Promise<JobResult>((settle) => {
      queue.push({ ...waiting, settle });
      this.#next();
    });
    this.#running.add(result);
    void result.then(() => this.#running.delete(result));
    return result;
  }

  #next(): void {
    for (let queue = this.#first(); queue !== undefined; queue = this.#first()) {
      if (this.stopped || !queue[0].isWanted()) {
        queue.shift()!.settle({ kind: "stopped" });
        continue;
      }
      const worker = this.#idle.pop() ?? (this.#busy.size < this.#size ? this.#start() : undefined);
      if (worker === undefined) break;
      const waiting = queue.shift()!;
      this.#busy.set(worker, waiting);
      worker.postMessage({ ...waiting.job, yields: waiting.yields });
    }
    const underWay = [...this.#busy.values()].some(({ yields, isWanted }) => yields && !isWanted());
    Atomics.store(this.#signals, 1, this.#queue.length > 0 || underWay ? 1 : 0);
  }

  /** The queue whose turn it is. */
  #first(): Waiting[] | undefined {
    return [this.#queue, this.#pastime].find(({ length }) => length > 0);
  }

  #settle(waiting: Waiting, result: JobResult): void {
    const hasYielded = waiting.yields && result.kind === "stopped" && !this.stopped && waiting.isWanted();
    if (hasYielded) this.#pastime.unshift(waiting);
    else waiting.settle(result);
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = (event: MessageEvent<JobResult>) => {
      const waiting = this.#busy.get(worker);
      if (waiting === undefined) return; // closed in the meantime
      this.#busy.delete(worker);
      this.#idle.push(worker);
      this.#settle(waiting, event.data);
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
    const settings: WorkerSettings = { cache: this.#cache, signals: this.#signals };
    worker.postMessage(settings);
    return worker;
  }
}
