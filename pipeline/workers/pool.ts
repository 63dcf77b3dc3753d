/**
 * A fixed number of workers and a queue in front of them. Workers start with the first job, so that a run with nothing to compute never pays for them.
 *
 * @module
 */
import { LoadedCode } from "./loaded_code.ts";
import type { Errand, Job, JobResult, PrepareJob, WorkerSettings } from "./protocol.ts";

interface Waiting {
  readonly job: Job;
  /** Whether it makes room for others. */
  readonly yields: boolean;
  readonly isWanted: () => boolean;
  readonly settle: (result: JobResult) => void;
}

/**
 * A worker whose last job was shorter, in seconds, has the next one there before it is done with one: it never waits for the main thread, which may be busy itself. Longer jobs
 * are better left to whoever is free first.
 */
const SHORT_JOB = 0.05;

/** A worker, and its jobs in the order in which it does them. */
interface Member {
  readonly worker: Worker;
  readonly jobs: Waiting[];
  /** How many it may have at a time. */
  room: 1 | 2;
  /** The stages' modules that it has loaded. */
  readonly modules: Set<string>;
}

/** Does jobs in parallel, first come, first served. */
export class WorkerPool {
  /** What the workers have loaded; what is not as it should be stops the pool before a result of it is heard of. */
  readonly code: LoadedCode;
  readonly #size: number;
  readonly #cache: string;
  /** Two numbers that busy workers see: not 0 if the run is stopped, and if jobs that yield have to. */
  readonly #signals = new Int32Array(new SharedArrayBuffer(8));
  readonly #queue: Waiting[] = [];
  /** Jobs for workers that have nothing else to do. */
  readonly #pastime: Waiting[] = [];
  readonly #members: Member[] = [];
  #hasWorked = false;
  /** Stages for which a worker was told to load what they need. */
  readonly #prepared = new Set<string>();
  /** Jobs that have not come back yet. */
  readonly #running = new Set<Promise<JobResult>>();

  /**
   * A pool without a worker yet.
   *
   * @param size How many workers.
   * @param cache The cache folder that they share.
   * @param code Judges what they load; all of it is right if left out.
   */
  constructor(size: number, cache: string, code: LoadedCode = new LoadedCode(() => [])) {
    this.#size = size;
    this.#cache = cache;
    this.code = code;
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
    this.#hasWorked = true;
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

  /**
   * Has an idle worker load what a stage will need, once for all workers; none is started for that, and whoever needs it earlier, or where that fails, loads it when it does.
   *
   * @param stage The stage.
   */
  prepare({ module, export: name }: Pick<PrepareJob, "module" | "export">): void {
    const key = `${module} ${name}`;
    // Workers that have done nothing but pastimes are those of a run that finds all in the cache, the drawings probably too.
    if (!this.#hasWorked || this.#members.length === 0 || this.#prepared.has(key)) return;
    this.#prepared.add(key);
    void this.runIdle({ kind: "prepare", module, export: name }, () => this.#members.length > 0);
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
    for (const { worker } of this.#members.splice(0)) worker.terminate();
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
    const nextQueue = () => [this.#queue, this.#pastime].find(({ length }) => length > 0);
    for (let queue = nextQueue(); queue !== undefined; queue = nextQueue()) {
      if (this.stopped || !queue[0].isWanted()) {
        queue.shift()!.settle({ kind: "stopped" });
        continue;
      }
      const member = this.#free(queue[0]);
      if (member === undefined) break;
      const waiting = queue.shift()!;
      member.jobs.push(waiting);
      const errand: Errand = { ...waiting.job, yields: waiting.yields };
      member.worker.postMessage(errand);
    }
    const mustYield = ({ jobs }: Member) =>
      jobs.some(({ yields, isWanted }) => yields && !isWanted()) || jobs.length > 1;
    Atomics.store(this.#signals, 1, this.#queue.length > 0 || this.#members.some(mustYield) ? 1 : 0);
  }

  /** Who takes a job: a worker that has none, a new one, or, unless the job is for the idle, the first that has room for one more. */
  #free({ yields }: Waiting): Member | undefined {
    const idle = this.#members.find(({ jobs }) => jobs.length === 0);
    if (idle !== undefined) return idle;
    if (this.#members.length < this.#size) return this.#start();
    return yields ? undefined : this.#members.find(({ jobs, room }) => jobs.length < room);
  }

  /** Results come in the order of a worker's jobs, so that none from a module is heard of before the module is judged. */
  #noteCode({ modules }: Member, { module }: Job, { kind }: JobResult): void {
    if (kind === "stopped" || modules.has(module)) return; // a stop may come before it is loaded
    modules.add(module);
    if (!this.code.note(module)) this.stop();
  }

  #start(): Member {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const member: Member = { worker, jobs: [], room: 1, modules: new Set() };
    worker.onmessage = (event: MessageEvent<JobResult>) => {
      const waiting = member.jobs.shift();
      if (waiting === undefined) return; // it died in the meantime
      this.#noteCode(member, waiting.job, event.data);
      member.room = "seconds" in event.data && event.data.seconds < SHORT_JOB ? 2 : 1;
      this.#next(); // before anybody hears of it, so that the worker has its next job while that goes on
      const hasYielded = waiting.yields && event.data.kind === "stopped" && !this.stopped && waiting.isWanted();
      if (hasYielded) this.#pastime.unshift(waiting);
      else waiting.settle(event.data);
      this.#next();
    };
    // Whatever a job throws comes back as a result; what arrives here killed the worker itself, maybe between two jobs.
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      const at = this.#members.indexOf(member), [waiting, ...others] = member.jobs.splice(0);
      if (at >= 0) this.#members.splice(at, 1);
      this.#queue.unshift(...others); // they were not begun
      const message = `a worker died: ${event.message}`;
      waiting?.settle({ kind: "failed", name: "WorkerError", message, stack: "", damaged: [] });
      this.#next();
    };
    const settings: WorkerSettings = { cache: this.#cache, signals: this.#signals };
    worker.postMessage(settings);
    this.#members.push(member);
    return member;
  }
}
