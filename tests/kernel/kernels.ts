/**
 * Which kernels there are; apart from the compiler, which asks for more permissions than tests have.
 *
 * @module
 */

/** The binaries in `stages/kernel`, each with the source that it starts from. */
export const KERNELS: Readonly<Record<string, string>> = {
  "eigensolver.wasm": "kernel.ts",
  "green_function.wasm": "green_function.ts",
  "lesser_green_function.wasm": "lesser_green_function.ts",
  "moment_sums.wasm": "moment_sums.ts",
  "node_projection.wasm": "node_projection.ts",
  "occupation_sums.wasm": "occupation_sums.ts",
};
