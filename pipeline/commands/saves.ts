/**
 * What the file system tells of saves. It is no more than a hint to look: editors write in place or rename, in one step or in five, network file systems tell
 * nothing of what other machines do, and a folder that is replaced is silent for good.
 *
 * @module
 */
import { from, Observable, Subject, Subscription } from "bundled/rxjs";

/** Hints from folders that may become others. */
export class Saves {
  /** Emits when something may have been saved. */
  readonly hints: Subject<void> = new Subject();
  readonly #onTrouble: (folder: string, reason: string) => void;
  readonly #watched = new Map<string, Subscription>();

  /**
   * Watches nothing yet.
   *
   * @param onTrouble Told of a folder of which the system will not tell.
   */
  constructor(onTrouble: (folder: string, reason: string) => void) {
    this.#onTrouble = onTrouble;
  }

  /**
   * Watches these folders, and no others any more; what is below them is not watched.
   *
   * @param folders The folders.
   */
  follow(folders: ReadonlySet<string>): void {
    for (const [folder, watcher] of this.#watched) {
      if (folders.has(folder)) continue;
      watcher.unsubscribe();
      this.#watched.delete(folder);
    }
    for (const folder of folders) {
      if (this.#watched.has(folder)) continue;
      const watcher = new Subscription();
      this.#watched.set(folder, watcher);
      watcher.add(
        eventsIn(folder).subscribe({
          next: () => this.hints.next(),
          error: (error: Error) => {
            // A folder that is not there may come, and is watched then.
            if (error instanceof Deno.errors.NotFound) this.#watched.delete(folder);
            else this.#onTrouble(folder, error.message);
          },
        }),
      );
    }
  }

  /** Watches nothing any more. */
  close(): void {
    this.follow(new Set());
  }
}

/** Emits for each event in a folder that may be a save. */
function eventsIn(folder: string): Observable<void> {
  return new Observable((subscriber) => {
    let watcher: Deno.FsWatcher;
    try {
      watcher = Deno.watchFs(folder, { recursive: false });
    } catch (error) {
      subscriber.error(error);
      return;
    }
    const reading = from(watcher).subscribe({
      next: ({ kind }) => {
        if (kind !== "access") subscriber.next();
      },
      error: (error) => subscriber.error(error),
    });
    return () => {
      reading.unsubscribe();
      watcher.close();
    };
  });
}
