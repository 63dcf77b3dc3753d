/**
 * Whether the compiled kernels run here; apart from these, so that who asks does not depend on their code.
 *
 * @module
 */

/**
 * The smallest module with a vector instruction in it: `(module (func (drop (f64x2.splat (f64.const 0)))))`.
 */
export const PROBE: Uint8Array<ArrayBuffer> = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version 1
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // type section: () → ()
  ...[0x03, 0x02, 0x01, 0x00], // function section
  ...[0x0a, 0x10, 0x01, 0x0e, 0x00, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0xfd, 0x14, 0x1a, 0x0b], // f64.const 0, f64x2.splat, drop
);

/**
 * Whether this machine runs vector instructions in WebAssembly.
 *
 * @returns True on all but very old processors.
 */
export function runsMachineCode(): boolean {
  return WebAssembly.validate(PROBE);
}
