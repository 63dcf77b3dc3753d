/**
 * Numbers of another kernel, or of another build of it, must never pass for those of this one.
 *
 * @module
 */
import { assertEquals, assertNotEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { SourceHashes } from "../../pipeline/store/source_hash.ts";
import { inTemporaryFolder } from "../../pipeline/testing/temporary_folder.ts";
import { branchStage } from "../../stages/diagonalize/branch_block.ts";
import { densityStage } from "../../stages/diagonalize/chiral_densities.ts";
import { bandStage, blockStage } from "../../stages/diagonalize/diagonalize.ts";
import { kernelName } from "../../stages/kernel/kernel.ts";
import { currentStage } from "../../stages/current/current.ts";
import { copyFolder } from "../command_line/listing.ts";
import { REPOSITORY } from "../command_line/program.ts";
import { SMALL_STUDY } from "../command_line/study_text.ts";
import { Workspace } from "../command_line/workspace.ts";

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
