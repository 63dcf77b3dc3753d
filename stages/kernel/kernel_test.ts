/**
 * The choice of a kernel, and what makes it.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { paperSlab } from "../../tests/twins/paper_slab.ts";
import { blockStage } from "../diagonalize/diagonalize.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { StructuredSolver } from "../diagonalize/structured_solver.ts";
import { chiralSolver, type KernelName, kernelName } from "./kernel.ts";
import { PROBE, runsMachineCode } from "./vector_instructions.ts";
import { WasmSolver } from "./wasm_solver.ts";

Deno.test("the probe asks for a vector instruction, and for nothing else that could be missing", () => {
  assertEquals(kernelName(), WebAssembly.validate(PROBE) ? "wasm-simd" : "typescript");
  assertEquals(runsMachineCode(), WebAssembly.validate(PROBE));
  const at = PROBE.indexOf(0xfd);
  // An instruction that no standard has: where vectors are unknown, f64x2.splat is one of them.
  assert(!WebAssembly.validate(PROBE.with(at, 0xff)));
  // f64.neg in its place, padded by a nop: the rest of the module is right everywhere.
  assert(WebAssembly.validate(PROBE.with(at, 0x01).with(at + 1, 0x9a)));
});

Deno.test("a task's parameters say which kernel solves, and both say the same to rounding", () => {
  const slab = paperSlab({ sites: 10 }), momenta = { qy: [0.3, 0.9], qz: [0.2, 0.2] };
  const [compiled, plain] = (["wasm-simd", "typescript"] as const).map((kernel) =>
    blockStage.run({ ...momenta, kernel }, [slab], () => {}) as MomentumBlock
  );
  for (const key of ["energy", "groupVelocity", "imbalance"] as const) {
    compiled[key].forEach((value, i) => assertAlmostEquals(value, plain[key][i], 1e-11));
  }
  assert(chiralSolver(slab, "wasm-simd") instanceof WasmSolver);
  assert(chiralSolver(slab, "typescript") instanceof StructuredSolver);
});

Deno.test("a kernel that this machine does not have is an error, not another kernel", () => {
  assertThrows(
    () => chiralSolver(paperSlab({ sites: 4 }), "wasm-relaxed-simd" as KernelName),
    Error,
    "Cannot solve with the kernel wasm-relaxed-simd: this machine does not run it",
  );
});
