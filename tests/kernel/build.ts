/**
 * `deno task build-kernel`: compiles the kernels and puts the binaries beside their sources, or into the folder that the first argument names.
 *
 * @module
 */
import { compileKernel, KERNELS } from "./compile.ts";

const [folder = "stages/kernel"] = Deno.args;
for (const [name, source] of Object.entries(KERNELS)) {
  const binary = await compileKernel(source);
  await Deno.writeFile(`${folder}/${name}`, binary);
  console.log(`${folder}/${name}: ${binary.length} bytes`);
}
