/**
 * The command `init`: a first study to be changed, since nobody likes to begin with an empty file.
 *
 * @module
 */
import * as v from "valibot";
import { shown, UsageError } from "../errors.ts";
import { readOptions } from "../options.ts";
import { SECTIONS } from "../study/schema.ts";
import { startingStudy } from "../study/starting_study.ts";
import { type Answer, helped } from "./command.ts";

/** The text of `init --help`. */
export const HELP = `Usage: deno task pipeline init NAME
       deno task pipeline init PATH.yaml

Writes a study to begin with, to configs/NAME.yaml or to a path of your own: every section, with units and a line of
explanation each. As it stands it runs in a few seconds and draws a figure. A file that is there is left alone.

Options:
  --help             this text (-h too)

Examples:
  deno task pipeline init my-slab
  deno task pipeline init studies/my-slab.yaml

Exit codes: 0 done, 2 the arguments are wrong, or the file is there.
`;

/** Where studies go that come with a name only. */
const STUDY_FOLDER = "configs";

/** The schema that editors use. */
const SCHEMA = new URL("../../configs/study.schema.json", import.meta.url);

/**
 * Runs the command.
 *
 * @param words The words after `init`.
 * @returns Its answer.
 * @throws {UsageError} If the name is none, or something is in the way.
 */
export function init(words: readonly string[]): Promise<Answer> {
  const options = readOptions(words, { flags: [], values: {} });
  if (options.has("help")) return Promise.resolve(helped(HELP));
  const { problems } = options, [target, ...more] = options.words;
  if (target === undefined) {
    problems.push("Cannot start a study: it needs a name, as in deno task pipeline init my-slab");
  }
  if (more.length > 0) {
    const name = suggestion(options.words.join("-"));
    problems.push(
      `Cannot start a study: one name at a time: got ${options.words.map(shown).join(" and ")}${
        name === undefined ? "" : `; for one name write ${name}`
      }`,
    );
  }
  if (problems.length > 0) throw new UsageError(problems);
  const { name, path } = placeOf(target);
  write(path, startingStudy(name, schemaFrom(path), path));
  const lines = [
    `Wrote ${path}. Next:`,
    `  deno task pipeline ${path}`,
    `      computes and draws it, in a few seconds; then open outputs/${name}/report.html`,
    `  deno task pipeline describe ${path}`,
    "      says what that computes, and what it takes",
    "Change what you like in the file and run it again: only what depends on the change is computed.",
  ];
  return Promise.resolve({ text: `${lines.join("\n")}\n`, code: 0 });
}

/** The name and the path of a study that is asked for by either. */
function placeOf(target: string): { readonly name: string; readonly path: string } {
  const isPath = /\.ya?ml$/i.test(target),
    fail = (reason: string, named = ""): never => {
      throw new UsageError([`Cannot start a study${named}: ${reason}`]);
    };
  if (!isPath && target.includes("/")) fail(`a path ends with .yaml: write ${target.replace(/\/+$/, "")}.yaml`);
  const path = isPath ? target : `${STUDY_FOLDER}/${target}.yaml`;
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.ya?ml$/i, "");
  const rule = v.safeParse(SECTIONS.study, name);
  if (!rule.success) {
    const proper = suggestion(name), folder = isPath ? target.slice(0, target.lastIndexOf("/") + 1) : "";
    const hint = proper === undefined ? "" : `; try ${folder}${proper}${isPath ? ".yaml" : ""}`;
    fail(`that ${rule.issues[0].message}${hint}`, ` called ${shown(name)}`);
  }
  const listed = `${STUDY_FOLDER}/${name}.yaml`;
  if (isThere(path)) fail(`${path} is there already, and is left alone: choose another name, or move that file away`);
  // Both would write to one folder, and the one would take away what the other has computed.
  if (isThere(listed)) {
    fail(`${listed} is a study of this name, and both would write to outputs/${name}/: choose another name`);
  }
  return { name, path };
}

/** A name by the rules that resembles one that is not. */
function suggestion(name: string): string | undefined {
  const proper = name.normalize("NFKD").replace(/\p{Mark}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(
    /^-+|-+$/g,
    "",
  ).slice(0, 64);
  return proper === "" ? undefined : proper.replace(/-+$/, "");
}

function write(path: string, text: string): void {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) || "/" : ".";
  try {
    if (folder === STUDY_FOLDER) Deno.mkdirSync(folder, { recursive: true });
    Deno.writeTextFileSync(path, text, { createNew: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError([`Cannot start a study: ${reasonOf(error, path, folder)}`]);
  }
}

function reasonOf(error: Error, path: string, folder: string): string {
  const { AlreadyExists, NotADirectory, NotCapable, NotFound, PermissionDenied } = Deno.errors;
  if (error instanceof AlreadyExists) return `${path} is there already, and is left alone: choose another name`;
  if (error instanceof NotFound) return `there is no folder ${folder}: make it first, or check the path`;
  if (error instanceof NotADirectory) return `${folder} is no folder: check the path`;
  if (error instanceof PermissionDenied || error instanceof NotCapable) {
    return `${path} cannot be written: choose a folder of your own`;
  }
  return `${path} cannot be written: ${error.message}`;
}

/** The way from a study's folder to the schema: within the project it moves with it, and from elsewhere it is the whole path. */
function schemaFrom(path: string): string {
  const schema = decodeURIComponent(SCHEMA.pathname);
  const whole = decodeURIComponent(new URL(encodeURI(path), `file://${encodeURI(Deno.cwd())}/`).pathname);
  const here = whole.split("/").slice(0, -1), there = schema.split("/");
  const common = here.findIndex((part, i) => part !== there[i]), shared = common < 0 ? here.length : common;
  // Two steps above it the schema's folder ends: beyond that the two have nothing to do with each other.
  if (shared < there.length - 2) return schema;
  return [...here.slice(shared).map(() => ".."), ...there.slice(shared)].join("/");
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    // Whatever else keeps it from being looked at keeps it from being written, and is told then.
    if (error instanceof Error) return false;
    throw error;
  }
}
