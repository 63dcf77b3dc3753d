/**
 * Starts processes that tests end, and looks at what they leave.
 *
 * @module
 */
import { filesBelow } from "../command_line/listing.ts";

const CHILD = decodeURIComponent(new URL("./child.ts", import.meta.url).pathname);
const CONFIG = decodeURIComponent(new URL("../../deno.json", import.meta.url).pathname);

/** How a child ended. */
export interface Ended {
  /** Whether it was killed. */
  readonly killed: boolean;
  /** What it wrote, on both streams. */
  readonly said: string;
  /** Write points that it came by, if it was not killed. */
  readonly points: number;
}

/** What a child does. */
export interface ChildOptions {
  /** The write point at which it kills itself. */
  readonly point?: number;
  /** How many workers it has; without them all is written on the main thread. */
  readonly workers?: number;
  /** Milliseconds that each map takes. */
  readonly delay?: number;
  /** Milliseconds after which it is killed from outside. */
  readonly killAfter?: number;
}

/**
 * Runs a child.
 *
 * @param folder The folder for its cache and results.
 * @param options What it does.
 * @returns How it ended.
 * @throws {Error} If it fails in any other way than by a kill.
 */
export async function child(folder: string, options: ChildOptions = {}): Promise<Ended> {
  const words = [options.point ?? 0, options.workers ?? 0, options.delay ?? 0].map(String);
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--quiet", "--config", CONFIG, "-RW", "--allow-run", CHILD, folder, ...words],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = options.killAfter === undefined ? undefined : setTimeout(() => {
    try {
      process.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it was done by then
    }
  }, options.killAfter);
  const { code, signal, stdout, stderr } = await process.output();
  clearTimeout(timer);
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  if (signal === "SIGKILL") return { killed: true, said, points: 0 };
  if (code !== 0) throw new Error(`The child failed: ${said}`);
  return { killed: false, said, points: JSON.parse(said).points };
}

/**
 * The results of a run in miniature.
 *
 * @param folder Its folder.
 * @returns Contents by name, as text.
 */
export function resultsIn(folder: string): Record<string, string> {
  const files = filesBelow(`${folder}/out`).filter((name) => !name.endsWith(".tmp"));
  return Object.fromEntries(files.map((name) => [name, Deno.readFileSync(`${folder}/out/${name}`).toHex()]));
}
