/**
 * The option `--watch`: runs studies, and again whenever they are saved. A save cancels what is under way, and what is done by then is kept, so that nothing is
 * computed twice.
 *
 * @module
 */
import {
  concatMap,
  debounceTime,
  filter,
  interval,
  lastValueFrom,
  map,
  merge,
  Observable,
  of,
  ReplaySubject,
  switchMap,
  takeUntil,
} from "rxjs";
import type { Settings } from "../arguments.ts";
import { listed, ProgramChanged, StageFailure, UsageError } from "../errors.ts";
import { type Reporter, warn } from "../report/reporter.ts";
import type { RunRecord } from "../report/run_record.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import type { SourceMemory } from "../store/source_memory.ts";
import type { LoadedStudy } from "../study/load.ts";
import { WorkerPool } from "../workers/pool.ts";
import { Stopped } from "../workers/protocol.ts";
import { keepFinished, ROOTS } from "./finished.ts";
import { isStop, runStudies } from "./run.ts";
import { Saves } from "./saves.ts";
import { type Look, WatchedStudies } from "./watched_studies.ts";

/** Milliseconds without an event after which a save is taken to be complete, and after which one looks even without any. */
const QUIET = 80, LOOK = 2000;

/** Files that are named in one message. */
const MOST_NAMED = 4;

/** What watching goes by. */
export interface WatchTools {
  /** Hashes of the code that has been loaded. */
  readonly sources: SourceHashes;
  /** What is remembered of source files. */
  readonly memory: SourceMemory;
  /** Told how it goes. */
  readonly reporter: Reporter;
  /** Shows what is wrong with studies. */
  readonly showError: (error: UsageError) => void;
}

/**
 * Runs studies and keeps at it.
 *
 * @param settings What the user asked for.
 * @param tools What to go by.
 * @param onStop Given the function that ends it.
 * @throws {Stopped} When it is ended: it never returns.
 */
export async function watchStudies(
  settings: Settings,
  tools: WatchTools,
  onStop: (stop: () => void) => void,
): Promise<never> {
  const watch = new Watch(settings, tools), stopped = new ReplaySubject<void>();
  onStop(() => stopped.next());
  await watch.begin();
  const looks = merge(watch.saves.hints.pipe(debounceTime(QUIET)), interval(LOOK));
  const changes = looks.pipe(concatMap(() => watch.look()), filter((mustRun) => mustRun), map(() => undefined));
  try {
    // A save while a round goes on ends it, by unsubscribing, and begins the next one.
    const rounds = merge(of(undefined), changes).pipe(switchMap(() => watch.round()), takeUntil(stopped));
    await lastValueFrom(rounds, { defaultValue: undefined });
  } finally {
    await watch.close();
  }
  throw new Stopped();
}

/** What has been seen, and what has still to be run. */
class Watch {
  readonly saves: Saves;
  readonly #settings: Settings;
  readonly #tools: WatchTools;
  readonly #studies: WatchedStudies;
  /** Studies that have not been run as they are, by file. */
  readonly #pending = new Map<string, LoadedStudy>();
  /** Settles when the last round is over, whether it was cancelled or not. */
  #over: Promise<void> = Promise.resolve();
  #workers: WorkerPool | undefined;
  /** Source files of which people have been told that they changed. */
  #outdated = "";

  constructor(settings: Settings, tools: WatchTools) {
    this.#settings = settings;
    this.#tools = tools;
    this.#studies = new WatchedStudies(settings);
    this.saves = new Saves((folder, reason) =>
      tools.reporter.say(
        `Warning: the system does not tell of saves in ${folder} (${reason}): they are noticed within ${
          LOOK / 1000
        } seconds`,
      )
    );
    for (const root of ROOTS) tools.sources.hash(root); // so that an edit of any of them is noticed
  }

  /** Looks for the first time: everything has to be run. */
  async begin(): Promise<void> {
    this.#note(await this.#studies.look());
  }

  /** Looks at studies and sources; returns whether there is something to run, or to cancel. */
  async look(): Promise<boolean> {
    const look = await this.#studies.look(), { saved, gone } = look;
    if (saved.length > 0) this.#tell("saved", saved, `${some(saved)} saved`);
    if (gone.length > 0) this.#tell("gone", gone, `${some(gone)} gone: results stay, and it is run when it is back`);
    const hasChanged = this.#note(look);
    return this.#lookAtSources() || hasChanged;
  }

