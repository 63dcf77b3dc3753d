/**
 * What `--watch` knows from one round to the next: the studies as they were seen last, those that have still to be run, and the workers.
 *
 * @module
 */
import { Observable } from "bundled/rxjs";
import type { Settings } from "../arguments.ts";
import { listed, ProgramChanged, StageFailure, UsageError } from "../errors.ts";
import { type Reporter, warn } from "../report/reporter.ts";
import type { RunRecord } from "../report/run_record.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import type { SourceMemory } from "../store/source_memory.ts";
import type { LoadedStudy } from "../study/load.ts";
import type { WorkerPool } from "../workers/pool.ts";
import { keepFinished, ROOTS } from "./finished.ts";
import { isStop, runStudies } from "./run.ts";
import { poolFor } from "./workers.ts";
import { STUDY_FOLDER } from "./study_files.ts";
import { type Look, WatchedStudies } from "./watched_studies.ts";

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
  /** The workers of the first round. */
  readonly workers: WorkerPool;
}

/** What has been seen, and what has still to be run. */
export class WatchSession {
  readonly #settings: Settings;
  readonly #tools: WatchTools;
  readonly #onFolders: (folders: ReadonlySet<string>) => void;
  readonly #studies: WatchedStudies;
  /** Studies that have not been run as they are, by file. */
  readonly #pending = new Map<string, LoadedStudy>();
  /** What was saved last, and is run first. */
  #latest: ReadonlySet<string> = new Set();
  /** Settles when the last round is over, whether it was cancelled or not. */
  #over: Promise<void> = Promise.resolve();
  #workers: WorkerPool;
  /** Source files of which people have been told that they changed. */
  #outdated: readonly string[] = [];
  #isRunning = false;

  /**
   * Has not looked yet.
   *
   * @param settings What the user asked for.
   * @param tools What to go by.
   * @param onFolders Told in which folders saves count, as often as that may have changed.
   */
  constructor(settings: Settings, tools: WatchTools, onFolders: (folders: ReadonlySet<string>) => void) {
    this.#settings = settings;
    this.#tools = tools;
    this.#workers = tools.workers;
    this.#onFolders = onFolders;
    this.#studies = new WatchedStudies(settings);
    for (const root of ROOTS) tools.sources.hash(root); // so that an edit of any of them is noticed
  }

  /** Looks for the first time: everything has to be run. */
  async begin(): Promise<void> {
    this.#note(await this.#studies.look());
    this.#lookAtSources();
  }

