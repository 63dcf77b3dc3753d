/**
 * Where results go is decided before anything is computed: one folder a study, of its own, below the one that was asked for.
 *
 * @module
 */
import type { Settings } from "../arguments.ts";

/** A study by its name, and the file that it is in. */
export interface NamedStudy {
  /** The study's name. */
  readonly study: string;
  /** Its file. */
  readonly file: string;
}

/**
 * Returns why studies cannot write where they would, a sentence each.
 *
 * @param studies The studies, in the order in which they are run.
 * @param settings Where results and artifacts go.
 */
export function folderProblems(
  studies: readonly NamedStudy[],
  { out, cache }: Pick<Settings, "out" | "cache">,
): string[] {
  const problems: string[] = [], fileOf = new Map<string, string>();
  if (isWithin(out, cache)) {
    problems.push(
      `Cannot use --out ${out}: it is in the cache folder ${cache}, where the program names all files: choose a folder outside`,
    );
  }
  for (const { study, file } of studies) {
    const twin = fileOf.get(study), folder = `${out}/${study}`;
    if (twin !== undefined) {
      problems.push(
        `Cannot run ${file}: its study is called ${study}, as that of ${twin} is, and both would write to one folder; rename one`,
      );
      continue;
    }
    fileOf.set(study, file);
    if (isWithin(cache, folder)) {
      problems.push(
        `Cannot run ${file}: the cache folder ${cache} is in ${folder}, where its results go; use another --cache`,
      );
    }
    const target = linkTarget(folder);
    if (target !== undefined) {
      problems.push(
        `Cannot run ${file}: its results go to ${folder}, which is a link to ${target}; remove the link, or choose another folder with --out`,
      );
    }
  }
  return problems;
}

/**
 * Returns where a path leads if it is a link, whether or not there is something at its end.
 *
 * @param path The path.
 */
export function linkTarget(path: string): string | undefined {
  try {
    return Deno.lstatSync(path).isSymlink ? Deno.readLinkSync(path) : undefined;
  } catch (error) {
    // What is not there is no link; whatever else keeps it from being looked at keeps it from being written, and is told then.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Returns whether a folder is another one or below it, with the links that there are followed. */
function isWithin(path: string, folder: string): boolean {
  const inner = resolved(path), outer = resolved(folder);
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** The path with the links in the part of it that is there followed. */
function resolved(path: string): string {
  const whole = path.startsWith("/") ? path : `${Deno.cwd()}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  for (let there = parts.length; there > 0; there--) {
    try {
      const real = Deno.realPathSync(`/${parts.slice(0, there).join("/")}`);
      return [real, ...parts.slice(there)].join("/");
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  return `/${parts.join("/")}`;
}
