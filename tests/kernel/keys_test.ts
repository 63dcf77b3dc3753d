/**
 * Numbers of another kernel, or of another build of it, must never pass for those of this one.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { SourceHashes } from "../../pipeline/store/source_hash.ts";
import { inTemporaryFolder } from "../../pipeline/testing/temporary_folder.ts";
import { branchStage } from "../../stages/diagonalize/branch_block.ts";
import { densityStage } from "../../stages/diagonalize/chiral_densities.ts";
import { bandStage, blockStage } from "../../stages/diagonalize/diagonalize.ts";
import { kernelName } from "../../stages/kernel/kernel.ts";
import { currentStage } from "../../stages/current/current.ts";
import { copyFolder } from "../command_line/listing.ts";
import { REPOSITORY, startProgram, taskWords } from "../command_line/program.ts";
import { edited, SMALL_STUDY } from "../command_line/study_text.ts";
import { readTable } from "../command_line/text_table.ts";
import { Workspace } from "../command_line/workspace.ts";

/** What takes vector instructions away from V8, where it asks the processor for them: those of 2004 are all that is left. */
const OLD_PROCESSOR = ["sse3", "ssse3", "sse4-1", "sse4-2", "avx", "avx2"].map((name) => `--no-enable-${name}`).join();

/** What a new binary, and nothing else, makes of the hash of a stage's code. */
function hashes(folder: string, module: string): [string, string] {
  const copy = module.replace(REPOSITORY.href, new URL(`file://${folder}/`).href);
  const binary = `${folder}/stages/kernel/eigensolver.wasm`, bytes = Deno.readFileSync(binary);
  const before = new SourceHashes(project.imports).hash(copy);
  Deno.writeFileSync(binary, bytes.with(bytes.length - 1, bytes[bytes.length - 1] ^ 1));
  const after = new SourceHashes(project.imports).hash(copy);
  Deno.writeFileSync(binary, bytes);
  return [before, after];
}

Deno.test("a new binary gives new keys to every stage that solves, and to no other", () =>
  inTemporaryFolder((folder) => {
    for (const name of ["pipeline", "stages"]) {
      copyFolder(decodeURIComponent(REPOSITORY.pathname) + name, `${folder}/${name}`);
    }
    for (const { module } of [blockStage, bandStage, densityStage, branchStage]) {
      const [before, after] = hashes(folder, module);
      assertNotEquals(before, after, module);
    }
    const [before, after] = hashes(folder, currentStage.module);
    assertEquals(before, after);
  }));

Deno.test("a run records its kernel", async () => {
  using desk = new Workspace();
  await desk.succeed([desk.write("small", SMALL_STUDY)]);
  assertEquals(desk.record("small").kernel, kernelName());
});

Deno.test({
  name:
    "on a processor without vector instructions a study runs by itself with the plain kernel, says so, and comes to the same",
  ignore: Deno.build.arch !== "x86_64", // others have them all, or are not known to V8
  async fn() {
    using desk = new Workspace();
    const study = desk.write(
      "small",
      edited(SMALL_STUDY, "  inverse_temperature: 1", "  inverse_temperature: 1\n  coupling: 0.2"),
    );
    const limit = desk.write("limit", edited(SMALL_STUDY, "study: small", "study: limit"));
    const task = taskWords().map((word) => word.startsWith("--v8-flags=") ? `${word},${OLD_PROCESSOR}` : word);
    const plain = `${desk.folder}/plain`, words = [study, limit, "--quiet", "--out", plain, "--cache", desk.cache];
    const { code, stderr } = await startProgram(words, { task }).outcome;
    assertEquals([code, stderr], [0, ""]);
    await desk.succeed([study, limit]); // on the same cache
    for (const name of ["small", "limit"]) {
      assertEquals([desk.record(name, plain).kernel, desk.record(name).kernel], ["typescript", "wasm-simd"]);
      for (const observable of ["current", "gap"]) {
        const path = `${plain}/${name}/${observable}.csv`, { columns, rows } = readTable(path);
        const expected = desk.table(name, observable);
        assertEquals(columns, expected.columns);
        assertEquals(rows.length, expected.rows.length);
        rows.forEach((row, i) => {
          for (const column of columns) {
            assertAlmostEquals(Number(row[column]), Number(expected.rows[i][column]), 1e-12);
          }
        });
      }
    }
  },
});
