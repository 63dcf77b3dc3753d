/**
 * A user's desk: study files, an output folder and a cache in one temporary folder, so that no test sees another one's results.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { RunRecord } from "../../pipeline/report/run_record.ts";
import { listing } from "./listing.ts";
import { type Outcome, type Started, startProgram } from "./program.ts";
import { readTable, type TextTable } from "./text_table.ts";

/** Folders of one invocation, where they are not the workspace's own. */
export interface Folders {
  /** The output folder. */
  readonly out?: string;
  /** The cache folder. */
  readonly cache?: string;
}

/** A temporary folder that is removed at the end of the block that made it. */
export class Workspace implements Disposable {
  /** The temporary folder. */
  readonly folder: string = Deno.makeTempDirSync({ prefix: "diracflow-" });
  /** Where results go. */
  readonly out: string = `${this.folder}/out`;
  /** Where artifacts are kept. */
  readonly cache: string = `${this.folder}/cache`;

  /**
   * Writes a study file.
   *
   * @param name Its name without `.yaml`.
   * @param yaml Its text.
   * @returns Its path.
   */
  write(name: string, yaml: string): string {
    const path = `${this.folder}/${name}.yaml`;
    Deno.writeTextFileSync(path, yaml);
    return path;
  }

  /**
   * Starts the program on this workspace's folders.
   *
   * @param words The words of the user.
   * @param folders Other folders.
   * @returns The process.
   */
  start(words: readonly string[], folders: Folders = {}): Started {
    return startProgram([...words, "--out", folders.out ?? this.out, "--cache", folders.cache ?? this.cache]);
  }

  /**
   * Runs the program on this workspace's folders.
   *
   * @param words The words of the user.
   * @param folders Other folders.
   * @returns How it ended.
   */
  run(words: readonly string[], folders: Folders = {}): Promise<Outcome> {
    return this.start(words, folders).outcome;
  }

  /**
   * Runs the program and expects it to succeed without a warning.
   *
   * @param words The words of the user.
   * @param folders Other folders.
   * @returns How it ended.
   */
  async succeed(words: readonly string[], folders: Folders = {}): Promise<Outcome> {
    const outcome = await this.run([...words, "--quiet"], folders);
    assertEquals([outcome.code, outcome.stderr], [0, ""], `${words.join(" ")} did not succeed in silence`);
    return outcome;
  }

  /**
   * The record that the last run of a study left.
   *
   * @param study The study's name.
   * @param out The output folder.
   * @returns The content of run.json.
   */
  record(study: string, out: string = this.out): RunRecord {
    return JSON.parse(Deno.readTextFileSync(`${out}/${study}/run.json`)) as RunRecord;
  }

  /**
   * How many tasks of each stage the last run of a study computed.
   *
   * @param study The study's name.
   * @returns The stages that computed something.
   */
  computed(study: string): Record<string, number> {
    const stages = Object.entries(this.record(study).stages).map(([name, { computed }]) => [name, computed] as const);
    return Object.fromEntries(stages.filter(([, computed]) => computed > 0));
  }

  /**
   * The tables and charts of a study, byte for byte.
   *
   * @param study The study's name.
   * @param out The output folder.
   * @returns Hashes by file name; run.json, which holds times, is left out.
   */
  async results(study: string, out: string = this.out): Promise<Record<string, string>> {
    const { "run.json": record, ...files } = await listing(`${out}/${study}`);
    assertEquals(typeof record, "string", `${out}/${study} has no run.json`);
    return files;
  }

  /**
   * The table of an observable as its CSV file has it.
   *
   * @param study The study's name.
   * @param observable The observable's name.
   * @returns The table, cell by cell in the digits of the file.
   */
  table(study: string, observable: string): TextTable {
    return readTable(`${this.out}/${study}/${observable}.csv`);
  }

  /** Removes the folder with all that is in it. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}
