/**
 * Compiles the kernels from their AssemblyScript sources: for the task that builds them, and for the test that the committed binaries are what they say.
 *
 * @module
 */
import { main } from "assemblyscript/asc";

/** The folder of the sources. */
const SOURCES = new URL("../../stages/kernel/assembly/", import.meta.url);

/** No garbage collector, no run-time checks: all memory is laid out by hand. The warning is about vectors that functions of one module hand to each other. */
const OPTIONS = [
  "-O3",
  "--converge",
  "--noAssert",
  "--runtime",
  "stub",
  "--initialMemory",
  "1",
  "--enable",
  "simd",
  "--use",
  "abort=",
];

/**
 * Compiles a kernel.
 *
 * @param source Its source, one of `KERNELS`.
 * @returns The binary; the same bytes on every machine.
 * @throws {Error} With the compiler's messages, if it does not compile.
 */
export async function compileKernel(source: string): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const messages: string[] = [];
  const { error } = await main([source, ...OPTIONS, "--disableWarning", "112", "--outFile", "kernel.wasm"], {
    readFile(name: string): string | null {
      const url = new URL(name, SOURCES);
      try {
        return Deno.readTextFileSync(url);
      } catch (cause) {
        if (cause instanceof Deno.errors.NotFound) return null;
        throw cause;
      }
    },
    writeFile(name: string, contents: Uint8Array | string): void {
      if (name === "kernel.wasm" && contents instanceof Uint8Array) binary = contents;
    },
    listFiles: () => [],
    stdout: { write: (text: string) => void messages.push(text) },
    stderr: { write: (text: string) => void messages.push(text) },
  });
  if (error !== null || binary === undefined) {
    throw new Error(`Cannot compile ${source}: ${error?.message ?? "nothing came out"}\n${messages.join("")}`);
  }
  return binary;
}
