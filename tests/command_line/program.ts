/**
 * The program as its users start it: what they meet is a process with the flags of its task, not the functions inside.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };

/** The folder that the program is started in. */
export const REPOSITORY = new URL("../../", import.meta.url);

/** How a process ended. */
export interface Outcome {
  /** Its exit code. */
  readonly code: number;
  /** What it wrote to stdout. */
  readonly stdout: string;
  /** What it wrote to stderr. */
  readonly stderr: string;
  /** How long it took, start-up included. */
  readonly seconds: number;
}

/** How a process is started. */
export interface StartOptions {
  /** The folder that it is started in; the repository if left out. */
  readonly folder?: URL | string;
  /** The words between `deno` and those of the user; those of the task if left out. */
  readonly task?: readonly string[];
}

/** A process that has been started. */
export interface Started {
  /** Settles when it has ended. */
  readonly outcome: Promise<Outcome>;
  /** Sends it a signal. */
  kill(signal: Deno.Signal): void;
}

/**
 * The words of the task `pipeline`, after `deno` itself: read from deno.json, so that the tests cannot run with other permissions than users.
 *
 * @returns For example `["run", "--allow-read", "pipeline/main.ts"]`.
 */
export function taskWords(): string[] {
  const [program, ...words] = project.tasks.pipeline.command.split(/\s+/);
  if (program !== "deno") throw new Error(`Cannot start the task pipeline: its command begins with ${program}`);
  return words;
}

/**
 * The words of the task `pipeline` for a folder that is not the repository, whose own `configs/` are meant there.
 *
 * @returns The words, after `deno` itself.
 */
export function taskWordsElsewhere(): string[] {
  const place = (path: string) => decodeURIComponent(new URL(path, REPOSITORY).pathname);
  const [run, ...words] = taskWords(), script = words.pop()!;
  return [run, "--config", place("deno.json"), ...words, place(script)];
}

/**
 * Starts the program as a bare process.
 *
 * @param words The words that a user adds to `deno task pipeline`.
 * @param options How it is started.
 * @returns The process; its streams are pipes.
 */
export function spawnProgram(words: readonly string[], options: StartOptions = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [...options.task ?? taskWords(), ...words],
    cwd: options.folder ?? REPOSITORY,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/**
 * Starts the program.
 *
 * @param words The words that a user adds to `deno task pipeline`.
 * @param options How it is started.
 * @returns The process; its streams are no terminals.
 */
export function startProgram(words: readonly string[], options: StartOptions = {}): Started {
  const clock = performance.now();
  const child = spawnProgram(words, options);
  const outcome = child.output().then(({ code, stdout, stderr }) => ({
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
    seconds: (performance.now() - clock) / 1000,
  }));
  return { outcome, kill: (signal) => child.kill(signal) };
}

/**
 * Runs the program to its end.
 *
 * @param words The words that a user adds to `deno task pipeline`.
 * @param options How it is started.
 * @returns How it ended.
 */
export function runProgram(words: readonly string[], options: StartOptions = {}): Promise<Outcome> {
  return startProgram(words, options).outcome;
}