  /**
   * Looks at studies and sources, and says what is new.
   *
   * @returns Whether there is something to run, or to cancel.
   */
  async look(): Promise<boolean> {
    const look = await this.#studies.look(), { saved, gone } = look;
    if (saved.length > 0) this.#tell("saved", saved, `${some(saved)} saved`);
    if (gone.length > 0) this.#tell("gone", gone, `${some(gone)} gone: results stay, and it is run when it is back`);
    const isNew = this.#note(look), isOther = this.#lookAtSources();
    if (saved.length > 0 && !isOther && this.#outdated.length > 0) this.#tellOutdated();
    if (look.errors.length > 0 && !isNew && !this.#isRunning) this.#tellWatching();
    return isNew || isOther;
  }

  /** Returns whether what has to be run is not what it was. */
  #note({ saved, gone, errors }: Look): boolean {
    this.#onFolders(this.#studies.folders);
    if (saved.length > 0) this.#latest = new Set(saved);
    const studies = new Map(this.#studies.studies.map((study) => [study.file, study]));
    const wasPending = [...saved, ...gone].filter((file) => this.#pending.delete(file)).length > 0;
    for (const file of saved) {
      const study = studies.get(file);
      if (study !== undefined) this.#pending.set(file, study);
    }
    for (const error of errors) this.#showError(error);
    return wasPending || saved.some((file) => studies.has(file));
  }

  /**
   * Runs what has to be run, when the round before is over.
   *
   * @returns Completes when that is done; is cancelled when nobody subscribes any more.
   */
  round(): Observable<void> {
    return new Observable((subscriber) => {
      let isCancelled = false, stop = () => {};
      const onStop = (stopRun: () => void) => {
        stop = stopRun;
        if (isCancelled) stop();
      };
      this.#over = this.#over.then(async () => {
        if (isCancelled || this.#outdated.length > 0) return;
        this.#isRunning = true;
        await this.#run(onStop);
        this.#isRunning = false;
        if (!isCancelled && this.#outdated.length === 0) this.#tellWatching();
      });
      this.#over.then(() => subscriber.complete(), (error) => subscriber.error(error));
      return () => {
        isCancelled = true;
        stop();
      };
    });
  }

  /** Waits until the last round is over, and lets the workers go. */
  async close(): Promise<void> {
    try {
      await this.#over;
    } finally {
      await this.#workers.close();
    }
  }

  async #run(onStop: (stop: () => void) => void): Promise<void> {
    const { sources, memory, reporter } = this.#tools, records = new Map<string, RunRecord>();
    const problems = this.#studies.problems();
    if (problems.length > 0) return this.#showError(new UsageError(problems));
    const { studies: all, texts } = this.#studies, pending = all.filter(({ file }) => this.#pending.has(file));
    const isLatest = ({ file }: LoadedStudy) => Number(this.#latest.has(file));
    const studies = pending.sort((a, b) => isLatest(b) - isLatest(a));
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
        if (this.#workers.stopped) {
          this.#workers = poolFor(this.#settings);
          this.#workers.judgeBy((module) => sources.changed(module));
        }
        const workers = this.#workers;
        await runStudies(studies, this.#settings, { sources, reporter, onStop, onRecord, workers, workersStay: true });
      }
      // Whatever failed would fail again, unless it is saved again.
      studies.forEach(isDone);
    } catch (error) {
      await this.#workers.close(); // they may have loaded anything
      if (isStop(error)) this.#tell("cancelled", studies.map(({ file }) => file));
      else if (error instanceof ProgramChanged) this.#tellOutdated(error.files);
      else if (error instanceof StageFailure) reporter.say(error.message);
      else throw error;
    } finally {
      await keepFinished(records, texts, this.#settings, all, sources, memory);
    }
  }

  /** Notices sources that are not what has been loaded any more, and those that are again. */
  #lookAtSources(): boolean {
    const changed = this.#tools.sources.changed();
    if (changed.join() === this.#outdated.join()) return false;
    this.#outdated = changed;
    if (changed.length > 0) this.#tellOutdated();
    return true;
  }

  #tellOutdated(files = this.#outdated): void {
    this.#outdated = files;
    this.#tools.reporter.record({ event: "outdated", files });
    this.#tools.reporter.say(
      `${
        some(files)
      } changed, and this program has loaded what was there before: nothing is run any more; end it with Ctrl-C and start it again`,
    );
  }

  #tellWatching(): void {
    const named = this.#settings.studies, words = named.length === 0 ? `${STUDY_FOLDER}/` : some(named);
    const files = this.#studies.studies.map(({ file }) => file);
    this.#tell("watching", files, `Watching ${words}: what is saved is run; Ctrl-C ends`);
  }

  #showError(error: UsageError): void {
    this.#tools.reporter.record({ event: "invalid", problems: error.problems });
    this.#tools.showError(error);
  }

  #tell(event: "watching" | "saved" | "gone" | "cancelled", files: readonly string[], words?: string): void {
    this.#tools.reporter.record({ event, files });
    if (words !== undefined && !this.#settings.quiet) this.#tools.reporter.say(words);
  }
}

/** Files in a sentence; a folder that comes back has many at a time. */
function some(files: readonly string[]): string {
  const more = files.length - MOST_NAMED;
  return listed(more > 1 ? [...files.slice(0, MOST_NAMED), `${more} more`] : files);
}
