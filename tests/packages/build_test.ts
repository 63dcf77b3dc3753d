import { assert, assertEquals, assertThrows } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { inTemporaryFolder } from "../../pipeline/testing/temporary_folder.ts";
import { REPOSITORY } from "../command_line/program.ts";
import { builtFiles, BUNDLES, LICENSES } from "./bundles.ts";

const IMPORTS: Readonly<Record<string, string>> = project.imports;

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, REPOSITORY));
}

/** All names that a file of types exports, but types. */
function typedNames(source: string): string[] {
  const lists = [...source.matchAll(/^export \{([^}]*)\} from/gm)].flatMap(([, list]) => list.split(","));
  const names = lists.map((name) => name.trim()).filter((name) => name !== "" && !name.startsWith("type "));
  return [...names, ...[...source.matchAll(/^export declare const (\w+)/gm)].map(([, name]) => name)];
}

/**
 * Reads a bundle without what it exports as the body of a function, where only dynamic imports may be and no `await`.
 *
 * @throws {SyntaxError} If there is anything else that makes a module.
 */
function readAsFunction(source: string): void {
  new Function(`"use strict";${source.replace(/export\{[^{}]*\};\s*$/, "")}`);
}

Deno.test("the committed bundles and licences are what the packages give; deno task build-packages makes them so", () =>
  inTemporaryFolder(async (folder) => {
    const [, ...words] = project.tasks["build-packages"].command.split(" ").map((word) =>
      word.startsWith("--allow-write") ? `--allow-write=${folder}` : word
    );
    const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: [...words, folder], cwd: REPOSITORY })
      .output();
    assert(success, new TextDecoder().decode(stderr));
    // Not assertEquals, whose comparison of a megabyte line by line nobody would wait for.
    for (const file of builtFiles()) assert(Deno.readTextFileSync(`${folder}/${file}`) === read(file), file);
  }));

Deno.test("the import map names all bundles, beside packages", () => {
  const files = Object.values(IMPORTS).filter((target) => !target.startsWith("npm:"));
  assertEquals(files.toSorted(), Object.keys(BUNDLES).map((file) => `./${file}`).sort());
});

for (const [file, taken] of Object.entries(BUNDLES)) {
  Deno.test(`${file} holds what is asked of it, says what it is, and needs no other module and no machine`, async () => {
    const source = read(file), names = Object.values(taken).flat();
    assertEquals(Object.keys(await import(new URL(file, REPOSITORY).href)).sort(), names.toSorted());
    assertEquals(typedNames(read(file.replace(/\.js$/, ".d.ts"))).sort(), names.toSorted(), "its types");

    const licences = read(`${file.slice(0, file.lastIndexOf("/"))}/${LICENSES}`), [first] = source.split("\n");
    for (const name of Object.keys(taken)) {
      const version = IMPORTS[name].replace(/^npm:/, "");
      assert(first.includes(` ${version} `), version);
      assert(licences.split("\n").includes(version.replace("@", " ")), version);
    }

    readAsFunction(source); // no import, no await outside of functions, which dynamic imports of Deno may not survive
    for (const line of ['import "a";', "await 0;", "export const a = 0;"]) {
      assertThrows(() => readAsFunction(line + source), SyntaxError);
    }
    assertEquals(source.match(/\b(import|require)\(["'`]/), null);
    assertEquals(source.match(/[\\/](root|home|Users|tmp|\.cache|node_modules|npm)[\\/]/), null);
  });
}