  /** Returns whether what has to be run is not what it was. */
  #note({ saved, gone, errors }: Look): boolean {
    this.saves.follow(this.#studies.folders);
    const studies = new Map(this.#studies.studies.map((study) => [study.file, study]));
    const wasPending = [...saved, ...gone].filter((file) => this.#pending.delete(file)).length > 0;
    for (const file of saved) {
      const study = studies.get(file);
      if (study !== undefined) this.#pending.set(file, study);
    }
    for (const error of errors) this.#showError(error);
    return wasPending || saved.some((file) => studies.has(file));
  }

  /** Runs what has to be run; ends when that is done, or when nobody subscribes any more. */
  round(): Observable<void> {
    return new Observable((subscriber) => {
      let isCancelled = false, stop = () => {};
      const onStop = (stopRun: () => void) => {
        stop = stopRun;
        if (isCancelled) stop();
      };
      this.#over = this.#over.then(() => isCancelled ? undefined : this.#run(onStop, () => isCancelled));
      this.#over.then(() => subscriber.complete(), (error) => subscriber.error(error));
      return () => {
        isCancelled = true;
        stop();
      };
    });
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.saves.close();
    try {
      await this.#over;
    } finally {
      await this.#workers?.close();
    }
  }

  async #run(onStop: (stop: () => void) => void, isCancelled: () => boolean): Promise<void> {
    const { sources, memory, reporter } = this.#tools, records = new Map<string, RunRecord>();
    if (this.#outdated !== "") return;
    const problems = this.#studies.problems();
    if (problems.length > 0) return this.#showError(new UsageError(problems));
    const { studies: all, texts } = this.#studies, studies = all.filter(({ file }) => this.#pending.has(file));
    for (const { study, warnings } of studies) warn(reporter, study.study, warnings);
    const isDone = (study: LoadedStudy) => {
      // It may have been saved again just now.
      if (this.#pending.get(study.file) === study) this.#pending.delete(study.file);
    };
    const onRecord = (file: string, record: RunRecord) => {
      records.set(file, record);
      studies.filter((study) => study.file === file).forEach(isDone);
    };
    try {
      if (studies.length > 0) {
        // Those who have loaded their packages go on at once; those of a run that was cancelled are not used again.
        if (this.#workers?.stopped !== false) {
          this.#workers = new WorkerPool(this.#settings.workers, this.#settings.cache);
        }
        const workers = this.#workers;
        await runStudies(studies, this.#settings, { sources, reporter, onStop, onRecord, workers });
      }
      // Whatever failed would fail again, unless it is saved again.
      studies.forEach(isDone);
    } catch (error) {
      if (isStop(error)) this.#tell("cancelled", studies.map(({ file }) => file));
      else if (error instanceof ProgramChanged) this.#lookAtSources();
      else if (error instanceof StageFailure) reporter.say(error.message);
      else throw error;
    } finally {
      await keepFinished(records, texts, this.#settings, all, sources, memory);
    }
    if (isCancelled() || this.#outdated !== "") return;
    const named = this.#settings.studies, words = named.length === 0 ? "configs/" : some(named);
    this.#tell("watching", all.map(({ file }) => file), `Watching ${words}: what is saved is run; Ctrl-C ends`);
  }

  /** Notices sources that are not what has been loaded any more, and those that are again. */
  #lookAtSources(): boolean {
    const changed = this.#tools.sources.changed(), words = some(changed);
    if (words === this.#outdated) return false;
    this.#outdated = words;
    if (words === "") return true;
    this.#tools.reporter.record({ event: "outdated", sources: changed });
    this.#tools.reporter.say(
      `${words} changed, and this program has loaded what was there before: nothing is run any more; end it with Ctrl-C and start it again`,
    );
    return true;
  }

  #showError(error: UsageError): void {
    this.#tools.reporter.record({ event: "invalid", problems: error.problems });
    this.#tools.showError(error);
  }

  #tell(event: string, files: readonly string[], words?: string): void {
    this.#tools.reporter.record({ event, files });
    if (words !== undefined && !this.#settings.quiet) this.#tools.reporter.say(words);
  }
}

/** Files in a sentence; a folder that comes back has many at a time. */
function some(files: readonly string[]): string {
  const more = files.length - MOST_NAMED;
  return listed(more > 1 ? [...files.slice(0, MOST_NAMED), `${more} more`] : files);
}
