/**
 * A fixed number of workers and a queue in front of them. Workers start with the first job, so that a run with nothing to compute never pays for them.
 *
 * @module
 */
import type { Json } from "../dataflow/stage.ts";
import { LoadedCode } from "./loaded_code.ts";
import type { Errand, Job, JobResult, PrepareJob, StageReference, WorkerSettings } from "./protocol.ts";

interface Waiting {
  readonly job: Job;
  /** Whether it makes room for others. */
  readonly yields: boolean;
  readonly isWanted: () => boolean;
  readonly settle: (result: JobResult) => void;
  /** Who alone is to do it, if it matters. */
  readonly only?: Member;
  /** Whether it goes by itself: it was among jobs of which one killed a worker. */
  readonly isSuspect?: boolean;
}

/**
 * A worker whose last job was shorter, in seconds, has the next one there before it is done with one: it never waits for the main thread, which may be busy
 * itself. Longer jobs are better left to whoever is free first.
 */
const SHORT_JOB = 0.05;

/**
 * Jobs that take less than this together, in seconds, go to a worker in one message and come back in one: a message each way takes 0.2 ms. No more than so
 * many, and no larger part of what waits for each worker.
 */
const MESSAGE_SECONDS = 0.025, MOST_JOBS = 8, PART = 0.25;

/** How many workers are started before there is a job for each: every one takes some 10 MB, and time from those that are about to have work. */
const EARLY = 4;

/** A worker, and its jobs in the order in which it does them. */
interface Member {
  readonly worker: Worker;
  readonly jobs: Waiting[];
  /** How many of them came in each message that it has not answered. */
  readonly messages: number[];
  /** How many messages it may have at a time. */
  room: 1 | 2;
  /** How many jobs of which stage a message may have; of others it is not known how long they take. */
  load: { readonly stage: string; readonly most: number };
  /** The stages' modules that it has loaded. */
  readonly modules: Set<string>;
  /** The stages that it has loaded, or been told to. */
  readonly stages: Set<string>;
  /** The parameter sets of the last fold that it was given a share of: there may be hundreds, which it then has already. */
  sets?: readonly Json[];
  /** Two numbers that it sees while it is busy: not 0 if the run is stopped, and if a job that yields has to. */
  readonly signals: Int32Array<SharedArrayBuffer>;
}

/** Does jobs in parallel, first come, first served. */
export class WorkerPool {
  /** What the workers have loaded; what is not as it should be stops the pool before a result of it is heard of. */
  readonly code: LoadedCode;
  readonly #size: number;
  readonly #cache: string;
  readonly #queue: Waiting[] = [];
  /** Jobs for workers that have nothing else to do. */
  readonly #pastime: Waiting[] = [];
  readonly #members: Member[] = [];
  /** Settles when the first job is asked for. */
  readonly begun: Promise<void>;
  #begin: () => void = () => {};
  #stopped = false;
  #hasWork = false;
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
    this.begun = new Promise((begin) => this.#begin = begin);
  }

  /** How many workers there are at the most. */
  get size(): number {
    return this.#size;
  }

  /** Whether the run has been stopped. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Whether there has been work, or is known to be. */
  get isExpectingWork(): boolean {
    return this.#hasWork;
  }

  /**
   * Judges what workers have loaded, and what they will: needed before the first result is filed. What is not as it should be stops the pool.
   *
   * @param changed Gives the files behind a module that are not what keys are made of.
   */
  judgeBy(changed: (module: string) => readonly string[]): void {
    if (!this.code.judgeBy(changed)) this.stop();
  }

