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
  of,
  ReplaySubject,
  switchMap,
  takeUntil,
} from "bundled/rxjs";
import type { Settings } from "../arguments.ts";
import { Stopped } from "../workers/protocol.ts";
import { Saves } from "./saves.ts";
import { WatchSession, type WatchTools } from "./watch_session.ts";

/** Milliseconds without an event after which a save is taken to be complete, and after which one looks even without any. */
const QUIET = 80, LOOK = 2000;

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
  const stopped = new ReplaySubject<void>();
  onStop(() => stopped.next());
  const saves = new Saves((folder, reason) =>
    tools.reporter.say(
      `Warning: the system does not tell of saves in ${folder} (${reason}): they are noticed within ${
        LOOK / 1000
      } seconds`,
    )
  );
  const session = new WatchSession(settings, tools, (folders) => saves.follow(folders));
  await session.begin();
  const looks = merge(saves.hints.pipe(debounceTime(QUIET)), interval(LOOK));
  const changes = looks.pipe(concatMap(() => session.look()), filter((mustRun) => mustRun), map(() => undefined));
  try {
    // A save while a round goes on ends it, by unsubscribing, and begins the next one.
    const rounds = merge(of(undefined), changes).pipe(switchMap(() => session.round()), takeUntil(stopped));
    await lastValueFrom(rounds, { defaultValue: undefined });
  } finally {
    saves.close();
    await session.close();
  }
  throw new Stopped();
}
