/**
 * `deno task build-kernel`: compiles the kernel and puts the binary beside its sources, or wherever the first argument says.
 *
 * @module
 */
import { compileKernel } from "./compile.ts";

const binary = await compileKernel();
const [file = "stages/kernel/eigensolver.wasm"] = Deno.args;
await Deno.writeFile(file, binary);
console.log(`${file}: ${binary.length} bytes`);