  /** Starts workers before there is a job, a few if there may be many: for who knows that there will be some, and is busy finding out which. */
  start(): void {
    this.#hasWork = true;
    while (this.#members.length < Math.min(this.#size, EARLY)) this.#start();
  }

  /**
   * Does a job as soon as a worker is free.
   *
   * @param job The job.
   * @param isWanted Asked when its turn comes: what nobody wants any more is not begun, and comes back as stopped.
   * @returns What came of it; never rejects.
   */
  run(job: Job, isWanted: () => boolean = () => true): Promise<JobResult> {
    this.#hasWork = true;
    this.#begin();
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
   * Has a worker load what a stage will need, when it has nothing else to do: once for all workers, and each stage by another one, as far as there are. No
   * worker is started for that, and whoever needs it earlier, or where that fails, loads it when it does.
   *
   * @param stage The stage.
   */
  prepare({ module, export: name }: StageReference): void {
    const job: PrepareJob = { kind: "prepare", module, export: name }, stage = stageOf(job);
    // Workers that have done nothing but pastimes are those of a run that finds all in the cache, the drawings probably too.
    if (!this.#hasWork || this.#members.length === 0 || this.#members.some(({ stages }) => stages.has(stage))) {
      return;
    }
    const only = this.#members.reduce((least, member) => member.stages.size < least.stages.size ? member : least);
    only.stages.add(stage);
    void this.#enqueue(this.#pastime, { job, isWanted: () => this.#members.includes(only), yields: true, only });
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
    this.#stopped = true;
    for (const { signals } of this.#members) Atomics.store(signals, 0, 1);
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
    while (this.#queue.length > 0) {
      const isUnwanted = this.stopped || !this.#queue[0].isWanted(),
        member = isUnwanted ? undefined : this.#taker(this.#queue[0]);
      if (!isUnwanted && member === undefined) break;
      if (member === undefined) this.#queue.shift()!.settle({ kind: "stopped" });
      else give(this.#load(member), member);
    }
    // Whoever makes room for a job has nothing to do until that is given to it: were it given a pastime, that would have to come back at once.
    while (this.#queue.length === 0 && this.#pastime.length > 0 && this.#hasIdle()) {
      const at = this.#pastime.findIndex(({ only }) => only === undefined || only.jobs.length === 0);
      if (at < 0) break;
      const [waiting] = this.#pastime.splice(at, 1);
      const member = this.stopped || !waiting.isWanted() ? undefined : waiting.only ?? this.#idle();
      if (member === undefined) waiting.settle({ kind: "stopped" });
      else give([waiting], member);
    }
    for (const { signals, jobs } of this.#members) {
      const mustYield = this.#queue.length > 0 || jobs.length > 1 || jobs.some(({ isWanted }) => !isWanted());
      Atomics.store(signals, 1, mustYield ? 1 : 0);
    }
  }

  /** Who takes a job: a worker that is about to be ready for just that, one that has nothing to do, or the first that has room for one more. */
  #taker({ job }: Waiting): Member | undefined {
    const stage = stageOf(job);
    const isReadying = ({ jobs }: Member) =>
      jobs.length === 1 && jobs[0].job.kind === "prepare" && stageOf(jobs[0].job) === stage;
    return this.#members.find(isReadying) ?? this.#idle(stage) ??
      this.#members.find(({ messages, room }) => messages.length < room);
  }

  /** The first job that waits, and of those of its stage that come next as many as may go with it. */
  #load({ load: { stage, most } }: Member): Waiting[] {
    const count = Math.min(most, Math.ceil(PART * this.#queue.length / this.#size)), first = this.#queue.shift()!;
    const load = [first], isAlone = first.isSuspect || stageOf(first.job) !== stage;
    while (load.length < count && !isAlone) {
      const { job, isSuspect = false, isWanted } = this.#queue[0];
      if (isSuspect || stageOf(job) !== stage || !isWanted()) break;
      load.push(this.#queue.shift()!);
    }
    return load;
  }

  #hasIdle(): boolean {
    return this.#members.length < this.#size || this.#members.some(({ jobs }) => jobs.length === 0);
  }

  /** A worker that has nothing to do, best one that has loaded a stage, or a new one. */
  #idle(stage?: string): Member | undefined {
    const idle = this.#members.filter(({ jobs }) => jobs.length === 0);
    return idle.find(({ stages }) => stage !== undefined && stages.has(stage)) ?? idle[0] ??
      (this.#members.length < this.#size ? this.#start() : undefined);
  }

  /** Results come in the order of a worker's jobs, so that none from a module is heard of before the module is judged. */
  #noteCode({ modules }: Member, { module }: Job, { kind }: JobResult): void {
    if (kind === "stopped" || modules.has(module)) return; // a stop may come before it is loaded
    modules.add(module);
    if (!this.code.note(module)) this.stop();
  }

  #start(): Member {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const member: Member = {
      worker,
      jobs: [],
      messages: [],
      room: 1,
      load: { stage: "", most: 1 },
      modules: new Set(),
      stages: new Set(),
      signals: new Int32Array(new SharedArrayBuffer(8)),
    };
    worker.onmessage = ({ data: results }: MessageEvent<readonly JobResult[]>) => {
      const given = member.jobs.splice(0, member.messages.shift()), done = given.splice(0, results.length);
      if (done.length === 0) return; // it died in the meantime
      this.#queue.unshift(...given); // they were not begun
      done.forEach(({ job }, i) => this.#noteCode(member, job, results[i]));
      const seconds = Math.max(...results.map((result) => "seconds" in result ? result.seconds : Infinity));
      member.room = seconds < SHORT_JOB ? 2 : 1;
      member.load = {
        stage: stageOf(done[0].job),
        most: Math.max(1, Math.min(MOST_JOBS, Math.floor(MESSAGE_SECONDS / seconds))),
      };
      this.#next(); // before anybody hears of it, so that the worker has its next jobs while that goes on
      done.forEach((waiting, i) => {
        const hasYielded = waiting.yields && results[i].kind === "stopped" && !this.stopped && waiting.isWanted();
        if (hasYielded) this.#pastime.unshift(waiting);
        else waiting.settle(results[i]);
      });
      this.#next();
    };
    // Whatever a job throws comes back as a result; what arrives here killed the worker itself, maybe between two jobs.
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      const at = this.#members.indexOf(member), begun = member.jobs.splice(0, member.messages[0] ?? 0);
      if (at >= 0) this.#members.splice(at, 1);
      this.#queue.unshift(...member.jobs.splice(0)); // they were not begun
      const [waiting] = begun, message = `a worker died: ${event.message}`;
      if (begun.length > 1) this.#queue.unshift(...begun.map((one) => ({ ...one, isSuspect: true })));
      else waiting?.settle({ kind: "failed", name: "WorkerError", message, stack: "", damaged: [] });
      this.#next();
    };
    const settings: WorkerSettings = { cache: this.#cache, signals: member.signals };
    worker.postMessage(settings);
    this.#members.push(member);
    return member;
  }
}

/** Gives jobs to a worker, in one message. */
function give(load: readonly Waiting[], member: Member): void {
  member.jobs.push(...load);
  member.messages.push(load.length);
  for (const { job } of load) member.stages.add(stageOf(job));
  member.worker.postMessage(load.map((waiting) => errandOf(waiting, member)));
}

function errandOf({ job, yields }: Waiting, member: Member): Errand {
  if (job.kind !== "fold") return { ...job, yields };
  const hasSets = member.sets === job.parameters;
  member.sets = job.parameters;
  return { ...job, parameters: hasSets ? "as before" : job.parameters, yields };
}

function stageOf({ module, export: name }: StageReference): string {
  return `${module} ${name}`;
}
